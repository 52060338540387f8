"""Component ``pkh_people``: participants and staff in post.

Every figure of people is weighed by the cues around it: did they come (``people_attend``), are they in post
(``people_stock``), or neither (``people_not``)? ``doc.spans["pkh_people"]`` holds those who came or are in post,
value :class:`~pkh_extract.annotating.people.values.People`.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import REACH, Cueing
from pkh_extract.annotating.document import accept, group, lead_end, new_span, register, value_of
from pkh_extract.annotating.events import events
from pkh_extract.annotating.figures.component import figures
from pkh_extract.annotating.figures.page import PERSON
from pkh_extract.annotating.figures.parts import breakdowns
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.people.values import People, Presence
from pkh_extract.annotating.tables import Cell, cells
from pkh_extract.record import Role
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_people"
GATHERINGS = {"training", "coordination_meeting", "outreach", "family_session", "ceremony", "personnel", "monitoring"}
JOINING = {"dan", "serta", "plus", "maupun"}
APART = 25  # tokens between two groups of people who came together
JOINED = 2  # tokens between counts of staff in one list: "26 pendamping, 2 operator dan 1 koordinator"
NEXT_TO = 8  # tokens between two counts of staff told in one breath
LONGEST = 60  # parts of a total that nothing announces
CAME = 1.0  # a household came only where a cue says so at this distance or nearer
GONE = "people_not.gone"
ALL_OF_THEM = "people_all.identity"
FAMILIES = ("people_attend", "people_stock", "people_not")
WEIGHTS = {"people_attend": 1.0, "people_stock": 0.9, "people_not": 1.1, "kpm_measure": 0.8}


class PeopleFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.roles: dict[str, Role] = {rule.id: rule.get("role") for rule in rules.family("people_role")}
        self.staff = {rule.id for rule in rules.family("people_role") if rule.get("staff")}
        attend = [rule for family in FAMILIES for rule in rules.family(family)]
        self.not_staff = {rule.id for rule in attend if rule.get("not_staff")}
        self.idioms = {rule.id for rule in attend if rule.get("idiom")}
        self.for_households = {rule.id for rule in attend if rule.get("households")}
        self.made: dict[str, Role] = {rule.id: rule.get("role") for rule in attend if rule.get("role")}
        self.events = {rule.id: set(rule.get("events")) for rule in attend if rule.get("events")}
        self.weights = {rule.id: float(rule.get("weight")) for rule in attend if rule.get("weight")}
        self.reaches = {rule.id: float(rule.get("reach")) for rule in attend if rule.get("reach")}

    def __call__(self, doc: Doc) -> Doc:
        found = figures(doc)
        scene = _Scene(doc, self, [figure.number_start for _, figure in found])
        spans: list[Span] = []
        parts = breakdowns(doc, [figure for _, figure in found])
        decided: dict[int, Presence] = {}
        roles: dict[int, Role] = {}
        for index, (span, figure) in enumerate(found):
            total = parts.total_of.get(index)
            if scene.denied(figure):
                continue
            if total is not None and total in decided:
                presence, rule = decided[total], "figure_parts.complete"
            else:
                total = None
                verdict = (
                    self._coordinated(found, index, decided, JOINED)
                    or self._verdict(doc, span, figure, scene)
                    or self._coordinated(found, index, decided, NEXT_TO)
                    or self._joined(found, index, decided, scene)
                )
                if verdict is None:
                    continue
                presence, rule = verdict
                whole = parts.among.get(index, -1)  # "di antaranya 4 korkab", "terbanyak dari Kecamatan A 7 orang"
                total = whole if presence == decided.get(whole) == "attended" else None
            decided[index] = presence
            role = self.made.get(rule) or self._role(figure)
            roles[index] = roles[total] if role == "participant" and total is not None else role
            spans.append(self._people(scene, span, figure, index, presence, rule, total, roles[index]))
        spans = _summed(doc, spans)
        doc.spans[KEY] = spans
        told = ((span, value_of(span)) for span in spans)
        parts.check_sums(doc, {value.figure: (span, value.count, value.qualifier) for span, value in told})
        return doc

    def _people(
        self,
        scene: _Scene,
        span: Span,
        figure: Figure,
        index: int,
        presence: Presence,
        rule: str,
        total: int | None,
        role: Role,
    ) -> Span:
        number = figure.number
        value = People(
            role=role,
            count=number.value,
            count_max=number.value_max,
            qualifier=number.qualifier,
            presence=presence,
            rule=rule,
            figure=index,
            total=total,
            everybody=figure.noun in self.staff and scene.everybody(figure),
        )
        doc = scene.doc
        accept(doc, new_span(doc, span.start, span.end, "people_role", figure.noun, value))
        return new_span(doc, span.start, span.end, "people", rule, value)

    def _role(self, figure: Figure) -> Role:
        if figure.family == "people_role":
            return self.roles[figure.noun]
        if figure.noun == PERSON:
            return "participant" if figure.generic else "resident"
        return "kpm"

    def _verdict(self, doc: Doc, span: Span, figure: Figure, scene: _Scene) -> tuple[Presence, str] | None:
        """Did they come, are they in post, and which rule says so; ``None``: neither."""
        cue = scene.cue(figure)
        if figure.family == "kpm_unit":
            if cue is None or cue.id_ not in self.for_households:
                accept(doc, *([cue] if cue is not None and cue.id_ in self.idioms else []))
                return None
            if cue.id_ not in self.reaches and scene.near(cue, figure) >= CAME:
                return None
            accept(doc, cue)
            return "attended", cue.id_
        role = self.roles[figure.noun]
        if role == "suspect":
            return "attended", figure.noun
        if cue is not None:
            accept(doc, *([cue] if cue.id_ in self.idioms or cue.label_ == "people_not" else []))
            if cue.label_ == "people_not" and cue.id_ not in self.idioms:
                return None
            cue = scene.cue(figure, beyond=cue) if cue.id_ in self.idioms else cue
        if cue is not None:
            if cue.label_ == "people_attend":
                accept(doc, cue)
                return "attended", cue.id_
            if figure.noun in self.staff:
                accept(doc, cue)
                return "in_post", cue.id_
        if (cell := cells(doc).get(figure.number_start)) is not None:
            return scene.listed(cell, figure)
        if figure.how == "inherited" and scene.some_of_them(figure):
            return None  # "Dari jumlah itu … terdampak. Di Palu 2 orang": nothing says that they came or serve
        if scene.at_gathering(span):
            return "attended", figure.noun
        return ("in_post", figure.noun) if figure.noun in self.staff and figure.how != "right" else None

    def _coordinated(
        self, found: list[tuple[Span, Figure]], index: int, decided: dict[int, Presence], gap: int
    ) -> tuple[Presence, str] | None:
        """Staff told within ``gap`` tokens of other staff: "75 pendamping dan 2 asisten. Ditambah 5 operator …"."""
        figure = found[index][1]
        before = found[index - 1][1] if index - 1 in decided else None
        if before is None or figure.noun not in self.staff or before.noun not in self.staff:
            return None
        close = figure.number_start - max(before.number_end, before.noun_end) <= gap
        return (decided[index - 1], figure.noun) if close else None

    def _joined(
        self, found: list[tuple[Span, Figure]], index: int, decided: dict[int, Presence], scene: _Scene
    ) -> tuple[Presence, str] | None:
        """Others who came, joined to those before: "diikuti 350 pendamping dari 11 kabupaten dan 211 KPM"."""
        figure = found[index][1]
        if decided.get(index - 1) != "attended":
            return None
        before = found[index - 1][1]
        start, end = max(before.number_end, before.noun_end), figure.number_start
        doc = found[index][0].doc
        if (
            end - start > APART
            or doc[end - 1].lower_ not in JOINING
            or any(token.is_sent_start for token in doc[start:end])
        ):
            return None
        return None if scene.any_cue(start, end) else ("attended", figure.noun)


def _summed(doc: Doc, spans: list[Span]) -> list[Span]:
    """Makes parts of those who came and are told right after a total that they add up to."""
    values: list[People] = [value_of(span) for span in spans]
    for i, total in enumerate(values):
        if total.total is not None or total.presence != "attended":
            continue
        run: list[int] = []
        added = 0
        for k in range(i + 1, len(values)):
            value = values[k]
            if value.total is not None or value.presence != "attended" or added >= total.count or len(run) > LONGEST:
                break
            run.append(k)
            added += value.count
        if len(run) < 2 or added != total.count:
            continue
        for k in run:
            values[k] = replace(values[k], total=total.figure)
    return [
        new_span(doc, span.start, span.end, "people", span.id_, value)
        for span, value in zip(spans, values, strict=True)
    ]


class _Scene:
    """The cues of one document and where its main event is told."""

    def __init__(self, doc: Doc, component: PeopleFinder, rivals: list[int]) -> None:
        self.doc = doc
        self.component = component
        self.cueing = Cueing(doc, rivals)
        households = {at for cue in cues(doc, "kpm_unit") for at in range(cue.start, cue.end)}
        found = cues(doc, "people_attend", "people_stock", "people_not", "kpm_measure")
        self.event = next(iter(events(doc)), None)
        happened = self.event.type if self.event is not None else ""
        found = [cue for cue in found if happened in component.events.get(cue.id_, {happened})]
        found = [cue for cue in found if cue.label_ != "people_attend" or cue.start not in households]
        self.cues = Nearby(found)
        self.people_cues = Nearby(cue for cue in found if cue.label_ != "kpm_measure")
        self.partial = Nearby(cues(doc, "figure_partial"))
        self.alls = Nearby(cues(doc, "people_all"))
        self.nouns = {(noun.id_, noun.start) for noun in cues(doc, "people_role")}
        self.lead = lead_end(doc)

    def cue(self, figure: Figure, beyond: Span | None = None) -> Span | None:
        """The cue that speaks of the figure; ``beyond`` an idiom: the best but for that idiom and what it covers."""
        weights, reaches = self.component.weights, self.component.reaches
        end = max(figure.number_end, figure.noun_end)
        start = figure.number_start if figure.how != "left" or figure.noun_start < 0 else figure.noun_start
        pool = (self.cues if figure.family == "kpm_unit" else self.people_cues).around(start, end)
        if figure.noun in self.component.staff:
            pool = [cue for cue in pool if cue.id_ not in self.component.not_staff]
        if beyond is not None:
            pool = [cue for cue in pool if cue.end <= beyond.start or cue.start >= beyond.end]
        return self.cueing.best(
            pool,
            start,
            end,
            lambda cue: weights.get(cue.id_, WEIGHTS.get(cue.label_, 1.0)),
            lambda cue: reaches.get(cue.id_, REACH),
        )

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
        """Does it follow right away that they are none of these ("5 pendamping mengundurkan diri")?"""
        end = max(figure.number_end, figure.noun_end)
        found = self.people_cues.between(end, end + 2)
        cue = next((cue for cue in found if cue.id_ == GONE), None)
        if figure.noun not in self.component.staff or cue is None:
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

    def near(self, cue: Span, figure: Figure) -> float:
        """The distance of a cue from the figure."""
        return self.cueing.distance(cue, figure.number_start, max(figure.number_end, figure.noun_end))

    def any_cue(self, start: int, end: int) -> bool:
        """Does any cue stand between two tokens?"""
        return bool(self.cues.between(start, end))

    def at_gathering(self, span: Span) -> bool:
        """Does the figure stand in the lead, or in the sentence, that tells of the main event, a gathering?"""
        if self.event is None or self.event.type not in GATHERINGS:
            return False
        return span.start < self.lead or self.cueing.sentence[span.start] == self.cueing.sentence[self.event.span.start]


def people(doc: Doc) -> list[tuple[Span, People]]:
    """Counted people in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_people", default_config={"patterns": None})
def make_people(nlp: Language, name: str, patterns: str | None) -> PeopleFinder:
    """Factory ``pkh_people``."""
    return PeopleFinder(nlp, load_rules(patterns))
