"""The sentences that speak of an event, and how much each place in them does."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import remember, remembered, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.numbers.component import COUNTING
from pkh_extract.annotating.places.context import AND, CALENDAR, NEAR
from pkh_extract.annotating.places.context import SAID as SAYING
from pkh_extract.annotating.places.index import Index, index_of
from pkh_extract.annotating.tables import is_year

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.values import Place
    from pkh_extract.annotating.tokens import Word
    from pkh_extract.record import EventType

GROUPS = {
    "pkh", "kpm", "penerima", "warga", "masyarakat", "keluarga", "pendamping", "kemiskinan", "miskin", "manfaat",
    "kecamatan", "desa", "kabupaten", "lansia", "peserta", "rakyat", "jiwa", "orang", "bpnt", "tersebar", "bertugas",
    "sosial", "ada", "tinggal", "berdomisili", "sdm", "bekerja", "dinas",
}  # fmt: skip
SET_ASIDE = 0.5  # what such a place counts at most: never enough by itself
ASIDE = 5  # tokens between such a word and the place that it sets aside
EXAMPLE = "place_aside.example"  # stands behind a place too
THERE_IS = {"ada", "berada", "terdapat", "terjadi", "yakni", "yaitu", "adalah"}
OBJECT = 6  # tokens of a verb's object before the place
COUNTED = COUNTING | {"ada", "terdapat", "sekitar"}
MANY = 3  # so many regencies in one sentence are a list, not a place
JOINTS = {",", "(", "-", "di", "rt", "rw", "tepatnya", "yakni", "kawasan", "wilayah", "/"}
BEFORE_DATE = {",", "pada", "(", "hari"}
NO_ADDRESS = {"pada", "dan", "oleh", "yang"}
ADDRESS_WORDS = {"di", "desa", "kelurahan", "jalan", "jl", "rt", "rw", "nagari"}
EARLY = {0: 2.0, 1: 1.5, 2: 1.0, 3: 1.0}  # what the text's first sentences count, in their order
BEFORE, BEFORE_THAT = {"sebelumnya"}, ["diberitakan", "sebelumnya"]  # open sentences that tell of another day
SPEAKER = 10  # tokens of a speaker's name and office
SAID = 2.5  # what the event's term and its date add to the sentence they stand in
CUT_OFF = 2  # tokens behind a day that is a sentence by itself
AGAIN = 1.5  # what a sentence counts at least that names the event again
LED = 0.5  # what the sentence counts that leads to the date's
GROUND = "place_ground"
ADDRESS = 16  # tokens between two parts of one address, at most
LINKS = 12  # parts of an address, at most
WRONGDOING = {"enforcement", "complaint"}  # told by offices far from the place that they speak of


@dataclass(slots=True)
class Said:
    """A place or venue with how much it speaks of the event."""

    span: Cue
    score: float
    code: str | None
    candidates: tuple[str, ...]


class Ground:
    """What of the scene the document tells, whatever the event."""

    def __init__(self, doc: Doc, index: Index) -> None:
        self.index = index
        self.held = [(cue.start, cue.end) for cue in cues(doc, "place_held")]
        asides = cues(doc, "place_aside")
        self.asides = sorted([cue.end for cue in asides])
        self.examples = {cue.start for cue in asides if cue.id_ == EXAMPLE}
        self.venues = {venue.end: venue.start for venue, _ in index.venues}
        self.weights: dict[int, float] = {}
        tokens, words = index.tokens, index.tokens.words
        for start, end in itertools.pairwise((*tokens.opens, len(tokens))):
            if tokens.starts[start] >= index.title_end and not (words[start].is_space and _blank(words[start:end])):
                told_before = tokens.lower[start] in BEFORE or tokens.lower[start : start + 2] == BEFORE_THAT
                self.weights[start] = 0.0 if told_before else EARLY.get(len(self.weights), 0.0)

    @cached_property
    def named(self) -> set[int]:
        """The tokens of places and of the finer parts of addresses."""
        index = self.index
        ranges = [*((part.start, part.end) for part in index.parts), *((start, end) for start, end, _ in index.places)]
        return {i for start, end in ranges for i in range(start, end)}


def ground_of(doc: Doc) -> Ground:
    """The document's ground, made anew where its places have changed."""
    index = index_of(doc)
    known: Ground | None = remembered(doc, GROUND)
    if known is None or known.index is not index:
        known = Ground(doc, index)
        remember(doc, GROUND, known)
    return known


