"""From what is written to calendar days: missing years, weekdays and relative words, with what the article gives.

Nothing is counted from today. What anchors is the publication day, or a date that the article itself carries.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass, field
from typing import NamedTuple

from pkh_extract.annotating.dates.parsing import parse_day, parse_relative
from pkh_extract.annotating.dates.raw import Raw
from pkh_extract.annotating.dates.roles import Reading, Roles
from pkh_extract.annotating.dates.values import DateMention, day, month_days, week_days, year_days
from pkh_extract.annotating.dates.vocabulary import Words
from pkh_extract.annotating.dates.years import Years

DAY = datetime.timedelta(days=1)
YESTERDAY = {"kemarin", "kemaren"}
STALE = datetime.timedelta(days=12)  # a publication day this long after all dates of the text anchors nothing


class Resolved(NamedTuple):
    """An expression with its meaning."""

    raw: Raw
    reading: Reading
    mention: DateMention


@dataclass
class Anchors:
    """Days of the text that relative words may be counted from: all in text order, and the first of a sentence."""

    days: list[datetime.date] = field(default_factory=list)
    by_sentence: dict[int, datetime.date] = field(default_factory=dict)

    @functools.cached_property
    def latest(self) -> datetime.date:
        """The latest of the days."""
        return max(self.days)


class Resolver:
    """Resolves the expressions of one document."""

    def __init__(self, words: Words, raws: list[Raw], published: datetime.date | None) -> None:
        self.words, self.raws, self.published = words, raws, published
        self.roles = Roles(words)
        self.readings = [self.roles.read(raw) for raw in raws]

    @functools.cached_property
    def years(self) -> Years:
        """What the document says about years; asked only for days and months without one."""
        return Years(self.words, self.raws, self.readings, self.published)

    def resolve(self) -> list[Resolved]:
        """All expressions with their meaning, in text order."""
        days: dict[int, DateMention] = {
            index: self._day(raw) for index, raw in enumerate(self.raws) if raw.is_day and not raw.readings
        }
        anchors = self._anchors(days)
        out: list[Resolved] = []
        for index, (raw, reading) in enumerate(zip(self.raws, self.readings, strict=True)):
            mention = days.get(index) or self._other(index, raw, anchors, out)
            mention = mention.at(
                role=reading.role, announced=reading.announced, held=reading.held, past=raw.past, until=reading.until
            )
            if raw.until_offset is not None and mention.start is not None:
                mention = mention.at(end=self._until(raw.until_offset, mention.start, anchors))
            out.append(Resolved(raw, reading, self._come(raw, mention, anchors)))
        return out

    def _until(self, offset: int, start: datetime.date, anchors: Anchors) -> datetime.date | None:
        """The last day of "sejak 3 Mei hingga hari ini"; ``None`` where only the first one is known."""
        today = self.published or (anchors.latest if anchors.days else None)
        end = today + offset * DAY if today is not None else None
        return end if end is not None and end > start else None

    def _come(self, raw: Raw, mention: DateMention, anchors: Anchors) -> DateMention:
        """A day that the publication has reached is no plan, whatever words like "akan" say nearby; neither is a range
        that has begun by the latest day of the text ("sejak 8 Januari hingga 5 Februari mendatang")."""
        if not (mention.announced and mention.role == "plan" and mention.start):
            return mention
        reached = self.published is not None and not raw.future and mention.start <= self.published
        today = self.published or (anchors.latest if anchors.days else None)
        begun = raw.form == "range" and today is not None and mention.start <= today
        return mention.at(announced=False, role="event") if reached or begun else mention

    # -- days ----------------------------------------------------------------------------------------------------

    def _day(self, raw: Raw) -> DateMention:
        if raw.form == "broken" or raw.first.day is None or raw.first.month is None:
            return DateMention(raw.form, weekday=raw.weekday)
        method, year = "explicit", raw.first.year
        open_years: tuple[int, ...] = ()
        if year is None:
            year, open_years = self.years.of(raw, raw.future)
            method = "completed"
        if year is None:
            found = (day(one, raw.first.month, raw.first.day) for one in open_years)
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
            matches = (raw.weekday - raw.eve) % 7 in (start.weekday(), end.weekday())
            matches = matches or raw.weekday in (start.weekday(), end.weekday())
        return DateMention(
            raw.form, start, None if raw.open_end else end, "day", method, raw.weekday, matches  # type: ignore[arg-type]
        )  # fmt: skip

    # -- everything else -----------------------------------------------------------------------------------------

    def _other(self, index: int, raw: Raw, anchors: Anchors, before: list[Resolved]) -> DateMention:
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
        anchor = self._anchor(index, anchors) if raw.counted_from == "published" else self._named_before(raw, before)
        if anchor is None:
            return DateMention(raw.form, method="relative", weekday=raw.weekday)
        if raw.form == "weekday":
            return self._weekday(raw, anchor, exact=anchor == self.published)
        return self._relative(raw, anchor)

    def _anchors(self, days: dict[int, DateMention]) -> Anchors:
        anchors = Anchors()
        for index, mention in days.items():
            anchor = mention.end or mention.start
            if anchor and self.readings[index].role in ("event", "statement"):
                anchors.days.append(anchor)
                anchors.by_sentence.setdefault(self.roles.sentence[self.raws[index].start], anchor)
        return anchors

    def _anchor(self, index: int, anchors: Anchors) -> datetime.date | None:
        """The day that a relative word is counted from."""
        if self.published is not None and not (anchors.days and self.published - anchors.latest > STALE):
            return self.published
        here = anchors.by_sentence.get(self.roles.sentence[self.raws[index].start])
        return here or (anchors.days[0] if anchors.days else None)

    def _named_before(self, raw: Raw, before: list[Resolved]) -> datetime.date | None:
        """The day that "sehari sebelumnya" and "keesokan harinya" count from: the last one named in their sentence or
        the one before it."""
        here = self.roles.sentence[raw.start]
        for one in reversed(before):
            if here - self.roles.sentence[one.raw.start] > 1:
                return None
            mention = one.mention
            if mention.start and mention.precision == "day" and mention.role != "law":
                return mention.end if mention.end and (raw.offset or 0) > 0 else mention.start
        return None

    def _weekday(self, raw: Raw, anchor: datetime.date, exact: bool) -> DateMention:
        """``exact``: the anchor is the publication, so the day lies before it; beside another date of the text it is
        the nearest such day."""
        wanted = ((raw.weekday or 0) - raw.eve) % 7
        if raw.week is not None:
            start = anchor + (wanted - anchor.weekday() + 7 * raw.week) * DAY
        elif raw.future:
            start = anchor + ((wanted - anchor.weekday() - 1) % 7 + 1) * DAY
        else:
            back = (anchor.weekday() - wanted) % 7
            yesterday = self.words.lower[raw.end - 1] in YESTERDAY  # said by a paper that comes out the day after
            if raw.past and back == 0 and (exact or not yesterday):
                back = 7
            if not exact and not raw.past and back > 3:
                back -= 7
            start = anchor - back * DAY
        end = start
        if raw.last_weekday is not None:
            end = start + ((raw.last_weekday - wanted) % 7) * DAY
            if exact and end > anchor and not raw.future and raw.week is None:
                start, end = start - 7 * DAY, end - 7 * DAY
        return DateMention("weekday", start, end, "day", "relative", raw.weekday, None)

    def _relative(self, raw: Raw, anchor: datetime.date) -> DateMention:
        if raw.offset is None:
            return DateMention("relative", method="relative")
        if raw.unit == "day":
            found = parse_relative(raw.words, anchor) if raw.words else None
            start = found or anchor + raw.offset * DAY  # dateparser knows some of the words only
            return DateMention("relative", start, start, "day", "relative")
        if raw.counted_from == "text":
            return DateMention("relative", method="relative")  # "sepekan kemudian" is about a week later
        if raw.unit == "week":
            first, last = week_days(anchor, raw.offset, raw.part)
            return DateMention("relative", first, last, "day", "relative")
        if raw.unit == "month":
            number = anchor.year * 12 + anchor.month - 1 + raw.offset
            first, last = month_days(number // 12, number % 12 + 1)
            return DateMention("relative", first, last, "month", "relative")
        first, last = year_days(anchor.year + raw.offset)
        return DateMention("relative", first, last, "year", "relative")

    def _month(self, raw: Raw) -> DateMention:
        first, last = raw.first, raw.last or raw.first
        year = first.year or last.year
        method = "explicit" if year else "completed"
        if year is None:
            year = self.years.of_month(raw)
        if year is None or first.month is None or last.month is None:
            return DateMention("month", precision="month", method="completed")
        start = month_days(year, first.month)[0]
        last_year = last.year or year
        if last.month < first.month and last_year == year:
            last_year, start = (year, month_days(year - 1, first.month)[0]) if last.year else (year + 1, start)
        return DateMention(
            "month", start, month_days(last_year, last.month)[1], "month", method  # type: ignore[arg-type]
        )  # fmt: skip

    def _broken(self, raw: Raw) -> DateMention:
        """A date with a slip: the one reading that weekday and publication leave, else none."""
        found = []
        for part in raw.readings:
            years = [part.year] if part.year else [self.years.of(Raw("numeric", raw.start, raw.end, part), False)[0]]
            for year in years:
                one = day(year or 0, part.month or 0, part.day or 0)
                if one and one not in found:
                    found.append(one)
        fitting = [one for one in found if raw.weekday is None or one.weekday() == raw.weekday]
        if self.published:
            fitting = [one for one in fitting if abs((self.published - one).days) <= 60] or fitting
        if len(fitting) != 1:
            return DateMention("broken", weekday=raw.weekday, candidates=tuple(found))
        matches = None if raw.weekday is None else True
        left = parse_day(fitting[0].day, fitting[0].month, fitting[0].year)
        return DateMention("broken", left, left, "day", "completed", raw.weekday, matches, candidates=tuple(found))
