"""How well each date of an article would do as the event's: reasons for and against it, weighed.

Each reason is a rule ``date_choice.*`` with a ``weight``; what speaks for a candidate adds up. The rules carry the
examples; here stands only when each of them applies.
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pkh_extract.annotating.dates.values import KEY, DateMention
from pkh_extract.annotating.document import Cue, remembered, text_offset, title_end
from pkh_extract.annotating.tokens import Tokens, tokens_of
from pkh_extract.rules import RuleSet

FAMILY = "date_choice"
LEAD = 2  # paragraphs
DEEP = 6  # paragraphs after which depth counts no more
DATELINE = 80  # characters
DASHES = {"-", "–", "—"}
BREAK = re.compile("\n\n")
MOST_PLACES = 20
MOST_RANGES = 50
EVE = datetime.timedelta(days=3)  # so much older than the latest date, a day called past is another event's
DAY = datetime.timedelta(days=1)
Dated = tuple[Cue, DateMention]  # where a mention stands, with the rule of its form, and what it means


class Candidate(NamedTuple):
    """A mention that could be the event's date. ``reasons``: the rules that apply, with what each adds."""

    span: Cue
    mention: DateMention
    reasons: tuple[tuple[str, float], ...] = ()

    @property
    def score(self) -> float:
        """All reasons together."""
        return sum(weight for _, weight in self.reasons)

    @property
    def coarse(self) -> bool:
        """Does it name a month or a week rather than days?"""
        return self.mention.precision != "day" or (self.mention.form == "relative" and not self.single)

    @property
    def single(self) -> bool:
        """Is it one day?"""
        return self.mention.start == self.mention.end

    def has(self, reason: str) -> bool:
        """Does a rule apply?"""
        return any(name == f"{FAMILY}.{reason}" for name, _ in self.reasons)


