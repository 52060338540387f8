"""Component ``pkh_people``: participants and staff in post.

Every figure of people is weighed by the cues around it: did they come (``people_attend``), are they in post
(``people_stock``), or neither (``people_not``)? ``doc.spans["pkh_people"]`` holds those who came or are in post,
value :class:`~pkh_extract.annotating.people.values.People`.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import accept, group, new_span, register, value_of
from pkh_extract.annotating.figures.component import credit_noun, figures
from pkh_extract.annotating.figures.page import PERSON
from pkh_extract.annotating.figures.parts import breakdowns
from pkh_extract.annotating.figures.values import Counted, Figure
from pkh_extract.annotating.figures.wholes import some_came, whole_and_part
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.people.scene import APART, FAMILIES, LONGEST, Scene
from pkh_extract.annotating.people.values import People, Presence
from pkh_extract.annotating.tables import cells
from pkh_extract.record import Role
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_people"
JOINING = {"dan", "serta", "plus", "maupun"}
JOINED = 2  # tokens between counts of staff in one list: "26 pendamping, 2 operator dan 1 koordinator"
NEXT_TO = 8  # tokens between two counts of staff told in one breath
SOMEBODIES = {"resident", "participant", "kpm"}
CAME = 1.0  # a household came only where a cue says so at this distance or nearer


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
        self.persons = {rule.id for rule in attend if rule.get("persons")}
        self.made: dict[str, Role] = {rule.id: rule.get("role") for rule in attend if rule.get("role")}
        self.events = {rule.id: set(rule.get("events")) for rule in attend if rule.get("events")}
        self.weights = {rule.id: float(rule.get("weight")) for rule in attend if rule.get("weight")}
        self.reaches = {rule.id: float(rule.get("reach")) for rule in attend if rule.get("reach")}

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        found = figures(doc)
        if not found:
            doc.spans[KEY] = []
            return doc
        scene = Scene(doc, self, [figure.number_start for _, _, figure in found])
        spans: list[Span] = []
        only = [figure for _, _, figure in found]
        parts = breakdowns(doc, only)
        decided: dict[int, Presence] = {}
        roles: dict[int, Role] = {}
        for index, counted in enumerate(found):
            figure = counted.figure
            total = parts.total_of.get(index)
            if scene.denied(figure) or (
                total is not None and total not in decided and self._refused(only[total], scene)
            ):
                continue
            if total is not None and total in decided:
                presence, rule = decided[total], "figure_parts.complete"
            else:
                total = None
                verdict = self._presence(found, only, index, decided, scene)
                if verdict is None:
                    continue
                presence, rule = verdict
                whole = parts.among.get(index, -1)  # "di antaranya 4 korkab", "terbanyak dari Kecamatan A 7 orang"
                total = whole if presence == decided.get(whole) == "attended" else None
            decided[index] = presence
            role = self.made.get(rule) or self._role(figure)
            roles[index] = roles[total] if role == "participant" and total is not None else role
            spans.append(self._people(scene, counted, index, presence, rule, total, roles[index]))
        spans = _summed(doc, spans)
        doc.spans[KEY] = spans
        if parts.total_of:
            told = ((span, value_of(span)) for span in spans)
            parts.check_sums(doc, {value.figure: (span, value.count, value.qualifier) for span, value in told})
        return doc

    def _presence(
        self, found: list[Counted], only: list[Figure], index: int, decided: dict[int, Presence], scene: Scene
    ) -> tuple[Presence, str] | None:
        """Did those whom a figure counts come, are they in post, and which rule says so; ``None``: neither, or they are
        the whole of those who came, or some of the staff of whom something else is told."""
        figure = only[index]
        verdict = (
            self._coordinated(found, index, decided, JOINED, scene)
            or self._verdict(scene.doc, found[index], scene)
            or self._coordinated(found, index, decided, NEXT_TO, scene)
            or self._joined(found, index, decided, scene)
        )
        pair = whole_and_part(scene.tokens, only, index) if figure.noun in self.staff else None
        if pair is not None:
            if scene.came(only[pair[1]]) == (index == pair[0]):
                return None
            return ("in_post", figure.noun) if index == pair[0] else verdict
        if verdict is None or self._somebody(figure) or (verdict[0] == "in_post" and scene.candidates(figure)):
            return None
        return None if verdict[0] == "attended" and some_came(scene.tokens, only, index) else verdict

    def _people(
        self,
        scene: Scene,
        counted: Counted,
        index: int,
        presence: Presence,
        rule: str,
        total: int | None,
        role: Role,
    ) -> Span:
        start, end, figure = counted
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
        credit_noun(scene.doc, counted, "people_role", value)
        return new_span(scene.doc, start, end, "people", rule, value)

    def _refused(self, figure: Figure, scene: Scene) -> bool:
        """Does a cue say of staff that they neither came nor serve ("dibutuhkan 40 pendamping")? Nor do their parts."""
        cue = scene.cue(figure) if figure.noun in self.staff else None
        return cue is not None and cue.label_ == "people_not" and cue.id_ not in self.idioms

    def _somebody(self, figure: Figure) -> bool:
        """Is it but one person who speaks or is met ("kata Ratmi, seorang warga yang ikut protes")?"""
        one = figure.number.value == 1 and figure.number.written == "words"
        return one and self._role(figure) in SOMEBODIES

    def _role(self, figure: Figure) -> Role:
        if figure.family == "people_role":
            return self.roles[figure.noun]
        if figure.noun == PERSON:
            return "participant" if figure.generic else "resident"
        return "kpm"

    def _verdict(self, doc: Doc, counted: Counted, scene: Scene) -> tuple[Presence, str] | None:
        """Did they come, are they in post, and which rule says so; ``None``: neither."""
        figure = counted.figure
        cue = scene.cue(figure)
        if figure.family == "kpm_unit":
            if cue is not None and cue.id_ in self.persons and not (figure.noun == PERSON and figure.generic):
                return None
            if cue is None and (guests := scene.listed_guests(figure)) is not None:
                accept(doc, guests)
                return "attended", guests.id_
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
        if scene.at_gathering(counted.start):
            return "attended", figure.noun
        return ("in_post", figure.noun) if figure.noun in self.staff and figure.how != "right" else None

    def _coordinated(
        self, found: list[Counted], index: int, decided: dict[int, Presence], gap: int, scene: Scene
    ) -> tuple[Presence, str] | None:
        """Staff told within ``gap`` tokens of other staff: "75 pendamping dan 2 asisten. Ditambah 5 operator …"."""
        figure = found[index].figure
        before = found[index - 1].figure if index - 1 in decided else None
        if before is None or figure.noun not in self.staff or before.noun not in self.staff:
            return None
        if gap > JOINED and (cue := scene.cue(figure)) is not None and cue.end > figure.number_start > cue.start:
            return None  # what is said of the number itself ("setiap kecamatan ada 2 pendamping") goes before
        close = figure.number_start - max(before.number_end, before.noun_end) <= gap
        return (decided[index - 1], figure.noun) if close else None

    def _joined(
        self, found: list[Counted], index: int, decided: dict[int, Presence], scene: Scene
    ) -> tuple[Presence, str] | None:
        """Others who came, joined to those before: "diikuti 350 pendamping dari 11 kabupaten dan 211 KPM", "KPM yang
        hadir ialah dari Dau 100 orang, Pakis 170 orang"."""
        figure = found[index].figure
        if decided.get(index - 1) != "attended":
            return None
        before = found[index - 1].figure
        if figure.how == "left" and figure.noun_start == before.noun_start >= 0:
            return "attended", figure.noun
        start, end = max(before.number_end, before.noun_end), figure.number_start
        tokens = scene.tokens
        if end - start > APART or tokens.lower[end - 1] not in JOINING:
            return None
        if any(tokens.opens_sentence(at) for at in range(start, end)):
            return None
        return None if scene.any_cue(start, end, but="people_attend") else ("attended", figure.noun)


def _summed(doc: Doc, spans: list[Span]) -> list[Span]:
    """Makes parts of those who came and are told right after a total that they add up to."""
    if len(spans) < 3:
        return spans
    values: list[People] = [value_of(span) for span in spans]
    summed = list(spans)
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
            value = values[k] = replace(values[k], total=total.figure)
            summed[k] = new_span(doc, spans[k].start, spans[k].end, "people", value.rule, value)
    return summed


def people(doc: Doc) -> list[tuple[Span, People]]:
    """Counted people in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_people", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_people(nlp: Language, name: str, patterns: str | None) -> PeopleFinder:
    """Factory ``pkh_people``."""
    return PeopleFinder(nlp, load_rules(patterns))
