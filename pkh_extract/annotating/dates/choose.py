"""Which of an article's dates is the event's."""

from __future__ import annotations

import datetime

from spacy.tokens import Doc, Span

from pkh_extract import record
from pkh_extract.annotating.dates.values import iso_day
from pkh_extract.annotating.dates.weighing import FAMILY, Candidate, Dated, View, Weights, candidates, dates_of
from pkh_extract.annotating.document import (
    Cue,
    accept,
    evidence,
    group,
    lead_end,
    new_span,
    remembered,
    text_offset,
    warn,
)
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.tokens import tokens_of

CHOICE = "pkh_event_date"  # in doc.spans: the dates chosen, with the id of the rule that decided
REASON = "date_reason"  # label of a candidate as a cue of a rule that was weighed for it
WEIGHTS = "date_weights"
UNTIL, NEAR = {"hingga", "sampai"}, 4  # tokens between a length and its last day, and before that day
DAY = datetime.timedelta(days=1)
FEASTS = {"lebaran", "ramadan", "ramadhan", "puasa", "idul", "idulfitri", "iduladha", "natal", "raya", "kerja"}
ROLES = {f"{FAMILY}.{role}" for role in ("event", "statement", "plan", "deadline")}


def event_date(
    doc: Doc, event: Span | None, announced: bool = False, others: frozenset[int] = frozenset()
) -> record.EventDate | None:
    """The date of an event, ``None`` where the article gives none.

    ``event`` is the span of the event's term, ``None`` where unknown; ``announced`` says that the event is
    still to come; ``others`` are the first tokens of the sentences that tell of other events only. Adds the warnings
    ``duration_mismatch``, ``future_date`` and ``ambiguous_date`` to the document, and to
    ``doc.spans["pkh_event_date"]`` the chosen mention with the id of the rule that decided; every candidate is
    accepted once for each rule that was weighed.
    """
    weights = remembered(doc, WEIGHTS)
    dates = dates_of(doc) if isinstance(weights, Weights) else []
    if not dates:
        return None
    view = View(doc, event)
    found = candidates(view, dates, announced, weights, others)
    if not found:
        return None
    best = max(found, key=lambda one: (one.score, -one.span.start))
    chosen = _explain(doc, best, found)
    length = _length(dates, best, view)
    mention = best.mention
    assert mention.start is not None
    start, end = mention.start, mention.end
    if length is not None and length > 1 and best.single and mention.precision == "day":
        nth = length if _closes(doc, dates, chosen) else _nth_day(doc, chosen, weights.ordinals)
        start -= (nth - 1) * DAY
        last = start + (length - 1) * DAY
        end = last if 1 < nth <= length else _stated_end(dates, last)
    result = record.EventDate(
        start=start.isoformat(),
        end=end.isoformat() if end else None,
        precision=mention.precision,
        duration_days=length,
        method=mention.method,
        weekday_matches=mention.weekday_matches,
        evidence=evidence(chosen),
    )
    _warn(doc, best, chosen, length, announced)
    return result


def publication_date(doc: Doc, event: Span) -> record.EventDate | None:
    """The day of publication as the date of an event that the article does not date; ``None`` where the publication has
    none either, or the lead or the event's sentence says that it was some time ago ("belum lama ini"). Nothing in the
    text says the day, so that the event's own term is the evidence: what is dated."""
    lead, here = lead_end(doc), tokens_of(doc).sentence_at(event.start)
    vague = [cue for cue in cues(doc, "date_vague") if cue.start < lead or here[0] <= cue.start < here[1]]
    accept(doc, *vague)
    published = iso_day(doc._.pkh_published)
    if vague or published is None:
        return None
    day = published.isoformat()
    return record.EventDate(
        start=day,
        end=day,
        precision="day",
        duration_days=None,
        method="published",
        weekday_matches=None,
        evidence=evidence(event),
    )


def open_date(doc: Doc) -> Span | None:
    """The first day in the text that is the event's or a statement's but has no year, so that no date comes of it; its
    sentence speaks of the event all the same."""
    first = text_offset(doc)
    for told, value in dates_of(doc):
        if value.start is None and value.role in ("event", "statement") and told.start_char >= first:
            return new_span(doc, told.start, told.end, told.label_, told.id_)
    return None


def deciding_rules(doc: Doc) -> dict[record.Span, str]:
    """The evidence of each date that was chosen in a document, with the rule that decided for it."""
    return {evidence(span): span.id_ for span in group(doc, CHOICE)}


