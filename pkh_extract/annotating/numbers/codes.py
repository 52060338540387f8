"""Digits that are no number: telephone and account numbers, and the digits of codes."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.annotating.tokens import Tokens

TELEPHONE = re.compile(
    r"(?<![\d.,])(?:\+62|\(?0\d{1,3}\)?)[ .-]{0,2}\d{3,4}[ .-]\d{3,4}(?:[ .-]\d{2,4})?(?![\d.,]\d|\d)"
)
# What every telephone number has in it: a search that begins with a character runs many times faster.
CODE, DIALLED = "+62", re.compile(r"0(?<![\d.,]0)\d{1,3}\)?[ .-]{0,2}\d{3,4}[ .-]\d{3}")
ACCOUNT = re.compile(r"\d(?<![\d.,]\d)\d{3}(?:[ -]\d{4}){2,4}(?![\d.,]\d|\d)")
FOUR, NEXT = 4, 2  # digits of a group of an account number, tokens from one group to the next


def telephones(tokens: Tokens, begins: list[int]) -> set[int]:
    """The tokens of telephone and account numbers written in groups ("0812-0011-5776", "(0541) 123 456", "1234 5678
    9012"); ``begins`` are those at which a number may begin."""
    text = tokens.source
    found = [match.span() for match in ACCOUNT.finditer(text)] if _in_fours(tokens, begins) else []
    if CODE in text or DIALLED.search(text):
        found += [match.span() for match in TELEPHONE.finditer(text)]
    if not found:
        return set()
    starts = tokens.starts
    return {at for start, end in found for at in range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1))}


def _in_fours(tokens: Tokens, begins: list[int]) -> bool:
    """Do two groups of four digits stand side by side, as those of account numbers do?"""
    groups = [at for at in begins if len(tokens.text[at]) >= FOUR]
    return any(after - at <= NEXT for at, after in itertools.pairwise(groups))


def in_code(tokens: Tokens, i: int) -> bool:
    """Digits that are part of a code ("P2K2", "5W+1H", "COVID19"), not glued to a word by a slip."""
    words = tokens.words
    if not words[i].numeral:
        return False
    if i > 0 and not tokens.blank[i - 1] and words[i - 1].is_alpha:
        before = words[i - 1]
        if before.lower not in {"rp", "rpp", "idr"} and (len(before.text) < 3 or before.is_upper):
            return True
    if i + 1 < len(words) and not tokens.blank[i] and words[i + 1].is_alpha:
        after = words[i + 1]
        return after.is_upper and len(after.text) <= 2 and after.text not in {"M", "T"}
    return False
