"""The finer parts of the event's place: its district and its village, once regency or province are chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import warn
from pkh_extract.annotating.places.context import AND
from pkh_extract.annotating.places.scene import GROUPS, Said, Scene
from pkh_extract.gazetteer import bare, load_gazetteer, normalise
from pkh_extract.gazetteer.names import DISTRICT, REGENCY, VILLAGE_WORDS

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.values import Place

NAMESAKES = 5  # districts that a warning lists
LEAST = 2.0  # how much a village must speak of the event
CLOSE = 1.0  # another village that speaks of it nearly as much makes it an event of several
REPEATED = 2  # mentions that make a village the article's, or a district that of a crime, where it is the only one
Named = tuple["Cue", "Place"]  # a village as the text names it
HEADS = {"camat", "panewu", "muspika", "forkopimcam"}  # of districts
OF_DISTRICTS = {"kecamatan", "camat", "distrik", "kapanewon"}
OF_REGENCIES = {"kabupaten", "kab", "kota"}
OF_VILLAGES = VILLAGE_WORDS | {"lurah", "keuchik"}  # what a hall "setempat" may be of
MOSTLY = 3  # how many times as often the article's district must be named as any other


def which_district(scene: Scene, venue: Cue | None, chosen: Said | None, shared: str | None, said: bool) -> str | None:
    """The district: the chosen place itself, or one in the venue's name or address, or the article's only one."""
    if chosen is not None and chosen.code is not None and len(chosen.code) == DISTRICT:
        return None if _one_of_several(scene, chosen.span, chosen.code) else chosen.code
    district = _district(scene, venue, shared) if venue is not None else None
    if district is None and venue is not None:
        district = _of_its_village(scene, venue, shared)
    if district is None and said:
        district = _nearby_district(scene, chosen, shared) or _seat(scene, chosen)
    if district is None and shared is not None and len(shared) == 5:
        district = _of_said_village(scene, shared) or _only_district(scene, shared, venue is not None)
    return district


def _of_said_village(scene: Scene, shared: str) -> str | None:
    """The district of the village where the event is said to have been, whoever's camat was there."""
    village = _said_village(scene, scene.index.named_villages)
    code = village[1].code if village is not None and village[1].kind == "at" else None
    return code[:DISTRICT] if code is not None and code.startswith(shared) else None


def _district(scene: Scene, venue: Cue, shared: str | None) -> str | None:
    """A district in the venue's name or address."""
    inner = [value for span, value in scene.places if venue.start <= span.start < venue.end]
    for value in [*inner, *(value for _, value in scene.linked(venue))]:
        if value.code and len(value.code) == 8 and (shared is None or value.code.startswith(shared[:5])):
            return value.code
    if shared is None or len(shared) < 5:
        return None
    words = scene.tokens.lower[venue.start : venue.end + 1]
    if "setempat" in words and words[max(words.index("setempat") - 1, 0)] in OF_DISTRICTS:
        before = [value.code for span, value in scene.places if span.end <= venue.start and value.code]
        return next((code for code in reversed(before) if len(code) == DISTRICT and code.startswith(shared)), None)
    return _closing(scene, venue, shared)


def _closing(scene: Scene, venue: Cue, shared: str) -> str | None:
    """The district whose name closes the venue's, before that of its regency: "Kantor Pos Anu", "Kantor Pos Anu
    Kabupaten Itu"."""
    gazetteer, tokens = load_gazetteer(), scene.tokens
    regency, known = normalise(bare(gazetteer.areas[shared[:5]])), gazetteer.by_regency.get(shared[:5], {})
    end, closed = venue.end, any(span.end == venue.end for span, _ in scene.places)
    for size in (3, 2, 1):
        if end - size > venue.start and normalise(tokens.between(end - size, end)) == regency:
            end, closed = end - size, False
            end -= tokens.lower[end - 1] in OF_REGENCIES
            break
    last = (tokens.between(end - size, end) for size in (2, 1) if end - size > venue.start)
    return None if closed else next((known[key] for name in last if (key := normalise(name)) in known), None)


