"""The day an outlet published a report, from what a page's metadata or byline says; never guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari pebruari february feb peb", "maret march mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu agt ags aug agust", "september sep sept",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = (
    r"(?:[\s,|/–—@-]{0,5}(?:pukul|jam|pkl\.?|at|-)?\s{0,2}"
    r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?![\d/])\s{0,2}(?P<pm>[ap]m\b)?)?"
    r"(?:\s{0,2}(?P<zone>WIB|WITA|WIT)\b)?"
)
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?<![\d/])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])",
        rf"(?<![\d/])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]{{0,3}}(?P<name>{_NAMES})\b[\s.,/-]{{0,3}}(?P<year>\d{{4}})(?!\d)",
        rf"\b(?P<name>{_NAMES})\b\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<year>\d{{4}})(?!\d)",
        r"(?<![\d/.-])(?P<day>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4})(?![\d-])",
    )
)
_STAMP = re.compile(
    r"\s{0,3}(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[T\s]{1,2}(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d{1,9})?"
    r"\s{0,2}(Z|UTC|GMT|[+-]\d{1,2}:?\d{0,2}|WIB|WITA|WIT)?)?\s{0,3}$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum\s?['’‘]?\s?at|sabtu|minggu|ahad|mon|tues?|wed(?:nes)?|thur?s?|fri|satur?|sun)"
    r"(?:day)?\b\.?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:diperbarui|diperbaharui|diupdate|terakhir diubah|last update[d]?|last modified|updated?|update|pembaruan|"
    r"diubah|dimodifikasi|hari ini|today)\b",
    re.IGNORECASE,
)
_EARLIEST = 1998


@dataclass(frozen=True)
class Stamp:
    """A day, perhaps with its time; ``offset`` is the zone's distance from UTC in minutes, ``None`` if unsaid."""

    day: dt.date
    time: dt.time | None = None
    offset: int | None = None

    def local(self, zone: int) -> Stamp:
        """The same moment by the outlet's clock (``zone``: hours from UTC), if the stamp is in UTC or says no zone."""
        if self.time is None:
            return Stamp(self.day)
        if self.offset == 0:
            moment = dt.datetime.combine(self.day, self.time) + dt.timedelta(hours=zone)
            return Stamp(moment.date(), moment.time(), zone * 60)
        return Stamp(self.day, self.time, zone * 60 if self.offset is None else self.offset)

    def iso(self) -> str:
        """ISO 8601: the date, or date and time with offset."""
        if self.time is None or self.offset is None:
            return self.day.isoformat()
        sign, minutes = "-" if self.offset < 0 else "+", abs(self.offset)
        return f"{self.day.isoformat()}T{self.time.isoformat('seconds')}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def machine_stamp(value: object) -> Stamp | None:
    """A metadata value (ISO 8601 and its relatives, or a date in words) as a stamp."""
    text = str(value)[:80].strip()
    match = _STAMP.match(text)
    if not match:
        found = written_stamps(text)
        return found[0][0] if len(found) == 1 else None
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None:
        return None
    if match[4] is None or int(match[4]) > 23 or int(match[5]) > 59 or int(match[6] or 0) > 59:
        return Stamp(day)
    return Stamp(day, dt.time(int(match[4]), int(match[5]), int(match[6] or 0)), _offset(match[7]))


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone.upper() in ZONES:
        return ZONES[zone.upper()] * 60
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return 0
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits[:2]), int(digits[2:4] or 0)) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def written_stamps(text: str) -> list[tuple[Stamp, int, int]]:
    """Every full date in a line of text, with its place: day/month/year, months in Indonesian or English."""
    found: list[tuple[Stamp, int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            name = parts.get("name")
            month = _MONTHS[name.casefold()] if name else int(parts["month"])
            day = _day(int(parts["year"]), month, int(parts["day"]))
            if day and not any(start < match.end() and match.start() < end for _, start, end in found):
                found.append((Stamp(day, _clock(parts), _offset(parts["zone"])), match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def _clock(parts: dict[str, str | None]) -> dt.time | None:
    if parts["hour"] is None or parts["minute"] is None:
        return None
    hour = int(parts["hour"])
    if parts["pm"]:
        hour = hour % 12 + (12 if parts["pm"].lower() == "pm" else 0)
    return dt.time(hour, int(parts["minute"]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not _EARLIEST <= year <= 2100:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_BYLINE = re.compile(
    r"\b(?:wib|wita|wit|oleh|by|penulis|reporter|jurnalis|pewarta|redaksi|redaktur|editor|admin|diposting|dipublikasikan|"
    r"posted|published|terbit|tayang|dibaca|dilihat|views?|kali|komentar|comments?|tanggal|date|administrator|"
    r"kontributor|tim|author|publish|post|ditulis|rilis|on|in|di|pada)\b",
    re.IGNORECASE,
)


def byline_stamp(line: str) -> tuple[Stamp, bool] | None:
    """The date of a byline and whether the line shows that it is one (a time, a name's label, a counter).

    What follows the mark of an update is not read. ``None`` where the line has no full date, more than one day, or is
    a sentence or a caption that happens to hold a date.
    """
    if updated := _UPDATED.search(line):
        line = line[: updated.start()]
    if len(line) > 220:
        return None
    found = written_stamps(line)
    if not found or len({stamp.day for stamp, _, _ in found}) > 1:
        return None
    stamp, start, end = max(found, key=lambda item: item[0].time is not None)
    if line[max(0, start - 2) : start].strip().endswith("(") or line[end : end + 1] == ")":
        return None
    rest = line
    for _, first, last in reversed(found):
        rest = rest[:first] + " " + rest[last:]
    rest = _WEEKDAY.sub(" ", rest)
    cue = bool(_BYLINE.search(rest)) or stamp.time is not None or stamp.offset is not None
    left = re.findall(r"[^\W\d_]{2,}", _BYLINE.sub(" ", rest))
    if len(left) > (8 if cue else 3):
        return None
    return stamp, cue


def zone_of(text: str) -> int:
    """The clock an outlet lives by, hours from UTC, as far as the text names one; Western Indonesian time otherwise."""
    match = re.search(r"\b(WITA|WIT|WIB|Wita|Wib)\b", text)
    return ZONES[match[1].upper()] if match else 7
