"""Records as pandas tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.reading.libraries import library
from pkh_extract.writing.readback import read_records
from pkh_extract.writing.tables import COLUMNS, KINDS, typed_rows

if TYPE_CHECKING:
    import pandas

    from pkh_extract.record import Record

TYPES = {int: "Int64", float: "Float64", bool: "boolean", date: "datetime64[s]", str: "string"}


def to_frames(records: Iterable[Record] | str | Path) -> dict[str, pandas.DataFrame]:
    """The flat tables ``articles``, ``events``, ``participants``, ``kpm``, ``workforce`` and ``amounts`` of records, or
    of the file or folder of records at a path, as pandas tables; the same as ``pkh-extract export`` writes.

    Every table is there with every column, also without rows. Columns have pandas' types that know of missing values:
    ``Int64``, ``Float64``, ``boolean``, ``string`` (codes too: ``13.10`` is no number); ``date_start`` and ``date_end``
    are ``datetime64[s]``, ``published`` is ``string``, a day or a time with its offset. ``source`` joins the tables,
    ``source`` and ``event`` participants with their event.

    Raises :class:`~pkh_extract.errors.InputError` where pandas is missing, the file cannot be read, a date is no day or
    a number is beyond 64 bits.
    """
    frames = library("pandas", "to_frames")
    if isinstance(records, str | Path):
        records = read_records(records)
    cells: dict[str, dict[str, list[Any]]] = {
        table: {column: [] for column in columns} for table, columns in COLUMNS.items()
    }
    for record in records:
        for table, row in typed_rows(record):
            for column, values in cells[table].items():
                values.append(row[column])
    return {table: _frame(frames, columns) for table, columns in cells.items()}


def _frame(frames: Any, columns: dict[str, list[Any]]) -> pandas.DataFrame:
    made = {}
    for column, values in columns.items():
        try:
            made[column] = frames.Series(values, dtype=TYPES[KINDS.get(column, str)])
        except (OverflowError, TypeError) as error:
            raise InputError(f"The column {column} cannot be made: a number in it is beyond 64 bits.") from error
    return frames.DataFrame(made)
