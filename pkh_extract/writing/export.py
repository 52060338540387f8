"""Records to flat tables in files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.writing.lines import LineFile
from pkh_extract.writing.tables import COLUMNS, rows

if TYPE_CHECKING:
    from pkh_extract.record import Record

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet take a cell for a formula


def export_csv(records: Iterable[Record], folder: str) -> dict[str, int]:
    """Write one CSV file (UTF-8, comma, header line) a table into ``folder``, which is made where it is missing.

    Returns the number of rows of each table. Each file gets its name only when all are whole. Text that a spreadsheet
    would take for a formula is given an apostrophe before it. Raises :class:`~pkh_extract.errors.OutputError` where the
    folder cannot be written.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError(f"The folder {shown(folder)} cannot be made: {reason(error)}.") from error
    files = {table: LineFile(str(Path(folder) / f"{table}.csv")) for table in COLUMNS}
    try:
        for table, columns in COLUMNS.items():
            files[table].write(_line(columns))
        for record in records:
            for table, row in rows(record):
                files[table].write(_line(row[column] for column in COLUMNS[table]))
        for file in files.values():
            file.commit()
    finally:
        for file in files.values():
            file.discard()
    return {table: file.lines - 1 for table, file in files.items()}


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
