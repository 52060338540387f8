"""Each term of an event weighed where it stands.

A term counts by its rule's weight, its place (headline, lead, later) and what stands around it: a verb of holding, a
day, a frame like "saat membuka …" speak for it; "syarat …", "agar …", a quotation, or another head noun before it
("rakor peningkatan kapasitas") against.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

from spacy.tokens import Doc

from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.events.layout import CLAUSE, LAST_RANK, TITLE, Layout
from pkh_extract.annotating.events.terms import standing_terms
from pkh_extract.annotating.events.vocabulary import Vocabulary
from pkh_extract.annotating.lexicon import cues
from pkh_extract.record import EventType

PLACES = (2.0, 1.5, 1.2, 0.8, 0.8, 0.5, 0.4, 0.4, 0.25)  # by rank of the sentence, to the last one
TITLE_PLACE, FRAMED_PLACE, FRAMED_LATE = 1.8, 0.9, 0.65  # where a late frame tells of what happens beside: the last
HOLD, DAY, FRAME = 1.35, 1.2, 1.5
PAST = {"telah", "sudah", "tahun", "sejak", "hingga", "sampai", "selama", "sebelumnya", "total", "bulan", "yang"}
COUNT_REACH = 8  # words
PASSIVE_REACH = 20
MANY = 20  # cues of a sentence that are looked at
EARLIER = {"sebelumnya"}  # "dalam rakor pendamping sebelumnya"
DEMANDED, PASSIVE, FAR = "event_talk.demanded", "di", 10
TALK = {
    "event_talk.object": 0.15, "event_talk.wish": 0.3, DEMANDED: 0.3, "event_talk.purpose": 0.3,
    "event_talk.habit": 0.35,
}  # fmt: skip
FUNDED, FUNDS, BEHIND = 0.1, {"dana", "dananya", "anggaran", "anggarannya", "biaya", "biayanya"}, 12
QUOTED, THEME, ABSORBED, PAIRED, GOVERNED, FUTURE, SETTING = 0.4, 0.1, 0.12, 0.5, 0.3, 0.6, 0.6
AFTER = 0.4
AFTERWARDS = {"usai", "seusai", "setelah", "pasca", "gara-gara", "akibat", "imbas", "buntut", "sejak"}
FUTURE_WORDS = {"akan", "bakal", "segera", "nanti", "nantinya"}
BREAKS = {"di", "pada", "untuk", "bagi", "dengan", "oleh", "dalam", "saat", "kepada", "dari", "ke", "yang", "ketika"}
BREAKS |= {"usai", "terhadap", "guna", "sekaligus", "lewat", "melalui", "agar", "adalah", "akan", "telah", "sudah"}
INSIDE = {"(", ")", "-", "–", "/", "“", "”", '"', "atau"}
PEOPLE = "event_hold.people"
PREPOSITIONS = {"dalam", "pada", "di tengah"}
PAID_FOR = {"training", "outreach", "empowerment", "coordination_meeting", "monitoring"}
THEMES = {"tema", "bertema", "bertajuk", "temanya", "judul", "berjudul", "tajuk"}


class Beside(NamedTuple):
    """A cue that puts a term beside another event: ``apart``, as an event of its own whatever the types are;
    ``joint``, in the very sentence of the other one ("rakor dirangkai dengan wisuda")."""

    cue: Cue
    apart: bool
    joint: bool


class Evidence(NamedTuple):
    """One term with its type and weight; ``support`` are the cues that speak for it, ``free`` is false where something
    speaks against it."""

    span: Cue
    type: EventType
    rule: str
    score: float
    rank: int
    sentence: int
    free: bool
    head: EventType | None = None  # the type of the noun whose topic this term is ("diklat P2K2")
    beside: Beside | None = None  # what puts it beside another event ("pada kesempatan yang sama")
    dated: bool = False  # its sentence names a day
    counted: bool = False  # so many people did it ("35 KPM mengundurkan diri"), and not in the past
    support: tuple[Cue, ...] = ()
    against: tuple[Cue, ...] = ()

    @property
    def occasion(self) -> bool:
        """Is it told as that at which something was said or done ("saat membuka …", "di sela …")?"""
        return any(cue.label_ == "event_attend" and cue.text.lower() not in PREPOSITIONS for cue in self.support)

    @property
    def staged(self) -> bool:
        """Does a verb of holding or a frame like "saat membuka" stand beside it, more than a bare "dalam"?"""
        return any(cue.id_ != PEOPLE and cue.text.lower() not in PREPOSITIONS for cue in self.support)


class Weigher:
    """Weighs the terms of one document. Where a method takes ``start`` (and ``end``), these are the first token of the
    term's sentence and the one after it."""

    def __init__(self, doc: Doc, rules: Vocabulary) -> None:
        self.rules, self.layout = rules.terms, Layout(doc)
        self.beside_rules = rules.besides
        self.terms = standing_terms(doc, self.rules, self.layout)
        self.noun_ends: dict[int, Cue] = {}
        self.verb_ends: dict[int, EventType] = {}  # of governing terms only
        self.governors: dict[int, EventType] = {}
        for cue in self.terms:
            rule = self.rules[cue.id_]
            if rule.noun:
                self.noun_ends[cue.end] = cue
            if rule.governs:
                self.verb_ends[cue.end] = self.governors[cue.start] = rule.type
        self.talk_rules = rules.beneficiaries
        sentence = self.layout.sentence
        self.talk_ends = _by_end(cues(doc, "event_talk"))
        self.talking = {sentence[end - 1] for end in self.talk_ends}  # sentences: in most stands none of these
        self.attend_ends = _by_end(cues(doc, "event_attend"))
        self.framing = {sentence[end - 1] for end in self.attend_ends}
        self.absorbed: dict[int, float] = {}  # by first token; heads stand before what they absorb
        self.heads: dict[int, EventType] = {}
        self.hold_starts = {cue.start: cue for cue in cues(doc, "event_hold")}
        self.holding = {sentence[start] for start in self.hold_starts}
        self.besides: dict[int, list[Cue]] = {}
        for cue in cues(doc, "event_beside"):
            self.besides.setdefault(sentence[cue.start], []).append(cue)
        self.beside_tokens = {at for here in self.besides.values() for cue in here for at in range(cue.start, cue.end)}

    def evidence(self) -> list[Evidence]:
        """All terms in text order."""
        return [self._weigh(cue) for cue in self.terms]

    def _weigh(self, cue: Cue) -> Evidence:
        rule, layout, words = self.rules[cue.id_], self.layout, self.layout.words
        sentence = layout.sentence[cue.start]
        rank, (start, end) = layout.rank[sentence], layout.bounds[sentence]
        place = TITLE_PLACE if rank == TITLE else PLACES[rank]
        factor, support, against = 1.0, [], []
        if sentence in self.talking and (talk := self._talk(cue, start)) is not None:
            factor *= TALK.get(talk.id_, 1.0)
            against.append(talk)
        if rank == TITLE and rule.verb and self._background(cue, start):
            factor *= AFTER
        absorbed = quoted = 1.0
        if rule.noun:
            factor *= (absorbed := self._head_factor(cue, start, end))
            self.absorbed[cue.start] = absorbed
        if layout.quoted[cue.start]:
            factor *= (quoted := self._quotation(cue, start))
        frame = self._frame(cue, start) if sentence in self.framing else None
        if frame is not None and rule.setting:
            factor *= SETTING
        elif frame is not None and not against:
            support.append(frame)
            if rule.noun:
                factor *= FRAME
                place = max(place, FRAMED_PLACE if rank < LAST_RANK else FRAMED_LATE)
        hold = self._hold(cue, start, end) if rule.noun and sentence in self.holding else None
        if hold is not None:
            support.append(hold)
            factor *= HOLD
        if rule.noun and hold is None and self._funded(cue, end):
            factor *= FUNDED
        if rank > 0 and not EARLIER.isdisjoint(words[cue.end : min(cue.end + 5, end)]):
            factor *= FUTURE
        before = words[max(0, cue.start - 3) : cue.start]
        if not FUTURE_WORDS.isdisjoint(before) and (rank > 0 or "yang" in before):
            factor *= FUTURE
        dated = layout.dated(sentence)
        if dated:
            factor *= DAY
        free = not against and absorbed == 1.0 and quoted == 1.0
        beside = self._beside(cue, self.besides[sentence]) if sentence in self.besides else None
        return Evidence(cue, rule.type, cue.id_, rule.weight * place * factor, rank, sentence, free,
                        self.heads.get(cue.start), beside, dated, rule.counted and self._counted(cue, start),
                        tuple(support), tuple(against))  # fmt: skip

    def _talk(self, cue: Cue, start: int) -> Cue | None:
        """What makes the term an object of talk: at most three words before it, in the same clause; a demand also
        before the subject of a verb in the passive."""
        words = self.layout.words
        reach = FAR if words[cue.start].startswith(PASSIVE) else 4
        for at in range(cue.start, max(start, cue.start - reach), -1):
            talk = self.talk_ends.get(at)
            far = cue.start - at > 3
            if talk is not None and not self._beneficiary(talk) and (not far or talk.id_ == DEMANDED):
                return talk
            word = words[at - 1] if at > start else ""
            if word in CLAUSE or (far and word == "yang"):
                return None
        return None

    def _beneficiary(self, talk: Cue) -> bool:
        """Do those for whom it is follow the word, instead of what it is for ("untuk 40 keluarga")?"""
        word = self.layout.words[talk.end]
        nouns = self.talk_rules[talk.id_]
        return bool(nouns) and (word in nouns or word[:1].isdecimal())

    def _background(self, cue: Cue, start: int) -> bool:
        """Does the headline tell it as what came before ("usai rumah ditempeli stiker, 58 warga mundur")?"""
        before = itertools.takewhile(lambda word: word not in CLAUSE, reversed(self.layout.words[start : cue.start]))
        return not AFTERWARDS.isdisjoint(itertools.islice(before, 4))

    def _head_factor(self, cue: Cue, start: int, end: int) -> float:
        """Is another noun the head of this one's phrase? Of "diklat P2K2 (FDS)" the diklat is, twice over."""
        own = self.rules[cue.id_].type
        if self._patient(cue, end, own):
            return GOVERNED
        joined = False
        for at in range(cue.start, max(start, cue.start - 6), -1):
            if at >= cue.start - 2 and self.verb_ends.get(at, own) != own:
                return GOVERNED
            head = self.noun_ends.get(at)
            if head is not None:
                kind = self.rules[head.id_].type
                if kind == own:
                    return self.absorbed.get(head.start, 1.0)
                if joined:
                    return PAIRED
                self.heads[cue.start] = kind
                return ABSORBED
            word = self.layout.words[at - 1] if at > start else "."
            if at - 1 in self.beside_tokens:
                return 1.0  # "pembagian itu dibarengi penyuluhan"
            if word in {"dan", "&"}:
                joined = True
            elif word in BREAKS or not (word.isalnum() or word in INSIDE) or at - 1 in self.hold_starts:
                return 1.0
        return 1.0

    def _patient(self, cue: Cue, end: int, own: EventType) -> bool:
        """Is it the subject of a governing verb in the passive ("dugaan pemotongan … kini terus diusut")?"""
        if not self.governors:
            return False
        for at in range(cue.end, min(end, cue.end + PASSIVE_REACH)):
            word = self.layout.words[at]
            if word in CLAUSE:
                return False
            if at in self.governors and word.startswith("di"):
                return self.governors[at] != own
        return False

    def _funded(self, cue: Cue, end: int) -> bool:
        """Is it but one of the things that money is for ("pelatihan kerja bagi 220 orang dengan dana Rp490 juta")?"""
        if self.rules[cue.id_].type not in PAID_FOR:
            return False
        words = self.layout.words
        behind = range(cue.end, min(end, cue.end + BEHIND))
        at = next((at for at in behind if words[at] in FUNDS), None)
        return at is not None and any(word.startswith("rp") for word in words[at + 1 : min(end, at + 4)])

    def _quotation(self, cue: Cue, start: int) -> float:
        """A term inside a quotation counts for less, one in a theme for next to nothing."""
        before = self.layout.words[max(start, cue.start - 12) : cue.start]
        return QUOTED if THEMES.isdisjoint(before) else THEME

    def _frame(self, cue: Cue, start: int) -> Cue | None:
        """The frame before the term: "saat membuka [kegiatan] …"; bare prepositions only right before it."""
        for at in range(cue.start, max(start, cue.start - 3), -1):
            if at < cue.start and self.layout.words[at] in CLAUSE:
                return None  # "seusai pelantikan, bimtek digelar"
            frame = self.attend_ends.get(at)
            if frame is not None and (at == cue.start or frame.text.lower() not in PREPOSITIONS):
                return frame
        return None

    def _beside(self, term: Cue, here: list[Cue]) -> Beside | None:
        """The cue in the term's sentence (``here``: all of it) that tells it as a second event, the nearest first:
        before the term, at most ``reach`` words, or wherever its rule says that it stands ``behind``."""
        for cue in sorted(here[:MANY], key=lambda cue: abs(cue.start - term.start)):
            rule = self.beside_rules[cue.id_]
            gap = term.start - cue.end
            if cue.start and self.layout.words[cue.start - 1] in rule.unless:
                continue
            reach = gap if rule.reach is None else rule.reach
            if -1 <= gap <= reach or (rule.behind and cue.start >= term.end):
                return Beside(cue, rule.apart, rule.joint)
        return None

    def _counted(self, term: Cue, start: int) -> bool:
        """Does a number stand before the term, and no word that tells of earlier times?"""
        before = self.layout.words[start : term.start]
        return PAST.isdisjoint(before) and any(word[:1].isdecimal() for word in before[-COUNT_REACH:])

    def _hold(self, cue: Cue, start: int, end: int) -> Cue | None:
        """The verb of holding before the term in its sentence, the nearest first, or behind it."""
        for at in [*range(cue.start - 1, max(start, cue.start - 8) - 1, -1), *range(cue.end, min(end, cue.end + 14))]:
            if at in self.hold_starts:
                return self.hold_starts[at]
        return None


def _by_end(spans: list[Cue]) -> dict[int, Cue]:
    return {span.end: span for span in spans}
