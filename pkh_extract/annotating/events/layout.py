"""Where in the article a token stands: headline, lead or later, inside a quotation or not; all looked up once."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import text_offset
from pkh_extract.annotating.tables import paragraph_breaks
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.tokens import Tokens, Word

TITLE = -1
RANKED = 5  # words of a sentence that has a rank of its own
LAST_RANK = 8  # of all sentences from here on, for nothing tells them apart
OPENERS = {"“": "”", "‘": "’", "«": "»"}
STRAIGHT = '"'
MARKS = {*OPENERS, *OPENERS.values(), STRAIGHT}
QUOTE_LIMIT = 120  # tokens; a quotation mark that nothing closes ends here
DAYS = {"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad", "jum"}
MONTHS = {"januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
          "desember", "pebruari", "nopember"}  # fmt: skip
DAY_SIGNS = DAYS | MONTHS | {"("}  # a sentence without any of them names no day
CLAUSE = {",", ";", ":", "—", "–"}


class Layout:
    """Per token: the number of its sentence, whether it is quoted; per sentence: its rank from the lead on.

    ``rank`` is ``TITLE`` for the headline, then 0, 1, 2 … for sentences with at least five words; shorter ones
    (bylines, datelines) share the rank of the next, and the last rank is that of all the rest.
    """

    def __init__(self, doc: Doc) -> None:
        tokens = tokens_of(doc)
        self.words = tokens.lower
        self.sentence = tokens.sentence
        self.bounds = list(zip(tokens.opens, [*tokens.opens[1:], len(tokens)], strict=True))
        self.rank = _ranks(tokens, self.bounds, text_offset(doc))
        self.quoted = [False] * len(tokens)
        for start, end in _quotations(tokens):
            self.quoted[start:end] = [True] * (end - start)
        self._dated: dict[int, bool] = {}

    def bounds_at(self, token: int) -> tuple[int, int]:
        """First token and token behind the sentence of a token."""
        return self.bounds[self.sentence[token]]

    def dated(self, sentence: int) -> bool:
        """Does a sentence name a day?"""
        dated = self._dated.get(sentence)
        if dated is None:
            start, end = self.bounds[sentence]
            dated = self._dated[sentence] = _has_day(self.words[start:end])
        return dated


def _ranks(tokens: Tokens, bounds: Sequence[tuple[int, int]], offset: int) -> list[int]:
    ranks = []
    rank = 0
    for start, end in bounds:
        if tokens.starts[start] < offset:
            ranks.append(TITLE)
            continue
        ranks.append(rank)
        rank += _is_long(tokens.words[start:end])
        if rank == LAST_RANK:
            break
    return ranks + [LAST_RANK] * (len(bounds) - len(ranks))


def _is_long(sentence: Sequence[Word]) -> bool:
    """Has the sentence words enough for a rank of its own?"""
    words = 0
    for word in sentence:
        words += word.is_alpha
        if words == RANKED:
            return True
    return False


def _has_day(words: Sequence[str]) -> bool:
    """A weekday, "5 Maret" or "(5/3"."""
    if DAY_SIGNS.isdisjoint(words):
        return False
    if not DAYS.isdisjoint(words):
        return True
    if not MONTHS.isdisjoint(words) and any(
        behind in MONTHS and word.isdecimal() for word, behind in itertools.pairwise(words)
    ):
        return True
    return "(" in words and any(
        word == "(" and day.isdecimal() and sign in {"/", "-"}
        for word, day, sign in zip(words, words[1:], words[2:], strict=False)
    )


def _quotations(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The tokens inside quotation marks, as ranges; a mark that is never closed quotes to the end of its paragraph."""
    marks = _marks(tokens)
    if not marks:
        return
    marks = sorted([*marks, *paragraph_breaks(tokens)])
    free = 0  # the token behind the last quotation
    for number, opener in enumerate(marks):
        if opener < free or tokens.text[opener] not in MARKS or (closers := _closers(tokens, opener)) is None:
            continue
        end = min(opener + QUOTE_LIMIT + 1, len(tokens))
        for mark in marks[number + 1 : number + QUOTE_LIMIT + 1]:
            if tokens.text[mark] in closers or tokens.words[mark].is_space or mark >= end:
                end = min(mark, end)
                break
        yield opener + 1, end
        free = end + 1


def _marks(tokens: Tokens) -> list[int]:
    """The tokens that are quotation marks, in no order; looked for in the text, since few are."""
    found = []
    for mark in MARKS:
        at = tokens.source.find(mark)
        while at >= 0:
            token = bisect_right(tokens.starts, at) - 1
            if tokens.text[token] == mark:
                found.append(token)
            at = tokens.source.find(mark, max(tokens.ends[token], at + 1))
    return found


def _closers(tokens: Tokens, at: int) -> set[str] | None:
    """The marks that close the quotation which a token opens; ``None`` where it opens none."""
    text = tokens.text[at]
    if text in OPENERS and (text != "‘" or (at and tokens.blank[at - 1])):
        return {OPENERS[text], STRAIGHT}
    if text == STRAIGHT:
        return {STRAIGHT, "”"}
    if text == "”" and (at == 0 or not tokens.blank[at]):
        return {"”", STRAIGHT}
    return None
