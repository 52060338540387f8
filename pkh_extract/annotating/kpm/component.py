"""Component ``pkh_kpm``: figures of recipient families and what they measure.

``doc.spans["pkh_kpm"]``, value :class:`~pkh_extract.annotating.kpm.values.Households`. Nouns that are weak
("keluarga", "orang") count only where the sentence speaks of the aid and of nothing that counts inhabitants. The
measure is that of the nearest cue; an entry of a list has the measure of its header where it has no cue of its own.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import REACH, Cueing
from pkh_extract.annotating.document import accept, group, lead_end, new_span, register, value_of
from pkh_extract.annotating.events import events
from pkh_extract.annotating.figures.component import figures
from pkh_extract.annotating.figures.parts import breakdowns
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.kpm.gating import Gate
from pkh_extract.annotating.kpm.values import Households
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.people.component import people
from pkh_extract.annotating.programs import relevance
from pkh_extract.annotating.tables import Cell, cells
from pkh_extract.record import Measure
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_kpm"
TOLD: dict[str, Measure] = {"graduation": "graduated", "distribution": "served"}  # by headline and lead, uncued
MEASURE, UNSAID = "kpm_measure", {"recipients", "caseload"}
NEUTRAL = "kpm_measure.neutral"  # "berjumlah": says nothing where the text above a list says more
WHOLE: tuple[Measure, str] = ("recipients", "kpm_measure.stock")
PLACED = {"di", "dari", "pada", "tahun", "penerima", "kpm", "berada", "ada", "tersebar", "untuk"}
LONGEST = 40  # figures that are tried as the parts of one total
APART = 30  # tokens between a whole and its part
NEAR = 0.9  # a list entry's own cue overrides the header's measure at this distance or nearer


class KpmFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        units, measures = rules.family("kpm_unit"), rules.family("kpm_measure")
        self.units = {rule.id: rule.get("unit") for rule in units}
        self.strong = {rule.id for rule in units if rule.get("strong")}
        self.named = {rule.id for rule in units if rule.get("strong") and not rule.get("right_only")}
        self.contexts = {rule.id: rule.get("context") for rule in units if rule.get("context")}
        self.own: dict[str, Measure] = {rule.id: rule.get("measure") for rule in units if rule.get("measure")}
        self.measures: dict[str, Measure] = {rule.id: rule.get("measure") for rule in measures}
        self.handed: dict[str, Measure] = {
            rule.id: rule.get("in_distribution") for rule in measures if rule.get("in_distribution")
        }
        self.yielding = {rule.id for rule in measures if rule.get("yields")}
        self.weights = {rule.id: float(rule.get("weight", 1)) for rule in measures}
        self.most = {rule.id: int(rule.get("max")) for rule in measures if rule.get("max")}
        self.reaches = {rule.id: float(rule.get("reach", REACH)) for rule in measures}

    def __call__(self, doc: Doc) -> Doc:
        found = figures(doc)
        only = [figure for _, figure in found]
        parts = breakdowns(doc, only)
        gate = Gate(doc, only, parts.total_of, self)
        cueing = Cueing(doc, [figure.number_start for figure in only])
        measures = Nearby(cues(doc, "kpm_measure"))
        counted = [value for _, value in people(doc)] if relevance(doc).relevant else []
        came = {value.figure for value in counted}
        honoured = {value.count for value in counted if value.role == "kpm" and value.presence == "attended"}
        event = next((mention.type for mention in events(doc)), None)
        handed_out = event == "distribution"
        partial = {cue.start: cue.end for cue in cues(doc, "figure_partial")}
        lead = lead_end(doc)
        decided: dict[int, tuple[Measure, str]] = {}
        said: dict[int, tuple[Measure, str]] = {}
        spans: list[Span] = []
        for index, figure in enumerate(only):
            if (index in came and not handed_out) or not gate.lets(index, decided):
                continue
            total = parts.total_of.get(index, parts.some_of.get(index, -1))
            header = decided.get(figure.header if figure.header is not None else total)
            if _is_whole(doc, figure, _after(only, index)):
                measure, rule = WHOLE
            else:
                measure, rule = self._measure(figure, cueing, measures, header)
            if not rule.startswith(MEASURE) and not figure.item:
                measure, rule = said.get(figure.number.value, (measure, rule))
            elif measure not in UNSAID and not figure.item:
                said.setdefault(figure.number.value, (measure, rule))
            if handed_out and (index in came or rule in self.handed):
                measure = self.handed.get(rule, "served")
            elif rule == figure.noun and measure == "recipients" and figure.number_start < lead and not figure.item:
                measure = TOLD.get(event or "", measure)
            if rule in (NEUTRAL, figure.noun, header and header[1]) and _some_of_them(doc, figure, partial):
                continue  # "31 orang, 12 di antaranya hidup sendiri": no measure of the programme
            if measure == "served" and not handed_out and figure.number.value in honoured:
                continue  # what was handed to those who came was no aid
            decided[index] = (measure, rule)
        decided = _agreed(only, _without_inhabitants(doc, only, decided, self.strong), self.yielding)
        decided = _added_up(only, decided)
        for index, (measure, rule) in decided.items():
            span, figure = found[index]
            number = figure.number
            value = Households(
                value=number.value,
                value_max=number.value_max,
                qualifier=number.qualifier,
                unit=self.units[figure.noun],
                measure=measure,
                rule=rule,
                noun=figure.noun,
                figure=index,
                item=figure.item,
            )
            accept(doc, new_span(doc, span.start, span.end, "kpm_unit", figure.noun, value))
            spans.append(new_span(doc, span.start, span.end, "kpm", rule, value))
        doc.spans[KEY] = spans
        parts.check_sums(doc, {value_of(span).figure: (span, value_of(span).value) for span in spans})
        return doc

    def _measure(
        self, figure: Figure, cueing: Cueing, measures: Nearby, header: tuple[Measure, str] | None
    ) -> tuple[Measure, str]:
        """The measure and the rule that says so."""
        start, end = figure.number_start, max(figure.number_end, figure.noun_end)
        # "sasaran" in "rumah tangga sasaran" says nothing, "KPM baru" does
        found = [
            cue for cue in measures.around(start, end) if cue.start < figure.noun_start or cue.end > figure.noun_end
        ]
        found = [cue for cue in found if figure.number.value <= self.most.get(cue.id_, figure.number.value)]
        cue = cueing.best(found, start, end, lambda cue: self.weights[cue.id_], lambda cue: self.reaches[cue.id_])
        if header is not None and (cue is None or cueing.distance(cue, start, end) > NEAR):
            return header
        if (cue is None or cue.id_ == NEUTRAL) and (cell := cells(cueing.doc).get(figure.number_start)) is not None:
            cue = self._above(cell, measures) or cue
        if cue is None:
            return self.own.get(figure.noun, "recipients"), figure.noun
        return self.measures[cue.id_], cue.id_

    def _above(self, cell: Cell, measures: Nearby) -> Span | None:
        """The cue in the head of a table's column, or the last of the best in the text that introduces it or a list."""
        for place in (cell.head, cell.intro):
            found = [cue for cue in measures.between(*place) if cue.end <= place[1]] if place else []
            found = [cue for cue in found if cue.id_ != NEUTRAL]
            if found:
                return max(found, key=lambda cue: (self.weights[cue.id_], cue.start))
        return None


