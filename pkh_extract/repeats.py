"""Which of the equal values of a document are one figure told again, and which are two."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pkh_extract.annotating.dates.periods import period_of
from pkh_extract.annotating.document import in_title, remember, remembered
from pkh_extract.annotating.figures.parts import stands_with_place
from pkh_extract.annotating.places.areas import area_for
from pkh_extract.annotating.programs import program_for
from pkh_extract.annotating.tables import cell_of, cells
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from spacy.tokens import Span

    from pkh_extract import record

Value = TypeVar("Value")
AREAS = "areas of figures"  # in the memory
MOST = 100  # equal figures that one is compared with; a longer row of them is no report
SCALES = {"ribu", "rb", "ribuan", "juta", "jt", "jutaan", "miliar", "milyar", "triliun", "trilyun", "m", "t"}


def once(
    found: list[tuple[Span, Value]], key: Callable[[Value], Hashable], *differ: Callable[[Span, Span], bool]
) -> list[tuple[Span, Value]]:
    """Each value once, in text order, the text's mention before the title's. Equal values that one sentence gives to
    two places ("10 KPM dari Desa A, 10 KPM dari Desa B"), a table to two rows or columns, or the text to two areas of
    one level, are two figures, and so are those that ``differ`` tells apart; else they are a repetition."""
    if len(found) < 2:
        return found
    text = found
    title: list[tuple[Span, Value]] = []
    if in_title(found[0][0]):
        text = []
        for pair in found:
            (title if in_title(pair[0]) else text).append(pair)
    known: dict[Hashable, list[Span]] = {}
    kept = []
    apart = (*ALWAYS, *differ)
    for span, value in [*text, *_without_roundings(title, text, key)]:
        equal = known.setdefault(key(value), [])
        if all(any(differs(one, span) for differs in apart) for one in equal[-MOST:]):
            kept.append((span, value))
            equal.append(span)
    return sorted(kept, key=lambda pair: pair[0].start) if title else kept


def of_two_periods(one: Span, other: Span) -> bool:
    """Are two figures said of two years, or of two stages ("tahap I 500 KPM, tahap II 500 KPM")?"""
    first, second = period_of(one), period_of(other)
    if first is None or second is None:
        return False
    years, stages = {first.year, second.year}, {first.stage, second.stage}
    return any(len(said) == 2 and None not in said for said in (years, stages))


def of_two_programmes(one: Span, other: Span) -> bool:
    """Does one sentence give two figures to two programmes ("250 KPM PKH dan 250 KPM BPNT")?"""
    if not same_sentence(one, other):
        return False
    first, second = program_for(one), program_for(other)
    return first is not None and second is not None and first != second


def _without_roundings(
    title: list[tuple[Span, Value]], text: list[tuple[Span, Value]], key: Callable[[Value], Hashable]
) -> list[tuple[Span, Value]]:
    """The headline's values without the roundings ("22 ribu lebih KPM", "Rp22,4 miliar") of a number that the text has
    in full."""
    if not title:
        return title
    full = [number for _, value in text if (number := _number(key(value))) is not None]

    def rounded(span: Span, value: Value) -> bool:
        number = _number(key(value))
        words = tokens_of(span.doc).lower[span.start : span.end]
        if number is None or SCALES.isdisjoint(words):
            return False
        step = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
        return any(0 < one - number < step or 0 < number - one <= step // 2 for one in full)

    return [(span, value) for span, value in title if not rounded(span, value)]


def _number(key: Hashable) -> int | None:
    """The number of a key, which may hold a role before it or an upper bound behind it."""
    parts = key if isinstance(key, tuple) else (key,)
    return next((part for part in parts if isinstance(part, int)), None)


def _two_entries(one: Span, other: Span) -> bool:
    """Do two figures stand in one table or list, in different places of it?"""
    if not cells(one.doc):
        return False
    first, second = cell_of(one), cell_of(other)
    return first is not None and second is not None and first.intro == second.intro and one.start != other.start


def _two_places(one: Span, other: Span) -> bool:
    """Do two figures of one sentence stand with a place each?"""
    return same_sentence(one, other) and placed(one) and placed(other)


def same_sentence(one: Span, other: Span) -> bool:
    """Do two figures stand in one sentence?"""
    sentence = tokens_of(one.doc).sentence
    return sentence[one.start] == sentence[other.start]


def _of_two_areas(one: Span, other: Span) -> bool:
    """Are the figures those of different areas of one level ("Anu 742 KSM […] Itu sebanyak 742 KSM")?"""
    first, second = area_of(one), area_of(other)
    if first is None or second is None or len(first.code) != len(second.code):
        return False
    return first.code != second.code


def area_of(span: Span) -> record.Area | None:
    """The area of a figure, looked for once: equal figures are told apart by it, and then listed with it."""
    known: dict[tuple[int, int], record.Area | None] | None = remembered(span.doc, AREAS)
    if known is None:
        remember(span.doc, AREAS, known := {})
    place = span.start, span.end
    if place not in known:
        known[place] = area_for(span)
    return known[place]


def placed(span: Span) -> bool:
    """Does a figure stand with the place that it speaks of?"""
    return stands_with_place(span.doc, span.start, span.end)


ALWAYS = (_two_entries, _two_places, _of_two_areas)
