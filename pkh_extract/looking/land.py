"""Where the land is, for maps: the gazetteer's points on a grid, by province. There are no boundaries in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pkh_extract.gazetteer.names import PROVINCE
from pkh_extract.gazetteer.register import read_rows
from pkh_extract.rules import builtin_folder

CELLS = 4  # to a degree
WEST, EAST, SOUTH, NORTH = 94.5, 141.5, -11.5, 6.5  # degrees; all of Indonesia lies inside

Run = tuple[int, int, int]  # column from the west, row from the north, number of cells to the east


def land() -> dict[str, list[Run]]:
    """Province code -> runs of grid cells (``CELLS`` to a degree, from the north-western corner) in which most places
    of the gazetteer are the province's. A cell without a place is no land here, a lake or a sea.

    Raises :class:`~pkh_extract.errors.PatternError` where the gazetteer's file cannot be read.
    """
    places: dict[tuple[int, int], Counter[str]] = {}
    for code, latitude, longitude in read_rows(builtin_folder() / "gazetteer" / "coordinates.csv"):
        if len(code) > PROVINCE:
            column, row = cell(float(latitude), float(longitude))
            places.setdefault((row, column), Counter())[code[:PROVINCE]] += 1
    owned: dict[str, list[tuple[int, int]]] = {}
    for where in sorted(places):
        province = min(places[where].items(), key=lambda item: (-item[1], item[0]))[0]
        owned.setdefault(province, []).append(where)
    return {province: list(_runs(owned[province])) for province in sorted(owned)}


def cell(latitude: float, longitude: float) -> tuple[int, int]:
    """Column and row of the grid's cell that a point (degrees) lies in."""
    return int((longitude - WEST) * CELLS), int((NORTH - latitude) * CELLS)


def _runs(cells: Iterable[tuple[int, int]]) -> Iterable[Run]:
    start: tuple[int, int] | None = None
    length = 0
    for row, column in cells:
        if start is not None and (row, column) == (start[0], start[1] + length):
            length += 1
            continue
        if start is not None:
            yield start[1], start[0], length
        start, length = (row, column), 1
    if start is not None:
        yield start[1], start[0], length
