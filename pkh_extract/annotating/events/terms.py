"""Which cues of events count at all, by the words around them: the conditions of the rules, as ``patterns/events.yaml``
explains them."""

from __future__ import annotations

import itertools

from spacy.tokens import Doc

from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.events.layout import CLAUSE, Layout
from pkh_extract.annotating.events.vocabulary import TermRule
from pkh_extract.annotating.lexicon import cues

HOLDERS = {"menggelar", "menghelat", "melaksanakan", "mengadakan", "menyelenggarakan", "gelar", "laksanakan", "adakan"}
PROGRAMME = ["keluarga", "harapan"]  # no family does anything here
RECIPIENTS = {
    "kpm", "pkh", "penerima", "keluarga", "manfaat", "kelompok", "orang", "warga", "eks", "mantan", "yang", "sudah",
    "telah", "ibu", "para", "kk", "peserta", "(", ")",
}  # fmt: skip
HONOURS = {"sertifikat", "piagam", "penghargaan", "wisuda", "medali", "plakat"}
UNLESS_REACH = 3  # words before the term
BY_REACH = 30  # words back to who did it


def standing_terms(doc: Doc, rules: dict[str, TermRule], layout: Layout) -> list[Cue]:
    """The terms of events in text order: label = family, id = the rule under which each counts."""
    found = []
    for cue in cues(doc, "event"):
        rule: TermRule | None = rules[cue.id_]
        if rule is not None and rule.not_by:
            rule = _by_subject(cue, rule, rules, layout)
        if rule is not None and _stands(cue, rule, layout):
            found.append(cue if rule.id == cue.id_ else Cue(cue.tokens, cue.start, cue.end, cue.label_, rule.id))
    return found


def _by_subject(cue: Cue, rule: TermRule, rules: dict[str, TermRule], layout: Layout) -> TermRule | None:
    """The rule, or its ``otherwise`` where the nearest person before the term is one of ``not_by``; ``None`` where
    that has no rule."""
    start, _ = layout.bounds_at(cue.start)
    words = layout.words
    for at in range(cue.start - 1, max(start, cue.start - BY_REACH) - 1, -1):
        if words[at] in rule.not_by:
            return rules.get(rule.otherwise)
        if words[at] in rule.by and words[at : at + 2] != PROGRAMME:
            return rule
    return rule


def _stands(cue: Cue, rule: TermRule, layout: Layout) -> bool:
    words = layout.words
    near = words[max(0, cue.start - UNLESS_REACH) : cue.start]
    if not rule.unless.isdisjoint(near) and _refused(cue, rule, layout):
        return False
    if rule.after_not and not rule.after_not.isdisjoint(words[cue.end : cue.end + 1]):
        return False
    if rule.given and _tells_to_whom(cue, rule, layout):
        return False
    return not rule.near or _near(cue, rule, layout)


def _tells_to_whom(cue: Cue, rule: TermRule, layout: Layout) -> bool:
    """Does the term only say to whom aid is given ("modal usaha kepada 40 KPM PKH graduasi")? A certificate is given at
    the event itself."""
    start, _ = layout.bounds_at(cue.start)
    at = cue.start - 1
    while at > start and (layout.words[at] in RECIPIENTS or layout.words[at][:1].isdecimal()):
        at -= 1
    dative = at < cue.start - 1 and layout.words[at] in rule.given
    return dative and HONOURS.isdisjoint(layout.words[start:at])


def _refused(cue: Cue, rule: TermRule, layout: Layout) -> bool:
    """Does a word before the term say that the rule does not hold?"""
    start, _ = layout.bounds_at(cue.start)
    before = layout.words[max(start, cue.start - UNLESS_REACH) : cue.start]
    if rule.unless.isdisjoint(before):
        return False
    # "pendamping menggelar P2K2": what stands before the verb is its subject
    own = itertools.takewhile(lambda word: word not in HOLDERS, reversed(before))
    return not rule.unless.isdisjoint(own)


def _near(cue: Cue, rule: TermRule, layout: Layout) -> bool:
    """Does one of the words that the rule asks for stand near the term, or inside it?"""
    words, (start, end) = layout.words, layout.bounds_at(cue.start)
    first, last = max(start, cue.start - rule.before), min(end, cue.end + rule.window)
    if rule.near.isdisjoint(words[first:last]):
        return False
    if not rule.clause:
        return True
    before = itertools.takewhile(lambda word: word not in CLAUSE, reversed(words[first : cue.start]))
    behind = itertools.takewhile(lambda word: word not in CLAUSE, words[cue.end : last])
    return not (rule.near.isdisjoint(before) and rule.near.isdisjoint(behind) and rule.near.isdisjoint(cue.lower))
