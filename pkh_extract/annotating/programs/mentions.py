"""The programmes that a document names, as plain values noted once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pkh_extract.annotating.document import Cue, remember, remembered, title_end
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEPT = "program mentions"
NOT = {"non", "bukan", "selain", "luar", "nonpkh"}
CASHLESS = ["non", "tunai"]  # "bansos non tunai PKH" is PKH
NEGATION = 2  # tokens before a name
OTHER = "OTHER"  # social aid for which the record has no code: figures of it are those of no programme


class Mention(NamedTuple):
    """A programme named: its tokens and code, and whether "non" or the like stands before it. No span, which would
    keep its document alive."""

    start: int
    end: int
    code: str
    denied: bool


class Mentions:
    """The mentions of a text or a title in text order."""

    def __init__(self, found: Sequence[Mention] = ()) -> None:
        self.found = list(found)
        self.starts = [mention.start for mention in self.found]

    def between(self, first: int, last: int) -> list[Mention]:
        """Those that begin at token ``first`` or later and before ``last``."""
        return self.found[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    @cached_property
    def main(self) -> str | None:
        """The programme that is mostly named, in at least two thirds of all mentions of some that the record knows; of
        several the first."""
        codes = [mention.code for mention in self.found if mention.code != OTHER]
        code = max(dict.fromkeys(codes), key=codes.count, default=None)
        return code if code is not None and 3 * codes.count(code) >= 2 * len(codes) else None


def note_mentions(doc: Doc, named: Sequence[tuple[Cue, str]]) -> None:
    """Keep the names of programmes, each with its code, for :func:`mentions`."""
    tokens, title = tokens_of(doc), title_end(doc)
    parts: tuple[list[Mention], list[Mention]] = ([], [])
    lower, starts = tokens.lower, tokens.starts
    for cue, code in named:
        start = cue.start
        before = lower[max(0, start - NEGATION) : start]
        denied = not NOT.isdisjoint(before) and before != CASHLESS
        parts[starts[start] < title].append(Mention(start, cue.end, code, denied))
    remember(doc, KEPT, (Mentions(parts[0]), Mentions(parts[1])))


def mentions(doc: Doc) -> tuple[Mentions, Mentions]:
    """The mentions of the text and those of the title; none where the component has not run."""
    kept: tuple[Mentions, Mentions] | None = remembered(doc, KEPT)
    return kept or (Mentions(), Mentions())
