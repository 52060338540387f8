"""Records as Parquet: one row a record, its columns those of :class:`~pkh_extract.record.Record`, nested as there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from pkh_extract.errors import InputError, OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.libraries import library
from pkh_extract.reading.source import reason
from pkh_extract.record import SCHEMA_VERSION, Record
from pkh_extract.writing.newfile import NewFile

ROWS = 2_000  # of a row group: what is held in memory when writing, and what a reader reads at least
WEIGHT = 32_000_000  # bytes of JSON after which a row group is full earlier


class RecordTable:
    """A Parquet file that lines of JSON are written to, one record each.

    The same records give the same bytes (with the same version of pyarrow). It has its name only after
    :meth:`commit`. Raises :class:`OutputError` where it cannot be written.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._rows: list[dict[str, Any]] = []
        self._weight = 0
        self._rest = b""
        self._parquet = library("pyarrow.parquet", ".parquet")
        try:
            self._file = NewFile(path)
            self._writer = self._parquet.ParquetWriter(self._file.stream, schema(), compression="zstd")
        except OSError as error:
            raise self._failed(error) from error

    def write_block(self, block: bytes) -> None:
        """Add bytes of lines; the last line of a block may go on in the next."""
        lines = (self._rest + block).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            self._rows.append(json.loads(line))
            self._weight += len(line)
            if len(self._rows) == ROWS or self._weight > WEIGHT:
                self._flush()

    def commit(self) -> None:
        """All lines are there."""
        self._flush()
        try:
            self._writer.close()
            self._file.commit()
        except OSError as error:
            raise self._failed(error) from error

    def discard(self) -> None:
        """Leave nothing behind; safe to call after :meth:`commit` too."""
        abandon(self._writer)
        self._file.discard()

    def _flush(self) -> None:
        if not self._rows:
            return
        arrow = library("pyarrow", ".parquet")
        try:
            self._writer.write_batch(arrow.RecordBatch.from_pylist(self._rows, schema()))
        except (OSError, OverflowError, arrow.ArrowException) as error:
            raise self._failed(error) from error
        self._rows, self._weight = [], 0

    def _failed(self, error: Exception) -> OutputError:
        return OutputError(f"{shown(self.path)} cannot be written: {reason(error)}.")


def abandon(writer: Any) -> None:
    """Nothing more is written, also not by pyarrow's writer when it is thrown away: its footer goes to whatever file
    is there."""
    if writer.is_open:
        with contextlib.suppress(Exception):
            writer.close()
    writer.is_open = False


def read_table(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file of records, as dicts, a few at a time. Raises :class:`InputError`."""
    arrow = library("pyarrow", ".parquet")
    try:
        with library("pyarrow.parquet", ".parquet").ParquetFile(path) as file:
            for batch in file.iter_batches(100, use_threads=False):
                yield from batch.to_pylist()
    except (OSError, ValueError, arrow.ArrowException) as error:
        raise InputError(f"{path} cannot be read: {reason(error)}.") from error


@cache
def schema() -> Any:
    """The fixed Arrow schema of a record: whole numbers are int64, fractions double, codes and texts string; what is
    never ``None`` in a record is required."""
    arrow = library("pyarrow", ".parquet")
    return arrow.schema(_fields(Record), metadata={"pkh_extract.record": SCHEMA_VERSION})


def _fields(model: type[BaseModel]) -> list[Any]:
    return [_field(name, info.annotation) for name, info in model.model_fields.items()]


def _field(name: str, annotation: Any) -> Any:
    """One field of the schema; ``X | None`` is one of X that may be null."""
    choices = [annotation]
    if get_origin(annotation) in (Union, UnionType):
        choices = list(get_args(annotation))
    (kind,) = [choice for choice in choices if choice is not NoneType]
    return library("pyarrow", ".parquet").field(name, _type(kind), nullable=NoneType in choices)


def _type(kind: Any) -> Any:
    arrow = library("pyarrow", ".parquet")
    if get_origin(kind) is list:
        return arrow.list_(_field("element", get_args(kind)[0]))
    if get_origin(kind) is Literal:
        return arrow.string()
    if issubclass(kind, BaseModel):
        return arrow.struct(_fields(kind))
    return {str: arrow.string(), bool: arrow.bool_(), int: arrow.int64(), float: arrow.float64()}[kind]
