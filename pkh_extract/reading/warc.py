"""WARC: the pages of a crawl, each a record.

Read with warcio. fastwarc is several times faster, but what matters here is that nothing is lost unsaid: it unpacks
ahead, so that damage late in a file costs the sound records before it, ends the file without an error at a body that
it cannot decode, and answers some streams with a panic. warcio parses record by record from any stream. What it passes
over in silence is looked at here: records that are cut short, bodies that do not unpack, and bodies that unpack to more
than is allowed (it has no bound, so only chunks are taken apart by it).
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import IO, Any, Literal

from pkh_extract.errors import InputError
from pkh_extract.reading.bodies import decoded
from pkh_extract.reading.libraries import library
from pkh_extract.reading.rows import ENVELOPE, clean_text
from pkh_extract.reading.source import UNPACKING_ERRORS, Content, Source, reason, too_large

_TYPES: dict[str, Literal["html", "text"]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_KINDS = ("response", "resource", "conversion")
_LONGEST_LINE = 1 << 16
_MOST_LINES = 1 << 12  # of the headers of one record


def read_warc(stream: IO[bytes], name: str, max_bytes: int) -> Iterator[Source]:
    """The pages in a WARC file: responses with status 200 and resources and conversions, of HTML or plain text.

    The address is a page's id and URL; without one it is called ``name:RECORD``, records counted from 1. A record
    that is broken comes back as a source with a ``problem``, and the reading goes on at the next one.
    """
    try:
        loader = library("warcio.recordloader", ".warc").ArcWarcRecordLoader(verify_http=False)
    except InputError as error:
        yield Source(name, problem=str(error))
        return
    logger = logging.getLogger("warcio")
    if not logger.hasHandlers():
        logger.addHandler(logging.NullHandler())  # else its warnings go to stderr
    lines = _Lines(stream)
    number, sound = 0, True
    while True:
        here = f"{name}:{number + 1}"
        try:
            lines.left = _MOST_LINES
            first = lines.readline()
            if not first:
                return
            if not first.startswith(b"WARC/"):
                if sound and first.strip():
                    number, sound = number + 1, False
                    yield Source(here, problem="is no WARC record; it was passed over")
                continue
            number, sound = number + 1, True
            record = _parsed(loader, lines, first)
            if record is None:
                sound = False
                yield Source(here, problem="has a broken header")
                continue
            source = _source(record, here, max_bytes)
            _pass_over(record.raw_stream)
            if source is None and record.raw_stream.limit:  # cut within its HTTP header, it does not look like a page
                source = Source(_url(record) or here, problem="is cut short: the file ends within this record")
        except UNPACKING_ERRORS as error:
            yield Source(here, problem=f"cannot be read: {reason(error)}; the reading ended here")
            return
        if source is not None:
            yield source


class _Lines:
    """A stream whose lines are bounded in length and number, so that no header fills the memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.left = _MOST_LINES

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        return self._stream.read(size)

    def readline(self, size: int | None = None) -> bytes:
        """A line, or as much of it as is allowed. Raises ``ValueError`` where there were too many."""
        self.left -= 1
        if self.left < 0:
            raise ValueError("too many lines in a header")
        return self._stream.readline(min(size or _LONGEST_LINE, _LONGEST_LINE))


def _parsed(loader: Any, lines: _Lines, first: bytes) -> Any | None:
    """The record that begins with this line, ``None`` if its header makes no sense."""
    try:
        record = loader.parse_record_stream(lines, first, "warc")
    except UNPACKING_ERRORS as error:
        if isinstance(error, EOFError) and not error.args:  # the library's own: a header without a line
            return None
        raise
    except Exception:  # the library meets broken headers with errors of any type
        return None
    length = record.rec_headers.get_header("Content-Length") or ""
    return record if record.rec_type and length.strip().isdecimal() else None


def _source(record: Any, name: str, max_bytes: int) -> Source | None:
    """The article in a record; ``None`` if it is none."""
    kind = _format(record)
    if kind is None:
        return None
    url = _url(record)
    size = record.payload_length if record.payload_length >= 0 else record.length
    try:
        if size > max_bytes * ENVELOPE:
            raise InputError(too_large(max_bytes))
        body = record.raw_stream.read(size) if size else b""
        if len(body) < size:
            raise InputError(f"is cut short: {len(body)} of its {size} bytes are there")
        return Source(
            url or name, content=Content(_decoded(body, record.http_headers, max_bytes), format=kind, url=url)
        )
    except InputError as error:
        return Source(url or name, problem=str(error))


def _url(record: Any) -> str | None:
    address = record.rec_headers.get_header("WARC-Target-URI")
    return clean_text(address).strip() or None if address else None


def _format(record: Any) -> Literal["html", "text"] | None:
    if record.rec_type not in _KINDS:
        return None
    if record.rec_type != "response":
        content_type = record.content_type
    elif record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    else:
        content_type = record.http_headers.get_header("Content-Type")
    return _TYPES.get((content_type or "").partition(";")[0].strip().lower())


def _decoded(body: bytes, headers: Any, max_bytes: int) -> bytes:
    """The body as the server meant it. Raises :class:`InputError`."""
    if headers is None:
        return decoded(body, "", max_bytes)
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        readers = library("warcio.bufferedreaders", ".warc")
        body = readers.ChunkedDataReader(io.BytesIO(body)).read()
    return decoded(body, headers.get_header("Content-Encoding") or "", max_bytes)


def _pass_over(stream: Any) -> None:
    while stream.read(1 << 16):
        pass
