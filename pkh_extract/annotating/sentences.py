"""Sentence boundaries as newspapers set them.

Component ``pkh_sentences`` sets ``token.is_sent_start``: after a full stop, question or exclamation mark that is not
part of an abbreviation ("Drs.", "Jl.", "S.Sos") or a number, also where the space after it is missing
("orang.Dengan"), and at every paragraph break.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from pkh_extract.annotating.document import accept, new_span, register
from pkh_extract.rules import RuleSet, load_rules

STOPS = {".", "!", "?", "…"}
CLOSERS = {'"', "”", "’", "'", ")", "]", "»", "“"}


class Sentences:
    """See the module. Abbreviations are the rules of family ``abbreviation``."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.abbreviations = {
            phrase.lower(): rule.id for rule in rules.family("abbreviation") for phrase in rule.phrases
        }

    def __call__(self, doc: Doc) -> Doc:
        length = len(doc)
        if not length:
            return doc
        # One array for all tokens: setting them one by one costs a pass over the document each.
        starts = [-1] * length
        starts[0] = 1
        for token in doc:
            after = token.i + 1
            if after >= length:
                break
            if token.is_space and "\n\n" in token.text:
                starts[after] = 1
            elif token.text in STOPS and self._ends(doc, token):
                while after < length and doc[after].text in CLOSERS and not doc[after - 1].whitespace_:
                    after += 1
                if after < length and not doc[after].is_space:
                    starts[after] = 1
        values: Any = np.array(starts, dtype="int64").astype("uint64")
        return doc.from_array(["SENT_START"], values)

    def _ends(self, doc: Doc, stop: Token) -> bool:
        """Does this mark end a sentence?"""
        if stop.i == 0 or stop.i + 1 >= len(doc):
            return True
        before, after = doc[stop.i - 1], doc[stop.i + 1]
        if after.text in STOPS:
            return False
        if stop.text == "." and not before.whitespace_:
            if rule := self.abbreviations.get(before.lower_):
                accept(doc, new_span(doc, before.i, before.i + 1, "abbreviation", rule))
                return False
            if len(before.text) == 1 and before.text.isupper():
                return False  # an initial
            if before.text.isdigit() and len(before.text) <= 3 and after.text[:1].isdigit():
                return False  # "10. 824"
        if stop.whitespace_ or after.is_space or after.text in CLOSERS:
            return True
        return bool(before.text[-1:].islower() and after.text[:1].isupper())


@Language.factory("pkh_sentences", default_config={"patterns": None})
def make_sentences(nlp: Language, name: str, patterns: str | None) -> Sentences:
    """Factory ``pkh_sentences``."""
    return Sentences(nlp, load_rules(patterns))
