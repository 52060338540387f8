"""The village of a figure: beside it, at the head of its sentence, or taken up ("di desa itu")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pkh_extract.gazetteer.names import DISTRICT, VILLAGE_WORDS

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.index import Index
    from pkh_extract.annotating.places.values import Place

    Found = tuple[int, int, Place]

LEFT, RIGHT = 5, 9  # tokens between a place and its figure, between a figure (with its unit) and its place
PREPOSITIONS = {"di", "dari", "untuk", "asal", "se", "wilayah", "pada", "tersebar", "bagi", "seluruh"}
FRAMING = {"di", "dari", "untuk", "pada"}
LEADING = 4  # tokens that may open a sentence before its village ("Sementara di Desa A")
DISTRICT_WORDS = {"kecamatan", "kec", "distrik", "kapanewon", "kemantren"}
ITSELF = {"itu", "tersebut", "ini", "setempat"}
TAKING_UP = 8  # tokens between a figure and "di desa itu", "di kelurahannya"


@dataclass(frozen=True)
class Beside:
    """A village, hamlet or district that a figure is of, with its code where that is known."""

    code: str | None


def village_beside(figure: Cue, index: Index) -> Beside | None:
    """The figure is a village's ("10 KPM dari Desa A", "Desa A 10 KPM"); what follows with a preposition goes before
    what stands to the left ("131 KPM di Desa A dan 107 KPM di Desa B")."""
    before: Beside | None = None
    for start, end, code in index.villages_near(figure.start - LEFT - 3, figure.end + RIGHT + 1):
        if not index.same_sentence(start, figure.start):
            continue
        between = range(figure.end, start) if start >= figure.end else range(end, figure.start)
        stopped = not index.numbers.isdisjoint(between)
        words = figure.tokens.lower[between.start : between.stop]
        if start >= figure.end and not stopped and "," not in words and ";" not in words:
            led = not PREPOSITIONS.isdisjoint(words)
            return Beside(code) if led or before is None else before
        if before is None and ((end < figure.start and len(between) <= LEFT and not stopped) or end == figure.start):
            before = Beside(code)
    return before


def taken_up(figure: Cue, index: Index) -> Beside | None:
    """The village or district that was named last before "di desa itu" or "di kelurahannya" near the figure."""
    lower = index.tokens.lower
    first, last = index.tokens.sentence_at(figure.start)
    for at in range(max(first, figure.start - TAKING_UP) + 1, min(last, figure.end + TAKING_UP)):
        own = lower[at].endswith("nya")
        word = lower[at][:-3] if own else lower[at]
        if lower[at - 1] not in PREPOSITIONS or not (own or (at + 1 < last and lower[at + 1] in ITSELF)):
            continue
        between = range(at, figure.start) if at < figure.start else range(figure.end, at)
        if not index.numbers.isdisjoint(between):
            continue
        if word in VILLAGE_WORDS:
            named = [value.code for cue, value in index.named_villages if cue.end <= at]
        elif word in DISTRICT_WORDS:
            named = [value.code for _, end, value in index.places if end <= at and len(value.code or "") == DISTRICT]
        else:
            continue
        if named:
            return Beside(named[-1])
    return None


def framing_village(figure: Cue, here: list[Found], index: Index) -> Beside | None:
    """The village with which the sentence opens, where no other place follows ("Di Desa A, dari 363 KPM ada 9 yang
    mundur")."""
    first = index.sentence(figure.start)
    villages = [
        found for found in index.villages_near(first, figure.start) if first <= found[0] and found[1] < figure.start
    ]
    if len(villages) != 1:
        return None
    start, end, code = villages[0]
    led = index.tokens.lower[first:start]
    if len(led) > LEADING or FRAMING.isdisjoint(led):
        return None
    others = [value.code for at, _, value in here if end <= at < figure.start]
    return Beside(code) if all(other and code and code.startswith(other) for other in others) else None
