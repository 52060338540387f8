"""Where date expressions stand and what they literally say. Nothing is completed here (see :mod:`.resolving`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Span

from pkh_extract.annotating.dates import numeric
from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.values import Form
from pkh_extract.annotating.dates.vocabulary import Words

OPENERS, CLOSERS = {"(", "[", "{"}, {")", "]", "}"}
DASHES = {"-", "–", "—"}
UNCASED = {"minggu", "sunday", "ahad"}


NOTHING = Part()


@dataclass(frozen=True)
class Raw:
    """One expression as written; ``start`` and ``end`` are positions in :class:`Words`.

    ``unit`` and ``offset`` belong to relative words, ``length`` (days) to "tiga hari"; ``past`` says that a word like
    "kemarin" or "lalu" stands behind it, ``future`` that "mendatang" or the like does.
    """

    form: Form
    start: int
    end: int
    first: Part = NOTHING
    last: Part | None = None
    weekday: int | None = None
    last_weekday: int | None = None
    unit: str = ""
    offset: int | None = None
    words: str = ""
    length: int | None = None
    readings: tuple[Part, ...] = ()
    past: bool = False
    future: bool = False
    weeks: int = 0
    back: int = 0
    open_end: bool = False
    until_weekday: int | None = None
    cues: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def is_day(self) -> bool:
        """Does it name a day by number?"""
        return self.form in ("numeric", "written", "range", "broken")


class Scanner:
    """Reads one document's words from left to right."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.refusals: list[Span] = []  # cues for which something was no date

    def scan(self) -> list[Raw]:
        """All expressions in text order, not overlapping; ranges of two dates are joined."""
        found: list[Raw] = []
        position = 0
        while position < len(self.words):
            raw = self.at(position)
            if raw is not None and raw.end > position:
                found.append(raw)
                position = raw.end
            else:
                position += 1
        return found

    def at(self, position: int) -> Raw | None:
        """The expression that begins here."""
        token = self.words.tokens[position]
        if token.text[:1].isdigit():
            return self._digits(position)
        return self._weekday(position) or self._relative(position) or self._month(position) or self._length(position)

    # -- days -------------------------------------------------------------------------------------------------

    def day(self, position: int, loose: bool = False) -> Raw | None:
        """A day by number, digits or written out, without its weekday. ``loose``: day/month alone is enough."""
        if not self.words.text(position)[:1].isdigit():
            return self._month_first(position)
        return self._numeric(position, loose) or self._written(position)

    def _numeric(self, position: int, loose: bool) -> Raw | None:
        if self.words.glued(position) and self.words.text(position - 1) in {"/", ".", ","}:
            return None  # the middle of a longer number
        found = numeric.read(self.words.window(position, numeric.WINDOW))
        if found is None:
            return None
        end = self.words.at_char(position, found.length)
        if end is None or (found.first.year is None and not found.broken and not loose):
            return None
        form: Form = "broken" if found.broken else "range" if found.last else "numeric"
        return Raw(form, position, end, found.first, found.last, readings=found.readings)

    def _day_number(self, position: int) -> int | None:
        text = self.words.text(position)
        return int(text) if text.isdigit() and text.isascii() and len(text) <= 2 and 1 <= int(text) <= 31 else None

    def _written(self, position: int) -> Raw | None:
        first = last = self._day_number(position)
        if first is None:
            return None
        after = position + 1
        for _ in range(6):  # "10, 11 dan 12 Maret": a list of days, of which first and last count
            join = self._join(after)
            number = self._day_number(join) if join is not None else None
            if join is None or number is None or number <= (last or 0):
                break
            last, after = number, join + 1
        if self.words.text(after) in {"-", "/", ",", "."} or self.words.lower(after) in {"bulan", "bln"}:
            after += 1
        month, broken = self.words.cue("date_month", after), False
        if not month and (slip := self._slip(after)) is not None:
            after, month, broken = slip, self.words.cue("date_month", slip), True
        if not month:
            return None
        number = int(month[1].get("number"))
        year, end = self._year_after(month[0])
        if broken:
            return Raw("written", position, end, Part(first, number, year), open_end=True, cues=(month[2],))
        part = Part(first, number, year)
        if last == first:
            return Raw("written", position, end, part, cues=(month[2],))
        return Raw("range", position, end, part, Part(last, number, year), cues=(month[2],))

    def _slip(self, position: int) -> int | None:
        """The month's position where the last day of a range is unreadable: "6 s/d & April 2021"."""
        join = self._join(position)
        if join is None or self.words.text(join)[:1].isalnum() or not self.words.cue("date_month", join + 1):
            return None
        return join + 1

    def _month_first(self, position: int) -> Raw | None:
        """ "September 18, 2020", as content systems write it."""
        month = self.words.cue("date_month", position)
        if not month or (number := self._day_number(month[0])) is None or self.words.text(month[0] + 1) != ",":
            return None
        year, end = self._year_after(month[0] + 1)
        if year is None:
            return None
        return Raw("written", position, end, Part(number, int(month[1].get("number")), year), cues=(month[2],))

    def _year_number(self, position: int) -> int | None:
        text = self.words.text(position)
        return int(text) if len(text) == 4 and text.isdigit() and text.isascii() and "1945" <= text <= "2099" else None

    def _year_after(self, position: int) -> tuple[int | None, int]:
        """(year, end) of the year behind a month; (None, position) where none stands there."""
        at = position
        if self.words.text(at) in {"-", "/", ",", "."} or self.words.lower(at) in {"tahun", "thn", "th"}:
            at += 1
        if self.words.lower(at) in {"tahun", "thn", "th"}:
            at += 1
        year = self._year_number(at)
        if year is not None and not (self.words.text(at - 1) == "." and self.words.cue("date_unit", at + 1)):
            return year, at + 1
        text = self.words.text(at + 1)
        if self.words.text(at) in {"'", "’", "‘"} and len(text) == 2 and text.isdigit():
            return 2000 + int(text), at + 2
        return None, position

    def _join(self, position: int) -> int | None:
        """The position behind a joining word (and fillers), ``None`` where none stands here."""
        join = self.words.cue("date_join", position)
        if not join:
            return None
        return self.fillers(join[0])

    def fillers(self, position: int, most: int = 4) -> int:
        """The position behind words like "tanggal", "pada hari"."""
        for _ in range(most):
            filler = self.words.cue("date_filler", position)
            if filler:
                position = filler[0]
            elif self.words.lower(position + 1) in {"tanggal", "tgl"} and self.words.text(position).islower():
                position += 1  # a misspelt word between: "sampai dengat tanggal"
            else:
                break
        return position

    # -- weekdays ---------------------------------------------------------------------------------------------

    def _weekday_at(self, position: int) -> tuple[int, int, Span] | None:
        found = self.words.cue("date_weekday", position)
        if not found:
            return None
        return found[0], int(found[1].get("number")), found[2]

    def _weekday(self, position: int) -> Raw | None:
        found = self._weekday_at(position)
        if found is None:
            return None
        every = self.words.ending("date_recurring", position)
        if every:
            self.refusals.append(every[2])
            return None
        end, number, cue = found
        last: int | None = None
        join = self._join(end)
        if join is not None and (other := self._weekday_at(join)):
            last, end = other[1], other[0]
        dated = self._dated(position, end, number, cue)
        if dated is not None:
            if last is not None and dated.last is None and dated.form != "range":
                # "Senin hingga Rabu (7/3)": the day by number is the last one
                return replace(dated, weekday=last, back=(last - number) % 7)
            return dated
        title = self.words.tokens[position].text[:1].isupper() or self.words.lower(position - 1) == "hari"
        if again := self.words.cue("date_recurring", end):
            self.refusals.append(again[2])
            return None
        if not title:
            return None
        raw = Raw("weekday", position, end, weekday=number, last_weekday=last, cues=(cue,))
        if self._is_week(raw):
            return None
        return self._modified(raw)

    def _is_week(self, raw: Raw) -> bool:
        """ "Minggu" as week: "Minggu ini", "Minggu kedua", unless "hari" stands before."""
        word = self.words.lower(raw.start)
        if word != "minggu" or self.words.lower(raw.start - 1) == "hari":
            return False
        after, before = self.words.lower(raw.end), self.words.text(raw.start - 1)
        return after in {"ini", "depan", "pertama", "kedua", "ketiga", "keempat", "ke", "sekali"} or before.isdigit()

    def _dated(self, start: int, after: int, number: int, cue: Span) -> Raw | None:
        """The weekday with the day by number behind it: "Rabu (3/12/2025)", "Jumat, 25/11", "Senin 2 Maret"."""
        at, opened = after, False
        for _ in range(6):
            part = self.words.cue("date_daypart", at) or self.words.cue("date_filler", at)
            if part:
                at = part[0]
            elif self.words.lower(at) in {"kemarin", "lalu", "yang", "wib", "ini"} or self.words.text(at) in {
                ",",
                "/",
                "-",
                "–",
            }:
                at += 1
            elif self.words.text(at) in OPENERS and not opened:
                at, opened = at + 1, True
            else:
                break
        core = self.day(at, loose=True) if at < len(self.words) else None
        if core is None:
            return None
        end = core.end
        if opened and self.words.text(end) in CLOSERS:
            end += 1
        elif opened and self.words.text(end) in {".", ","} and self.words.text(end + 1) in CLOSERS:
            end += 2
        raw = replace(core, start=start, end=end, weekday=number, cues=(cue, *core.cues))
        return self._modified(raw)

    def _modified(self, raw: Raw) -> Raw:
        """Take in a part of the day and words like "kemarin", "lalu", "mendatang" behind."""
        end, past, future, weeks = raw.end, False, False, 0
        for _ in range(3):
            part = self.words.cue("date_daypart", end)
            word = self.words.lower(end)
            week = word in {"pekan", "minggu"} and self.words.lower(end + 1)
            if part:
                end = part[0]
            elif week in ("lalu", "kemarin"):
                end, past, weeks = end + 2, True, -1
            elif week == "depan":
                end, future, weeks = end + 2, True, 1
            elif word in {"kemarin", "kemaren", "lalu", "silam"}:
                end, past = end + 1, True
            elif word == "yang" and self.words.lower(end + 1) in {"lalu", "silam"}:
                end, past = end + 2, True
            elif word in {"mendatang", "depan", "nanti", "besok", "esok"}:
                end, future = end + 1, True
            else:
                break
        if raw.is_day and not (past or future):
            end = raw.end  # "malam" behind a full date is no part of it
        return replace(raw, end=end, past=past, future=future, weeks=weeks)

    # -- what begins with a digit ------------------------------------------------------------------------------

    def _digits(self, position: int) -> Raw | None:
        clock = self._clock(position)
        if clock is not None:
            return clock
        named = self.words.lower(position - 1) in {"tanggal", "tgl"} or (
            self.words.text(position - 1) == "." and self.words.lower(position - 2) == "tgl"
        )
        raw = self.day(position, loose=named or self._in_bracket(position))
        if raw is not None:
            if self.words.text(raw.start - 1) in OPENERS and self.words.text(raw.end) in CLOSERS:
                tail = self._modified(replace(raw, end=raw.end + 1))
                raw = replace(raw, past=tail.past, future=tail.future)
            return self._weekday_behind(self._modified(raw))
        return self._years(position) or self._length(position) or self._day_alone(position, named)

    def _in_bracket(self, position: int) -> bool:
        """ "(13/9)": a bracket of its own right behind, or glued to, a word."""
        if self.words.text(position - 1) not in OPENERS:
            return False
        return any(self.words.text(end) in CLOSERS for end in range(position + 3, position + 6))

    def _weekday_behind(self, raw: Raw) -> Raw:
        """ "3 Maret 2020 (Selasa)"."""
        at = raw.end
        found = self._weekday_at(at + 1)
        if found and self.words.text(at) in OPENERS and self.words.text(found[0]) in CLOSERS:
            return replace(raw, end=found[0] + 1, weekday=found[1], cues=(*raw.cues, found[2]))
        return raw

    def _day_alone(self, position: int, named: bool) -> Raw | None:
        """ "tanggal 21": a day whose month stands elsewhere; it is no count, and no date by itself."""
        number = self._day_number(position)
        if not named or number is None:
            return None
        return Raw("written", position, position + 1, Part(day=number))

    def _clock(self, position: int) -> Raw | None:
        """ "pukul 14.45 WITA", "10.00 Wib", "jam 9"."""
        before = self.words.ending("date_clock", position)
        end = self._clock_time(position)
        after = self.words.cue("date_clock", end)
        while self.words.text(end) in DASHES and self.words.text(end + 1)[:1].isdigit():
            end = self._clock_time(end + 1)
            after = self.words.cue("date_clock", end)
        if after and after[1].get("side") != "before":
            plain = end == position + 1 and self.words.text(position).isdigit() and not before
            if not plain or len(self.words.text(position)) == 4:
                return Raw("clock", position, after[0], cues=(after[2],))
        if before and before[1].get("side") == "before":
            return Raw("clock", position, end, cues=(before[2],))
        return None

    def _clock_time(self, position: int) -> int:
        if self.words.text(position + 1) == ":" and self.words.text(position + 2)[:2].isdigit():
            return position + 3
        return position + 1

    # -- months, years -----------------------------------------------------------------------------------------

    def _month(self, position: int) -> Raw | None:
        """ "Juni 2024", "Juli-Agustus 2023", "Juni lalu", "bulan Juni"."""
        first = self._month_first(position)
        if first is not None:
            return first
        found = self.words.cue("date_month", position)
        if not found:
            return None
        end, rule, cue = found
        number = int(rule.get("number"))
        cues: tuple[Span, ...] = (cue,)
        last = None
        year, after = self._year_after(end)
        join = self._join(after)
        other = self.words.cue("date_month", join) if join is not None else None
        if other and join is not None:
            last_year, end = self._year_after(other[0])
            last, cues = Part(None, int(other[1].get("number")), last_year), (cue, other[2])
            year = year or last_year
        else:
            end = after
        raw = Raw("month", position, end, Part(None, number, year), last, cues=cues)
        if year is None and rule.get("short"):
            return None
        raw = self._modified(raw)
        named = self.words.ending("date_year", position) or self.words.lower(position - 1) in {"bulan", "bln", "/", ","}
        if year is None and last is None and not (named or raw.past or raw.future or self.words.lower(end) == "ini"):
            return None
        return raw

    def _years(self, position: int) -> Raw | None:
        """ "2019" where a word makes it a year; "2018-2023", "2019/2020"."""
        year = self._year_number(position)
        if year is None:
            return None
        after = position + 1
        if self.words.text(after) in DASHES | {"/"} and (last := self._year_number(after + 1)) and 0 < last - year < 40:
            return Raw("years", position, after + 2, Part(year=year), Part(year=last))
        before = self.words.ending("date_year", position)
        follow = self.words.lower(after) in {"ini", "lalu", "silam", "mendatang", "nanti", "kemarin"}
        if (unit := self.words.cue("date_unit", after)) and not (before and before[1].get("strong")):
            self.refusals.append(unit[2])
            return None
        if not (before or follow or self._after_stage(position)):
            return None
        raw = Raw("year", position, after, Part(year=year), cues=(before[2],) if before else ())
        join = self._join(after)
        last = self._year_number(self._year_words(join)) if join is not None else None
        if before and join is not None and last and 0 < last - year < 40:
            dash = self.words.cue("date_join", after)
            if dash and not dash[1].get("loose"):
                return replace(raw, form="years", end=self._year_words(join) + 1, last=Part(year=last))
        return raw

    def _after_stage(self, position: int) -> bool:
        """ "triwulan I 2018", "tahap pertama 2021"."""
        return any(self.words.cue("date_stage", start) for start in range(max(0, position - 4), position - 1))

    def _year_words(self, position: int) -> int:
        found = self.words.cue("date_year", position)
        return found[0] if found else position

    # -- relative words and lengths ------------------------------------------------------------------------------

    def _relative(self, position: int) -> Raw | None:
        found = self.words.cue("date_relative", position)
        if not found:
            return self._ago(position)
        end, rule, cue = found
        words = " ".join(self.words.lower(at) for at in range(position, end))
        return Raw(
            "relative", position, end, unit=str(rule.get("unit")), offset=rule.get("offset"), words=words, cues=(cue,)
        )

    def _ago(self, position: int) -> Raw | None:
        """ "dua hari lalu", "3 hari yang lalu"."""
        number = self._number(position)
        if number is None or self.words.lower(position + 1) != "hari":
            return None
        at = position + 2 + (self.words.lower(position + 2) == "yang")
        if self.words.lower(at) not in {"lalu", "silam"}:
            return None
        return Raw("relative", position, at + 1, unit="day", offset=-number, words=f"{number} hari yang lalu")

    def _number(self, position: int) -> int | None:
        text = self.words.text(position)
        if text.isdigit() and text.isascii() and len(text) <= 2:
            return int(text)
        found = self.words.cue("date_number", position)
        return int(found[1].get("number")) if found else None

    def _length(self, position: int) -> Raw | None:
        """ "tiga hari", where a word says that something lasted so long."""
        ago = self._ago(position)
        if ago is not None:
            return ago
        number = self._number(position)
        if number is None or not 1 <= number <= 60:
            return None
        at = position + 1
        if self.words.text(at) == "(" and self.words.text(at + 2) == ")":
            at += 3
        if self.words.lower(at) != "hari":
            return None
        end = at + 1
        cue = self.words.ending("date_length", position)
        behind = self.words.lower(end)
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
            if self.words.text(position) in OPENERS | {",", "-"} or self.words.lower(position) in {
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
