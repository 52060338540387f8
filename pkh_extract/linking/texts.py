"""One text to what is kept of it: a sketch of its wording, and the facts that a copy of it would share."""

from __future__ import annotations

import hashlib
import heapq
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.record import Area, Record

SHINGLE = 3
"""Words in a row that are compared as one: two would join what only shares phrases, four lose short edited reports."""
SKETCH = 512
"""Shingles kept of a text, those with the smallest hashes: all of a usual report, an even sample of a longer one."""
SHORTEST = 20
"""Words below which a text is a duplicate only of the very same words under the same title."""

_NAME = r"(?:[^\sa-z]\S*|\S{1,40}?\.(?:com|co|id|net|news)\S*)"  # of a place, or a paper's address
_DATELINE = re.compile(rf"\A{_NAME}(?: {_NAME}){{0,7}} ?[–—-]{{1,2}} ")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+")
_PLACE = re.compile(
    r"\b(?:desa|kelurahan|kecamatan|distrik|kabupaten|kota|nagari|gampong|kampung|dusun|provinsi) ([^\W\d_]+)", re.I
)
_CALENDAR = frozenset(
    ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
     "desember", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells a text from another of the same wording: figures, days of the calendar, places."""

    numbers: frozenset[str]
    calendar: frozenset[str]
    places: frozenset[str]
    areas: frozenset[str]
    counts: frozenset[int]

    def joined(self, other: Facts) -> Facts:
        """Those of both: of the same text, read with two titles or days of publication."""
        return Facts(
            self.numbers | other.numbers,
            self.calendar | other.calendar,
            self.places | other.places,
            self.areas | other.areas,
            self.counts | other.counts,
        )


@dataclass(frozen=True, slots=True)
class Sketch:
    """The wording of a text: ``hashes`` are 64-bit, ascending, at most :data:`SKETCH` of ``size`` shingles."""

    hashes: array[int]
    size: int


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without dateline ("PADANG, Kabar Minang –") and punctuation."""
    return _WORD.findall(_DATELINE.sub("", text, count=1).lower())


def digest_of(words: list[str], title: str | None) -> bytes:
    """The same for the same words; of texts shorter than :data:`SHORTEST` words the title counts too."""
    told = [*words, "\n", *words_of(title or "")] if len(words) < SHORTEST else words
    return hashlib.blake2b(" ".join(told).encode(), digest_size=16).digest()


def shingles_of(words: list[str]) -> list[str]:
    """Each run of :data:`SHINGLE` words once, in the order of the text."""
    runs = zip(*(islice(words, start, None) for start in range(SHINGLE)), strict=False)
    return list(dict.fromkeys(map(" ".join, runs)))


def sketch_of(shingles: list[str]) -> Sketch:
    """The shingles as hashes, the smallest ones."""
    hashes = (int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest(), "big") for one in shingles)
    return Sketch(array("Q", heapq.nsmallest(SKETCH, hashes)), len(shingles))


def resemblance(one: Sketch, two: Sketch) -> tuple[float, float]:
    """(Jaccard, containment) of two wordings, 0 to 1: the shared shingles as a share of all, and of the shorter's.

    Exact where both have at most :data:`SKETCH` shingles; else estimated from the :data:`SKETCH` smallest hashes of
    both (a bottom-k sketch), with a standard error below 0.025.
    """
    left, right = set(one.hashes), set(two.hashes)
    union = left | right
    if max(one.size, two.size) > SKETCH:
        union = set(heapq.nsmallest(SKETCH, union))
    if not union:
        return 0.0, 0.0
    jaccard = len(union & left & right) / len(union)
    shared = jaccard * (one.size + two.size) / (1 + jaccard)
    return jaccard, min(1.0, shared / max(1, min(one.size, two.size)))


def facts_of(record: Record) -> Facts:
    """The facts of an article: from its text without the dateline, and from its record."""
    text = _DATELINE.sub("", record.article.text, count=1)
    return Facts(
        numbers=frozenset(_plain(found) for found in _NUMBER.findall(text)),
        calendar=_CALENDAR.intersection(_WORD.findall(text.lower())),
        places=frozenset(found.lower() for found in _PLACE.findall(text)),
        areas=frozenset(area.code for area in _areas(record)),
        counts=frozenset(_counts(record)),
    )


def contradict(one: Facts, two: Facts) -> bool:
    """Does each of the two name a figure, a day or a place that the other lacks?

    A copy that was shortened lacks some of them, one that was filled up has some more; only where each has its own are
    they two reports in the same words: next month's, or the neighbouring district's.
    """
    return (
        _both_differ(one.numbers, two.numbers)
        or _both_differ(one.calendar, two.calendar)
        or _both_differ(one.places, two.places)
        or _both_differ(one.counts, two.counts)
        or bool(_unmatched(one.areas, two.areas) and _unmatched(two.areas, one.areas))
    )


def _both_differ(one: frozenset[str] | frozenset[int], two: frozenset[str] | frozenset[int]) -> bool:
    return bool(one - two) and bool(two - one)


def _unmatched(areas: frozenset[str], others: frozenset[str]) -> bool:
    """Is there an area that the others name neither itself nor any part of?"""
    return any(not any(f"{other}.".startswith(f"{area}.") for other in others) for area in areas)


def _plain(number: str) -> str:
    """``1.310`` and ``1310`` are the same, and so are ``05`` and ``5``."""
    return number.replace(".", "").replace(",", "").lstrip("0") or "0"


def _areas(record: Record) -> Iterator[Area]:
    for event in record.events:
        if event.location is not None:
            place = event.location
            yield from filter(None, (place.village, place.district, place.regency, place.province))
        yield from (people.area for people in event.participants if people.area)
    yield from (figure.area for figure in record.kpm if figure.area)
    yield from (count.area for count in record.workforce if count.area)


def _counts(record: Record) -> Iterator[int]:
    for event in record.events:
        yield from (people.count for people in event.participants)
    yield from (figure.value for figure in record.kpm)
    yield from (count.count for count in record.workforce)
    yield from (amount.value for amount in record.amounts)
