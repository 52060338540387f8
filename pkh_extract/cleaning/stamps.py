"""Reading date stamps of pages and bylines: a machine's ("2024-11-17T15:20:00Z") or a line's ("Minggu, 17 November
2024 | 22:20 WIB"). Which stamp is the day of publication is decided in :mod:`.publication`."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, replace

from pkh_extract.rules import RuleSet, load_rules

ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}  # hours from UTC, by Presidential Decree (Keppres) 41 of 1987
EARLIEST, LATEST = 1998, 2099
_TIME = (
    r"(?:[\s,|/–—@-]{0,5}(?:pukul|jam|pkl\.?|at|-)?\s{0,2}"
    r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?![\d/])\s{0,2}(?P<pm>[ap]m\b)?)?"
    r"(?:\s{0,2}(?P<zone>WIB|WITA|WIT)\b)?"
)
_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T\s]{1,2}(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d{1,9})?"
    r"\s{0,2}(Z|UTC|GMT|[+-]\d{1,2}:?\d{0,2}|WIB|WITA|WIT)?)?$",
    re.IGNORECASE,
)
# "Fri Apr 28 19:20:36 WIB 2023", as Java writes a date.
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d:\d\d) ([A-Z]{3,5}|GMT[+-]\d\d:\d\d) (\d{4})$")
_EPOCH = re.compile(r"(?:9|1\d|2\d)\d{8}(?:\d{3})?$")  # seconds or milliseconds since 1970, from 1998 on
_LINE = 220  # characters of a byline
_YEAR = re.compile(r"\d{4}")  # no full date lacks one

_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Stamp:
    """A day, perhaps with its time. ``offset`` is the zone's distance from UTC in minutes, ``None`` if unsaid;
    ``text`` what it was read from, ``rule`` the rule that says that it is the day of publication."""

    day: dt.date
    time: dt.time | None = None
    offset: int | None = None
    text: str = ""
    rule: str = ""

    def local(self, zone: int | None) -> Stamp:
        """The same moment by the outlet's clock (``zone``: hours from UTC, ``None`` if unknown), if the stamp is in
        UTC or says no zone."""
        if self.time is None or zone is None:
            return self
        if self.offset == 0:
            moment = dt.datetime.combine(self.day, self.time) + dt.timedelta(hours=zone)
            return replace(self, day=moment.date(), time=moment.time(), offset=zone * 60)
        return replace(self, offset=zone * 60 if self.offset is None else self.offset)

    def iso(self) -> str:
        """ISO 8601: the date, or date and time with offset."""
        if self.time is None or self.offset is None:
            return self.day.isoformat()
        sign, minutes = "-" if self.offset < 0 else "+", abs(self.offset)
        return f"{self.day.isoformat()}T{self.time.isoformat('seconds')}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


class StampReader:
    """Reads stamps with the months and weekdays of the rules ``date_month`` and ``date_weekday`` and the words of
    bylines and updates of ``published_byline`` and ``published_update``."""

    def __init__(self, rules: RuleSet) -> None:
        self.months = {
            phrase.casefold(): int(rule.get("number")) for rule in rules.family("date_month") for phrase in rule.phrases
        }
        days = [phrase for rule in rules.family("date_weekday") for phrase in rule.phrases]
        self._weekday = wordings_pattern(days, r"\.?")
        self._short = wordings_pattern(wordings_of(rules, "published_weekday"), r"\.?")
        small = [rule for rule in rules.family("published_byline") if rule.get("small")]
        self._small = wordings_pattern([str(word) for rule in small for word in rule.get("wordings")])
        self._byline = wordings_pattern(wordings_of(rules, "published_byline"))
        self._caption = wordings_pattern(wordings_of(rules, "published_caption"))
        self._updated = wordings_pattern(wordings_of(rules, "published_update"))
        self._forms = _forms("|".join(sorted(map(re.escape, self.months), key=len, reverse=True)))

    def machine(self, value: object) -> Stamp | None:
        """A metadata value as a stamp: ISO 8601 and its relatives, seconds since 1970, or one date in words."""
        text = str(value)[:80].strip()
        if _EPOCH.match(text):
            moment = dt.datetime.fromtimestamp(int(text[:10]), dt.timezone.utc)
            return Stamp(moment.date(), moment.time(), 0, text)
        text = _JAVA.sub(r"\1, \4 \2 \3", text)
        match = _ISO.match(text)
        if not match:
            found = self.written(text)
            return replace(found[0][0], text=text) if len(found) == 1 else None
        day = day_of(int(match[1]), int(match[2]), int(match[3]))
        if day is None:
            return None
        if match[4] is None or int(match[4]) > 23 or int(match[5]) > 59 or int(match[6] or 0) > 59:
            return Stamp(day, text=text)
        return Stamp(day, dt.time(int(match[4]), int(match[5]), int(match[6] or 0)), _offset(match[7]), text)

    def written(self, text: str) -> list[tuple[Stamp, int, int]]:
        """Every full date in a line of text, with its place: day/month/year, months in Indonesian or English."""
        found: list[tuple[Stamp, int, int]] = []
        for form in self._forms:
            for match in form.finditer(text):
                parts = match.groupdict()
                name = parts.get("name")
                month = self.months[name.casefold()] if name else int(parts["month"])
                day = day_of(int(parts["year"]), month, int(parts["day"]))
                if day is None and parts.get("mark") == "/" and month > 12:  # 04/28/2023 has no other reading
                    day = day_of(int(parts["year"]), int(parts["day"]), month)
                if day and not any(start < match.end() and match.start() < end for _, start, end in found):
                    stamp = Stamp(day, _clock(parts), _offset(parts["zone"]), match[0].strip())
                    found.append((stamp, match.start(), match.end()))
        return sorted(found, key=lambda item: item[1])

    def update_mark(self, line: str) -> re.Match[str] | None:
        """Where a line begins to speak of an update."""
        return self._updated.search(line)

    def caption_mark(self, line: str) -> re.Match[str] | None:
        """What shows that a line is a picture's caption."""
        return self._caption.search(line)

    def byline(self, line: str) -> tuple[Stamp, bool] | None:
        """The date of a byline and whether the line shows that it is one (a time, a name's label, a counter).

        What follows the mark of an update is not read. ``None`` where the line has no full date, more than one day,
        or is a sentence or a caption that happens to hold a date.
        """
        if not _YEAR.search(line):
            return None
        if updated := self.update_mark(line):
            line = line[: updated.start()]
        if len(line) > _LINE or self.caption_mark(line):
            return None
        found = self.written(line)
        if not found or len({stamp.day for stamp, _, _ in found}) > 1:
            return None
        stamp, start, end = max(found, key=lambda item: item[0].time is not None)
        if line[max(0, start - 2) : start].strip().endswith("(") or line[end : end + 1] == ")":
            return None
        rest = line
        for _, first, last in reversed(found):
            rest = rest[:first] + " " + rest[last:]
        rest, shortened = self._short.subn(" ", self._weekday.sub(" ", rest))
        rest, small = self._small.subn(" ", rest)
        cue = bool(self._byline.search(rest)) or stamp.time is not None or stamp.offset is not None
        left = _LETTERS.findall(self._byline.sub(" ", rest))
        if len(left) > (8 if cue else 3):
            return None
        plain = "published_weekday.short" if shortened else "published_form.line"
        plain = "published_byline.small" if small else plain
        return replace(stamp, rule="published_byline.word" if cue else plain), cue


