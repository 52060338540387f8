"""Is the file whose name an export wants an earlier export, which it may replace, or something else?

Each format says by what its own files are known: a test of the path, which may raise :class:`OSError` or
:class:`ValueError` where the file is not even of that kind.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.libraries import library

Known = Callable[[Path], bool]
LONGEST = 50_000_000  # bytes of a line, or of a workbook's list of sheets, that are looked at


def check_replaceable(path: Path, known: Known) -> None:
    """Raises :class:`OutputError` where ``path`` is a file with something in it that is no earlier export."""
    if os.path.lexists(path) and not is_earlier(path, known):
        raise OutputError(
            f"{shown(str(path))} is there already and is no earlier export; give another folder, or move it away."
        )


def is_earlier(path: Path, known: Known) -> bool:
    """Is a file an earlier export, or empty?"""
    try:
        return path.is_file() and (path.stat().st_size == 0 or known(path))
    except (OSError, ValueError, RecursionError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError):
        return False


def begins(*openings: bytes) -> Known:
    """A file with one of these first bytes."""

    def known(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(max(map(len, openings))).startswith(openings)

    return known


def has_keys(*keys: str) -> Known:
    """Lines of JSON, the first with these keys and no others."""

    def known(path: Path) -> bool:
        with path.open("rb") as file:
            first = json.loads(file.readline(LONGEST))
        return isinstance(first, dict) and first.keys() == set(keys)

    return known


def has_sheets(names: Sequence[str]) -> Known:
    """An Excel workbook with these sheets, and maybe more."""

    def known(path: Path) -> bool:
        with zipfile.ZipFile(path) as book:
            if "xl/workbook.xml" not in book.namelist() or book.getinfo("xl/workbook.xml").file_size > LONGEST:
                return False
            root = ElementTree.fromstring(book.read("xl/workbook.xml"))
        return {*names} <= {sheet.get("name") for sheet in root.iter() if sheet.tag.endswith("}sheet")}

    return known


def has_columns(names: Sequence[str]) -> Known:
    """A Parquet file with these columns."""

    def known(path: Path) -> bool:
        return list(library("pyarrow.parquet", ".parquet").read_schema(path).names) == list(names)

    return known


def unpacks_to(opening: bytes) -> Known:
    """A file packed with zlib, with these first bytes."""

    def known(path: Path) -> bool:
        with path.open("rb") as file:
            return zlib.decompressobj().decompress(file.read(4096), len(opening)) == opening

    return known
