"""Component ``pkh_kpm``: figures of recipient families and what they measure.

``doc.spans["pkh_kpm"]``, value :class:`~pkh_extract.annotating.kpm.values.Households`. Nouns that are weak
("keluarga", "orang") count only where the sentence speaks of the aid and of nothing that counts inhabitants. The
measure is that of the nearest cue; an entry of a list has the measure of its header where it has no cue of its own.
"""

from __future__ import annotations

from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import REACH, Cueing
from pkh_extract.annotating.document import Cue, group, lead_end, new_span, register, value_of
from pkh_extract.annotating.events import events
from pkh_extract.annotating.figures.component import credit_noun, figures
from pkh_extract.annotating.figures.parts import Breakdowns, breakdowns
from pkh_extract.annotating.figures.told import Told
from pkh_extract.annotating.figures.values import Counted, Figure
from pkh_extract.annotating.figures.wholes import APART, CHANGED, after, came_of, is_whole, parted
from pkh_extract.annotating.kpm.agreeing import (
    MEASURE,
    NEUTRAL,
    UNSAID,
    WHOLE,
    Verdict,
    added_up,
    agreed,
    series,
    some_of_them,
    summed_up,
    without_inhabitants,
)
from pkh_extract.annotating.kpm.asides import Asides, a_few
from pkh_extract.annotating.kpm.gating import Gate
from pkh_extract.annotating.kpm.values import Households
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.people.component import people
from pkh_extract.annotating.programs import relevance
from pkh_extract.annotating.tables import Cell, cells
from pkh_extract.annotating.tokens import Tokens, tokens_of
from pkh_extract.record import Measure
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_kpm"
TOLD: dict[str, Measure] = {"graduation": "graduated", "distribution": "served"}  # by headline and lead, uncued
OFF = {"postponed", "cancelled", "denied"}  # what did not take place served and graduated nobody
SOFTER = {"verified", "recipients"}  # what a noun like "calon penerima" says more than
CONTRAST, CANDIDATE = "sedangkan", "calon"
PERSONS, FAMILIES = {"orang", "org", "jiwa"}, {"kpm", "kk", "keluarga"}  # how they are counted
SAID = {"penerima", "jumlah"}  # who is counted, before the number
BESIDE = 0.45  # a cue overrides what the noun itself measures at this distance or nearer
NEAR = 0.9  # a list entry's own cue overrides the header's measure at this distance or nearer


class KpmFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        units, measures = rules.family("kpm_unit"), rules.family("kpm_measure")
        self.units = {rule.id: rule.get("unit") for rule in units}
        self.asides = {rule.id: rule for rule in rules.family("kpm_aside")}
        self.persons = {rule.id for rule in units if rule.get("persons")}
        self.strong = {rule.id for rule in units if rule.get("strong")}
        self.slips = {rule.id for rule in units if rule.get("slip")}
        self.named = {rule.id for rule in units if rule.get("strong") and not rule.get("right_only")}
        self.contexts = {rule.id: rule.get("context") for rule in units if rule.get("context")}
        self.own: dict[str, Measure] = {rule.id: rule.get("measure") for rule in units if rule.get("measure")}
        self.measures: dict[str, Measure] = {
            rule.id: rule.get("measure") for rule in (*measures, *rules.family("kpm_growth"))
        }
        self.handed: dict[str, Measure] = {
            rule.id: rule.get("in_distribution") for rule in measures if rule.get("in_distribution")
        }
        self.leading = {rule.id for rule in measures if rule.get("leads")}
        self.yielding = {rule.id for rule in measures if rule.get("yields")}
        self.weights = {rule.id: float(rule.get("weight", 1)) for rule in measures}
        self.most = {rule.id: int(rule.get("max")) for rule in measures if rule.get("max")}
        self.reaches = {rule.id: float(rule.get("reach", REACH)) for rule in measures}

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        found = figures(doc)
        only = [figure for _, _, figure in found]
        told: list[tuple[Span, Households]] = []
        if any(figure.family == "kpm_unit" for figure in only):
            parts = breakdowns(doc, only)
            decided = self._verdicts(doc, only, parts)
            told = [self._told(doc, found[index], index, *verdict) for index, verdict in decided.items()]
            if parts.total_of:
                parts.check_sums(doc, {value.figure: (span, value.value, value.qualifier) for span, value in told})
        doc.spans[KEY] = [span for span, _ in told]
        return doc

    def _verdicts(self, doc: Doc, only: list[Figure], parts: Breakdowns) -> dict[int, Verdict]:
        """Which figures are of recipients, by their index, and what they measure."""
        tokens = tokens_of(doc)
        gate = Gate(doc, only, parts.total_of, self)
        asides = Asides(doc, self.asides)
        cueing = Cueing(doc, [figure.number_start for figure in only])
        measures = Told(cues(doc, "kpm_measure"), tokens.sentence)
        counted = [value for _, value in people(doc)] if relevance(doc).relevant else []
        came = {value.figure for value in counted}
        honoured = {value.count for value in counted if value.role == "kpm" and value.presence == "attended"}
        main = next(iter(events(doc)), None)
        event = main.type if main is not None and main.status not in OFF else None
        handed_out = event == "distribution"
        partial = {cue.start: cue.end for cue in cues(doc, "figure_partial")}
        lead = lead_end(doc)
        decided: dict[int, Verdict] = {}
        said: dict[int, Verdict] = {}
        for index, figure in enumerate(only):
            if (index in came and not handed_out) or not gate.lets(index, decided) or asides.tells(figure):
                continue
            total = parts.total_of.get(index, parts.some_of.get(index, -1))
            header = decided.get(figure.header if figure.header is not None else total)
            if is_whole(tokens, figure, after(only, index)):
                measure, rule = WHOLE
            elif index - 1 in decided and series(tokens, only, index):
                measure, rule = decided[index - 1]
            else:
                found = self._cues(measures, only, index, partial)
                measure, rule = self._measure(figure, found, cueing, measures, header)
            if not rule.startswith(MEASURE) and not figure.item:
                measure, rule = said.get(figure.number.value, (measure, rule))
            elif measure not in UNSAID and not figure.item:
                said.setdefault(figure.number.value, (measure, rule))
            if handed_out and (index in came or rule in self.handed):
                measure = self.handed.get(rule, "served")
            elif rule == figure.noun and measure == "recipients" and figure.number_start < lead and not figure.item:
                some = event == "graduation" and parted(tokens, figure, after(only, index), partial)
                some = some or (event == "graduation" and _stands_beside(tokens, figure))
                some = some or came_of(tokens, figure, after(only, index))
                measure = measure if some else TOLD.get(event or "", measure)
            if rule == figure.noun and measure == "recipients" and a_few(tokens, only, index):
                continue
            if rule in (NEUTRAL, figure.noun, header and header[1]) and some_of_them(tokens, figure, partial):
                continue  # "31 orang, 12 di antaranya hidup sendiri": no measure of the programme
            if measure == "served" and not handed_out and figure.number.value in honoured:
                continue  # what was handed to those who came was no aid
            decided[index] = (measure, rule)
        decided = agreed(only, without_inhabitants(tokens, only, decided, self.strong), self.yielding, self.own)
        return summed_up(only, added_up(only, decided))

    def _told(self, doc: Doc, counted: Counted, index: int, measure: Measure, rule: str) -> tuple[Span, Households]:
        """The span and the value of a figure of recipients."""
        start, end, figure = counted
        number = figure.number
        value = Households(
            value=number.value,
            value_max=number.value_max,
            qualifier=number.qualifier,
            unit="person" if self._in_persons(doc, figure) else self.units[figure.noun],
            measure=measure,
            rule=rule,
            noun=figure.noun,
            figure=index,
            item=figure.item,
        )
        credit_noun(doc, counted, "kpm_unit", value)
        return new_span(doc, start, end, "kpm", rule, value), value

    def _in_persons(self, doc: Doc, figure: Figure) -> bool:
        """Are they counted as "orang", and by no word for families ("penerima PKH 9.431 orang", not "9 orang KPM")?"""
        counted = tokens_of(doc).lower[figure.number_end : max(figure.end, figure.number_end + 1)]
        return figure.noun in self.persons and not PERSONS.isdisjoint(counted) and FAMILIES.isdisjoint(counted)

    def _cues(self, measures: Told, only: list[Figure], index: int, partial: dict[int, int]) -> list[Cue]:
        """The cues that may tell what figure ``index`` measures."""
        figure = only[index]
        start, end, value = figure.number_start, figure.end, figure.number.value
        # "sasaran" in "rumah tangga sasaran" says nothing, "KPM baru" does
        found = [
            cue
            for cue in measures.beside(start, end)
            if (cue.start < figure.noun_start or cue.end > figure.noun_end)
            and value <= self.most.get(cue.id_, value)
            and (cue.id_ not in self.leading or cue.end <= start)
            and not (cue.start >= end and self._of_others(cue, figure))
        ]
        if not found:
            return found
        others = _others(only, index, partial)
        found = [cue for cue in found if not any(cue.start in other for other in others)]
        if any(cue.id_ in self.yielding for cue in found):  # "yang lulus sehingga tak lagi terima PKH": lulus
            told = [cue.start for cue in found if self.measures[cue.id_] == "graduated" and cue.start >= end]
            found = [cue for cue in found if cue.id_ not in self.yielding or not any(at < cue.start for at in told)]
        return found

    def _of_others(self, cue: Cue, figure: Figure) -> bool:
        """Does a cue behind the figure speak of others: past "sedangkan", or past a comma where it was said before who
        is counted ("Penerima PKH ada 8000, banyak yang tidak masuk")?"""
        lower = cue.tokens.lower
        between = lower[figure.end : cue.start]
        if CONTRAST in between or "," not in between or self.measures[cue.id_] == "recipients":
            return CONTRAST in between
        first = cue.tokens.sentence_at(figure.number_start)[0]
        return figure.how == "left" or not SAID.isdisjoint(lower[first : figure.number_start])

    def _measure(
        self, figure: Figure, found: list[Cue], cueing: Cueing, measures: Nearby, header: Verdict | None
    ) -> Verdict:
        """The measure and the rule that says so; ``found``: the cues that may tell it."""
        start, end = figure.number_start, figure.end
        found = [cue for cue in found if cue.start < end or cueing.leads_to(cue) is None]  # else another's
        cue = cueing.best(found, start, end, lambda cue: self.weights[cue.id_], lambda cue: self.reaches[cue.id_])
        told = figure.how == "right" and self.own.get(figure.noun) == "graduated"  # by the noun, whatever the total is
        if header is not None and not told and (cue is None or cueing.distance(cue, start, end) > NEAR):
            return header
        if (cue is None or cue.id_ == NEUTRAL) and (cell := cells(cueing.doc).get(figure.number_start)) is not None:
            cue = self._above(cell, measures) or cue
        if cue is not None and cue.id_ == WHOLE[1]:
            cue = self._of_quota(figure, cueing, measures) or cue
        own = self.own.get(figure.noun, "recipients")
        softer = own == "eligible" and cue is not None and self.measures[cue.id_] in SOFTER
        if cue is None or softer or (own != "recipients" and cue.id_ == NEUTRAL):
            return own, figure.noun
        measure = self.measures[cue.id_]
        if measure == "eligible" and cue.lower[0] == CANDIDATE:
            left = [one for one in found if one.start >= end and self.measures[one.id_] == "graduated"]
            if left and cueing.distance(left[0], start, end) <= NEAR:
                return "graduated", left[0].id_  # "12 calon penerima mundur"
        if own == "graduated" and (measure == "added" or cueing.distance(cue, start, end) > BESIDE):
            return own, figure.noun  # "1.276 KPM graduasi, 20 KPM dicoret", "83 … ditambah 126 …": the noun says it
        return measure, cue.id_

    def _of_quota(self, figure: Figure, cueing: Cueing, measures: Nearby) -> Cue | None:
        """The cue of a quota or of candidates that grows or shrinks ("Kuota PKH naik dari 9.000 menjadi 12.500"), or of
        recipients that are yet to grow ("akan diperluas dari 9.000 menjadi 12.500")."""
        sentence, start = cueing.sentence[figure.number_start], figure.number_start
        told = [cue for cue in measures.between(start - APART, start) if self.measures[cue.id_] == "eligible"]
        told += Nearby(cues(cueing.doc, "kpm_growth")).between(start - APART, start)
        told = [cue for cue in told if cueing.sentence[cue.start] == sentence]
        if not told:
            return None
        before = [i for i in range(told[-1].end, start) if i in cueing.taken]
        if len(before) > 1 or (before and CHANGED.isdisjoint(cueing.tokens.lower[before[-1] : start])):
            return None
        return told[-1]

    def _above(self, cell: Cell, measures: Nearby) -> Cue | None:
        """The cue in the head of a table's column, or the last of the best in the text that introduces it or a list."""
        for place in (cell.head, cell.intro):
            found = [cue for cue in measures.between(*place) if cue.end <= place[1]] if place else []
            found = [cue for cue in found if cue.id_ != NEUTRAL]
            if found:
                return max(found, key=lambda cue: (self.weights[cue.id_], cue.start))
        return None