def _without_inhabitants(
    doc: Doc, found: list[Figure], decided: dict[int, tuple[Measure, str]], strong: set[str]
) -> dict[int, tuple[Measure, str]]:
    """Without the wholes that are all families of a place: "Dari 300 KK di desa itu, 119 keluarga menerima PKH"."""
    alone = set()
    for index, verdict in decided.items():
        part = decided.get(index + 1)
        if verdict == WHOLE and part is not None and part != WHOLE and part[0] == "recipients":
            start, noun = found[index].number_start, found[index].noun
            if noun not in strong and start and doc[start - 1].lower_ == "dari":
                alone.add(index)
    return {index: verdict for index, verdict in decided.items() if index not in alone}


def _added_up(found: list[Figure], decided: dict[int, tuple[Measure, str]]) -> dict[int, tuple[Measure, str]]:
    """Figures that follow a total, add up to it and say no measure of their own have the total's ("38.633 keluar …
    yang berjumlah 28.645, 7.773 … 2.215")."""
    out = dict(decided)
    listed = list(decided)
    for place, total in enumerate(listed):
        verdict, sum_up = decided[total], 0
        if verdict[0] in UNSAID or not verdict[1].startswith(MEASURE):
            continue
        run: list[int] = []
        for index in listed[place + 1 : place + 1 + LONGEST]:
            run.append(index)
            sum_up += found[index].number.value
            if sum_up >= found[total].number.value:
                break
        if len(run) > 1 and sum_up == found[total].number.value:
            plain = [index for index in run if decided[index][1] in (NEUTRAL, found[index].noun)]
            if verdict[0] != "served" or plain == run:  # beside those who got it, the others are those who did not
                out.update(dict.fromkeys(plain, verdict))
    return out


