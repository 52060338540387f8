"""What one document tells of the people it counts: cues and where its main event is told."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.cueing import REACH, Cueing
from pkh_extract.annotating.document import Cue, accept, lead_end
from pkh_extract.annotating.events import events
from pkh_extract.annotating.figures.page import PARTICIPANT
from pkh_extract.annotating.figures.told import Told
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.people.values import Presence
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.figures.values import Figure
    from pkh_extract.annotating.people.component import PeopleFinder
    from pkh_extract.annotating.tables import Cell

APART = 25  # tokens between two groups of people who came together
GUESTS = 80  # tokens of a list of guests
LAST_OF_LIST = {"serta", "dan", "hingga", "maupun"}
LONGEST = 60  # parts of a total that nothing announces
GATHERINGS = {"training", "coordination_meeting", "outreach", "family_session", "ceremony", "personnel", "monitoring"}
HALL = 2_000  # more are not "peserta" in a hall
TALK = {"statement", "complaint", "enforcement"}  # nobody is gathered there as "peserta"
NEUTRAL = "kpm_measure.neutral"  # says nothing of who came
GONE, WANTED, ONE_OF_EACH = "people_not.gone", "people_not.wanted", "people_not.phrase"
PRESENT = "people_attend.all"
TREATED = "people_attend.treatment"  # with "peserta", which says nothing of itself
ALL_OF_THEM = "people_all.identity"
CANDIDATE = "calon"
FAMILIES = ("people_attend", "people_stock", "people_not")
WEIGHTS = {"people_attend": 1.0, "people_stock": 0.9, "people_not": 1.1, "kpm_measure": 0.8}


class Scene:
    """See the module; the cues are looked up when first asked for."""

    def __init__(self, doc: Doc, component: PeopleFinder, rivals: list[int]) -> None:
        self.doc, self.tokens = doc, tokens_of(doc)
        self.component = component
        self.cueing = Cueing(doc, rivals)
        self.event = next(iter(events(doc)), None)

    @cached_property
    def _found(self) -> list[Cue]:
        """The cues that speak of what happened here, but for those in the name of a household."""
        found = [cue for cue in cues(self.doc, *FAMILIES, "kpm_measure") if cue.id_ != NEUTRAL]
        if not found:
            return found
        only, happened = self.component.events, self.event.type if self.event is not None else ""
        units = cues(self.doc, "kpm_unit") if cues(self.doc, "people_attend") else []
        households = {at for cue in units for at in range(cue.start, cue.end)}
        return [
            cue
            for cue in found
            if (cue.id_ not in only or happened in only[cue.id_])
            and (cue.label_ != "people_attend" or cue.start not in households)
        ]

    @cached_property
    def cues(self) -> Told:
        """The cues of people and of households."""
        return Told(self._found, self.tokens.sentence)

    @cached_property
    def people_cues(self) -> Told:
        """Those of people alone."""
        return Told([cue for cue in self._found if cue.label_ != "kpm_measure"], self.tokens.sentence)

    @cached_property
    def _with_households(self) -> set[int]:
        """The sentences in which a cue may say that households came; no cue reaches into another."""
        decisive = self.component.for_households | self.component.idioms
        return {self.tokens.sentence[cue.end - 1] for cue in self._found if cue.id_ in decisive}

    @cached_property
    def partial(self) -> Nearby:
        """What takes but a part of those who were counted."""
        return Nearby(cues(self.doc, "figure_partial"))

    @cached_property
    def alls(self) -> Nearby:
        """What says that these are all there are."""
        return Nearby(cues(self.doc, "people_all"))

    @cached_property
    def nouns(self) -> set[tuple[str, int]]:
        """The nouns of people: rule and first token."""
        return {(noun.id_, noun.start) for noun in cues(self.doc, "people_role")}

    @cached_property
    def lead(self) -> int:
        """The token after the lead."""
        return lead_end(self.doc)

    def cue(self, figure: Figure, beyond: Cue | None = None) -> Cue | None:
        """The cue that speaks of the figure; ``beyond`` an idiom: the best but for that idiom and what it covers."""
        weights, reaches = self.component.weights, self.component.reaches
        end = max(figure.number_end, figure.noun_end)
        start = figure.number_start if figure.how != "left" or self._shares_noun(figure) else figure.noun_start
        households = figure.family == "kpm_unit"
        if households and self.tokens.sentence[start] not in self._with_households:
            return None
        pool = (self.cues if households else self.people_cues).beside(start, end)
        if not pool:
            return None
        if figure.noun in self.component.staff:
            pool = [cue for cue in pool if cue.id_ not in self.component.not_staff]
        if self.event is None or self.event.type in TALK or figure.number.value > HALL:
            pool = [cue for cue in pool if cue.id_ != TREATED or (PARTICIPANT, cue.start) not in self.nouns]
        if beyond is not None:
            pool = [cue for cue in pool if cue.end <= beyond.start or cue.start >= beyond.end]
        return self.cueing.best(
            pool,
            start,
            end,
            lambda cue: weights.get(cue.id_, WEIGHTS.get(cue.label_, 1.0)),
            lambda cue: reaches.get(cue.id_, REACH),
        )

    def _shares_noun(self, figure: Figure) -> bool:
        """Is another figure told between the noun and its number ("Kuota pendamping 90 orang, yang bertugas 81"), or
        who of them came ("pendamping yang direkrut masih di kota, sehingga yang hadir 52 orang")?"""
        noun, start = figure.noun_start, figure.number_start
        if noun < 0 or any(at in self.cueing.taken for at in range(noun, start)):
            return True
        return any(cue.id_ == PRESENT for cue in self.people_cues.between(noun, start))

    def listed_guests(self, figure: Figure) -> Cue | None:
        """The cue that opens a list of guests of which recipients are the last ("Tampak hadir Kepala Desa Ibu Anu,
        babinsa, perangkat desa serta 100 keluarga penerima manfaat"), however long; no other cue stands between."""
        start = figure.number_start
        if not start or self.tokens.lower[start - 1] not in LAST_OF_LIST:
            return None
        first, _ = self.tokens.sentence_at(start)
        told = self.cues.between(max(first, start - GUESTS), start)
        if len(told) != 1 or told[0].id_ not in self.component.for_households:
            return None
        return told[0] if "," in self.tokens.lower[told[0].end : start] else None

    def some_of_them(self, figure: Figure) -> bool:
        """Does the sentence, or the one before it, take but a part of those who were counted ("dari jumlah itu")?"""
        here = self.cueing.sentence[figure.number_start]
        found = self.partial.between(figure.number_start - APART, figure.number_start)
        return any(here - self.cueing.sentence[cue.start] <= 1 and cue.lower[0] == "dari" for cue in found)

    def listed(self, cell: Cell, figure: Figure) -> tuple[Presence, str] | None:
        """What the text above a table or list says of the people in it; where it says nothing those of a gathering
        came, and staff are in post."""
        told = [cue for cue in self.people_cues.between(*cell.intro) if cue.end <= cell.intro[1]]
        told = [cue for cue in told if cue.id_ not in self.component.idioms]
        if told:
            accept(self.doc, told[-1])
            if told[-1].label_ == "people_attend":
                return "attended", told[-1].id_
            return ("in_post", told[-1].id_) if told[-1].label_ == "people_stock" else None
        if self.event is not None and self.event.type in GATHERINGS:
            return "attended", figure.noun
        return ("in_post", figure.noun) if figure.noun in self.component.staff else None

    def denied(self, figure: Figure) -> bool:
        """Does it follow right away that they are none of these ("5 pendamping mengundurkan diri"), does it say right
        before how many there should be ("15 pendamping dari kebutuhan 24 orang"), or is but one of each meant ("satu
        pendamping bisa melayani dua desa")?"""
        if figure.noun not in self.component.staff:
            return False
        end, start = max(figure.number_end, figure.noun_end), figure.number_start
        told = [cue for cue in self.people_cues.between(end, end + 2) if cue.id_ == GONE]
        told += [cue for cue in self.people_cues.between(start - 4, start) if cue.id_ == WANTED]
        told += [cue for cue in self.people_cues.between(start, start + 1) if cue.id_ == ONE_OF_EACH]
        cue = next((cue for cue in told if cue.id_ != WANTED or cue.end >= start - 1), None)
        if cue is None:
            return False
        accept(self.doc, cue)
        return True

    def everybody(self, figure: Figure) -> bool:
        """Does "seluruh" stand before the counted staff ("seluruh pendamping PKH yang berjumlah 86 orang"), or do they
        turn out to be all there are ("27 pendamping. Mereka adalah seluruh pendamping yang dimiliki kota itu")?"""
        start = min(i for i in (figure.number_start, figure.noun_start) if i >= 0)
        end = max(figure.number_end, figure.noun_end)
        sentence = self.cueing.sentence[figure.number_start]
        before = (cue for cue in self.alls.around(start, start) if 0 <= start - cue.end <= 2)
        behind = (
            cue
            for cue in self.alls.between(end, end + LONGEST)
            if cue.id_ == ALL_OF_THEM
            and (figure.noun, cue.end) in self.nouns
            and self.cueing.sentence[cue.start] - sentence <= 1
        )
        word = next(before, None) or next(behind, None)
        accept(self.doc, *([word] if word is not None else []))
        return word is not None

    def candidates(self, figure: Figure) -> bool:
        """Are they but candidates ("calon pendamping PKH … 163 orang")? Nobody of them is in post."""
        start = figure.noun_start if figure.how == "left" else figure.number_end
        return CANDIDATE in self.tokens.lower[max(start - 1, 0) : start + 2]

    def came(self, figure: Figure) -> bool:
        """Does a cue say that those who are counted came?"""
        cue = self.cue(figure)
        return cue is not None and cue.label_ == "people_attend"

    def near(self, cue: Cue, figure: Figure) -> float:
        """The distance of a cue from the figure."""
        return self.cueing.distance(cue, figure.number_start, max(figure.number_end, figure.noun_end))

    def any_cue(self, start: int, end: int, but: str = "") -> bool:
        """Does any cue stand between two tokens, of another family than ``but``?"""
        return any(cue.label_ != but for cue in self.cues.between(start, end))

    def at_gathering(self, start: int) -> bool:
        """Does a figure at this token stand in the lead or the sentence that tells of the main event, a gathering?"""
        if self.event is None or self.event.type not in GATHERINGS:
            return False
        return start < self.lead or self.cueing.sentence[start] == self.cueing.sentence[self.event.span.start]
