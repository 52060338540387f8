"""From the words of one date to a calendar day: dateparser, told what Indonesian papers mean and checked afterwards.

Measured with dateparser 1.4 and ``languages=["id"]``: it takes the month for a day where the day/month reading is
impossible, fills in today's year, and knows neither "Jum'at" nor half of the relative words. Hence it is given only
strings that the scanner has delimited, always with a year of their own and a fixed base, and what it answers must
have the very day, month and year that were read; its search is never used.

It is told which of its readers to use and, for days by number, the form of the string: with 1.2 and with 1.5 that gives
the same answer for each day from 1945 to 2099, in a twentieth of the time. It reads the day that a mention is given,
each day once; whether the calendar has a day, and which weekday that is, needs no reading (``values.day``).
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pkh_extract.annotating.dates.values import day

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

MONTHS: Sequence[str] = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
BASE = datetime.datetime(2000, 1, 1, 12)
SETTINGS = {
    "DATE_ORDER": "DMY",
    "PREFER_DAY_OF_MONTH": "first",
    "PREFER_DATES_FROM": "past",
    "RELATIVE_BASE": BASE,
    "RETURN_AS_TIMEZONE_AWARE": False,
}
WRITTEN = "%d %B %Y"


@functools.lru_cache(maxsize=16384)  # the days of 44 years
def parse_day(number: int, month: int, year: int) -> datetime.date | None:
    """The day written "``number`` ``month`` ``year``"; ``None`` where there is no such day (29 February 2019), or where
    dateparser reads another one: a day that two readers see differently is none."""
    wanted = day(year, month, number)
    if wanted is None:
        return None
    found = _parser("custom-formats").get_date_data(f"{number} {MONTHS[month - 1]} {year:04d}", [WRITTEN]).date_obj
    return wanted if found is not None and found.date() == wanted else None


def parse_relative(words: str, anchor: datetime.date) -> datetime.date | None:
    """The day that words like "kemarin" or "besok" name, counted from ``anchor``; ``None`` where they name none."""
    days = _days_away(words)
    return None if days is None else anchor + datetime.timedelta(days=days)


@functools.lru_cache(maxsize=1024)
def _days_away(words: str) -> int | None:
    """How many days after today the words name; ``None`` where they name no day."""
    found = _parser("relative-time").get_date_data(words).date_obj
    return (found.date() - BASE.date()).days if found is not None else None


@functools.cache
def _parser(reader: str) -> DateDataParser:
    """dateparser for one of its own readers, made once: its shortcut ``dateparser.parse`` makes one for each string."""
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["id"], settings={**SETTINGS, "PARSERS": [reader]})
