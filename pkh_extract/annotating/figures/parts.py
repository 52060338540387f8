"""Totals and their parts: "264 peserta terdiri dari 260 pendamping dan 4 korkab", "Banjarmasin 7, Banjarbaru 5 …"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue, accept, remember, remembered, warn
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.tables import cells
from pkh_extract.annotating.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.record import Qualifier

NEXT = 12  # tokens into a sentence in which a breakdown of an earlier total may open
AT_ONCE = 3  # tokens behind the opener in which "antara lain" makes its parts some of them
FARTHEST = 400  # tokens between a total and what opens its parts
MOST = 600  # entries of one breakdown; there are 514 regencies
SENTENCES = 4  # that its total may stand back
KEPT = "breakdowns"
NEAR = 0.1  # an unannounced list that comes this near to the total is taken for all of it


@dataclass
class Breakdowns:
    """``total_of``: index of a part -> index of its total; ``complete``: totals whose parts are said to be all;
    ``among``: index of a part that is said to be only one of some -> index of their total; ``some_of``: the same for
    the first of them alone."""

    total_of: dict[int, int] = field(default_factory=dict)
    complete: set[int] = field(default_factory=set)
    some_of: dict[int, int] = field(default_factory=dict)
    among: dict[int, int] = field(default_factory=dict)

    def check_sums(self, doc: Doc, told: dict[int, tuple[Span, int, Qualifier]]) -> None:
        """Warn where the parts of a complete breakdown do not add up to the stated total; ``told``: index of a figure
        -> its span, number and qualifier. A list that nothing announces is taken for complete where it comes near the
        total; a total that is but about, or a bound, is held to no more than it says."""
        if not self.total_of:
            return
        parts: dict[int, list[int]] = {}
        for index, (_, number, _) in told.items():
            if (total := self.total_of.get(index)) is not None:
                parts.setdefault(total, []).append(number)
        for index, (span, stated, qualifier) in told.items():
            numbers = parts.get(index, [])
            more = sum(numbers) - stated
            near = abs(more) <= stated * NEAR
            agrees = {"exact": not more, "at_least": more >= 0, "at_most": more <= 0}.get(qualifier, near)
            if len(numbers) > 1 and not agrees and (index in self.complete or near):
                warn(doc, "breakdown_mismatch", f"The parts add up to {sum(numbers)}, the total says {stated}.", span)


def breakdowns(doc: Doc, found: list[Figure]) -> Breakdowns:
    """The breakdowns among the figures of a document, worked out once for the same figures.

    A breakdown opens with a cue after the total ("terdiri dari") and ends with the sentence; entries that stand with
    a place go on over sentences. Without a cue, the entries of a list of places are parts of the figure before it.
    Parts larger than the total are none; of breakdowns said to be partial ("di antaranya") nothing is asked.
    """
    if len(found) < 2:
        return Breakdowns()
    kept: tuple[list[Figure], Breakdowns] | None = remembered(doc, KEPT)
    if kept is None or kept[0] != found:
        kept = (found, _breakdowns(doc, found))
        remember(doc, KEPT, kept)
    return kept[1]


def _breakdowns(doc: Doc, found: list[Figure]) -> Breakdowns:
    result = Breakdowns()
    partial: set[int] = set()
    tokens = tokens_of(doc)
    openers = cues(doc, "figure_parts", "figure_partial")
    ends = [figure.number_end for figure in found]
    partly = [opener for opener in reversed(openers) if opener.label_ == "figure_partial"]
    some = {tokens.sentence[opener.start]: opener.start for opener in partly}
    for opener in openers:
        total = bisect_right(ends, opener.start) - 1
        if total < 0 or not _reaches(tokens, found[total], opener):
            continue
        inside = _entries(doc, tokens, found, total, opener)
        if not inside or not _fit(found, total, inside):
            continue
        accept(doc, opener)
        only = some.get(tokens.sentence[opener.start], len(tokens))  # "rinciannya antara lain" is not all of it
        if opener.label_ == "figure_parts" and not opener.start - FARTHEST < only < opener.end + AT_ONCE:
            result.complete.add(total)
            result.total_of.update({i: total for i in inside if i not in result.total_of})
        else:
            partial.update(inside)
            result.some_of[inside[0]] = total
            result.among.update({i: total for i in inside if i not in result.among})
    for i, figure in enumerate(found):
        header = figure.header
        if figure.item and header is not None and not found[header].item and not {i, header} & partial:
            if i in result.total_of:
                continue
            run = _run(found, i)
            if len(run) > 2 and _fit(found, header, run):
                result.total_of.update(dict.fromkeys(run, header))
    _columns(doc, found, result)
    return result


def _columns(doc: Doc, found: list[Figure], result: Breakdowns) -> None:
    """The rows of a table are the parts of its last one, where that is called a total."""
    columns: dict[tuple[int, int], list[int]] = {}
    if not (placed := cells(doc)):
        return
    for index, figure in enumerate(found):
        cell = placed.get(figure.number_start)
        if cell is not None and cell.head is not None:
            columns.setdefault(cell.head, []).append(index)
    for rows in columns.values():
        *parts, last = rows
        if len(parts) > 1 and placed[found[last].number_start].total and _fit(found, last, parts):
            result.complete.add(last)
            result.total_of.update(dict.fromkeys(parts, last))


def stands_with_place(doc: Doc, start: int, end: int) -> bool:
    """Does a place stand beside the figure at tokens ``start:end``: "10 KPM dari Desa A", "Padang Niur 34"?"""
    words = tokens_of(doc).words
    after = words[end : end + 4]
    if any(word.lower in {"di", "dari", "untuk", "bagi"} for word in after):
        return any(word.capital for word in after)
    start -= start > 0 and words[start - 1].text == "("  # "Anu (361)"
    return start > 0 and words[start - 1].is_alpha and words[start - 1].capital


def _fit(found: list[Figure], total: int, parts: list[int]) -> bool:
    return all(found[i].number.value < found[total].number.value for i in parts)


def _run(found: list[Figure], first: int) -> list[int]:
    """The entries of the list that begins at figure ``first``."""
    run = [first]
    while run[-1] + 1 < len(found) and found[run[-1] + 1].item:
        run.append(run[-1] + 1)
    return run


def _reaches(tokens: Tokens, total: Figure, opener: Cue) -> bool:
    """Does the breakdown open in the total's sentence, or at the start of one soon after?"""
    if opener.start - total.number_end > FARTHEST:
        return False
    opens = tokens.opens
    starts = opens[bisect_left(opens, total.number_end) : bisect_left(opens, opener.start)]
    return not starts or (len(starts) <= SENTENCES and opener.start - starts[-1] <= NEXT)


def _entries(doc: Doc, tokens: Tokens, found: list[Figure], total: int, opener: Cue) -> list[int]:
    """The figures that follow the opener: to the end of its sentence, and on while they stand with a place, until they
    add up to the total."""
    _, sentence_end = tokens.sentence_at(opener.start)
    inside: list[int] = []
    added = 0
    for i in range(total + 1, len(found)):
        figure = found[i]
        if figure.number_start < opener.end:
            continue
        placed = figure.item or stands_with_place(doc, figure.number_start, figure.end)
        goes_on = placed and inside and figure.number.value < found[total].number.value
        if figure.number_start >= sentence_end and not goes_on:
            break
        inside.append(i)
        added += figure.number.value
        if added == found[total].number.value or len(inside) == MOST:
            break
    return inside
