"""One pass of phrase matching over every vocabulary: raw cues for the components that follow.

Component ``pkh_lexicon`` notes each place where a rule's phrase (or token pattern) stands. Inside a family the longest
match wins, across families all stay. A cue is no finding: components read :func:`cues` and accept or refuse them.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pkh_extract.annotating.document import register
from pkh_extract.rules import RuleSet, load_rules


class Lexicon:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.tokens = Matcher(nlp.vocab)
        self.families: dict[int, str] = {}
        for rule in rules.values():
            if rule.phrases:
                self.phrases.add(rule.id, [nlp.make_doc(phrase) for phrase in rule.phrases])
            if rule.tokens:
                self.tokens.add(rule.id, rule.tokens)
            self.families[nlp.vocab.strings.add(rule.id)] = rule.family

    def __call__(self, doc: Doc) -> Doc:
        by_family: dict[str, list[Span]] = {}
        for matcher in (self.phrases, self.tokens):
            for key, start, end in matcher(doc) if len(matcher) else ():
                family = self.families[key]
                span = Span(doc, start, end, label=family, span_id=key)
                by_family.setdefault(family, []).append(span)
        doc._.pkh_cues = {
            family: [(span.start, span.end, span.id) for span in longest(spans)] for family, spans in by_family.items()
        }
        return doc


def longest(spans: list[Span]) -> list[Span]:
    """The longest of overlapping spans, the first of equally long ones, in text order."""
    return list(filter_spans(spans))


def cues(doc: Doc, *families: str) -> list[Span]:
    """The cues of some families in text order: label = family, id = rule."""
    found = doc._.pkh_cues or {}
    spans = [
        Span(doc, start, end, label=family, span_id=key)
        for family in families
        for start, end, key in found.get(family, ())
    ]
    return spans if len(families) == 1 else sorted(spans, key=lambda span: (span.start, span.end))


@Language.factory("pkh_lexicon", default_config={"patterns": None})
def make_lexicon(nlp: Language, name: str, patterns: str | None) -> Lexicon:
    """Factory ``pkh_lexicon``; ``patterns`` is a folder of the user's own rules."""
    return Lexicon(nlp, load_rules(patterns))
