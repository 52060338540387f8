"""Lists of areas, each with its figure: what their names stand for, and the area in which all of them lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.places.beside import DISTRICT_WORDS, PREPOSITIONS, RIGHT, Beside
from pkh_extract.annotating.places.resolve import area
from pkh_extract.gazetteer import bare, load_gazetteer, normalise
from pkh_extract.gazetteer.names import DISTRICT, REGENCY, VILLAGE, VILLAGE_WORDS

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.index import Index
    from pkh_extract.annotating.places.values import Place
    from pkh_extract.record import Area

    Found = tuple[int, int, Place]

SIBLINGS = 2  # districts in a sentence that make it a list of districts
NAME = 4  # words of a name that no register has
FILLERS = {
    "sebanyak", "berjumlah", "ada", "yakni", "yaitu", "sejumlah", "terdapat", "menerima", "mendapat", "memiliki",
    "dengan", "jumlah", "total", "totalnya", "sekitar", "mencapai", "tercatat", "sebesar", "masing", "-", ":", "(",
    "–", "=", "adalah", "kurang", "lebih", "hanya", "kpm", "pkh", "jumlahnya", "untuk", "sudah", "telah", "atau",
}  # fmt: skip
BEFORE_ENTRY = {",", ";", ":", "dan", "serta", "yakni", "yaitu", "menyusul", "disusul", "lalu", "kemudian"}
COUNTED = {"rts", "rtsm", "ksm", "kk"}  # "Pasawahan jumlah RTS 564"
INSTITUTIONS = {  # "…, Dinas Sosial memiliki 19 pendamping"
    "dinas", "dinsos", "kementerian", "kemensos", "kemsos", "pemerintah", "pemkab", "pemkot", "pemprov", "pemda",
    "badan", "kantor", "bank", "bupati", "wali", "walikota", "gubernur", "camat", "kepala", "program", "data",
    "pendamping",
}  # fmt: skip
EACH = "masing"
LISTED = {"yakni", "yaitu", "meliputi", "di antaranya", ":"}  # "di tiga kecamatan, yakni A, B dan C"


def district_of(regency: str, name: str) -> str | None:
    """The code of the regency's district of that name."""
    return load_gazetteer().by_regency.get(regency, {}).get(normalise(bare(name)))


def among_districts(found: Found, here: list[Found], index: Index) -> str | None:
    """The code of a place in a list: among districts of one regency, a name that is a regency's too ("Masamba 798",
    "Kecamatan Pangandaran 7") is the district's, or else no area known."""
    start, end, place = found
    if place.code is None or len(place.code) != REGENCY:
        return place.code
    parents = [value.code[:REGENCY] for _, _, value in here if value.code is not None and len(value.code) == DISTRICT]
    if len(parents) < SIBLINGS or len(set(parents)) > 1:
        return place.code
    return district_of(parents[0], index.tokens.between(start, end))


def bare_entry(figure: Cue, own: Area | None) -> Beside | None:
    """The name that stands before the figure as an entry of a list and is no known place ("…, Limbukan 51 KK, …"): a
    district or village of the article's regency (``own``), or unknown."""
    i, words = figure.start, figure.tokens.words
    while i > 0 and (words[i - 1].lower in FILLERS or words[i - 1].lower in COUNTED):
        i -= 1
    end = i
    while i > 0 and words[i - 1].is_title and words[i - 1].is_alpha and end - i < NAME:
        if words[i - 1].lower in BEFORE_ENTRY:
            break
        i -= 1
    if not (end > i > 0 and words[i - 1].lower in BEFORE_ENTRY) or words[i].lower in INSTITUTIONS:
        return None
    if EACH in figure.tokens.lower[end : figure.start]:
        return Beside(None)  # "Baturetno dan Slogohimo masing-masing 5"
    regency = own.code[:REGENCY] if own is not None and len(own.code) >= REGENCY else ""
    name = figure.tokens.between(i, end)
    return Beside(district_of(regency, name) or _village_of(regency, name))


def _village_of(regency: str, name: str) -> str | None:
    """The code of the one village of that name in the regency."""
    codes = load_gazetteer().named(regency, normalise(name), VILLAGE) if regency else ()
    return codes[0] if len(codes) == 1 else None


def entries(found: list[Found], index: Index) -> list[str]:
    """The areas of a list that follows a total, each with its number ("118 pendamping, yaitu Kota A 20, Kota B 25")."""
    lower, codes = index.tokens.lower, set()
    for _, end, value in found:
        at = end
        while at < min(end + 2, len(lower)) and lower[at] in FILLERS:
            at += 1
        if value.code is None or at not in index.numbers:
            break
        codes.add(value.code)
    return sorted(codes)


def around(codes: list[str]) -> Area | None:
    """The area in which all of these lie."""
    return next((area(codes[0][:n]) for n in (8, 5, 2) if len({code[:n] for code in codes}) == 1), None)


def spread(figure: Cue, here: list[Found], index: Index) -> Area | None:
    """The area of all districts (or villages) that a list behind the figure names ("800 penerima di tiga kecamatan,
    yakni A, B, dan C"); ``None`` where none follows."""
    behind = [found for found in here if found[0] >= figure.end]
    if len(behind) < SIBLINGS or behind[0][0] - figure.end > RIGHT:
        return None
    words = index.tokens.lower[figure.end : behind[0][0]]
    levels = DISTRICT_WORDS | VILLAGE_WORDS
    if PREPOSITIONS.isdisjoint(words) or levels.isdisjoint(words) or LISTED.isdisjoint(words):
        return None
    codes = [value.code for _, _, value in behind]
    return around([code for code in codes if code is not None]) if None not in codes else None
