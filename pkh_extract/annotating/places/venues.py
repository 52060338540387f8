"""Venues: halls, hotels, offices and open places as places of an event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group, new_span
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.context import AT, CALENDAR, TO, VISITED
from pkh_extract.annotating.places.values import Venue
from pkh_extract.gazetteer import load_gazetteer, normalise
from pkh_extract.gazetteer.names import VILLAGE_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.rules import RuleSet

LONGEST = 18
LEVELS = ("kec", "kab", "kel", "desa", "kota", "prov")  # misspelt level words too
UNTYPED = 3  # words of a venue that no type word tells
TAKEN = ("place_level", "place_office", "place_organisation", "place_venue")
BACK = 6
REACH = 14  # tokens from a venue that opens the sentence to the verb that says it was used
LINKS = VILLAGE_WORDS | {
    "dan", "setempat", "milik", "salah", "satu", "kantor", "dinas", "desa", "kecamatan", "kelurahan", "kabupaten",
    "kota", "camat", "lurah", "bupati", "lantai", "rapat", "pertemuan", "serbaguna", "utama", "sebelah", "warga",
    "balai", "nagari", "provinsi", "hotel", "gedung", "aula", "sosial", "sekretariat", "kompleks", "komplek",
    "hall", "ruang", "convention", "center", "ballroom", "walikota", "gubernur", "dinsos", "kerja", "kpm",
    "keuchik", "kapanewon", "distrik", "wali",
    "serba", "guna", "umum", "belakang", "depan", "samping", "parkir", "lama", "baru", "besar", "kecil",
}  # fmt: skip
INNER = {"dan", "lama", "baru", "besar", "kecil"}  # words that build a name but do not close it
LEADS = AT | {"didalam", "dalam", "halaman", "depan", "ke"}
PREPOSITION = {"di", "bertempat", "dalam"}
USED = {"dipakai", "digunakan", "menjadi", "jadi", "dipadati", "dipenuhi", "dipilih", "disulap"}
DWELLERS = {"warga", "penerima", "kpm", "keluarga", "para", "masyarakat", "penduduk", "mereka", "peserta", "pkh"}
GLUED = ("diaula", "diruang", "digedung", "dipendopo", "dihotel", "dikantor", "dibalai", "dihalaman", "dilapangan")


def find_venues(doc: Doc, rules: RuleSet) -> list[Span]:
    """Venue spans in text order, value :class:`Venue`; each is led by "di" or its like, or begins with a capital."""
    places = {span.start: span for span in group(doc, "pkh_places")}
    parts = {span.start for span in group(doc, "pkh_place_parts")}
    inside = {i for span in group(doc, "pkh_place_parts") for i in range(span.start + 1, span.end)}
    found: list[Span] = []
    types = {cue.start: cue.end for cue in cues(doc, "place_venue")}
    for cue in cues(doc, "place_venue"):
        if (found and cue.start < found[-1].end) or cue.start in inside:  # "Desa Pasar Baru" is no market
            continue
        start = _start(doc, cue, places)
        end = _end(doc, _past_types(cue.end, types), places, parts)
        span = doc[start:end]
        located = _located(doc, start, end)
        if not located or not _is_name(doc, span, cue):
            continue
        value = Venue(_written(span), located, borrows=bool(rules[cue.id_].get("borrows")))
        found.append(new_span(doc, start, end, "venue", cue.id_, value))
    taken = {token.i for span in found for token in span}
    found.extend(span for span in _untyped(doc, places) if not taken.intersection(range(span.start, span.end)))
    return sorted(found, key=lambda span: span.start)


def _untyped(doc: Doc, places: dict[int, Span]) -> Iterator[Span]:
    """Names without a type word: "di La Rosa Lembang," (it ends with a place) and "di Jalan Mawar,"."""
    gazetteer = load_gazetteer()
    parts = group(doc, "pkh_place_parts")
    streets = {span.start: span for span in parts if span.id_ == "place_part.street"}
    cued = {i for span in [*cues(doc, *TAKEN), *parts] for i in range(span.start, span.end)}
    for token in doc[:-1]:
        start = token.i + 1
        if token.lower_ != "di":
            continue
        if start in streets:
            yield new_span(doc, start, streets[start].end, "venue", streets[start].id_, _unsure(streets[start]))
            continue
        end = start
        while end < len(doc) and doc[end].is_alpha and doc[end].text[:1].isupper() and not doc[end].is_sent_start:
            if doc[end].lower_ in CALENDAR or end in cued:
                break
            end += 1
        if end - start < UNTYPED or start in places or not _closed(doc, end):
            continue
        if doc[start].lower_.startswith(LEVELS):
            continue
        last = normalise(doc[end - 1].text)
        if last in gazetteer.names or last in gazetteer.districts:
            span = doc[start:end]
            yield new_span(doc, start, end, "venue", "place_venue.untyped", _unsure(span))


def _closed(doc: Doc, end: int) -> bool:
    """Does the name stand at the end of its phrase?"""
    if end >= len(doc):
        return True
    after = doc[end]
    return after.is_punct or after.is_space or after.lower_ in CALENDAR or after.lower_ in {"pada", "kemarin", "selama"}


def _unsure(span: Span) -> Venue:
    return Venue(_written(span), located=True, sure=False)


def _written(span: Span) -> str:
    """The venue's words, spaces made single, without a "di" glued to them."""
    text = " ".join(span.text.split())
    return text[2:] if text.lower().startswith(GLUED) else text


