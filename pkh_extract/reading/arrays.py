"""JSON that is one array of rows, one row or one row a line.

An array is scanned for where each row ends, so that one row is held at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO

from pkh_extract.reading.rows import BLANK, ENVELOPE, bounded_lines, source_of_json
from pkh_extract.reading.source import UNPACKING_ERRORS, Fields, Source, reason, too_large

_CHUNK = 1 << 16
_QUOTED = re.compile(rb'["\\]')
_BARE = re.compile(rb'["\[\]{},]')


class _Broken(Exception):
    """The file is no array of rows from here on; the message is a sentence."""


def read_json(stream: IO[bytes], name: str, fields: Fields, max_bytes: int) -> Iterator[Source]:
    """The articles of a JSON file: an array with an object an article, one object, or one a line as in JSONL.

    A row without an id is called ``name:ROW``, rows counted from 1; one that is no article, and what comes after
    a place where the array is broken, comes back as a source with a ``problem``.
    """
    limit = max_bytes * ENVELOPE
    row = 0
    try:
        for text in _elements(stream, limit):
            row += 1
            if text is None:
                yield Source(f"{name}:{row}", problem=f"row {too_large(limit)}")
            else:
                yield source_of_json(text, f"{name}:{row}", fields, max_bytes)
    except UNPACKING_ERRORS as error:
        yield Source(f"{name}:{row + 1}", problem=f"cannot be read: {reason(error)}")
    except _Broken as error:
        yield Source(f"{name}:{row + 1}", problem=str(error))


def _elements(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """The text of each row; ``None`` for one that is longer than ``limit`` bytes."""
    head = b""
    while not head and (chunk := stream.readline(_CHUNK)):
        head = chunk.lstrip(BLANK)
    if head.startswith(b"["):
        yield from _Scanner(limit).rows(stream, head[1:])
    elif head.startswith(b"{"):
        yield from _objects(stream, head, limit)
    elif head:
        raise _Broken("is neither an array nor an object of JSON in UTF-8")


def _objects(stream: IO[bytes], line: bytes, limit: int) -> Iterator[bytes | None]:
    """One object, however it is laid out, or one a line: so it is where the first ``line`` is one by itself."""
    if not line.endswith(b"\n"):
        line += stream.readline(max(limit + 1 - len(line), 0))
    if len(line) <= limit and _is_object(line):
        yield line
        yield from (other for other in bounded_lines(stream, limit) if other is None or other.strip(BLANK))
        return
    whole = line + stream.read(max(limit + 1 - len(line), 0))
    if len(whole) > limit:
        raise _Broken(f"row {too_large(limit)}; a file with one object a line is named .jsonl")
    yield whole


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Scanner:
    """Where the elements of an array end: brackets and strings are told apart, nothing is parsed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[bytes] = []  # of the element that has begun
        self._size = 0

    def rows(self, stream: IO[bytes], chunk: bytes) -> Iterator[bytes | None]:
        """The elements of the array whose opening bracket is just behind; raises :class:`_Broken` if it never ends."""
        depth, quoted, skip = 0, False, 0
        while chunk or (chunk := stream.read(_CHUNK)):
            begun, position, skip = 0, skip, 0
            while found := (_QUOTED if quoted else _BARE).search(chunk, position):
                position = found.end()
                mark = found.group()
                if mark == b'"':
                    quoted = not quoted
                elif mark == b"\\":
                    position += 1
                    skip = position - len(chunk) if position > len(chunk) else 0
                elif mark in b"[{":
                    depth += 1
                elif mark in b"]}" and depth:
                    depth -= 1
                elif not depth:
                    self._add(chunk[begun : position - 1])
                    begun = position
                    if mark == b"," or not self._blank():
                        yield self._taken()
                    if mark != b",":
                        return self._end(stream, chunk[position:])
            self._add(chunk[begun:])
            chunk = b""
        raise _Broken("ends before its array does")

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            self._pieces.clear()
        else:
            self._pieces.append(piece)

    def _blank(self) -> bool:
        return self._size <= self._limit and not any(piece.strip(BLANK) for piece in self._pieces)

    def _taken(self) -> bytes | None:
        text = b"".join(self._pieces).strip(BLANK) if self._size <= self._limit else None
        self._pieces, self._size = [], 0
        return text

    def _end(self, stream: IO[bytes], chunk: bytes) -> None:
        while chunk or (chunk := stream.read(_CHUNK)):
            if chunk.strip(BLANK):
                raise _Broken("goes on after its array; a file with one object a line is named .jsonl")
            chunk = b""
