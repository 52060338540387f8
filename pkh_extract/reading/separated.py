"""CSV: the header names the fields, each further row is one article."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from pkh_extract.errors import InputError
from pkh_extract.reading.rows import ENVELOPE, source_of_row
from pkh_extract.reading.source import UNPACKING_ERRORS, Fields, Source, reason, too_large

_LARGEST = 2**31 - 1  # what csv takes for a limit on every system
_SAVE_AS = 'save it from Excel as "CSV UTF-8", or convert it by iconv -f UTF-16 -t UTF-8'
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)  # Excel's own, above the header
_NUL = "\udc00"  # stands for NUL inside ``csv``; "surrogateescape" begins at U+DC80


def read_csv(stream: IO[bytes], name: str, fields: Fields, max_bytes: int) -> Iterator[Source]:
    """The articles of a CSV file in UTF-8: commas, or where the header has more of them semicolons or tabs, or what a
    line ``sep=;`` above it says.

    An empty cell counts as nothing. A row without an id is called ``name:ROW``, rows counted from 1 below the header;
    one with too few or too many cells, or too large, comes back as a source with a ``problem``.
    """
    limit = max_bytes * ENVELOPE
    csv.field_size_limit(max(csv.field_size_limit(), min(limit, _LARGEST)))
    lines = _Lines(stream, limit)
    row = 0
    try:
        header, rows = _table(lines)
        if header and (problem := _unusable(header, fields)):
            yield Source(name, problem=problem)
            return
        while True:
            lines.begin()
            try:
                cells = next(rows, None)
                problem = _broken(cells, header, lines)
            except csv.Error as error:
                cells, problem = [], f"row in line {lines.first}: {error}"
                lines.skip_row()
            if cells is None:
                return
            if cells or problem:
                row += 1
                yield _source(cells, problem, header, f"{name}:{row}", fields, max_bytes)
    except UNPACKING_ERRORS as error:
        yield Source(f"{name}:{row + 1}", problem=f"cannot be read: {reason(error)}")
    except InputError as error:
        yield Source(name, problem=str(error))
    except csv.Error as error:  # of the header
        yield Source(name, problem=f"header: {error}")


class _Lines:
    """The lines of a file as text for ``csv``, which asks for as many as a row has; where the row began is known.

    Bytes that are no UTF-8 are kept as lone surrogates, NUL as one that no such byte becomes, since the ``csv`` of
    Python 3.10 refuses it; :func:`_with_nul` gives it back. Raises ``csv.Error`` where a row exceeds ``limit`` bytes.
    """

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._line = 0  # lines that have ended
        self._ended = True
        self._size = 0
        self._quotes = 0
        self.first = 1
        self.unfinished = False  # did the file end while the row was wanted to go on?

    def begin(self) -> None:
        """The next line begins a row."""
        self._size = self._quotes = 0
        self.first = self._line + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        at_start = self._line == 0 and self._size == 0
        line = self._stream.readline(max(self._limit - self._size, 0) + 1)
        if not line:
            self.unfinished = self._size > 0
            raise StopIteration
        self._count(line)
        if self._size > self._limit:
            raise csv.Error(f"{too_large(self._limit)} (is a quote never closed?)")
        text = line.removeprefix(b"\xef\xbb\xbf" if at_start else b"").decode("utf-8", "surrogateescape")
        return text.replace("\0", _NUL)

    def skip_row(self) -> None:
        """Go on to the line after the row that has failed: the end of a line where all quotes are closed."""
        while not self._ended or self._quotes % 2:
            line = self._stream.readline(1_000_000)
            if not line:
                return
            self._count(line)

    def _count(self, line: bytes) -> None:
        self._ended = line.endswith(b"\n")
        self._line += self._ended
        self._size += len(line)
        self._quotes += line.count(b'"')


def _table(lines: _Lines) -> tuple[list[str], Iterator[list[str]]]:
    """The header's cells (none in an empty file) and the rows below it. Raises :class:`InputError` for UTF-16."""
    delimiter = None
    for line in lines:
        if _is_utf16(line):
            raise InputError(f"is in UTF-16, not UTF-8; {_SAVE_AS}")
        told = _SEPARATOR.fullmatch(line.rstrip("\r\n"))
        if line.strip() and (delimiter or not told):
            break
        delimiter = told[1] if told else delimiter
        lines.begin()
    else:
        return [], iter(())
    delimiter = delimiter or max(",;\t", key=line.count)
    rows = map(_with_nul, csv.reader(chain([line], lines), delimiter=delimiter))  # a generator ends at an error
    return [cell.strip() for cell in next(rows)], rows


def _is_utf16(line: str) -> bool:
    """By its byte-order mark, or by a NUL beside every letter of the first line."""
    letters = line.rstrip("\r\n")
    return letters.startswith(("\udcff\udcfe", "\udcfe\udcff")) or (
        len(letters) > 1 and any(set(letters[at::2]) == {_NUL} for at in (0, 1))
    )


def _with_nul(cells: list[str]) -> list[str]:
    return [cell.replace(_NUL, "\0") for cell in cells]


def _unusable(header: list[str], fields: Fields) -> str | None:
    wanted = fields.required or fields.text + fields.html
    if set(wanted).isdisjoint(header):
        return f"header has none of the fields {', '.join(wanted)} (it is read as UTF-8)"
    return None


def _broken(cells: list[str] | None, header: list[str], lines: _Lines) -> str | None:
    if not cells:
        return None
    if lines.unfinished:
        return f"row in line {lines.first} has a quote that is never closed"
    if len(cells) != len(header):
        return f"row in line {lines.first} has {len(cells)} cells, the header has {len(header)}"
    return None


def _source(
    cells: list[str], problem: str | None, header: list[str], name: str, fields: Fields, max_bytes: int
) -> Source:
    if problem:
        return Source(name, problem=problem)
    row: dict[str, Any] = {key: cell or None for key, cell in zip(header, cells, strict=True)}
    for key in fields.text + fields.html:
        if row.get(key):
            row[key] = _as_read(row[key])
    return source_of_row(row, name, fields, max_bytes)


def _as_read(cell: str) -> str | bytes:
    """Text, or the bytes it was if they are no UTF-8: cleaning knows what to make of those."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape")
    return cell
