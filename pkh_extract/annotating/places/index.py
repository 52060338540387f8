"""What questions about places look up again and again, gathered once per document.

Holds numbers and values only, no spans: a span would keep its document alive, and the index lives as long as that.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group, remember, remembered, value_of
from pkh_extract.annotating.places.resolve import places
from pkh_extract.annotating.places.values import ASIDE, Place

if TYPE_CHECKING:
    from spacy.tokens import Doc

BELOW = ("place_part.hamlet", "place_part.village")
KEYS = ("pkh_places", "pkh_villages", "pkh_numbers")
NAME = "place_index"


class Index:
    """Sentences, places, villages and numbers of a document by token."""

    def __init__(self, doc: Doc) -> None:
        self.signature: tuple[int, ...] = _signature(doc)
        self.sentence: list[int] = []  # first token of each token's sentence
        start = 0
        for token in doc:
            if token.is_sent_start:
                start = token.i
            self.sentence.append(start)
        self.paragraphs = [0] + [token.i + 1 for token in doc if token.is_space and "\n\n" in token.text]
        self.places: list[tuple[int, int, Place]] = [(span.start, span.end, value) for span, value in places(doc)]
        self.starts = [start for start, _, _ in self.places]
        known = {span.start: span for span in group(doc, "pkh_villages")}
        parts = [span for span in group(doc, "pkh_place_parts") if span.id_.startswith(BELOW)]
        self.villages: list[tuple[int, int, str | None]] = sorted(  # and hamlets, with their codes, where known
            [(start, span.end, value_of(span).code) for start, span in known.items()]
            + [(span.start, span.end, None) for span in parts if span.start not in known],
            key=lambda found: found[0],
        )
        self.numbers = {i for span in group(doc, "pkh_numbers") for i in range(span.start, span.end)}

    def same_sentence(self, first: int, second: int) -> bool:
        """Do two tokens stand in one sentence?"""
        return self.sentence[first] == self.sentence[second]

    def sentence_places(self, i: int) -> list[tuple[int, int, Place]]:
        """The places of the sentence that token ``i`` stands in, in text order."""
        first = self.sentence[i]
        low = bisect.bisect_left(self.starts, first)
        high = bisect.bisect_left(self.starts, i)
        while high < len(self.places) and self.sentence[self.starts[high]] == first:
            high += 1
        return self.places[low:high]

    def last_in_paragraph(self, i: int) -> Place | None:
        """The finest place of the last sentence before token ``i``'s, in the same paragraph, that names one alone."""
        first = self.sentence[i]
        low = bisect.bisect_right(self.paragraphs, first) - 1
        floor = self.paragraphs[low] if low >= 0 else 0
        k = bisect.bisect_left(self.starts, first) - 1
        while k >= 0 and self.starts[k] >= floor and self.places[k][2].kind in ASIDE:
            k -= 1
        if k < 0 or self.starts[k] < floor:
            return None
        sentence = self.sentence[self.starts[k]]
        told = [place for start, _, place in self.sentence_places(self.starts[k]) if self.sentence[start] == sentence]
        codes = {place.code for place in told if place.kind not in ASIDE}
        finest = max(codes, key=lambda code: len(code or ""))
        joined = all(code is not None and finest is not None and finest.startswith(code) for code in codes)
        return next(place for place in told if place.code == finest) if joined else None

    def villages_near(self, start: int, end: int) -> list[tuple[int, int, str | None]]:
        """The villages and hamlets (tokens and code) that begin between two tokens."""
        low = bisect.bisect_left(self.villages, start, key=lambda found: found[0])
        return self.villages[low : bisect.bisect_left(self.villages, end, key=lambda found: found[0])]


def index_of(doc: Doc) -> Index:
    """The document's index, made anew where its places or numbers have changed."""
    known: Index | None = remembered(doc, NAME)
    if known is None or known.signature != _signature(doc):
        known = Index(doc)
        remember(doc, NAME, known)
    return known


def _signature(doc: Doc) -> tuple[int, ...]:
    return (len(doc), *(len(doc.spans[key]) if key in doc.spans else 0 for key in KEYS))
