"""Component ``pkh_kpm``: figures of recipient families and what they measure.

``doc.spans["pkh_kpm"]``, value :class:`~pkh_extract.annotating.kpm.values.Households`. Nouns that are weak
("keluarga", "orang") count only where the sentence speaks of the aid and of nothing that counts inhabitants. The
measure is that of the nearest cue; an entry of a list has the measure of its header where it has no cue of its own.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import Cueing
from pkh_extract.annotating.document import accept, group, new_span, register, value_of
from pkh_extract.annotating.figures.component import figures
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.kpm.values import Households
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.people.component import people
from pkh_extract.record import Measure
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_kpm"
NEAR = 0.9  # a list entry's own cue overrides the header's measure at this distance or nearer


class KpmFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.units = {rule.id: rule.get("unit") for rule in rules.family("kpm_unit")}
        self.strong = {rule.id for rule in rules.family("kpm_unit") if rule.get("strong")}
        self.measures: dict[str, Measure] = {rule.id: rule.get("measure") for rule in rules.family("kpm_measure")}
        self.weights = {rule.id: float(rule.get("weight", 1)) for rule in rules.family("kpm_measure")}

    def __call__(self, doc: Doc) -> Doc:
        found = figures(doc)
        came = {value.figure for _, value in people(doc)}
        cueing = Cueing(doc, [figure.number_start for _, figure in found])
        measures = cues(doc, "kpm_measure")
        context, other = cues(doc, "kpm_context"), cues(doc, "kpm_not")
        decided: dict[int, tuple[Measure, str]] = {}
        spans: list[Span] = []
        for index, (span, figure) in enumerate(found):
            if figure.family != "kpm_unit" or index in came:
                continue
            if (
                figure.header is not None
                and figure.header not in decided
                and found[figure.header][1].family == "kpm_unit"
            ):
                continue  # the header was no recipient figure
            if figure.noun not in self.strong and figure.header is None and not _aid(doc, span, context, other):
                continue
            measure, rule = self._measure(doc, figure, cueing, measures, decided)
            decided[index] = (measure, rule)
            number = figure.number
            value = Households(
                value=number.value,
                value_max=number.value_max,
                qualifier=number.qualifier,
                unit=self.units[figure.noun],
                measure=measure,
                rule=rule,
                figure=index,
                item=figure.item,
            )
            accept(doc, new_span(doc, span.start, span.end, "kpm_unit", figure.noun, value))
            spans.append(new_span(doc, span.start, span.end, "kpm", rule, value))
        doc.spans[KEY] = spans
        return doc

    def _measure(
        self,
        doc: Doc,
        figure: Figure,
        cueing: Cueing,
        found: list[Span],
        decided: dict[int, tuple[Measure, str]],
    ) -> tuple[Measure, str]:
        """The measure and the rule that says so."""
        start, end = figure.number_start, max(figure.number_end, figure.noun_end)
        cue = cueing.best(found, start, end, lambda cue: self.weights[cue.id_])
        if figure.header in decided and (cue is None or cueing.distance(cue, start, end) > NEAR):
            return decided[figure.header]
        if cue is None:
            return "recipients", figure.noun
        return self.measures[cue.id_], cue.id_


def _aid(doc: Doc, span: Span, context: list[Span], other: list[Span]) -> bool:
    """Does the sentence speak of the aid, and of nothing that counts inhabitants?"""
    first, last = span.sent.start, span.sent.end
    if any(first <= cue.start < last for cue in other):
        cue = next(cue for cue in other if first <= cue.start < last)
        accept(doc, cue)
        return False
    near = next((cue for cue in context if first <= cue.start < last), None)
    if near is None:
        return False
    accept(doc, near)
    return True


def households(doc: Doc) -> list[tuple[Span, Households]]:
    """The recipient figures of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_kpm", default_config={"patterns": None})
def make_kpm(nlp: Language, name: str, patterns: str | None) -> KpmFinder:
    """Factory ``pkh_kpm``."""
    return KpmFinder(nlp, load_rules(patterns))
