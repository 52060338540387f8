"""Offices that hold events: "Dinas Sosial (Dinsos) Kota Padang"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.places.values import Office

if TYPE_CHECKING:
    from pkh_extract.annotating.places.context import Context
    from pkh_extract.annotating.places.values import Place
    from pkh_extract.annotating.tokens import Tokens
    from pkh_extract.gazetteer.names import Level

LONGEST = 22
LEVELS: dict[str, Level] = {
    "kabupaten": "regency",
    "kota": "regency",
    "regency": "regency",
    "province": "province",
    "village": "village",
}
TITLES = {"h", "hj", "kh", "ir", "drs", "dra", "dr", "prof", "ibu", "bapak"}  # a person's, as are these with a stop
SMALL = {"dan", "serta", "&"}
LOOSE = SMALL | {",", "("}  # such words belong to the name only where more of it follows


def find_offices(
    context: Context, places: list[tuple[Cue, Place]], villages: list[tuple[Cue, Place]]
) -> list[tuple[Cue, Office]]:
    """Office names from their first cue to the area they name. ``places`` and ``villages`` are the document's."""
    found: list[tuple[Cue, Office]] = []
    if not context.offices:
        return found
    tokens, behind = context.tokens, 0  # where the last office ends
    known = {cue.start: (cue.end, place) for cue, place in places}
    starts = {cue.start for cue in context.offices}
    for cue in context.offices:
        if cue.start < behind:
            continue
        rule = context.rules[cue.id_]
        village = rule.level == "village"
        if not tokens.words[cue.start].capital and not village:
            continue
        end, place = _extent(context, cue, known, starts)
        if village:
            end = next((name.end for name, _ in villages if cue.start <= name.start < cue.end < name.end), 0)
            if not end:
                continue
        level = LEVELS.get(rule.level or "")
        if place is not None:
            level = place.level or level
        office = Office(_without_brackets(tokens, cue.start, end), level, rule.person)
        found.append((Cue(tokens, cue.start, end, "office", cue.id_), office))
        behind = end
    return found


def _extent(
    context: Context, cue: Cue, places: dict[int, tuple[int, Place]], starts: set[int]
) -> tuple[int, Place | None]:
    """Where the office's name ends, and the place that it ends with. A comma or "dan" belongs to it only where a
    place closes the name ("Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak Agam")."""
    lower, words, long = context.tokens.lower, context.tokens.words, context.rules[cue.id_].long
    i = safe = cue.end
    limit = min(cue.end + LONGEST, len(words))
    while i < limit:
        if i in places:
            return places[i]
        word = words[i]
        if word.is_space or i in starts or i in context.openers or lower[i].rstrip(".") in TITLES:
            break
        if word.text == "RI":
            i += 1
            safe = i
        elif word.text == "(":
            closing = next((j for j in range(i, min(i + 8, len(words))) if words[j].text == ")"), None)
            if closing is None:
                break
            i = closing + 1
        elif long and word.capital:
            i += 1
            if LOOSE.isdisjoint(lower[safe:i]):
                safe = i
        elif long and (word.text == "," or word.lower in SMALL):
            i += 1
        else:
            break
    return safe, None


def _without_brackets(tokens: Tokens, start: int, end: int) -> str:
    """The words as written, without bracketed parts."""
    written = tokens.between(start, end)
    if "(" not in written:
        return " ".join(written.split())
    parts: list[str] = []
    depth = 0
    for i in range(start, end):
        text = tokens.text[i]
        if text == "(":
            depth += 1
        elif text == ")" and depth:
            depth -= 1
        elif not depth:
            parts.append(f"{text} " if tokens.blank[i] else text)
    return " ".join("".join(parts).split())
