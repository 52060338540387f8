"""One pass of phrase matching over every vocabulary: raw cues for the components that follow.

Component ``pkh_lexicon`` notes each place where a rule's phrase (or token pattern) stands. Inside a family the longest
match wins, across families all stay. A cue is no finding: components read :func:`cues` and accept or refuse them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from operator import attrgetter

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pkh_extract.annotating.anchored import AnchoredMatcher
from pkh_extract.annotating.document import Cue, register
from pkh_extract.annotating.tokens import bare_tokens_of
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_cues"  # in doc.user_data: family -> cues in text order
_PLACE = attrgetter("start", "end")


class Lexicon:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.rules: dict[int, tuple[str, str]] = {}  # hash of the id -> family, id
        for rule in rules.values():
            if rule.phrases:
                self.phrases.add(rule.id, [nlp.make_doc(phrase) for phrase in rule.phrases])
            self.rules[nlp.vocab.strings.add(rule.id)] = (rule.family, rule.id)
        self.tokens = AnchoredMatcher(nlp.vocab, rules.values())

    def __call__(self, doc: Doc) -> Doc:
        tokens = bare_tokens_of(doc)
        found: dict[str, list[Cue]] = {}
        for key, start, end in (*self.phrases(doc), *self.tokens(doc, tokens.lower)):
            family, rule = self.rules[key]
            if family in found:
                found[family].append(Cue(tokens, start, end, family, rule))
            else:
                found[family] = [Cue(tokens, start, end, family, rule)]
        doc.user_data[KEY] = {family: longest(here) for family, here in found.items()}
        return doc


def longest(found: list[Cue]) -> list[Cue]:
    """The longest of overlapping cues, the first of equally long ones, in text order."""
    if len(found) == 1:
        return found
    ordered = sorted(found, key=_PLACE)
    if all(one.end <= other.start for one, other in itertools.pairwise(ordered)):
        return ordered
    taken: set[int] = set()
    kept = []
    for cue in sorted(ordered, key=lambda cue: (cue.start - cue.end, cue.start)):
        if cue.start not in taken and cue.end - 1 not in taken:  # longer ones come first: no cue holds a taken token
            kept.append(cue)
            taken.update(range(cue.start, cue.end))
    return sorted(kept, key=_PLACE)


def cues(doc: Doc, *families: str) -> list[Cue]:
    """The cues of some families in text order: label = family, id = rule. Not to be changed."""
    found: dict[str, list[Cue]] = doc.user_data.get(KEY) or {}
    if len(families) == 1:
        return found.get(families[0], [])
    return merged(found[family] for family in families if family in found)


def merged(lists: Iterable[list[Cue]]) -> list[Cue]:
    """Several lists of cues as one in text order."""
    return sorted((cue for one in lists for cue in one), key=_PLACE)


@Language.factory("pkh_lexicon", default_config={"patterns": None})
def make_lexicon(nlp: Language, name: str, patterns: str | None) -> Lexicon:
    """Factory ``pkh_lexicon``; ``patterns`` is a folder of the user's own rules."""
    return Lexicon(nlp, load_rules(patterns))
