"""What questions about places look up again and again, gathered once per document.

Holds numbers, values and cues only, no spans: a span would keep its document alive, and the index lives as long as
that.
"""

from __future__ import annotations

import bisect
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue, title_end
from pkh_extract.annotating.memory import memory_of
from pkh_extract.annotating.numbers.component import placed
from pkh_extract.annotating.places.holding import holders
from pkh_extract.annotating.places.values import Office, Place, Told
from pkh_extract.annotating.tables import paragraph_breaks
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

BELOW = ("place_part.hamlet", "place_part.village")
TOLD, NAME = "places told", "place index"  # in the memory
NOTHING = Told([], [], [], [], [])


class Index:
    """Sentences, places, villages, venues, offices and numbers of a document by token."""

    def __init__(self, doc: Doc, told: Told) -> None:
        self.told = told
        self.tokens = tokens_of(doc)
        self.opens, self.numbered = self.tokens.opens, self.tokens.sentence
        self.title_end = title_end(doc)
        self.spots, self.named_villages, self.venues, self.offices, self.parts = told
        self.places: list[tuple[int, int, Place]] = [(spot.start, spot.end, value) for spot, value in self.spots]
        self.starts = [start for start, _, _ in self.places]
        counts = placed(doc)
        self.numbers = {i for count in counts for i in range(count.start, count.end)}
        self.values = {count.start: count.number.value for count in counts}
        self.dates = {i for span in doc.spans.get("pkh_dates", ()) for i in range(span.start, span.end)}

    def sentence(self, i: int) -> int:
        """The first token of the sentence that token ``i`` stands in."""
        return self.opens[self.numbered[i]]

    def same_sentence(self, first: int, second: int) -> bool:
        """Do two tokens stand in one sentence?"""
        return self.numbered[first] == self.numbered[second]

    @cached_property
    def holders(self) -> list[tuple[int, Cue, Office]]:
        """The offices that held something, with a score."""
        return holders(self.tokens, self.offices, {start: end for start, end, _ in self.places})

    @cached_property
    def villages(self) -> list[tuple[int, int, str | None]]:
        """Villages and hamlets, with their codes, where known, in text order."""
        known = {village.start: (village.end, value.code) for village, value in self.named_villages}
        below = [part for part in self.parts if part.start not in known and part.rule.startswith(BELOW)]
        return sorted(
            [(start, end, code) for start, (end, code) in known.items()]
            + [(part.start, part.end, None) for part in below],
            key=lambda found: found[0],
        )

    @cached_property
    def _village_starts(self) -> list[int]:
        return [start for start, _, _ in self.villages]

    @cached_property
    def _paragraphs(self) -> list[int]:
        """The first token of each paragraph."""
        return [0, *(i + 1 for i in paragraph_breaks(self.tokens))]

    def sentence_places(self, i: int) -> list[tuple[int, int, Place]]:
        """The places of the sentence that token ``i`` stands in, in text order."""
        first, end = self.tokens.sentence_at(i)
        return self.places[bisect.bisect_left(self.starts, first) : bisect.bisect_left(self.starts, end)]

    def last_in_paragraph(self, i: int) -> Place | None:
        """The finest place of the last sentence before token ``i``'s, in the same paragraph, that names one alone."""
        first = self.sentence(i)
        floor = self._paragraphs[max(bisect.bisect_right(self._paragraphs, first) - 1, 0)]
        k = bisect.bisect_left(self.starts, first) - 1
        while k >= 0 and self.starts[k] >= floor and self.places[k][2].aside:
            k -= 1
        if k < 0 or self.starts[k] < floor:
            return None
        told = [place for _, _, place in self.sentence_places(self.starts[k])]
        codes = {place.code for place in told if not place.aside}
        finest = max(codes, key=lambda code: len(code or ""))
        joined = all(code is not None and finest is not None and finest.startswith(code) for code in codes)
        return next(place for place in told if place.code == finest) if joined else None

    def villages_near(self, start: int, end: int) -> list[tuple[int, int, str | None]]:
        """The villages and hamlets (tokens and code) that begin between two tokens."""
        low = bisect.bisect_left(self._village_starts, start)
        return self.villages[low : bisect.bisect_left(self._village_starts, end)]


def index_of(doc: Doc) -> Index:
    """The document's index, made anew where its places have changed."""
    kept = memory_of(doc).kept
    known: Index | None = kept.get(NAME)
    told: Told = kept.get(TOLD, NOTHING)
    if known is None or known.told is not told:
        known = kept[NAME] = Index(doc, told)
    return known