def _start(doc: Doc, cue: Span, places: dict[int, Span]) -> int:
    """A name before its type ("Rocky Plaza Hotel") begins further left, after the preposition."""
    start = cue.start
    i = start - 1
    while i >= max(start - BACK, 0) and (doc[i].text[:1].isupper() or doc[i].is_digit or doc[i].text == "-"):
        if doc[i].is_sent_start:
            break
        i -= 1
    if i >= 0 and doc[i].lower_ in LEADS and i + 1 < start:
        return i + 1
    while start > 0 and doc[start - 1].lower_ in {"satu", "salah", "lantai", "sebelah", "depan"}:
        start -= 1
    return start


def _located(doc: Doc, start: int, end: int) -> bool:
    """Does a preposition of place lead up to it, or a verb say that it was used?"""
    if doc[start].lower_.startswith(GLUED):
        return True
    i = start - 1
    reach = REACH if doc[start].is_sent_start else 3
    for token in doc[end : end + reach]:
        if token.is_sent_start:
            break
        if token.lower_ in USED:
            return True
    if i < 0:
        return False
    if doc[i].lower_ == "dalam" and i > 0:
        i -= 1
    return doc[i].lower_ in PREPOSITION | VISITED or (doc[i].lower_ in TO and i > 0 and doc[i - 1].lower_ in VISITED)


def _past_types(i: int, types: dict[int, int]) -> int:
    """Past further type words ("pelataran pasar Hadakewa", "halaman kantor pos")."""
    while i in types:
        i = types[i]
    return i


def _end(doc: Doc, i: int, places: dict[int, Span], parts: set[int]) -> int:
    """Where the venue's name ends: capitalised words, numerals and the words that build such names."""
    limit = min(i + LONGEST, len(doc))
    end = i
    named = False  # an area has been named: a wider one after it is the address
    while i < limit:
        token = doc[i]
        if token.is_space or token.is_sent_start or token.lower_ in CALENDAR:
            break
        if i in places and i > 0 and doc[i - 1].text != ",":
            if named:
                break
            named = True
            i = end = places[i].end
            continue
        if i in parts:
            named = True
        if token.text == "(":
            closing = next((j for j in range(i, min(i + 7, len(doc))) if doc[j].text == ")"), None)
            if closing is None or doc[i + 1].is_digit or doc[i + 1].lower_ in CALENDAR:
                break
            i = end = closing + 1
            continue
        if (token.is_alpha and token.text[:1].isupper()) or token.is_digit:
            i += 1
            end = i
            continue
        if token.lower_ in LINKS:
            i += 1
            if token.lower_ not in INNER:
                end = i
            continue
        if token.text in {"-", "'", "’", "/", "&"} and not token.whitespace_ and not doc[i - 1].whitespace_:
            i += 1
            continue
        break
    return end


def _is_name(doc: Doc, span: Span, cue: Span) -> bool:
    """A bare "rumah" or "kantor" names no venue, and "rumah warga" are many houses."""
    if len(span) <= len(cue):
        return False
    following = doc[cue.end].lower_ if cue.end < len(doc) and cue.end < span.end else ""
    return not (cue.text.lower() == "rumah" and following in DWELLERS)