class Scene:
    """The sentences that speak of the event, with weights."""

    def __init__(self, doc: Doc, event: Span | None, date: Span | None, kind: EventType | None = None) -> None:
        self.doc = doc
        self.wrong, self.robbed = kind in WRONGDOING, kind == "enforcement"
        self.ground = ground_of(doc)
        self.index = self.ground.index
        self.tokens = self.index.tokens
        self.places = self.index.spots
        self.crowded: dict[int, bool] = {}
        self.earlier: set[int] = set()  # the first tokens of sentences that tell of earlier years
        self.weights = dict(self.ground.weights)
        for span in (event, date):
            if span is not None and len(span) and span.start_char >= self.index.title_end:
                for first in self._sentences(span):
                    self.weights[first] = self.weights.get(first, 0.0) + SAID
        if event is not None and len(event):
            for first in self._told_again(event):
                self.weights[first] = max(self.weights.get(first, 0.0), AGAIN)
        if date is not None and len(date):
            before = self._before(date)
            if self.weights.get(before) == 0:
                self.weights[before] = LED
            if not self.wrong:  # a crime is told of long after
                self._forget_earlier(date, event)

    def _forget_earlier(self, date: Span, event: Span | None) -> None:
        """Let sentences count nothing that name but years before the event's ("Jambore 2018 digelar di …"), though not
        that of its day and that of its term, unless the term itself bears such a year."""
        dates = self.doc.spans.get("pkh_dates", ())
        mention = next((value_of(span) for span in dates if span.start <= date.start < span.end), None)
        if mention is None or mention.start is None:
            return
        years: dict[int, list[int]] = {}
        for at in self.tokens.numerals:
            if is_year(self.tokens.text[at]) and (at not in self.index.numbers or self._edition(at)):
                years.setdefault(self.index.sentence(at), []).append(at)
        own = set(self._sentences(date))
        if event is not None and self._name_end(event) not in years.get(self.sentence(event), ()):
            own.update(self._sentences(event))
        for first, named in years.items():
            if first not in own and all(int(self.tokens.text[at]) < mention.start.year for at in named):
                self.earlier.add(first)

    def _name_end(self, event: Span) -> int:
        """The token behind the event's term and the capitals that follow it ("Festival KPM")."""
        at = event.end
        while at < min(event.end + 3, len(self.tokens)) and self.tokens.words[at].capital:
            at += 1
        return at

    def _edition(self, at: int) -> bool:
        """Is the number part of a name ("KPM Fest 2018 digelar"), no count ("PKH Festival. Ada 2018 warga")?"""
        words = self.tokens.words
        named = at > 0 and words[at - 1].capital and self.tokens.sentence[at] == self.tokens.sentence[at - 1]
        return named and not (at + 1 < len(words) and words[at + 1].lower in GROUPS)

    def _sentences(self, span: Span) -> list[int]:
        """The first token of the span's sentence; of a day that a full stop cut off ("di Aula Desa Anu. Kamis (2/5).")
        also that of the sentence before."""
        first, end = self.tokens.sentence_at(span.start)
        alone = first == span.start and end - span.end <= CUT_OFF
        return [first, self.index.sentence(first - 1)] if alone and first else [first]

    def _told_again(self, event: Span) -> set[int]:
        """The sentences below the headline that name the event in the very words of its term ("rapat evaluasi"), or in
        its abbreviation ("Kunker (kunjungan kerja)")."""
        named = [cue for cue in cues(self.doc, "event") if cue.id_ == event.id_]
        lower, names = self.tokens.lower, [self.tokens.lower[event.start : event.end]]
        for cue in named:
            first, second = (cue, event) if cue.end <= event.start else (event, cue)
            if lower[first.end : second.start] == ["("]:
                names.append(cue.lower)
        return {self.sentence(cue) for cue in named if cue.lower in names and not self.in_title(cue)}

    def _before(self, date: Span) -> int:
        """The first token of the sentence that leads to the date's, in its paragraph; -1 where there is none."""
        first = self.sentence(date)
        apart = first == 0 or self.tokens.words[first - 1].is_space or self.tokens.words[first].is_space
        return -1 if apart else self.index.sentence(first - 1)

    def weight(self, span: Cue) -> float:
        """How much the span's sentence speaks of the event; with a verb of holding before it more."""
        first = self.sentence(span)
        if first in self.earlier:
            return 0.0
        weight = self.weights.get(first, 0.0)
        held = self.ground.held
        nearest = bisect.bisect_left(held, (span.start, 0)) - 1
        if nearest >= 0 and held[nearest][0] >= first:
            weight += 2.0 if span.start - held[nearest][1] <= NEAR else 1.0
        if self._dated(span):
            weight += 1.5
        return min(weight, SET_ASIDE) if self.aside(span) else weight

    def spoken_at(self, span: Cue) -> bool:
        """Does somebody but speak there ("ucap Kepala Kejari Ali di gedung Anu")?"""
        words = self.tokens.words
        at = span.start - 1
        while at > max(0, span.start - SPEAKER) and (words[at].capital or words[at].lower in {"di", ",", "."}):
            at -= 1
        return at in self._said

    @cached_property
    def _said(self) -> set[int]:
        """The verbs of saying."""
        return {cue.end - 1 for cue in cues(self.doc, "event") if cue.id_ == SAYING}

    def just_held(self, span: Cue) -> bool:
        """Does a verb of holding stand right before, over its object ("menyerahkan dana PKH di Kantor Pos Anu")?"""
        nearest = bisect.bisect_left(self.ground.held, (span.start, 0)) - 1
        return nearest >= 0 and 0 <= span.start - self.ground.held[nearest][1] <= OBJECT

    def sentence(self, span: Cue | Span) -> int:
        """The first token of the span's sentence."""
        return self.index.sentence(span.start)

    def in_title(self, span: Cue) -> bool:
        """Does the span stand in the title?"""
        return span.start_char < self.index.title_end

    def is_list(self, span: Cue) -> bool:
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

    def compared(self, span: Cue) -> bool:
        """Does the span give the area of one of several figures ("di Kota A ada 2.140, sedangkan di Kabupaten B ada
        9.306 KPM")?"""
        i, end = span.end, len(self.tokens)
        while i < min(span.end + 2, end) and self.tokens.lower[i] in COUNTED:
            i += 1
        if i >= end or i not in self.index.numbers:
            return False
        codes = {value.code for _, _, value in self.index.sentence_places(span.start) if value.code}
        return len({code[:5] for code in codes if len(code) >= 5}) > 1

    def among_several(self, span: Cue) -> bool:
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
        between = self.tokens.lower[self.places[i][0].end : self.places[i + 1][0].start]
        return len(between) <= 3 and all(word == "," or word in AND for word in between)

    def joined(self, end: int, start: int) -> bool:
        """Do only commas, "di" and other parts of an address stand between two tokens?"""
        words = self.tokens.words
        return 0 <= start - end <= ADDRESS and all(
            i in self.ground.named or words[i].lower in JOINTS or words[i].is_digit for i in range(end, start)
        )

    def aside(self, span: Cue) -> bool:
        """Do the words before the span say that it is not the event's place ("ditemui di …", "paling banyak di …")?"""
        if not self.ground.asides:
            return False
        if self._example(span):
            return True
        venues, asides = self.ground.venues, self.ground.asides
        root = self.root(span) if span.label_ == "place" else span.start
        root = next((venues[i] for i in (root, root - 1) if i in venues), root)  # "…, Jakarta" after a hall
        last = bisect.bisect_right(asides, root) - 1
        if last < 0:
            return False
        lower = self.tokens.lower
        # "Paling terasa, ujar Ali, ada di …"
        told = root > 1 and lower[root - 1] == "di" and lower[root - 2] in THERE_IS
        close = root - asides[last] <= ASIDE or self.joined(asides[last], root)
        return close or (told and self.index.same_sentence(asides[last] - 1, root))

    def _address_end(self, span: Cue) -> int:
        """The token after the address that the place span begins or is part of."""
        linked = self.linked(span) if span.label_ == "place" else []
        return linked[-1][0].end if linked else span.end

    def _example(self, span: Cue) -> bool:
        """Is the place given as an example ("Di Desa X, misalnya, …")?"""
        end, lower = self._address_end(span), self.tokens.lower
        return end + (lower[end : end + 1] == [","]) in self.ground.examples

    def _dated(self, span: Cue) -> bool:
        """Does a date follow closely ("di X, Provinsi Y pada 10 Juli", "di X, Kamis (…)")?"""
        end, lower = self._address_end(span), self.tokens.lower
        i = end
        while i < min(end + 3, len(lower)) and lower[i] in BEFORE_DATE:
            i += 1
        return i < len(lower) and (lower[i] in CALENDAR or i in self.index.dates)

    def root(self, span: Cue) -> int:
        """The token at which the address or list begins that the place span is part of."""
        start = span.start
        last = bisect.bisect_left(self.index.starts, start)
        for place, _ in reversed(self.places[max(last - LINKS, 0) : last]):
            if start - place.end > 2 or not _is_address(self.tokens.words[place.end : start]):
                break
            start = place.start
        return start

    def linked(self, span: Cue) -> list[tuple[Cue, Place]]:
        """The places that follow the span as its address (", Kota X, Provinsi Y"; "di X")."""
        found: list[tuple[Cue, Place]] = []
        end = span.end
        first = bisect.bisect_left(self.index.starts, end)
        for place, value in self.places[first : first + LINKS]:
            if place.start - end > 12 or not self.index.same_sentence(place.start, span.start):
                break
            if not _is_address(self.tokens.words[end : place.start]):
                break
            found.append((place, value))
            end = place.end
        return found


def _blank(words: list[Word]) -> bool:
    return all(word.is_space for word in words)


def _is_address(between: list[Word]) -> bool:
    """Commas, brackets, "di" and parts of an address below the register (street, village) stand between."""
    if any(word.text in {")", ";"} for word in between) and not any(word.text == "(" for word in between):
        return len(between) == 1
    words = [word for word in between if not word.is_punct]
    if not words:
        return True
    if len(words) == 1 and words[0].lower in {"di", "wilayah"}:
        return True
    if any(word.lower in CALENDAR or word.lower in NO_ADDRESS for word in words):
        return False
    return between[0].text in {",", "("} and all(
        word.capital or word.is_digit or word.lower in ADDRESS_WORDS for word in words
    )
