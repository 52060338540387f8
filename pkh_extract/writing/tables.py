"""A record as rows of flat tables; every area with its code, its name and its coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.gazetteer import coordinates
from pkh_extract.writing.storable import storable

if TYPE_CHECKING:
    from pkh_extract.record import Amount, Area, Count, Event, KpmFigure, Location, Participant, Period, Record, Span

Row = dict[str, Any]

_AREA = ("area_code", "area", "latitude", "longitude")
_NUMBER = ("value", "value_max", "qualifier")
_PERIOD = ("year", "stage", "period")
_PROOF = ("rule", "evidence", "evidence_field", "evidence_start", "evidence_end")
_LEVELS = ("province", "regency", "district", "village")
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("source", "article_id", "title", "outlet", "url", "published", "relevant", "programs", "warnings"),
    "events": (
        "source", "event", "type", "term", "status", "reported", "confidence", "date_start", "date_end",
        "date_precision", "date_method", "duration_days", "venue",
        *(f"{level}{suffix}" for level in _LEVELS for suffix in ("_code", "")),
        "location_method", "latitude", "longitude", "organizer", *_PROOF,
    ),
    "participants": ("source", "event", "participant", "role", *_NUMBER, "part_of", *_AREA, *_PROOF),
    "kpm": ("source", *_NUMBER, "unit", "measure", "program", *_AREA, *_PERIOD, *_PROOF),
    "workforce": ("source", "role", *_NUMBER, *_AREA, *_PERIOD, *_PROOF),
    "amounts": ("source", *_NUMBER, "kind", "program", *_AREA, *_PERIOD, *_PROOF),
}  # fmt: skip
KINDS: dict[str, type] = {  # of the columns that are no text; ``published`` is text: a day, or a time with its offset
    **dict.fromkeys(("event", "participant", "part_of", "value", "value_max", "duration_days", "year", "stage"), int),
    **dict.fromkeys(("evidence_start", "evidence_end"), int),
    **dict.fromkeys(("confidence", "latitude", "longitude"), float),
    **dict.fromkeys(("relevant", "reported"), bool),
    **dict.fromkeys(("date_start", "date_end"), date),
}


def rows(record: Record) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything in a record. ``source`` joins the tables; events and participants are numbered from
    0 within their article and event, ``part_of`` is a participant's number. ``latitude`` and ``longitude`` (degrees)
    are those of the finest area of the row; empty is ``None``. Columns: :data:`COLUMNS`."""
    source = record.article.source
    yield "articles", _article(record)
    for number, event in enumerate(record.events):
        yield "events", {"source": source, "event": number, **_event(event)}
        for index, people in enumerate(event.participants):
            yield "participants", {"source": source, "event": number, "participant": index, **_participant(people)}
    for figure in record.kpm:
        yield "kpm", {"source": source, **_figure(figure), "unit": figure.unit, "measure": figure.measure}
    for count in record.workforce:
        yield "workforce", {"source": source, **_count(count)}
    for amount in record.amounts:
        yield "amounts", {"source": source, **_figure(amount), "kind": amount.kind}


def typed_rows(record: Record) -> Iterator[tuple[str, Row]]:
    """The same rows with every cell of its column's kind in :data:`KINDS`: days as :class:`datetime.date`, and text
    that any file can hold. Raises :class:`~pkh_extract.errors.InputError` where a date is no day."""
    for table, row in rows(record):
        yield table, {column: _typed(record, column, cell) for column, cell in row.items()}


def _typed(record: Record, column: str, cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    if KINDS.get(column) is not date:
        return storable(cell)
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise InputError(f"{record.article.source!r}: {column} is {cell[:100]!r}, which is no day.") from error


def _article(record: Record) -> Row:
    article = record.article
    return {
        "source": article.source,
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
        "relevant": record.relevant,
        "programs": " ".join(record.programs),
        "warnings": " ".join(warning.code for warning in record.warnings),
    }


def _event(event: Event) -> Row:
    date = event.date
    return {
        "type": event.type,
        "term": event.term,
        "status": event.status,
        "reported": event.reported,
        "confidence": event.confidence,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "date_precision": date.precision if date else None,
        "date_method": date.method if date else None,
        "duration_days": date.duration_days if date else None,
        **_location(event.location),
        "organizer": event.organizer,
        **_proof(event.rule, event.evidence),
    }


def _location(location: Location | None) -> Row:
    row: Row = {"venue": location.venue if location else None}
    finest = None
    for level in _LEVELS:
        area: Area | None = getattr(location, level) if location else None
        row[f"{level}_code"], row[level] = (area.code, area.name) if area else (None, None)
        finest = area or finest
    row["location_method"] = location.method if location else None
    return row | _point(finest)


def _participant(people: Participant) -> Row:
    return {
        "role": people.role,
        **_number(people.count, people.count_max, people.qualifier),
        "part_of": people.part_of,
        **_area(people.area),
        **_proof(people.rule, people.evidence),
    }


def _figure(figure: KpmFigure | Amount) -> Row:
    return {
        **_number(figure.value, figure.value_max, figure.qualifier),
        "program": figure.program,
        **_area(figure.area),
        **_period(figure.period),
        **_proof(figure.rule, figure.evidence),
    }


def _count(count: Count) -> Row:
    return {
        "role": count.role,
        **_number(count.count, count.count_max, count.qualifier),
        **_area(count.area),
        **_period(count.period),
        **_proof(count.rule, count.evidence),
    }


def _number(value: int, value_max: int | None, qualifier: str) -> Row:
    return {"value": value, "value_max": value_max, "qualifier": qualifier}


def _area(area: Area | None) -> Row:
    return {"area_code": area.code if area else None, "area": area.name if area else None, **_point(area)}


def _point(area: Area | None) -> Row:
    point = coordinates(area.code) if area else None
    return {"latitude": point[0] if point else None, "longitude": point[1] if point else None}


def _period(period: Period | None) -> Row:
    return {
        "year": period.year if period else None,
        "stage": period.stage if period else None,
        "period": period.text if period else None,
    }


def _proof(rule: str, evidence: Span) -> Row:
    return {
        "rule": rule,
        "evidence": evidence.text,
        "evidence_field": evidence.field,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
    }
