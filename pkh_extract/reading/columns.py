"""Parquet: a row is one article, and only the columns that can matter are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import IO, Any

from pkh_extract.errors import InputError
from pkh_extract.reading.libraries import library
from pkh_extract.reading.rows import source_of_row
from pkh_extract.reading.source import Fields, Source, reason

_ROWS = 32  # at a time: articles can be large
_BUFFER = 1 << 20  # bytes of a column read ahead; without it, a whole row group would be held


def read_parquet(stream: IO[bytes], name: str, fields: Fields, max_bytes: int) -> Iterator[Source]:
    """The articles of a Parquet file, a few rows at a time. The stream must be able to seek.

    A row without an id is called ``name:ROW``, rows counted from 1; one that is no article, and what comes after
    a place that cannot be read, comes back as a source with a ``problem``.
    """
    row = 0
    try:
        pyarrow = library("pyarrow", ".parquet")
        parquet = library("pyarrow.parquet", ".parquet")
    except InputError as error:
        yield Source(name, problem=str(error))
        return
    # its errors are those of the system, of values and of types as well as its own
    errors = (pyarrow.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError)
    try:
        with parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False) as file:
            columns = _columns(file.schema_arrow.names, fields)
            for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
                for index in range(batch.num_rows):
                    row += 1
                    yield _source(batch.slice(index, 1), f"{name}:{row}", fields, max_bytes)
    except InputError as error:
        yield Source(name, problem=str(error))
    except errors as error:
        yield Source(f"{name}:{row + 1}" if row else name, problem=f"cannot be read: {reason(error)}")


def _columns(names: list[str], fields: Fields) -> list[str]:
    bodies = fields.required or fields.text + fields.html
    if set(bodies).isdisjoint(names):
        raise InputError(f"has none of the columns {', '.join(bodies)}")
    wanted = {*fields.text, *fields.html, *fields.id, *fields.url, *fields.date, *fields.title, *fields.required}
    return [name for name in names if name in wanted]


def _source(batch: Any, name: str, fields: Fields, max_bytes: int) -> Source:
    """The article of a batch of one row."""
    try:
        (cells,) = batch.to_pylist()
    except ValueError as error:  # text that is no UTF-8, dates beyond the calendar
        return Source(name, problem=f"row cannot be read: {reason(error)}")
    return source_of_row({key: _plain(value) for key, value in cells.items()}, name, fields, max_bytes)


def _plain(value: Any) -> Any:
    """The value as a row of JSON would hold it."""
    return value.isoformat() if isinstance(value, datetime.date) else value
