"""Cues that are asked for by the sentence of a figure: no cue of another sentence is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.nearby import WINDOW, Nearby

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pkh_extract.annotating.document import Cue


class Told(Nearby):
    """Cues of one document, by first token and by sentence; that of a cue is the sentence of its last token, for its
    first may be the stop of the one before. ``sentence``: the number of each token's sentence."""

    def __init__(self, found: Iterable[Cue], sentence: Sequence[int]) -> None:
        super().__init__(found)
        self._sentence = sentence
        self._ranges: dict[int, tuple[int, int]] = {}  # sentence -> its first cue's first token, and behind the last's
        for cue in self.spans:
            here = sentence[cue.end - 1]
            first, _ = self._ranges.get(here, (cue.start, 0))
            self._ranges[here] = first, cue.start + 1

    def beside(self, start: int, end: int) -> list[Cue]:
        """The cues in the sentence of token ``start``, in text order, as far as :meth:`around` reaches."""
        first, last = self._ranges.get(self._sentence[start], (0, 0))
        return self.between(max(first, start - WINDOW), min(last, end + WINDOW)) if last else []
