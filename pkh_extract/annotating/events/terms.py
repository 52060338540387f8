"""Which cues of events count at all, by the words around them: the conditions of the rules, as ``patterns/events.yaml``
explains them."""

from __future__ import annotations

import itertools

from spacy.tokens import Doc, Span

from pkh_extract.annotating.events.layout import CLAUSE, Layout
from pkh_extract.annotating.lexicon import cues
from pkh_extract.rules import Rule, RuleSet

HOLDERS = {"menggelar", "menghelat", "melaksanakan", "mengadakan", "menyelenggarakan", "gelar", "laksanakan", "adakan"}
UNLESS_REACH = 3  # words before the term
BY_REACH = 30  # words back to who did it


def standing_terms(doc: Doc, rules: RuleSet, layout: Layout) -> list[Span]:
    """The terms of events in text order: label = family, id = the rule under which each counts."""
    found = []
    for cue in cues(doc, "event"):
        rule = _by_subject(cue, rules, layout)
        if rule is not None and _stands(cue, rule, layout):
            found.append(cue if rule.id == cue.id_ else Span(doc, cue.start, cue.end, label="event", span_id=rule.id))
    return found


def _by_subject(cue: Span, rules: RuleSet, layout: Layout) -> Rule | None:
    """The rule, or its ``otherwise`` where the nearest person before the term is one of ``not_by``; ``None`` where
    that has no rule."""
    rule = rules[cue.id_]
    if not rule.get("not_by"):
        return rule
    start, _ = layout.bounds_at(cue.start)
    for word in reversed(layout.words[max(start, cue.start - BY_REACH) : cue.start]):
        if word in rule.get("by", ()):
            return rule
        if word in rule.get("not_by"):
            return rules.get(rule.get("otherwise", ""))
    return rule


def _stands(cue: Span, rule: Rule, layout: Layout) -> bool:
    words, (start, end) = layout.words, layout.bounds_at(cue.start)
    before_it = itertools.takewhile(  # "pendamping menggelar P2K2": what stands before the verb is its subject
        lambda word: word not in HOLDERS, reversed(words[max(start, cue.start - UNLESS_REACH) : cue.start])
    )
    if any(word in rule.get("unless", ()) for word in before_it):
        return False
    if words[cue.end : cue.end + 1] and words[cue.end] in rule.get("after_not", ()):
        return False
    near = rule.get("near")
    if not near:
        return True
    window = int(rule.get("window", 8))
    before = words[max(start, cue.start - window) : cue.start]
    behind = words[cue.end : min(end, cue.end + window)]
    if rule.get("clause"):
        before = list(itertools.takewhile(lambda word: word not in CLAUSE, reversed(before)))
        behind = list(itertools.takewhile(lambda word: word not in CLAUSE, behind))
    return any(word in near for word in (*before, *behind, *words[cue.start : cue.end]))
