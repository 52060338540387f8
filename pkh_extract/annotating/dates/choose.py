"""Which of an article's dates is the event's."""

from __future__ import annotations

import bisect
import datetime
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pkh_extract import record
from pkh_extract.annotating.dates.values import KEY, DateMention, iso_day
from pkh_extract.annotating.document import evidence, group, in_title, text_offset, value_of, warn

ROLE_WEIGHT = {"event": 4.0, "statement": 3.0, "plan": -3.0, "deadline": -6.0, "background": -4.0, "period": -4.0}
PRECISION_WEIGHT = {"day": 2.0, "month": -2.0, "year": -5.0}
METHOD_WEIGHT = {"explicit": 1.0, "completed": 0.8, "relative": 0.0, "published": 0.0}
LEAD = 2  # paragraphs
DATELINE = 80  # characters
DASHES = {"-", "–", "—"}
MOST_PLACES = 20
YESTERDAY = datetime.timedelta(days=3)
MOST_RANGES = 50


@dataclass(frozen=True)
class Candidate:
    """A mention that could be the event's date."""

    span: Span
    mention: DateMention
    score: float


def event_date(doc: Doc, event: Span | None, announced: bool = False) -> record.EventDate | None:
    """The date of the main event, ``None`` where the article gives none.

    ``event`` is the span of the event's term, ``None`` where unknown; ``announced`` says that the event is
    still to come. Adds the warnings ``duration_mismatch`` and ``future_date``
    to the document. The publication day alone never makes a date here: there would be nothing to quote.
    """
    candidates = _candidates(doc, event, announced)
    if not candidates:
        return None
    best = max(candidates, key=lambda one: (one.score, -one.span.start))
    length = _length(doc, best, View(doc, None))
    mention = best.mention
    assert mention.start is not None
    start, end = mention.start, mention.end
    if length is not None and length > 1 and end == start:
        end = _stated_end(doc, start + datetime.timedelta(days=length - 1)) or end
    single = end == start and mention.precision == "day"
    if length is not None and length > 1 and single:
        end = None
    result = record.EventDate(
        start=start.isoformat(),
        end=end.isoformat() if end else None,
        precision=mention.precision,
        duration_days=length,
        method=mention.method,
        weekday_matches=mention.weekday_matches,
        evidence=evidence(best.span),
    )
    _warn(doc, best, length, announced)
    return result


def _candidates(doc: Doc, event: Span | None, announced: bool) -> list[Candidate]:
    view = View(doc, event)
    out = []
    for span in group(doc, KEY):
        mention = value_of(span)
        if isinstance(mention, DateMention) and _usable(mention, announced):
            out.append(Candidate(span, mention, _score(view, span, mention, announced)))
    return _prefer_ranges(_prefer_latest(out))


def _usable(mention: DateMention, announced: bool) -> bool:
    """Can the mention date an event at all?"""
    if mention.start is None or mention.form in ("clock", "length", "years") or mention.precision == "year":
        return False
    if mention.role in ("deadline", "background", "period") or mention.announced:
        return announced and mention.announced
    if announced and mention.role == "statement" and not mention.held:
        return False  # the day on which somebody announced it
    return mention.role != "law"


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


def _score(view: View, span: Span, mention: DateMention, announced: bool) -> float:
    score = ROLE_WEIGHT.get(mention.role, 0.0) + PRECISION_WEIGHT[mention.precision] + METHOD_WEIGHT[mention.method]
    paragraph = view.paragraph(span)
    score -= min(paragraph, 6) * 0.3
    if paragraph < LEAD and not view.in_dateline(span):
        score += 1.5
    if announced and mention.announced:
        score += 8.0
    if mention.form == "relative":
        score -= 3.0
    if mention.past and mention.method != "explicit":
        score -= 2.0
    if mention.until:
        score -= 3.5
    if mention.held:
        score += 4.0 if mention.start != mention.end else 2.0
    if in_title(span):
        score -= 1.0
    if view.said_of_event(span):
        score += 1.5
    return score


def _prefer_latest(candidates: list[Candidate]) -> list[Candidate]:
    """A day that the text calls past ("Kamis (7/10) lalu") gives way where it speaks of one that is days later; the
    eve of an interview does not."""
    days = [one.mention.start for one in candidates if one.mention.start and one.mention.precision == "day"]
    latest = max(days, default=None)
    return [
        Candidate(one.span, one.mention, one.score - 3.0)
        if one.mention.past and latest and one.mention.start and latest - one.mention.start > YESTERDAY
        else one
        for one in candidates
    ]


def _prefer_ranges(candidates: list[Candidate]) -> list[Candidate]:
    """A range that contains the day of the report, or ends on the day before it, beats that day."""
    ranges = [
        (one.mention.start, one.mention.end)
        for one in candidates
        if one.mention.precision == "day"
        and one.mention.start
        and one.mention.end
        and one.mention.start != one.mention.end
    ][:MOST_RANGES]
    out = []
    for one in candidates:
        day = one.mention.start
        single = day is not None and day == one.mention.end
        inside = single and any(start <= day <= end + datetime.timedelta(days=1) for start, end in ranges if day)
        out.append(Candidate(one.span, one.mention, one.score - (6.0 if inside else 0.0)))
    return out


def _length(doc: Doc, best: Candidate, view: View) -> int | None:
    """The stated length: in the sentence of the date, or else the only one in the lead."""
    lengths = [
        (span, value.duration_days)
        for span in group(doc, KEY)
        if isinstance(value := value_of(span), DateMention) and value.form == "length"
    ]
    paragraph = view.paragraph(best.span)
    same = [days for span, days in lengths if view.paragraph(span) == paragraph]
    if same:
        return same[0]
    beside = {days for span, days in lengths if abs(view.paragraph(span) - paragraph) == 1}
    if len(beside) == 1:
        return beside.pop()
    lead = {days for span, days in lengths if view.paragraph(span) < 5}
    return lead.pop() if len(lead) == 1 else None


def _stated_end(doc: Doc, last: datetime.date) -> datetime.date | None:
    """The day on which a range of stated length ends, where a weekday of the text names that very day
    ("lima hari hingga Jumat")."""
    values = [value_of(span) for span in group(doc, KEY)]
    weekdays = [value.start for value in values if isinstance(value, DateMention) and value.form == "weekday"]
    return last if last in weekdays else None


def _warn(doc: Doc, best: Candidate, length: int | None, announced: bool) -> None:
    start, end = best.mention.start, best.mention.end
    if start and end and length and end > start and best.mention.precision == "day":
        days = (end - start).days + 1
        if days != length:
            warn(doc, "duration_mismatch", f"{best.span.text!r} is {days} days, the text says {length}.", best.span)
    published = iso_day(doc._.pkh_published)
    if start and published and start > published and not announced and not best.mention.announced:
        warn(doc, "future_date", f"The event ({start}) is after the publication ({published}).", best.span)
