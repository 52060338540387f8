"""The period that a figure speaks of: "tahap II tahun 2024", "pada 2022", "triwulan IV 2018".

:func:`find_periods` marks the expressions (``doc.spans["pkh_periods"]``, value :class:`record.Period`); part of
``pkh_dates``. :func:`period_of` says which of them belongs to a figure.
"""

from __future__ import annotations

import bisect

from spacy.tokens import Span

from pkh_extract import record
from pkh_extract.annotating.dates.resolving import Resolved
from pkh_extract.annotating.dates.roles import Roles
from pkh_extract.annotating.dates.vocabulary import Words
from pkh_extract.annotating.document import new_span, value_of

KEY = "pkh_periods"
LABEL = "period"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
LED = {"tahun", "bulan", "triwulan", "semester"}
GLUE = {"tahun", "anggaran", "pada", "di", "bulan", "periode", "ta", ",", "(", "untuk", "atau", "alokasi", "-", "/"}
BREAKS = {",", ";", ":", "sedangkan", "sehingga", "sementara", "kemudian", "namun", "tetapi"}
Part = tuple[int, int, int | None, int | None]  # start, end, year, stage
MOST_STAGES = 6
NEAR = 14  # tokens: how far behind a figure its period may stand


def find_periods(words: Words, resolved: list[Resolved]) -> list[Span]:
    """Spans of all periods: stages of aid, years and months with a year, neighbours made into one."""
    parts = sorted(_stages(words) + _years(words, resolved), key=lambda part: part[:2])
    merged: list[list[int | None]] = []
    for start, end, year, stage in parts:
        last = merged[-1] if merged else None
        if last and last[1] is not None and start < last[1]:
            continue
        if last and _fits(words, last, start, year, stage):
            last[1], last[2], last[3] = end, last[2] or year, last[3] or stage
        else:
            merged.append([start, end, year, stage])
    spans = []
    for first, stop, year, stage in merged:
        assert first is not None and stop is not None
        if year is None and stage is None:
            continue
        start, end = words.span(first, stop)
        text = words.doc[start:end].text
        rule = "date_form.stage" if stage else "date_form.period_year"
        spans.append(new_span(words.doc, start, end, LABEL, rule, record.Period(year=year, stage=stage, text=text)))
    return spans


def _fits(words: Words, last: list[int | None], start: int, year: int | None, stage: int | None) -> bool:
    """May the part at ``start`` continue the last one? Two years, or two stages, are two periods."""
    end = last[1] or 0
    if (year and last[2]) or (stage and last[3]) or start - end > 3:
        return False
    return all(words.lower(at) in GLUE for at in range(end, start))


def _stages(words: Words) -> list[Part]:
    """ "tahap II", "triwulan ke-4", "tahap pertama"."""
    out: list[Part] = []
    for position in range(len(words)):
        found = words.cue("date_stage", position)
        if not found:
            continue
        at = found[0]
        if words.lower(at) == "ke" and words.text(at + 1) in {"-", "–"}:
            at += 2
        elif words.lower(at) == "ke":
            at += 1
        number, end = _ordinal(words, at)
        if number is not None and number <= MOST_STAGES and not words.cue("date_unit", end):
            out.append((position, end, None, number))
    return out


def _ordinal(words: Words, position: int) -> tuple[int | None, int]:
    text = words.lower(position)
    if text.isdigit() and text.isascii() and len(text) == 1:
        return int(text) or None, position + 1
    if text in ROMAN and words.text(position).isupper():
        return ROMAN[text], position + 1
    found = words.cue("date_ordinal", position)
    return (int(found[1].get("number")), found[0]) if found else (None, position)


def _years(words: Words, resolved: list[Resolved]) -> list[Part]:
    out: list[Part] = []
    for one in resolved:
        raw, mention = one.raw, one.mention
        if mention.role in ("law", "plan", "deadline") and raw.form != "month":
            continue
        if mention.start is None or mention.end is None or mention.start.year != mention.end.year:
            continue
        dated = raw.form in ("year", "month") or (raw.unit == "year" and raw.form == "relative")
        if not dated and not (mention.precision == "day" and words.lower(raw.start - 1) in {"per", "hingga", "sampai"}):
            continue
        start = raw.start
        while words.lower(start - 1) in LED | {"anggaran"}:
            start -= 1
        end = raw.end + (words.lower(raw.end) == "ini" and raw.form == "year")
        out.append((start, end, mention.start.year, None))
    return out


def period_of(span: Span) -> record.Period | None:
    """Year and stage said of the figure in ``span``, ``None`` where its sentence says none or leaves it open.

    A sentence either puts its periods before its figures ("pada 2022 sebanyak …, pada 2023 …") or behind them
    ("660 KK pada 2019, 8.192 KK pada 2020"); its first figure and first period tell which.
    """
    periods, behind = _in_sentence(span)
    before = [period for period in periods if period.end <= span.start]
    after = [period for period in periods if period.start >= span.end]
    if not before and not after:
        return None
    values = {(value_of(period).year, value_of(period).stage) for period in (*before, *after)}
    if len(values) == 1:
        near = before or (after if after[0].start - span.end <= NEAR else [])
        return _value(near[-1]) if near else None
    if behind:
        return _value(after[0]) if after else None
    return _value(before[-1]) if before else None


def _value(period: Span) -> record.Period | None:
    value = value_of(period)
    return value if isinstance(value, record.Period) else None


def _in_sentence(span: Span) -> tuple[list[Span], bool]:
    """The periods of the span's sentence, and whether they stand behind their figures."""
    doc = span.doc
    index = doc.user_data.get(KEY) or []
    if not index:
        return [], False
    number = bisect.bisect_right([entry[0] for entry in index], span.start) - 1
    if number < 0 or span.start >= index[number][1]:
        return [], False
    _, _, first, last, behind = index[number]
    spans = doc.spans.get(KEY, ())
    return [spans[at] for at in range(first, min(last, len(spans)))], bool(behind)


def index_periods(words: Words, roles: Roles, periods: list[Span], dates: list[Span]) -> list[list[int]]:
    """For each sentence with periods: its first token and the token after its last, the range of its periods, and
    whether the first of them stands behind a number of its clause. Kept with the document (``doc.user_data``)."""
    taken = {at for span in (*periods, *dates) for at in range(span.start, span.end)}
    out: list[list[int]] = []
    for number, period in enumerate(periods):
        position = words.position(period.start)
        sentence = roles.sentence[position]
        if out and period.start < out[-1][1]:
            out[-1][3] = number + 1
            continue
        first, last = position, position
        while first > 0 and roles.sentence[first - 1] == sentence:
            first -= 1
        while last < len(words) and roles.sentence[last] == sentence:
            last += 1
        bounds = (words.tokens[first].i, words.tokens[last - 1].i + 1)
        out.append([*bounds, number, number + 1, int(_number_before(words, position, first, taken))])
    return out


def _number_before(words: Words, position: int, first: int, taken: set[int]) -> bool:
    """Does a number stand before this position in the same clause?"""
    for at in range(position - 1, first - 1, -1):
        if words.lower(at) in BREAKS:
            return False
        if words.text(at)[:1].isdigit() and words.tokens[at].i not in taken:
            return True
    return False
