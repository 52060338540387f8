"""Records back from the files that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from pkh_extract.errors import InputError
from pkh_extract.reading.source import UNPACKING_ERRORS, open_unpacked, reason
from pkh_extract.record import Record


def read_records(path: str | Path) -> Iterator[Record]:
    """The records of a ``.jsonl`` file (also ``.gz`` or ``.zst``), a ``.parquet`` file or a folder of parts, one after
    the other, each validated.

    Of a folder only parts that are finished are read.

    Raises :class:`~pkh_extract.errors.InputError` naming the file, the line (from 1) and what is wrong with it.
    Blank lines are passed over.
    """
    path = Path(path)
    if path.is_dir():
        return _of_parts(path)
    if path.suffix.lower() == ".parquet":
        return _of_table(path)
    return _of_file(path)


def _of_parts(folder: Path) -> Iterator[Record]:
    from pkh_extract.writing.parts import made_parts

    empty = True
    for part, _ in made_parts(folder):
        empty = False
        yield from _of_file(part)
    if empty:
        raise InputError(f"{folder} holds no finished part of a run.")


def _of_file(path: Path) -> Iterator[Record]:
    try:
        stream = open_unpacked(path)
    except InputError as error:
        raise InputError(f"{path} {error}.") from error
    return _records(path, stream)


def _records(path: Path, stream: IO[bytes]) -> Iterator[Record]:
    number = 0
    with stream:
        try:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _record(path, number, line)
        except UNPACKING_ERRORS as error:
            raise InputError(f"{path} cannot be read after line {number}: {reason(error)}.") from error


def _of_table(path: Path) -> Iterator[Record]:
    from pkh_extract.writing.columnar import read_table

    for number, row in enumerate(read_table(path), start=1):
        try:
            yield Record.model_validate(row)
        except ValidationError as error:
            raise _invalid(f"{path}, row {number}", error) from error


def _record(path: Path, number: int, line: bytes) -> Record:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        raise _invalid(f"{path}, line {number}", error) from error


def _invalid(place: str, error: ValidationError) -> InputError:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return InputError(f"{place}: {where + ': ' if where else ''}{first['msg']}.")
