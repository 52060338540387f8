"""spaCy's token patterns, tried only where they can match.

Most patterns hold tokens that must be one of a few words each. Where not all of these stand in a document, in their
order and as far from each other as the pattern's repetitions reach, the pattern is not tried; else it is tried around
the last of them. Results are those of one ``Matcher`` over the whole document.
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
    """A token that every match has: the words it may be, how many tokens of the match may stand before and behind it,
    and how many tokens behind the anchor before it (its first, where it is repeated) it stands at least and at most."""

    words: frozenset[str]
    before: int
    behind: int
    near: int = 0
    far: int = 0


class Pattern:
    """One token pattern with its anchors; without any it is tried everywhere."""

    def __init__(self, vocab: Vocab, rule: str, tokens: list[dict[str, Any]]) -> None:
        self.matcher = Matcher(vocab)
        self.matcher.add(rule, [tokens])
        self.anchors = anchors(tokens)
        self.words = tuple(anchor.words for anchor in self.anchors)

    def matches(self, doc: Doc, places: dict[str, list[int]]) -> Iterator[Match[int]]:
        """The matches in a document; ``places``: where each word stands."""
        if not self.anchors:
            yield from self.matcher(doc)
            return
        last = self.anchors[-1]
        for start, end in _windows(sorted(self._reached(places)), last.before, last.behind, len(doc)):
            for key, first, behind in self.matcher(doc[start:end]):
                yield key, start + first, start + behind

    def _reached(self, places: dict[str, list[int]]) -> set[int]:
        """Where the last anchor stands behind all others, each as far from the one before as it may."""
        reached: set[int] = set()
        for number, anchor in enumerate(self.anchors):
            found = set().union(*[places[word] for word in anchor.words if word in places])
            if not number:
                reached = found
            elif anchor.near == anchor.far:
                reached = found.intersection([place + anchor.near for place in reached])
            else:
                reached = _behind(sorted(reached), found, anchor.near, anchor.far)
            if not reached:
                break
        return reached


class AnchoredMatcher:
    """All token patterns of some rules."""

    def __init__(self, vocab: Vocab, rules: Iterable[Rule]) -> None:
        self.patterns = [Pattern(vocab, rule.id, tokens) for rule in rules for tokens in rule.tokens]
        self.words = frozenset(word for pattern in self.patterns for words in pattern.words for word in words)

    def __call__(self, doc: Doc, lower: Sequence[str]) -> list[Match[int]]:
        """The matches in a document, rules in their order; ``lower``: its tokens in lower case."""
        here = self.words.intersection(lower)
        tried = []
        for pattern in self.patterns:
            for words in pattern.words:
                if words.isdisjoint(here):
                    break
            else:
                tried.append(pattern)
        if not tried:
            return []
        places: dict[str, list[int]] = {word: [] for word in here}
        for at, word in enumerate(lower):
            if word in places:
                places[word].append(at)
        return [match for pattern in tried for match in pattern.matches(doc, places)]


def anchors(tokens: list[dict[str, Any]]) -> list[Anchor]:
    """The anchors of a token pattern; none where it has no token that must be one of a few words."""
    reach = [_repetitions(token.get("OP")) for token in tokens]
    if any(least is None for least, _ in reach):
        return []
    least, most = [limit or 0 for limit, _ in reach], [limit for _, limit in reach]
    found: list[Anchor] = []
    before = 0  # where the anchor before stands among the pattern's tokens
    for at, token in enumerate(tokens):
        if least[at] and (words := _literals(token)) is not None:
            between = (sum(least[before:at]), sum(most[before:at])) if found else (0, 0)
            found.append(Anchor(words, sum(most[: at + 1]) - 1, sum(most[at:]) - 1, *between))
            before = at
    return found


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


def _behind(places: list[int], others: Iterable[int], near: int, far: int) -> set[int]:
    """Those of the others that stand so many tokens behind one of the places."""
    found = set()
    for other in others:
        first = bisect_left(places, other - far)
        if first < len(places) and places[first] <= other - near:
            found.add(other)
    return found


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
