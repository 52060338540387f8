"""Venues: halls, hotels, offices and open places as places of an event."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.dates.values import KEY as DATES
from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.context import AND, AT, CALENDAR, GREATER
from pkh_extract.annotating.places.values import Venue
from pkh_extract.gazetteer import load_gazetteer, normalise
from pkh_extract.gazetteer.names import VILLAGE_WORDS

if TYPE_CHECKING:
    from pkh_extract.annotating.places.context import Context, Part

LONGEST = 18
LEVELS = ("kec", "kab", "kel", "desa", "kota", "prov")  # misspelt level words too
UNTYPED = 3  # words of a venue that no type word tells
TAKEN = ("place_level", "place_office", "place_organisation", "place_venue")
BACK = 6
REACH = 14  # tokens from a venue that opens the sentence to the verb that says it was used
LINKS = VILLAGE_WORDS | {
    "dan", "setempat", "milik", "salah", "satu", "kantor", "dinas", "desa", "kecamatan", "kelurahan", "kabupaten",
    "kota", "camat", "lurah", "bupati", "lantai", "rapat", "pertemuan", "serbaguna", "utama", "sebelah", "warga",
    "balai", "nagari", "provinsi", "hotel", "gedung", "aula", "sosial", "sekretariat", "kompleks", "komplek",
    "hall", "ruang", "convention", "center", "ballroom", "walikota", "gubernur", "dinsos", "kerja", "kpm",
    "keuchik", "kapanewon", "distrik", "wali",
    "pemkab", "pemkot", "pemda", "pemprov", "pemdes", "setda", "bersama",
    "serba", "guna", "umum", "kawasan", "belakang", "depan", "samping", "parkir", "lama", "baru", "besar", "kecil",
    "i", "ii", "iii", "iv", "ll", "lll",
}  # fmt: skip
ROOM = {"ruang", "ruangan"}
ROOMS = {  # right behind "ruang"
    "aspirasi", "komisi", "fraksi", "pola", "tamu", "tunggu", "pelayanan", "transit", "kelas", "data", "media", "lobi",
    "operasional", "praktik", "perpustakaan", "sidang", "paripurna", "kepala", "asisten", "sekda",
}  # fmt: skip
APOSTROPHES = {"'", "’", "`"}
SMALLEST = {"rt", "rw"}
HOUSE = {"rumah", "kediaman"}
HOUSEHOLDERS = {
    "pendamping", "koordinator", "kepala", "kader", "ibu", "bapak", "bu", "pak", "haji", "hj",
    "pkh", "dusun", "desa", "lurah", "tokoh", "adat",
}  # fmt: skip
INITIALS = 3  # letters of a title or initials: "RA. Anu", "H. Itu"
INNER = {"dan", "komplek", "kompleks", "kawasan", "lama", "baru", "besar", "kecil"}  # they build a name and close none
LEADS = AT | {"didalam", "dalam", "halaman", "depan", "ke"}
BEFORE_TYPE = {"satu", "salah", "lantai", "sebelah", "depan", "eks", "bekas"}
AFTER = {"pada", "kemarin", "selama"}
GLUE = {"-", "'", "’", "/", "&"}
PREPOSITION = {"di", "bertempat", "dalam", "tempatnya", "lokasinya", "bertempatan", "berlokasi"}
USED = {
    "dipakai", "digunakan", "menjadi", "jadi", "dipadati", "dipenuhi", "dipilih", "disulap", "didatangi", "diserbu",
    "dibanjiri", "disesaki", "diwarnai", "disambangi", "dikunjungi", "ditinjau", "memanas", "membeludak", "membludak",
    "meriah", "ramai", "riuh", "sesak", "digeruduk", "dikepung", "diduduki", "didemo", "dikerumuni", "diluruk",
}  # fmt: skip
DWELLERS = {"warga", "penerima", "kpm", "keluarga", "para", "masyarakat", "penduduk", "mereka", "peserta", "pkh"}
SITE = {
    "tempat",
    "tempatnya",
    "lokasi",
    "lokasinya",
}  # "Tempat peluncuran itu Aula Anu", "Lokasinya adalah Balai Desa Itu"
NAMING, SITED = {"itu", "adalah", "ialah", "yakni", "yaitu", ":"}, 8  # … and how many tokens may lead to such a word
GLUED = "di"  # written as one with a type word ("diaula"); no type word begins so itself


def _behind(lower: list[str], word: str) -> list[int]:
    """The tokens right behind a word."""
    found, at = [], -1
    for _ in range(lower.count(word)):
        at = lower.index(word, at + 1)
        found.append(at + 1)
    return found


def find_venues(context: Context, places: dict[int, int]) -> list[tuple[Cue, Venue]]:
    """Venues in text order; each is led by "di" or its like, or begins with a capital. ``places``: where the
    document's begin and end."""
    finder = _Finder(context, places)
    found: list[tuple[Cue, Venue]] = []
    taken: set[int] = set()
    behind = 0  # where the last venue ends
    if finder.cues:
        inside = {i for part in context.parts for i in range(part.start + 1, part.end)}
        for cue in finder.cues:
            if cue.start < behind or cue.start in inside:  # "Desa Pasar Baru" is no market
                continue
            start, end = finder.start(cue), finder.end(cue)
            if finder.located(start, end) and finder.is_name(start, end, cue):
                rule, name = context.rules[cue.id_], finder.written(start, end)
                value = Venue(name, located=True, borrows=rule.borrows, away=rule.away)
                found.append((Cue(context.tokens, start, end, "venue", cue.id_), value))
                taken.update(range(start, end))
                behind = end
    untyped = [
        (Cue(context.tokens, start, end, "venue", rule), Venue(finder.written(start, end), located=True, sure=False))
        for start, end, rule in finder.untyped()
        if taken.isdisjoint(range(start, end))
    ]
    return sorted([*found, *untyped], key=lambda venue: venue[0].start) if untyped else found


