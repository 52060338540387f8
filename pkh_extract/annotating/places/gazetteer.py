"""The register of provinces, regencies (kabupaten, kota) and districts, with other names for them.

Files and their origin: ``patterns/gazetteer/README.md``. Loaded once per process and set of folders, on first use.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pkh_extract.errors import PatternError
from pkh_extract.record import Area
from pkh_extract.rules import builtin_folder

LEVELS = {2: "province", 5: "regency", 8: "district"}
KINDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")


def normalise(name: str) -> str:
    """Letters and digits only, joined, without case: ``Muko-muko`` and ``Mukomuko`` are the same name."""
    return "".join(filter(str.isalnum, name.casefold()))


def bare(name: str) -> str:
    """A regency's name without Kabupaten or Kota."""
    for kind in KINDS:
        if name.startswith(kind):
            return name[len(kind) :]
    return name


def is_city(code: str) -> bool:
    """Is the regency a kota? The register numbers them from 71 on in each province."""
    return len(code) == 5 and code[3:] >= "71"


def regency_of(code: str) -> str | None:
    """The code of the regency that an area lies in (or is); ``None`` for a province."""
    return code[:5] if len(code) >= 5 else None


@dataclass(frozen=True)
class Name:
    """One written form of areas above the district: ``codes`` that it stands for, ``capitals``: counts only when
    written in capitals; ``seat``: a capital or town that stands for its regency."""

    text: str
    codes: tuple[str, ...]
    capitals: bool = False
    seat: bool = False


@dataclass
class Gazetteer:
    """All areas by code and by name. ``ordinary`` are the spellings, in small letters, that are everyday words too
    ("kota baru" is, "kotabaru" is not)."""

    areas: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    ordinary: set[str] = field(default_factory=set)
    districts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    by_regency: dict[str, dict[str, str]] = field(default_factory=dict)

    def area(self, code: str) -> Area | None:
        """The area of a code, named as the register names it."""
        name = self.areas.get(code)
        return Area(code=code, name=name) if name is not None else None

    def parents(self, code: str) -> list[Area]:
        """The areas that contain a code, the widest first, without itself."""
        return [area for length in (2, 5, 8) if length < len(code) and (area := self.area(code[:length]))]

    def find(self, name: str) -> list[str]:
        """Every code that a name may stand for: registered and other names of all levels, in register order."""
        key = normalise(name)
        known = self.names.get(key)
        codes = set(known.codes if known else ()) | set(self.districts.get(key, ()))
        codes.update(code for code, official in self.areas.items() if len(code) < 8 and normalise(official) == key)
        for kind in KINDS:
            rest = name[len(kind) :]
            if name.casefold().startswith(kind.casefold()) and (inner := self.names.get(normalise(rest))):
                city = kind.startswith("Kota")
                codes.update(code for code in inner.codes if len(code) == 5 and is_city(code) == city)
        return sorted(codes)

    def phrases(self) -> Iterator[tuple[str, str]]:
        """(key of the name, written form) for every written form of names above the district."""
        for key, forms in self.spellings.items():
            for form in forms:
                yield key, form

    def _add(self, text: str, codes: Iterable[str], kind: str) -> None:
        key = normalise(text)
        if not key:
            return
        old = self.names.get(key)
        # a seat or a short form never takes a name away from the area whose own name it is
        if old is not None and kind in {"seat", "town"} and self._is_own_name(old, key):
            merged = old.codes
        else:
            merged = tuple(sorted({*(old.codes if old else ()), *codes}))
        capitals = kind == "short" and text.isupper()
        seat = kind in {"seat", "town"}
        self.names[key] = Name(
            text=old.text if old else text,
            codes=merged,
            capitals=capitals if old is None else old.capitals,
            seat=seat if old is None else old.seat and seat,
        )
        forms = self.spellings.setdefault(key, [])
        for form in (text, text.replace(" ", ""), text.replace("-", " "), text.replace(" ", "-")):
            if form.casefold() not in {known.casefold() for known in forms}:
                forms.append(form)

    def _is_own_name(self, name: Name, key: str) -> bool:
        return any(normalise(bare(self.areas[code])) == key for code in name.codes)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PatternError(f"The gazetteer file {path} cannot be read: {error}.") from error


@functools.lru_cache(maxsize=4)
def load_gazetteer(folders: tuple[str, ...] = ()) -> Gazetteer:
    """The built-in gazetteer. ``folders`` are pattern folders whose own ``gazetteer/aliases.csv`` is added.

    Raises :class:`PatternError` where a file is missing or names an unknown code.
    """
    home = builtin_folder() / "gazetteer"
    gazetteer = Gazetteer()
    for level in ("provinces", "regencies"):
        for row in _rows(home / f"{level}.csv"):
            gazetteer.areas[row["code"]] = row["name"]
            gazetteer.capitals[row["code"]] = row["capital"]
    for code, name in gazetteer.areas.items():
        gazetteer._add(bare(name), [code], "name")
    homes = [home, *(Path(folder) / "gazetteer" for folder in folders if Path(folder) != builtin_folder())]
    for folder in homes:
        if folder == home or (folder / "aliases.csv").is_file():
            _add_aliases(gazetteer, folder / "aliases.csv")
    for code, capital in gazetteer.capitals.items():
        if len(code) == 5:
            gazetteer._add(capital, [code], "seat")
    gazetteer.ordinary = {row["name"].lower() for row in _rows(home / "ordinary.csv")}
    _add_districts(gazetteer, home / "districts.csv")
    return gazetteer


def _add_aliases(gazetteer: Gazetteer, path: Path) -> None:
    for row in _rows(path):
        codes = (row.get("codes") or "").split("|")
        unknown = [code for code in codes if code not in gazetteer.areas]
        if unknown or not row.get("alias"):
            raise PatternError(f"{path}: {row.get('alias')!r} stands for {unknown or codes}, no code of the register.")
        gazetteer._add(row["alias"], codes, row.get("kind") or "")


def _add_districts(gazetteer: Gazetteer, path: Path) -> None:
    names: dict[str, list[str]] = {}
    for row in _rows(path):
        code, name = row["code"], row["name"]
        gazetteer.areas[code] = name
        key = normalise(name)
        names.setdefault(key, []).append(code)
        gazetteer.by_regency.setdefault(code[:5], {})[key] = code
    gazetteer.districts = {key: tuple(codes) for key, codes in names.items()}
