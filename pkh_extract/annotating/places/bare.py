"""Districts named without a level word ("di Lubuk Alung", "Suoh 1.023 KPM"), once the article's regencies are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pkh_extract.annotating.places.context import AND, AT, CALENDAR, FROM, TO, VISITED, Context
from pkh_extract.annotating.places.mentions import DIRECTIONS, LONGEST_NAME, Mention
from pkh_extract.annotating.places.values import Kind
from pkh_extract.gazetteer import Gazetteer, normalise

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NATURE = "place_part.nature"  # hills and rivers give districts their names ("Bukit Batu")
SHORTEST = 4  # letters of a district's name that counts without a level word
COUNTING = {"sebanyak", "berjumlah", "sejumlah", "ada", ":", "-", "–", "="}
UNITS = {"kpm", "orang", "kk", "keluarga", "jiwa", "penerima", ")"}


def find_bare(
    doc: Doc, context: Context, mentions: list[Mention], gazetteer: Gazetteer, regencies: set[str]
) -> Iterator[tuple[Mention, str]]:
    """Mentions with their codes: names of districts of these regencies that stand where a place stands."""
    known = {key: code for regency in sorted(regencies) for key, code in gazetteer.by_regency.get(regency, {}).items()}
    clash = _clashing(gazetteer, regencies)
    taken = {i for mention in mentions for i in range(mention.start, mention.end)}
    taken.update(i for i, cue in context.part_tokens.items() if cue.id_ != NATURE)
    ends: dict[int, Mention] = {mention.end: mention for mention in mentions}
    i = 0
    while known and i < len(doc):
        found = None
        if doc[i].text[:1].isupper() and i not in taken and not context.is_cue(i, but=NATURE):
            found = _name(doc, i, taken, known, clash)
        if found is None:
            i += 1
            continue
        end, code = found
        kind = _position(doc, context, ends, i, end)
        if kind is not None:
            mention = Mention(i, end, i, (code,), "district", kind=kind)
            ends[end] = mention
            yield mention, code
        i = end


def _clashing(gazetteer: Gazetteer, regencies: set[str]) -> set[str]:
    seen: set[str] = set()
    clash: set[str] = set()
    for regency in regencies:
        keys = set(gazetteer.by_regency.get(regency, {}))
        clash |= seen & keys
        seen |= keys
    return clash


def _name(doc: Doc, i: int, taken: set[int], known: dict[str, str], clash: set[str]) -> tuple[int, str] | None:
    stop = i
    while stop < min(i + LONGEST_NAME, len(doc)) and stop not in taken:
        token = doc[stop]
        if not (token.is_alpha and token.text[:1].isupper()) and token.text not in {"-", "'", "’"}:
            break
        stop += 1
    for end in range(stop, i, -1):
        key = normalise(doc[i:end].text)
        if len(key) >= SHORTEST and key in known and key not in clash and key not in DIRECTIONS:
            return (end, known[key]) if _ends_name(doc, end) else None
    return None


def _ends_name(doc: Doc, end: int) -> bool:
    """No further capitalised word makes it part of a longer name."""
    if end >= len(doc) or not doc[end - 1].whitespace_:
        return True
    after = doc[end]
    return not (after.is_alpha and after.text[:1].isupper()) or after.lower_ in CALENDAR or after.text.isupper()


def _position(doc: Doc, context: Context, ends: dict[int, Mention], i: int, end: int) -> Kind | None:
    """What kind of place position the name stands in, or ``None`` where it stands in none."""
    if i in context.dateline:
        return "dateline"
    j = i - 1
    before = doc[j].lower_ if j >= 0 else ""
    for kind, words in (("at", AT | VISITED), ("from", FROM), ("to", TO)):
        if before in words:
            return kind  # type: ignore[return-value]
    if before in {",", "("} or before in AND:
        while j > 0 and j not in context.part_tokens and _between_items(doc[j]):
            j -= 1
        if (previous := ends.get(j + 1)) is not None and i - previous.end <= 4:
            return previous.kind
        if j in context.part_tokens:
            return "at"
    following = doc[end].lower_ if end < len(doc) else ""
    number = doc[end].is_digit or doc[end].like_num if end < len(doc) else False
    if number or (following in COUNTING and end + 1 < len(doc) and (doc[end + 1].is_digit or doc[end + 1].like_num)):
        return "plain"
    return None


def _between_items(token: Token) -> bool:
    """Commas, "dan", figures and their units stand between the places of a list."""
    return token.text in {",", "("} or token.lower_ in AND or token.is_digit or token.lower_ in UNITS


def dateline_district(doc: Doc, context: Context, gazetteer: Gazetteer, provinces: set[str]) -> Mention | None:
    """A dateline that is the name of one district of the country (or of the article's ``provinces``) alone, for an
    article that names no regency ("UBUD – …")."""
    first = min(context.dateline, default=None)
    if first is None or first in context.cue_tokens:
        return None
    for end in reversed(context.name_ends(first)):
        key = normalise(doc[first:end].text)
        codes = gazetteer.districts.get(key, ()) if len(key) >= SHORTEST and end - 1 in context.dateline else ()
        codes = tuple(code for code in codes if not provinces or code[:2] in provinces)
        if len(codes) == 1 and doc[first:end].text.lower() not in gazetteer.ordinary and _ends_name(doc, end):
            return Mention(first, end, first, codes, "district", kind="dateline")
    return None
