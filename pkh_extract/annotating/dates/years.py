"""The year of a day that is written without one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.raw import Raw
from pkh_extract.annotating.dates.roles import Reading
from pkh_extract.annotating.dates.values import day
from pkh_extract.annotating.dates.vocabulary import Words

PROGRAMME_BEGAN = 2007  # the first year of PKH: no report about it is older
LAST_REACH = 2035
NEAR = 10  # days: a date without a year so close to a full one has its year, whatever the weekday says
CLOSE = 14  # days: the same beside the publication
MOST_DAYS = 200  # of the text's dates are compared
AHEAD = {"plan", "deadline"}  # roles of what is yet to come
COMING = {"mendatang", "depan", "nanti"}
SEASON = 90  # days: how far a report may look over the turn of the year


class Years:
    """What a document says about years, and the year that this gives to a day or a month without one."""

    def __init__(self, words: Words, raws: list[Raw], readings: list[Reading], published: datetime.date | None) -> None:
        self.published = published
        dated = [
            raw.first
            for raw, reading in zip(raws, readings, strict=True)
            if raw.is_day and raw.first.month and raw.first.year and reading.role != "law"
        ]
        self.written_years = Counter(part.year for part in dated if part.year)
        days = (_day(part, part.year or 0) for part in dated)
        self.written_days = sorted({one for one in days if one})
        self.this_years = Counter(
            raw.first.year
            for raw in raws
            if raw.form in ("year", "month") and raw.first.year and words.lower[raw.end] == "ini"
        )
        self.months = {(raw.first.year, raw.first.month) for raw in raws if raw.form == "month"}
        self.planned = {
            raw.first.year
            for raw, reading in zip(raws, readings, strict=True)
            if raw.first.year
            and (
                (raw.form == "month" and (reading.announced or reading.role in AHEAD))
                or (raw.form == "year" and words.lower[raw.end] in COMING)
            )
        }
        self.other_years = sorted(set(_other_years(raws, readings)))
        self.words = words

    def of_month(self, raw: Raw) -> int | None:
        """The year of a month without one."""
        month = raw.first.month or 0
        if self.published is not None:
            if raw.year_shift is not None:
                return self.published.year + raw.year_shift
            return self.published.year - (1 if month > self.published.month and not raw.future else 0)
        years = set(self.written_years) or set(self.this_years)
        return years.pop() if len(years) == 1 else None

    def of(self, raw: Raw, future: bool) -> tuple[int | None, tuple[int, ...]]:
        """(the year of a day without one, the years it could be when that is open)."""
        part = raw.first
        fits = [
            year
            for year in range(PROGRAMME_BEGAN, LAST_REACH + 1)
            if (found := _day(part, year)) is not None and (raw.weekday is None or found.weekday() == raw.weekday)
        ]
        if self.published is not None:
            if raw.year_shift is not None:
                return self.published.year + raw.year_shift, ()
            return self._year_from_publication(part, fits, future, raw), ()
        return self._year_from_text(raw, fits)

    def _year_from_text(self, raw: Raw, fits: list[int]) -> tuple[int | None, tuple[int, ...]]:
        """The year that other dates and years of the text support; weekdays that disagree rule years out."""
        for years in (self.written_years, self.this_years):
            matching = [year for year in fits if year in years]
            if len(matching) == 1:
                return matching[0], ()
            if matching:
                if raw.weekday is None:
                    return max(matching, key=lambda year: years[year]), ()
                return None, tuple(matching)
        part = raw.first
        matching = [year for year in fits if (year, part.month) in self.months]
        if len(matching) == 1:
            return matching[0], ()
        near = [
            (abs((found - written).days), year)
            for written in self.written_days[:MOST_DAYS]
            for year in (written.year - 1, written.year, written.year + 1)
            if (found := _day(part, year)) is not None
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
        if not self.other_years and self.planned and raw.weekday is not None:
            first = min(self.planned)  # a month, or "2018 mendatang", is planned for this year or the next
            matching = [year for year in (first - 1, first) if year in fits]
            return (matching[0], ()) if len(matching) == 1 else (None, tuple(fits))
        if not self.other_years:
            named = [year for year in fits if year in self._named_years]
            return (named[0], ()) if raw.weekday is not None and len(named) == 1 else (None, tuple(fits))
        newest = max(self.other_years)
        if raw.weekday is None:
            return (newest, ()) if len(self.other_years) == 1 and newest in fits else (None, tuple(fits))
        for year in (newest, newest - 1):
            if year in fits and year in self.other_years:
                return year, ()
        return (newest + 1, ()) if newest + 1 in fits else (None, tuple(fits))

    @cached_property
    def _named_years(self) -> set[int]:
        """The years that names end with ("PKH Appreciation Day 2017")."""
        words = self.words
        return {
            int(words.text[at])
            for at in words.numerals
            if len(words.text[at]) == 4
            and words.text[at].isdecimal()
            and words.text[at - 1][:1].isupper()
            and not words.starts_sentence(at - 1)
            and words.cue("date_unit", at + 1) is None
        }

    def _year_from_publication(self, part: Part, fits: list[int], future: bool, raw: Raw) -> int | None:
        """The year that puts the day nearest before the publication (after it, where it is announced)."""
        assert self.published is not None
        options = []
        for year in (self.published.year - 1, self.published.year, self.published.year + 1):
            found = _day(part, year)
            if found is None:
                continue
            distance = (found - self.published).days
            late = distance > 1 and not future
            mismatch = raw.weekday is not None and year not in fits and abs(distance) > CLOSE
            options.append((late and distance > 180, mismatch, late, abs(distance), year))
        return min(options)[-1] if options else None


def _day(part: Part, year: int) -> datetime.date | None:
    """The day as the calendar has it, in that year."""
    return day(year, part.month or 0, part.day or 0)


def _other_years(raws: list[Raw], readings: list[Reading]) -> Iterable[int]:
    for raw, reading in zip(raws, readings, strict=True):
        if reading.role in ("law", "background", "plan", "deadline") or reading.announced:
            continue
        if raw.form in ("year", "years", "month") and raw.first.year:
            last = raw.last.year if raw.last and raw.last.year else raw.first.year
            yield from range(raw.first.year, last + 1)
