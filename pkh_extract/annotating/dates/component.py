"""Component ``pkh_dates``: every date expression of the document, with its meaning.

Puts into ``doc.spans["pkh_dates"]`` one span a mention (label ``date``, id = the rule of its form, value a
:class:`~pkh_extract.annotating.dates.values.DateMention`). Clock times and spans of years are marked too (role
``period``), so that others do not take their numbers for counts. What is impossible or open is a mention without
days and a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.dates.choose import WEIGHTS
from pkh_extract.annotating.dates.joining import join_ranges
from pkh_extract.annotating.dates.parsing import MONTHS
from pkh_extract.annotating.dates.periods import KEY as PERIODS
from pkh_extract.annotating.dates.periods import find_periods, index_periods
from pkh_extract.annotating.dates.resolving import Resolved, Resolver
from pkh_extract.annotating.dates.scanner import Scanner
from pkh_extract.annotating.dates.values import KEY, LABEL, local_day
from pkh_extract.annotating.dates.vocabulary import FAMILIES, Words
from pkh_extract.annotating.dates.weighing import Dated, Weights
from pkh_extract.annotating.document import Cue, accept, new_span, register, remember, warn
from pkh_extract.annotating.needs import begin
from pkh_extract.record import WarningCode
from pkh_extract.rules import RuleSet, load_rules

COUNTING = {"date_relative", "date_span", "date_direction"}
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class Dates:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.rules = {rule.id: rule.model_extra or {} for rule in rules.values() if rule.family in FAMILIES}
        self.weights = Weights(rules)

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        words = Words(doc, self.rules)
        scanner = Scanner(words)
        raws = join_ranges(words, scanner.scan())
        resolver = Resolver(words, raws, local_day(doc._.pkh_published))
        resolved = resolver.resolve()
        spans: list[Span] = []
        used: list[Cue] = []
        dated: list[Dated] = []
        for one in resolved:
            start, end = words.span(one.raw.start, one.raw.end)
            rule = f"date_form.{one.mention.form}"
            span = new_span(doc, start, end, LABEL, rule, one.mention)
            spans.append(span)
            dated.append((Cue(words.tokens, start, end, LABEL, rule), one.mention))
            inside = words.inside(one.raw.start, one.raw.end)
            if one.raw.form != "relative":  # "hari Minggu lalu" is no "minggu lalu"
                inside = [cue for cue in inside if cue.label_ not in COUNTING]
            beside = [cue for cue in one.raw.cues if cue not in inside]
            used += (*inside, *beside, *one.reading.cues)
            for code, message in _warnings(span, one):
                warn(doc, code, message, span)
        used += scanner.refusals
        doc.spans[KEY] = spans
        remember(doc, KEY, dated)
        remember(doc, WEIGHTS, self.weights)
        periods = find_periods(words, resolved)
        doc.spans[PERIODS] = periods
        remember(doc, PERIODS, index_periods(words, resolver.roles, periods, spans))
        for period in periods:
            used += words.within(period)
        accept(doc, *used)
        return doc


def _warnings(span: Span, one: Resolved) -> Iterator[tuple[WarningCode, str]]:
    """What is to be warned of: a weekday that disagrees, a day that cannot be told."""
    mention = one.mention
    if mention.weekday_matches is False and mention.start and mention.weekday is not None:
        written, real = WEEKDAYS[mention.weekday], WEEKDAYS[mention.start.weekday()]
        day = f"{mention.start.day} {MONTHS[mention.start.month - 1]} {mention.start.year}"
        yield "weekday_mismatch", f"{span.text!r} says {written}, but {day} was a {real}."
    if mention.form == "broken":
        readings = ", ".join(day.isoformat() for day in mention.candidates) or "none"
        yield "ambiguous_date", f"{span.text!r} is no sound date; possible readings: {readings}."
    elif one.raw.open_end:
        yield "ambiguous_date", f"The last day of {span.text!r} cannot be read."
    elif mention.start is None and mention.candidates and mention.role in ("event", "statement") and not mention.past:
        readings = ", ".join(day.isoformat() for day in mention.candidates)
        yield "ambiguous_date", f"{span.text!r} has no year and could be any of {readings}."


@Language.factory("pkh_dates", default_config={"patterns": None}, requires=["doc.sents"], assigns=["doc.spans"])
def make_dates(nlp: Language, name: str, patterns: str | None) -> Dates:
    """Factory ``pkh_dates``; ``patterns`` is a folder of the user's own rules."""
    return Dates(nlp, load_rules(patterns))