class _Finder:
    """Reads the venues of one document around their cues."""

    def __init__(self, context: Context, places: dict[int, int]) -> None:
        self.doc, self.tokens, self.length = context.doc, context.tokens, context.length
        self.openers, self.dateline = context.openers, context.dateline
        self.places = places
        self.parts, self.visited = context.parts, context.visited
        self.cues = cues(context.doc, "place_venue")
        self.types = {cue.start: cue.end for cue in self.cues}  # where type words begin and end
        self.part_starts = {part.start: part for part in context.parts}  # where finer parts of addresses begin

    def untyped(self) -> Iterator[tuple[int, int, str]]:
        """Names without a type word, with a rule: "di La Rosa Lembang," (it ends with a place), "di Jalan Mawar,"."""
        words = self.tokens.words
        for start in _behind(self.tokens.lower, "di"):
            street = self._street(start)
            if street is not None:
                yield start, street.end, street.rule
                continue
            if start >= self.length or not words[start].capital or start in self.places:
                continue
            end = self._words_end(start)
            if end - start < UNTYPED:
                continue
            end = next((i for i in range(start, end) if i in self._cued), end)
            if end - start < UNTYPED or not self._closed(end) or words[start].lower.startswith(LEVELS):
                continue
            last, gazetteer = normalise(words[end - 1].text), load_gazetteer()
            if last == GREATER:
                continue  # "di Bolaang Mongondow Raya" is a region
            if last in gazetteer.names or last in gazetteer.districts:
                yield start, end, "place_venue.untyped"

    def _words_end(self, start: int) -> int:
        """Where the capitalised words of a sentence that begin at a token end, but for days and months."""
        words, end = self.tokens.words, start
        while end < self.length and words[end].is_alpha and words[end].capital:
            if words[end].lower in CALENDAR or end in self.openers:
                break
            end += 1
        return end

    @cached_property
    def dateline_ends(self) -> set[int]:
        """The marks that close datelines."""
        return {i + 1 for i in self.dateline if i + 1 not in self.dateline}

    def _street(self, i: int) -> Part | None:
        """The street's name that begins at token ``i``."""
        part = self.part_starts.get(i)
        return part if part is not None and part.rule == "place_part.street" else None

    @cached_property
    def _cued(self) -> set[int]:
        """The tokens that are part of something else."""
        taken = {i for family in TAKEN for cue in cues(self.doc, family) for i in range(cue.start, cue.end)}
        return taken.union(i for part in self.parts for i in range(part.start, part.end))

    def _closed(self, end: int) -> bool:
        """Does the name stand at the end of its phrase?"""
        if end >= self.length:
            return True
        after = self.tokens.words[end]
        return after.is_punct or after.is_space or after.lower in CALENDAR or after.lower in AFTER

    def written(self, start: int, end: int) -> str:
        """The venue's words, spaces made single, without a "di" glued to them."""
        text = " ".join(self.tokens.between(start, end).split())
        return text.removeprefix(self.tokens.text[start][: len(GLUED)]) if self._glued(start) else text

    def _glued(self, start: int) -> bool:
        """Does a type word with "di" before it, written as one, begin here?"""
        return start in self.types and self.tokens.lower[start].startswith(GLUED)

    def start(self, cue: Cue) -> int:
        """A name before its type ("Rocky Plaza Hotel") begins further left, after the preposition."""
        words, start = self.tokens.words, cue.start
        i = start - 1
        while i >= max(start - BACK, 0) and (words[i].capital or words[i].is_digit or words[i].text == "-"):
            if i in self.openers:
                break
            i -= 1
        if i >= 0 and words[i].lower in LEADS and i + 1 < start:
            return i + 1
        while start > 0 and words[start - 1].lower in BEFORE_TYPE:
            start -= 1
        return start

    def located(self, start: int, end: int) -> bool:
        """Does a preposition of place lead up to it, or a verb say that it was used?"""
        lower = self.tokens.lower
        if self._glued(start):
            return True
        opens = start in self.openers or (start > 0 and start - 1 in self.dateline_ends)
        reach = REACH if opens else 3
        for i in range(end, min(end + reach, self.length)):
            if i in self.openers:
                break
            if lower[i] in USED:
                return True
        i = start - 1
        if i < 0:
            return False
        if lower[i] == "dalam" and i > 0:
            i -= 1
        told = lower[i] in NAMING and not SITE.isdisjoint(lower[max(0, i - SITED) : i])
        return told or lower[i] in PREPOSITION or self.visited(i)

    def _past_types(self, i: int) -> int:
        """Past further type words ("pelataran pasar Hadakewa", "halaman kantor pos")."""
        while i in self.types:
            i = self.types[i]
        return i

    def end(self, cue: Cue) -> int:
        """Where the venue's name ends: capitalised words, numerals and the words that build such names."""
        words = self.tokens.words
        end = i = self._past_types(cue.end)
        limit = min(i + LONGEST, self.length)
        named = False  # an area has been named: a wider one after it is the address
        while i < limit and not self._stops(i):
            if i in self.places and words[i - 1].text != ",":
                if named:
                    break
                named = True
                i = end = self.places[i]
                continue
            if i in self.part_starts:
                named = True
                street = self._street(i)
                if street is not None and street.end > i + 1:  # past the point of "Jl."
                    i = end = street.end
                    continue
            step = self._step(cue, i)
            if step is None:
                break
            i, closes = step
            end = i if closes else end
        return end

    def _stops(self, i: int) -> bool:
        """Does what stands here belong to no name: a blank line, a day, the next sentence, the smallest parts of an
        address, or a number of people who were there too ("Pendopo Anu dan 64 KPM")?"""
        words = self.tokens.words
        people = words[i].is_digit and words[i - 1].lower in AND
        return words[i].is_space or self._dated(i) or i in self.openers or words[i].lower in SMALLEST or people

    def _step(self, cue: Cue, i: int) -> tuple[int, bool] | None:
        """The token after what stands at ``i``, if it belongs to the name, and whether the name may end there."""
        tokens, words = self.tokens, self.tokens.words
        word, before = words[i], words[i - 1]
        if word.text == "(":
            closing = self._closing(i)
            return None if closing is None else (closing + 1, True)
        if (word.is_alpha and word.capital) or word.is_digit:
            return i + 1, True
        if (i == cue.end and self._small(cue, i)) or self._of_householder(i):
            return i + 1, True
        if word.lower in LINKS or (word.lower in ROOMS and before.lower in ROOM):
            return i + 1, word.lower not in INNER
        glued = not tokens.blank[i - 1]
        if word.text in GLUE and glued and not tokens.blank[i]:
            return i + 1, False
        if before.text in APOSTROPHES and glued and word.is_alpha:
            return i + 1, True  # "Hotel S'anu"
        return (i + 1, False) if self._abbreviated(i) else None  # "Museum RA. Anu"

    def _small(self, cue: Cue, i: int) -> bool:
        """Is it an office's village, in small letters, before its address ("kantor kelurahan anu, Kecamatan …")?"""
        tokens = self.tokens
        return (
            cue.lower[-1] in VILLAGE_WORDS
            and not tokens.words[i].capital
            and tokens.text[i].isalnum()
            and tokens.text[i + 1 : i + 2] == [","]
            and i + 2 in self.places
        )

    def _of_householder(self, i: int) -> bool:
        """Does the word say whose house it is ("rumah pendamping PKH", "rumah Ibu Anu")?"""
        words, at = self.tokens.words, i
        while at > 0 and words[at].lower in HOUSEHOLDERS:
            at -= 1
        return at < i and words[at].lower in HOUSE

    def _abbreviated(self, i: int) -> bool:
        """Is it the point of a title or initials inside a name?"""
        words, blank = self.tokens.words, self.tokens.blank
        if words[i].text != "." or blank[i - 1] or i + 1 >= self.length:
            return False
        short = words[i - 1].capital and len(words[i - 1].text) <= INITIALS
        return short and i + 1 not in self.openers and words[i + 1].capital and words[i + 1].is_alpha

    def _dated(self, i: int) -> bool:
        """Is the token of a day? That of "Lapangan 17 Agustus" is its name."""
        words = self.tokens.words
        return i in self._days or (words[i].lower in CALENDAR and not words[i - 1].is_digit)

    @cached_property
    def _days(self) -> set[int]:
        return {i for span in self.doc.spans.get(DATES, ()) for i in range(span.start, span.end)}

    def _closing(self, i: int) -> int | None:
        """Where the bracket at ``i`` is closed; ``None`` where a number or a day stands in it, no part of a name."""
        words = self.tokens.words
        closing = next((j for j in range(i, min(i + 7, self.length)) if words[j].text == ")"), None)
        return None if closing is None or words[i + 1].is_digit or words[i + 1].lower in CALENDAR else closing

    def is_name(self, start: int, end: int, cue: Cue) -> bool:
        """A bare "rumah" or "kantor" names no venue but with its address or the day ("di Kantor Pos, Kabupaten Anu",
        "di Kantor Pos, Selasa"), and "rumah warga" and "74 rumah" are many houses."""
        words = self.tokens.words
        if words[start].is_digit:
            return False  # "menempel di 74 rumah penerima"
        if end - start <= len(cue):
            written = len(cue) > 1 and words[start].capital and words[end - 1].capital
            if not written or end + 1 >= self.length:
                return False
            if words[end].text != ",":
                return end in self._days
            address = end + 1 in self.places or self._street(end + 1) is not None
            return address or words[end + 1].lower in CALENDAR
        following = self.tokens.lower[cue.end] if cue.end < self.length and cue.end < end else ""
        return not (following in DWELLERS and cue.text.lower() == "rumah")
