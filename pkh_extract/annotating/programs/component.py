"""Component ``pkh_programs``: programmes by name, relevance, and the sense of KPM.

Puts into ``doc.spans["pkh_programs"]`` each mention of a programme of social aid, label = programme code, id = rule.
"PKH" stands for other things too (forest task force, livestock office, courses); :mod:`.senses` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import Cue, accept, new_span, register, remember, remembered
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.programs.mentions import OTHER, mentions, note_mentions
from pkh_extract.annotating.programs.senses import aid_sense, contrasts, families_sense, named_in_passing
from pkh_extract.annotating.programs.vocabulary import ACRONYM, NameRule, Vocabulary
from pkh_extract.annotating.tokens import Tokens, tokens_of
from pkh_extract.record import Program
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_programs"
STATE = "programs"  # in the memory
SEVERAL = 2  # programmes of which "total bantuan sosial" is the sum


@dataclass(frozen=True)
class Relevance:
    """Is the article about PKH (or its staff, its KPM)? ``evidence`` is the mention that says so, ``rule`` its rule."""

    relevant: bool
    evidence: Span | None = None
    rule: str | None = None


@dataclass(frozen=True)
class _State:
    relevance: Relevance
    kpm: bool


class Programs:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.rules = Vocabulary(rules)

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        tokens = tokens_of(doc)
        names = self.rules.names
        found = [cue for cue in self._names(doc) if names[cue.id_].always or self._stands(tokens, cue)]
        accepted, proof = aid_sense(doc, found, self.rules)
        aid = {cue.start for cue in accepted}
        named = [
            (cue, code)
            for cue, code in zip(found, self._codes(found), strict=True)
            if cue.start in aid or not names[cue.id_].sense
        ]
        if any(names[cue.id_].several for cue, _ in named):
            named = self._without_sums(named, tokens)
        note_mentions(doc, named)
        accept(doc, *(cue for cue, code in named if code == OTHER))
        named = [(cue, code) for cue, code in named if code != OTHER]
        spans = [new_span(doc, cue.start, cue.end, code, cue.id_) for cue, code in named]
        doc.spans[KEY] = spans
        accept(doc, *proof)
        pkh = [span for span, (_, code) in zip(spans, named, strict=True) if code == "PKH"]
        verdict = self._relevance(doc, pkh, spans)
        kpm, kpm_proof = families_sense(doc, self.rules, aid=bool(pkh))
        accept(doc, *kpm_proof)
        remember(doc, STATE, _State(verdict, kpm))
        return doc

    def _without_sums(self, named: list[tuple[Cue, str]], tokens: Tokens) -> list[tuple[Cue, str]]:
        """The names without "total bantuan sosial" where it is no sum of programmes: where the article names but one,
        and behind the name of one in its sentence ("PKH untuk 640 KPM, dengan total bantuan …")."""
        names = self.rules.names
        several = len({code for _, code in named if code != OTHER}) >= SEVERAL
        kept: list[tuple[Cue, str]] = []
        told = -1  # the sentence of the last programme
        for cue, code in named:
            sentence = tokens.sentence[cue.start]
            if not names[cue.id_].several:
                told = sentence
            elif not several or sentence == told:
                continue
            kept.append((cue, code))
        return kept

    def _names(self, doc: Doc) -> list[Cue]:
        """The cues of names; of "PKH dan sembako" (rules with ``last``) both names, each for itself."""
        names: list[Cue] = []
        rules = self.rules.names
        for cue in cues(doc, "program"):
            if not rules[cue.id_].last:
                names.append(cue)
                continue
            if cue.lower[0] == "pkh" and ACRONYM in rules:
                names.append(Cue(cue.tokens, cue.start, cue.start + 1, cue.label_, ACRONYM))
            names.append(Cue(cue.tokens, cue.end - 1, cue.end, cue.label_, cue.id_))
        return names

    def _codes(self, found: list[Cue]) -> list[str]:
        """The programme that each name stands for; a short name that of a longer one that begins alike, where the
        article has such; a loose one that of no programme where the article has no other name for it."""
        rules = [self.rules.names[cue.id_] for cue in found]
        codes = [rule.code for rule in rules]
        loose = [at for at, rule in enumerate(rules) if rule.loose]
        if loose:
            named = {rule.code for rule in rules if not rule.loose}
            for at in loose:
                codes[at] = codes[at] if codes[at] in named else OTHER
        short = {cue.id_: rule for cue, rule in zip(found, rules, strict=True) if rule.short_for}
        longer = {rule_id: _spelt_out(rule_id, rule, found, codes) for rule_id, rule in short.items()}
        return [longer.get(cue.id_) or code for cue, code in zip(found, codes, strict=True)]

    def _stands(self, tokens: Tokens, cue: Cue) -> bool:
        """Do the conditions of the cue's rule (capitals, words near) hold?"""
        rule = self.rules.names[cue.id_]
        if rule.upper and not cue.text.isupper():
            return False
        if rule.near and not _any_word(tokens, cue, rule.near, rule.window):
            return False
        return not (rule.unless and _any_word(tokens, cue, rule.unless, 2))

    def _relevance(self, doc: Doc, pkh: list[Span], spans: list[Span]) -> Relevance:
        if len(pkh) == 1 and (other := named_in_passing(doc, pkh[0], self.rules)) is not None:
            accept(doc, other)
            return Relevance(False)
        apart: list[Cue] = []
        for span, contrast in zip(pkh, contrasts(doc, pkh, self.rules, spans), strict=True):
            if contrast is None:
                return Relevance(True, span, span.id_)
            apart.append(contrast)
        accept(doc, *apart)
        return Relevance(False)


