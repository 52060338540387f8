"""What stands around a name: level words, offices, villages, prepositions, datelines."""

from __future__ import annotations

import bisect
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from pkh_extract.annotating.document import title_end
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.dateline import dateline_tokens
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.gazetteer import normalise
from pkh_extract.gazetteer.names import word_key

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.payload import Payloads
    from pkh_extract.gazetteer import Gazetteer

ROLES = {"koordinator", "korkab", "korkot", "katimkab"}
SAID = "event.statement.said"
AT = {"di", "pada", "bertempat", "wilayah", "sekitar", "kawasan", "daerah", "lingkungan", "lingkup"}
FROM = {"dari", "asal"}
TO = {"ke", "menuju", "kepada"}
VISITED = {
    "mengunjungi", "mendatangi", "meninjau", "menyambangi", "berkunjung", "bertolak", "bertandang", "kunjungan",
    "kunjungannya", "lawatannya",
    "memadati", "memenuhi", "menyerbu", "menggeruduk", "geruduk", "menduduki", "mengepung", "datangi", "padati",
    "mendominasi", "membanjiri", "menyesaki", "meramaikan", "kunker", "lawatan", "melawat", "blusukan", "sidak",
    "anjangsana", "bertamu", "singgah",
}  # fmt: skip
GONE_TO = VISITED | {"turun", "terjun", "menuju", "datang", "berdatangan"}  # these with "ke" alone
VISITS = VISITED | TO
VISIT_WORDS = {
    "kerja", "kerjanya", "kunker", "lapangan", "langsung", "(", ")", "resmi", "spesifik", "mendadak", "singkat",
    "silaturahmi", "monitoring", "reses", "kembali", "lagi", "perdana", "nya", "juga", "monev", "balasan", "kehormatan",
}  # fmt: skip
VISIT_REACH = 5  # of them between a visit and its "ke"
WHOLE = {"seluruh", "segenap", "semua", "se", "seantero"}
AND = {"dan", "serta", "&", "maupun", "/"}
CALENDAR = {
    "senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad", "januari", "februari", "maret",
    "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
}  # fmt: skip
SHORT = 6  # letters of words that keep a small letter in headlines ("untuk", "dengan"), at most
GREATER = "raya"  # behind a name: the region around it
OFFICE_REACH = 14
PART_REACH = 16
LONGEST_PART = 5  # words of a village's or street's name that the register does not know
LONGEST_NAME = 8  # tokens of a name, marks counted
ADDRESS_WORDS = {"rt", "rw", "kampung", "kp", ",", "/", ".", *AND}  # between the finer parts of an address
STOPS = {".", ":"}
REGENCIES = {"kota", "kabupaten", "province", "regency"}
JOINED = {"/", "dan", "atau"}  # "Kabupaten/Kota"
IN_NAME = {"-", "'", "’", "`"}
GLUE = {"-", "'", "’", "`", "/", "."}
SHORT = 4  # letters of a word that is abbreviated with a full stop inside a name
NEAR = 8  # tokens between a verb of holding and the place it governs


class Prefix(NamedTuple):
    """A level word right before a name."""

    cue: Cue
    hint: str


class Part(NamedTuple):
    """A name below or beside the register with its word ("Desa Anu", "Jalan Anu"): tokens ``start:end``, the name
    from ``name_start`` on, the ``rule`` of the word."""

    start: int
    name_start: int
    end: int
    rule: str


