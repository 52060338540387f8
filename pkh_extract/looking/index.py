"""One record as the row of a table that is searched, filtered and sorted in a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pkh_extract.looking.summary import attendance, year_of

if TYPE_CHECKING:
    from pkh_extract.record import Area, Record

KEYS = (
    "title", "source", "outlet", "date", "published", "types", "statuses", "provinces", "province", "place", "years",
    "programs", "warnings", "confidence", "participants", "kpm", "measure", "relevant", "words",
)  # fmt: skip


def row(record: Record) -> list[Any]:
    """The record's values in the order of :data:`KEYS`.

    ``date``, ``place`` (the regency's name), ``province``, ``confidence`` and ``participants`` are the main event's;
    ``types``, ``statuses``, ``provinces`` (codes) and ``years`` those of all events, which filters ask for; ``kpm`` and
    ``measure`` the first figure's; ``words`` is further text to search in. Empty is ``None`` or an empty list.
    """
    article, events = record.article, record.events
    main = events[0] if events else None
    place = main.location if main else None
    figure = record.kpm[0] if record.kpm else None
    dates = [event.date.start[:4] for event in events if event.date]
    return [
        article.title,
        article.source,
        article.outlet,
        main.date.start if main and main.date else None,
        article.published[:10] if article.published else None,
        _once(event.type for event in events),
        _once(event.status for event in events),
        _once(event.location.province.code for event in events if event.location and event.location.province),
        place.province.name if place and place.province else None,
        place.regency.name if place and place.regency else None,
        _once(dates or [year_of(record)]),
        record.programs,
        _once(warning.code for warning in record.warnings),
        main.confidence if main else None,
        attendance(main) if main else None,
        figure.value if figure else None,
        figure.measure if figure else None,
        record.relevant,
        " ".join(_once(_words(record))),
    ]


def _words(record: Record) -> Iterator[str]:
    for event in record.events:
        yield event.term
        if event.organizer:
            yield event.organizer
        if place := event.location:
            if place.venue:
                yield place.venue
            yield from _names(place.village, place.district, place.regency, place.province)
    yield from _names(*(figure.area for figure in record.kpm))


def _names(*areas: Area | None) -> Iterator[str]:
    return (area.name for area in areas if area)


def _once(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]
