"""Totals and their parts: "264 peserta terdiri dari 260 pendamping dan 4 korkab", "Banjarmasin 7, Banjarbaru 5 …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import accept
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NEXT = 12  # tokens into the following sentence in which a breakdown may open


def breakdowns(doc: Doc, found: list[Figure]) -> dict[int, int]:
    """Index of a part -> index of its total, for complete breakdowns and lists of places.

    A breakdown opens with a cue after the total ("terdiri dari") and ends with the sentence; the entries of a list
    of places go on while the list does. A breakdown whose parts are larger than the total is none.
    """
    parts: dict[int, int] = {}
    for opener in cues(doc, "figure_parts", "figure_partial"):
        total = max((i for i, figure in enumerate(found) if figure.number_end <= opener.start), default=None)
        if total is None or not _reaches(doc, found[total], opener):
            continue
        inside = _entries(doc, found, total, opener)
        complete = opener.label_ == "figure_parts"
        if len(inside) < 1 + complete or any(found[i].number.value > found[total].number.value for i in inside):
            continue
        if complete:
            parts.update({i: total for i in inside if i not in parts})
        accept(doc, opener)
    return parts


def _reaches(doc: Doc, total: Figure, opener: Span) -> bool:
    """Does the breakdown open in the total's sentence or at the start of the next?"""
    between = doc[total.number_end : opener.start]
    starts = [token.i for token in between if token.is_sent_start]
    return not starts or (len(starts) == 1 and opener.start - starts[0] <= NEXT)


def _entries(doc: Doc, found: list[Figure], total: int, opener: Span) -> list[int]:
    """The figures that follow the opener: to the end of its sentence, and on while they are entries of a list."""
    sentence_end = opener.sent.end
    inside: list[int] = []
    for i in range(total + 1, len(found)):
        figure = found[i]
        if figure.number_start < opener.end:
            continue
        if figure.number_start >= sentence_end and not (figure.item and inside):
            break
        inside.append(i)
    return inside
