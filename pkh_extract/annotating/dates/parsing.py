"""From the words of one date to a calendar day: dateparser, told what Indonesian papers mean and checked afterwards.

Measured with dateparser 1.4 and ``languages=["id"]``: it takes the month for a day where the day/month reading is
impossible, fills in today's year, and knows neither "Jum'at" nor half of the relative words. Hence it is given only
strings that the scanner has delimited, always with a year of their own and a fixed base, and what it answers must
have the very day, month and year that were read; its search is never used.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence

from pkh_extract.annotating.dates.values import day

MONTHS: Sequence[str] = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
SETTINGS = {
    "DATE_ORDER": "DMY",
    "PREFER_DAY_OF_MONTH": "first",
    "PREFER_DATES_FROM": "past",
    "RELATIVE_BASE": datetime.datetime(2000, 1, 1),
    "RETURN_AS_TIMEZONE_AWARE": False,
}


@functools.lru_cache(maxsize=4096)
def parse_day(number: int, month: int, year: int) -> datetime.date | None:
    """The day written "``number`` month ``year``"; ``None`` where there is no such day (29 February 2019)."""
    import dateparser

    wanted = day(year, month, number) if 1 <= month <= 12 else None
    if wanted is None:
        return None
    text = f"{number} {MONTHS[month - 1]} {year:04d}"
    found = dateparser.parse(text, languages=["id"], settings=SETTINGS)
    return found.date() if found is not None and found.date() == wanted else wanted


@functools.lru_cache(maxsize=4096)
def parse_relative(words: str, anchor: datetime.date) -> datetime.date | None:
    """The day that words like "kemarin" or "besok" name, counted from ``anchor``; ``None`` where they name none."""
    import dateparser

    base = datetime.datetime.combine(anchor, datetime.time(12))
    found = dateparser.parse(words, languages=["id"], settings={**SETTINGS, "RELATIVE_BASE": base})
    return found.date() if found is not None else None
