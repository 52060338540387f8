"""Dates in digits: a few anchored patterns on the short window behind a digit. Day, month, year, in this order."""

from __future__ import annotations

import re
from typing import NamedTuple

DAY = r"(\d{1,2})"
YEAR = r"(\d{4}|\d{2})"
END = r"(?!\d|[/.,]\d)"
MARK = r"( ?[/.\-–\\] ?)"
FULL = re.compile(rf"{DAY}{MARK}{DAY}{MARK}['’]?(\d{{2,5}}){END}")
ISO = re.compile(rf"(\d{{4}})[-/]{DAY}[-/]{DAY}{END}")
SHORT = re.compile(rf"{DAY} ?[/\\] ?{DAY}(?! ?[/\\\d]|[.,]\d)")
_MONTH = r" ?(?P<mark>[/.]) ?(?P<month>\d{1,2})(?: ?[/.] ?(?P<year>\d{4}|\d{2}))?(?! ?[/\d]|[.,]\d)"
DAYS = re.compile(rf"{DAY} ?[-–] ?{DAY}{_MONTH}")
FOUR = re.compile(rf"{DAY}/{DAY}/{DAY}/(\d{{4}}|\d{{2}})(?![/\d])")
# What all of them begin with, also over a line's end: asked before a window is cut, for most numbers do not.
BEGINS = re.compile(
    r"\d{1,2}(?:[ \n]?(?:[/\\][ \n]?\d|[.\-–&,][ \n]?\d{1,2}[ \n]?[/.\-–\\])|[ \n]dan[ \n]\d)|\d{4}[-/]\d"
)
LISTED = re.compile(rf"{DAY} ?(?:&|,|dan) ?{DAY}{_MONTH}")  # behind a weekday
SLIP = re.compile(r"\d{1,2} ?(?:[/\\] ?[\d/\\.,'’ -]{0,14}|[.-] ?\d{1,2} ?[.-][\d/\\.,'’ -]{0,14})\)")
WINDOW = 28


class Part(NamedTuple):
    """Day, month and year as far as they are written."""

    day: int | None = None
    month: int | None = None
    year: int | None = None


class Numeric(NamedTuple):
    """What stands in the first ``length`` characters of a window. ``readings``: what a broken date may mean."""

    length: int
    first: Part
    last: Part | None = None
    readings: tuple[Part, ...] = ()
    broken: bool = False


def century(year: str) -> int:
    """Two-digit years are 20xx."""
    return int(year) + (2000 if len(year) == 2 else 0)


def read(window: str, led: bool = False) -> Numeric | None:
    """The date in digits at the beginning of ``window``, ``None`` where none stands there; ``led``: a weekday leads to
    it, so that "3.12.25" and "2 & 3/12" are dates too."""
    listed = _days(window, LISTED) if led else None
    return listed or _four(window) or _days(window, DAYS) or _full(window, led) or _iso(window) or _short(window)


def unreadable(window: str) -> bool:
    """Does a bracket that begins here ("3\\12\\)", "31/13/2025)") hold digits as dates have them?"""
    return SLIP.match(window) is not None


def plausible(number: int, month: int) -> bool:
    """Could these be a day and a month?"""
    return 1 <= number <= 31 and 1 <= month <= 12


def _four(window: str) -> Numeric | None:
    found = FOUR.match(window)
    if not found:
        return None
    one, two, three = (int(found[group]) for group in (1, 2, 3))
    year = century(found[4])
    readings = tuple(Part(a, b, year) for a, b in ((two, three), (one, three), (one, two)) if plausible(a, b))
    return Numeric(found.end(), readings[0], None, readings, True) if readings else None


def _days(window: str, form: re.Pattern[str]) -> Numeric | None:
    found = form.match(window)
    if not found or (found["mark"] == "." and not found["year"]):
        return None
    first, last, month = int(found[1]), int(found[2]), int(found["month"])
    if not (plausible(first, month) and plausible(last, month) and first < last):
        return None
    year = century(found["year"]) if found["year"] else None
    return Numeric(found.end(), Part(first, month, year), Part(last, month, year))


def _full(window: str, led: bool) -> Numeric | None:
    found = FULL.match(window)
    if not found:
        return None
    number, month, written = int(found[1]), int(found[3]), found[5]
    separators = found[2].strip() + found[4].strip()
    if len(written) == 2 and not {"/", "\\"} & {*separators} and separators not in ("--", "––") and not led:
        return None  # "10.12.25" may be anything
    if len(written) == 3 or len(written) == 5:
        # "209", "02021": a digit too few or too many; without "/" it is any number
        if "/" not in separators or not plausible(number, month):
            return None
        digits = written.lstrip("0")
        year = int(digits) if len(digits) == 4 else None
        return Numeric(found.end(), Part(number, month, year), None, (Part(number, month, year),), True)
    year = century(written)
    if not 1945 <= year <= 2099:
        return None
    if not plausible(number, month):
        if "/" not in separators or number > 31 or month > 31 or number == 0 or month == 0:
            return None
        return Numeric(found.end(), Part(number, month, year), None, (), True)
    return Numeric(found.end(), Part(number, month, year))


def _iso(window: str) -> Numeric | None:
    found = ISO.match(window)
    if not found or not 1945 <= int(found[1]) <= 2099 or not plausible(int(found[3]), int(found[2])):
        return None
    return Numeric(found.end(), Part(int(found[3]), int(found[2]), int(found[1])))


def _short(window: str) -> Numeric | None:
    found = SHORT.match(window)
    if not found or not plausible(int(found[1]), int(found[2])):
        return None
    return Numeric(found.end(), Part(int(found[1]), int(found[2])))
