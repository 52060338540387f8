"""Reading months, years, clock times, relative words and lengths of time."""

from __future__ import annotations

from pkh_extract.annotating.dates.days import Days
from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.raw import DASHES, OPENERS, Raw
from pkh_extract.annotating.dates.vocabulary import Words
from pkh_extract.annotating.document import Cue

SEVERAL = {"beberapa", "berapa", "sekian", "puluhan"}
MOST_TIMES = 8  # after the first one, joined by dashes


class Spells(Days):
    """Readers of everything that is no single day."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.clocks = words.cues("date_clock")
        self.dayparts = words.cues("date_daypart")
        self.directions = words.cues("date_direction")
        self.numbers = words.cues("date_number")
        self.relatives = words.cues("date_relative")
        self.spans = words.cues("date_span")

    def _modified(self, raw: Raw) -> Raw:
        """Take in a part of the day and words like "kemarin", "lalu", "pekan depan", "tahun ini" behind."""
        end, past, future, week, year = raw.end, False, False, None, None
        for _ in range(3):
            if part := self.dayparts.get(end):
                end = part[0]
            elif shift := self._shift(end, {"pekan", "minggu"}):
                end, week = shift
            elif not raw.first.year and not raw.last and (shift := self._shift(end, {"tahun"})):
                end, year = shift
            elif moved := self._direction(end):
                end, past, future = moved[0], past or moved[1] < 0, future or moved[1] > 0
            else:
                break
        if end == raw.end:
            return raw
        past, future = past or (week or 0) < 0, future or (week or 0) > 0 or (year or 0) > 0
        if raw.is_day and not (past or future) and week is None and year is None:
            end = raw.end  # "malam" behind a full date is no part of it
        return raw._replace(end=end, past=past, future=future, week=week, year_shift=year)

    def _direction(self, position: int) -> tuple[int, int] | None:
        """(end, -1 or 1) of a word behind a date that puts it into the past or the future."""
        word, after = self.lower[position], self.lower[position + 1]
        if word in {"kemarin", "kemaren", "lalu", "silam"}:
            return position + 1, -1
        if word == "yang" and after in {"lalu", "silam"}:
            return position + 2, -1
        if word in {"mendatang", "depan", "nanti", "besok", "esok"}:
            return position + 1, 1
        return None

    def _shift(self, position: int, units: set[str]) -> tuple[int, int] | None:
        """(end, shift) of "pekan lalu" (-1), "tahun ini" (0), "minggu depan" (1) behind a date."""
        if self.lower[position] not in units:
            return None
        shift = {"lalu": -1, "kemarin": -1, "silam": -1, "ini": 0, "depan": 1, "mendatang": 1}
        found = shift.get(self.lower[position + 1])
        return None if found is None else (position + 2, found)

    def _clock(self, position: int) -> Raw | None:
        """ "pukul 14.45 WITA", "10.00 Wib", "jam 9"."""
        before = self.words.ending("date_clock", position)
        end = self._clock_time(position)
        for _ in range(MOST_TIMES):
            if self.text[end] not in DASHES or not self.text[end + 1][:1].isdecimal():
                break
            end = self._clock_time(end + 1)
        after = self.clocks.get(end)
        if after and after[1].get("side") != "before":
            plain = end == position + 1 and self.text[position].isdecimal() and not before
            if not plain or len(self.text[position]) == 4:
                return Raw("clock", position, after[0], cues=(after[2],))
        if before and before[1].get("side") == "before":
            return Raw("clock", position, end, cues=(before[2],))
        return None

    def _clock_time(self, position: int) -> int:
        if self.text[position + 1] == ":" and self.text[position + 2][:2].isdecimal():
            return position + 3
        return position + 1

    def _month(self, position: int) -> Raw | None:
        """ "Juni 2024", "Juli-Agustus 2023", "Juni lalu", "bulan Juni"."""
        found = self.months.get(position)
        if not found:
            return None
        first = self._month_first(position)
        if first is not None:
            return first
        end, rule, cue = found
        number = int(rule["number"])
        cues: tuple[Cue, ...] = (cue,)
        last = None
        year, after = self._year_after(end)
        join = self._join(after)
        other = self.months.get(join) if join is not None else None
        if other and join is not None:
            last_year, end = self._year_after(other[0])
            last, cues = Part(None, int(other[1]["number"]), last_year), (cue, other[2])
            year = year or last_year
        else:
            end = after
        raw = Raw("month", position, end, Part(None, number, year), last, cues=cues)
        if year is None and rule.get("short"):
            return None
        raw = self._modified(raw)
        named = self.words.ending("date_year", position) or self.lower[position - 1] in {"bulan", "bln", "/", ","}
        told = raw.past or raw.future or raw.year_shift is not None or self.lower[end] == "ini"
        if year is None and last is None and not (named or told):
            return None
        return raw

    def _years(self, position: int) -> Raw | None:
        """ "2019" where a word makes it a year; "2018-2023", "2019/2020"."""
        year = self._year_number(position)
        if year is None:
            return None
        after = position + 1
        if self.text[after] in DASHES | {"/"} and (last := self._year_number(after + 1)) and 0 < last - year < 40:
            return Raw("years", position, after + 2, Part(year=year), Part(year=last))
        before = self.words.ending("date_year", position)
        follow = self.lower[after] in {"ini", "lalu", "silam", "mendatang", "nanti", "kemarin"}
        if (unit := self.words.cue("date_unit", after)) and not (before and before[1].get("strong")):
            self.refusals.append(unit[2])
            return None
        if before and before[2].text.lower() == "dan" and self._year_number(before[0] - 1) is None:
            before = None  # "dan 2020" is a year only beside another one
        if not (before or follow or self._after_stage(position)):
            return None
        raw = Raw("year", position, after, Part(year=year), cues=(before[2],) if before else ())
        join = self._join(after)
        last = self._year_number(self._year_words(join)) if join is not None else None
        if before and join is not None and last and 0 < last - year < 40:
            dash = self.joins.get(after)
            if dash and not dash[1].get("loose"):
                return raw._replace(form="years", end=self._year_words(join) + 1, last=Part(year=last))
        return raw

    def _after_stage(self, position: int) -> bool:
        """ "triwulan I 2018", "tahap pertama 2021"."""
        return any(self.words.cue("date_stage", start) for start in range(max(0, position - 4), position - 1))

    def _year_words(self, position: int) -> int:
        found = self.words.cue("date_year", position)
        return found[0] if found else position

    def _relative(self, position: int) -> Raw | None:
        found = self.relatives.get(position)
        if found and (self.lower[position - 1] in SEVERAL or self.words.ending("date_recurring", position)):
            return None  # "beberapa bulan lalu", "setiap akhir pekan"
        counted = self._counted(position)
        if not found or (counted and counted.end > found[0]):
            return counted
        end, rule, cue = found
        words = " ".join(self.lower[at] for at in range(position, end))
        return Raw(
            "relative", position, end, unit=str(rule.get("unit")), offset=rule.get("offset"), words=words,
            part=str(rule.get("part", "")), counted_from=rule.get("counted_from", "published"), cues=(cue,),
        )  # fmt: skip

    def _counted(self, position: int) -> Raw | None:
        """ "dua hari lalu", "3 pekan yang lalu", "sebulan silam", "tiga hari lagi", "sehari sebelumnya"."""
        found = self._spell(position) if self.directions and self.spans else None
        if found is None:
            return None
        number, unit, end, cues = found
        direction = self.directions.get(end)
        if not direction:
            return None
        offset = number * int(direction[1]["sign"])
        words = f"{number} hari yang lalu" if unit == "day" and offset < 0 else ""
        return Raw(
            "relative", position, direction[0], unit=unit, offset=offset, words=words,
            counted_from=direction[1].get("counted_from", "published"), cues=(*cues, direction[2]),
        )  # fmt: skip

    def _spell(self, position: int) -> tuple[int, str, int, tuple[Cue, ...]] | None:
        """(number, unit, end, cues) of "dua hari", "3 (tiga) pekan", "sebulan"."""
        found = self.spans.get(position)
        if found and found[1].get("number"):
            return int(found[1]["number"]), str(found[1].get("unit")), found[0], (found[2],)
        found = self.spans.get(self._behind(position))
        if not found or found[1].get("number"):
            return None
        number = self._number(position)
        if number is None:
            return None
        return number, str(found[1].get("unit")), found[0], (found[2],)

    def _behind(self, position: int) -> int:
        """The position behind a number, also behind its words in brackets: "3 (tiga)", "dua puluh lima"."""
        found = self.numbers.get(position)
        at = found[0] if found else position + 1
        return at + 3 if self.text[at] == "(" and self.text[at + 2] == ")" else at

    def _number(self, position: int) -> int | None:
        text = self.text[position]
        if len(text) <= 2 and text.isdecimal() and text.isascii():
            return int(text)
        found = self.numbers.get(position)
        return int(found[1]["values"][" ".join(found[2].lower)]) if found else None

    def _lasting(self, position: int) -> Raw | None:
        """ "tiga hari", where a word says that something lasted so long."""
        at = self._behind(position)
        if self.lower[at] != "hari":
            return None
        number = self._number(position)
        if number is None or not 1 <= number <= 60:
            return None
        end = at + 1
        cue = self.words.ending("date_length", position)
        behind = self.lower[end]
        if behind in {"ke", "kedepan", "lagi", "kerja", "sebelum", "sebelumnya", "setelah"}:
            return None
        if cue is None and behind not in {
            "berturut",
            "penuh",
            "dimulai",
            "mulai",
            "yakni",
            "yaitu",
            "hingga",
            "sampai",
        } | OPENERS | {","}:
            return None
        if cue is None and not self._dated_length(end):
            return None
        return Raw("length", position, end, length=number, cues=(cue[2],) if cue else ())

    def _dated_length(self, position: int) -> bool:
        """Does a date, or a weekday as the last day, follow the length?"""
        until = self._join(position)
        if until is not None and self._weekday_at(until):
            return True
        return self.day(self._after_length(position), loose=True) is not None

    def _after_length(self, position: int) -> int:
        for _ in range(8):
            if self.text[position] in OPENERS | {",", "-"} or self.lower[position] in {
                "berturut", "turut", "penuh", "dimulai", "yakni", "yaitu",
            }:  # fmt: skip
                position += 1
            elif (moved := self.fillers(position)) != position:
                position = moved
            elif found := self._weekday_at(position):
                position = found[0]
            else:
                break
        return min(position, len(self.words) - 1)
