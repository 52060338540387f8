"""Bodies of HTTP: what Content-Encoding did to them, undone, within bounds."""

from __future__ import annotations

import io
import zlib

from pkh_extract.errors import InputError
from pkh_extract.reading.libraries import library
from pkh_extract.reading.packing import unpack
from pkh_extract.reading.source import read_bounded, too_large

_GZIP, _ZLIB, _BARE = 31, 15, -15  # zlib's names for what stands around the packed data


def decoded(body: bytes, encodings: str, max_bytes: int) -> bytes:
    """The body without its encodings (as the header lists them: ``gzip, br``); a header that is not true is ignored.

    Raises :class:`InputError` where it does not unpack, or to more than ``max_bytes``.
    """
    for encoding in reversed(encodings.lower().split(",")):
        body = _without(body, encoding.strip(), max_bytes)
    if len(body) > max_bytes:
        raise InputError(too_large(max_bytes))
    return body


def _without(body: bytes, encoding: str, max_bytes: int) -> bytes:
    if encoding in ("", "identity", "none", "utf-8") or not body or body.lstrip()[:1] == b"<":
        return body  # crawlers unpack bodies and keep the header
    if encoding in ("gzip", "x-gzip"):
        return _inflated(body, _GZIP, max_bytes) if body.startswith(b"\x1f\x8b") else body
    if encoding == "deflate":
        try:
            return _inflated(body, _ZLIB, max_bytes)
        except zlib.error:
            return _inflated(body, _BARE, max_bytes)
    if encoding == "br":
        return _without_brotli(body, max_bytes)
    if encoding == "zstd":
        return read_bounded(unpack(io.BytesIO(body), ".zst"), max_bytes)
    raise InputError(f"is packed as {encoding[:40]!r}, which is not read")


def _inflated(body: bytes, window: int, max_bytes: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        data = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as error:
        if window == _ZLIB:
            raise
        raise InputError(f"cannot be read: {error}") from error
    if not unpacker.eof and len(data) <= max_bytes:
        raise InputError("is packed and cut short")
    return data


def _without_brotli(body: bytes, max_bytes: int) -> bytes:
    brotli = library("brotli", "pages packed with brotli")
    unpacker = brotli.Decompressor()
    try:
        data: bytes = unpacker.process(body, output_buffer_limit=max_bytes + 1)
    except brotli.error as error:
        raise InputError(f"cannot be read: {error}") from error
    if not unpacker.is_finished() and len(data) <= max_bytes:
        raise InputError("is packed and cut short")
    return data
