"""Offices that hold events: "Dinas Sosial (Dinsos) Kota Padang"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group, new_span, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.values import Office

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.rules import RuleSet

LONGEST = 22
LEVELS = {"kabupaten": "regency", "kota": "regency", "regency": "regency", "province": "province", "village": "village"}
SMALL = {"dan", "serta", "&"}


def find_offices(doc: Doc, rules: RuleSet) -> list[Span]:
    """Spans of office names from their first cue to the area they name, value :class:`Office`."""
    places = {span.start: span for span in group(doc, "pkh_places")}
    villages = group(doc, "pkh_villages")
    found: list[Span] = []
    starts = {cue.start for cue in cues(doc, "place_office")}
    for cue in cues(doc, "place_office"):
        if found and cue.start < found[-1].end:
            continue
        village = rules[cue.id_].get("level") == "village"
        if not cue.tokens.words[cue.start].capital and not village:
            continue
        end, place = _extent(doc, cue, places, starts, bool(rules[cue.id_].get("long")))
        if village:
            end = next((span.end for span in villages if cue.start <= span.start < cue.end < span.end), 0)
            if not end:
                continue
        level = LEVELS.get(rules[cue.id_].get("level") or "")
        if place is not None:
            value = value_of(place)
            level = value.level or level
        name = without_brackets(doc[cue.start : end])
        office = Office(name, level, bool(rules[cue.id_].get("person")))  # type: ignore[arg-type]
        found.append(new_span(doc, cue.start, end, "office", cue.id_, office))
    return found


def _extent(doc: Doc, cue: Span, places: dict[int, Span], starts: set[int], long: bool) -> tuple[int, Span | None]:
    """Where the office's name ends, and the place that it ends with. A comma or "dan" belongs to it only where a
    place closes the name ("Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak Agam")."""
    i, safe = cue.end, cue.end
    while i < min(cue.end + LONGEST, len(doc)):
        if i in places:
            return places[i].end, places[i]
        token = doc[i]
        if token.is_sent_start or token.is_space or i in starts:
            break
        if token.text == "RI":
            i += 1
            safe = i
            continue
        if token.text == "(":
            closing = next((j for j in range(i, min(i + 8, len(doc))) if doc[j].text == ")"), None)
            if closing is None:
                break
            i = closing + 1
            continue
        if token.text[:1].isupper():
            if not long:
                break
            i += 1
            if doc[safe:i].text.find(",") < 0 and not any(t.lower_ in SMALL or t.text == "(" for t in doc[safe:i]):
                safe = i
            continue
        if long and (token.text == "," or token.lower_ in SMALL):
            i += 1
            continue
        break
    return safe, None


def without_brackets(span: Span) -> str:
    """The words as written, without bracketed parts."""
    parts: list[str] = []
    depth = 0
    for token in span:
        if token.text == "(":
            depth += 1
        elif token.text == ")" and depth:
            depth -= 1
        elif not depth:
            parts.append(token.text_with_ws)
    return " ".join("".join(parts).split())
