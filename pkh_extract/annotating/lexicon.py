"""One pass of phrase matching over every vocabulary: raw cues for the components that follow.

Component ``pkh_lexicon`` notes each place where a rule's phrase (or token pattern) stands. Inside a family the longest
match wins, across families all stay. A cue is no finding: components read :func:`cues` and accept or refuse them.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import TypeVar

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pkh_extract.annotating.anchored import AnchoredMatcher
from pkh_extract.annotating.document import Cue, register
from pkh_extract.annotating.tokens import Tokens, bare_tokens_of
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_cues"  # in doc.user_data
Range = tuple[int, int, int]  # first token, token after the last, hash of the rule's id
Kind = TypeVar("Kind")
_PLACE = attrgetter("start", "end")


class Lexicon:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.names: dict[int, str] = {}  # hash of an id -> id
        self.families: dict[int, str] = {}
        for rule in rules.values():
            if rule.phrases:
                self.phrases.add(rule.id, [nlp.make_doc(phrase) for phrase in rule.phrases])
            key = nlp.vocab.strings.add(rule.id)
            self.names[key], self.families[key] = rule.id, rule.family
        self.tokens = AnchoredMatcher(nlp.vocab, rules.values())

    def __call__(self, doc: Doc) -> Doc:
        tokens, families = bare_tokens_of(doc), self.families
        found: dict[str, list[Range]] = {}
        for key, start, end in (*self.phrases(doc), *self.tokens(doc, tokens.lower)):
            family = families[key]
            if family in found:
                found[family].append((start, end, key))
            else:
                found[family] = [(start, end, key)]
        doc.user_data[KEY] = _Found(tokens, found, self.names)
        return doc


class _Found:
    """What a document's lexicon found, by family; a family's cues are made when they are first asked for."""

    def __init__(self, tokens: Tokens, ranges: dict[str, list[Range]], names: dict[int, str]) -> None:
        self.tokens, self.ranges, self.names = tokens, ranges, names
        self.made: dict[str, list[Cue]] = {}

    def family(self, name: str) -> list[Cue]:
        """The cues of one family in text order."""
        if name not in self.ranges:
            return []
        made = self.made.get(name)
        if made is None:
            tokens, names = self.tokens, self.names
            kept = longest(self.ranges[name])
            made = self.made[name] = [Cue(tokens, start, end, name, names[key]) for start, end, key in kept]
        return made


def longest(found: Iterable[tuple[int, int, Kind]]) -> list[tuple[int, int, Kind]]:
    """The longest of overlapping ranges, the first of equal ones, in text order."""
    ordered = sorted(found, key=itemgetter(0, 1))
    last = 0
    for start, end, _ in ordered:
        if start < last:
            break
        last = end
    else:
        return ordered
    taken: set[int] = set()
    kept = []
    for one in sorted(ordered, key=lambda one: one[0] - one[1]):
        start, end, _ = one
        if start not in taken and end - 1 not in taken:  # longer ones come first: none lies around a taken token
            kept.append(one)
            taken.update(range(start, end))
    return sorted(kept, key=itemgetter(0))


def cues(doc: Doc, *families: str) -> list[Cue]:
    """The cues of some families in text order: label = family, id = rule. The list is not to be changed."""
    found: _Found | None = doc.user_data.get(KEY)
    if found is None:
        return []
    if len(families) == 1:
        return found.family(families[0])
    return sorted([cue for family in families for cue in found.family(family)], key=_PLACE)


@Language.factory("pkh_lexicon", default_config={"patterns": None})
def make_lexicon(nlp: Language, name: str, patterns: str | None) -> Lexicon:
    """Factory ``pkh_lexicon``; ``patterns`` is a folder of the user's own rules."""
    return Lexicon(nlp, load_rules(patterns))
