"""Questions to the gazetteer: what is this code, which places bear this name?"""

from __future__ import annotations

import functools

from pydantic import BaseModel, ConfigDict

from pkh_extract.errors import InputError
from pkh_extract.gazetteer.lines import Lines
from pkh_extract.gazetteer.names import (
    DISTRICT,
    PROVINCE,
    REGENCY,
    VILLAGE,
    VILLAGE_WORDS,
    Kind,
    Level,
    is_city,
    kind_of,
    level_of,
    normalise,
)
from pkh_extract.gazetteer.register import Gazetteer, load_gazetteer, read_text
from pkh_extract.record import Area
from pkh_extract.rules import builtin_folder

KIND_WORDS: dict[str, tuple[int, bool | None]] = {  # word -> characters of the code, and whether it says city
    "provinsi": (PROVINCE, None), "propinsi": (PROVINCE, None),
    "kabupaten": (REGENCY, False), "kab": (REGENCY, False), "kota": (REGENCY, True),
    **dict.fromkeys(("kecamatan", "kec", "distrik", "kapanewon", "kemantren"), (DISTRICT, None)),
    **dict.fromkeys(VILLAGE_WORDS, (VILLAGE, None)),
}  # fmt: skip
ADMINISTRATIVE = "administrasi "  # "Kota Administrasi Jakarta Pusat"


class Place(BaseModel):
    """One area of the register.

    ``code`` and ``name`` are the register's (Kemendagri), ``parents`` the areas that contain it, the widest first.
    ``capital`` is that of a province or regency. ``other_names``: short forms, nicknames, older names and spellings.
    ``latitude`` and ``longitude`` in degrees: a village's own point, of a wider area the mean of its villages' (not its
    centre of area); ``None`` where the source has none. ``bps_code`` is the code of BPS's statistics as of 2018;
    ``None`` for villages, for areas made since, and for the regencies of the provinces split off in 2022, whose BPS
    codes have changed. Sources and licences: ``patterns/gazetteer/README.md``.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    level: Level
    kind: Kind
    parents: list[Area]
    capital: str | None
    other_names: list[str]
    latitude: float | None
    longitude: float | None
    bps_code: str | None


def get(code: str) -> Place | None:
    """The place of a Kemendagri code ("13", "13.71", "13.71.01", "13.71.01.1001"), ``None`` for what is none.

    A code that was retired since 2020 (the regencies of the provinces split off from Papua) gives its successor, where
    it has one; its ``code`` differs from the one asked for.
    """
    gazetteer = load_gazetteer()
    area = gazetteer.area(code)
    if area is None:
        successor = _table("retired").get(code)
        area = gazetteer.area(successor) if successor is not None else None
    return _place(gazetteer, area) if area is not None else None


def find(name: str, parent: str | None = None) -> list[Place]:
    """Every place that a name may stand for, the widest first, then in register order; empty where there is none.

    ``name`` may say what it is ("Kota Banjar", "Kecamatan Sumber", "Desa Bugbug"), and is compared without regard to
    case, spaces and hyphens. ``parent`` (a code or a name) narrows to what lies inside it; only then are other
    spellings and slips of the pen allowed for, where exactly one name of the parent can be meant (in a province: of its
    regencies). Raises :class:`~pkh_extract.errors.InputError` where no place of the parent's name is known.
    """
    gazetteer = load_gazetteer()
    rest, level, city = _split_kind(name)
    parents = _parents(parent) if parent is not None else [""]
    codes = _codes(gazetteer, name, rest, level, city, tuple(parents))
    if not codes and parent is not None:
        codes = [code for one in parents for code in _respelt(gazetteer, one, rest, level)]
    codes = sorted(set(codes), key=lambda code: (len(code), code))
    return [_place(gazetteer, area) for code in codes if (area := gazetteer.area(code))]


def coordinates(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a code in degrees, ``None`` where they are not known."""
    found = _table("coordinates").get(code)
    if found is None:
        return None
    latitude, longitude = found.split(",")
    return float(latitude), float(longitude)


def _codes(
    gazetteer: Gazetteer, name: str, rest: str, level: int | None, city: bool | None, parents: tuple[str, ...]
) -> list[str]:
    """The codes of exactly that name, inside the parents."""
    found = {*gazetteer.find(name), *gazetteer.villages.find(normalise(name))}
    if rest != name:
        found.update(
            code
            for code in (*gazetteer.find(rest), *gazetteer.villages.find(normalise(rest)))
            if len(code) == level and (city is None or is_city(code) == city)
        )
    return [code for code in found if code.startswith(parents) and code not in parents]


def _respelt(gazetteer: Gazetteer, parent: str, name: str, level: int | None) -> set[str]:
    """The codes of places inside the parent whose name is spelt a little otherwise."""
    if len(parent) == PROVINCE:
        key = gazetteer.regencies.closest(name)
        known = gazetteer.names.get(key or "")
        return {code for code in (known.codes if known else ()) if code.startswith(parent)}
    levels = [level] if level in (DISTRICT, VILLAGE) else [DISTRICT, VILLAGE]
    return {code for size in levels if size > len(parent) for code in gazetteer.within(parent, name, size)}


def _split_kind(name: str) -> tuple[str, int | None, bool | None]:
    """The name without a leading word for its kind, and what that word says."""
    first, _, rest = name.strip().partition(" ")
    level, city = KIND_WORDS.get(first.casefold().rstrip("."), (None, None))
    if level is None or not rest:
        return name, None, None
    rest = rest.strip()
    return rest[len(ADMINISTRATIVE) :] if rest.casefold().startswith(ADMINISTRATIVE) else rest, level, city


def _parents(parent: str) -> list[str]:
    if parent[:1].isdigit():
        place = get(parent)
        codes = [place.code] if place is not None else []
    else:
        codes = [place.code for place in find(parent)]
    if not codes:
        raise InputError(f"No place {parent!r} is known; give the parent's code or its registered name.")
    return codes


def _place(gazetteer: Gazetteer, area: Area) -> Place:
    point = coordinates(area.code)
    return Place(
        code=area.code,
        name=area.name,
        level=level_of(area.code),
        kind=kind_of(area.code),
        parents=gazetteer.parents(area.code),
        capital=gazetteer.capitals.get(area.code),
        other_names=[*gazetteer.aliases.get(area.code, ()), *gazetteer.renamed.get(area.code, ())],
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        bps_code=_table("bps").get(area.code),
    )


@functools.cache
def _table(name: str) -> Lines:
    return Lines(read_text(builtin_folder() / "gazetteer" / f"{name}.csv"))
