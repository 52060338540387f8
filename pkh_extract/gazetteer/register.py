"""The register of provinces, regencies (kabupaten, kota), districts and villages, with other names for them.

Files and their origin: ``patterns/gazetteer/README.md``. Loaded once per process and set of folders, on first use.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pkh_extract.errors import PatternError
from pkh_extract.gazetteer.names import REGENCY, VILLAGE, VILLAGE_WORDS, bare, normalise, normalise_all, parents_of
from pkh_extract.gazetteer.spelling import Speller, Spelling
from pkh_extract.gazetteer.villages import Villages
from pkh_extract.record import Area
from pkh_extract.rules import builtin_folder

WORDS = VILLAGE_WORDS | {"meunasah", "mns."}  # that may open a village's registered name
_DOUBLED = re.compile(r"\b(\w+) (?=\1\b)", re.IGNORECASE)
REMEMBERED = 256  # parents whose names are kept ready


@dataclass(frozen=True)
class Name:
    """One written form of areas above the district: ``codes`` that it stands for, ``capitals``: counts only when
    written in capitals; ``seat``: a capital or town that stands for its regency."""

    text: str
    codes: tuple[str, ...]
    capitals: bool = False
    seat: bool = False


@dataclass
class Inside:
    """The areas of one level inside a parent: key -> codes that bear the name; ``names`` as registered, ``others``
    further names with the registered one."""

    codes: dict[str, tuple[str, ...]]
    names: list[str]
    others: dict[str, str]
    spelling: Spelling

    @functools.cached_property
    def speller(self) -> Speller:
        """Made when the first name is asked for that is not written as registered."""
        return Speller(self.spelling, self.names, self.others)


@dataclass
class Gazetteer:
    """All areas by code and by name. ``areas`` are those above the village. ``ordinary`` are the spellings, in small
    letters, that are everyday words too ("kota baru" is, "kotabaru" is not)."""

    spelling: Spelling
    villages: Villages
    areas: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    ordinary: set[str] = field(default_factory=set)
    districts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)  # key -> names of areas above the district
    by_regency: dict[str, dict[str, str]] = field(default_factory=dict)
    renamed: dict[str, list[str]] = field(default_factory=dict)  # code -> other names of a district or village
    aliases: dict[str, list[str]] = field(default_factory=dict)  # code -> other names of a province or regency
    official: dict[str, str] = field(default_factory=dict)  # a province's or regency's full name -> code
    _inside: dict[tuple[str, int], Inside] = field(default_factory=dict)

    def area(self, code: str) -> Area | None:
        """The area of a code, named as the register names it."""
        name = self.areas.get(code) if len(code) < VILLAGE else self.villages.get(code)
        return Area(code=code, name=name) if name is not None else None

    def parents(self, code: str) -> list[Area]:
        """The areas that contain a code, the widest first, without itself."""
        return [area for parent in parents_of(code) if (area := self.area(parent))]

    def find(self, name: str) -> list[str]:
        """Every code above the village that a name may stand for: registered and other names, in register order."""
        key = normalise(name)
        known = self.names.get(key)
        codes = {*(known.codes if known else ()), *self.districts.get(key, ())}
        return sorted(codes | {self.official[key]} if key in self.official else codes)

    def inside(self, parent: str, level: int) -> Inside:
        """The areas inside ``parent`` whose codes are ``level`` characters long (``names.DISTRICT`` or ``VILLAGE``)."""
        found = self._inside.pop((parent, level), None)
        if found is None:
            if len(self._inside) >= REMEMBERED:
                self._inside.pop(next(iter(self._inside)))  # the one not asked for longest
            found = self._gather(parent, level)
        self._inside[parent, level] = found
        return found

    @functools.cached_property
    def regencies(self) -> Speller:
        """The speller of all regencies' names without Kabupaten or Kota."""
        return Speller(self.spelling, [bare(name) for code, name in self.areas.items() if len(code) == REGENCY])

    def within(self, parent: str, name: str, level: int, slips: bool = True) -> tuple[str, ...]:
        """The codes of the areas of one level inside ``parent`` that a written name stands for, spelt as it may be
        (``slips``: with a wrong letter too); several where the parent has several of that name."""
        known = self.named(parent, normalise(name), level)
        if known:
            return known
        inside = self.inside(parent, level)
        key = inside.speller.closest(name, slips)
        return inside.codes[key] if key is not None else ()

    def named(self, parent: str, key: str, level: int) -> tuple[str, ...]:
        """The codes of the areas of one level inside ``parent`` that bear a normalised name. Registered names are
        found without a look at all that lies inside."""
        if level == VILLAGE:
            codes = tuple([code for code in self.villages.find(key) if code.startswith(parent + ".")])
            if codes:
                return codes
        return self.inside(parent, level).codes.get(key, ())

    def _gather(self, parent: str, level: int) -> Inside:
        if level == VILLAGE:
            pairs = self.villages.named(parent)
        else:
            pairs = [(code, self.areas[code]) for code in self.by_regency.get(parent, {}).values()]
        names = [name for _, name in pairs]
        codes: dict[str, tuple[str, ...]] = {}
        others: dict[str, str] = {}
        for key, (code, _) in zip(normalise_all(names), pairs, strict=True):
            codes[key] = (*codes[key], code) if key in codes else (code,)
        own = set(codes)
        for code, name in pairs:
            if " " not in name and code not in self.renamed:
                continue
            for other in self._other_names(code, name):
                if (key := normalise(other)) not in own:
                    codes[key] = (*codes.get(key, ()), code)
                    others[other] = name
        return Inside(codes, names, others, self.spelling)

    def _other_names(self, code: str, name: str) -> list[str]:
        """Former names and spellings; a village's name without the word for village ("Gampong Drien") or without its
        district's name after it ("Aie Tajun Lubuk Alung")."""
        others = list(self.renamed.get(code, ()))
        if len(code) == VILLAGE:
            first, _, rest = name.partition(" ")
            if rest and first.casefold() in WORDS:
                others.append(rest)
            before = name.removesuffix(self.areas[code[:8]])
            if before != name and before[-1:] == " ":
                others.append(before[:-1])
        return others

    def phrases(self) -> Iterator[tuple[str, str]]:
        """(key of the name, written form) for every written form of names above the district; some come twice."""
        for key, texts in self.written.items():
            for text in texts:
                yield key, text
                if " " in text or "-" in text:
                    doubled = _DOUBLED.sub(r"\1-", text)  # "Tojo Una Una" is also written "Tojo Una-Una"
                    for form in (text.replace(" ", ""), text.replace("-", " "), text.replace(" ", "-"), doubled):
                        if form != text:
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
        self.written.setdefault(key, []).append(text)

    def _is_own_name(self, name: Name, key: str) -> bool:
        return any(normalise(bare(self.areas[code])) == key for code in name.codes)


