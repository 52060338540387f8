"""The words around the numbers of one document, by where they begin or end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.numbers.component import placed
from pkh_extract.annotating.programs.mentions import OTHER, mentions
from pkh_extract.annotating.tables import cells
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.numbers.values import Placed
    from pkh_extract.annotating.tokens import Tokens

VERB = 4  # letters that a verb has more than
MOTHER = "ibu"
ACCOMPANIED = {"didampingi", "didampingin", "didampinginya"}
SORTS = {"anak", "balita", "bayi", "ibu", "disabilitas", "difabel", "penyandang", "siswa"}
ABBREVIATION = range(2, 7)  # letters
COMPONENTS = 8  # tokens between two numbers of a list of components
MEASURES = {"kpm_measure.unserved", "kpm_measure.removed", "kpm_measure.graduated", "kpm_measure.no_longer"}


class Surroundings:
    """Built once a document; all positions are token indices. What only some documents need is looked up when first
    asked for."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.tokens = doc, tokens_of(doc)
        self.lower, self.words = self.tokens.lower, self.tokens.words
        self.sentence, self.starts = self.tokens.sentence, self.tokens.opens
        money = doc.spans.get("pkh_money", ())
        self.money = {at for span in money for at in range(span.start, span.end)}
        inside = {at for start, end in self.programmes.items() if end - start > 1 for at in range(start, end)}
        self.others = {cue.start: cue for cue in cues(doc, "figure_other")}
        nouns = [
            noun
            for noun in cues(doc, "people_role", "kpm_unit")
            if (noun.start not in inside or noun.end - 1 not in inside)  # "Program Keluarga …"
            and not (self.lower[noun.end - 1] == MOTHER and self._other_mothers(noun))
        ]
        self.nouns = Nearby(_with_abbreviations(self.tokens, nouns))
        self.noun_at = {noun.start: noun for noun in reversed(self.nouns.spans)}  # the longest that begins there
        self.classifiers = {cue.start: cue for cue in cues(doc, "figure_classifier")}
        self.totals = {cue.end: cue for cue in cues(doc, "figure_total")}
        self.opening = {cue.start: cue for cue in self.totals.values()}
        self.anaphors = Nearby(cues(doc, "figure_anaphor"))
        self.anaphor_ends = {cue.start: cue.end for cue in self.anaphors.spans}
        self.bounds = {cue.end: cue.start for cue in cues(doc, "number_bound_before")}
        self.cells = cells(doc)

    @cached_property
    def numbers(self) -> list[Placed]:
        """The numbers that may count."""
        return [count for count in placed(self.doc) if not count.number.blocked]

    @cached_property
    def comings(self) -> Nearby:
        """What tells that people came."""
        return Nearby(cues(self.doc, "people_attend"))

    @cached_property
    def supposals(self) -> Nearby:
        """The words that make a number one that is only supposed."""
        return Nearby(cues(self.doc, "figure_supposed"))

    @cached_property
    def reported(self) -> dict[int, Cue]:
        """Where "kalau" only says "that" -> what says so."""
        return {cue.end - 1: cue for cue in cues(self.doc, "figure_reported")}

    @cached_property
    def number_ends(self) -> dict[int, int]:
        """First token of each such number -> the token after it."""
        return {count.start: count.end for count in self.numbers}

    @cached_property
    def number_starts(self) -> list[int]:
        """The first tokens of those numbers, in text order."""
        return list(self.number_ends)

    @cached_property
    def noun_ends(self) -> set[int]:
        """The tokens behind nouns."""
        return {noun.end for noun in self.nouns.spans}

    @cached_property
    def links(self) -> dict[int, Cue]:
        """The words that link a noun and its number, by the token after them."""
        return {cue.end: cue for cue in cues(self.doc, "figure_link")}

    @cached_property
    def breaks(self) -> dict[int, Cue]:
        """The words before which nothing counted stands; there are more of them than of any others."""
        return {cue.start: cue for cue in cues(self.doc, "figure_break")}

    @cached_property
    def detailing(self) -> dict[int, Cue]:
        """The words that announce details ("rincian"), by the token after them."""
        return {cue.end: cue for cue in cues(self.doc, "figure_parts")}

    @cached_property
    def measures(self) -> Nearby:
        """What befell the counted, so that a number before it needs no noun."""
        return Nearby([cue for cue in cues(self.doc, "kpm_measure") if cue.id_ in MEASURES])

    @cached_property
    def other_ends(self) -> dict[int, Cue]:
        """The words for people of no interest by the token after them."""
        return {cue.end: cue for cue in self.others.values()}

    @cached_property
    def programmes(self) -> dict[int, int]:
        """The first token of each programme named -> the token after it."""
        return {named.start: named.end for part in mentions(self.doc) for named in part.found if named.code != OTHER}

    def among_components(self, count: Placed) -> bool:
        """Is the number one of a list of those for whom households get aid ("3.100 anak SD, 900 lansia dan 120
        disabilitas")? It counts persons of a sort, no recipients."""
        low = bisect_left(self.number_starts, count.start - COMPONENTS)
        near = self.number_starts[low : bisect_right(self.number_starts, count.start + COMPONENTS)]
        ends = (self.number_ends[start] for start in near if self.sentence[start] == self.sentence[count.start])
        return any(end in self.others and self.others[end].lower[0] in SORTS for end in ends)

    def before_bound(self, start: int) -> int:
        """The token after the noun or link, passing back over "sekitar", "kurang lebih" and the like."""
        while start in self.bounds:
            start = self.bounds[start]
        return start

    def accompanied(self, count: Placed) -> bool:
        """Are they who look after recipients ("1.252 KPM di kota itu didampingi oleh 59 orang")?"""
        at = self.before_bound(count.start) - 1
        while at > 0 and self.lower[at] in {"oleh", "sebanyak", "sejumlah"}:
            at -= 1
        if at < 0 or self.lower[at] not in ACCOMPANIED:
            return False
        first = self.starts[self.sentence[count.start]]
        return any(noun.label_ == "kpm_unit" and noun.end <= at for noun in self.nouns.between(first, at))

    def _other_mothers(self, noun: Cue) -> bool:
        """Does a noun that ends in "ibu" mean a capital ("ibu kota") or those for whom aid is given ("ibu hamil")?"""
        other = self.others.get(noun.start)
        capital = self.lower[noun.end : noun.end + 1] in (["kota"], ["negara"])
        return capital or (other is not None and other.end > noun.end)

    def passive(self, i: int) -> bool:
        """Is token ``i`` a verb in the passive ("sebanyak 32 dicatat dinas telah graduasi")?"""
        return self.lower[i : i + 1] != [] and self.lower[i].startswith("di") and len(self.lower[i]) > VERB

    def ends_phrase(self, i: int) -> bool:
        """Does nothing counted stand at token ``i``: a mark, a function word, the end?"""
        return i >= len(self.words) or not self.words[i].is_alpha or i in self.breaks


def _with_abbreviations(tokens: Tokens, nouns: list[Cue]) -> list[Cue]:
    """The nouns, and the abbreviations that the article makes of them: "Keluarga Miskin (KM) … 2.318 KM"."""
    made: dict[str, Cue] = {}
    text, last = tokens.text, len(tokens) - 3
    bracketed = [noun for noun in nouns if noun.end <= last and text[noun.end] == "(" and text[noun.end + 2] == ")"]
    if not bracketed:
        return nouns
    known = {noun.start for noun in nouns}
    for noun in bracketed:
        word = text[noun.end + 1]
        if word.isalpha() and word.isupper() and len(word) in ABBREVIATION and noun.end + 1 not in known:
            made.setdefault(word, noun)
    if not made:
        return nouns
    more = [
        Cue(tokens, at, at + 1, made[word].label_, made[word].id_)
        for at, word in enumerate(text)
        if word in made and at not in known
    ]
    return sorted([*nouns, *more], key=lambda noun: (noun.start, -noun.end))
