"""spaCy's lexical attributes by quicker functions: the same values, worked out for each form that is new to a pipeline.

A folder of reports brings new forms with every one, and spaCy asks twenty functions of each. Most forms are words of
letters alone, for which many of the answers are known at once; the others are asked of spaCy's own functions.
"""

from __future__ import annotations

import functools
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from spacy.vocab import Vocab

    Test = Callable[[str], bool]

LONGEST_SHAPE = 4  # letters or digits that a shape shows of a run
MARKS = (*"()[]{}<>\"'`«»‘’‚‛“”„‟‹›❮❯", "''", "``")  # all that may be a bracket or a quotation mark
LONG = 100  # characters of a form whose shape is "LONG"


def quicken(vocab: Vocab) -> None:
    """Let the vocabulary work out its forms' attributes by the functions of this module."""
    from spacy import attrs

    getters: dict[int, Callable[[str], Any]] = vocab.lex_attr_getters  # type: ignore[attr-defined]  # not in its stub
    getters |= {
        attrs.LOWER: str.lower,
        attrs.PREFIX: itemgetter(0),
        attrs.SUFFIX: itemgetter(slice(-3, None)),
        attrs.IS_ALPHA: str.isalpha,
        attrs.IS_DIGIT: str.isdigit,
        attrs.IS_LOWER: str.islower,
        attrs.IS_SPACE: str.isspace,
        attrs.IS_TITLE: str.istitle,
        attrs.IS_UPPER: str.isupper,
        attrs.IS_ASCII: str.isascii,
        attrs.LIKE_NUM: like_num,
        attrs.IS_PUNCT: is_punct,
        attrs.SHAPE: functools.partial(_shape, getters[attrs.SHAPE]),
    }
    for attribute in (attrs.IS_BRACKET, attrs.IS_QUOTE, attrs.IS_LEFT_PUNCT, attrs.IS_RIGHT_PUNCT):
        getters[attribute] = frozenset(filter(getters[attribute], MARKS)).__contains__
    for attribute in (attrs.LIKE_URL, attrs.LIKE_EMAIL):
        getters[attribute] = functools.partial(_unless_letters, getters[attribute])
    getters[attrs.IS_CURRENCY] = functools.partial(_is_currency, getters[attrs.IS_CURRENCY], _currencies())


def is_punct(form: str) -> bool:
    """spaCy's ``IS_PUNCT``: is the form nothing but punctuation?"""
    return not form.isalpha() and _spacys()[0](form)


def like_num(form: str) -> bool:
    """spaCy's ``LIKE_NUM`` for Indonesian: digits or a number word?"""
    test, words = _spacys()[1:]
    return form.lower() in words if form.isalpha() and words is not None else test(form)


@functools.cache
def _spacys() -> tuple[Test, Test, Container[str] | None]:
    """spaCy's own tests for punctuation and numbers, and its number words where it tells them."""
    from spacy.lang.id import lex_attrs
    from spacy.lang.lex_attrs import is_punct

    words = getattr(lex_attrs, "_num_words", None)
    return is_punct, lex_attrs.like_num, None if words is None else frozenset(words)


def _currencies() -> frozenset[str]:
    """The words for money that spaCy knows ("Rp") and that are letters alone."""
    from spacy.lang.id.punctuation import LIST_CURRENCY

    return frozenset(filter(str.isalpha, LIST_CURRENCY))


def _is_currency(test: Test, words: Container[str], form: str) -> bool:
    return form in words if form.isalpha() else test(form)


def _unless_letters(test: Test, form: str) -> bool:
    """A test that no word of letters alone passes."""
    return not form.isalpha() and test(form)


def _shape(shape: Callable[[str], str], form: str) -> str:
    """spaCy's ``SHAPE``: "xxxx" for a word, "Xxxxx" for a name, "dd" for a number."""
    length = len(form)
    if length >= LONG or not form.isalpha():
        return shape(form)
    if form.islower():
        return "x" * min(length, LONGEST_SHAPE)
    if form[1:].islower() and form[0].isupper():
        return "X" + "x" * min(length - 1, LONGEST_SHAPE)
    return shape(form)
