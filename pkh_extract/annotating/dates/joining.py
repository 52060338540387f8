"""Two dates that are the ends of one range: "(9/6/2020) dan berakhir (14/8/2020)", "30 Mei - 3 Juni 2017"."""

from __future__ import annotations

import datetime
from dataclasses import replace

from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.scanner import CLOSERS, OPENERS, Raw
from pkh_extract.annotating.dates.vocabulary import Words

MOST_BETWEEN = 9


def join_ranges(words: Words, raws: list[Raw]) -> list[Raw]:
    """The expressions, with neighbours that a joining word ties made into one."""
    joined: list[Raw] = []
    for raw in raws:
        if joined and (whole := _range(words, joined[-1], raw)):
            joined[-1] = whole
        else:
            joined.append(raw)
    return joined


def _range(words: Words, left: Raw, right: Raw) -> Raw | None:
    if left.form not in ("numeric", "written") or right.form not in ("numeric", "written"):
        return None
    kind = _between(words, left.end, right.start)
    if not kind or right.first.month is None:
        return None
    first, last = _complete(left.first, right.first)
    if first.month is None or not _in_order(first, last, loose=kind == "loose"):
        return None
    return replace(
        right,
        form="range",
        start=left.start,
        first=first,
        last=last,
        weekday=left.weekday,
        last_weekday=right.weekday,
        cues=(*left.cues, *right.cues),
    )


def _between(words: Words, start: int, end: int) -> str:
    """ "range", "loose" or "" (no joining word, or something else between)."""
    kind, at = "", start
    if end - start > MOST_BETWEEN:
        return ""
    while at < end:
        join = words.cue("date_join", at)
        if join:
            kind = kind if kind == "range" else "loose" if join[1].get("loose") else "range"
            at = join[0]
        elif words.text(at) in OPENERS | CLOSERS | {",", "."} or words.lower(at) in {"yang", "akan", "lalu", "wib"}:
            at += 1
        elif (moved := words.cue("date_filler", at) or words.cue("date_daypart", at)) is not None:
            at = moved[0]
        elif words.lower(at + 1) in {"tanggal", "tgl"} and words.text(at).islower():
            at += 1
        else:
            return ""
    return kind if at == end else ""


def _complete(first: Part, last: Part) -> tuple[Part, Part]:
    month = first.month or last.month
    year = first.year or last.year
    if first.year is None and last.year and month and last.month and month > last.month:
        year = last.year - 1  # "28 Desember - 3 Januari 2020"
    ends = last.year
    if ends is None and first.year:
        ends = first.year + (1 if month and last.month and month > last.month else 0)
    return Part(first.day, month, year), Part(last.day, last.month, ends)


def _in_order(first: Part, last: Part, loose: bool) -> bool:
    """Is it a range at all, and of neighbouring days where only "dan" or a comma joins?"""
    try:
        year = first.year or 2001
        one = datetime.date(year, first.month or 1, first.day or 1)
        two = datetime.date(last.year or year, last.month or 1, last.day or 1)
    except ValueError:
        return False
    if last.year is None and two < one:
        two = two.replace(year=year + 1)
    length = (two - one).days
    return 0 < length <= (2 if loose else 400)