class Weights:
    """The weights of the rules, and the values of the words that number days (``ordinals``)."""

    def __init__(self, rules: RuleSet) -> None:
        self._weights = {
            rule.id.removeprefix(f"{FAMILY}."): (rule.id, float(rule.get("weight"))) for rule in rules.family(FAMILY)
        }

        self.ordinals: dict[str, int] = {
            word: int(value) for rule in rules.family("date_ordinal") for word, value in rule.get("values").items()
        }

    def of(self, applies: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
        """The rules of some reasons with what each adds, by how often it counts; without those switched off."""
        weights = self._weights
        known = [(weights[reason], times) for reason, times in applies if reason in weights]
        return tuple([(rule, weight * times) for (rule, weight), times in known])


def dates_of(doc: Doc) -> list[Dated]:
    """The mentions of a document with their meaning, in text order, without the spans that ``doc.spans`` has of
    them."""
    found: list[Dated] | None = remembered(doc, KEY)
    return found or []


class View:
    """Where things stand in a document: paragraphs and the sentences that speak of the event."""

    def __init__(self, doc: Doc, event: Span | None) -> None:
        self.tokens, self.text_start, self.title_end = tokens_of(doc), text_offset(doc), title_end(doc)
        self.breaks = [found.start() for found in BREAK.finditer(self.tokens.source, self.text_start)]
        named = event is not None and len(event) and doc.has_annotation("SENT_START")
        self.sentences = _event_sentences(self.tokens, event) if event is not None and named else set()

    def paragraph(self, span: Cue) -> int:
        """The number of the span's paragraph in the text, from 0."""
        return bisect.bisect_right(self.breaks, span.start_char)

    def said_of_event(self, span: Cue) -> bool:
        """Does the span share a sentence with the event's term?"""
        sentence = self.tokens.sentence
        return sentence[span.start] in self.sentences and sentence[span.start] == sentence[span.end - 1]

    def in_dateline(self, span: Cue, start: int) -> bool:
        """Does the span, from character ``start`` on, stand before the dash that opens the report ("YOGYAKARTA
        (3 Oktober 2020) - …")?"""
        if start - self.text_start > DATELINE or start < self.title_end:
            return False
        return not DASHES.isdisjoint(self.tokens.text[span.end : span.end + 3])


def _event_sentences(tokens: Tokens, event: Span) -> set[int]:
    """The sentences in which the event's term stands."""
    words = tokens.lower[event.start : event.end]
    found, at = {tokens.sentence[event.start]}, -1
    for _ in range(MOST_PLACES):
        at = _next(tokens.lower, words, at + 1)
        if at < 0:
            break
        found.add(tokens.sentence[at])
    return found


def _next(lower: list[str], words: list[str], at: int) -> int:
    """Where the words stand next, at token ``at`` or behind it; -1 where they stand no more."""
    try:
        while lower[at : at + len(words)] != words:
            at = lower.index(words[0], at + 1)
    except ValueError:
        return -1
    return at


def candidates(
    view: View, dates: list[Dated], announced: bool, weights: Weights, others: frozenset[int] = frozenset()
) -> list[Candidate]:
    """Every date of the document that could be the event's, with its reasons. A month or a week is one only where the
    text says it of the event, and no date names a day."""
    found = []
    for span, mention in dates:
        if usable(mention, announced):
            applies = _reasons(view, span, mention, announced)
            if others and view.tokens.sentence_at(span.start)[0] in others:
                applies.append(("other_event", 1.0))
            found.append(Candidate(span, mention, weights.of(applies)))
    days = [one for one in found if not one.coarse]
    if not days:
        days = [one for one in found if one.has("beside_event") or (one.has("held") and one.has("lead"))]
    return _within_ranges(_older(days, weights), weights)


def usable(mention: DateMention, announced: bool) -> bool:
    """Can the mention date an event at all?"""
    if mention.start is None or mention.form in ("clock", "length", "years") or mention.precision == "year":
        return False
    if mention.role in ("deadline", "background", "period") or mention.announced:
        return announced and mention.announced
    if announced and mention.role == "statement" and not mention.held:
        return False  # the day on which somebody announced it
    return mention.role != "law"


def _reasons(view: View, span: Cue, mention: DateMention, announced: bool) -> list[tuple[str, float]]:
    """The reasons that lie in the mention itself and its place, each with how often it counts."""
    start, paragraph = span.start_char, view.paragraph(span)
    single = mention.start == mention.end
    applies = (
        (mention.role, True),
        ("full", mention.method == "explicit" and mention.precision == "day"),
        ("completed", mention.method == "completed" and mention.precision == "day"),
        ("depth", min(paragraph, DEEP)),
        ("lead", paragraph < LEAD and not view.in_dateline(span, start)),
        ("announced", announced and mention.announced),
        ("counted", mention.form == "relative"),
        ("past", mention.past and mention.method != "explicit"),
        ("until", mention.until),
        ("held_range", mention.held and not single),
        ("held", mention.held and single),
        ("headline", start < view.title_end),
        ("beside_event", view.said_of_event(span)),
    )
    return [(reason, float(times)) for reason, times in applies if times]


def _older(found: list[Candidate], weights: Weights) -> list[Candidate]:
    """A day that the text calls past ("Kamis (7/10) lalu") gives way where it speaks of one that is days later; the
    eve of an interview does not."""
    latest = max((one.mention.start for one in found if one.mention.start and not one.coarse), default=None)
    older = weights.of([("older", 1.0)])
    return [
        one._replace(reasons=one.reasons + older)
        if one.mention.past and latest and one.mention.start and latest - one.mention.start > EVE
        else one
        for one in found
    ]


def _within_ranges(found: list[Candidate], weights: Weights) -> list[Candidate]:
    """A range that contains the day of the report, or ends on the day before it, beats that day."""
    ranges = [
        (one.mention.start, one.mention.end)
        for one in found
        if one.mention.start and one.mention.end and not one.single and not one.coarse
    ][:MOST_RANGES]

    if not ranges:
        return found

    def inside(one: Candidate) -> bool:
        day = one.mention.start if one.single else None
        return day is not None and any(start <= day <= end + DAY for start, end in ranges)

    reason = weights.of([("within_range", 1.0)])
    return [one._replace(reasons=one.reasons + reason) if inside(one) else one for one in found]
