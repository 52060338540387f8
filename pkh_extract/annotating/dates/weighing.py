"""How well each date of an article would do as the event's: reasons for and against it, weighed.

Each reason is a rule ``date_choice.*`` with a ``weight``; what speaks for a candidate adds up. The rules carry the
examples; here stands only when each of them applies.
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from pkh_extract.annotating.dates.values import KEY, DateMention
from pkh_extract.annotating.document import group, in_title, sentence_of, text_offset, value_of
from pkh_extract.rules import RuleSet

FAMILY = "date_choice"
LEAD = 2  # paragraphs
DEEP = 6  # paragraphs after which depth counts no more
DATELINE = 80  # characters
DASHES = {"-", "–", "—"}
MOST_PLACES = 20
MOST_RANGES = 50
EVE = datetime.timedelta(days=3)  # so much older than the latest date, a day called past is another event's
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Candidate:
    """A mention that could be the event's date. ``reasons``: the rules that apply, with what each adds."""

    span: Span
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
    """The weights of the rules."""

    def __init__(self, rules: RuleSet) -> None:
        self._weights = {rule.id: float(rule.get("weight")) for rule in rules.family(FAMILY)}

    def of(self, reason: str, times: float = 1.0) -> tuple[tuple[str, float], ...]:
        """A reason as part of a candidate's; nothing where the rule is switched off."""
        rule = f"{FAMILY}.{reason}"
        return ((rule, self._weights[rule] * times),) if rule in self._weights and times else ()


class View:
    """Where things stand in a document: paragraphs and the sentences that speak of the event."""

    def __init__(self, doc: Doc, event: Span | None) -> None:
        text, start = doc.text, text_offset(doc)
        self.breaks = [found.start() for found in re.finditer("\n\n", text) if found.start() >= start]
        self.text_start = start
        self.sentences = _event_sentences(doc, event)

    def paragraph(self, span: Span) -> int:
        """The number of the span's paragraph in the text, from 0."""
        return bisect.bisect_right(self.breaks, span.start_char)

    def said_of_event(self, span: Span) -> bool:
        """Does the span share a sentence with the event's term?"""
        return any(start <= span.start and span.end <= end for start, end in self.sentences)

    def in_dateline(self, span: Span) -> bool:
        """Does the span stand before the dash that opens the report ("YOGYAKARTA (3 Oktober 2020) - …")?"""
        if span.start_char - self.text_start > DATELINE or in_title(span):
            return False
        return any(token.text in DASHES for token in span.doc[span.end : span.end + 3])


def _event_sentences(doc: Doc, event: Span | None) -> list[tuple[int, int]]:
    """Token ranges of the sentences in which the event's term stands."""
    if event is None or not len(event) or not doc.has_annotation("SENT_START"):
        return []
    words = [token.lower_ for token in event]
    lowered = [token.lower_ for token in doc]
    starts = [event.start]
    for start in range(len(doc) - len(words) + 1):
        if lowered[start] == words[0] and lowered[start : start + len(words)] == words:
            starts.append(start)
            if len(starts) > MOST_PLACES:
                break
    sentences = {(sentence.start, sentence.end) for sentence in (doc[start].sent for start in starts)}
    return sorted(sentences)


def candidates(
    doc: Doc, event: Span | None, announced: bool, weights: Weights, others: frozenset[int] = frozenset()
) -> list[Candidate]:
    """Every date of the document that could be the event's, with its reasons. A month or a week is one only where the
    text says it of the event, and no date names a day."""
    view = View(doc, event)
    found = []
    for span in group(doc, KEY):
        mention = value_of(span)
        if isinstance(mention, DateMention) and usable(mention, announced):
            reasons = tuple(_reasons(view, span, mention, announced, weights))
            if others and sentence_of(doc, span).start in others:
                reasons += weights.of("other_event")
            found.append(Candidate(span, mention, reasons))
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


def _reasons(
    view: View, span: Span, mention: DateMention, announced: bool, weights: Weights
) -> Iterator[tuple[str, float]]:
    """The reasons that lie in the mention itself and its place."""
    paragraph = view.paragraph(span)
    yield from weights.of(mention.role)
    yield from weights.of("full", mention.method == "explicit" and mention.precision == "day")
    yield from weights.of("completed", mention.method == "completed" and mention.precision == "day")
    yield from weights.of("depth", min(paragraph, DEEP))
    yield from weights.of("lead", paragraph < LEAD and not view.in_dateline(span))
    yield from weights.of("announced", announced and mention.announced)
    yield from weights.of("counted", mention.form == "relative")
    yield from weights.of("past", mention.past and mention.method != "explicit")
    yield from weights.of("until", mention.until)
    yield from weights.of("held_range", mention.held and mention.start != mention.end)
    yield from weights.of("held", mention.held and mention.start == mention.end)
    yield from weights.of("headline", in_title(span))
    yield from weights.of("beside_event", view.said_of_event(span))


def _older(found: list[Candidate], weights: Weights) -> list[Candidate]:
    """A day that the text calls past ("Kamis (7/10) lalu") gives way where it speaks of one that is days later; the
    eve of an interview does not."""
    latest = max((one.mention.start for one in found if one.mention.start and not one.coarse), default=None)
    return [
        replace(one, reasons=one.reasons + weights.of("older"))
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
    out = []
    for one in found:
        day = one.mention.start if one.single else None
        inside = day is not None and any(start <= day <= end + DAY for start, end in ranges)
        out.append(replace(one, reasons=one.reasons + weights.of("within_range", inside)))
    return out
