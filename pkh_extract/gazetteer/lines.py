"""A file of ``code,value`` lines sorted by code, read a slice at a time.

What lies inside a parent is one slice of such a file, found by bisection: nothing is parsed that nobody asks for.
"""

from __future__ import annotations

import bisect

BEFORE, AFTER = ".", "/"  # the character between the parts of a code, and the one that sorts right after it


class Lines:
    """``text`` is the file's content: a header, then the lines."""

    def __init__(self, text: str) -> None:
        self.lines = text.rstrip("\n").split("\n")[1:]

    def __len__(self) -> int:
        return len(self.lines)

    def get(self, code: str) -> str | None:
        """What stands after the code's comma, ``None`` for a code that is not in the file."""
        wanted = f"{code},"
        at = bisect.bisect_left(self.lines, wanted)
        line = self.lines[at] if at < len(self.lines) else ""
        return line[len(wanted) :] if line.startswith(wanted) else None

    def inside(self, parent: str) -> list[str]:
        """All lines whose codes begin with that of the parent, without the parent's own."""
        first = bisect.bisect_left(self.lines, parent + BEFORE)
        return self.lines[first : bisect.bisect_left(self.lines, parent + AFTER, lo=first)]
