"""Component ``pkh_programs``: programmes by name, relevance, and the sense of KPM.

Puts into ``doc.spans["pkh_programs"]`` each mention of a programme of social aid, label = programme code, id = rule.
"PKH" stands for other things too (forest task force, livestock office, courses); :mod:`.senses` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import Cue, accept, group, in_title, new_span, register
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.programs.senses import aid_sense, contrasts, families_sense
from pkh_extract.record import Program
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_programs"
ACRONYM = "program.pkh.acronym"


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
        if not Doc.has_extension("pkh_programs_state"):
            Doc.set_extension("pkh_programs_state", default=None)
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        found = [cue for cue in self._names(doc) if self._stands(doc, cue)]
        accepted, proof = aid_sense(doc, found, self.rules)
        aid = {cue.start for cue in accepted}
        spelt: dict[str, set[str]] = {}
        for cue in found:
            spelt.setdefault(str(self.rules[cue.id_].get("code")), set()).add(cue.text.lower())
        mentions = []
        for cue in found:
            rule = self.rules[cue.id_]
            if rule.get("sense") and cue.start not in aid:
                continue
            mentions.append(new_span(doc, cue.start, cue.end, self._code(cue, spelt), cue.id_))
        doc.spans[KEY] = mentions
        accept(doc, *proof)
        named = [span for span in mentions if span.label_ == "PKH"]
        verdict = self._relevance(doc, named, mentions)
        kpm, kpm_proof = families_sense(doc, aid=bool(named))
        accept(doc, *kpm_proof)
        doc._.pkh_programs_state = _State(verdict, kpm)
        return doc

    def _names(self, doc: Doc) -> list[Cue]:
        """The cues of names; of "PKH dan sembako" (rules with ``last``) both names, each for itself."""
        names: list[Cue] = []
        for cue in cues(doc, "program"):
            if not self.rules[cue.id_].get("last"):
                names.append(cue)
                continue
            if cue.lower[0] == "pkh" and ACRONYM in self.rules:
                names.append(Cue(cue.tokens, cue.start, cue.start + 1, cue.label_, ACRONYM))
            names.append(Cue(cue.tokens, cue.end - 1, cue.end, cue.label_, cue.id_))
        return names

    def _code(self, cue: Span, spelt: dict[str, set[str]]) -> str:
        """The programme that a name stands for; a short name that of a longer one that begins alike, where the article
        has such (``spelt``: programme -> its names in the article, in small letters)."""
        rule = self.rules[cue.id_]
        longer = rule.get("short_for")
        if longer and any(name.startswith(f"{cue.text.lower()} ") for name in spelt.get(str(longer), ())):
            return str(longer)
        return str(rule.get("code"))

    def _stands(self, doc: Doc, cue: Span) -> bool:
        """Do the conditions of the cue's rule (capitals, words near) hold?"""
        rule = self.rules[cue.id_]
        if rule.get("case") == "upper" and not cue.text.isupper():
            return False
        near = rule.get("near")
        if near and not _any_word(doc, cue, near, int(rule.get("window", 8))):
            return False
        unless = rule.get("unless")
        return not (unless and _any_word(doc, cue, unless, 2))

    def _relevance(self, doc: Doc, named: list[Span], mentions: list[Span]) -> Relevance:
        apart = contrasts(doc, named, self.rules, mentions)
        for span, contrast in zip(named, apart, strict=True):
            if contrast is None:
                return Relevance(True, span, span.id_)
        accept(doc, *(cue for cue in apart if cue is not None))
        return Relevance(False)


def _any_word(doc: Doc, span: Span, words: list[str], window: int) -> bool:
    around = [*doc[max(0, span.start - window) : span.start], *doc[span.end : span.end + window]]
    return any(token.lower_ in words for token in around)


def _state(doc: Doc) -> _State | None:
    return cast("_State | None", doc._.pkh_programs_state) if Doc.has_extension("pkh_programs_state") else None


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
    found = group(doc, KEY)
    ordered = [span for span in found if not in_title(span)] + [span for span in found if in_title(span)]
    return list(dict.fromkeys(cast("Program", span.label_) for span in ordered))


@Language.factory("pkh_programs", default_config={"patterns": None})
def make_programs(nlp: Language, name: str, patterns: str | None) -> Programs:
    """Factory ``pkh_programs``."""
    return Programs(nlp, load_rules(patterns))


__all__ = ["KEY", "Programs", "Relevance", "kpm_sense", "make_programs", "programs", "relevance"]