def _of_its_village(scene: Scene, venue: Cue, shared: str | None) -> str | None:
    """The district of the village in the venue's name or address."""
    village = _of_venue(scene, venue, scene.index.named_villages)
    code = village[1].code if village is not None else None
    return code[:DISTRICT] if code is not None and code.startswith((shared or "")[:REGENCY]) else None


def _nearby_district(scene: Scene, chosen: Said | None, shared: str | None) -> str | None:
    """The district of the address that the chosen regency closes."""
    if chosen is None or shared is None:
        return None
    for span, value in scene.places:
        near = scene.sentence(span) == scene.sentence(chosen.span) and 0 <= chosen.span.start - span.end <= 3
        linked = value.kind == "at" or scene.root(chosen.span) <= span.start
        if near and linked and value.code and len(value.code) == 8 and value.code.startswith(shared):
            return None if _one_of_several(scene, span, value.code) else value.code
    return None


def _one_of_several(scene: Scene, span: Cue, code: str) -> bool:
    """Is the district one of several in which the event was?"""
    return _several(scene, span, code) or _before_another(scene, span)


def _before_another(scene: Scene, span: Cue) -> bool:
    """Does another district follow in a list, whether a register has it or not ("Kecamatan Anu dan Kecamatan Itu")?"""
    following = scene.tokens.lower[span.end : span.end + 2]
    return len(following) == 2 and following[0] in AND and following[1] in OF_DISTRICTS


def _seat(scene: Scene, chosen: Said | None) -> str | None:
    """A seat that is a district itself, said of the event ("di Gedung Anu, Soreang"), not only where somebody spoke."""
    if chosen is None or chosen.code is None or len(chosen.code) != 5:
        return None
    gazetteer = load_gazetteer()
    key = normalise(chosen.span.text)
    if any(span.start == chosen.span.start and (value.kind == "venue" or value.spoken) for span, value in scene.places):
        return None
    if key == normalise(bare(gazetteer.areas[chosen.code])) or chosen.span.label_ != "place":
        return None
    return gazetteer.by_regency.get(chosen.code, {}).get(key)


def _several(scene: Scene, span: Cue, district: str) -> bool:
    """Does the sentence name another district of the regency as a place of the event too?"""
    return any(
        value.kind == "at"
        and value.code
        and value.code[:5] == district[:5]
        and len(value.code) == 8
        and value.code != district
        for place, value in scene.places
        if scene.sentence(place) == scene.sentence(span)
    )


def _only_district(scene: Scene, regency: str, held: bool) -> str | None:
    """The one district of the regency that the article speaks of, where hardly another is named; not the one from which
    those came who protested at a venue (``held``)."""
    counts: Counter[str] = Counter()
    weighty: set[str] = set()
    village_ends = {village.end for village, _ in scene.index.named_villages}
    for span, value in scene.places:
        if value.code and len(value.code) == 8 and value.code.startswith(regency):
            came = held and scene.wrong and value.kind == "from"
            if came or scene.aside(span) or _before_another(scene, span):
                continue
            counts[value.code] += 1
            weight = scene.weights.get(scene.sentence(span), 0.0)
            head = scene.tokens.lower[span.start] in HEADS
            address = value.explicit and span.start in village_ends  # "asal Desa A dan B Kecamatan C"
            if (
                scene.in_title(span)
                or (head and weight >= LEAST)
                or (address and weight > 0)
                or (value.kind == "at" and weight > 0)
            ):
                weighty.add(value.code)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < MOSTLY * ranked[1][1]):
        return None
    code, count = ranked[0]
    return code if count >= (REPEATED if scene.wrong else MOSTLY) or code in weighty else None


@dataclass(frozen=True)
class Found:
    """A village of the event. ``said``: the text puts the event there, it is not only the one village named."""

    span: Cue
    code: str
    said: bool


