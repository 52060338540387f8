"""What questions about places look up again and again, gathered once per document.

Holds numbers, values and cues only, no spans: a span would keep its document alive, and the index lives as long as
that.
"""

from __future__ import annotations

import bisect
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pkh_extract.annotating.document import Cue, group, remember, remembered, title_end, value_of
from pkh_extract.annotating.places.holding import holders
from pkh_extract.annotating.places.values import ASIDE, Office, Place, Venue
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

Value = TypeVar("Value", Place, Venue, Office)
BELOW = ("place_part.hamlet", "place_part.village")
KEYS = ("pkh_places", "pkh_villages", "pkh_numbers")
NAME = "place_index"


class Index:
    """Sentences, places, villages, venues, offices and numbers of a document by token."""

    def __init__(self, doc: Doc) -> None:
        self.signature: tuple[int, ...] = _signature(doc)
        self.tokens = tokens_of(doc)
        self.title_end = title_end(doc)
        self.spots = _told(doc, "pkh_places", Place)
        self.places: list[tuple[int, int, Place]] = [(spot.start, spot.end, value) for spot, value in self.spots]
        self.starts = [start for start, _, _ in self.places]
        self.named_villages = _told(doc, "pkh_villages", Place)
        self.venues = _told(doc, "pkh_venues", Venue)
        self.offices = _told(doc, "pkh_offices", Office)
        self.parts = [(span.start, span.end, span.id_) for span in group(doc, "pkh_place_parts")]
        self.numbers = _covered(doc, "pkh_numbers")
        self.dates = _covered(doc, "pkh_dates")

    def sentence(self, i: int) -> int:
        """The first token of the sentence that token ``i`` stands in."""
        return self.tokens.opens[self.tokens.sentence[i]]

    def same_sentence(self, first: int, second: int) -> bool:
        """Do two tokens stand in one sentence?"""
        return self.tokens.sentence[first] == self.tokens.sentence[second]

    @cached_property
    def holders(self) -> list[tuple[int, Cue, Office]]:
        """The offices that held something, with a score."""
        return holders(self.tokens, self.offices, {start: end for start, end, _ in self.places})

    @cached_property
    def villages(self) -> list[tuple[int, int, str | None]]:
        """Villages and hamlets, with their codes, where known, in text order."""
        known = {village.start: (village.end, value.code) for village, value in self.named_villages}
        return sorted(
            [(start, end, code) for start, (end, code) in known.items()]
            + [(start, end, None) for start, end, rule in self.parts if start not in known and rule.startswith(BELOW)],
            key=lambda found: found[0],
        )

    @cached_property
    def _village_starts(self) -> list[int]:
        return [start for start, _, _ in self.villages]

    @cached_property
    def _paragraphs(self) -> list[int]:
        """The first token of each paragraph."""
        breaks = (i for i, text in enumerate(self.tokens.text) if "\n\n" in text)
        return [0, *(i + 1 for i in breaks)]

    def sentence_places(self, i: int) -> list[tuple[int, int, Place]]:
        """The places of the sentence that token ``i`` stands in, in text order."""
        first, end = self.tokens.sentence_at(i)
        return self.places[bisect.bisect_left(self.starts, first) : bisect.bisect_left(self.starts, end)]

    def last_in_paragraph(self, i: int) -> Place | None:
        """The finest place of the last sentence before token ``i``'s, in the same paragraph, that names one alone."""
        first = self.sentence(i)
        floor = self._paragraphs[max(bisect.bisect_right(self._paragraphs, first) - 1, 0)]
        k = bisect.bisect_left(self.starts, first) - 1
        while k >= 0 and self.starts[k] >= floor and self.places[k][2].kind in ASIDE:
            k -= 1
        if k < 0 or self.starts[k] < floor:
            return None
        told = [place for _, _, place in self.sentence_places(self.starts[k])]
        codes = {place.code for place in told if place.kind not in ASIDE}
        finest = max(codes, key=lambda code: len(code or ""))
        joined = all(code is not None and finest is not None and finest.startswith(code) for code in codes)
        return next(place for place in told if place.code == finest) if joined else None

    def villages_near(self, start: int, end: int) -> list[tuple[int, int, str | None]]:
        """The villages and hamlets (tokens and code) that begin between two tokens."""
        low = bisect.bisect_left(self._village_starts, start)
        return self.villages[low : bisect.bisect_left(self._village_starts, end)]


def index_of(doc: Doc) -> Index:
    """The document's index, made anew where its places or numbers have changed."""
    known: Index | None = remembered(doc, NAME)
    if known is None or known.signature != _signature(doc):
        known = Index(doc)
        remember(doc, NAME, known)
    return known


def _told(doc: Doc, key: str, kind: type[Value]) -> list[tuple[Cue, Value]]:
    """The spans under a key of ``doc.spans``, in text order, as cues with their values."""
    tokens = tokens_of(doc)
    return [
        (Cue(tokens, span.start, span.end, span.label_, span.id_), value)
        for span in group(doc, key)
        if isinstance(value := value_of(span), kind)
    ]


def _covered(doc: Doc, key: str) -> set[int]:
    """The tokens that the spans under a key cover."""
    return {i for span in doc.spans[key] for i in range(span.start, span.end)} if key in doc.spans else set()


def _signature(doc: Doc) -> tuple[int, ...]:
    return (len(doc), *(len(doc.spans[key]) if key in doc.spans else 0 for key in KEYS))