@functools.lru_cache(maxsize=8)
def stamp_reader(patterns: str | None = None) -> StampReader:
    """The reader of the built-in rules with those of a folder laid over them; made once a process."""
    return StampReader(load_rules(patterns))


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, ``None`` where there is none such or no page can be of that year."""
    try:
        return dt.date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def _forms(names: str) -> tuple[re.Pattern[str], ...]:
    day = r"(?P<day>\d{1,2})"
    return tuple(
        re.compile(form + _TIME, re.IGNORECASE)
        for form in (
            r"(?<![\d/])(?P<year>\d{4})-(?P<month>\d{1,2})-" + day + r"(?![\d-])",
            rf"(?<![\d/]){day}(?:st|nd|rd|th)?[\s./-]{{0,3}}(?P<name>{names})\b[\s.,/-]{{0,3}}(?P<year>\d{{4}})(?!\d)",
            rf"\b(?P<name>{names})\b\.?\s{{1,2}}{day}(?:st|nd|rd|th)?,?\s{{1,2}}(?P<year>\d{{4}})(?!\d)",
            rf"(?<![\d/.-]){day}\s?(?P<mark>[/.-])\s?(?P<month>\d{{1,2}})\s?(?P=mark)\s?(?P<year>\d{{4}})(?![\d-])",
        )
    )


def wordings_of(rules: RuleSet, family: str) -> list[str]:
    """The wordings of a family of rules."""
    return [str(wording) for rule in rules.family(family) for wording in rule.get("wordings", [])]


def wordings_pattern(wordings: list[str], tail: str = "") -> re.Pattern[str]:
    """Any of the wordings as whole words; blanks in them stand for any, and for none."""
    made = sorted(
        {r"\s{0,2}".join(map(re.escape, wording.casefold().split())) for wording in wordings}, key=len, reverse=True
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(made) or '(?!)'})(?!\w){tail}", re.IGNORECASE)


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


def _clock(parts: dict[str, str | None]) -> dt.time | None:
    if parts["hour"] is None or parts["minute"] is None:
        return None
    hour = int(parts["hour"])
    if parts["pm"]:
        hour = hour % 12 + (12 if parts["pm"].lower() == "pm" else 0)
    return dt.time(hour, int(parts["minute"]))
