"""The 83,763 villages of the register, read from their file a parent at a time.

The file's lines begin with the code and are sorted by it, so the villages of a district or regency are one slice of
them, found by bisection; only names asked for without a parent need an index over all, made on the first such question.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

_NO_KEY = re.compile(r"[^\w\n]|_")
END = "."  # sorts after the comma and before the digits of a longer code


class Villages:
    """Villages by code, by parent and by name. ``text`` is the file's content: a header, then ``code,name`` lines."""

    def __init__(self, text: str) -> None:
        self.lines = text.rstrip("\n").split("\n")[1:]
        self._index: dict[str, list[int]] | None = None

    def __len__(self) -> int:
        return len(self.lines)

    def name(self, code: str) -> str | None:
        """The name under a code."""
        at = bisect.bisect_left(self.lines, code + ",")
        line = self.lines[at] if at < len(self.lines) else ""
        return line[14:] if line.startswith(code + ",") else None

    def inside(self, parent: str) -> list[tuple[str, str]]:
        """(code, name) of all villages of a district, regency or province, in register order."""
        first = bisect.bisect_left(self.lines, parent + END)
        last = bisect.bisect_left(self.lines, parent + "/")  # the character after the full stop
        return [(line[:13], line[14:]) for line in self.lines[first:last]]

    def find(self, key: str) -> list[str]:
        """The codes of all villages of a normalised name, in register order."""
        if self._index is None:
            self._index = self._by_name()
        return [self.lines[at][:13] for at in self._index.get(key, ())]

    def codes(self) -> Iterator[str]:
        """All codes, in register order."""
        return (line[:13] for line in self.lines)

    def _by_name(self) -> dict[str, list[int]]:
        names = "\n".join([line[14:] for line in self.lines])
        index: dict[str, list[int]] = {}
        for at, key in enumerate(_NO_KEY.sub("", names.casefold()).split("\n")):
            index.setdefault(key, []).append(at)
        return index
