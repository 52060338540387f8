"""Component ``pkh_people``: participants and staff in post.

Every figure of people is weighed by the cues around it: did they come (``people_attend``), are they in post
(``people_stock``), or neither (``people_not``)? ``doc.spans["pkh_people"]`` holds those who came or are in post,
value :class:`~pkh_extract.annotating.people.values.People`.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import Cueing
from pkh_extract.annotating.document import accept, group, new_span, register, value_of, warn
from pkh_extract.annotating.figures.component import PERSON, figures
from pkh_extract.annotating.figures.parts import breakdowns
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.people.values import People, Presence
from pkh_extract.record import Role
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_people"
GATHERINGS = {"training", "coordination_meeting", "outreach", "family_session", "ceremony", "personnel", "monitoring"}
CAME = 1.0  # a household came only where a cue says so at this distance or nearer


class PeopleFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.roles: dict[str, Role] = {rule.id: rule.get("role") for rule in rules.family("people_role")}
        self.staff = {rule.id for rule in rules.family("people_role") if rule.get("staff")}

    def __call__(self, doc: Doc) -> Doc:
        found = figures(doc)
        scene = _Scene(doc, [figure.number_start for _, figure in found])
        spans: list[Span] = []
        parts = breakdowns(doc, [figure for _, figure in found])
        decided: dict[int, Presence] = {}
        for index, (span, figure) in enumerate(found):
            total = parts.get(index)
            if total is not None and total in decided:
                presence, rule = decided[total], "figure_parts.complete"
            else:
                total = None
                verdict = self._verdict(doc, span, figure, scene)
                if verdict is None:
                    continue
                presence, rule = verdict
            decided[index] = presence
            spans.append(self._people(doc, span, figure, index, presence, rule, total))
        doc.spans[KEY] = spans
        self._check_sums(doc, spans)
        return doc

    def _people(
        self, doc: Doc, span: Span, figure: Figure, index: int, presence: Presence, rule: str, total: int | None
    ) -> Span:
        number = figure.number
        value = People(
            role=self._role(figure),
            count=number.value,
            count_max=number.value_max,
            qualifier=number.qualifier,
            presence=presence,
            rule=rule,
            figure=index,
            total=total,
        )
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
            came = cue is not None and cue.label_ == "people_attend" and scene.near(cue, figure) < CAME
            if not came or cue is None:
                return None
            accept(doc, cue)
            return "attended", cue.id_
        role = self.roles[figure.noun]
        if role == "suspect":
            return "attended", figure.noun
        if cue is not None:
            if cue.label_ == "people_not":
                accept(doc, cue)
                return None
            if cue.label_ == "people_attend":
                accept(doc, cue)
                return "attended", cue.id_
            if figure.noun in self.staff:
                accept(doc, cue)
                return "in_post", cue.id_
        if scene.at_gathering(span):
            return "attended", figure.noun
        return ("in_post", figure.noun) if figure.noun in self.staff and figure.how == "left" else None

    def _check_sums(self, doc: Doc, spans: list[Span]) -> None:
        by_figure = {value_of(span).figure: span for span in spans}
        for index, total in by_figure.items():
            counts = [value_of(span).count for span in spans if value_of(span).total == index]
            if len(counts) > 1 and sum(counts) != value_of(total).count:
                text = f"The parts add up to {sum(counts)}, the total says {value_of(total).count}."
                warn(doc, "breakdown_mismatch", text, total)


class _Scene:
    """The cues of one document and where its main event is told."""

    def __init__(self, doc: Doc, rivals: list[int]) -> None:
        self.doc = doc
        self.cueing = Cueing(doc, rivals)
        households = {token.i for span in cues(doc, "kpm_unit") for token in span}
        found = cues(doc, "people_attend", "people_stock", "people_not", "kpm_measure")
        self.cues = [cue for cue in found if cue.label_ != "people_attend" or cue.start not in households]
        self.people_cues = [cue for cue in self.cues if cue.label_ != "kpm_measure"]
        self.event = next(iter(doc.spans["pkh_events"]), None) if "pkh_events" in doc.spans else None

    def cue(self, figure: Figure) -> Span | None:
        """The cue that speaks of the figure."""
        weight: Callable[[Span], float] = lambda cue: WEIGHTS.get(cue.label_, 1.0)  # noqa: E731
        pool = self.cues if figure.family == "kpm_unit" else self.people_cues
        end = max(figure.number_end, figure.noun_end)
        start = figure.number_start if figure.how != "left" or figure.noun_start < 0 else figure.noun_start
        return self.cueing.best(pool, start, end, weight)

    def near(self, cue: Span, figure: Figure) -> float:
        """The distance of a cue from the figure."""
        return self.cueing.distance(cue, figure.number_start, max(figure.number_end, figure.noun_end))

    def at_gathering(self, span: Span) -> bool:
        """Does the figure stand in a sentence that tells of the main event, a gathering?"""
        if self.event is None or self.event.label_ not in GATHERINGS:
            return False
        return bool(span.sent.start <= self.event.start < span.sent.end)


WEIGHTS = {"people_attend": 1.0, "people_stock": 0.9, "people_not": 1.1, "kpm_measure": 0.8}


def people(doc: Doc) -> list[tuple[Span, People]]:
    """Counted people in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_people", default_config={"patterns": None})
def make_people(nlp: Language, name: str, patterns: str | None) -> PeopleFinder:
    """Factory ``pkh_people``."""
    return PeopleFinder(nlp, load_rules(patterns))
