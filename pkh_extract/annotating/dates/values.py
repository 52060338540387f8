"""What a date expression means: values on the spans of ``doc.spans["pkh_dates"]``."""

from __future__ import annotations

import datetime
import re
from typing import Literal, NamedTuple

from pkh_extract import record

KEY = "pkh_dates"
LABEL = "date"
Role = Literal["event", "statement", "deadline", "background", "plan", "law", "period"]
Form = Literal[
    "numeric", "written", "range", "month", "year", "years", "weekday", "relative", "clock", "length", "broken"
]
WIB = datetime.timezone(datetime.timedelta(hours=7))
OFFSET = re.compile(r"(?<=\d)(?:Z|([+-]\d\d)(\d\d))$")
FIRST_YEAR, LAST_YEAR = 1945, 2099


class DateMention(NamedTuple):
    """One date expression.

    ``start`` and ``end`` are inclusive days; both are ``None`` where the expression cannot be resolved. A month or a
    year runs from its first to its last day. ``weekday`` is the one written beside it (0 = Monday),
    ``weekday_matches`` whether it is the weekday of ``start``. ``duration_days`` is a stated length.
    ``candidates`` are the readings that remain where there is more than one. ``announced``: the text puts the day
    into the future. ``held``: a verb of holding ("digelar") stands before it; ``past``: "lalu" or
    "kemarin" behind it; ``until``: "per", "hingga" before it, the day up to which something was counted.
    """

    form: Form
    start: datetime.date | None = None
    end: datetime.date | None = None
    precision: record.DatePrecision = "day"
    method: record.DateMethod = "explicit"
    weekday: int | None = None
    weekday_matches: bool | None = None
    duration_days: int | None = None
    role: Role = "event"
    candidates: tuple[datetime.date, ...] = ()
    announced: bool = False
    held: bool = False
    past: bool = False
    until: bool = False

    def at(self, **changes: object) -> DateMention:
        """A copy with some fields changed."""
        return self._replace(**changes)  # type: ignore[arg-type]


def month_days(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a month."""
    first = datetime.date(year, month, 1)
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return first, after - datetime.timedelta(days=1)


def week_days(anchor: datetime.date, shift: int, part: str = "") -> tuple[datetime.date, datetime.date]:
    """First and last day of the week, Monday to Sunday, ``shift`` weeks from the one of ``anchor``; of its ``part``:
    ``start`` is its Monday, ``end`` Saturday and Sunday."""
    monday = anchor + datetime.timedelta(days=7 * shift - anchor.weekday())
    first, last = {"start": (0, 0), "end": (5, 6)}.get(part, (0, 6))
    return monday + datetime.timedelta(days=first), monday + datetime.timedelta(days=last)


def year_days(year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def day(year: int, month: int, number: int) -> datetime.date | None:
    """The day, or ``None`` where the calendar has none such or the year is out of reach."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def iso_day(text: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time; ``None`` for anything else."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _offset(found: re.Match[str]) -> str:
    """The offset as Python 3.10 reads it: "+07:00" for "+0700", "+00:00" for "Z"."""
    return f"{found[1]}:{found[2]}" if found[1] else "+00:00"


def local_day(text: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time on the clocks of western Indonesia: what "Senin" and "kemarin" are
    counted from. A time without an offset is local already; a year out of reach is no day of publication."""
    if not text:
        return None
    found: datetime.date | None
    try:
        moment = datetime.datetime.fromisoformat(OFFSET.sub(_offset, text))
        found = (moment.astimezone(WIB) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        found = iso_day(text)
    return found if found and FIRST_YEAR < found.year < LAST_YEAR else None
