"""Two dates that are the ends of one range: "(9/6/2020) dan berakhir (14/8/2020)", "30 Mei - 3 Juni 2017"."""

from __future__ import annotations

import datetime

from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.raw import CLOSERS, OPENERS, Raw
from pkh_extract.annotating.dates.vocabulary import Words

MOST_BETWEEN = 9
FAR = 25
LEAP = 2000  # a year that has all days, for ranges without one
ENDING = {"berakhir", "ditutup", "selesai", "rampung", "hingga", "sampai"}
BEGINNING = {"sejak", "mulai", "dimulai", "dibuka", "dari"}


def join_ranges(words: Words, raws: list[Raw]) -> list[Raw]:
    """The expressions, with neighbours that a joining word ties made into one."""
    joined: list[Raw] = []
    for raw in raws:
        if joined and (whole := _range(words, joined[-1], raw)):
            joined[-1] = whole
        else:
            joined.append(raw)
    return _turned(words, _until_weekday(words, joined))


def _until_weekday(words: Words, raws: list[Raw]) -> list[Raw]:
    """ "Senin (16/11/2020) … hingga hari Jumat", "… hingga hari ini": the weekday, or the day that "hari ini" is, is
    the last one."""
    out: list[Raw] = []
    index = -1  # of the last expression that is no length
    for raw in raws:
        join = words.ending("date_join", _words_back(words, raw.start)) if index >= 0 else None
        if join is not None and _close(words, out[index].end, raw.start) and out[index].form in ("numeric", "written"):
            one = out[index]
            if raw.form == "weekday" and one.first.month:
                out[index] = one._replace(until_weekday=raw.weekday)
            elif _of_report(raw) and one.first.month and not join[1].get("loose"):
                out[index] = one._replace(until_offset=raw.offset)
        if raw.form != "length":
            index = len(out)
        out.append(raw)
    return out


def _of_report(raw: Raw) -> bool:
    """Is it a day counted from the report's ("hari ini", "kemarin")?"""
    return raw.form == "relative" and raw.unit == "day" and raw.counted_from == "published"


def _turned(words: Words, raws: list[Raw]) -> list[Raw]:
    """ "berakhir tanggal 11 Oktober … sejak tanggal 2 Oktober": the last day stands first."""
    out = list(raws)
    for index in range(len(out) - 1):
        last, first = out[index], out[index + 1]
        if last.form not in ("numeric", "written") or first.form not in ("numeric", "written"):
            continue
        if not (last.first.month and first.first.month and _close(words, last.end, first.start)):
            continue
        if not (_led(words, last.start, ENDING) and _led(words, first.start, BEGINNING)):
            continue
        one, two = _complete(first.first, last.first)
        if _in_order(one, two, loose=False):
            out[index] = last._replace(form="range", first=one, last=two, weekday=None)
            out[index + 1] = first._replace(form="range", first=one, last=two, weekday=None)
    return out


def _words_back(words: Words, position: int) -> int:
    """The position before fillers like "hari", "tanggal"."""
    while words.lower[position - 1] in {"hari", "tanggal", "tgl", "pada"}:
        position -= 1
    return position


def _close(words: Words, start: int, end: int) -> bool:
    """Do two positions stand in one sentence, not far from each other?"""
    if not 0 <= end - start <= FAR:
        return False
    return start == end or words.sentence[start - 1] == words.sentence[end - 1]


def _led(words: Words, position: int, leaders: set[str]) -> bool:
    at = _words_back(words, position)
    return any(words.lower[before] in leaders for before in range(max(0, at - 2), at))


def _range(words: Words, left: Raw, right: Raw) -> Raw | None:
    if left.form not in ("numeric", "written") or right.form not in ("numeric", "written"):
        return None
    kind = _between(words, left.end, right.start)
    if not kind or right.first.month is None:
        return None
    first, last = _complete(left.first, right.first)
    if first.month is None or not _in_order(first, last, loose=kind == "loose"):
        return None
    return right._replace(
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
        elif words.text[at] in OPENERS | CLOSERS | {",", "."} or words.lower[at] in {"yang", "akan", "lalu", "wib"}:
            at += 1
        elif (moved := words.cue("date_filler", at) or words.cue("date_daypart", at)) is not None:
            at = moved[0]
        elif words.lower[at + 1] in {"tanggal", "tgl"} and words.text[at].islower():
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
        year = first.year or LEAP
        one = datetime.date(year, first.month or 1, first.day or 1)
        two = datetime.date(last.year or year, last.month or 1, last.day or 1)
        if last.year is None and two < one:
            two = two.replace(year=year + 1)
    except ValueError:
        return False
    length = (two - one).days
    return 0 < length <= (2 if loose else 400)
