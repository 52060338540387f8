"""Which area an article is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import remember, remembered
from pkh_extract.annotating.places.beside import DISTRICT_WORDS
from pkh_extract.annotating.places.index import Index, index_of
from pkh_extract.annotating.places.resolve import area

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.record import Area

WEIGHTS = {"office": 2.0, "at": 1.5, "whole": 2.0, "dateline": 1.0, "plain": 1.0, "organisation": 0.7, "from": 0.3,
           "to": 0.3, "venue": 0.3, "name": 0.0}  # fmt: skip
SPEAKING = {"office", "whole", "at", "plain", "dateline"}  # kinds that may make an article that of a province
SPOKEN = 0.3
TITLE = 2.0
DOMINANT = 2.0
KEPT, VILLAGE = "article_area", "article_village"
LEAD = 2  # sentences of the lead
MOST = 1500  # families of a village; more of them live in a wider area
WIDER = DISTRICT_WORDS | {
    "kabupaten", "kab", "kota", "provinsi", "daerah", "nasional", "indonesia", "dinas", "dinsos", "kadis", "kadinsos",
    "korkab", "koordinator", "bupati", "walikota", "wali", "gubernur", "menteri", "mensos", "kemensos",
}  # fmt: skip
UNITS = {"kpm", "kk", "keluarga", "penerima", "rtsm", "ksm"}
QUOTES = {'"', "“", "”"}


def article_area(doc: Doc) -> Area | None:
    """The area the article is about: the regency it names most, or the province where it speaks for one; ``None``
    where it speaks of no place or of several alike."""
    kept: tuple[Area | None] | None = remembered(doc, KEPT)
    if kept is None:
        kept = (_article_area(doc),)
        remember(doc, KEPT, kept)
    return kept[0]


def _article_area(doc: Doc) -> Area | None:
    regencies: dict[str, float] = {}
    provinces: dict[str, float] = {}
    implied: dict[str, float] = {}
    spoken_of: set[str] = set()  # regencies named otherwise than as the place of writing or speaking
    index = index_of(doc)
    for spot, value in index.spots:
        weight = SPOKEN if value.spoken else WEIGHTS[value.kind]
        weight *= TITLE if spot.start_char < index.title_end else 1.0
        code = value.code
        if code is None:
            for province in {candidate[:2] for candidate in value.candidates}:
                implied[province] = implied.get(province, 0.0) + weight / len(value.candidates)
            continue
        implied[code[:2]] = implied.get(code[:2], 0.0) + weight
        if len(code) >= 5:
            regencies[code[:5]] = regencies.get(code[:5], 0.0) + weight
            if value.kind != "dateline" and not value.spoken:
                spoken_of.add(code[:5])
        elif value.kind in SPEAKING and not value.spoken:
            provinces[code] = provinces.get(code, 0.0) + weight
    best = _dominant(regencies)
    if best is not None:
        province = best[:2]
        wider = len(regencies) > 1 or best not in spoken_of  # the paper's town is not what the article is about
        if wider and provinces.get(province, 0.0) > 1.5 * regencies[best]:
            return area(province)
        return area(best)
    return area(_dominant(provinces) or _dominant(implied))


def village_area(doc: Doc, at: int) -> Area | None:
    """The village that the article is about, for a figure of families at token ``at``: the only one that it names, in
    headline or lead, where the figure's sentence speaks of nothing wider and so many may live there."""
    kept: tuple[Area | None] | None = remembered(doc, VILLAGE)
    if kept is None:
        kept = (_only_village(doc),)
        remember(doc, VILLAGE, kept)
    index = index_of(doc)
    if kept[0] is None or index.values.get(at, 0) > MOST:
        return None
    first, end = index.tokens.sentence_at(at)
    lower = index.tokens.lower
    if not QUOTES.isdisjoint(lower[first:end]) and end < len(lower):
        end = index.tokens.sentence_at(end)[1]  # who is quoted
    return kept[0] if WIDER.isdisjoint(lower[first:end]) else None


def _only_village(doc: Doc) -> Area | None:
    index = index_of(doc)
    starts = [start for start in index.opens if index.tokens.starts[start] >= index.title_end]
    lead = starts[LEAD] if len(starts) > LEAD else len(index.tokens)
    codes = {value.code for _, value in index.named_villages}
    early = any(cue.start < lead and value.kind not in {"from", "to"} for cue, value in index.named_villages)
    return area(codes.pop()) if len(codes) == 1 and early and not _counts_many(index) else None


def _counts_many(index: Index) -> bool:
    """Does the text count more families than a village has, without a word of the wider area that it speaks of?"""
    lower = index.tokens.lower
    for at, value in index.values.items():
        if value <= MOST or not WIDER.isdisjoint(lower[slice(*index.tokens.sentence_at(at))]):
            continue
        while at in index.numbers:
            at += 1
        if not UNITS.isdisjoint(lower[at : at + 2]):
            return True
    return False


def _dominant(weights: dict[str, float]) -> str | None:
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if ranked and ranked[0][1] > 0 and (len(ranked) == 1 or ranked[0][1] >= DOMINANT * ranked[1][1]):
        return ranked[0][0]
    return None
