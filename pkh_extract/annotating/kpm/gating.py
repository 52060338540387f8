"""Which figures are of recipients at all."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import accept, sentence_numbers
from pkh_extract.annotating.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.figures.values import Figure
    from pkh_extract.annotating.kpm.component import KpmFinder

RECIPIENT = "kpm_context.recipient"  # says of people who are only "orang" that they receive aid
BACK = 2  # figures before a weak one that may lend it their sense


class Gate:
    """Decides, figure by figure, whether it counts recipients of social aid.

    ``parts`` maps the index of a part to that of its total; ``rules`` knows which nouns need no context
    (``strong``), which name recipients by themselves (``named``) and which cues a noun needs (``contexts``).
    """

    def __init__(self, doc: Doc, found: list[Figure], parts: dict[int, int], rules: KpmFinder) -> None:
        self.doc, self.found, self.parts = doc, found, parts
        self.strong, self.contexts = rules.strong, rules.contexts
        self.sentence = sentence_numbers(doc)
        self.recipients = self._by_sentence([cue for cue in cues(doc, "kpm_context") if cue.id_ == RECIPIENT])
        self.aid = self._by_sentence(cues(doc, "kpm_context"))
        self.other = self._by_sentence(cues(doc, "kpm_not"))
        self.needed = {family: self._by_sentence(cues(doc, family)) for family in set(rules.contexts.values())}
        self.measured = self._by_sentence(cues(doc, "kpm_measure"))
        self.nouns = self._by_sentence([cue for cue in cues(doc, "kpm_unit") if cue.id_ in rules.named])

    def _by_sentence(self, found: list[Span]) -> dict[int, Span]:
        by_sentence: dict[int, Span] = {}
        for cue in found:
            by_sentence.setdefault(self.sentence[cue.start], cue)
        return by_sentence

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
            return self._credit(self.needed[family].get(here))
        if figure.noun in self.strong:
            return True
        if self._other(figure):
            return False
        if figure.generic and here not in self.nouns:
            return self._credit(self.recipients.get(here))
        return self._credit(self.aid.get(here) or self.nouns.get(here)) or self._follows(index, here, decided)

    def _other(self, figure: Figure) -> bool:
        """Does the sentence count other people ("penduduk miskin")?"""
        cue = self.other.get(self.sentence[figure.number_start])
        return self._credit(cue)

    def _credit(self, cue: Span | None) -> bool:
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