def which_village(scene: Scene, venue: Cue | None, shared: str | None, district: str | None) -> Found | None:
    """The village in the venue's name or address, or said of the event, or the article's only one. ``None`` for
    several, and for one outside the event's regency or, where its district was said, outside that."""
    named = scene.index.named_villages
    if not named:
        return None
    chosen = _of_venue(scene, venue, named) if venue is not None else None
    chosen = chosen or _said_village(scene, named)
    said = chosen is not None
    chosen = chosen or _only_village(scene, named, district)
    if chosen is None:
        return None
    span, code = chosen[0], chosen[1].code
    if code is None:
        there = [one for one in chosen[1].candidates if district is not None and one.startswith(district)]
        if len(there) != 1:
            _warn_of_namesakes(scene, chosen, shared)
            return None
        code = there[0]
    if (shared is not None and not code.startswith(shared[:5])) or not code.startswith(district or ""):
        return None
    return Found(span, code, said or chosen[1].kind == "at")


def _warn_of_namesakes(scene: Scene, village: Named, shared: str | None) -> None:
    """The text names one village of the event's regency, but several there bear the name."""
    span, place = village
    codes = [code for code in place.candidates if code.startswith((shared or "")[:5])]
    if len(codes) > 1:
        areas = [load_gazetteer().area(code[:8]) for code in codes[:NAMESAKES]]
        told = ", ".join(f"{area.name} ({area.code})" for area in areas if area is not None)
        more = f" and {len(codes) - NAMESAKES} more" if len(codes) > NAMESAKES else ""
        message = f"{span.text!r} may be one of {len(codes)} villages of that name, in {told}{more}."
        warn(scene.doc, "ambiguous_place", message, scene.doc[span.start : span.end])


def _of_venue(scene: Scene, venue: Cue, found: list[Named]) -> Named | None:
    """The village in the venue's name ("Kantor Desa Anu") or in the address after it ("Masjid Anu, Desa Anu")."""
    for span, value in found:
        if venue.start <= span.start < venue.end or span.start <= venue.start < span.end:
            return span, value
        near = span.start >= venue.end and scene.sentence(span) == scene.sentence(venue)
        if near and scene.joined(venue.end, span.start):
            return span, value
    return _meant_by_setempat(scene, venue, found)


def _meant_by_setempat(scene: Scene, venue: Cue, found: list[Named]) -> Named | None:
    """The village that "di balai desa setempat" points back to: the last one named, its head's name counts too."""
    words = scene.tokens.lower[venue.start : venue.end + 1]
    if "setempat" not in words or words[max(words.index("setempat") - 1, 0)] not in OF_VILLAGES:
        return None
    before = [(span, value) for span, value in found if span.end <= venue.start]
    return before[-1] if before else None


def _said_village(scene: Scene, found: list[Named]) -> Named | None:
    """The village that the event's sentences speak of ("di Desa X", "warga Desa X"), where they speak of one alone."""
    scored = []
    for span, value in found:
        if scene.in_title(span) or value.kind not in {"at", "plain", "venue"}:
            continue
        score = scene.weight(span) - (0.0 if value.kind == "at" else 1.0)
        if scene.tokens.lower[max(span.start - 2, 0)] in GROUPS and value.kind == "at":
            score -= 1.0
        scored.append((score, -span.start, span, value))
    ranked = sorted(scored, key=lambda item: item[:2], reverse=True)
    if not ranked or ranked[0][0] < LEAST:
        return None
    best = ranked[0]
    rivals = {value.code for score, _, _, value in ranked[1:] if score > best[0] - CLOSE and score >= LEAST}
    return best[2:] if rivals <= {best[3].code} else None


def _only_village(scene: Scene, found: list[Named], district: str | None) -> Named | None:
    """The one village that the article speaks of: in its headline or lead, in the event's district, or again and
    again. Where only its head is named, it may be just his home."""
    codes = {value.code for _, value in found}
    if len(codes) != 1:
        return None
    districts = {span.start for span, value in scene.places if value.explicit and len(value.code or "") == DISTRICT}
    for span, value in found:
        there = value.kind not in {"from", "to", "office"} and not scene.aside(span)
        there = there and scene.sentence(span) not in scene.earlier
        weight = scene.weights.get(scene.sentence(span), 0.0)
        addressed = weight > 0 and span.end in districts  # "para KPM Desa A Kecamatan B"
        early = weight > 1.0 or addressed or scene.in_title(span)
        inside = value.kind == "at" and district is not None and (value.code or "").startswith(district)
        if there and (early or inside or len(found) > REPEATED):
            return span, value
    return None
