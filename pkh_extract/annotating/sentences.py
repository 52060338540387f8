"""Sentence boundaries as newspapers set them.

Component ``pkh_sentences`` sets ``token.is_sent_start``: after a full stop, question or exclamation mark that is not
part of an abbreviation ("Drs.", "Jl.", "S.Sos") or a number, also where the space after it is missing
("orang.Dengan"), and at every paragraph break.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract.annotating.document import Cue, accept, register
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.tokens import Tokens, bare_tokens_of
from pkh_extract.rules import RuleSet, load_rules

STOPS = (".", "!", "?", "…")
NO_START = 2**64 - 1  # -1 as spaCy's arrays have it
ROMAN = {"I", "V", "X"}
LONGEST_DEGREE = 4  # letters of its last part: "M.Farm."
CLOSERS = {'"', "”", "’", "'", ")", "]", "»", "“"}


class Sentences:
    """See the module. Abbreviations are the rules of family ``abbreviation``."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        family = rules.family("abbreviation")
        self.abbreviations = {phrase.lower(): rule.id for rule in family for phrase in rule.phrases}
        self.before_number = {rule.id for rule in family if rule.get("before_number")}

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, "pkh_sentences")
        tokens = bare_tokens_of(doc)
        text, blank, words, length = tokens.text, tokens.blank, tokens.words, len(tokens)
        opens: set[int] = set()
        for at in (stop for mark in STOPS if mark in tokens.source for stop in tokens.positions(mark)):
            after = at + 1
            if after == length or not self._ends(doc, tokens, at):
                continue
            while after < length and text[after] in CLOSERS and not blank[after - 1]:
                after += 1
            if after < length and not words[after].is_space:
                opens.add(after)
        opens.update([at + 1 for at in tokens.spaces if at + 1 < length and "\n\n" in text[at]])
        tokens.set_sentences(sorted(opens))
        return _marked(doc, opens)

    def _ends(self, doc: Doc, tokens: Tokens, stop: int) -> bool:
        """Does this mark end a sentence?"""
        text, blank = tokens.text, tokens.blank
        if stop == 0 or stop + 1 >= len(text):
            return True
        before, after = text[stop - 1], text[stop + 1]
        if after in STOPS:
            return False
        if text[stop] == "." and not blank[stop - 1]:
            rule = self.abbreviations.get(tokens.lower[stop - 1])
            if rule and (rule not in self.before_number or after[:1].isdecimal()):
                accept(doc, Cue(tokens, stop - 1, stop, "abbreviation", rule))
                return False
            if len(before) == 1 and before.isupper():
                return before in ROMAN and stop > 1 and text[stop - 2].islower()  # an initial, but not in "tahap I."
            if _of_degree(tokens, stop) and not tokens.words[stop + 1].capital:
                return False
            if len(before) <= 3 and before.isdecimal() and after[:1].isdecimal():
                return False  # "10. 824"
        if blank[stop] or tokens.words[stop + 1].is_space or after in CLOSERS:
            return True
        return before[-1:].islower() and tokens.words[stop + 1].capital


def _of_degree(tokens: Tokens, stop: int) -> bool:
    """Does the mark close an academic degree ("S.IP.", "M.Farm.")?"""
    text, blank = tokens.text, tokens.blank
    if stop < 3 or text[stop - 2] != "." or len(text[stop - 3]) != 1 or not text[stop - 3].isupper():
        return False
    return len(text[stop - 1]) <= LONGEST_DEGREE and not any(blank[stop - 3 : stop])


def _marked(doc: Doc, opens: set[int]) -> Doc:
    """The document with its sentences set, in one array: setting them one by one costs a pass over it each."""
    if not len(doc):
        return doc
    values: Any = np.empty(len(doc), dtype="uint64")
    values.fill(NO_START)
    values[[0, *opens]] = 1
    return doc.from_array([SENT_START], values)


@Language.factory("pkh_sentences", default_config={"patterns": None}, assigns=["token.sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str, patterns: str | None) -> Sentences:
    """Factory ``pkh_sentences``."""
    return Sentences(nlp, load_rules(patterns))
