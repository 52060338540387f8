"""Which figures are of recipients at all."""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue, accept
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.figures.values import Figure
    from pkh_extract.annotating.kpm.component import KpmFinder

RIGHT = "kpm_unit.kpm"  # what a slip is one of
RECIPIENT = "kpm_context.recipient"  # says of people who are only "orang" that they receive aid
FATES = {f"kpm_measure.{name}" for name in ("served", "transacted", "unserved", "undelivered", "removed", "unfit")}
BACK = 2  # figures before a weak one that may lend it their sense


class Gate:
    """Decides, figure by figure, whether it counts recipients of social aid.

    ``parts`` maps the index of a part to that of its total; ``rules`` knows which nouns need no context
    (``strong``), which name recipients by themselves (``named``), which are slips (``slips``) and which cues a noun
    needs (``contexts``).
    """

    def __init__(self, doc: Doc, found: list[Figure], parts: dict[int, int], rules: KpmFinder) -> None:
        self.doc, self.found, self.parts = doc, found, parts
        self.strong, self.named, self.contexts = rules.strong, rules.named, rules.contexts
        self.slips = rules.slips
        self.sentence = tokens_of(doc).sentence
        self._needed: dict[str, dict[int, Cue]] = {}

    def _by_sentence(self, found: list[Cue]) -> dict[int, Cue]:
        """The first cue of each sentence."""
        return {self.sentence[cue.start]: cue for cue in reversed(found)}

    @cached_property
    def recipients(self) -> dict[int, Cue]:
        """What says that people receive aid."""
        return self._by_sentence([cue for cue in cues(self.doc, "kpm_context") if cue.id_ == RECIPIENT])

    @cached_property
    def aid(self) -> dict[int, Cue]:
        """What speaks of the aid."""
        return self._by_sentence(cues(self.doc, "kpm_context"))

    @cached_property
    def other(self) -> dict[int, Cue]:
        """What counts other people."""
        return self._by_sentence(cues(self.doc, "kpm_not"))

    @cached_property
    def measured(self) -> dict[int, Cue]:
        """What measures."""
        return self._by_sentence(cues(self.doc, "kpm_measure"))

    @cached_property
    def fates(self) -> dict[int, Cue]:
        """What tells that aid reached people, ended or failed."""
        return self._by_sentence([cue for cue in cues(self.doc, "kpm_measure") if cue.id_ in FATES])

    @cached_property
    def nouns(self) -> dict[int, Cue]:
        """What names recipients by itself."""
        return self._by_sentence([cue for cue in cues(self.doc, "kpm_unit") if cue.id_ in self.named])

    def _of_family(self, family: str) -> dict[int, Cue]:
        """What a noun needs beside it."""
        if family not in self._needed:
            self._needed[family] = self._by_sentence(cues(self.doc, family))
        return self._needed[family]

    def lets(self, index: int, decided: Container[int]) -> bool:
        """Is figure ``index`` one of recipients, given those that were (``decided``)?"""
        figure = self.found[index]
        if figure.family != "kpm_unit" or (figure.number.written == "words" and figure.number.value == 1):
            return False
        if figure.header is not None:
            return figure.header in decided and not (figure.generic and self._other(figure))
        total = self.parts.get(index)
        if total is not None and total not in decided and self.found[total].family == "people_role":
            return False
        here = self.sentence[figure.number_start]
        if (family := self.contexts.get(figure.noun)) is not None:
            return self._credit(self._of_family(family).get(here))
        if figure.noun in self.slips:
            return any(cue.id_ == RIGHT for cue in cues(self.doc, "kpm_unit"))
        if figure.noun in self.strong:
            return True
        if self._other(figure):
            return False
        if figure.generic and here not in self.nouns:
            return self._credit(self.recipients.get(here)) or self._fate(index, here, decided)
        return self._credit(self.aid.get(here) or self.nouns.get(here)) or self._follows(index, here, decided)

    def _fate(self, index: int, here: int, decided: Container[int]) -> bool:
        """Does the sentence tell what became of people right after a figure of recipients ("41.206 calon penerima.
        Adapun 12.931 orang lainnya dinilai tidak memenuhi syarat")?"""
        before = index - 1
        near = before in decided and here - self.sentence[self.found[before].number_start] <= 1
        cue = self.fates.get(here)
        return near and self._credit(cue)

    def _other(self, figure: Figure) -> bool:
        """Does the sentence count other people ("penduduk miskin")?"""
        cue = self.other.get(self.sentence[figure.number_start])
        return self._credit(cue)

    def _credit(self, cue: Cue | None) -> bool:
        if cue is not None:
            accept(self.doc, cue)
        return cue is not None

    def _follows(self, index: int, here: int, decided: Container[int]) -> bool:
        """Does the figure follow one of recipients in this or the last two sentences, or does its sentence measure
        what the one before named ("Penerima PKH menurun. Dari 6.036 keluarga berkurang jadi 5.218 keluarga")?"""
        if here - 1 in self.nouns and here in self.measured:
            return True
        return any(
            back in decided and here - self.sentence[self.found[back].number_start] <= BACK
            for back in range(max(index - BACK, 0), index)
        )
