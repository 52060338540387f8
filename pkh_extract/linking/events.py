"""Events of articles, and whether two of them are one and the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.record import EventDate, KpmFigure, Location, Participant, Record

SLACK = 0.1
"""Counts that differ by a tenth of the larger one may be the same crowd, counted or rounded by two reporters."""
LOOSE = 1.5
"""How far above "lebih dari" (or below "hampir") the number itself may lie."""
TELLING = 11
"""From here on an equal count that is no multiple of ten is hardly chance; "50 peserta" is said of every session."""
RARE = frozenset({"training", "coordination_meeting", "personnel", "ceremony"})
"""Types of which a regency seldom has two on one day. Of the others (distributions, visits, sessions with families …)
there may be one in every village, and a city may have two cases in court; a common day and regency is not enough."""
MEASURES = {
    "distribution": "served",
    "graduation": "graduated",
    "data_verification": "verified",
    "labelling": "verified",
}
"""Type of event to the measure of the families that belongs to it."""
_AT_ODDS = frozenset(
    frozenset(pair)
    for pair in (
        *(("held", other) for other in ("postponed", "cancelled", "denied")),
        *(("ongoing", other) for other in ("postponed", "cancelled", "denied")),
        ("planned", "denied"),
        ("postponed", "cancelled"),
        ("postponed", "denied"),
        ("cancelled", "denied"),
    )
)
_ROOMS = frozenset(
    ("aula", "balai", "dan", "di", "gedung", "halaman", "hotel", "kantor", "komplek", "kompleks", "lantai",
     "lingkungan", "lt", "ruang", "rapat", "the", "utama")
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A count as the numbers it may mean, ``low`` to ``high``; of ``kind``: a role, a programme's families, a loss."""

    kind: str
    low: float
    high: float

    def close(self, other: Amount) -> bool:
        """May both be the same number, within :data:`SLACK`?"""
        return self.low <= other.high / (1 - SLACK) and other.low <= self.high / (1 - SLACK)

    @property
    def telling(self) -> bool:
        return self.low == self.high and self.low >= TELLING and self.low % 10 != 0


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one article tells it: what two articles must agree on. Days are ordinals (``date.toordinal``)."""

    type: str
    rule: str
    status: str
    place: str  # the regency's code; the province's where there is none
    start: int
    end: int
    district: str
    village: str
    venue: tuple[str, ...]  # its words without the names of the areas
    counts: tuple[Amount, ...]


def told(record: Record) -> Iterator[tuple[int, Told]]:
    """(index, event) for each event of the record that has a day and a place."""
    types = [event.type for event in record.events]
    for index, event in enumerate(record.events):
        days, place = _days(event.date), event.location
        if days is None or place is None or not (place.regency or (place.province and place.venue)):
            continue
        code = (place.regency or place.province).code  # type: ignore[union-attr]
        families = record.kpm if types.count(event.type) == 1 else []
        counts = {
            *_people(event.participants),
            *_families(families, MEASURES.get(event.type), code),
            *_losses(record if event.type == "enforcement" and types.count(event.type) == 1 else None),
        }
        yield (
            index,
            Told(
                type=event.type,
                rule=event.rule,
                status=event.status,
                place=code,
                start=days[0],
                end=days[1],
                district=place.district.code if place.district else "",
                village=place.village.code if place.village else "",
                venue=_venue(place),
                counts=tuple(sorted(counts)),
            ),
        )


def gap(one: Told, two: Told) -> int:
    """Days between the two: 0 where they overlap, 1 for neighbouring days."""
    return max(0, one.start - two.end, two.start - one.end)


def agree(one: Told, two: Told) -> bool:
    """May the two be one event? Type, place and day (within one) are the same, and nothing contradicts: status,
    district, village, venue, counts of the same role or programme."""
    return (
        one.type == two.type
        and one.place == two.place
        and gap(one, two) <= 1
        and frozenset((one.status, two.status)) not in _AT_ODDS
        and not (one.district and two.district and one.district != two.district)
        and not (one.village and two.village and one.village != two.village)
        and _venues(one.venue, two.venue) is not False
        and not any(kind_apart(one, two, kind) for kind in {amount.kind for amount in one.counts})
    )


def linked(one: Told, two: Told, text: bool) -> int:
    """How well the two are one event, 0 where they do not agree or too little speaks for it.

    What speaks for it: the same text (``text``: the two articles are copies of one), village, district, venue or
    count. On the same first day one of these is enough, and an event of a :data:`RARE` type that both put into words
    of the same rule needs none ("rapat koordinasi" twice, but not a "rapat" of the parliament); a day that lies in
    the other's range needs more than the district; neighbouring days need the same text or an equal :data:`TELLING`
    count, since series go on from day to day at the same place. Without a regency the venue must be the same.
    """
    if not agree(one, two):
        return 0
    venue = bool(_venues(one.venue, two.venue))
    village = bool(one.village) and one.village == two.village
    district = bool(one.district) and one.district == two.district
    equal = any(amount.telling for amount in set(one.counts) & set(two.counts))
    count = any(a.kind == b.kind and a.close(b) and a.high >= TELLING for a in one.counts for b in two.counts)
    if "." not in one.place and not venue:
        return 0
    if one.start == two.start:
        enough = (one.type in RARE and one.rule == two.rule) or text or venue or village or district or count
    elif gap(one, two) == 0:
        enough = text or venue or village or equal
    else:
        enough = text or equal
    return (1 + sum((text, text, venue, village, district, equal, count))) if enough else 0


def kind_apart(one: Told, two: Told, kind: str) -> bool:
    """Do both give a count of this kind, and no two of them are close?"""
    left = [amount for amount in one.counts if amount.kind == kind]
    right = [amount for amount in two.counts if amount.kind == kind]
    return bool(left and right) and not any(a.close(b) for a in left for b in right)


def _days(date: EventDate | None) -> tuple[int, int] | None:
    """First and last day; the day on which a paper reported an event is none that another paper's can agree with."""
    if date is None or date.precision != "day" or date.method == "published":
        return None
    start = dt.date.fromisoformat(date.start[:10]).toordinal()
    return start, max(start, dt.date.fromisoformat((date.end or date.start)[:10]).toordinal())


