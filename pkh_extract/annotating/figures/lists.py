"""Lists in running text: places, each with its number."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.figures.surroundings import Surroundings

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.numbers.values import Placed

RUN = 25  # tokens between two entries of one list
NAME = 6  # tokens of a place's name
LEVELS = {
    "kecamatan", "kec", "desa", "kelurahan", "kel", "kabupaten", "kab", "kota", "distrik", "kapanewon", "kemantren",
    "nagari", "gampong", "pekon", "kampung", "kalurahan", "negeri", "provinsi", "prov", "dusun", "lembang",
}  # fmt: skip
PERIODS = {"tahap", "triwulan", "semester", "termin", "gelombang", "kuartal", "caturwulan", "periode"}
DATING = PERIODS | {
    "depan", "kemarin", "tahun", "ini", "lalu", "pada", "untuk", ":", ",", "i", "ii", "iii", "iv", "pertama", "kedua",
    "ketiga",
}  # fmt: skip
PLACED = {"di", "untuk", "pada"}
TOLD = 5  # tokens that may say which of those counted are meant
APOSTROPHES = {"'", "’", "`"}


class Lists(Surroundings):
    """What belongs to a list."""

    @cached_property
    def entries(self) -> Counter[int]:
        """Sentence -> how many entries of a list it holds."""
        return Counter(self.sentence[start] for start in self.items)

    @cached_property
    def items(self) -> set[int]:
        """Numbers that are entries of a list: a name before each ("Banjarmasin 7, Banjarbaru 5, Banjar 7"), three or
        more of them in a row, or two with the level of the place said."""
        runs: list[list[tuple[int, bool]]] = []
        last = 0
        for count in self.numbers:
            if count.start in self.money or count.number.written == "words":
                continue
            plain = count.end in self.noun_at or count.end in self.classifiers or self.ends_phrase(count.end)
            named, levelled = self._name_before(count.start) if plain else (False, False)
            if not named:
                continue
            if not runs or count.start - last > RUN:
                runs.append([])
            runs[-1].append((count.start, levelled))
            last = count.end
        listed = [run for run in runs if len(run) >= 3 or sum(levelled for _, levelled in run) >= 2]
        return {start for run in listed for start, _ in run}

    def _name_before(self, start: int) -> tuple[bool, bool]:
        """Does a name stand before the number (perhaps with a link between), and is its level said?"""
        i = self.before_bound(start)
        if i > 0 and self.lower[i - 1] == "(" and self._closed(start):
            i -= 1  # "Syiah Kuala (640) dan Ulee Kareng (377)"
        while i in self.links and not self.words[self.links[i].start].capital:
            i = self.links[i].start
        first = i
        while first > 0 and i - first < NAME and self._of_name(first - 1):
            first -= 1
        if first == i:
            return i > 0 and self.lower[i - 1] in LEVELS, False
        levelled = not LEVELS.isdisjoint(self.lower[max(first - 1, 0) : i])
        return levelled or i not in self.noun_ends, levelled

    def _closed(self, start: int) -> bool:
        """Does a bracket close right behind the number (and its noun)?"""
        end = self.number_ends.get(start, start)
        end = self.noun_at[end].end if end in self.noun_at else end
        return end < len(self.lower) and self.lower[end] == ")"

    def is_name(self, start: int, end: int) -> bool:
        """Are these tokens nothing but a name?"""
        return all(self._of_name(at) for at in range(start, end))

    def _of_name(self, at: int) -> bool:
        word, blank = self.words[at], self.tokens.blank
        if word.text in APOSTROPHES or (at and self.lower[at - 1] in APOSTROPHES and not word.numeral):
            return at > 0 and not blank[at - 1]  # "Hu'u", "Ma’u"
        return word.is_alpha and (word.capital or word.lower in LEVELS)

    def leads_list(self, noun: Cue, count: Placed) -> bool:
        """Does the noun open a list whose first entry is the number ("KPM PKH di Kecamatan Mekar 1.204, Kecamatan Jaya
        980 …", "KPM di Kota Anu ada 2.140, sedangkan …")? Nothing but a place and a link stands between."""
        start, end = noun.end, self.before_bound(count.start)
        while end in self.links and not self.words[self.links[end].start].capital:
            end = self.links[end].start
        while start < end and (start in self.programmes or self.lower[start] in {"(", ")"}):
            start = self.programmes.get(start, start + 1)  # "penerima Program Keluarga Harapan (PKH) di …"
        if self._is_period(start, end):
            return True
        if self.lower[start : start + 1] == ["yang"]:  # "KPM yang digraduasi di Desa Anu ada 23"
            start = next((at for at in range(start, min(start + TOLD, end)) if self.lower[at] in PLACED), start)
        if not 1 < end - start <= NAME + 2 or self.lower[start] not in PLACED:
            return False
        return all(self._of_name(at) or self.lower[at] == "," for at in range(start + 1, end))

    def _is_period(self, start: int, end: int) -> bool:
        """Is all between two tokens the time of an entry ("penerima PKH tahun ini: triwulan I 5.130, …")?"""
        said = self.lower[start:end]
        return len(said) <= NAME + 2 and not PERIODS.isdisjoint(said) and self.is_time(start, end)

    def is_time(self, start: int, end: int) -> bool:
        """Do these tokens only name a time?"""
        return all(word in DATING or self.words[at].is_digit for at, word in enumerate(self.lower[start:end], start))
