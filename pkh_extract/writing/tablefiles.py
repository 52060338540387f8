"""Records to flat tables as Parquet: one file a table, whose columns have fixed types whatever the records hold.

Whole numbers are int64, fractions double, ``relevant`` and ``reported`` bool, the days ``date_start`` and ``date_end``
date32, everything else (codes too) string; every column may be null.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.libraries import library
from pkh_extract.reading.source import reason
from pkh_extract.writing.columnar import abandon
from pkh_extract.writing.earlier import has_columns
from pkh_extract.writing.fileset import FileSet, files_in
from pkh_extract.writing.tables import COLUMNS, KINDS, Row, typed_rows

if TYPE_CHECKING:
    from pkh_extract.record import Record

ROWS = 20_000  # of a row group: what is held in memory


def export_parquet(records: Iterable[Record], folder: str) -> dict[str, int]:
    """Write ``articles.parquet``, ``events.parquet`` … into ``folder``, which is made where it is missing.

    Returns the number of rows of each table. Each file gets its name only when all are whole. Raises
    :class:`~pkh_extract.errors.InputError` where pyarrow is missing or a record has a date that is none,
    :class:`~pkh_extract.errors.OutputError` where the folder cannot be written or a number is beyond 64 bits.
    """
    arrow = library("pyarrow", ".parquet")
    library("pyarrow.parquet", ".parquet")
    try:
        with files_in(folder) as files, _tables(files) as tables:
            for record in records:
                for name, row in typed_rows(record):
                    tables[name].add(row)
            for table in tables.values():
                table.close()
            return {name: table.rows for name, table in tables.items()}
    except (OverflowError, arrow.ArrowException) as error:
        raise OutputError(f"Tables in {shown(folder)} cannot be written: {reason(error)}.") from error


@contextlib.contextmanager
def _tables(files: FileSet) -> Iterator[dict[str, _Table]]:
    tables: dict[str, _Table] = {}
    try:
        for name in COLUMNS:
            tables[name] = _Table(files, name)
        yield tables
    finally:
        for table in tables.values():
            abandon(table.writer)


class _Table:
    """One table, written a row group at a time."""

    def __init__(self, files: FileSet, name: str) -> None:
        self.rows = 0
        self._waiting: list[Row] = []
        self._schema = schema(name)
        self.writer = library("pyarrow.parquet", ".parquet").ParquetWriter(
            files.add(f"{name}.parquet", has_columns(COLUMNS[name])), self._schema, compression="zstd"
        )

    def add(self, row: Row) -> None:
        self.rows += 1
        self._waiting.append(row)
        if len(self._waiting) >= ROWS:
            self._flush()

    def close(self) -> None:
        if self._waiting:
            self._flush()
        self.writer.close()

    def _flush(self) -> None:
        batch = library("pyarrow", ".parquet").RecordBatch.from_pylist(self._waiting, self._schema)
        self.writer.write_batch(batch)
        self._waiting = []


def schema(table: str) -> Any:
    """The Arrow schema of one of :data:`~pkh_extract.writing.tables.COLUMNS`."""
    arrow = library("pyarrow", ".parquet")
    kinds = {int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_(), date: arrow.date32(), str: arrow.string()}
    return arrow.schema([(column, kinds[KINDS.get(column, str)]) for column in COLUMNS[table]])
