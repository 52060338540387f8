"""The INPUTs of a run, of whatever kind, as one stream of articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pkh_extract.errors import InputError, printable
from pkh_extract.reading.arrays import read_json
from pkh_extract.reading.columns import read_parquet
from pkh_extract.reading.folders import Identity, walk
from pkh_extract.reading.libraries import missing_library
from pkh_extract.reading.packing import unpack
from pkh_extract.reading.rows import read_rows
from pkh_extract.reading.separated import read_csv
from pkh_extract.reading.source import (
    DEFAULT_MAX_BYTES,
    SEEKING_SUFFIXES,
    Fields,
    Source,
    is_article_name,
    is_row_name,
    open_regular,
    printable_name,
    suffixes,
)
from pkh_extract.reading.warc import read_warc
from pkh_extract.reading.zipped import read_zip

STDIN = "-"
KINDS = ".html .htm .txt .jsonl .json .csv .warc, each also with .gz or .zst, .parquet or .zip"


def check_inputs(inputs: Sequence[str]) -> None:
    """Raises :class:`InputError`, before any work, where an INPUT is missing, of a kind that is not known, or of one
    that needs a library that is not installed."""
    for given in inputs:
        if given == STDIN:
            continue
        if not given or "\0" in given or not os.path.lexists(given):
            raise InputError(f"There is no file or folder {shown(given)}.")
        path = Path(given)
        kind, packing = suffixes(path.name)
        if packing and kind in SEEKING_SUFFIXES and not path.is_dir():
            raise InputError(f"{shown(given)} cannot be read packed; unpack it first and give the {kind} file.")
        if not path.is_dir() and not is_article_name(path.name) and not is_row_name(path.name):
            raise InputError(f"{shown(given)} is of no known kind; give a folder or files named {KINDS}.")
        if not path.is_dir() and (missing := missing_library(suffixes(path.name))):
            raise InputError(f"{shown(given)} cannot be read: {missing}")
    if list(inputs).count(STDIN) > 1:
        raise InputError("Standard input can be read only once; give - only once.")


def nothing_in(inputs: Sequence[str]) -> str:
    """The sentence for INPUTs without an article: which they are, and what of each kind would be one."""
    names = ", ".join(_name(given) for given in inputs)
    return f"Nothing to do: no article in {names} ({'; '.join(dict.fromkeys(map(_wanted, inputs)))})."


def _wanted(given: str) -> str:
    files = "files named .html .htm .txt are read, also with .gz or .zst"
    if given != STDIN and Path(given).is_dir():
        return f"in folders, {files}; name files of rows and archives themselves"
    kind = "" if given == STDIN else suffixes(Path(given).name)[0]
    if kind == ".zip":
        return f"in a .zip, {files}"
    if kind == ".warc":
        return "in a .warc, pages of HTML or plain text are read that have come with status 200"
    return f"{_name(given)} has no row"


def _name(given: str) -> str:
    return "standard input" if given == STDIN else shown(given)


def read_inputs(
    inputs: Sequence[str],
    *,
    fields: Fields | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    skip: frozenset[Identity] = frozenset(),
) -> Iterator[Source]:
    """The articles of all INPUTs in order; folders hold files alone; rows and archives
    are read where a file is named.

    Nothing here raises for an input that cannot be read: it becomes a source with a ``problem``. Raises
    :class:`InputError` at the end of a file of many articles that was changed while it was read.
    """
    fields = fields or Fields()
    for given in inputs:
        if given == STDIN:
            yield from read_rows(sys.stdin.buffer, "stdin", fields, max_bytes)
            continue
        path = Path(given)
        if path.is_dir():
            yield from walk(path, skip)
        elif is_article_name(path.name):
            yield Source(printable_name(path.name), path=path)
        else:
            yield from _sources_of_file(path, fields, max_bytes)


def _sources_of_file(path: Path, fields: Fields, max_bytes: int) -> Iterator[Source]:
    name = printable_name(path.name)
    try:
        packed = open_regular(path)
    except InputError as error:
        yield Source(name, problem=str(error))
        return
    with packed, os.fdopen(os.dup(packed.fileno()), "rb") as same:  # the formats may close theirs
        before = os.fstat(same.fileno())
        try:
            stream = unpack(packed, path.name)
        except InputError as error:
            yield Source(name, problem=str(error))
            return
        kind = suffixes(path.name)[0]
        if kind == ".warc":
            yield from read_warc(stream, name, max_bytes)
        elif kind == ".zip":
            yield from read_zip(stream, name, max_bytes)
        else:
            read = {".json": read_json, ".csv": read_csv, ".parquet": read_parquet}.get(kind, read_rows)
            yield from read(stream, name, fields, max_bytes)
        after = os.fstat(same.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise InputError(f"{shown(str(path))} was changed while it was read; run again when it is complete.")


def shown(given: str) -> str:
    """A path for an error message: one line, nothing in it that a terminal would obey."""
    return printable(printable_name(given))