def _spelt_out(short: str, rule: NameRule, found: list[Cue], codes: list[str]) -> str | None:
    """The one programme that the article spells out with the words of a short name and more; none where two are, or
    where a sentence sets the short name beside the long one ("BLT, BPNT dan BLT DD")."""
    beside = {cue.tokens.sentence[cue.start] for cue in found if cue.id_ == short}
    spelt: set[str] = set()
    for cue, code in zip(found, codes, strict=True):
        if code in rule.short_for and cue.id_ != short and cue.text.lower().startswith(rule.begins):
            spelt.add(code)
            if cue.tokens.sentence[cue.start] in beside:
                return None
    return spelt.pop() if len(spelt) == 1 else None


def _any_word(tokens: Tokens, cue: Cue, words: frozenset[str], window: int) -> bool:
    before = tokens.lower[max(0, cue.start - window) : cue.start]
    return not (words.isdisjoint(before) and words.isdisjoint(tokens.lower[cue.end : cue.end + window]))


def _state(doc: Doc) -> _State | None:
    return cast("_State | None", remembered(doc, STATE))


def relevance(doc: Doc) -> Relevance:
    """Whether the article reports on PKH; not relevant where the component has not run."""
    state = _state(doc)
    return state.relevance if state else Relevance(False)


def kpm_sense(doc: Doc) -> bool:
    """Does "KPM" here mean families that receive social aid (of whichever programme)?"""
    state = _state(doc)
    return state.kpm if state else False


def programs(doc: Doc) -> list[Program]:
    """Codes of the programmes the article names, in the order of first mention; the title counts last, and only for
    what the text does not name."""
    text, title = mentions(doc)
    codes = dict.fromkeys(mention.code for mention in (*text.found, *title.found) if mention.code != OTHER)
    return [cast("Program", code) for code in codes]


@Language.factory("pkh_programs", default_config={"patterns": None}, requires=["doc.sents"], assigns=["doc.spans"])
def make_programs(nlp: Language, name: str, patterns: str | None) -> Programs:
    """Factory ``pkh_programs``."""
    return Programs(nlp, load_rules(patterns))


__all__ = ["KEY", "Programs", "Relevance", "kpm_sense", "make_programs", "programs", "relevance"]
