"""Small numbers that count no reach of the programme: few who get the aid for show, one group's members, a target."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue, accept
from pkh_extract.annotating.figures.wholes import COUNTING
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.figures.values import Figure
    from pkh_extract.rules import Rule


HANDFUL = 10  # as many people as a reporter meets
COUNTED = COUNTING | {"cuma", "tinggal", "tercatat", "jumlahnya", "total", ":", "="}  # before a number that is a count


class Asides:
    """The cues of family ``kpm_aside`` in one text. ``rules``: those of the family, by id."""

    def __init__(self, doc: Doc, rules: dict[str, Rule]) -> None:
        self.doc, self.rules = doc, rules
        self.sentence = tokens_of(doc).sentence
        found = cues(doc, "kpm_aside")
        self.by_end = sorted(found, key=lambda cue: cue.end)
        self.ends = [cue.end for cue in self.by_end]
        self.by_start = sorted((cue for cue in found if rules[cue.id_].get("behind")), key=lambda cue: cue.start)
        self.starts = [cue.start for cue in self.by_start]
        self.reach = max((int(rule.get("reach")) for rule in rules.values()), default=0)

    def tells(self, figure: Figure) -> bool:
        """Does a cue beside ``figure``, in its sentence, say so of it? ("secara simbolis kepada 10 KPM")"""
        if not self.by_end or figure.item:
            return False
        start, end = figure.number_start, figure.end
        for cue in self.by_end[bisect_left(self.ends, start - self.reach) : bisect_left(self.ends, start + 1)]:
            if self._says(cue, figure, start - cue.end):
                return True
        for cue in self.by_start[bisect_left(self.starts, end) : bisect_left(self.starts, end + self.reach + 1)]:
            if self._says(cue, figure, cue.start - end):
                return True
        return False

    def _says(self, cue: Cue, figure: Figure, apart: int) -> bool:
        rule = self.rules[cue.id_]
        few = figure.number.value <= rule.get("max") and apart <= rule.get("reach")
        if few and self.sentence[cue.start] == self.sentence[figure.number_start]:
            accept(self.doc, cue)
            return True
        return False


def a_few(tokens: Tokens, figures: list[Figure], index: int) -> bool:
    """Are they a handful that somebody met or speaks for, no count of the programme ("tiga KPM mengaku …")? A handful
    that is told as a count ("ada 8 KPM", "penerima 8 orang") or beside another ("34 KPM, Gido 4 KPM") is one."""
    figure = figures[index]
    if figure.how != "right" or figure.item or figure.number.value > HANDFUL:
        return False
    beside = figures[max(index - 1, 0) : index] + figures[index + 1 : index + 2]
    here = tokens.sentence[figure.number_start]
    if any(other.family == figure.family and tokens.sentence[other.number_start] == here for other in beside):
        return False
    return not figure.number_start or tokens.lower[figure.number_start - 1] not in COUNTED
