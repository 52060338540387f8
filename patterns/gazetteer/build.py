"""Builds the register files, coordinates, BPS codes and former names from the packages and tables that README.md names.

    npm pack idn-area-data@3.1.2 geografis@1.3.2    # and unpack both
    python build.py REGISTER_FOLDER GEOGRAFIS_FOLDER BPS_FOLDER

Run by hand when the register changes; nothing imports it. What is written by hand (capitals.csv, aliases.csv,
ordinary.csv) is only read here.
"""

from __future__ import annotations

import csv
import difflib
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
KEPT = {"DKI"}
SMALL = {"DAN": "dan"}
KINDS = ("kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota ")
SAME = 0.7  # difflib's ratio from which an older spelling surely is that of the same village
# Regencies that BPS's master file lists under a name that is no other spelling of the register's.
BPS_NAMES = {"1206": "12.12", "6411": "64.11", "7108": "71.09", "7605": "76.01", "8101": "81.03", "1277": "12.77"}
# Provinces whose BPS codes are not the register's, and the four made in 2022, which the master file of 2018 lacks.
BPS_PAPUA, SPLIT = {"91": "94", "92": "91"}, {"93", "94", "95", "96"}
# Districts that kept their code but not their extent when they were divided: the old name has no one successor.
DIVIDED = {"14.71.06", "14.71.08", "14.71.12", "19.03.02", "76.02.12", "81.08.01", "81.08.04", "81.08.06", "81.08.07"}
FAR = 1.4  # degrees; the islands of one district lie nearer to each other
PLACES = 4  # decimals of a degree, about eleven metres


def title_case(name: str) -> str:
    """The register's capitals in ordinary writing: ``KABUPATEN PIDIE JAYA`` -> ``Kabupaten Pidie Jaya``."""
    return " ".join(word if word in KEPT else SMALL.get(word, word.capitalize()) for word in name.split())


def tidy(name: str) -> str:
    """Single spaces; the quotation mark that the register types for an apostrophe (``Soka"an``) made one."""
    return " ".join(name.replace('"', "'").split())


def key(name: str) -> str:
    """Letters and digits only, without case and kind."""
    name = name.casefold()
    kind = next((kind for kind in KINDS if name.startswith(kind)), "")
    return "".join(filter(str.isalnum, name[len(kind) :]))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, header: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def build_register(data: Path) -> dict[str, str]:
    """Writes the four files of areas; gives all names by code."""
    capitals = {row["code"]: row["capital"] for row in read(HERE / "capitals.csv")}
    names: dict[str, str] = {}
    for level in ("provinces", "regencies"):
        rows = [(row["code"], title_case(row["name"])) for row in read(data / f"{level}.csv")]
        missing = [code for code, _ in rows if code not in capitals]
        if missing:
            sys.exit(f"capitals.csv names no capital for {', '.join(missing)}; add them.")
        write(f"{level}.csv", ["code", "name", "capital"], [(code, name, capitals[code]) for code, name in rows])
        names |= dict(rows)
    for level in ("districts", "villages"):
        rows = [(row["code"], tidy(row["name"])) for row in read(data / f"{level}.csv")]
        write(f"{level}.csv", ["code", "name"], rows)
        names |= dict(rows)
    return names