def _others(found: list[Figure], index: int, partial: dict[int, int]) -> list[range]:
    """The tokens near figure ``index`` that speak of another one: nouns of their own ("4.144 KPM dan 55 graduasi"), and
    what follows "di antaranya" behind the next number ("240 keluarga, 21 di antaranya sudah graduasi")."""
    here, taken = found[index].number_start, list[range]()
    ahead = takewhile(lambda other: here - other.number_start <= APART, reversed(found[max(0, index - APART) : index]))
    behind = takewhile(lambda other: other.number_start - here <= APART, found[index + 1 : index + APART])
    for other in (*ahead, *behind):
        if other.how == "right":
            taken.append(range(other.noun_start, other.noun_end))
        end = partial.get(other.number_end) or partial.get(other.end)
        if other.number_start > here and end is not None:
            taken.append(range(end, end + APART))
    return taken


def _stands_beside(tokens: Tokens, figure: Figure) -> bool:
    """Is the figure told of other families than those of the headline ("contoh bagi 640 keluarga lain"), or of all that
    there are ("penerima PKH di desa itu ada 640")?"""
    return tokens.lower[figure.end : figure.end + 1] in (["lain"], ["lainnya"]) or figure.how == "left"


def households(doc: Doc) -> list[tuple[Span, Households]]:
    """The recipient figures of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_kpm", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_kpm(nlp: Language, name: str, patterns: str | None) -> KpmFinder:
    """Factory ``pkh_kpm``."""
    return KpmFinder(nlp, load_rules(patterns))
