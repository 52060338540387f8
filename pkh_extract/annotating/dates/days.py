"""Reading days by number: in digits, with a written month, as lists and ranges of days in one month."""

from __future__ import annotations

from pkh_extract.annotating.dates import numeric
from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.raw import Raw
from pkh_extract.annotating.dates.values import Form, day
from pkh_extract.annotating.dates.vocabulary import Words
from pkh_extract.annotating.document import Cue


class Days:
    """Readers of days; each takes a position and gives what begins there."""

    def __init__(self, words: Words) -> None:
        self.words, self.text, self.lower = words, words.text, words.lower
        self.refusals: list[Cue] = []  # cues for which something was no date
        self.months = words.cues("date_month")
        self.weekdays = words.cues("date_weekday")
        self.joins = words.cues("date_join")
        self.filling = words.cues("date_filler")

    def day(self, position: int, loose: bool = False, led: bool = False) -> Raw | None:
        """A day by number, digits or written out, without its weekday. ``loose``: day/month alone is enough; ``led``: a
        weekday leads to it."""
        if not self.text[position][:1].isdecimal():
            return self._month_first(position)
        return self._numeric(position, loose, led) or self._written(position)

    def _numeric(self, position: int, loose: bool, led: bool = False) -> Raw | None:
        if not self.text[position][:1].isdecimal() or not self.words.matches(numeric.BEGINS, position):
            return None
        joined = self.words.glued(position) and self.text[position - 1] in {"/", ".", ","}
        if joined and self.words.glued(position - 1) and self.text[position - 2][-1:].isdecimal():
            return None  # the middle of a longer number
        window = self.words.window(position, numeric.WINDOW)
        found = numeric.read(window, led)
        if found is None:
            return None
        lettered = self.words.glued(position) and self.text[position - 1].isalpha()
        if lettered and "/" not in window[: found.length]:
            return None  # "v2.1.2020"
        end = self.words.at_char(position, found.length)
        if end is None or (found.first.year is None and not found.broken and not loose):
            return None
        form: Form = "broken" if found.broken else "range" if found.last else "numeric"
        return Raw(form, position, end, found.first, found.last, readings=found.readings)

    def _day_number(self, position: int) -> int | None:
        text = self.text[position]
        return int(text) if len(text) <= 2 and text.isdecimal() and text.isascii() and 1 <= int(text) <= 31 else None

    def _written(self, position: int) -> Raw | None:
        first = last = self._day_number(position) if self.months else None
        if first is None:
            return None
        after = position + 1
        for _ in range(6):  # "10, 11 dan 12 Maret": a list of days, of which first and last count
            join = self._join(after)
            number = self._day_number(join) if join is not None else None
            if join is None or number is None or number <= (last or 0):
                break
            last, after = number, join + 1
        turn = self._turn(position, after) if last == first else None
        if turn is not None:
            last, after = turn
        if self.text[after] in {"-", "/", ",", "."} or self.lower[after] in {"bulan", "bln"}:
            after += 1
        month, broken = self.months.get(after), False
        if not month and (slip := self._slip(after)) is not None:
            after, month, broken = slip, self.months.get(slip), True
        if not month:
            return None
        number = int(month[1]["number"])
        year, end = self._year_after(month[0])
        if broken:
            return Raw("written", position, end, Part(first, number, year), open_end=True, cues=(month[2],))
        part = Part(first, number, year)
        if last == first:
            return Raw("written", position, end, part, cues=(month[2],))
        if turn is not None:
            part = Part(first, (number - 2) % 12 + 1, year - 1 if year and number == 1 else year)
            if day(part.year or 2000, part.month or 1, first) is None:
                return None
        return Raw("range", position, end, part, Part(last, number, year), cues=(month[2],))

    def _turn(self, position: int, after: int) -> tuple[int, int] | None:
        """(last day, end) of "tanggal 20 hingga 1 Maret": the first day lies in the month before."""
        joined = self.joins.get(after)
        if not joined:
            return None
        led = self.words.ending("date_filler", position) or self.words.ending("date_weekday", position)
        if not led or joined[1].get("loose"):
            return None
        at = self.fillers(joined[0])
        number = self._day_number(at)
        return (number, at + 1) if number is not None and number < int(self.text[position]) else None

    def _slip(self, position: int) -> int | None:
        """The month's position where the last day of a range is unreadable: "6 s/d & April 2021"."""
        join = self._join(position)
        slip = self.text[join] if join is not None else ""
        if join is None or slip[:1].isalnum() or slip.isspace() or join + 1 not in self.months:
            return None
        return join + 1

    def _month_first(self, position: int) -> Raw | None:
        """ "September 18, 2020", as content systems write it."""
        month = self.months.get(position)
        if not month or (number := self._day_number(month[0])) is None or self.text[month[0] + 1] != ",":
            return None
        year, end = self._year_after(month[0] + 1)
        if year is None:
            return None
        return Raw("written", position, end, Part(number, int(month[1]["number"]), year), cues=(month[2],))

    def _year_number(self, position: int) -> int | None:
        text = self.text[position]
        return (
            int(text) if len(text) == 4 and text.isdecimal() and text.isascii() and "1945" <= text <= "2099" else None
        )

    def _year_after(self, position: int) -> tuple[int | None, int]:
        """(year, end) of the year behind a month; (None, position) where none stands there."""
        at = position
        if self.text[at] in {"-", "/", ",", "."} or self.lower[at] in {"tahun", "thn", "th"}:
            at += 1
        if self.lower[at] in {"tahun", "thn", "th"}:
            at += 1
        year = self._year_number(at)
        if year is not None and not (self.text[at - 1] == "." and self.words.cue("date_unit", at + 1)):
            return year, at + 1
        text = self.text[at + 1]
        if self.text[at] in {"'", "’", "‘"} and len(text) == 2 and text.isdecimal():
            return 2000 + int(text), at + 2
        return None, position

    def _join(self, position: int) -> int | None:
        """The position behind a joining word (and fillers), ``None`` where none stands here."""
        join = self.joins.get(position)
        if not join:
            return None
        again = self.joins.get(join[0]) if self.text[position] == "," else None  # ", dan"
        return self.fillers(again[0] if again else join[0])

    def fillers(self, position: int, most: int = 4) -> int:
        """The position behind words like "tanggal", "pada hari"."""
        for _ in range(most):
            if filler := self.filling.get(position):
                position = filler[0]
            elif self.lower[position + 1] in {"tanggal", "tgl"} and self.text[position].islower():
                position += 1  # a misspelt word between: "sampai dengat tanggal"
            else:
                break
        return position

    def _weekday_at(self, position: int) -> tuple[int, int, Cue] | None:
        found = self.weekdays.get(position)
        if not found:
            return None
        return found[0], int(found[1]["number"]), found[2]