class Older:
    """The register of 2020 (geografis), and what became of its areas."""

    def __init__(self, villages: list[dict[str, Any]], names: dict[str, str]) -> None:
        self.now = names
        self.villages = {row["code"]: row for row in villages}
        self.names: dict[str, str] = {}
        for code, row in self.villages.items():
            self.names |= {code[:2]: row["province"], code[:5]: row["city"], code[:8]: row["district"]}
            self.names[code] = row["village"]
        self.by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for code, name in names.items():
            self.by_name[(code[: code.rfind(".")] if "." in code else "", key(name))].append(code)
        self.regencies = defaultdict(list)
        for code, name in names.items():
            if len(code) == 5:
                self.regencies[key(name), name.startswith("Kota ")].append(code)
        self.successors: dict[str, str] = {}
        for code in sorted(self.names, key=len):
            successor = self._successor(code)
            if successor is not None:
                self.successors[code] = successor

    def _successor(self, code: str) -> str | None:
        """Where an area of 2020 is found now: under its code, or under its name in its parent's successor."""
        name = self.names[code]
        if len(code) == 2:
            return code
        if len(code) == 5:
            found = self.regencies[key(name), name.startswith("Kota ")]
            return found[0] if len(found) == 1 else code if code in self.now else None
        parent = self.successors.get(code[: code.rfind(".")])
        same = self.by_name[(parent, key(name))] if parent is not None else []
        if code in self.now and (not same or code in same):
            return code
        return same[0] if len(same) == 1 else None

    def retired(self) -> list[tuple[str, str]]:
        """Codes that are gone, with their one successor."""
        return [(old, new) for old, new in self.successors.items() if old not in self.now and old != new]

    def renamed(self) -> list[tuple[str, str]]:
        """Other names under a code that was kept; no name that is another area's in the same parent now."""
        rows = []
        for code, name in self.names.items():
            if len(code) < 8 or self.successors.get(code) != code or key(name) == key(self.now[code]):
                continue
            if code in DIVIDED or not key(name) or self.by_name[(code[: code.rfind(".")], key(name))]:
                continue
            close = difflib.SequenceMatcher(None, key(name), key(self.now[code])).ratio() >= SAME
            if len(code) == 8 or close:
                rows.append((code, tidy(name)))
        return rows

    def coordinates(self) -> list[tuple[str, float, float]]:
        """Of each village; of wider areas the mean of their villages'. A point far from its district's others is a
        mistake of the source and left out."""
        points: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for old, row in self._near().items():
            now = self.successors.get(old)
            for code in [now, now[:8], now[:5], now[:2]] if now is not None else self._widest(old):
                points[code].append((row["latitude"], row["longitude"]))
        means = {code: [sum(axis) / len(axis) for axis in zip(*found, strict=True)] for code, found in points.items()}
        return [(code, round(a, PLACES), round(b, PLACES)) for code, (a, b) in means.items() if code in self.now]

    def _near(self) -> dict[str, dict[str, Any]]:
        """The villages that lie where their district does."""
        districts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for code, row in self.villages.items():
            districts[code[:8]].append(row)
        middle = {
            code: [statistics.median(row[axis] for row in rows) for axis in ("latitude", "longitude")]
            for code, rows in districts.items()
        }
        return {
            code: row
            for code, row in self.villages.items()
            if abs(row["latitude"] - middle[code[:8]][0]) < FAR and abs(row["longitude"] - middle[code[:8]][1]) < FAR
        }

    def _widest(self, old: str) -> list[str]:
        """The areas that a village without successor lies in all the same."""
        for length in (8, 5):
            now = self.successors.get(old[:length])
            if now is not None:
                return [now[:size] for size in (8, 5, 2) if size <= len(now)]
        return []


def build_bps(folder: Path, names: dict[str, str]) -> list[tuple[str, str]]:
    """BPS codes of provinces, regencies and districts, by name within the parent; none where two share a name."""
    regencies = {
        (code[:2], key(name), name.startswith("Kota ")): code for code, name in names.items() if len(code) == 5
    }
    rows = [(code, BPS_PAPUA.get(code, code)) for code in names if len(code) == 2 and code not in SPLIT]
    found: dict[str, str] = {}
    to_register = {bps: code for code, bps in rows}
    for bps, _, name in csv.reader((folder / "regencies.csv").read_text("utf-8").splitlines()):
        place = to_register.get(bps[:2], ""), key(name), name.startswith("KOTA ")
        code = BPS_NAMES.get(bps) or regencies.get(place)
        if code is not None:
            found[bps] = code
    districts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in names.items():
        if len(code) == 8:
            districts[code[:5], key(name)].append(code)
    inner: dict[str, list[str]] = defaultdict(list)
    for bps, parent, name in csv.reader((folder / "districts.csv").read_text("utf-8").splitlines()):
        same = districts[found.get(parent, ""), key(name)]
        if len(same) == 1 and same[0] not in DIVIDED:
            inner[same[0]].append(bps)
    rows += [(code, bps) for bps, code in found.items()]
    return rows + [(code, codes[0]) for code, codes in inner.items() if len(codes) == 1]


def main(register: Path, geografis: Path, bps: Path) -> None:
    names = build_register(register / "data")
    older = Older(json.loads((geografis / "data" / "json" / "data.json").read_text("utf-8")), names)
    write("retired.csv", ["code", "successor"], older.retired())
    write("renamed.csv", ["code", "name"], older.renamed())
    write("coordinates.csv", ["code", "latitude", "longitude"], older.coordinates())
    write("bps.csv", ["code", "bps"], build_bps(bps, names))


if __name__ == "__main__":
    if len(sys.argv) != 4 or not all(Path(folder).is_dir() for folder in sys.argv[1:]):
        sys.exit("Usage: python build.py REGISTER_FOLDER GEOGRAFIS_FOLDER BPS_FOLDER (see README.md)")
    main(*(Path(folder) for folder in sys.argv[1:]))