def read_text(path: Path) -> str:
    """A gazetteer file's content. Raises :class:`PatternError` where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PatternError(f"The gazetteer file {path} cannot be read: {error}.") from error


def read_rows(path: Path) -> Iterator[list[str]]:
    """A gazetteer file's rows without their header. Raises :class:`PatternError` where it cannot be read."""
    try:
        rows = csv.reader(read_text(path).splitlines())
        next(rows, None)
        yield from rows
    except csv.Error as error:
        raise PatternError(f"The gazetteer file {path} cannot be read: {error}.") from error


@functools.lru_cache(maxsize=4)
def load_gazetteer(folders: tuple[str, ...] = ()) -> Gazetteer:
    """The built-in gazetteer. ``folders`` are pattern folders whose own ``gazetteer/aliases.csv`` is added.

    Raises :class:`PatternError` where a file is missing or names an unknown code.
    """
    home = builtin_folder() / "gazetteer"
    gazetteer = Gazetteer(_load_spelling(home / "spellings.csv"), _load_villages(home / "villages.csv"))
    for level in ("provinces", "regencies"):
        for code, name, capital in read_rows(home / f"{level}.csv"):
            gazetteer.areas[code] = name
            gazetteer.capitals[code] = capital
    for code, name in gazetteer.areas.items():
        gazetteer.official[normalise(name)] = code
        gazetteer._add(bare(name), [code], "name")
    homes = [home, *(Path(folder) / "gazetteer" for folder in folders if Path(folder) != builtin_folder())]
    for folder in homes:
        if folder == home or (folder / "aliases.csv").is_file():
            _add_aliases(gazetteer, folder / "aliases.csv")
    for code, capital in gazetteer.capitals.items():
        if len(code) == REGENCY:
            gazetteer._add(capital, [code], "seat")
    gazetteer.ordinary = {row[0].lower() for row in read_rows(home / "ordinary.csv")}
    _add_districts(gazetteer, home / "districts.csv")
    for code, name in read_rows(home / "renamed.csv"):
        gazetteer.renamed.setdefault(code, []).append(name)
    return gazetteer


@functools.cache
def _load_villages(path: Path) -> Villages:
    """The villages, once for all sets of folders."""
    return Villages(read_text(path))


def _load_spelling(path: Path) -> Spelling:
    pairs: dict[str, list[tuple[str, str]]] = {"letters": [], "word": [], "number": []}
    for kind, written, standard, _ in read_rows(path):
        if kind not in pairs:
            raise PatternError(f"{path}: {written!r} is of the kind {kind!r}; it is letters, word or number.")
        pairs[kind].append((written, standard))
    return Spelling(tuple(pairs["letters"]), dict(pairs["word"]), dict(pairs["number"]))


def _add_aliases(gazetteer: Gazetteer, path: Path) -> None:
    for row in read_rows(path):
        alias, listed, kind = (*row, "", "", "")[:3]
        codes = listed.split("|")
        unknown = [code for code in codes if code not in gazetteer.areas]
        if unknown or not alias:
            raise PatternError(f"{path}: {alias!r} stands for {unknown or codes}, no code of the register.")
        gazetteer._add(alias, codes, kind)
        for code in codes:
            gazetteer.aliases.setdefault(code, []).append(alias)


def _add_districts(gazetteer: Gazetteer, path: Path) -> None:
    names: dict[str, list[str]] = {}
    for code, name in read_rows(path):
        gazetteer.areas[code] = name
        key = normalise(name)
        names.setdefault(key, []).append(code)
        gazetteer.by_regency.setdefault(code[:5], {})[key] = code
    gazetteer.districts = {key: tuple(codes) for key, codes in names.items()}
