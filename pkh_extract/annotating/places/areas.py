"""Which area a figure speaks of, and which area the article is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.gazetteer import load_gazetteer
from pkh_extract.annotating.places.resolve import area, places
from pkh_extract.annotating.places.values import Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.record import Area

WEIGHTS = {"office": 2.0, "at": 1.5, "whole": 2.0, "dateline": 1.0, "plain": 1.0, "organisation": 0.7, "from": 0.3,
           "to": 0.3, "venue": 0.3, "name": 0.0}  # fmt: skip
TITLE = 2.0
DOMINANT = 2.0
LEFT, RIGHT = 5, 9  # tokens between a place and its figure, between a figure (with its unit) and its place
FILLERS = {
    "sebanyak", "berjumlah", "ada", "yakni", "yaitu", "sejumlah", "terdapat", "menerima", "mendapat", "memiliki",
    "dengan", "jumlah", "total", "totalnya", "sekitar", "mencapai", "tercatat", "sebesar", "masing", "-", ":", "(",
    "–", "=", "adalah", "kurang", "lebih", "hanya", "kpm", "pkh", "jumlahnya", "untuk", "sudah", "telah", "atau",
}  # fmt: skip
PREPOSITIONS = {"di", "dari", "untuk", "asal", "se", "wilayah", "pada", "tersebar", "bagi", "seluruh"}
PROVINCE = {"provinsi", "propinsi", "prov"}
CACHE = ("article_area", 0, 0)
PARTS = {"place_part.village"}


def article_area(doc: Doc) -> Area | None:
    """The area the article is about: the regency it names most, or the province where it speaks for one; ``None``
    where it speaks of no place or of several alike."""
    if doc._.pkh_values is None:
        doc._.pkh_values = {}
    if CACHE not in doc._.pkh_values:
        doc._.pkh_values[CACHE] = _article_area(doc)
    found: Area | None = doc._.pkh_values[CACHE]
    return found


def _article_area(doc: Doc) -> Area | None:
    regencies: dict[str, float] = {}
    provinces: dict[str, float] = {}
    implied: dict[str, float] = {}
    for span, value in places(doc):
        weight = WEIGHTS[value.kind] * (TITLE if span.start_char < doc._.pkh_title_end else 1.0)
        codes = [value.code] if value.code else list(value.candidates)
        if value.code and len(value.code) >= 5:
            regencies[value.code[:5]] = regencies.get(value.code[:5], 0.0) + weight
        for province in {code[:2] for code in codes}:
            implied[province] = implied.get(province, 0.0) + weight / len(codes)
        if value.code and len(value.code) == 2 and value.kind in {"office", "whole", "at", "plain", "dateline"}:
            provinces[value.code] = provinces.get(value.code, 0.0) + weight
    best = _dominant(regencies)
    if best is not None:
        province = best[:2]
        if provinces.get(province, 0.0) > 1.5 * regencies[best] and len(regencies) > 1:
            return area(province)
        return area(best)
    return area(_dominant(provinces) or _dominant(implied))


def _dominant(weights: dict[str, float]) -> str | None:
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if ranked and ranked[0][1] > 0 and (len(ranked) == 1 or ranked[0][1] >= DOMINANT * ranked[1][1]):
        return ranked[0][0]
    return None


def area_for(span: Span) -> Area | None:
    """The area that a figure (``span``: its number) speaks of: the place beside it in a list, else the one place of
    its sentence, else the article's area; ``None`` where several are possible."""
    doc = span.doc
    if span.start > 0 and doc[span.start - 1].lower_ in PROVINCE:
        whole = article_area(doc)
        return load_gazetteer().area(whole.code[:2]) if whole else None
    sentence = span.sent
    here = [(place, value) for place, value in places(doc) if sentence.start <= place.start < sentence.end]
    numbers = {i for number in group(doc, "pkh_numbers") for i in range(number.start, number.end)}
    numbers -= set(range(span.start, span.end))
    after = _after(doc, span, here, numbers)
    if after is not None:
        return area(after.code)
    if _village_beside(doc, span, sentence, numbers):
        return None
    before = _before(doc, span, here, numbers)
    if before is not None:
        return area(before.code)
    return _of_sentence(doc, span, here)


def _after(doc: Doc, span: Span, here: list[tuple[Span, Place]], numbers: set[int]) -> Place | None:
    """ "3.230 KPM di Kecamatan Amahai"."""
    for place, value in here:
        if place.start < span.end:
            continue
        between = range(span.end, place.start)
        words = [doc[i].lower_ for i in between]
        if len(words) > RIGHT or numbers.intersection(between) or any(word in {",", ";", ".", "dan"} for word in words):
            return None
        if (words and words[-1] in PREPOSITIONS) or (len(words) > 1 and words[-2] in PREPOSITIONS) or "se" in words:
            return _finest(place, value, here)
        if words and words[-1] == "(":
            return value
        return None
    return None


def _finest(place: Span, value: Place, here: list[tuple[Span, Place]]) -> Place:
    return value


def _before(doc: Doc, span: Span, here: list[tuple[Span, Place]], numbers: set[int]) -> Place | None:
    """ "Banjarmasin 7, Banjarbaru 5", "Kecamatan Amahai sebanyak 3.230 KPM"."""
    for place, value in reversed(here):
        if place.end > span.start:
            continue
        between = [doc[i] for i in range(place.end, span.start)]
        if len(between) > LEFT or any(token.i in numbers for token in between):
            return None
        if all(token.lower_ in FILLERS for token in between) and value.kind != "dateline":
            return value
        return None
    return None


def _village_beside(doc: Doc, span: Span, sentence: Span, numbers: set[int]) -> bool:
    """The figure is a village's ("10 KPM dari Desa A"): an area below those that are looked up here."""
    for cue in cues(doc, "place_part"):
        if cue.id_ not in PARTS or not sentence.start <= cue.start < sentence.end:
            continue
        named = cue.end < len(doc) and doc[cue.end].text[:1].isupper()
        if not named:
            continue
        between = range(span.end, cue.start)
        stopped = numbers.intersection(between) or any(doc[i].text in {",", ";"} for i in between)
        if span.end <= cue.start <= span.end + RIGHT and not stopped:
            return True
        if cue.end < span.start <= cue.end + LEFT and not numbers.intersection(range(cue.end, span.start)):
            return True
    return False


def _of_sentence(doc: Doc, span: Span, here: list[tuple[Span, Place]]) -> Area | None:
    """The one area that the sentence speaks of, else the article's."""
    said = [value for _, value in here if value.kind not in {"dateline", "name", "organisation", "from", "venue"}]
    codes = {value.code for value in said}
    if not codes:
        return article_area(doc)
    finest = {
        code
        for code in codes
        if code is not None
        and not any(other is not None and other != code and other.startswith(code) for other in codes)
    }
    if len(finest) == 1 and None not in codes:
        return area(finest.pop())
    own = article_area(doc)
    if own is not None and all(code is not None and own.code.startswith(code) for code in finest):
        return own
    return None
