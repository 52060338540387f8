"""The period that a figure speaks of: "tahap II tahun 2024", "pada 2022", "triwulan IV 2018".

:func:`find_periods` marks the expressions (``doc.spans["pkh_periods"]``, value :class:`record.Period`); part of
``pkh_dates``. :func:`period_of` says which of them belongs to a figure.
"""

from __future__ import annotations

import bisect
from operator import itemgetter
from typing import Any

from spacy.tokens import Doc, Span

from pkh_extract import record
from pkh_extract.annotating.dates.resolving import Resolved
from pkh_extract.annotating.dates.roles import Roles
from pkh_extract.annotating.dates.vocabulary import Words
from pkh_extract.annotating.document import new_span, remembered, value_of
from pkh_extract.annotating.tables import Cell, cell_of, is_year
from pkh_extract.annotating.tokens import tokens_of

KEY = "pkh_periods"
LABEL = "period"
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
LED = {"tahun", "bulan", "triwulan", "semester", "anggaran"}
GLUE = {"tahun", "anggaran", "pada", "di", "bulan", "periode", "ta", ",", "(", "untuk", "atau", "alokasi", "-", "/"}
THROUGH = {"hingga", "sampai", "-", "–", "dan", "s", "sd"}  # between two years that are one period
MONTHS = 4  # tokens behind such a word in which the second year may stand ("hingga bulan Oktober 2020")
FURTHER = {"dan", "serta", "sedangkan", "sementara", "lalu", "kemudian", ",", ";"}
STATING = {
    "ada", "sebanyak", "sejumlah", "terdapat", "tercatat", "menjadi", "naik", "turun", "mencapai", "berjumlah",
    "bertambah", "berkurang", "meningkat", "menurun", "tinggal", "hanya", "sekitar",
}  # fmt: skip
COMPARING = {"dibandingkan", "dibanding", "ketimbang"}
BREAKS = {",", ";", ":", "sedangkan", "sehingga", "sementara", "kemudian", "namun", "tetapi"}
Part = tuple[int, int, int | None, int | None]  # start, end, year, stage
MOST_STAGES = 12  # instalments a year, at most one a month
NEAR = 14  # tokens: how far behind a figure its period may stand


def find_periods(words: Words, resolved: list[Resolved]) -> list[Span]:
    """Spans of all periods: stages of aid, years and months with a year, neighbours made into one."""
    years = _years(words, resolved)
    parts = sorted(_stages(words) + years + _further_years(words, years), key=itemgetter(0, 1))
    if not parts:
        return []
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
        text = words.tokens.between(start, end)
        rule = "date_form.stage" if stage else "date_form.period_year"
        spans.append(new_span(words.doc, start, end, LABEL, rule, record.Period(year=year, stage=stage, text=text)))
    return spans


def _fits(words: Words, last: list[int | None], start: int, year: int | None, stage: int | None) -> bool:
    """May the part at ``start`` continue the last one? Two years, or two stages, are two periods."""
    end = last[1] or 0
    if (year and last[2]) or (stage and last[3]) or start - end > 3:
        return False
    return all(words.lower[at] in GLUE for at in range(end, start))


def _stages(words: Words) -> list[Part]:
    """ "tahap II", "triwulan ke-4", "tahap pertama"."""
    out: list[Part] = []
    for position, (at, _, _) in words.cues("date_stage").items():
        if words.lower[at] == "ke" and words.text[at + 1] in {"-", "–"}:
            at += 2
        elif words.lower[at] == "ke":
            at += 1
        number, end = _ordinal(words, at)
        if number is not None and number <= MOST_STAGES and not words.cue("date_unit", end):
            out.append((position, end, None, number))
    return out


def _ordinal(words: Words, position: int) -> tuple[int | None, int]:
    text = words.lower[position]
    if text.isdecimal() and text.isascii() and len(text) <= 2:
        return int(text) or None, position + 1
    if text in ROMAN and words.text[position].isupper():
        return ROMAN[text], position + 1
    found = words.cue("date_ordinal", position)
    return (int(found[1]["values"][" ".join(found[2].lower)]), found[0]) if found else (None, position)


def _years(words: Words, resolved: list[Resolved]) -> list[Part]:
    out: list[Part] = []
    for one in resolved:
        raw, mention = one.raw, one.mention
        if mention.role in ("law", "plan", "deadline") and raw.form != "month":
            continue
        if mention.start is None or mention.end is None or mention.start.year != mention.end.year:
            continue
        dated = raw.form in ("year", "month") or (raw.unit == "year" and raw.form == "relative")
        if not dated and not (mention.precision == "day" and words.lower[raw.start - 1] in {"per", "hingga", "sampai"}):
            continue
        start = raw.start
        while words.lower[start - 1] in LED:
            start -= 1
        if _of_several(words, start, raw.end):
            continue
        end = raw.end + (words.lower[raw.end] == "ini" and raw.form == "year")
        out.append((start, end, mention.start.year, None))
    return out


def _further_years(words: Words, years: list[Part]) -> list[Part]:
    """Years that stand bare behind another of their sentence ("pada 2019 ada 300 KPM dan 2020 ada 500 KPM")."""
    if not years:
        return []
    told = {words.sentence[start] for start, _, _, _ in years}
    return [
        (at, at + 1, int(words.text[at]), None)
        for at in words.numerals
        if is_year(words.text[at])
        and at > 0
        and words.lower[at - 1] in FURTHER
        and words.lower[at + 1] in STATING
        and words.sentence[at] in told
        and not any(start <= at < end for start, end, _, _ in years)
    ]


