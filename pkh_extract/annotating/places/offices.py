"""Offices that hold events: "Dinas Sosial (Dinsos) Kota Padang"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import new_span, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.values import Office
from pkh_extract.annotating.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.payload import Payloads
    from pkh_extract.gazetteer.names import Level

LONGEST = 22
LEVELS: dict[str, Level] = {
    "kabupaten": "regency",
    "kota": "regency",
    "regency": "regency",
    "province": "province",
    "village": "village",
}
SMALL = {"dan", "serta", "&"}
LOOSE = SMALL | {",", "("}  # such words belong to the name only where more of it follows


def find_offices(doc: Doc, rules: Payloads, places: list[Span], villages: list[Span]) -> list[Span]:
    """Spans of office names from their first cue to the area they name, value :class:`Office`. ``places`` and
    ``villages`` are the document's."""
    found: list[Span] = []
    tokens = tokens_of(doc)
    known = {span.start: span for span in places}
    starts = {cue.start for cue in cues(doc, "place_office")}
    for cue in cues(doc, "place_office"):
        if found and cue.start < found[-1].end:
            continue
        rule = rules[cue.id_]
        village = rule.level == "village"
        if not tokens.words[cue.start].capital and not village:
            continue
        end, place = _extent(cue, known, starts, rule.long)
        if village:
            end = next((span.end for span in villages if cue.start <= span.start < cue.end < span.end), 0)
            if not end:
                continue
        level = LEVELS.get(rule.level or "")
        if place is not None:
            level = value_of(place).level or level
        office = Office(_without_brackets(tokens, cue.start, end), level, rule.person)
        found.append(new_span(doc, cue.start, end, "office", cue.id_, office))
    return found


def _extent(cue: Cue, places: dict[int, Span], starts: set[int], long: bool) -> tuple[int, Span | None]:
    """Where the office's name ends, and the place that it ends with. A comma or "dan" belongs to it only where a
    place closes the name ("Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak Agam")."""
    tokens, words = cue.tokens, cue.tokens.words
    i, safe = cue.end, cue.end
    while i < min(cue.end + LONGEST, len(tokens)):
        if i in places:
            return places[i].end, places[i]
        word = words[i]
        if word.is_space or i in starts or tokens.opens_sentence(i):
            break
        if word.text == "RI":
            i += 1
            safe = i
        elif word.text == "(":
            closing = next((j for j in range(i, min(i + 8, len(tokens))) if words[j].text == ")"), None)
            if closing is None:
                break
            i = closing + 1
        elif long and word.capital:
            i += 1
            if LOOSE.isdisjoint(tokens.lower[safe:i]):
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
