"""Small questions about place spans, for other components."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import value_of
from pkh_extract.annotating.places.index import index_of
from pkh_extract.annotating.places.values import Place
from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.record import Area

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.index import Index
    from pkh_extract.annotating.places.values import Office

THERE = 2  # what it counts that an office stands in the event's sentence


@functools.lru_cache(maxsize=4096)
def area(code: str | None) -> Area | None:
    """The area of a code."""
    return load_gazetteer().area(code) if code else None


def area_of(span: Span) -> Area | None:
    """The area that a place span stands for, or ``None`` where the text leaves it open."""
    value = value_of(span)
    return area(value.code) if isinstance(value, Place) else None


def organizer(doc: Doc, event: Span | None) -> str | None:
    """The office that held the event, in full as written, without bracketed abbreviation; ``None`` if unsaid."""
    found = organizing_office(index_of(doc), event, persons=False)
    return found[1].name if found is not None else None


def organizing_office(index: Index, event: Span | None, persons: bool = True) -> tuple[Cue, Office] | None:
    """The office that held the event: the subject of a verb of holding, or the one after "digelar (oleh)".
    ``persons``: the heads of offices ("Bupati X") count too."""
    tokens = index.tokens
    first = last = -1  # the event's sentence
    if event is not None and len(event):
        first, last = tokens.sentence_at(event.start)[0], tokens.sentence_at(event.end - 1)[1]
    ranked = [
        (score + (THERE if first <= office.start < last else 0), -office.start, (office, value))
        for score, office, value in index.holders
        if office.start_char >= index.title_end and (persons or not value.person)
    ]
    return max(ranked, key=lambda item: item[:2])[2] if ranked else None