def _agreed(
    found: list[Figure], decided: dict[int, tuple[Measure, str]], yielding: set[str]
) -> dict[int, tuple[Measure, str]]:
    """Where the same number is told twice and only once with a cue, or once with one that does not yield to others,
    that cue holds for both."""
    said: dict[int, tuple[Measure, str]] = {}
    for weak in (False, True):
        for index, (measure, rule) in decided.items():
            told = rule.startswith(MEASURE) and measure not in UNSAID and not found[index].item
            if told and (rule in yielding) == weak:
                said.setdefault(found[index].number.value, (measure, rule))
    return {
        index: said.get(found[index].number.value, verdict)
        if (not verdict[1].startswith(MEASURE) or verdict[1] in yielding) and not found[index].item
        else verdict
        for index, verdict in decided.items()
    }


def _after(found: list[Figure], index: int) -> Figure | None:
    return found[index + 1] if index + 1 < len(found) else None


def _some_of_them(doc: Doc, figure: Figure, partial: dict[int, int]) -> bool:
    """Does "di antaranya" (``partial``: its first token and the one after it) follow the number, and then neither a
    place nor recipients?"""
    end = partial.get(max(figure.number_end, figure.noun_end))
    after = doc[end].lower_ if end is not None and end < len(doc) else ""
    return figure.how == "inherited" and end is not None and after not in PLACED


def _is_whole(doc: Doc, figure: Figure, after: Figure | None) -> bool:
    """Is the figure the whole of "51 dari 91 KPM" or of "Dari 91 KPM di desa itu, 51 mundur", or what was before, as
    in "dari 6 juta menjadi 10 juta"? Not where it is told what sort of whole ("Dari 51 KPM yang mundur, …")."""
    i = figure.number_start - 1
    while i > 0 and doc[i].lower_ in {"total", "sekitar", "sebanyak", "jumlah"}:
        i -= 1
    if i < 0 or doc[i].lower_ != "dari":
        return False
    if i > 0 and any(char.isdigit() for char in doc[i - 1].text):
        return True
    end = max(figure.number_end, figure.noun_end)
    if any(token.lower_ in {"menjadi", "jadi"} for token in doc[end : end + 3]):
        return True
    opens = i == 0 or doc[i].is_sent_start or not doc[i - 1].is_alpha or doc[i - 1].lower_ in {"jadi", "bahwa"}
    told = doc[end].lower_ if end < len(doc) else ""
    smaller = after is not None and after.number_start - end < APART and after.number.value < figure.number.value
    return opens and smaller and told not in {"yang", "tersebut", "itu", "ini"}


def households(doc: Doc) -> list[tuple[Span, Households]]:
    """The recipient figures of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_kpm", default_config={"patterns": None})
def make_kpm(nlp: Language, name: str, patterns: str | None) -> KpmFinder:
    """Factory ``pkh_kpm``."""
    return KpmFinder(nlp, load_rules(patterns))