def _explain(doc: Doc, best: Candidate, found: list[Candidate]) -> Span:
    """The mention chosen, as a span with the rule that decided. Notes which rules were weighed, and which of them
    decided: the one that gave the best candidate most before the next best; where there is no other, the one that gave
    it most."""
    others = [one for one in found if one is not best]
    rival = max(others, key=lambda one: one.score).reasons if others else ()
    gains: dict[str, tuple[float, str]] = {}
    for sign, reasons in ((1, best.reasons), (-1, rival)):
        for rule, weight in reasons:
            kind = "role" if rule in ROLES else rule  # every date has one role, which is weighed against the other's
            gain, name = gains.get(kind, (0.0, rule))
            gains[kind] = (gain + sign * weight, name)
    decisive = max(gains.values(), key=lambda gain: gain[0], default=(0.0, ""))[1]
    if CHOICE not in doc.spans:
        doc.spans[CHOICE] = []
    chosen = new_span(doc, best.span.start, best.span.end, "event_date", decisive)
    doc.spans[CHOICE].append(chosen)
    tokens = tokens_of(doc)
    weighed = (Cue(tokens, one.span.start, one.span.end, REASON, rule) for one in found for rule, _ in one.reasons)
    accept(doc, *weighed)
    return chosen


def _length(dates: list[Dated], best: Candidate, view: View) -> int | None:
    """The stated length: in the paragraph of the date, or else the only one beside it or in the lead. Of several in one
    paragraph ("satu hari … diperpanjang dua hari") the one that the date bears out, else none."""
    lengths = [(span, mention.duration_days) for span, mention in dates if mention.form == "length"]
    if not lengths:
        return None
    paragraph = view.paragraph(best.span)
    same = {days for span, days in lengths if view.paragraph(span) == paragraph}
    if len(same) > 1 and best.mention.start and best.mention.end:
        same &= {(best.mention.end - best.mention.start).days + 1}
        return same.pop() if same else None
    if same:
        return same.pop()
    beside = {days for span, days in lengths if abs(view.paragraph(span) - paragraph) == 1}
    if len(beside) == 1:
        return beside.pop()
    lead = {days for span, days in lengths if view.paragraph(span) < 5}
    return lead.pop() if len(lead) == 1 else None


def _nth_day(doc: Doc, span: Span, ordinals: dict[str, int]) -> int:
    """Which day of a range of stated length the date is: 2 for "hari kedua diawali materi …, Sabtu (9/2)"; 1 where
    nothing says so."""
    tokens = tokens_of(doc)
    first, _ = tokens.sentence_at(span.start)
    for cue in cues(doc, "date_ordinal"):
        if first < cue.start < span.start and tokens.lower[cue.start - 1] == "hari":
            after = tokens.lower[cue.end]
            return ordinals.get(" ".join(cue.lower), 1) if after not in FEASTS else 1
    return 1


def _closes(doc: Doc, dates: list[Dated], span: Span) -> bool:
    """Is the date the last day of a stated length ("selama tiga hari sampai hari ini, Rabu (5/3)")?"""
    lower = tokens_of(doc).lower
    until = next((i for i in range(span.start - 1, max(span.start - NEAR - 1, 0), -1) if lower[i] in UNTIL), None)
    if until is None:
        return False
    return any(mention.form == "length" and 0 <= until - told.end <= NEAR for told, mention in dates)


def _stated_end(dates: list[Dated], last: datetime.date) -> datetime.date | None:
    """The day on which a range of stated length ends, where a weekday of the text names that very day
    ("lima hari hingga Jumat")."""
    weekdays = [mention.start for _, mention in dates if mention.form == "weekday"]
    return last if last in weekdays else None


def _warn(doc: Doc, best: Candidate, chosen: Span, length: int | None, announced: bool) -> None:
    start, end = best.mention.start, best.mention.end
    if best.coarse and best.mention.precision == "day":
        warn(doc, "ambiguous_date", f"{chosen.text!r} is some day from {start} to {end}.", chosen)
    elif start and end and length and end > start and best.mention.precision == "day":
        days = (end - start).days + 1
        if days != length:
            warn(doc, "duration_mismatch", f"{chosen.text!r} is {days} days, the text says {length}.", chosen)
    published = iso_day(doc._.pkh_published)
    if start and published and start > published and not announced and not best.mention.announced:
        warn(doc, "future_date", f"The event ({start}) is after the publication ({published}).", chosen)
