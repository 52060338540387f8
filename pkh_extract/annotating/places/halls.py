"""The hall of the main event: which venue it is, where its name and address put it, and when it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.scene import GROUPS, Said, Scene
from pkh_extract.gazetteer.names import REGENCY

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.values import Place, Venue

    Hall = tuple[Cue, Venue]  # a venue as the text names it

SURE, UNSURE = 1.5, 3.5  # what a venue with and without a type word must score
ROUND = 3  # offices of one kind that make a round of them
OPENS = 1.0  # "Di Kantor Pos Anu, para penerima …", "Kantor Pos Anu dipadati …" set the scene


def hall_of(scene: Scene) -> Hall | None:
    """The venue of which the event's sentences speak; one that a type word tells ("hotel") before one without; none of
    a round ("di kantor Camat Anu, siangnya di kantor Camat Itu …")."""
    best: tuple[bool, float, int] | None = None
    chosen: Hall | None = None
    alike: dict[tuple[str, ...], set[str]] = {}
    lower = scene.tokens.lower
    for span, value in scene.index.venues:
        if scene.in_title(span) or (scene.wrong and scene.spoken_at(span)):
            continue
        score = scene.weight(span)
        lead = lower[max(span.start - 1, 0)]
        if lead == "ke":
            score -= 0.5
        elif scene.tokens.opens_sentence(span.start - (lead == "di")):
            score += OPENS
        if lower[max(span.start - 2, 0)] in GROUPS and not scene.just_held(span):
            score -= 1.5
        rank = (value.sure, score, -span.start)
        if score >= SURE and value.sure:
            alike.setdefault(tuple(lower[span.start : span.start + 2]), set()).add(value.name.lower())
        if score >= (SURE if value.sure else UNSURE) and (best is None or rank > best):
            best, chosen = rank, (span, value)
    several = chosen is not None and len(alike.get(tuple(lower[chosen[0].start : chosen[0].start + 2]), ())) >= ROUND
    return None if several else chosen


def elsewhere(scene: Scene, venue: Cue, code: str | None) -> set[str]:
    """The provinces that the venue's address names, where the event's (``code``) is none of them (a press conference at
    the ministry)."""
    provinces = {value.code[:2] for _, value in scene.linked(venue) if value.code}
    return set() if code is None or code[:2] in provinces else provinces


def is_borrowed(scene: Scene, hall: Hall) -> bool:
    """Does the venue only bear a city's name ("Lapangan Mataram" in Pekalongan, but not "Hotel Melati Padang")? So it
    is where the article never names that city elsewhere, but another one; offices are where their name says."""
    venue, value = hall
    if not value.borrows:
        return False
    types = {cue.end for cue in cues(scene.doc, "place_venue") if cue.start == venue.start}  # "Everbright Hotel Ambon"
    inner: set[str] = set()
    others: set[str] = set()
    for span, place in scene.places:
        codes = {code[:REGENCY] for code in ((place.code,) if place.code else place.candidates) if len(code) >= REGENCY}
        if venue.start <= span.start < venue.end:
            if place.explicit or place.kind != "venue" or span.start not in types:
                return False
            inner |= codes
        elif place.kind not in {"venue", "name", "from", "to"}:
            others |= codes
    return bool(inner and others) and not inner & others


def said_of(span: Cue, value: Place, score: float) -> Said | None:
    """The place as a vote for it, ``None`` where it stands for no code at all."""
    if value.code is None and not value.candidates:
        return None
    return Said(span, score, value.code, value.candidates)


def inside(scene: Scene, outer: Cue) -> Said | None:
    """The place at the end of an office's or a venue's name."""
    inner = [
        said
        for span, value in scene.places
        if outer.start <= span.start < outer.end
        if (said := said_of(span, value, 5.0))
        and not (value.kind == "venue" and not value.explicit and len(value.code or "") == 2)
    ]
    return inner[-1] if inner else None