def _people(participants: list[Participant]) -> Iterator[Amount]:
    """Totals; parts are not compared."""
    for people in participants:
        if people.part_of is None:
            yield _amount(f"role {people.role}", people.count, people.count_max, people.qualifier)


def _families(figures: list[KpmFigure], measure: str | None, place: str) -> Iterator[Amount]:
    """Families of the measure inside the event's regency (or province)."""
    for figure in figures:
        inside = figure.area is None or f"{figure.area.code}.".startswith(f"{place}.")
        if figure.measure == measure and inside:
            yield _amount(f"families {figure.program or ''}", figure.value, figure.value_max, figure.qualifier)


def _losses(record: Record | None) -> Iterator[Amount]:
    """What the state or the families lost, in rupiah."""
    for amount in record.amounts if record else ():
        if amount.kind == "loss":
            yield _amount("loss", amount.value, amount.value_max, amount.qualifier)


def _amount(kind: str, value: int, value_max: int | None, qualifier: str) -> Amount:
    low = high = float(value)
    if qualifier == "range":
        high = float(max(value, value_max or value))
    elif qualifier == "approx":
        low, high = value * (1 - SLACK), value * (1 + SLACK)
    elif qualifier == "at_least":
        high = value * LOOSE
    elif qualifier == "at_most":
        low = value / LOOSE
    return Amount(kind, low, high)


def _venue(place: Location) -> tuple[str, ...]:
    areas = (place.village, place.district, place.regency, place.province)
    names = {word for area in areas if area for word in _WORD.findall(area.name.lower())}
    words = _WORD.findall((place.venue or "").lower())
    return tuple(sorted({word for word in words if word not in names}))


def _venues(one: tuple[str, ...], two: tuple[str, ...]) -> bool | None:
    """The same venue, another one, or not known. "Aula Hotel Sakura" is "Hotel Sakura"; "Aula" may be any."""
    if not one or not two:
        return None
    left, right = set(one) - _ROOMS, set(two) - _ROOMS
    if left and right:
        shared = len(left & right)
        return True if 2 * shared >= min(len(left), len(right)) and shared else (None if shared else False)
    return None if set(one) & set(two) or not (left or right) else False
