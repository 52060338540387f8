"""Annotated document to record: resolves, links, checks, warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract import record
from pkh_extract.annotating.dates.choose import event_date, open_date, publication_date
from pkh_extract.annotating.dates.periods import period_of
from pkh_extract.annotating.document import evidence, in_title, text_offset
from pkh_extract.annotating.events import events
from pkh_extract.annotating.kpm.component import households
from pkh_extract.annotating.money.component import amounts
from pkh_extract.annotating.people.component import people
from pkh_extract.annotating.places.choose import event_location
from pkh_extract.annotating.places.resolve import organizer
from pkh_extract.annotating.programs import kpm_sense, program_for, programs, relevance
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.repeats import area_of, of_two_periods, of_two_programmes, once, placed, same_sentence

HAPPENED = {"held", "ongoing"}
KPM = {"kpm_unit.kpm", "kpm_unit.slip"}
ANYBODY: set[record.Role] = {"participant", "pkh_staff", "resident", "other"}  # roles that another word may make finer
STAFF: set[record.Role] = {"pkh_facilitator", "pkh_coordinator", "pkh_operator", "pkh_staff", "village_staff"}
SAME: set[record.Role] = {"kpm", "suspect"}  # what people of another role are called in another sentence
NO_EXIT = {"RTLH", "KUBE", "PIP", "KUR", "PENA", "ATENSI"}
MOST_IN_PROVINCE, MOST_IN_REGENCY = 4_000_000, 600_000

if TYPE_CHECKING:
    from collections.abc import Hashable

    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.events import EventMention
    from pkh_extract.annotating.people.values import People


def assemble(
    doc: Doc, article: record.Article, warnings: list[record.Warning], info: record.ExtractorInfo
) -> record.Record:
    """The record of an annotated article; ``warnings`` are those of the cleaning.

    An article that is not about PKH has no events and no staff; its figures of social aid are listed all the same.
    """
    relevant = relevance(doc).relevant
    named = programs(doc)
    aided = relevant or bool(named)
    means_recipients = kpm_sense(doc)
    counted = people(doc) if aided or means_recipients else []
    return record.Record(
        article=article,
        relevant=relevant,
        programs=named,
        events=_events(doc, counted) if relevant else [],
        kpm=_kpm(doc, counted, means_recipients) if aided or means_recipients else [],
        workforce=_workforce(counted) if relevant else [],
        amounts=_amounts(doc) if aided else [],
        warnings=_warnings(doc, warnings, listed=aided or means_recipients),  # last: the others add to them
        extractor=info,
    )


def _warnings(doc: Doc, cleaning: list[record.Warning], *, listed: bool) -> list[record.Warning]:
    """Those of the cleaning and of the values, these only where values are listed."""
    return unique_warnings([*cleaning, *((doc._.pkh_warnings or []) if listed else [])])


def unique_warnings(found: list[record.Warning]) -> list[record.Warning]:
    """Each warning once."""
    seen: dict[Hashable, record.Warning] = {}
    for warning in found:
        seen.setdefault((warning.code, warning.evidence), warning)
    return list(seen.values())


def _events(doc: Doc, counted: list[tuple[Span, People]]) -> list[record.Event]:
    """The events, the main one first. Whoever came came to that, unless a further event alone is told in the sentence
    that counts them."""
    mentions = events(doc)
    if not mentions:
        return []
    came = [(span, value) for span, value in counted if value.presence == "attended"]
    guests: list[list[tuple[Span, People]]] = [came]
    if len(mentions) > 1:
        guests = _guests(doc, mentions, came)
    sentences = frozenset().union(*(mention.sentences for mention in mentions))
    told = [
        _event(doc, mention, group, sentences - mention.sentences)
        for mention, group in zip(mentions, guests, strict=True)
    ]
    if told[0].date is None and told[0].status in HAPPENED:
        told[0] = told[0].model_copy(update={"date": publication_date(doc, mentions[0].span)})
    return told


def _guests(doc: Doc, mentions: list[EventMention], came: list[tuple[Span, People]]) -> list[list[tuple[Span, People]]]:
    """Those who came to each of several events."""
    tokens = tokens_of(doc)
    told = {
        sentence: number for number, mention in reversed(list(enumerate(mentions))) for sentence in mention.sentences
    }
    where = {
        value.figure: told.get(tokens.sentence_at(span.start)[0], 0) for span, value in came if value.total is None
    }
    guests: list[list[tuple[Span, People]]] = [[] for _ in mentions]
    for span, value in came:
        number = where.get(value.figure if value.total is None else value.total, 0)  # parts go with their total
        guests[number].append((span, value))
    return guests


def _event(doc: Doc, mention: EventMention, came: list[tuple[Span, People]], others: frozenset[int]) -> record.Event:
    """One event with those who came to it; ``others`` are the sentences that tell of other events only."""
    date = event_date(doc, mention.span, announced=mention.status == "planned", others=others)
    day = _span_of(doc, date.evidence) if date is not None else open_date(doc)
    return record.Event(
        type=mention.type,
        term=mention.term,
        rule=mention.rule,
        evidence=evidence(mention.span),
        status=mention.status,
        reported=mention.reported,
        confidence=mention.confidence,
        date=date,
        location=event_location(doc, mention.span, day, mention.type),
        organizer=organizer(doc, mention.span),
        participants=_participants(came),
    )


def _span_of(doc: Doc, quote: record.Span) -> Span | None:
    """The tokens of a quotation."""
    offset = 0 if quote.field == "title" else text_offset(doc)
    return doc.char_span(quote.start + offset, quote.end + offset, alignment_mode="expand")


def _participants(came: list[tuple[Span, People]]) -> list[record.Participant]:
    """Those who came: totals in text order, each followed by its parts."""
    totals = _groups([(span, value) for span, value in came if value.total is None])
    parts: dict[int, list[tuple[Span, People]]] = {}
    for span, value in came:
        if value.total is not None:
            parts.setdefault(value.total, []).append((span, value))
    same_count = {value.figure: value.count for _, value in came}
    listed: list[record.Participant] = []
    for span, value in totals:
        own = next((parts[i] for i in parts if same_count.get(i) == value.count), [])
        index = len(listed)
        listed.append(_participant(span, value))
        by_role = len({part.role for _, part in own}) == len(own)
        listed.extend(
            _participant(part, number, index, area_of(part) if not by_role or placed(part) else None)
            for part, number in own
        )
    return listed


def _groups(came: list[tuple[Span, People]]) -> list[tuple[Span, People]]:
    """Each group of people once. The same count is the same group, unless it is given to two roles ("15 koordinator dan
    15 operator"), neither of which may be the other by another word. Staff who are called suspects elsewhere are listed
    as these."""
    roles = {span.start: value.role for span, value in came}

    def of_two_roles(one: Span, other: Span) -> bool:
        said = {roles[one.start], roles[other.start]}
        if len(said) == 1 or not ANYBODY.isdisjoint(said):
            return False
        return SAME.isdisjoint(said) or same_sentence(one, other)

    kept = once(came, lambda value: value.count, of_two_roles)
    known = {span.start for span, _ in kept}
    accused = {value.count: (span, value) for span, value in reversed(came) if value.role == "suspect"}
    accused = {count: one for count, one in accused.items() if one[0].start not in known}
    told = [accused.pop(value.count, (span, value)) if value.role in STAFF else (span, value) for span, value in kept]
    return sorted(told, key=lambda pair: pair[0].start)


def _participant(
    span: Span, value: People, part_of: int | None = None, area: record.Area | None = None
) -> record.Participant:
    return record.Participant(
        role=value.role,
        count=value.count,
        count_max=value.count_max,
        qualifier=value.qualifier,
        area=area,
        part_of=part_of,
        rule=value.rule,
        evidence=evidence(span),
    )


def _workforce(counted: list[tuple[Span, People]]) -> list[record.Count]:
    """Staff in post, and those who came and are said to be all there are."""
    in_post = [(span, value) for span, value in counted if value.presence == "in_post" or value.everybody]
    return [
        record.Count(
            role=value.role,
            count=value.count,
            count_max=value.count_max,
            qualifier=value.qualifier,
            area=area_of(span),
            period=period_of(span),
            rule=value.rule,
            evidence=evidence(span),
        )
        for span, value in once(in_post, lambda value: (value.role, value.count), of_two_periods)
    ]


def _kpm(doc: Doc, counted: list[tuple[Span, People]], means_recipients: bool) -> list[record.KpmFigure]:
    """Figures of recipients; the same figure said again in another sentence is listed once. Where "KPM" means
    something else in the article, figures of "KPM" are none."""
    came = {value.count for _, value in counted if value.presence == "attended"}
    found = [
        (span, value)
        for span, value in households(doc)
        if (means_recipients or value.noun not in KPM) and not (value.value in came and in_title(span))
    ]
    return [
        record.KpmFigure(
            value=value.value,
            value_max=value.value_max,
            qualifier=value.qualifier,
            unit=value.unit,
            measure=value.measure,
            program=_program(span, value.measure),
            area=_plausible(area_of(span), value.value),
            period=period_of(span),
            rule=value.rule,
            evidence=evidence(span),
        )
        for span, value in once(found, lambda value: (value.value, value.value_max), of_two_periods, of_two_programmes)
    ]


def _program(span: Span, measure: record.Measure) -> record.Program | None:
    """The programme of a figure; of those who graduated PKH, where the sentence names but what nobody graduates from (a
    house made good, "RTLH")."""
    found = program_for(span)
    return "PKH" if measure == "graduated" and found in NO_EXIT and "PKH" in programs(span.doc) else found


def _plausible(area: record.Area | None, households: int) -> record.Area | None:
    """The area, unless it cannot hold so many recipients: the nation's figures stand in local reports too. The bounds
    are generous, for all of PKH serves 10 million households."""
    most = MOST_IN_PROVINCE if area is not None and len(area.code) == 2 else MOST_IN_REGENCY
    return area if households <= most else None


def _amounts(doc: Doc) -> list[record.Amount]:
    """Rupiah; the same amount said again in another sentence is listed once."""
    return [
        record.Amount(
            value=value.value,
            value_max=value.value_max,
            qualifier=value.qualifier,
            kind=value.kind,
            program=program_for(span),
            area=area_of(span),
            period=period_of(span),
            rule=value.rule,
            evidence=evidence(span),
        )
        for span, value in once(
            amounts(doc), lambda value: (value.value, value.value_max), of_two_periods, of_two_programmes
        )
    ]
