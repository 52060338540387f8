"""What a place mention means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from pkh_extract.gazetteer.names import Level

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.context import Part

Kind = Literal[
    "at", "from", "to", "whole", "dateline", "office", "organisation", "venue", "name", "plain"
]  # fmt: skip

ASIDE = {"dateline", "name", "organisation", "from", "venue"}  # kinds of mention that no figure speaks of


class Place(NamedTuple):
    """The value of a place mention (``doc.spans["pkh_places"]``).

    ``code`` is the area's Kemendagri code, ``None`` where the text leaves it open; ``candidates`` are all codes that
    the words could stand for, in order of the register. ``level`` is that of the code, or else the finest that all
    candidates share. ``kind`` says what the mention is part of: ``at`` ("di X"), ``from`` ("dari X"), ``to``
    ("ke X"), ``whole`` ("se-X"), ``dateline``, ``office`` ("Bupati X", "Dinas Sosial Kabupaten X"), ``organisation``
    ("Polres X", "PKH X"), ``venue`` (in the name of a hall), ``name`` (in a person's or firm's name), or ``plain``.
    ``explicit``: the text says the level ("Kota X", "Kecamatan X"). ``spoken``: somebody said something there ("kata
    Ali di Ambon, Minggu"), which is no place that his figures speak of.
    """

    code: str | None
    candidates: tuple[str, ...]
    level: Level | None
    kind: Kind
    explicit: bool = False
    spoken: bool = False

    @property
    def aside(self) -> bool:
        """Is it a mention that no figure speaks of?"""
        return self.spoken or self.kind in ASIDE


class Venue(NamedTuple):
    """The value of a venue span (``doc.spans["pkh_venues"]``): its name, trimmed, and how the text leads up to it
    (``located``: "di", "bertempat di" …). ``sure``: a word says what it is (hotel, aula …). ``borrows``: such may bear
    the name of a city that they do not lie in. ``away``: what it deals with happened elsewhere (a court)."""

    name: str
    located: bool
    sure: bool = True
    borrows: bool = False
    away: bool = False


class Office(NamedTuple):
    """The value of an office span (``doc.spans["pkh_offices"]``): the office's name without bracketed abbreviation,
    the level of government that its words name, if any, and whether it is its head who is named ("Bupati X")."""

    name: str
    level: Level | None
    person: bool = False


class Told(NamedTuple):
    """All that a document names of places, in text order: words with what they mean, and the finer parts of
    addresses."""

    places: list[tuple[Cue, Place]]
    villages: list[tuple[Cue, Place]]
    venues: list[tuple[Cue, Venue]]
    offices: list[tuple[Cue, Office]]
    parts: list[Part]
