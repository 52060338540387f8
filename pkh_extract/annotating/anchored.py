"""spaCy's token patterns, tried only where they can match.

Most patterns hold a token that must be one of a few words. Where none of these stands in a document, the pattern is
not tried; else it is tried around the rarest of them, as far as its repetitions reach, where the others stand too.
Results are those of one ``Matcher`` over the whole document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from spacy.matcher import Matcher

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from pkh_extract.rules import Rule

Kind = TypeVar("Kind")
Match = tuple[Kind, int, int]  # what was found, its first token, the token after its last; as spaCy's matchers give it
MANY = 1 << 40  # repetitions of "*" and "+"
LITERAL = ("LOWER", "TEXT", "ORTH")
BRACES = re.compile(r"\{(\d*)(,?)(\d*)\}")


@dataclass(frozen=True)
class Anchor:
    """A token that every match has: the words it may be, and how many tokens of the match may stand before and
    behind it."""

    words: frozenset[str]
    before: int
    behind: int


class Pattern:
    """One token pattern with its anchors; without any it is tried everywhere."""

    def __init__(self, vocab: Vocab, rule: str, tokens: list[dict[str, Any]]) -> None:
        self.matcher = Matcher(vocab)
        self.matcher.add(rule, [tokens])
        self.anchors = anchors(tokens)

    def matches(self, doc: Doc, places: dict[str, list[int]]) -> Iterator[Match[int]]:
        """The matches in a document; ``places``: where each word stands."""
        if not self.anchors:
            yield from self.matcher(doc)
            return
        here = places.keys()
        if any(anchor.words.isdisjoint(here) for anchor in self.anchors):
            return
        found = [sorted(i for word in anchor.words & here for i in places[word]) for anchor in self.anchors]
        rarest = min(range(len(found)), key=lambda number: len(found[number]))
        anchor = self.anchors[rarest]
        for start, end in _windows(found[rarest], anchor.before, anchor.behind, len(doc)):
            if any(bisect_left(others, start) == bisect_left(others, end) for others in found):
                continue  # one of the other words does not stand here
            for key, first, last in self.matcher(doc[start:end]):
                yield key, start + first, start + last


class AnchoredMatcher:
    """All token patterns of some rules."""

    def __init__(self, vocab: Vocab, rules: Iterable[Rule]) -> None:
        self.patterns = [Pattern(vocab, rule.id, tokens) for rule in rules for tokens in rule.tokens]
        self.free = [number for number, pattern in enumerate(self.patterns) if not pattern.anchors]
        self.words = {word for pattern in self.patterns for anchor in pattern.anchors for word in anchor.words}
        self.of_word: dict[str, list[int]] = {}
        for number, pattern in enumerate(self.patterns):
            for word in min((anchor.words for anchor in pattern.anchors), key=len, default=frozenset[str]()):
                self.of_word.setdefault(word, []).append(number)

    def __call__(self, doc: Doc, lower: Sequence[str]) -> list[Match[int]]:
        """The matches in a document, rules in their order; ``lower``: its tokens in lower case."""
        places: dict[str, list[int]] = {}
        words = self.words
        for at, word in enumerate(lower):
            if word in words:
                places.setdefault(word, []).append(at)
        tried = {number for word in places if word in self.of_word for number in self.of_word[word]}.union(self.free)
        return [match for number in sorted(tried) for match in self.patterns[number].matches(doc, places)]


def anchors(tokens: list[dict[str, Any]]) -> list[Anchor]:
    """The anchors of a token pattern; none where it has no token that must be one of a few words."""
    reach = [_repetitions(token.get("OP")) for token in tokens]
    if any(least is None for least, _ in reach):
        return []
    most = [limit for _, limit in reach]
    return [
        Anchor(words, sum(most[: at + 1]) - 1, sum(most[at:]) - 1)
        for at, token in enumerate(tokens)
        if reach[at][0] and (words := _literals(token)) is not None
    ]


def _repetitions(operator: str | None) -> tuple[int | None, int]:
    """How often a token with this operator stands in a match, at least and at most; ``None`` for one of unknown
    meaning."""
    known: dict[str | None, tuple[int, int]] = {None: (1, 1), "1": (1, 1), "?": (0, 1), "*": (0, MANY), "+": (1, MANY)}
    if operator in known:
        return known[operator]
    braces = BRACES.fullmatch(operator or "")
    if braces is None:
        return None, MANY
    least, comma, most = braces.groups()
    return int(least or 0), int(most) if most else MANY if comma else int(least or 0)


def _literals(token: dict[str, Any]) -> frozenset[str] | None:
    """The words, in lower case, of which the token must be one; ``None`` where it may be any."""
    for attribute in LITERAL:
        wanted = token.get(attribute)
        if isinstance(wanted, str):
            return frozenset([wanted.lower()])
        if isinstance(wanted, dict) and isinstance(wanted.get("IN"), list):
            return frozenset(str(word).lower() for word in wanted["IN"])
    return None


def _windows(places: list[int], before: int, behind: int, length: int) -> Iterator[tuple[int, int]]:
    """Ranges of tokens around places, joined where they overlap."""
    start, end = -1, -1
    for place in places:
        first, last = max(0, place - before), min(length, place + behind + 1)
        if first > end:
            if end > start:
                yield start, end
            start = first
        end = last
    if end > start:
        yield start, end
