"""Where the main event took place: from the venue up to the province.

What is said of the event goes before the office that held it, the office before the dateline. A question that the
text leaves open stays open: the level that all readings share, and the warning ``ambiguous_place``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pkh_extract import record
from pkh_extract.annotating.document import evidence, warn
from pkh_extract.annotating.places.context import CALENDAR
from pkh_extract.annotating.places.finer import Found, which_district, which_village
from pkh_extract.annotating.places.halls import elsewhere, hall_of, inside, is_borrowed, said_of
from pkh_extract.annotating.places.resolve import area, organizing_office
from pkh_extract.annotating.places.scene import GROUPS, Said, Scene
from pkh_extract.annotating.places.senses import common
from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.gazetteer.names import DISTRICT, PROVINCE, REGENCY, VILLAGE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.halls import Hall
    from pkh_extract.annotating.places.values import Place
    from pkh_extract.record import LocationMethod

AGAIN = 2  # mentions of a regency that outweigh a dateline elsewhere in its province; one more in another province
NO_PLACE = {"dateline", "name"}
VICTIMS = {"warga", "kpm", "penerima", "keluarga", "masyarakat", "peserta"}
LEAD = 2  # sentences of the lead


def event_location(
    doc: Doc, event: Span | None = None, date: Span | None = None, kind: record.EventType | None = None
) -> record.Location | None:
    """Where the main event took place, or ``None``. ``event`` is the span of the event's term, ``date`` that of its
    date; their sentences and the lead weigh most. ``kind`` is its type: a wrong is located where it was done."""
    scene = Scene(doc, event, date, kind)
    hall = hall_of(scene)
    venue = hall[0] if hall is not None else None
    chosen, method, said = _choose(scene, hall, event)
    shared = (chosen.code or common(chosen.candidates)) if chosen is not None else None
    district = which_district(scene, venue, chosen, shared, said)
    shared = shared if district is not None or shared is None else shared[:REGENCY]  # one of several districts is none
    village = which_village(scene, venue, shared, district)
    if chosen is None and venue is None and village is None:
        return None
    finest = village.code if village is not None else district or shared
    if chosen is not None and chosen.code is None and len(chosen.candidates) > 1 and len(finest or "") < REGENCY:
        names = ", ".join(sorted(filter(None, (load_gazetteer().areas.get(item) for item in chosen.candidates))))
        words = doc[chosen.span.start : chosen.span.end]
        warn(doc, "ambiguous_place", f"{chosen.span.text!r} may be {names}.", words)
    if village is not None and method in {"dateline", "organizer", "inferred"}:
        regency = village.code[:REGENCY]
        named = any(value.code and value.code[:REGENCY] == regency for _, value in scene.places)
        method = "explicit" if village.said and named else "inferred"
    if venue is not None and (provinces := elsewhere(scene, venue, finest)):
        if len(provinces) == 1 and scene.just_held(venue) and not scene.wrong:
            finest, village, method = provinces.pop(), None, "explicit"  # held there ("di Gedung Anu, Jakarta")
        else:
            hall = venue = None
    return record.Location(
        venue=hall[1].name if hall is not None else None,
        village=_part(finest, VILLAGE),
        district=_part(finest, DISTRICT),
        regency=_part(finest, REGENCY),
        province=_part(finest, PROVINCE),
        method=method,
        evidence=evidence(_evidence(scene, venue, chosen, village)),
    )


def _part(code: str | None, length: int) -> record.Area | None:
    """The area of one level that a code lies in or is."""
    return area(code[:length]) if code is not None and len(code) >= length else None


def _choose(scene: Scene, hall: Hall | None, event: Span | None) -> tuple[Said | None, LocationMethod, bool]:
    """The place to build on, how it is known, and whether it is said of the event."""
    holder = organizing_office(scene.index, event)
    office_place = (inside(scene, holder[0]) if holder else None) or _leading_office(scene) or _whole_province(scene)
    if hall is not None and not hall[1].away:
        venue = hall[0]
        linked = [said for span, value in scene.linked(venue) if (said := said_of(span, value, 9.0))]
        finest = max(linked, key=lambda said: len(said.code or ""), default=None)
        if finest is not None and finest.code is not None and len(finest.code) >= 5:
            return finest, "explicit", True
        inner = None if is_borrowed(scene, hall) else inside(scene, venue)
        if inner is not None and (len(inner.code or "") >= 5 or (inner.code is None and len(inner.candidates) > 1)):
            return inner, "explicit", True
    said = _locative(scene, office_place)
    if said is not None and said.score >= 2.0 and (said.code is None or len(said.code) >= 5):
        return said, "explicit", True
    provincial = office_place is not None and office_place.code is not None and len(office_place.code) == 2
    if office_place is not None and not provincial:
        return office_place, "organizer", False
    dateline = _dateline(scene)
    frequent = _frequent(scene)
    if provincial and office_place is not None:
        if dateline is not None and _is_local(dateline, office_place):
            return dateline, "dateline", False
        return office_place, "organizer", False
    if said is not None and said.score >= 2.0:
        if frequent is not None and frequent.code and said.code and frequent.code[:2] == said.code:
            return frequent, "inferred", False
        return said, "explicit", True
    unsure = dateline is not None and dateline.code is None and len((frequent and frequent.code) or "") >= REGENCY
    if frequent is not None and (dateline is None or unsure or _abroad(scene, dateline, frequent)):
        return frequent, "inferred", False
    if dateline is not None:
        return dateline, "dateline", False
    return frequent, "inferred", False


def _leading_office(scene: Scene) -> Said | None:
    """The one area whose offices the lead speaks of, where no office is said to have held the event."""
    lead = [start for start in sorted(scene.weights) if start >= 0][:LEAD]
    found = [
        said
        for span, value in scene.places
        if value.kind == "office" and scene.sentence(span) in lead and (said := said_of(span, value, 4.0))
    ]
    return found[0] if len({said.code for said in found}) == 1 and found[0].code is not None else None


def _whole_province(scene: Scene) -> Said | None:
    """The province from all of which people came ("se-Maluku"), in the lead."""
    lead = sorted(scene.weights)[:LEAD]
    for span, value in scene.places:
        if value.kind == "whole" and value.code and len(value.code) == 2 and scene.sentence(span) in lead:
            return said_of(span, value, 2.0)
    return None


def _is_local(dateline: Said, office: Said) -> bool:
    """A dateline inside the province, but not its capital, where papers and offices sit anyway."""
    code, province = dateline.code or "", office.code or "-"
    if len(code) < 5 or not code.startswith(province):
        return False
    gazetteer = load_gazetteer()
    return code[:5] not in gazetteer.find(gazetteer.capitals[province])


def _abroad(scene: Scene, dateline: Said, frequent: Said) -> bool:
    """The paper's or ministry's seat is not where a thing in another province happened, nor in another regency, where
    the article speaks of that again and again and never of the seat."""
    here, there = dateline.code or "", frequent.code or ""
    if not there or there[:2] != here[:2]:
        return bool(there) and frequent.score >= AGAIN + 1
    seat = any(value.code and value.code[:5] == here[:5] for _, value in scene.places if value.kind not in NO_PLACE)
    return len(there) == len(here[:5]) == REGENCY and here[:5] != there and frequent.score >= AGAIN and not seat


def _locative(scene: Scene, office: Said | None) -> Said | None:
    """The best "di X" in the sentences that speak of the event."""
    found: list[Said] = []
    mostly = _frequent(scene) if any(value.spoken for _, value in scene.places) else None
    for span, value in scene.places:
        if value.kind not in {"at", "plain"} or scene.in_title(span):
            continue
        if value.kind == "plain" and not (_in_formula(scene, span) or _of_victims(scene, span, value)):
            continue
        if scene.among_several(span):
            continue
        score = scene.weight(span)
        if scene.is_list(span):
            score -= 2.0
        root = scene.root(span)
        if (root >= 2 and scene.tokens.lower[root - 2] in GROUPS) or scene.compared(span):
            score -= 1.5
        score += {8: 0.6, 5: 0.3}.get(len(value.code or ""), 0.0)
        if office is not None and office.code and value.code and office.code[:2] != value.code[:2]:
            score -= 2.0
        said = said_of(span, value, score)
        if said is not None and not (value.spoken and _elsewhere(mostly, said)):
            found.append(said)
    return max(found, key=lambda said: (said.score, -said.span.start), default=None)


def _of_victims(scene: Scene, span: Cue, value: Place) -> bool:
    """Is the place the address of those whom somebody robbed ("penggelapan dana warga Desa X, Kecamatan Y")?"""
    if not scene.robbed or not value.explicit:
        return False
    i, words = scene.root(span) - 1, scene.tokens.words
    while i > 0 and (words[i].capital or words[i].lower in {",", "dan"}):
        i -= 1
    return i >= 0 and words[i].lower in VICTIMS


def _elsewhere(mostly: Said | None, spoken: Said) -> bool:
    """Is the regency that the article mostly names another than the one where somebody only speaks of it ("kata Ali di
    Jakarta")?"""
    here, there = spoken.code or "", (mostly.code or "") if mostly is not None else ""
    return bool(here) and len(there) >= REGENCY and not there.startswith(here) and not here.startswith(there)


def _stands_alone(scene: Scene, span: Cue) -> bool:
    """Is the name a phrase by itself, not the end of another one?"""
    return scene.tokens.opens_sentence(span.start) or scene.tokens.text[span.start - 1] in {",", "-", "–", "("}


def _in_formula(scene: Scene, span: Cue) -> bool:
    """ "…, Banjarmasin, Kamis (…)": the agency's formula of place and day, the place a phrase by itself."""
    return _before_date(scene, span) and _stands_alone(scene, span)


def _before_date(scene: Scene, span: Cue) -> bool:
    i, words = span.end, scene.tokens.words
    marked = i < len(words) and words[i].text in {",", "("}
    if marked:
        i += 1
    if i >= len(words):
        return False
    if words[i].lower in CALENDAR:
        return marked or words[i].capital
    return i in scene.index.dates


def _dateline(scene: Scene) -> Said | None:
    lines = [said for span, value in scene.places if value.kind == "dateline" if (said := said_of(span, value, 1.0))]
    return max(lines, key=lambda said: len(said.code or ""), default=None)


def _frequent(scene: Scene) -> Said | None:
    """The regency that the article names most, where no other comes near."""
    counts: dict[str, float] = {}
    first: dict[str, Said] = {}
    for span, value in scene.places:
        if value.code is None or value.kind in {"name", "from", "to", "dateline"}:
            continue
        key = value.code[:5]
        counts[key] = counts.get(key, 0.0) + (0.5 if value.kind in {"organisation", "venue"} else 1.0)
        said = said_of(span, value, 0.0)
        if said is not None:
            first.setdefault(key, said)
    regencies = sorted((key for key in counts if len(key) == 5), key=lambda key: -counts[key])
    others = [counts[key] for key in regencies[1:]]
    if regencies and (not others or counts[regencies[0]] >= max(2 * others[0], sum(others))):
        best = first[regencies[0]]
        return Said(best.span, counts[regencies[0]], regencies[0], (regencies[0],))
    provinces = {key[:2] for key in counts}
    if len(provinces) == 1:
        code = provinces.pop()
        span = next(iter(first.values())).span
        return Said(span, 1.0, code, (code,))
    return None


def _evidence(scene: Scene, venue: Cue | None, chosen: Said | None, village: Found | None) -> Span:
    """The words that tell most of the place, in one stretch: venue, village and their address where they are told
    together, else the finest of them with its address."""
    linked = scene.linked(venue) if venue is not None else []
    told = [venue] if venue is not None else [village.span] if village is not None else []
    if village is not None and told[0] is not village.span and _together(scene, told[0], village.span):
        told.append(village.span)
    if chosen is not None:
        closing = any(span.start == chosen.span.start for span, _ in linked)
        if not told or closing or (village is not None and _together(scene, told[-1], chosen.span)):
            told += [chosen.span, *((span for span, _ in linked) if closing else _wider(scene, chosen))]
    return scene.doc[min(span.start for span in told) : max(span.end for span in told)]


def _wider(scene: Scene, chosen: Said) -> Iterator[Cue]:
    """The wider areas that follow the chosen place as its address."""
    for span, value in scene.linked(chosen.span):
        if chosen.code is not None and value.code is not None and chosen.code.startswith(value.code):
            yield span


def _together(scene: Scene, first: Cue, second: Cue) -> bool:
    """Are the two one address, the second after the first (or one inside the other)?"""
    overlap = first.start < second.end and second.start < first.end
    same = scene.sentence(first) == scene.sentence(second)
    return overlap or (same and scene.joined(first.end, second.start))
