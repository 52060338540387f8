"""What stands around a name: level words, offices, villages, prepositions, datelines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import new_span
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.dateline import dateline_tokens
from pkh_extract.gazetteer import normalise

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.gazetteer import Gazetteer
    from pkh_extract.rules import RuleSet

AT = {"di", "pada", "bertempat", "wilayah", "sekitar", "kawasan", "daerah", "lingkungan", "lingkup"}
FROM = {"dari", "asal"}
TO = {"ke", "menuju", "kepada"}
VISITED = {
    "mengunjungi", "mendatangi", "meninjau", "menyambangi", "berkunjung", "bertolak", "bertandang", "kunjungan",
    "memadati", "memenuhi", "menyerbu", "menggeruduk", "geruduk", "menduduki", "mengepung", "datangi", "padati",
}  # fmt: skip
WHOLE = {"seluruh", "segenap", "semua", "se", "seantero"}
AND = {"dan", "serta", "&", "maupun", "/"}
CALENDAR = {
    "senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad", "januari", "februari", "maret",
    "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
}  # fmt: skip
OFFICE_REACH = 14
PART_REACH = 16
LONGEST_PART = 5  # words of a village's or street's name that the register does not know
LONGEST_NAME = 8  # tokens of a name, marks counted
GLUE = {"-", "'", "’", "`", "/", "."}
SHORT = 4  # letters of a word that is abbreviated with a full stop inside a name
NEAR = 8  # tokens between a verb of holding and the place it governs


@dataclass(frozen=True)
class Prefix:
    """A level word right before a name."""

    cue: Span
    hint: str


@dataclass(frozen=True)
class Part:
    """A name below or beside the register with its word ("Desa Anu", "Jalan Anu"): tokens ``start:end``, the name
    from ``name_start`` on, the ``rule`` of the word."""

    start: int
    name_start: int
    end: int
    rule: str


class Context:
    """Cues of one document, indexed by token."""

    def __init__(self, doc: Doc, rules: RuleSet, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.rules = rules
        self.gazetteer = gazetteer
        self.by_end: dict[int, Span] = {}
        self.by_start: dict[int, Span] = {}
        self.level_cues: list[Span] = []
        self.heads: dict[int, Span] = {}  # last token of an office, venue or organisation cue -> cue
        parts: list[Span] = []
        named = cues(doc, "place_level", "place_part", "place_office", "place_organisation", "place_venue")
        in_office = {i for cue in named if cue.label_ == "place_office" for i in range(cue.start, cue.end)}
        for cue in named:
            if cue.label_ == "place_level":
                if cue.start in in_office:
                    continue
                self.level_cues.append(cue)
                self.by_end[cue.end] = cue
                self.by_start[cue.start] = cue
            elif cue.label_ == "place_part":
                if self._is_part(cue):
                    parts.append(cue)
            else:
                self.heads[cue.end - 1] = cue
        self.outlets = {cue.start: cue for cue in cues(doc, "place_outlet") if cue.tokens.words[cue.start].capital}
        self.head_starts = {cue.start for cue in self.heads.values()}
        self.part_tokens: dict[int, Span] = {}
        self.spelt: dict[str, str | None] = {}  # misspelt names looked up -> what they stand for
        self.parts: list[Part] = []  # villages, streets, rivers with their names, in text order
        self.cue_tokens = {i: cue.id_ for cue in [*parts, *self.level_cues] for i in range(cue.start, cue.end)}
        for cue in parts:
            self._block(cue)
        self.dateline = dateline_tokens(doc)

    def _is_part(self, cue: Span) -> bool:
        """A word that names a village only in some provinces, and a town or the state elsewhere ("Lembang", "Negeri"),
        must be followed by the name of such a village."""
        rule = self.rules[cue.id_]
        if not rule.get("only_there"):
            return True
        homes = tuple(rule.get("village_in"))
        ends = range(cue.end + 1, min(cue.end + 4, len(self.doc)) + 1)
        names = (normalise(self.doc[cue.end : end].text) for end in ends if self.doc[cue.end].text[:1].isupper())
        return any(code.startswith(homes) for name in names for code in self.gazetteer.villages.find(name))

    def _block(self, cue: Span) -> None:
        """The name after "Desa" and its like: that of a registered village, or capitalised words up to the next level
        word."""
        first = self._past_brackets(self.after_stop(cue.end))
        if cue.start in self.part_tokens or cue.start in self.by_end or first >= len(self.doc):
            return  # inside a name: "Kecamatan Simpang Kramat", "Kelurahan Pasar Gunung"
        end = self._village_end(first) if self.rules[cue.id_].get("village") else None
        if end is None and first not in self.by_start:
            end = self._words_end(first)
            if self.rules[cue.id_].get("village") and end > first + 1 and self._is_place(first + 1, end):
                end = first + 1  # "Desa Anu Karangasem"
        if end is not None and end > first and not self.doc[first].is_sent_start:
            self.part_tokens.update(dict.fromkeys(range(first, end), cue))
            self.parts.append(Part(cue.start, first, end, cue.id_))

    def _past_brackets(self, i: int) -> int:
        """Past an abbreviation in brackets, or the bracket that closes one ("Kepala Desa (Kades) Anu")."""
        if i < len(self.doc) and self.doc[i].text == ")":
            return i + 1
        if i < len(self.doc) and self.doc[i].text == "(":
            closing = range(i + 1, min(i + 4, len(self.doc)))
            return next((j + 1 for j in closing if self.doc[j].text == ")"), i)
        return i

    def _words_end(self, first: int) -> int:
        i = first
        while i < min(first + LONGEST_PART, len(self.doc)) and self.is_word(i) and _opens_name(self.doc[i].text):
            if i > first and (i in self.cue_tokens or self.doc[i].lower_ in CALENDAR):
                break
            i += 1
        return i

    def _village_end(self, first: int) -> int | None:
        """Where the longest village's name ends that begins at ``first`` ("Desa Bugbug Karangasem", "Desa Pagar Gunung
        Kecamatan …"); a "Kota" that opens the next name closes none."""
        for end in reversed(self.name_ends(first)):
            if self.is_level(end - 1, "kota", "kabupaten") and any(self._is_place(end, i) for i in self.name_ends(end)):
                continue
            if not self.gazetteer.villages.find(normalise(self.doc[first:end].text)):
                continue
            alone = end == first + 1 and self._goes_on(end)  # "Desa Suka Anu" is not Suka
            return None if alone and not self._is_place(end, self._words_end(end)) else end
        return None

    def _goes_on(self, end: int) -> bool:
        """Does a capitalised word follow that may belong to the name?"""
        free = end < len(self.doc) and end not in self.cue_tokens and self.is_word(end)
        return free and _opens_name(self.doc[end].text) and self.doc[end].lower_ not in CALENDAR

    def name_ends(self, first: int) -> list[int]:
        """Where a name that begins at token ``first`` may end: after each capitalised word or numeral, and after what
        is glued to one ("Gale-gale", "To'yasa Akung", "T. Jambo Aye")."""
        ends: list[int] = []
        for i in range(first, min(first + LONGEST_NAME, len(self.doc))):
            token = self.doc[i]
            glued = i > first and not self.doc[i - 1].whitespace_
            if token.is_space or (i > first and token.is_sent_start):
                break
            if token.text in GLUE and i > first:
                if token.text == "." and len(self.doc[i - 1]) > SHORT:
                    break
            elif _opens_name(token.text) or (glued and token.is_alpha and self.doc[i - 1].text in GLUE):
                ends.append(i + 1)
            else:
                break
        return ends

    def _is_place(self, start: int, end: int) -> bool:
        return normalise(self.doc[start:end].text) in self.gazetteer.names

    def part_spans(self) -> list[Span]:
        """All parts as spans, without a value."""
        return [new_span(self.doc, part.start, part.end, "place_part", part.rule) for part in self.parts]

    def village_names(self) -> list[str]:
        """The names after words that mean a village everywhere."""
        rules = [self.rules[part.rule] for part in self.parts]
        return [
            self.doc[part.name_start : part.end].text
            for part, rule in zip(self.parts, rules, strict=True)
            if rule.get("village") and not rule.get("village_in")
        ]

    def sentences(self) -> list[int]:
        """Per token the first token of its sentence."""
        firsts, first = [], 0
        for token in self.doc:
            first = token.i if token.is_sent_start else first
            firsts.append(first)
        return firsts

    def blocked(self, i: int) -> bool:
        """Is the token part of a village's, street's or river's name?"""
        return i in self.part_tokens

    def levels(self, level: str) -> list[Span]:
        """The level words of one level."""
        return [cue for cue in self.level_cues if self.rules[cue.id_].get("level") == level]

    def is_level(self, i: int, *levels: str) -> bool:
        """Does a level word of one of these levels begin at the token?"""
        cue = self.by_start.get(i)
        return cue is not None and self.rules[cue.id_].get("level") in levels

    def is_cue(self, i: int, but: str = "") -> bool:
        """Is the token a level word or a word like Desa (``but``: a rule whose words do not count)?"""
        rule = self.cue_tokens.get(i)
        return rule is not None and rule != but

    def is_word(self, i: int) -> bool:
        """A token that a name may contain."""
        token = self.doc[i]
        return not token.is_space and (token.text.isalnum() or token.text in {"-", "'", "’", "`"})

    def after_stop(self, i: int) -> int:
        """Past the full stop or colon of an abbreviation."""
        return i + 1 if i < len(self.doc) and self.doc[i].text in {".", ":"} and i + 1 < len(self.doc) else i

    def level_before(self, i: int) -> Prefix | None:
        """The level word right before token ``i``, with what it says."""
        j = i - 1 if i > 0 and self.doc[i - 1].text == "." else i
        cue = self.by_end.get(j)
        if cue is None:
            return None
        level = self.rules[cue.id_].get("level")
        before = cue.start - 1
        if level not in {"kota", "kabupaten", "province", "regency"}:
            return None
        if level == "kota" and before >= 0 and self.doc[before].lower_ == "ibu":
            return None  # "ibu kota Negara"
        if before > 0 and self.doc[before].lower_ in {"/", "dan", "atau"} and self.by_end.get(before) is not None:
            return Prefix(cue, "regency")
        return Prefix(cue, level)

    def next_in_list(self, end: int) -> int | None:
        """Where the next item of a list begins that goes on at token ``end``."""
        i = end
        if i < len(self.doc) and self.doc[i].text in {",", ";", "/"}:
            i += 1
        if i < len(self.doc) and self.doc[i].lower_ in AND:
            i += 1
        return i if end < i < len(self.doc) and not self.doc[i].is_space else None

    def past_parts(self, i: int) -> int:
        """Left over the finer parts of an address ("di Desa Anu RT 2, Kecamatan …") to what leads up to them."""
        j, crossed = i, False
        while j >= 0 and i - j < PART_REACH:
            token = self.doc[j]
            if j in self.part_tokens:
                j, crossed = self.part_tokens[j].start - 1, True
            elif token.text in {",", "/", "."} or token.is_digit or token.lower_ in {"rt", "rw", "kampung", "kp", *AND}:
                j -= 1
            else:
                break
        return j if crossed else i


def _opens_name(text: str) -> bool:
    """A capitalised word or a number ("Jalan 12", "Desa Sukamaju 2")."""
    return text[:1].isupper() or text.isdigit()
