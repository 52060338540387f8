"""Builds provinces.csv, regencies.csv and districts.csv from the npm package ``idn-area-data``.

    npm pack idn-area-data@3.1.2 && tar xzf idn-area-data-3.1.2.tgz
    python build.py package

Run by hand when the register changes; nothing imports it. Capitals (capitals.csv) and other names (aliases.csv) are
written by hand and only read here.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = {"DKI"}
SMALL = {"DAN": "dan"}


def title_case(name: str) -> str:
    """The register's capitals in ordinary writing: ``KABUPATEN PIDIE JAYA`` -> ``Kabupaten Pidie Jaya``."""
    return " ".join(word if word in KEPT else SMALL.get(word, word.capitalize()) for word in name.split())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, header: list[str], rows: Iterable[tuple[str, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def main(package: Path) -> None:
    data = package / "data"
    capitals = {row["code"]: row["capital"] for row in read(HERE / "capitals.csv")}
    for level in ("provinces", "regencies"):
        rows = [(row["code"], title_case(row["name"])) for row in read(data / f"{level}.csv")]
        missing = [code for code, _ in rows if code not in capitals]
        if missing:
            sys.exit(f"capitals.csv names no capital for {', '.join(missing)}; add them.")
        write(f"{level}.csv", ["code", "name", "capital"], [(code, name, capitals[code]) for code, name in rows])
    districts = [(row["code"], " ".join(row["name"].split())) for row in read(data / "districts.csv")]
    write("districts.csv", ["code", "name"], districts)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data").is_dir():
        sys.exit("Usage: python build.py PACKAGE_FOLDER (the unpacked npm package idn-area-data)")
    main(Path(sys.argv[1]))
