"""Which area a figure speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue, accept, remember, remembered
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.bare import UNITS
from pkh_extract.annotating.places.beside import (
    DISTRICT_WORDS,
    LEFT,
    PREPOSITIONS,
    RIGHT,
    framing_village,
    taken_up,
    village_beside,
)
from pkh_extract.annotating.places.index import Index, index_of
from pkh_extract.annotating.places.listed import (
    FILLERS,
    among_districts,
    around,
    bare_entry,
    district_of,
    entries,
    spread,
)
from pkh_extract.annotating.places.resolve import area
from pkh_extract.annotating.places.subject import article_area, village_area
from pkh_extract.annotating.tables import Cell, cell_of, cells
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.gazetteer import find, load_gazetteer
from pkh_extract.gazetteer.names import REGENCY, VILLAGE_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.places.values import Place
    from pkh_extract.record import Area

    Found = tuple[int, int, Place]

PAIRED = {
    "dengan", "ditangani", "tangani", "didampingi", "dilayani", "realisasi", "realisasinya", "terealisasi", "graduasi",
    "berkurang", "bertambah", "turun", "naik", "(", "senilai", "nilainya", "nilai",
}  # fmt: skip
PAIRING = PAIRED | FILLERS | UNITS
PAIRING |= {"yang", "oleh", "ksm", "rtsm", "rts", "manfaat", "alokasi", "alokasinya", "bansos", "sedangkan", "dan", ","}
PAIRING |= {"rp", "rp.", "dana", "nominal", "uang"}
STOPS = {",", ";", ".", "dan"}
JOINTS = {",", "/", "(", "dan"}
ABBREVIATED = 3  # tokens of an abbreviation with its brackets
ISLAND = 5  # tokens of a name that no register has inside an address, its commas with it
OVER_VILLAGES = VILLAGE_WORDS | {"desa/kelurahan"}  # what heads a table's villages
FAMILIES = "kpm"  # the label of figures of recipients
NATION = "place_nation"
PROVINCE = {"provinsi", "propinsi", "prov"}


def area_for(span: Span) -> Area | None:
    """The area that a figure (``span``: its number) speaks of, ``None`` where several are possible or none is known.

    In a table or list the one that names the row. Else, in this order: the place beside it ("3.230 KPM di Kecamatan
    Amahai", "Banjarmasin 7", "64 KPM di kelurahannya"), the nearest place of its sentence with no other number between,
    the place that its paragraph spoke of last, the one village that the article is about, the article's area. A figure
    of the nation, or beside a name that no register has, is given none.
    """
    doc = span.doc
    if span.start >= len(doc) or not len(span):
        return None
    index = index_of(doc)
    if span.start > 0 and index.tokens.lower[span.start - 1] in PROVINCE:
        whole = article_area(doc)
        return load_gazetteer().area(whole.code[:2]) if whole else None
    cell = cell_of(span)
    if cell is not None:
        return article_area(doc) if cell.total else _of_row(doc, cell, index)
    figure = Cue(index.tokens, span.start, span.end, "figure", "")
    here = index.sentence_places(span.start)
    after = _after(figure, here, index) if here else None
    if after is not None:
        return area(after.code)
    if (several := spread(figure, here, index)) is not None:
        return several
    village = village_beside(figure, index) or taken_up(figure, index)
    if village is not None:
        return area(village.code)
    if _nation(doc, figure, index):
        return None
    before = _before(figure, here) if here else None
    if before is not None:
        return area(among_districts(before, here, index))
    entry = bare_entry(figure, article_area(doc))
    if entry is not None:
        return area(entry.code)
    framed = framing_village(figure, here, index)
    if framed is not None:
        return area(framed.code)
    return _of_sentence(doc, figure, here, index, families=span.label_ == FAMILIES)


def _of_row(doc: Doc, cell: Cell, index: Index) -> Area | None:
    """The area that names the row of a table or list; none where no register has the name. Where the other rows are
    districts of one regency, a name that is that regency's too is the district's."""
    village = next((code for start, _, code in index.villages_near(*cell.name)), None)
    if village is not None:
        return area(village)
    found = _in_name(cell, index)
    if found is None or found[2].code is None or len(found[2].code) < 8:
        named = _named_row(doc, cell)
        if named is not None or found is None or found[2].code is None:
            return named
    start, end = found[:2]
    code = found[2].code
    if len(code) == 5 and _regencies(doc, cell, index) == {code}:
        return area(district_of(code, index.tokens.between(start, end)))
    return area(code)


def _regencies(doc: Doc, cell: Cell, index: Index) -> set[str]:
    """The regencies whose districts name rows of a table or list; worked out once for each."""
    kept: set[str] | None = remembered(doc, f"rows {cell.intro}")
    if kept is None:
        rows = {other.name: other for other in cells(doc).values() if other.intro == cell.intro}
        codes = [place[2].code for row in rows.values() if (place := _in_name(row, index)) is not None]
        kept = {code[:5] for code in codes if code is not None and len(code) == 8}
        remember(doc, f"rows {cell.intro}", kept)
    return kept


def _named_row(doc: Doc, cell: Cell) -> Area | None:
    """The one area inside the article's that bears the name of a row, of the level that the head over the names says;
    where it says none a district of the article's regency, or a regency of its province."""
    own = article_area(doc)
    tokens = tokens_of(doc)
    if own is None or not tokens.words[cell.name[0]].capital:
        return None
    words = {*tokens.lower[slice(*cell.label)], tokens.lower[cell.name[0]]}
    level = 13 if words & OVER_VILLAGES else 8 if words & DISTRICT_WORDS or len(own.code) > 2 else 5
    inside = [place.code for place in find(tokens.between(*cell.name), parent=own.code) if len(place.code) == level]
    return area(inside[0]) if len(inside) == 1 else None


def _in_name(cell: Cell, index: Index) -> Found | None:
    """The place in the name of a row."""
    named = [found for found in index.sentence_places(cell.name[0]) if cell.name[0] <= found[0] < cell.name[1]]
    return named[-1] if named else None


def _after(span: Cue, here: list[Found], index: Index) -> Place | None:
    """ "3.230 KPM di Kecamatan Amahai"."""
    first: Place | None = None
    for start, _, value in here:
        if start < span.end:
            continue
        words = span.tokens.lower[span.end : start]
        far = start - span.end > RIGHT or not index.numbers.isdisjoint(range(span.end, start))
        if far or not STOPS.isdisjoint(words):
            return None
        led = not PREPOSITIONS.isdisjoint(words[-2:])
        if led or (first is None and ("se" in words or words[-1:] == ["("])):
            inner = first is not None and (first.code or "").startswith(value.code or "-")
            return first if inner else value  # "17.899 KPM warga distrik Ilaga di Kabupaten Puncak"
        if first is not None:
            return None
        first = value
    return None


def _before(span: Cue, here: list[Found]) -> Found | None:
    """ "Banjarmasin 7, Banjarbaru 5", "Kecamatan Amahai sebanyak 3.230 KPM"."""
    before = [found for found in here if found[1] <= span.start]
    if not before or span.start - before[-1][1] > LEFT:
        return None
    _, end, value = before[-1]
    fillers = FILLERS.issuperset(span.tokens.lower[end : span.start])
    return _finer(span, before) if fillers and value.kind != "dateline" else None


def _finer(span: Cue, before: list[Found]) -> Found:
    """The last of some places, or the one whose address it closes ("Halmahera Selatan, Maluku Utara 11.204")."""
    chosen = before[-1]
    for place in reversed(before[:-1]):
        wider, code = chosen[2].code, place[2].code
        if span.tokens.lower[place[1] : chosen[0]] != [","] or not (wider and code and code.startswith(wider)):
            break
        chosen = place
    return chosen


def _nation(doc: Doc, span: Cue, index: Index) -> bool:
    """Does the sentence speak of the whole country, with no other number between ("secara nasional 10 juta KPM")?"""
    told: dict[int, list[Cue]] | None = remembered(doc, NATION)
    if told is None:
        remember(doc, NATION, told := {})
        for cue in cues(doc, "place_nation"):
            told.setdefault(index.sentence(cue.start), []).append(cue)
    for cue in told.get(index.sentence(span.start), ()):
        between = range(cue.end, span.start) if cue.end <= span.start else range(span.end, cue.start)
        if index.numbers.isdisjoint(between):
            accept(doc, cue)
            return True
    return False


def _of_sentence(doc: Doc, span: Cue, here: list[Found], index: Index, *, families: bool) -> Area | None:
    """The place nearest to the figure in its sentence, else that of its paragraph, else the article's, which may be a
    village for a figure of ``families``."""
    named = [found for found in here if not found[2].aside]
    left = [found for found in named if found[1] <= span.start] if named else []
    if left and index.numbers.isdisjoint(range(left[-1][1], span.start)):
        return _finest(doc, _chain(index, left))
    if left and _paired(index, left[-1][1], span.start):
        return area(among_districts(left[-1], here, index))
    right = [found for found in named if found[0] >= span.end] if named and not left else []
    if right and index.numbers.isdisjoint(range(span.end, right[0][0])):
        if listed := entries(right, index):
            return around(listed) if len(listed) > 1 else article_area(doc)
        return _finest(doc, _chain(index, right[::-1])[::-1])
    if named:
        return _finest(doc, named)
    told = index.last_in_paragraph(span.start)
    own = article_area(doc)
    village = village_area(doc, span.start) if families else None
    if told is not None and own is not None and told.code is not None:
        if village is not None and village.code.startswith(told.code):
            return village
        elsewhere = told.explicit and len(told.code) == len(own.code) == REGENCY  # though not the article's
        if elsewhere or told.code.startswith(own.code):
            return area(told.code)
    return village or own


def _paired(index: Index, start: int, end: int) -> bool:
    """Does nothing stand between a place and a figure but another figure of the same place ("Kecamatan Anu sebanyak 418
    KSM dengan 2 orang pendamping")?"""
    words = index.tokens.lower[start:end]
    led = not PAIRED.isdisjoint(words)
    return led and all(i in index.numbers or word in PAIRING for i, word in enumerate(words, start))


def _chain(index: Index, found: list[Found]) -> list[Found]:
    """The last place and those joined to it, in an address or a list ("Kecamatan A, Kabupaten B", "A dan B")."""
    chain = [found[-1]]
    for place in reversed(found[:-1]):
        start, end = min(place[1], chain[-1][1]), max(place[0], chain[-1][0])
        gap = index.tokens.lower[start:end]
        if (len(gap) > 2 or not JOINTS.issuperset(gap)) and not (
            _inside(place, chain[-1]) and _names_alone(index, start, end)
        ):
            break
        chain.append(place)
    return chain


def _inside(one: Found, other: Found) -> bool:
    """Does one of two places lie in the other?"""
    first, second = one[2].code, other[2].code
    return first is not None and second is not None and (first.startswith(second) or second.startswith(first))


def _names_alone(index: Index, start: int, end: int) -> bool:
    """Do nothing but names between commas stand there, as an island's in an address ("Sumenep, Madura, Jawa Timur"), or
    the first place's abbreviation in brackets ("Kecamatan Tanjung Agung Palik (TAP) Kabupaten Bengkulu Utara")?"""
    words = index.tokens.words[start:end]
    if len(words) == ABBREVIATED and (words[0].text, words[-1].text) == ("(", ")"):
        return words[1].text.isupper()
    ends = len(words) >= 3 and words[0].text == words[-1].text == ","
    return ends and len(words) <= ISLAND and all(word.capital or word.text == "," for word in words)


def _finest(doc: Doc, found: list[Found]) -> Area | None:
    """The one area that places name together, the finest of an address; the article's where it lies in all of them."""
    codes = {value.code for _, _, value in found}
    known = {code for code in codes if code is not None}
    wider = {code[:length] for code in known for length in (2, 5) if length < len(code)}
    finest = known - wider
    if len(finest) == 1 and None not in codes:
        return area(finest.pop())
    own = article_area(doc)
    return own if own is not None and all(own.code.startswith(code) for code in finest) else None
