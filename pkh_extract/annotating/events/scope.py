"""Planned, postponed, cancelled, denied, ongoing, or only claimed: cues and how far they reach.

After ConText (Harkema et al. 2009): a cue reaches forward or backward over a number of words, until a terminator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from spacy.tokens import Doc

from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.events.evidence import Evidence
from pkh_extract.annotating.events.layout import TITLE, Layout
from pkh_extract.annotating.events.vocabulary import Vocabulary
from pkh_extract.annotating.lexicon import cues
from pkh_extract.record import EventStatus

CLAIMED = {"complaint", "distribution", "personnel", "other", "statement", "labelling", "graduation"}
RUNNING = {"data_verification", "distribution", "labelling", "monitoring", "enforcement", "personnel", "empowerment"}
LEAD = 3
FOR = "untuk"
MODAL_REACH, DONE_REACH = 3, 4  # words
MANY = 40
WEAKER = 0.45
SILENT = 0.8  # a sentence without a word on status speaks for "held", a little less loudly
SPOKEN_TITLE = {"planned": 1.5, "postponed": 1.5, "cancelled": 1.5, "denied": 3.0}  # a headline that says so means it
SILENT_TITLE = 0.5  # a headline without one leaves it to the text


class Scope:
    """The status cues of one document."""

    def __init__(self, doc: Doc, rules: Vocabulary, layout: Layout) -> None:
        self.rules, self.layout = rules, layout
        self.doc = doc
        told = cues(doc, "event_status")
        self.news = {cue.start for cue in told if rules.statuses[cue.id_].status != "held"}
        self.status = self._by_place(cue for cue in told if self._stands(cue))
        self.claims = self._by_place(cues(doc, "event_claim"))

    @cached_property
    def verbs(self) -> set[int]:
        """Where terms of events and verbs of holding begin."""
        return {cue.start for family in ("event", "event_hold") for cue in cues(self.doc, family)}

    def _stands(self, cue: Cue) -> bool:
        """Do the conditions of the cue's rule (small letters, no such word before it) hold?"""
        rule = self.rules.statuses[cue.id_]
        if rule.lower and not cue.text.islower():
            return False
        if rule.modal and self.verbs.isdisjoint(range(cue.end, cue.end + MODAL_REACH)):
            return False
        if rule.status == "held" and not self.news.isdisjoint(range(cue.end, cue.end + DONE_REACH)):
            return False  # "telah beberapa kali ditunda"
        return not cue.start or self.layout.words[cue.start - 1] not in rule.unless

    def _by_place(self, spans: Iterable[Cue]) -> dict[int, list[Cue]]:
        """Cues by sentence, the headline as one; no more than forty a sentence are kept, more than people write."""
        found: dict[int, list[Cue]] = {}
        ranks, sentences = self.layout.rank, self.layout.sentence
        for span in spans:
            sentence = sentences[span.start]
            here = found.setdefault(TITLE if ranks[sentence] == TITLE else sentence, [])
            if len(here) < MANY:
                here.append(span)
        return found

    def status_of(self, evidence: Sequence[Evidence]) -> tuple[EventStatus, list[Cue]]:
        """The status that the strongest terms of one event agree on, and its cues."""
        if not evidence:
            return "held", []
        best = max(item.score for item in evidence)
        votes: dict[EventStatus, float] = {}
        proof: dict[EventStatus, list[Cue]] = {}
        for item in evidence:
            if item.score < WEAKER * best or self.rules.terms[item.rule].mute:
                continue
            status, cue = self._near(item)
            if status == "ongoing" and cue is not None and not self._runs(item, cue):
                status, cue = "held", None
            weight = item.score * (2 if status == "held" and _attended(item) else 1)
            if cue is None:
                weight *= SILENT_TITLE if item.rank == TITLE else SILENT
            elif item.rank == TITLE:
                weight *= SPOKEN_TITLE.get(status, 1.0)
            votes[status] = votes.get(status, 0.0) + weight
            if cue is not None:
                proof.setdefault(status, []).append(cue)
        if not votes:
            return "held", []
        winner = max(votes, key=lambda status: (votes[status], status == "held"))
        return winner, proof.get(winner, [])

    def _runs(self, item: Evidence, cue: Cue) -> bool:
        """May the event be under way? Only the lead says so, and "mulai" only of what takes weeks."""
        return item.rank < LEAD and (item.type in RUNNING or cue.id_ not in self.rules.lasting)

    def _near(self, item: Evidence) -> tuple[EventStatus, Cue | None]:
        """The nearest status cue that reaches the term, or what its rule says."""
        term, own = item.span, self.rules.terms[item.rule]
        if own.status is not None:
            return own.status, term
        best: tuple[int, EventStatus, Cue] | None = None
        for cue in self.status.get(_sentence(item), ()):
            rule = self.rules.statuses[cue.id_]
            leads = cue.start < term.start
            gap = term.start - cue.end if leads else cue.start - term.end
            if gap > (rule.before if leads else rule.behind) or rule.status in own.never or self._cut(cue, term):
                continue
            if cue.start > term.start and _held_before(item) and "yang" in self.layout.words[term.end : cue.start]:
                continue  # "mengadakan rakor yang dijadwalkan …"
            gap = max(gap, 0)  # "masih diselidiki" holds its term
            if best is None or gap < best[0]:
                best = (gap, rule.status, cue)
        return (best[1], best[2]) if best else ("held", None)

    def _cut(self, cue: Cue, term: Cue) -> bool:
        first, second = (cue, term) if cue.start <= term.start else (term, cue)
        ends, between = self.rules.statuses[cue.id_].ends, self.layout.words[first.end : second.start]
        if ends.isdisjoint(between):
            return False
        after = [*between[1:], ""]
        return any(word in ends and not (word == FOR and self._for_whom(after[i])) for i, word in enumerate(between))

    def _for_whom(self, word: str) -> bool:
        """Does "untuk" before this word say for whom, not what for ("penyaluran untuk 640 KPM ditunda")?"""
        return word[:1].isdecimal() or word in self.rules.for_whom

    def claimed(self, best: Evidence, evidence: Sequence[Evidence]) -> Cue | None:
        """The cue that makes the event for which ``best`` stands only somebody's claim, or ``None``. Of a complaint
        every strong term (of ``evidence``, the strongest first) may say so, ``best`` before the others."""
        if best.type not in CLAIMED:
            return None
        if best.type != "complaint":
            return self._claim(best, 4)
        others = (item for item in evidence if item is not best)
        strong = (item for item in (best, *others) if item.free and item.score >= WEAKER * best.score)
        return next(filter(None, (self._claim(item, 10) for item in strong)), None)

    def _claim(self, item: Evidence, reach: int) -> Cue | None:
        for cue in self.claims.get(_sentence(item), ()):
            if -len(item.span) <= item.span.start - cue.end <= reach:
                return cue
        return None


def _sentence(item: Evidence) -> int:
    """The sentence of a term; the headline is one, however many sentences it has."""
    return TITLE if item.rank == TITLE else item.sentence


def _held_before(item: Evidence) -> bool:
    """Does a verb of holding stand before the term?"""
    return any(cue.label_ == "event_hold" and cue.start < item.span.start for cue in item.support)


def _attended(item: Evidence) -> bool:
    """Did somebody open it or speak there? Then it took place."""
    return any(cue.label_ == "event_attend" for cue in item.support)
