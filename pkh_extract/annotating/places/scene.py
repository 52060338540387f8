"""The sentences that speak of an event, and how much each place in them does."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group, title_end
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.context import AND, CALENDAR, NEAR
from pkh_extract.annotating.places.index import index_of
from pkh_extract.annotating.places.resolve import places
from pkh_extract.annotating.places.values import Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

GROUPS = {
    "pkh", "kpm", "penerima", "warga", "masyarakat", "keluarga", "pendamping", "kemiskinan", "miskin", "manfaat",
    "kecamatan", "desa", "kabupaten", "lansia", "peserta", "rakyat", "jiwa", "orang", "bpnt", "tersebar", "bertugas",
    "sosial", "ada", "tinggal", "berdomisili", "sdm", "bekerja", "dinas",
}  # fmt: skip
SET_ASIDE = 0.5  # what such a place counts at most: never enough by itself
ASIDE = 5  # tokens between such a word and the place that it sets aside
MANY = 3  # so many regencies in one sentence are a list, not a place
JOINTS = {",", "(", "-", "di", "rt", "rw", "tepatnya", "yakni", "kawasan", "wilayah", "/"}
ADDRESS = 16  # tokens between two parts of one address, at most
LINKS = 12  # parts of an address, at most


@dataclass
class Said:
    """A place or venue with how much it speaks of the event."""

    span: Span
    score: float
    code: str | None
    candidates: tuple[str, ...]


class Scene:
    """The sentences that speak of the event, with weights."""

    def __init__(self, doc: Doc, event: Span | None, date: Span | None) -> None:
        self.doc = doc
        self.places = places(doc)
        self.index = index_of(doc)
        self.held = [(cue.start, cue.end) for cue in cues(doc, "place_held")]
        self.asides = sorted(cue.end for cue in cues(doc, "place_aside"))
        named = [*group(doc, "pkh_place_parts"), *(span for span, _ in self.places)]
        self.named = {i for span in named for i in range(span.start, span.end)}
        self.venues = {venue.end: venue.start for venue in group(doc, "pkh_venues")}
        self.crowded: dict[int, bool] = {}
        self.weights: dict[int, float] = {}
        self.dated = {token.i for found in group(doc, "pkh_dates") for token in found}
        first = title_end(doc)
        body = [sent for sent in doc.sents if sent.start_char >= first and sent.text.strip()]
        for order, sent in enumerate(body):
            self.weights[sent.start] = 2.0 if order == 0 else 1.5 if order == 1 else 1.0 if order < 4 else 0.0
        for span, weight in ((event, 2.5), (date, 2.5)):
            if span is not None and len(span) and span.start_char >= first:
                first = self.sentence(span)
                self.weights[first] = self.weights.get(first, 0.0) + weight

    def weight(self, span: Span) -> float:
        """How much the span's sentence speaks of the event; with a verb of holding before it more."""
        first = self.sentence(span)
        weight = self.weights.get(first, 0.0)
        nearest = bisect.bisect_left(self.held, (span.start, 0)) - 1
        if nearest >= 0 and self.held[nearest][0] >= first:
            weight += 2.0 if span.start - self.held[nearest][1] <= NEAR else 1.0
        if self._dated(span):
            weight += 1.5
        return min(weight, SET_ASIDE) if self.aside(span) else weight

    def sentence(self, span: Span) -> int:
        """The first token of the span's sentence."""
        return self.index.sentence[span.start]

    def is_list(self, span: Span) -> bool:
        """Does the span's sentence name so many regencies that it lists them?"""
        first = self.sentence(span)
        if first not in self.crowded:
            codes = {
                value.code[:5]
                for _, _, value in self.index.sentence_places(span.start)
                if value.code and len(value.code) >= 5
            }
            self.crowded[first] = len(codes) >= MANY
        return self.crowded[first]

    def among_several(self, span: Span) -> bool:
        """Does the span stand in a list of several regencies ("di Kabupaten A, Kabupaten B dan Kota C")?"""
        at = bisect.bisect_left(self.index.starts, span.start)
        codes = set()
        for step in (1, -1):
            i = at
            while 0 <= i < len(self.places) and abs(i - at) <= LINKS:
                code = self.places[i][1].code
                codes.add(code[:5] if code is not None and len(code) >= 5 else None)
                if not 0 <= i + step < len(self.places) or not self._listed(min(i, i + step)):
                    break
                i += step
        return len(codes - {None}) > 1

    def _listed(self, i: int) -> bool:
        """Do only commas and "dan" stand between a place and the next?"""
        between = self.doc[self.places[i][0].end : self.places[i + 1][0].start]
        return len(between) <= 3 and all(token.text == "," or token.lower_ in AND for token in between)

    def joined(self, end: int, start: int) -> bool:
        """Do only commas, "di" and other parts of an address stand between two tokens?"""
        between = range(end, start)
        return 0 <= start - end <= ADDRESS and all(
            i in self.named or self.doc[i].lower_ in JOINTS or self.doc[i].is_digit for i in between
        )

    def aside(self, span: Span) -> bool:
        """Do the words before the span say that it is not the event's place ("ditemui di …", "paling banyak di …")?"""
        root = self.root(span) if span.label_ == "place" else span.start
        root = next((self.venues[i] for i in (root, root - 1) if i in self.venues), root)  # "…, Jakarta" after a hall
        last = bisect.bisect_right(self.asides, root) - 1
        return last >= 0 and root - self.asides[last] <= ASIDE

    def _dated(self, span: Span) -> bool:
        """Does a date follow closely ("di X, Provinsi Y pada 10 Juli", "di X, Kamis (…)")?"""
        linked = self.linked(span) if span.label_ == "place" else []
        last = linked[-1][0] if linked else span
        i = last.end
        while i < min(last.end + 3, len(self.doc)) and self.doc[i].lower_ in {",", "pada", "(", "hari"}:
            i += 1
        return i < len(self.doc) and (self.doc[i].lower_ in CALENDAR or i in self.dated)

    def root(self, span: Span) -> int:
        """The token at which the address or list begins that the place span is part of."""
        start = span.start
        last = bisect.bisect_left(self.index.starts, start)
        for place, _ in reversed(self.places[max(last - LINKS, 0) : last]):
            if start - place.end > 2 or not _is_address(self.doc[place.end : start]):
                break
            start = place.start
        return start

    def linked(self, span: Span) -> list[tuple[Span, Place]]:
        """The places that follow the span as its address (", Kota X, Provinsi Y"; "di X")."""
        found: list[tuple[Span, Place]] = []
        end = span.end
        first = bisect.bisect_left(self.index.starts, end)
        for place, value in self.places[first : first + LINKS]:
            if place.start - end > 12 or self.sentence(place) != self.sentence(span):
                break
            if not _is_address(self.doc[end : place.start]):
                break
            found.append((place, value))
            end = place.end
        return found


def _is_address(between: Span) -> bool:
    """Commas, brackets, "di" and parts of an address below the register (street, village) stand between."""
    if any(token.text in {")", ";"} for token in between) and not any(token.text == "(" for token in between):
        return len(between) == 1
    words = [token for token in between if not token.is_punct]
    if not words:
        return True
    if len(words) == 1 and words[0].lower_ in {"di", "wilayah"}:
        return True
    if any(token.lower_ in CALENDAR or token.lower_ in {"pada", "dan", "oleh", "yang"} for token in words):
        return False
    return between[0].text in {",", "("} and all(
        token.text[:1].isupper()
        or token.is_digit
        or token.lower_ in {"di", "desa", "kelurahan", "jalan", "jl", "rt", "rw", "nagari"}
        for token in words
    )