class Context:
    """Cues of one document, indexed by token."""

    def __init__(self, doc: Doc, rules: Payloads, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.tokens = tokens_of(doc)
        self.length = len(self.tokens)
        self.openers = frozenset(self.tokens.opens)  # of sentences
        self.rules = rules
        self.gazetteer = gazetteer
        self.by_end: dict[int, Cue] = {}
        self.by_start: dict[int, Cue] = {}
        self.level_cues: list[Cue] = []
        self.heads: dict[int, Cue] = {}  # last token of an office, venue or organisation cue -> cue
        self.offices = cues(doc, "place_office")
        in_office = {i for cue in self.offices for i in range(cue.start, cue.end)}
        for cue in cues(doc, "place_level"):
            if cue.start not in in_office:
                self.level_cues.append(cue)
                self.by_end[cue.end] = cue
                self.by_start[cue.start] = cue
        for cue in (*self.offices, *cues(doc, "place_organisation"), *cues(doc, "place_venue")):
            last = cue.end - 1
            if last not in self.heads or self.heads[last].start <= cue.start:  # of two that end here the later one
                self.heads[last] = cue
        self.part_tokens: dict[int, Cue] = {}
        self.spelt: dict[str, str | None] = {}  # misspelt names looked up -> what they stand for
        self.parts: list[Part] = []  # villages, streets, rivers with their names, in text order
        parts = [cue for cue in cues(doc, "place_part") if self._is_part(cue)]
        self.cue_tokens = {i: cue.id_ for cue in (*parts, *self.level_cues) for i in range(cue.start, cue.end)}
        for cue in parts:
            self._block(cue)
        self.dateline = dateline_tokens(doc)

    def visited(self, i: int) -> bool:
        """Does token ``i`` lead to a place that was visited ("mengunjungi", "kunjungan kerja (kunker) ke")?"""
        lower = self.tokens.lower
        if i < 0 or (word := lower[i]) not in VISITS:
            return False
        if word in VISITED:
            return True
        at = i - 1
        while at > max(0, i - VISIT_REACH) and lower[at] in VISIT_WORDS and lower[at] not in GONE_TO:
            at -= 1
        return at >= 0 and lower[at] in GONE_TO

    @cached_property
    def capitalised_title(self) -> bool:
        """Does every longer word of the headline begin with a capital, so that a capital tells no name?"""
        end = title_end(self.doc)
        inside = range(bisect.bisect_left(self.tokens.starts, end))
        longer = [word for at in inside if (word := self.tokens.words[at]).is_alpha and len(word.text) > SHORT]
        return bool(longer) and all(word.capital for word in longer)

    @cached_property
    def outlets(self) -> dict[int, Cue]:
        """The names of papers and their like, by first token."""
        return {cue.start: cue for cue in cues(self.doc, "place_outlet") if self.tokens.words[cue.start].capital}

    @cached_property
    def said(self) -> set[int]:
        """Where verbs of saying begin."""
        return {cue.start for cue in cues(self.doc, "event") if cue.id_ == SAID}

    @cached_property
    def civil(self) -> set[str]:
        """The levels, kota or kabupaten, whose heads or offices the text names."""
        told = (cue for cue in (*self.offices, *cues(self.doc, "place_level")) if not self._role(cue))
        named = (self.rules[cue.id_] for cue in told)
        return {rule.level for rule in named if rule.civil and rule.level in {"kota", "kabupaten"}}

    def _role(self, cue: Cue) -> bool:
        """Small letters make "koordinator kabupaten" a role that each regency has, no office of this one."""
        return cue.lower[0] in ROLES and not self.tokens.words[cue.start].capital

    @cached_property
    def head_starts(self) -> set[int]:
        """Where offices, venues and organisations begin."""
        return {cue.start for cue in self.heads.values()}

    def _is_part(self, cue: Cue) -> bool:
        """A word that names a village only in some provinces, and a town or the state elsewhere ("Lembang", "Negeri"),
        must be followed by the name of such a village."""
        rule = self.rules[cue.id_]
        if not rule.only_there:
            return True
        if cue.end >= self.length or not self.tokens.words[cue.end].capital:
            return False
        homes = rule.homes or ()
        ends = range(cue.end + 1, min(cue.end + 4, self.length) + 1)
        names = (normalise(self.tokens.between(cue.end, end)) for end in ends)
        return any(code.startswith(homes) for name in names for code in self.gazetteer.villages.find(name))

    def _block(self, cue: Cue) -> None:
        """The name after "Desa" and its like: that of a registered village, or capitalised words up to the next level
        word."""
        if cue.start in self.part_tokens or cue.start in self.by_end:
            return  # inside a name: "Kecamatan Simpang Kramat", "Kelurahan Pasar Gunung"
        first = self._past_brackets(self.after_stop(cue.end))
        if first >= self.length:
            return
        village = self.rules[cue.id_].village
        end = self._village_end(first) if village else None
        if end is None and first not in self.by_start:
            end = self._words_end(first)
            if village and end > first + 1 and self._is_place(first + 1, end):
                end = first + 1  # "Desa Anu Karangasem"
        if end is not None and end > first and first not in self.openers:
            self.part_tokens.update(dict.fromkeys(range(first, end), cue))
            self.parts.append(Part(cue.start, first, end, cue.id_))

    def _past_brackets(self, i: int) -> int:
        """Past an abbreviation in brackets, or the bracket that closes one ("Kepala Desa (Kades) Anu")."""
        text = self.tokens.text
        if i < self.length and text[i] == ")":
            return i + 1
        if i < self.length and text[i] == "(":
            closing = range(i + 1, min(i + 4, self.length))
            return next((j + 1 for j in closing if text[j] == ")"), i)
        return i

    def _words_end(self, first: int) -> int:
        i = first
        while i < min(first + LONGEST_PART, self.length) and self.is_word(i) and self.opens_name(i):
            if i > first and (i in self.cue_tokens or self.tokens.lower[i] in CALENDAR):
                break
            i += 1
        return i

    def _village_end(self, first: int) -> int | None:
        """Where the longest village's name ends that begins at ``first`` ("Desa Bugbug Karangasem", "Desa Pagar Gunung
        Kecamatan …"); a "Kota" that opens the next name closes none."""
        ends = self.name_ends(first)
        keys = self.keys(first, ends[-1]) if ends else []
        for end in reversed(ends):
            if self.is_level(end - 1, "kota", "kabupaten") and any(self._is_place(end, i) for i in self.name_ends(end)):
                continue
            if not self.gazetteer.villages.find(keys[end - first - 1]):
                continue
            alone = end == first + 1 and self._goes_on(end)  # "Desa Suka Anu" is not Suka
            return None if alone and not self._is_place(end, self._words_end(end)) else end
        return None

    def _goes_on(self, end: int) -> bool:
        """Does a capitalised word follow that may belong to the name?"""
        free = end < self.length and end not in self.cue_tokens and self.is_word(end)
        return free and self.opens_name(end) and self.tokens.lower[end] not in CALENDAR

    def name_ends(self, first: int) -> list[int]:
        """Where a name that begins at token ``first`` may end: after each capitalised word or numeral, and after what
        is glued to one ("Gale-gale", "To'yasa Akung", "T. Jambo Aye")."""
        ends: list[int] = []
        tokens = self.tokens
        for i in range(first, min(first + LONGEST_NAME, self.length)):
            word = tokens.words[i]
            glued = i > first and not tokens.blank[i - 1]
            if word.is_space or (i > first and i in self.openers):
                break
            if word.text in GLUE and i > first:
                if word.text == "." and len(tokens.text[i - 1]) > SHORT:
                    break
            elif self.opens_name(i) or (glued and word.is_alpha and tokens.text[i - 1] in GLUE):
                ends.append(i + 1)
            else:
                break
        return ends

    def keys(self, first: int, end: int) -> list[str]:
        """The names, normalised, that begin at token ``first``: of one token, of two, and so on up to ``end``."""
        return list(accumulate(map(word_key, self.tokens.text[first:end])))

    def _is_place(self, start: int, end: int) -> bool:
        return normalise(self.tokens.between(start, end)) in self.gazetteer.names

    def village_names(self) -> list[str]:
        """The names after words that mean a village everywhere."""
        rules = [self.rules[part.rule] for part in self.parts]
        return [
            self.tokens.between(part.name_start, part.end)
            for part, rule in zip(self.parts, rules, strict=True)
            if rule.village and not rule.homes
        ]

    def blocked(self, i: int) -> bool:
        """Is the token part of a village's, street's or river's name?"""
        return i in self.part_tokens

    def levels(self, *levels: str) -> list[Cue]:
        """The level words of some levels."""
        return [cue for cue in self.level_cues if self.rules[cue.id_].level in levels]

    def is_level(self, i: int, *levels: str) -> bool:
        """Does a level word of one of these levels begin at the token?"""
        cue = self.by_start.get(i)
        return cue is not None and self.rules[cue.id_].level in levels

    def is_cue(self, i: int, but: str = "") -> bool:
        """Is the token a level word or a word like Desa (``but``: a rule whose words do not count)?"""
        rule = self.cue_tokens.get(i)
        return rule is not None and rule != but

    def is_word(self, i: int) -> bool:
        """A token that a name may contain."""
        text = self.tokens.text[i]
        return text.isalnum() or text in IN_NAME

    def opens_name(self, i: int) -> bool:
        """A capitalised word or a number ("Jalan 12", "Desa Sukamaju 2")."""
        word = self.tokens.words[i]
        return word.capital or word.is_digit

    def after_stop(self, i: int) -> int:
        """Past the full stop or colon of an abbreviation, not past a sentence's end ("kata camat. Senin …")."""
        more = i + 1 < self.length and i + 1 not in self.openers
        return i + 1 if more and self.tokens.text[i] in STOPS else i

    def level_before(self, i: int) -> Prefix | None:
        """The level word right before token ``i``, with what it says."""
        cue = self.by_end.get(i - 1 if i > 0 and self.tokens.text[i - 1] == "." else i)
        if cue is None or (level := self.rules[cue.id_].level) is None or level not in REGENCIES:
            return None
        before = cue.start - 1
        if level == "kota" and before >= 0 and self.tokens.lower[before] == "ibu":
            return None  # "ibu kota Negara"
        if before > 0 and self.tokens.lower[before] in JOINED and self.by_end.get(before) is not None:
            return Prefix(cue, "regency")
        return Prefix(cue, level)

    def next_in_list(self, end: int) -> int | None:
        """Where the next item of a list begins that goes on at token ``end``."""
        i, tokens = end, self.tokens
        if i < self.length and tokens.text[i] in {",", ";", "/"}:
            i += 1
        if i < self.length and tokens.lower[i] in AND:
            i += 1
        return i if end < i < self.length and not tokens.words[i].is_space else None

    def past_parts(self, i: int) -> int:
        """Left over the finer parts of an address ("di Desa Anu RT 2, Kecamatan …") to what leads up to them."""
        if not self.part_tokens:
            return i
        j, crossed, lower = i, False, self.tokens.lower
        while j >= 0 and i - j < PART_REACH:
            if j in self.part_tokens:
                j, crossed = self.part_tokens[j].start - 1, True
            elif lower[j] in ADDRESS_WORDS or self.tokens.words[j].is_digit:
                j -= 1
            else:
                break
        return j if crossed else i
