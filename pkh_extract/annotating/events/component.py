"""Component ``pkh_events``: what happened, as headline and lead report it.

Puts the events into ``doc.spans["pkh_events"]`` (label = type, id = rule, value = :class:`EventMention`). An article
that is not about PKH reports none.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import accept, new_span, register, value_of
from pkh_extract.annotating.events.choosing import Candidate, candidates, choose, confidence
from pkh_extract.annotating.events.evidence import Evidence, Weigher
from pkh_extract.annotating.events.scope import Scope
from pkh_extract.annotating.events.values import EventMention
from pkh_extract.annotating.events.vocabulary import Vocabulary
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.programs import relevance
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_events"
FURTHER = 0.7  # the confidence of a further event, as a share of the main one's


class Events:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.rules = Vocabulary(rules)

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        doc.spans[KEY] = self._spans(doc) if len(doc) and relevance(doc).relevant else []
        return doc

    def _spans(self, doc: Doc) -> list[Span]:
        """The spans of the events."""
        weigher = Weigher(doc, self.rules)
        evidence = weigher.evidence()
        if not evidence:
            return []
        found = candidates(evidence, self.rules.order)
        scope = Scope(doc, self.rules, weigher.layout)
        spans = [
            new_span(doc, mention.span.start, mention.span.end, mention.type, mention.rule, mention)
            for mention in self._mentions(doc, found, scope, tokens_of(doc).opens)
        ]
        accept(doc, *(cue for item in evidence for cue in item.against))
        return spans

    def _mentions(self, doc: Doc, found: list[Candidate], scope: Scope, starts: list[int]) -> Iterator[EventMention]:
        """The main event, then the further ones; what is only planned beside an event that took place is none."""
        sure, main = confidence(found), None
        for candidate in choose(found):
            told = frozenset(starts[item.sentence] for item in candidate.evidence if item.free)
            mention = self._mention(doc, candidate, scope, told, sure if main is None else round(sure * FURTHER, 2))
            if main is None:
                main = mention
            elif mention.status == "planned" and main.status != "planned":
                continue
            yield mention

    def _mention(self, doc: Doc, candidate: Candidate, scope: Scope, told: frozenset[int], sure: float) -> EventMention:
        best: Evidence = candidate.best
        status, proof = scope.status_of(candidate.evidence)
        if candidate.type == "statement":
            status, proof = "held", []
        claim = scope.claimed(best, candidate.evidence)
        beside = best.beside.cue if best.beside is not None else None
        said = [cue for cue in (claim, beside) if cue is not None]
        others = [item.span for item in candidate.evidence if item.free and item.rule != best.rule]
        accept(doc, *proof, *said, *best.support, *others)
        return EventMention(
            type=candidate.type,
            term=best.span.text,
            rule=best.rule,
            span=Span(doc, best.span.start, best.span.end, span_id=best.rule),
            status=status,
            reported=claim is not None or status == "denied",  # what is denied is somebody's claim
            confidence=sure,
            sentences=told,
        )


def events(doc: Doc) -> list[EventMention]:
    """The events of an annotated document, the main one first."""
    return [value_of(span) for span in doc.spans[KEY]] if KEY in doc.spans else []


@Language.factory("pkh_events", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_events(nlp: Language, name: str, patterns: str | None) -> Events:
    """Factory ``pkh_events``."""
    return Events(nlp, load_rules(patterns))
