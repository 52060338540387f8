"""One pass of phrase matching over every vocabulary: raw cues for the components that follow.

Component ``pkh_lexicon`` notes each place where a rule's phrase (or token pattern) stands. Inside a family the longest
match wins, across families all stay. A cue is no finding: components read :func:`cues` and accept or refuse them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from operator import attrgetter, itemgetter

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pkh_extract.annotating.anchored import AnchoredMatcher, Kind, Match
from pkh_extract.annotating.document import Cue, register
from pkh_extract.annotating.memory import memory_of
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.tokens import Tokens, bare_tokens_of
from pkh_extract.rules import RuleSet, load_rules

KEY = "cues"  # in the memory
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
        begin(doc, "pkh_lexicon")
        tokens, families = bare_tokens_of(doc), self.families
        found: defaultdict[str, list[Match[int]]] = defaultdict(list)
        for matches in (self.phrases(doc), self.tokens(doc, tokens.lower)):
            for match in matches:
                found[families[match[0]]].append(match)
        memory_of(doc).kept[KEY] = _Found(tokens, found, self.names)
        return doc


class _Found:
    """What a document's lexicon found, by family; a family's cues are made when they are first asked for."""

    def __init__(self, tokens: Tokens, matches: Mapping[str, list[Match[int]]], names: dict[int, str]) -> None:
        self.tokens, self.matches, self.names = tokens, matches, names
        self.made: dict[str, list[Cue]] = {}

    def family(self, name: str) -> list[Cue]:
        """The cues of one family in text order."""
        made = self.made.get(name)
        if made is None:
            if name not in self.matches:
                return []
            tokens, names = self.tokens, self.names
            kept = longest(self.matches[name])
            made = self.made[name] = [Cue(tokens, start, end, name, names[key]) for key, start, end in kept]
        return made


def longest(found: list[Match[Kind]]) -> list[Match[Kind]]:
    """The longest of overlapping matches, the first of equal ones, in text order."""
    last = 0
    for _, start, end in found:
        if start < last:
            break
        last = end
    else:
        return found  # in order, as nearly always, and without overlaps
    taken: set[int] = set()
    kept = []
    for one in sorted(sorted(found, key=itemgetter(1, 2)), key=lambda one: one[1] - one[2]):
        _, start, end = one
        if start not in taken and end - 1 not in taken:  # longer ones come first: none lies around a taken token
            kept.append(one)
            taken.update(range(start, end))
    return sorted(kept, key=itemgetter(1))


def cues(doc: Doc, *families: str) -> list[Cue]:
    """The cues of some families in text order: label = family, id = rule. The list is not to be changed."""
    found: _Found | None = memory_of(doc).kept.get(KEY)
    if found is None:
        return []
    if len(families) == 1:
        return found.family(families[0])
    return sorted([cue for family in families for cue in found.family(family)], key=_PLACE)


@Language.factory("pkh_lexicon", default_config={"patterns": None})
def make_lexicon(nlp: Language, name: str, patterns: str | None) -> Lexicon:
    """Factory ``pkh_lexicon``; ``patterns`` is a folder of the user's own rules."""
    return Lexicon(nlp, load_rules(patterns))
