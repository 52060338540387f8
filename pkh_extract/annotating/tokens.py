"""The tokens of a document as plain lists: what every component asks of them, worked out once a document.

spaCy makes a ``Token`` object each time one is looked at; a rule that walks over words reads :class:`Tokens` instead.
What a form tells by itself (its lower case, whether it is a number) is a :class:`Word`, worked out once a form.
"""

from __future__ import annotations

import itertools
from functools import cached_property
from operator import add, sub
from typing import TYPE_CHECKING, Any, NamedTuple

from pkh_extract.annotating.lexemes import is_punct, like_num
from pkh_extract.annotating.memory import memory_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

GAP = "\n\n"  # between title and text
MOST_FORMS = 100_000  # forms kept; beyond, all are forgotten, so that a million articles cost no more memory than a few
_forms: dict[str, Word] = {}


class Word(NamedTuple):
    """What a form tells wherever it stands; the attributes are those of spaCy's tokens. ``capital`` and ``numeral``:
    it begins with a capital letter, with a digit. A digit is what ``int`` reads, so none of "²", "①" and "½";
    ``is_digit`` differs there from spaCy's."""

    text: str
    lower: str
    orth: int
    capital: bool
    numeral: bool
    is_alpha: bool
    is_digit: bool
    is_punct: bool
    is_space: bool
    is_title: bool
    is_upper: bool
    like_num: bool


class Tokens:
    """One document's tokens; all lists have one entry a token.

    ``source`` is the document's text, ``starts`` and ``ends`` are offsets in it, ``blank`` says whether a blank
    follows; ``sentence`` is the number of the token's sentence, from 0, and ``opens`` the first token of each sentence.
    No list is to be changed.
    """

    def __init__(self, source: str, words: list[Word], blank: list[bool]) -> None:
        self.source = source
        self.words = words
        self.blank = blank
        self.text: list[str] = [word.text for word in words]
        self.lower: list[str] = [word.lower for word in words]
        lengths = list(map(len, self.text))
        self.ends: list[int] = list(itertools.accumulate(map(add, lengths, [0, *blank])))
        self.starts: list[int] = list(map(sub, self.ends, lengths))
        self.opens: list[int] = []
        self.sentence: list[int] = []
        self.sentenced = False

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def numerals(self) -> list[int]:
        """The tokens that begin with a digit."""
        return [at for at, word in enumerate(self.words) if word.numeral]

    @cached_property
    def spaces(self) -> list[int]:
        """The tokens of white space."""
        return [at for at, word in enumerate(self.words) if word.is_space]

    def positions(self, text: str) -> list[int]:
        """The tokens of this form, as written."""
        found: list[int] = []
        at = -1
        try:
            while True:
                found.append(at := self.text.index(text, at + 1))
        except ValueError:
            return found

    def between(self, start: int, end: int) -> str:
        """The text from token ``start`` to the one before ``end``, as ``doc[start:end].text``."""
        return self.source[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def opens_sentence(self, at: int) -> bool:
        """Does the token open a sentence?"""
        return at == 0 or self.sentence[at] != self.sentence[at - 1]

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The tokens of the sentence in which token ``at`` stands, as a range."""
        number = self.sentence[at]
        end = self.opens[number + 1] if number + 1 < len(self.opens) else len(self.words)
        return self.opens[number], end

    def set_sentences(self, opens: Sequence[int]) -> None:
        """Take the sentences that open at these tokens; the document's first token always opens one."""
        length = len(self.words)
        self.opens = [0, *(at for at in opens if at)] if length else []
        self.sentence = []
        for number, end in enumerate([*self.opens[1:], length] if length else []):
            self.sentence.extend([number] * (end - self.opens[number]))
        self.sentenced = True


def tokens_of(doc: Doc) -> Tokens:
    """The tokens of a document, kept with it; its sentences are those that are set when this is first called, or that
    ``pkh_sentences`` sets."""
    kept = bare_tokens_of(doc)
    if not kept.sentenced:
        kept.set_sentences(_sentences(doc))
    return kept


def bare_tokens_of(doc: Doc) -> Tokens:
    """The tokens of a document whose sentences are yet to be set."""
    memory = memory_of(doc)
    kept = memory.tokens
    if kept is None or len(kept.words) != len(doc):
        kept = memory.tokens = _read(doc)
    return kept


def _sentences(doc: Doc) -> list[int]:
    """The first tokens of the sentences that are set in the document."""
    from spacy.attrs import SENT_START

    return [at for at, start in enumerate(doc.to_array(SENT_START).tolist()) if start == 1]


def _read(doc: Doc) -> Tokens:
    """The tokens of a document as it is."""
    from spacy.attrs import ORTH, SPACY

    strings: Any = doc.vocab.strings
    words = [word_of(strings[form]) for form in doc.to_array(ORTH).tolist()]
    return Tokens(doc.text, words, [blank == 1 for blank in doc.to_array(SPACY).tolist()])


def word_of(text: str) -> Word:
    """What a form tells."""
    word = _forms.get(text)
    if word is None:
        if len(_forms) > MOST_FORMS:
            _forms.clear()
        word = _forms[text] = _new(text)
    return word


def _new(text: str) -> Word:
    from spacy.strings import get_string_id

    lower, letters, title, upper = text.lower(), text.isalpha(), text.istitle(), text.isupper()
    orth, number = get_string_id(text), like_num(text)
    if letters:  # as most are
        return Word(text, lower, orth, text[0].isupper(), False, True, False, False, False, title, upper, number)
    first, digits, mark, space = text[:1], text.isdecimal(), is_punct(text), text.isspace()
    return Word(
        text, lower, orth, first.isupper(), first.isdecimal(), letters, digits, mark, space, title, upper, number
    )
