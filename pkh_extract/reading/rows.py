"""Rows: one article a line of JSONL, and what makes an article of a row, whatever file it stood in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from pkh_extract.reading.source import UNPACKING_ERRORS, Content, Fields, Source, reason, too_large

BLANK = b" \t\r\n\xef\xbb\xbf"  # what may stand around a row of JSON
ENVELOPE = 4  # a row may be this many times as long as an article: escapes, and its other fields


def read_rows(stream: IO[bytes], name: str, fields: Fields, max_bytes: int) -> Iterator[Source]:
    """The articles of a JSONL stream. A row without an id is called ``name:ROW``, rows counted from 1.

    Blank lines are passed over; a row that is no article comes back as a source with a ``problem``.
    """
    limit = max_bytes * ENVELOPE
    row = 0
    try:
        for row, line in enumerate(bounded_lines(stream, limit), start=1):
            if line is None:
                yield Source(f"{name}:{row}", problem=f"row {too_large(limit)}")
            elif line.strip(BLANK):
                yield source_of_json(line, f"{name}:{row}", fields, max_bytes)
    except UNPACKING_ERRORS as error:
        yield Source(f"{name}:{row + 1}", problem=f"cannot be read: {reason(error)}")


def bounded_lines(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; ``None`` for one that is longer than ``limit`` bytes."""
    while line := stream.readline(limit + 1):
        whole = len(line) <= limit
        while not whole and line and not line.endswith(b"\n"):
            line = stream.readline(1_000_000)
        yield line if whole else None


def source_of_json(text: bytes, name: str, fields: Fields, max_bytes: int) -> Source:
    """The article of one JSON object; ``name`` is its id where the row has none. What is no row has a ``problem``."""
    try:
        row = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Source(name, problem=f"row is no JSON: {error}")
    if not isinstance(row, dict):
        return Source(name, problem="row is no JSON object")
    return source_of_row(row, name, fields, max_bytes)


def source_of_row(row: dict[str, Any], name: str, fields: Fields, max_bytes: int) -> Source:
    """The article of one row, chosen by ``fields``; ``name`` is its id where the row has none.

    ``None`` counts as nothing; text and HTML may be bytes, of whatever encoding. A row that is no article comes back
    with a ``problem``.
    """
    key = _first(row, fields.id)
    name = clean_text(str(key)) if isinstance(key, (str, int)) and str(key).strip() else name
    for required in fields.required:
        if required not in row:
            return Source(name, problem=f"row has no field {required!r}")
    html, text = _first(row, fields.html), _first(row, fields.text)
    data = html or text
    if data is None:
        if not any(wanted in row for wanted in fields.html + fields.text):
            return Source(name, problem=f"row has none of the fields {', '.join(fields.text + fields.html)}")
        data = ""
    if not isinstance(data, (str, bytes)):
        return Source(name, problem="row's text is no string")
    if len(data) > max_bytes or (isinstance(data, str) and len(data.encode("utf-8", "replace")) > max_bytes):
        return Source(name, problem=too_large(max_bytes))
    return Source(
        name,
        content=Content(
            clean_text(data) if isinstance(data, str) else data,
            format="html" if html else None,
            url=_string(row, fields.url),
            title=_string(row, fields.title),
            published=_string(row, fields.date),
        ),
    )


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((row[key] for key in keys if row.get(key) is not None), None)


def _string(row: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    value = _first(row, keys)
    return (clean_text(value).strip() or None) if isinstance(value, str) else None


def clean_text(text: str) -> str:
    """The text without lone surrogates, which JSON can escape and UTF-8 cannot hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
