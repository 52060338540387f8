"""Districts named without a level word ("di Lubuk Alung", "Suoh 1.023 KPM"), once the article's regencies are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pkh_extract.annotating.places.context import AND, AT, CALENDAR, FROM, TO, Context
from pkh_extract.annotating.places.mentions import DIRECTIONS, LONGEST_NAME, Mention
from pkh_extract.annotating.places.values import Kind
from pkh_extract.gazetteer import Gazetteer, normalise

if TYPE_CHECKING:
    from pkh_extract.annotating.tokens import Tokens, Word

NATURE = "place_part.nature"  # hills and rivers give districts their names ("Bukit Batu")
SHORTEST = 4  # letters of a district's name that counts without a level word
OPENING = 4  # letters by which names are told apart before they are looked up
COUNTING = {"sebanyak", "berjumlah", "sejumlah", "ada", ":", "-", "–", "="}
DWELLERS = {"masyarakat", "warga", "penduduk"}
UNITS = {"kpm", "orang", "kk", "keluarga", "jiwa", "penerima", ")"}
MARKS = {"-", "'", "’"}  # inside a name
CAPITAL = attrgetter("capital")
LEADS: dict[str, Kind] = {**dict.fromkeys(TO, "to"), **dict.fromkeys(FROM, "from"), **dict.fromkeys(AT, "at")}


class Names(NamedTuple):
    """Names of districts: normalised, with their codes, and the first letters by which they are told apart."""

    known: dict[str, str]
    openings: set[str]


class Districts:
    """The names of districts, regency by regency, ready to be found without a level word."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._names: dict[str, Names] = {}  # of each regency asked for

    def names(self, regencies: set[str]) -> Names:
        """The names of districts of these regencies, without those that several have."""
        several = [self._of_regency(regency) for regency in regencies]
        if len(several) == 1:
            return several[0]
        known: dict[str, str] = {}
        twice: set[str] = set()
        for names in several:
            twice.update(known.keys() & names.known.keys())
            known.update(names.known)
        for key in twice:
            del known[key]
        return Names(known, set().union(*(names.openings for names in several)))

    def _of_regency(self, regency: str) -> Names:
        """Openings are of :data:`OPENING` letters or fewer: those of the first word of each name are there."""
        names = self._names.get(regency)
        if names is None:
            districts = self.gazetteer.by_regency.get(regency, {})
            known = {key: code for key, code in districts.items() if len(key) >= SHORTEST}
            openings = {key[:size] for key in known for size in range(1, OPENING + 1)}
            names = self._names[regency] = Names(known, openings)
        return names


def find_bare(
    context: Context, mentions: list[Mention], districts: Districts, regencies: set[str]
) -> Iterator[tuple[Mention, str]]:
    """Mentions with their codes: names of districts of these regencies that stand where a place stands."""
    known, openings = districts.names(regencies)
    taken = {i for mention in mentions for i in range(mention.start, mention.end)}
    taken.update(i for i, cue in context.part_tokens.items() if cue.id_ != NATURE)
    ends: dict[int, Mention] = {mention.end: mention for mention in mentions}
    behind = 0  # the last name found
    for i in _openings(context.tokens, openings):
        if i < behind or i in taken or context.is_cue(i, but=NATURE):
            continue
        found = _name(context, i, taken, known)
        if found is None:
            continue
        behind, code = found
        kind = _position(context, ends, i, behind)
        if kind is not None:
            mention = Mention(i, behind, i, (code,), "district", kind=kind)
            ends[behind] = mention
            yield mention, code


def _openings(tokens: Tokens, openings: set[str]) -> list[int]:
    """The capitalised words that may open one of the names of which these are the first letters."""
    lower = tokens.lower
    capitals = compress(range(len(lower)), map(CAPITAL, tokens.words))
    return [i for i in capitals if (word := lower[i])[:OPENING] in openings or not word.isascii()]


def _name(context: Context, i: int, taken: set[int], known: dict[str, str]) -> tuple[int, str] | None:
    tokens, stop = context.tokens, i
    while stop < min(i + LONGEST_NAME, len(tokens)) and stop not in taken:
        word = tokens.words[stop]
        if not (word.is_alpha and word.capital) and word.text not in MARKS:
            break
        stop += 1
    keys = context.keys(i, stop)
    for end in range(stop, i, -1):
        key = keys[end - i - 1]
        if key in known and key not in DIRECTIONS:
            return (end, known[key]) if _ends_name(tokens, end) else None
    return None


def _ends_name(tokens: Tokens, end: int) -> bool:
    """No further capitalised word makes it part of a longer name."""
    if end >= len(tokens) or not tokens.blank[end - 1]:
        return True
    after = tokens.words[end]
    return not (after.is_alpha and after.capital) or after.lower in CALENDAR or after.is_upper


def _position(context: Context, ends: dict[int, Mention], i: int, end: int) -> Kind | None:
    """What kind of place position the name stands in, or ``None`` where it stands in none."""
    if i in context.dateline:
        return "dateline"
    words, j = context.tokens.words, i - 1
    before = words[j].lower if j >= 0 else ""
    if context.visited(j):
        return "at"
    if before in LEADS:
        return LEADS[before]
    if before in DWELLERS and words[j].text == before:
        return "plain"
    if before in {",", "("} or before in AND:
        while j > 0 and j not in context.part_tokens and _between_items(words[j]):
            j -= 1
        if (previous := ends.get(j + 1)) is not None and i - previous.end <= 4:
            return previous.kind
        if j in context.part_tokens:
            return "at"
    if _counts_here(words, end):
        return "plain"
    counted = end + 1 < len(words) and words[end].lower in COUNTING and _counts(words[end + 1])
    return "plain" if counted else None


def _counts_here(words: Sequence[Word], end: int) -> bool:
    """Does the name's number follow, perhaps in brackets of its own ("Suoh (1.023)", "Suoh (43 orang)")?"""
    if end < len(words) and words[end].text == "(":
        closing = words[end + 2 : end + 4]
        return any(word.text == ")" for word in closing) and _counts(words[end + 1])
    return end < len(words) and _counts(words[end])


def _counts(word: Word) -> bool:
    return word.is_digit or word.like_num


def _between_items(word: Word) -> bool:
    """Commas, "dan", figures and their units stand between the places of a list."""
    return word.text in {",", "("} or word.lower in AND or word.is_digit or word.lower in UNITS


def dateline_district(context: Context, gazetteer: Gazetteer, provinces: Iterable[str]) -> Mention | None:
    """A dateline that is the name of one district of the country (or of the article's ``provinces``) alone, for an
    article that names no regency ("UBUD – …")."""
    first = min(context.dateline, default=None)
    if first is None or first in context.cue_tokens:
        return None
    for end in reversed(context.name_ends(first)):
        if end in context.outlets:
            return None  # "LAMONGAN TODAY – …"
        name = context.tokens.between(first, end)
        key = normalise(name)
        codes = gazetteer.districts.get(key, ()) if len(key) >= SHORTEST and end - 1 in context.dateline else ()
        codes = tuple(code for code in codes if not provinces or code[:2] in provinces)
        if len(codes) == 1 and name.lower() not in gazetteer.ordinary and _ends_name(context.tokens, end):
            return Mention(first, end, first, codes, "district", kind="dateline")
    return None
