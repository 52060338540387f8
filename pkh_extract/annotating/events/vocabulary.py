"""The rules of events as the component reads them: what each says of its cues, looked up once a rule set.

``patterns/events.yaml`` explains the keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from pkh_extract.record import EventStatus, EventType
from pkh_extract.rules import Rule, RuleSet

Words = frozenset[str]
WINDOW = 8  # words to a word that a term wants near it
TERMINATORS = {"karena", "sehingga", "tetapi", "tapi", "namun", "setelah", "agar", "supaya", "untuk", "sedangkan"}
TERMINATORS |= {"sementara", "kata", "ujar", "ujarnya", "katanya", "jelasnya", "ucapnya", "bahwa", "meski", "walau"}
TERMINATORS |= {"sebab", "hingga", "sebelum", "sesudah", ";", ".", ":", "”", '"'}


@dataclass(frozen=True, slots=True)
class TermRule:
    """A rule of family ``event``: a term, what it names and where it counts."""

    id: str
    type: EventType
    weight: float
    noun: bool
    verb: bool
    governs: bool
    setting: bool
    counted: bool
    mute: bool
    status: EventStatus | None
    never: frozenset[EventStatus]
    unless: Words
    after_not: Words
    given: Words
    near: Words
    window: int
    before: int
    clause: bool
    by: Words
    not_by: Words
    otherwise: str


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A rule of family ``event_status``: ``before`` and ``behind`` are how many words it reaches to a term behind and
    before it, ``ends`` the words that end its scope."""

    status: EventStatus
    before: int
    behind: int
    ends: Words
    unless: Words
    lower: bool
    modal: bool


@dataclass(frozen=True, slots=True)
class BesideRule:
    """A rule of family ``event_beside``; ``reach`` is ``None`` where it reaches any term behind it."""

    reach: int | None
    behind: bool
    apart: bool
    joint: bool
    unless: Words


class Vocabulary:
    """The rules of events by id, their order in the file, and which of them say what only takes weeks (``lasting``).
    ``beneficiaries``: words behind a rule of ``event_talk`` that make it say for whom, not what for; ``for_whom``:
    all of them."""

    def __init__(self, rules: RuleSet) -> None:
        self.terms = {rule.id: _term(rule) for rule in rules.family("event")}
        self.statuses = {rule.id: _status(rule) for rule in rules.family("event_status")}
        self.besides = {rule.id: _beside(rule) for rule in rules.family("event_beside")}
        self.beneficiaries = {rule.id: _words(rule, "not_before") for rule in rules.family("event_talk")}
        self.for_whom: Words = frozenset().union(*self.beneficiaries.values())
        self.lasting = {
            rule.id for name in ("event", "event_status") for rule in rules.family(name) if rule.get("lasting")
        }
        self.order = rules.order


def _term(rule: Rule) -> TermRule:
    return TermRule(
        id=rule.id,
        type=rule.get("type"),
        weight=float(rule.get("weight", 1)),
        noun=rule.get("kind") == "noun",
        verb=rule.get("kind") == "verb",
        governs=bool(rule.get("governs")),
        setting=bool(rule.get("setting")),
        counted=bool(rule.get("counted")),
        mute=bool(rule.get("mute")),
        status=rule.get("status") or None,
        never=frozenset(rule.get("never") or ()),
        unless=_words(rule, "unless"),
        after_not=_words(rule, "after_not"),
        given=_words(rule, "given"),
        near=_words(rule, "near"),
        window=int(rule.get("window", WINDOW)),
        before=int(rule.get("before", rule.get("window", WINDOW))),
        clause=bool(rule.get("clause")),
        by=_words(rule, "by"),
        not_by=_words(rule, "not_by"),
        otherwise=rule.get("otherwise", ""),
    )


def _status(rule: Rule) -> StatusRule:
    return StatusRule(
        status=rule.get("status"),
        before=int(rule.get("before", 5)),
        behind=int(rule.get("after", 5)),
        ends=frozenset(TERMINATORS) - _words(rule, "crosses"),
        unless=_words(rule, "unless"),
        lower=rule.get("case") == "lower",
        modal=bool(rule.get("modal")),
    )


def _beside(rule: Rule) -> BesideRule:
    reach = rule.get("reach")
    return BesideRule(
        reach=None if reach is None else int(reach),
        behind=bool(rule.get("behind")),
        apart=bool(rule.get("apart")),
        joint=bool(rule.get("joint")),
        unless=_words(rule, "unless"),
    )


def _words(rule: Rule, key: str) -> Words:
    words = rule.get(key) or ()
    return frozenset([words] if isinstance(words, str) else words)
