"""Articles that cannot be about social aid, told by their words alone, before any token is made.

Most articles of a newspaper name no programme and no recipients. Each name has words without which it is not there
("harapan" in the long form, "bpnt"); where a text lacks some word of every name, nothing in it can be one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from pkh_extract.annotating.anchored import anchors
from pkh_extract.annotating.programs.mentions import OTHER
from pkh_extract.annotating.programs.vocabulary import SAYS_FAMILIES, Vocabulary
from pkh_extract.rules import Rule, RuleSet, load_rules

# Letters that the tokenizer never parts: it cuts at marks, at "_" and between letters and digits.
WORD = re.compile(r"[^\W\d_]+")
Words = frozenset[bytes]
_LETTERS = bytes(code if chr(code).isalpha() and code < 128 else 32 for code in range(256))  # all else is a blank
_HEAD = 800  # letters at the beginning of an article in which most that speak of social aid name it


class Silence:
    """Which words must stand together for a rule to find a name. ``wanted``: by one word of theirs, the other words of
    each name; ``always``: some rule may find a name among any words."""

    def __init__(self, rules: RuleSet) -> None:
        self.wanted: dict[bytes, list[Words]] = {}
        self.always = False
        for name in {name for rule in _naming(rules) for name in _names(rule)}:
            if not name:
                self.always = True
            else:
                self.wanted.setdefault(max(name, key=lambda word: (len(word), word)), []).append(name)

    def __call__(self, *texts: str) -> bool:
        """Do title and text name no programme of social aid and no recipients? ``False`` where they may."""
        if self.always:
            return False
        text = "\n".join(texts).lower()
        head = text.rfind(" ", 0, _HEAD)
        return not (self._named(text[: max(head, 0)]) or self._named(text))

    def _named(self, text: str) -> bool:
        """Has a text, in small letters, all words of some name?"""
        words = set(_plain_words(text))
        here = self.wanted.keys() & words
        return any(name <= words for word in here for name in self.wanted[word])


@functools.lru_cache(maxsize=8)
def silence(patterns: str | None = None) -> Silence:
    """The test for a folder of rules, as :func:`~pkh_extract.rules.load_rules` takes it."""
    return Silence(load_rules(patterns))


def _naming(rules: RuleSet) -> Iterable[Rule]:
    """The rules one of which must find something where an article speaks of social aid. Slips for an abbreviation are
    believed only behind the long form, and aid that the record has no code for makes no record by itself."""
    known = Vocabulary(rules)
    names = (rule for rule in rules.family("program") if known.names[rule.id].code != OTHER)
    yield from (rule for rule in names if known.names[rule.id].sense != "slip")
    yield from (rule for rule in rules.family("program_kpm") if known.kinds_of_kpm[rule.id] in SAYS_FAMILIES)


def _plain_words(text: str) -> list[bytes]:
    """The words of plain letters in a text in small letters, and what plain letters other words have: that finds more
    names than there are rather than fewer."""
    return text.encode("ascii", "replace").translate(_LETTERS).split()


def _names(rule: Rule) -> Iterator[Words]:
    """Sets of words, in lower case, of which one is in every text where the rule finds something. Only plain letters
    are told apart here, for other scripts' lower case depends on the letters around."""
    for phrase in rule.phrases:
        yield frozenset(word.encode() for word in WORD.findall(phrase.lower()) if word.isascii())
    for tokens in rule.tokens:
        choices = [anchor.words for anchor in anchors(tokens) if all(map(_plain, anchor.words))]
        fixed = frozenset(word.encode() for words in choices if len(words) == 1 for word in words)
        free = min((words for words in choices if len(words) > 1), key=len, default=None)
        yield from [fixed] if free is None else (fixed | {word.encode()} for word in free)


def _plain(word: str) -> bool:
    return word.isascii() and WORD.fullmatch(word) is not None
