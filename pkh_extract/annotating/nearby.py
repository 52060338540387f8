"""Cues sorted by position, so that those near a token are found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import ge
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue

WINDOW = 350  # tokens; no cue reaches farther, however cheap the words between


class Nearby:
    """Cues of one document by their first token; a look-up costs as much as it finds."""

    def __init__(self, spans: Iterable[Cue]) -> None:
        self.spans = list(spans)
        self.starts = [span.start for span in self.spans]
        if any(map(ge, self.starts, self.starts[1:])):  # those of one family come in order
            self.spans.sort(key=lambda span: (span.start, -span.end))
            self.starts.sort()

    def between(self, first: int, last: int) -> list[Cue]:
        """The cues that begin at token ``first`` or later, and before token ``last``, in text order."""
        return self.spans[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    def around(self, start: int, end: int) -> list[Cue]:
        """The cues that begin within :data:`WINDOW` tokens of the tokens ``start:end``."""
        return self.between(start - WINDOW, end + WINDOW)
