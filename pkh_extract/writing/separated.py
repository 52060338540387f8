"""Records to flat tables as CSV, in the standard way or as an Indonesian Excel takes it.

An Excel of the Indonesian region expects ``;`` between cells and a comma in fractions, and takes a file for UTF-8 only
where it begins with a byte-order mark; the dialect ``excel-id`` gives it all three. (A first line ``sep=;`` is no way:
Excel then overlooks the mark, and every other program takes the line for data.) pandas reads that dialect with
``pandas.read_csv(path, sep=";", decimal=",")``. Codes of areas are text: ``13.10`` is not 13.1, so read them with
``dtype={"regency_code": "string"}``, or use XLSX, Parquet or :func:`pkh_extract.to_frames`, which know.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pkh_extract.writing.earlier import begins
from pkh_extract.writing.fileset import files_in
from pkh_extract.writing.storable import storable
from pkh_extract.writing.tables import COLUMNS, rows

if TYPE_CHECKING:
    from pkh_extract.record import Record

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet take a cell for a formula


@dataclass(frozen=True)
class Dialect:
    """How cells are divided, how fractions are written, and whether the file begins with a byte-order mark."""

    separator: str = ","
    decimal: str = "."
    mark: bool = False


DIALECTS = {"standard": Dialect(), "excel-id": Dialect(";", ",", mark=True)}


def export_csv(records: Iterable[Record], folder: str, dialect: str = "standard") -> dict[str, int]:
    """Write one CSV file (UTF-8, header line, lines end in ``\\n``) a table into ``folder``, which is made where it is
    missing; ``dialect`` is one of :data:`DIALECTS`.

    Returns the number of rows of each table. Each file gets its name only when all are whole. Text that a spreadsheet
    would take for a formula is given an apostrophe before it. Raises :class:`~pkh_extract.errors.OutputError` where the
    folder cannot be written.
    """
    style = DIALECTS[dialect]
    counts = dict.fromkeys(COLUMNS, 0)
    with files_in(folder) as files:
        streams = {table: files.add(f"{table}.csv", begins(*heads(table))) for table in COLUMNS}
        for table, columns in COLUMNS.items():
            streams[table].write(_head(columns, style))
        for record in records:
            for table, row in rows(record):
                streams[table].write(_line((row[column] for column in COLUMNS[table]), style))
                counts[table] += 1
    return counts


def heads(table: str) -> list[bytes]:
    """How a table's file begins, in each dialect."""
    return [_head(COLUMNS[table], style) for style in DIALECTS.values()]


def _head(columns: Iterable[str], style: Dialect) -> bytes:
    return ("\ufeff" if style.mark else "").encode() + _line(columns, style)


def _line(cells: Iterable[Any], style: Dialect) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=style.separator, lineterminator="\n")
    writer.writerow([_cell(cell, style) for cell in cells])
    return out.getvalue().encode()


def _cell(cell: Any, style: Dialect) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return repr(cell).replace(".", style.decimal)
    if isinstance(cell, str):
        return storable(f"'{cell}" if cell.startswith(FORMULA) else cell)
    return cell
