"""What the gazetteer knows of a name or a code, in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pkh_extract.errors import InputError
from pkh_extract.gazetteer import Place, find, get, load_gazetteer
from pkh_extract.looking.safe import safe
from pkh_extract.looking.width import fitted, terminal_width

FEW = 3  # places that are shown in full
COLUMNS = 80
NARROWEST = 40


def print_places(name: str, parent: str | None = None, *, as_json: bool = False) -> None:
    """Print the places that ``name`` (or code) may stand for: a few in full, many a line each, which in a terminal is
    cut to its width.

    Raises :class:`InputError` where there is none.
    """
    found = _found(name, parent)
    width = terminal_width()
    if as_json:
        lines: Iterator[str] = (place.model_dump_json() for place in found)
    elif len(found) <= FEW:
        lines = (line for place in found for line in (*_card(place, name, min(width or COLUMNS, COLUMNS)), ""))
    else:
        listed = (fitted(safe(_line(place)), width) for place in found)
        lines = iter([*listed, f"{len(found)} places; --in PARENT narrows them, --json tells all of them"])
    for line in lines:
        print(safe(line))


def _found(name: str, parent: str | None) -> list[Place]:
    if name.replace(".", "").isdigit():
        place = get(name)
        if place is None:
            raise InputError(
                f"{name!r} is no code of the register; codes look like 13, 13.71, 13.71.01, 13.71.01.1001."
            )
        return [place]
    found = find(name, parent)
    if not found:
        where = f" inside {parent!r}" if parent is not None else ""
        key = load_gazetteer().regencies.closest(name)
        hint = f"; perhaps {load_gazetteer().names[key].text} is meant" if key is not None else ""
        raise InputError(f"No place {name!r} is known{where}{hint}.")
    return found


def _line(place: Place) -> str:
    within = ", ".join(area.name for area in reversed(place.parents))
    return f"{place.code:13}  {place.kind:9}  {place.name}" + (f", {within}" if within else "")


def _card(place: Place, asked: str, width: int) -> Iterator[str]:
    retired = f", since {asked} was retired" if asked[:1].isdigit() and asked != place.code else ""
    yield f"{place.name} ({place.code}{retired})"
    point = None if place.latitude is None else f"{place.latitude}, {place.longitude}"
    rows = (
        ("kind", place.kind),
        ("inside", ", ".join(f"{area.name} ({area.code})" for area in reversed(place.parents))),
        ("capital", place.capital),
        ("coordinates", point),
        ("BPS code", place.bps_code),
        ("other names", ", ".join(place.other_names)),
    )
    for label, value in rows:
        if value:
            head, rest = f"  {label:12} ", " " * 15
            room = max(width, NARROWEST)
            yield from textwrap.wrap(value, room, initial_indent=head, subsequent_indent=rest, break_on_hyphens=False)
