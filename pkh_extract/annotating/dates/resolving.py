"""From what is written to calendar days: missing years, weekdays and relative words, with what the article gives.

Nothing is counted from today. What anchors is the publication day, or a date that the article itself carries.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.parsing import parse_day, parse_relative
from pkh_extract.annotating.dates.raw import Raw
from pkh_extract.annotating.dates.roles import Reading, Roles
from pkh_extract.annotating.dates.values import DateMention, month_days, year_days
from pkh_extract.annotating.dates.vocabulary import Words

PROGRAMME_BEGAN = 2007  # the first year of PKH: no report about it is older
LAST_REACH = 2035
DAY = datetime.timedelta(days=1)
NEAR = 10  # days: a date without a year so close to a full one has its year, whatever the weekday says
SEASON = 90  # days: how far a report may look over the turn of the year
STALE = datetime.timedelta(days=12)  # a publication day this long after all dates of the text anchors nothing


@dataclass(frozen=True)
class Resolved:
    """An expression with its meaning."""

    raw: Raw
    reading: Reading
    mention: DateMention


class Resolver:
    """Resolves the expressions of one document."""

    def __init__(self, words: Words, raws: list[Raw], published: datetime.date | None) -> None:
        self.words, self.raws, self.published = words, raws, published
        self.roles = Roles(words)
        self.readings = [self.roles.read(raw) for raw in raws]
        self.written_years = [
            raw.first.year
            for raw, reading in zip(raws, self.readings, strict=True)
            if raw.is_day and raw.first.year and raw.first.month and reading.role != "law"
        ]
        self.written_days = [
            found
            for raw in raws
            if raw.is_day and raw.first.year
            if (found := parse_day(raw.first.day or 0, raw.first.month or 0, raw.first.year)) is not None
        ]
        self.this_years = [
            raw.first.year for raw in raws if raw.form in ("year", "month") and raw.first.year and self._this(raw)
        ]
        self.other_years = sorted(set(self._other_years()))

    def resolve(self) -> list[Resolved]:
        """All expressions with their meaning, in text order."""
        days: dict[int, DateMention] = {
            index: self._day(raw) for index, raw in enumerate(self.raws) if raw.is_day and not raw.readings
        }
        anchors = [
            (index, mention.end or mention.start)
            for index, mention in days.items()
            if mention.start and self.readings[index].role in ("event", "statement")
        ]
        out = []
        for index, (raw, reading) in enumerate(zip(self.raws, self.readings, strict=True)):
            mention = days.get(index) or self._other(index, raw, reading, anchors)
            mention = mention.at(role=reading.role, announced=reading.announced, held=reading.held, past=raw.past)
            out.append(Resolved(raw, reading, self._come(raw, mention)))
        return out

    def _come(self, raw: Raw, mention: DateMention) -> DateMention:
        """A day that the publication has reached is no plan, whatever words like "akan" say nearby."""
        said = mention.announced and not raw.future and mention.role == "plan"
        if said and self.published and mention.start and mention.start <= self.published:
            return mention.at(announced=False, role="event")
        return mention

    # -- years the text offers ---------------------------------------------------------------------------------

    def _this(self, raw: Raw) -> bool:
        """ "tahun 2018 ini"."""
        return raw.first.year is not None and self.words.lower(raw.end) == "ini"

    def _other_years(self) -> Iterable[int]:
        for raw, reading in zip(self.raws, self.readings, strict=True):
            if reading.role in ("law", "background", "plan", "deadline") or reading.announced:
                continue
            if raw.form in ("year", "years", "month") and raw.first.year:
                last = raw.last.year if raw.last and raw.last.year else raw.first.year
                yield from range(raw.first.year, last + 1)

    def _year(self, raw: Raw, reading_future: bool) -> tuple[int | None, tuple[int, ...]]:
        """(the year of a day without one, the years it could be when open)."""
        part = raw.first
        fits = [
            year
            for year in range(PROGRAMME_BEGAN, LAST_REACH + 1)
            if (found := parse_day(part.day or 0, part.month or 0, year)) is not None
            and (raw.weekday is None or found.weekday() == raw.weekday)
        ]
        if self.published is not None:
            return self._year_from_publication(part, fits, reading_future, raw), ()
        return self._year_from_text(raw, fits)

    def _year_from_text(self, raw: Raw, fits: list[int]) -> tuple[int | None, tuple[int, ...]]:
        """The year that other dates and years of the text support; weekdays that disagree rule years out."""
        for years in (self.written_years, self.this_years):
            matching = [year for year in fits if year in years]
            if len(matching) == 1:
                return matching[0], ()
            if matching:
                if raw.weekday is None:
                    return max(matching, key=years.count), ()
                return None, tuple(matching)
        part = raw.first
        months = {one.first.year for one in self.raws if one.form == "month" and one.first.month == part.month}
        matching = [year for year in fits if year in months]
        if len(matching) == 1:
            return matching[0], ()
        near = [
            (abs((found - written).days), year)
            for written in self.written_days
            for year in (written.year - 1, written.year, written.year + 1)
            if (found := parse_day(part.day or 0, part.month or 0, year)) is not None
        ]
        if near and min(near)[0] <= NEAR:
            return min(near)[1], ()  # the weekday is the slip
        matching = sorted({year for distance, year in near if year in fits and distance <= SEASON})
        if raw.weekday is not None and len(matching) == 1:
            return matching[0], ()
        return self._year_from_years(raw, fits)

    def _year_from_years(self, raw: Raw, fits: list[int]) -> tuple[int | None, tuple[int, ...]]:
        """No date has a year, but the text speaks of years: the newest, or the one before or after it, is the
        report's own where the weekday says so."""
        if not self.other_years:
            return None, tuple(fits)
        newest = max(self.other_years)
        if raw.weekday is None:
            return (newest, ()) if len(self.other_years) == 1 and newest in fits else (None, tuple(fits))
        for year in (newest, newest - 1):
            if year in fits and year in self.other_years:
                return year, ()
        return (newest + 1, ()) if newest + 1 in fits else (None, tuple(fits))

    def _year_from_publication(self, part: Part, fits: list[int], future: bool, raw: Raw) -> int | None:
        """The year that puts the day nearest before the publication (after it, where it is announced)."""
        assert self.published is not None
        options = []
        for year in (self.published.year - 1, self.published.year, self.published.year + 1):
            found = parse_day(part.day or 0, part.month or 0, year)
            if found is None:
                continue
            distance = (found - self.published).days
            late = distance > 1 and not future
            mismatch = raw.weekday is not None and year not in fits
            options.append((late and distance > 180, mismatch, late, abs(distance), year))
        return min(options)[-1] if options else None

    # -- days ----------------------------------------------------------------------------------------------------

    def _day(self, raw: Raw) -> DateMention:
        if raw.form == "broken" or raw.first.day is None or raw.first.month is None:
            return DateMention(raw.form, weekday=raw.weekday)
        future = raw.future
        method, year = "explicit", raw.first.year
        open_years: tuple[int, ...] = ()
        if year is None:
            year, open_years = self._year(raw, future)
            method = "completed"
        if year is None:
            found = (parse_day(raw.first.day, raw.first.month, one) for one in open_years)
            candidates = tuple(one for one in found if one)
            return DateMention(raw.form, method="completed", weekday=raw.weekday, candidates=candidates)
        start = parse_day(raw.first.day, raw.first.month, year)
        end = start
        if raw.last is not None and start is not None:
            last_year = raw.last.year or year + (1 if (raw.last.month or 0) < raw.first.month else 0)
            end = parse_day(raw.last.day or 0, raw.last.month or 0, last_year)
            if end is not None and end < start:
                start, end = end, start  # the last day stands first
        if start is None or end is None:
            return DateMention("broken", weekday=raw.weekday)
        if raw.back and raw.last is None:
            start -= raw.back * DAY
        if raw.until_weekday is not None and raw.last is None:
            end = start + ((raw.until_weekday - start.weekday() - 1) % 7 + 1) * DAY
        matches = None
        if raw.weekday is not None:
            matches = raw.weekday in (start.weekday(), end.weekday())
        return DateMention(
            raw.form, start, None if raw.open_end else end, "day", method, raw.weekday, matches  # type: ignore[arg-type]
        )  # fmt: skip

    # -- everything else -----------------------------------------------------------------------------------------

    def _other(self, index: int, raw: Raw, reading: Reading, anchors: list[tuple[int, datetime.date]]) -> DateMention:
        if raw.form == "broken":
            return self._broken(raw)
        if raw.form == "length":
            return DateMention("length", duration_days=raw.length)
        if raw.form == "month":
            return self._month(raw)
        if raw.form in ("year", "years"):
            first = raw.first.year or 0
            last = raw.last.year if raw.last and raw.last.year else first
            return DateMention(raw.form, year_days(first)[0], year_days(last)[1], "year")
        if raw.form == "clock":
            return DateMention("clock")
        anchor = self._anchor(index, anchors)
        if anchor is None:
            return DateMention(raw.form, method="relative", weekday=raw.weekday)
        if raw.form == "weekday":
            return self._weekday(raw, anchor, exact=anchor == self.published)
        return self._relative(raw, anchor)

    def _anchor(self, index: int, anchors: list[tuple[int, datetime.date]]) -> datetime.date | None:
        """The day that a relative word is counted from."""
        days = [day for _, day in anchors]
        if self.published is not None and not (days and self.published - max(days) > STALE):
            return self.published
        raw = self.raws[index]
        here = [day for other, day in anchors if self.roles.same_sentence(self.raws[other].start, raw.start)]
        return here[0] if here else days[0] if days else None

    def _weekday(self, raw: Raw, anchor: datetime.date, exact: bool) -> DateMention:
        """``exact``: the anchor is the publication, so the day lies before it; beside another date of the text it is
        the nearest such day."""
        wanted = raw.weekday or 0
        if raw.future:
            start = anchor + ((wanted - anchor.weekday() - 1) % 7 + 1) * DAY
        else:
            back = (anchor.weekday() - wanted) % 7
            if raw.past and back == 0:
                back = 7
            if not exact and not raw.past and back > 3:
                back -= 7
            start = anchor - back * DAY
            if raw.weeks < 0 and start >= anchor - anchor.weekday() * DAY:
                start -= 7 * DAY
        end = start
        if raw.last_weekday is not None:
            end = start + ((raw.last_weekday - wanted) % 7) * DAY
            if exact and end > anchor and not raw.future:
                start, end = start - 7 * DAY, end - 7 * DAY
        return DateMention("weekday", start, end, "day", "relative", raw.weekday, None)

    def _relative(self, raw: Raw, anchor: datetime.date) -> DateMention:
        if raw.unit == "day" and raw.offset is not None:
            found = parse_relative(raw.words, anchor)
            wanted = anchor + raw.offset * DAY
            start = found if found == wanted else wanted  # dateparser knows some of the words only
            return DateMention("relative", start, start, "day", "relative")
        if raw.unit == "month" and raw.offset is not None:
            number = anchor.year * 12 + anchor.month - 1 + raw.offset
            first, last = month_days(number // 12, number % 12 + 1)
            return DateMention("relative", first, last, "month", "relative")
        if raw.unit == "year" and raw.offset is not None:
            first, last = year_days(anchor.year + raw.offset)
            return DateMention("relative", first, last, "year", "relative")
        return DateMention("relative", method="relative")

    def _month(self, raw: Raw) -> DateMention:
        first, last = raw.first, raw.last or raw.first
        year = first.year or last.year
        method = "explicit" if year else "completed"
        if year is None:
            year = self._month_year(raw)
        if year is None or first.month is None or last.month is None:
            return DateMention("month", precision="month", method="completed")
        start = month_days(year, first.month)[0]
        last_year = last.year or year
        if last.month < first.month and last_year == year:
            last_year, start = (year, month_days(year - 1, first.month)[0]) if last.year else (year + 1, start)
        return DateMention(
            "month", start, month_days(last_year, last.month)[1], "month", method  # type: ignore[arg-type]
        )  # fmt: skip

    def _month_year(self, raw: Raw) -> int | None:
        month = raw.first.month or 0
        if self.published is not None:
            late = month > self.published.month
            return self.published.year + (late and raw.future and 0) - (1 if late and not raw.future else 0)
        years = set(self.written_years) or {year for year in self.this_years if year}
        return years.pop() if len(years) == 1 else None

    def _broken(self, raw: Raw) -> DateMention:
        """A date with a slip: the one reading that weekday and publication leave, else none."""
        found = []
        for part in raw.readings:
            years = [part.year] if part.year else [self._year(Raw("numeric", raw.start, raw.end, part), False)[0]]
            for year in years:
                one = parse_day(part.day or 0, part.month or 0, year or 0)
                if one and one not in found:
                    found.append(one)
        fitting = [one for one in found if raw.weekday is None or one.weekday() == raw.weekday]
        if self.published:
            fitting = [one for one in fitting if abs((self.published - one).days) <= 60] or fitting
        if len(fitting) != 1:
            return DateMention("broken", weekday=raw.weekday, candidates=tuple(found))
        matches = None if raw.weekday is None else True
        return DateMention(
            "broken", fitting[0], fitting[0], "day", "completed", raw.weekday, matches, candidates=tuple(found)
        )
