"""Where date expressions stand and what they literally say. Nothing is completed here (see :mod:`.resolving`)."""

from __future__ import annotations

from pkh_extract.annotating.dates import numeric
from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.raw import CLOSERS, DASHES, OPENERS, Raw
from pkh_extract.annotating.dates.spells import Spells
from pkh_extract.annotating.dates.vocabulary import Found
from pkh_extract.annotating.document import Cue

OPENING = ("date_weekday", "date_relative", "date_span", "date_number", "date_month")

DATED = {"tanggal", "tgl"}
WEEKS = {"beberapa", "berapa", "per", "tengah", "setengah"}  # before "minggu", which is then a week


class Scanner(Spells):
    """Reads one document's words from left to right. An expression begins with a digit or a cue of :data:`OPENING`."""

    def scan(self) -> list[Raw]:
        """All expressions in text order, not overlapping; ranges of two dates are joined."""
        found: list[Raw] = []
        end = 0
        for position in sorted(set(self.words.numerals).union(*map(self.words.cues, OPENING))):
            raw = self.at(position) if position >= end else None
            if raw is not None and raw.end > position:
                found.append(raw)
                end = raw.end
        return [raw for index, raw in enumerate(found) if not self._told_beside(found, index)]

    def _told_beside(self, found: list[Raw], index: int) -> bool:
        """Does a word like "kemarin" only repeat the day by number that stands right beside it?"""
        raw = found[index]
        if raw.form != "relative" or raw.unit != "day" or raw.counted_from == "text":
            return False
        before, after = found[index - 1] if index else None, found[index + 1] if index + 1 < len(found) else None
        dated = self.words.doc._.pkh_published is not None
        if (before is not None and self._glosses(before, raw) and not dated) or (
            after is not None and self._glosses(raw, after) and dated
        ):
            return True
        return (before is not None and before.is_day and self._touch(before.end, raw.start)) or (
            after is not None and after.is_day and self._touch(raw.end, after.start)
        )

    def _glosses(self, said: Raw, gloss: Raw) -> bool:
        """ "hari ini (kemarin)": what was said, and in brackets what it is on the day of publication. The gloss is
        counted from the publication, where there is one, what was said from the other dates of the text."""
        both = said.form == gloss.form == "relative" and said.unit == gloss.unit == "day"
        return both and gloss.start - said.end == 1 and self.text[said.end] in OPENERS

    def _touch(self, start: int, end: int) -> bool:
        return end - start <= 2 and all(self.text[at] in {",", "(", "–", "-"} for at in range(start, end))

    def at(self, position: int) -> Raw | None:
        """The expression that begins here."""
        if self.text[position][:1].isdecimal():
            return self._digits(position)
        raw = self._weekday(position) if position in self.weekdays else None
        if raw is None:
            raw = self._relative(position) or (self._month(position) if position in self.months else None)
        return raw or self._lasting(position)

    # -- weekdays ---------------------------------------------------------------------------------------------

    def _weekday(self, position: int) -> Raw | None:
        found = self._weekday_at(position)
        if found is None or self._counts_weeks(position):
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
                return dated._replace(weekday=last, back=(last - number) % 7)
            return dated
        if again := self._recurring(position) or self.words.cue("date_recurring", end):
            self.refusals.append(again[2])
            return None
        if not self._stands_alone(position):
            return None
        raw = Raw("weekday", position, end, weekday=number, last_weekday=last, eve=self._eve(position), cues=(cue,))
        if self._is_week(raw):
            return None
        return self._modified(raw)

    def _counts_weeks(self, position: int) -> bool:
        """Is it the "minggu" of "dua minggu, mulai 6 Maret"?"""
        if self.text[position] != "minggu":
            return False
        before = self.lower[position - 1]
        return before in WEEKS or before.isdecimal() or self.words.ending("date_number", position) is not None

    def _recurring(self, position: int) -> Found | None:
        """The word that makes a weekday one of many: "setiap Senin", also "setiap Senin dan Kamis"."""
        for _ in range(4):
            if every := self.words.ending("date_recurring", position):
                return every
            if not (self.joins.get(position - 1) and self.weekdays.get(position - 2)):
                return None
            position -= 2
        return None

    def _stands_alone(self, position: int) -> bool:
        """Is a weekday without a number written as one? Some are names of people too ("Abdul Ahad")."""
        before = self.text[position - 1]
        found = self.weekdays.get(position)
        named = found and found[1].get("name") and before[:1].isupper() and not self.words.starts_sentence(position)
        return not named and (self.text[position][:1].isupper() or before.lower() == "hari")

    def _eve(self, position: int) -> bool:
        """ "malam Minggu": the night that leads to Sunday; not "Selasa malam, Minggu", not "tadi malam"."""
        before = self.weekdays.get(position - 2)
        return self.lower[position - 1] == "malam" and self.lower[position - 2] != "tadi" and not before

    def _is_week(self, raw: Raw) -> bool:
        """ "Minggu" as week: "Minggu ini", "Minggu kedua", unless "hari" stands before."""
        word = self.lower[raw.start]
        if word != "minggu" or self.lower[raw.start - 1] == "hari":
            return False
        after, before = self.lower[raw.end], self.text[raw.start - 1]
        if after in {"lalu", "kemarin"} and self.words.starts_sentence(raw.start):
            return True  # its capital letter says nothing
        return after in {"ini", "depan", "pertama", "kedua", "ketiga", "keempat", "ke", "sekali"} or before.isdecimal()

    def _dated(self, start: int, after: int, number: int, cue: Cue) -> Raw | None:
        """The weekday with the day by number behind it: "Rabu (3/12/2025)", "Jumat, 25/11", "Senin 2 Maret"."""
        at, opened = after, False
        for _ in range(6):
            part = self.dayparts.get(at) or self.filling.get(at)
            if part:
                at = part[0]
            elif self.lower[at] in {"kemarin", "lalu", "yang", "wib", "ini"} or self.text[at] in {
                ",",
                "/",
                "-",
                "–",
            }:
                at += 1
            elif self.text[at] in OPENERS and not opened:
                at, opened = at + 1, True
            else:
                break
        core = self.day(at, loose=True, led=True) if at < len(self.words) else None
        if core is None:
            return self._slip_behind(start, at, number, cue) if opened else None
        end = core.end
        if opened and self.text[end] in CLOSERS:
            end += 1
        elif opened and self.text[end] in {".", ","} and self.text[end + 1] in CLOSERS:
            end += 2
        raw = core._replace(start=start, end=end, weekday=number, eve=self._eve(start), cues=(cue, *core.cues))
        return self._modified(raw)

    def _slip_behind(self, start: int, at: int, number: int, cue: Cue) -> Raw | None:
        """A weekday whose bracket holds a day that cannot be read ("Rabu (33/12/2025)"): no day at all."""
        if at >= len(self.words) or not numeric.unreadable(self.words.window(at, numeric.WINDOW)):
            return None
        end = next((i + 1 for i in range(at, at + numeric.WINDOW) if self.text[i] in CLOSERS), at)
        return Raw("broken", start, end, weekday=number, cues=(cue,))

    # -- what begins with a digit ------------------------------------------------------------------------------

    def _digits(self, position: int) -> Raw | None:
        if self.clocks and (clock := self._clock(position)) is not None:
            return clock
        raw = self._numeric(position, loose=True)
        if raw is not None and (self._in_code(position) or not self._is_date(raw)):
            raw = None
        raw = raw or self._written(position)
        if raw is not None and self._is_name(raw):
            return None
        if raw is not None:
            return self._weekday_behind(self._modified(raw))
        other = self._years(position) or self._counted(position) or self._lasting(position)
        return other or self._day_alone(position)

    def _in_code(self, position: int) -> bool:
        """Is the number a later part of a letter's ("02/3/BS.02.01/2020")?"""
        words = self.words
        if not (position > 1 and words.glued(position) and words.glued(position - 1)):
            return False
        return words.text[position - 1] == "/" or (
            words.text[position - 1] == "." and words.text[position - 2].isupper()
        )

    def _is_name(self, raw: Raw) -> bool:
        """Is the day what something is called ("Stadion 17 Mei")? With a year it is a day all the same."""
        if raw.form != "written" or raw.first.year:
            return False
        bearer = self.words.ending("date_name", raw.start)
        if bearer is None or not self.text[bearer[0]][:1].isupper():
            return False
        self.refusals.append(bearer[2])
        return True

    def _is_date(self, raw: Raw) -> bool:
        """Is it a date rather than a fraction? With a year it is; day and month alone are where their place says so."""
        if raw.first.year or raw.form == "broken" or self._named(raw.start):
            return True
        return self._in_bracket(raw.start) or self._in_dateline(raw.start) or self._to_full(raw)

    def _named(self, position: int) -> bool:
        """Does "tanggal" lead to it?"""
        before = self.lower[position - 1]
        return before in DATED or (before == "." and self.lower[position - 2] == "tgl")

    def _in_bracket(self, position: int) -> bool:
        """ "(13/9)": a bracket of its own right behind, or glued to, a word."""
        if self.text[position - 1] not in OPENERS:
            return False
        return any(self.text[end] in CLOSERS for end in range(position + 3, position + 6))

    def _to_full(self, first: Raw) -> bool:
        """ "30/5 - 3/6/2017": the year stands with the last day."""
        if first.form != "numeric":
            return False
        join = self.joins.get(first.end)
        last = self._numeric(self.fillers(join[0]), loose=False) if join and not join[1].get("loose") else None
        return last is not None and last.form == "numeric"

    def _in_dateline(self, position: int) -> bool:
        """ "Medan, 25/1 (Kantor Berita) -": a few words into a paragraph, behind a comma, before a bracket or dash."""
        if self.text[position - 1] != "," or not self.text[position - 2][:1].isupper():
            return False
        first = position
        while first > 0 and position - first < 7 and not self.words.is_break(first - 1):
            first -= 1
        opens = first == 0 or self.words.is_break(first - 1)
        return opens and self.text[position + 3] in OPENERS | DASHES

    def _weekday_behind(self, raw: Raw) -> Raw:
        """ "3 Maret 2020 (Selasa)"."""
        at = raw.end
        found = self._weekday_at(at + 1)
        if found and self.text[at] in OPENERS and self.text[found[0]] in CLOSERS:
            return raw._replace(end=found[0] + 1, weekday=found[1], cues=(*raw.cues, found[2]))
        return raw

    def _day_alone(self, position: int) -> Raw | None:
        """ "tanggal 21": a day whose month stands elsewhere; it is no count, and no date by itself."""
        number = self._day_number(position) if self._named(position) else None
        return None if number is None else Raw("written", position, position + 1, Part(day=number))
