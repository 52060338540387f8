"""Many records in a few figures: how many, what, where, when, how sure. One pass, nothing kept of the articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from pkh_extract.gazetteer import coordinates

if TYPE_CHECKING:
    from pkh_extract.record import Area, Event, KpmFigure, Record

TOOK_PLACE = ("held", "ongoing")  # only of such events it is counted who came
Item = dict[str, Any]


@dataclass
class Summary:
    """What :meth:`add` has counted so far; :meth:`as_dict` is what a page shows of it.

    An event told by several articles is counted once for each of them. People are counted without the parts of a total,
    KPM figures are never added up: areas contain each other, and many articles repeat one figure.
    """

    totals: Counter[str] = field(default_factory=Counter)
    types: dict[str, Counter[str]] = field(default_factory=dict)  # type -> status -> events
    months: dict[str, Counter[str]] = field(default_factory=dict)  # "2024-11", "2024" or "" -> type -> events
    programs: Counter[str] = field(default_factory=Counter)  # articles that name it
    warnings: Counter[str] = field(default_factory=Counter)  # articles that carry it
    names: dict[str, str] = field(default_factory=dict)  # code -> name of every area below
    provinces: Counter[str] = field(default_factory=Counter)  # events
    regencies: Counter[str] = field(default_factory=Counter)  # events
    people: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # area, year -> numbers, one an event
    figures: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # area, year, programme, measure, unit

    def add(self, record: Record) -> None:
        """Count one record."""
        self.totals["articles"] += 1
        self.totals["relevant"] += record.relevant
        self.totals["figures"] += len(record.kpm)
        self.totals["amounts"] += len(record.amounts)
        self.totals["warned"] += bool(record.warnings)
        self.programs.update(record.programs)
        self.warnings.update({warning.code for warning in record.warnings})
        for event in record.events:
            self._add_event(event)
        for figure in record.kpm:
            self._add_figure(figure, year_of(record))

    def _add_event(self, event: Event) -> None:
        self.totals["events"] += 1
        self.types.setdefault(event.type, Counter())[event.status] += 1
        month = "" if event.date is None else event.date.start[: 4 if event.date.precision == "year" else 7]
        self.months.setdefault(month, Counter())[event.type] += 1
        self.totals["dated"] += event.date is not None
        place = event.location
        area = (place.regency or place.province) if place else None
        self.totals["placed"] += area is not None
        if place and place.province:
            self.provinces[self._named(place.province)] += 1
        if place and place.regency:
            self.regencies[self._named(place.regency)] += 1
        came = attendance(event)
        if came is not None and event.status in TOOK_PLACE:
            self.totals["participants"] += came
            self.people.setdefault((self._named(area), month[:4]), []).append(came)

    def _add_figure(self, figure: KpmFigure, year: str) -> None:
        if figure.period and figure.period.year:
            year = str(figure.period.year)
        key = (self._named(figure.area), year, figure.program or "", figure.measure, figure.unit)
        self.figures.setdefault(key, []).append(figure.value)

    def _named(self, area: Area | None) -> str:
        if area is None:
            return ""
        self.names[area.code] = area.name
        return area.code

    def as_dict(self) -> Item:
        """Plain lists and dicts, in an order that depends on the records alone; largest first where there is one."""
        return {
            "totals": {name: self.totals[name] for name in TOTALS},
            "types": [[code, dict(sorted(self.types[code].items()))] for code in _largest(_sums(self.types))],
            "months": {month: dict(sorted(self.months[month].items())) for month in sorted(self.months)},
            "programs": [[code, self.programs[code]] for code in _largest(self.programs)],
            "warnings": [[code, self.warnings[code]] for code in _largest(self.warnings)],
            "provinces": [[code, self.names[code], self.provinces[code]] for code in _largest(self.provinces)],
            "regencies": [
                [code, self.names[code], self.regencies[code], coordinates(code)] for code in _largest(self.regencies)
            ],
            "people": [
                [code, self.names.get(code), year, len(numbers), sum(numbers)]
                for (code, year), numbers in sorted(self.people.items())
            ],
            "figures": [
                [key[0], self.names.get(key[0]), *key[1:], len(numbers), min(numbers), median(numbers), max(numbers)]
                for key, numbers in sorted(self.figures.items())
            ],
        }


TOTALS = ("articles", "relevant", "events", "dated", "placed", "participants", "figures", "amounts", "warned")


def attendance(event: Event) -> int | None:
    """How many took part, as far as counted: the numbers that are no part of another; ``None`` where there is none."""
    counts = [people.count for people in event.participants if people.part_of is None]
    return sum(counts) if counts else None


def year_of(record: Record) -> str:
    """The year that a record speaks of: of the main event, else of the publication, else empty."""
    if record.events and (date := record.events[0].date):
        return date.start[:4]
    return (record.article.published or "")[:4]


def _sums(counters: dict[str, Counter[str]]) -> Counter[str]:
    return Counter({key: counter.total() for key, counter in counters.items()})


def _largest(counter: Counter[str]) -> list[str]:
    return sorted(counter, key=lambda key: (-counter[key], key))