def _of_several(words: Words, start: int, end: int) -> bool:
    """Is the year but one end of some ("selama 2019 hingga Oktober 2020", "tahun 2019 – 2020", "2018 dan 2019")?"""
    before, behind = start - 1, end
    while words.lower[before] in LED:
        before -= 1
    while words.lower[behind] in LED:
        behind += 1
    if _is_year(words, before):
        before -= 1  # of the month that follows it ("hingga 2020 bulan Oktober")
    if words.lower[before] in THROUGH and _is_year(words, before - 1):
        return True
    return words.lower[behind] in THROUGH and any(_is_year(words, at) for at in range(behind + 1, behind + MONTHS))


def _is_year(words: Words, at: int) -> bool:
    """Does a year stand there?"""
    return at >= 0 and is_year(words.text[at])


def period_of(span: Span) -> record.Period | None:
    """Year and stage said of the figure in ``span``, ``None`` where its sentence says none or leaves it open.

    A sentence either puts its periods before its figures ("pada 2022 sebanyak …, pada 2023 …") or behind them
    ("660 KK pada 2019, 8.192 KK pada 2020"); its first figure and first period tell which.
    """
    if (cell := cell_of(span)) is not None and cell.head is not None:
        return _of_column(span.doc, cell)
    found = _around(span)
    if found is None:
        return None
    before, after, uniform, behind = found
    if after is not None and COMPARING.intersection(tokens_of(span.doc).lower[span.end : after.start]):
        after = None  # "bertambah 551 keluarga dibandingkan tahun 2018"
    if uniform:
        near = before or (after if after is not None and after.start - span.end <= NEAR else None)
        return _value(near)
    return _value(after if behind else before)


def _of_column(doc: Doc, cell: Cell) -> record.Period | None:
    """The year in the head of a table's column, else the one period of the text above the table."""
    assert cell.head is not None
    years = [text for text in tokens_of(doc).text[slice(*cell.head)] if is_year(text)]
    if years:
        return record.Period(year=int(years[0]), stage=None, text=years[0]) if len(years) == 1 else None
    spans = [span for span in doc.spans.get(KEY, ()) if cell.intro[0] <= span.start < cell.intro[1]]
    told = [value for span in spans if (value := _value(span)) is not None]
    return told[-1] if len({(value.year, value.stage) for value in told}) == 1 else None


def _value(period: Span | None) -> record.Period | None:
    value = value_of(period) if period is not None else None
    return value if isinstance(value, record.Period) else None


def _around(span: Span) -> tuple[Span | None, Span | None, bool, bool] | None:
    """In the span's sentence: the period before it, the one behind it, whether all of them are the same, and whether
    they stand behind their figures."""
    doc = span.doc
    index = remembered(doc, KEY)
    if not index or KEY not in doc.spans:
        return None
    firsts, sentences, starts = index["firsts"], index["sentences"], index["starts"]
    number = bisect.bisect_right(firsts, span.start) - 1
    if number < 0 or span.start >= sentences[number][0]:
        return None
    _, low, high, uniform, behind = sentences[number]
    spans = doc.spans[KEY]
    left = bisect.bisect_left(starts, span.start, low, high) - 1
    right = bisect.bisect_left(starts, span.end, low, high)
    before = spans[left] if left >= low and spans[left].end <= span.start else None
    after = spans[right] if right < high else None
    return before, after, bool(uniform), bool(behind)


def index_periods(words: Words, roles: Roles, periods: list[Span], dates: list[Span]) -> dict[str, list[Any]]:
    """What :func:`period_of` looks things up in, kept in the document's memory.

    ``starts``: the periods' first tokens. For each sentence with periods ``firsts`` has its first token, and
    ``sentences`` the token after its last, the range of its periods, whether all of them are the same, and whether
    the first of them stands behind a number of its clause.
    """
    if not periods:
        return {}
    firsts: list[int] = []
    sentences: list[list[int]] = []
    starts = [period.start for period in periods]
    taken = {at for span in (*periods, *dates) for at in range(span.start, span.end)}
    for number, start in enumerate(starts):
        if sentences and start < sentences[-1][0]:
            sentences[-1][2] = number + 1
            sentences[-1][3] &= _same(periods[number - 1], periods[number])
            continue
        position = words.position(start)
        first, last = _sentence(roles, position)
        firsts.append(words.kept[first])
        behind = _number_before(words, position, first, taken)
        sentences.append([words.kept[last - 1] + 1, number, number + 1, 1, int(behind)])
    return {"starts": starts, "firsts": firsts, "sentences": sentences}


def _same(one: Span, two: Span) -> int:
    first, second = _value(one), _value(two)
    return int((first and (first.year, first.stage)) == (second and (second.year, second.stage)))


def _sentence(roles: Roles, position: int) -> tuple[int, int]:
    """First position of the sentence, and the one after its last."""
    number = roles.sentence[position]
    return bisect.bisect_left(roles.sentence, number), bisect.bisect_right(roles.sentence, number)


def _number_before(words: Words, position: int, first: int, taken: set[int]) -> bool:
    """Does a number stand before this position in the same clause?"""
    for at in range(position - 1, first - 1, -1):
        if words.lower[at] in BREAKS:
            return False
        if words.text[at][:1].isdecimal() and words.kept[at] not in taken:
            return True
    return False
