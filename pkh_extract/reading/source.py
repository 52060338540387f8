"""One article that is to be read: where it is, and its content once it is wanted."""

from __future__ import annotations

import os
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from pkh_extract.errors import InputError
from pkh_extract.reading.packing import PACKED_SUFFIXES, unpack

DEFAULT_MAX_BYTES = 10_000_000
ARTICLE_SUFFIXES = (".html", ".htm", ".txt")
ROW_SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".warc")  # may be packed
SEEKING_SUFFIXES = (".parquet", ".zip")  # read from their end, so never packed
UNPACKING_ERRORS = (OSError, EOFError, zlib.error)


@dataclass(frozen=True)
class Content:
    """What an article consists of before cleaning, and what its row says of it (``None``: nothing)."""

    data: bytes | str
    format: Literal["html", "text"] | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True)
class Source:
    """One article. ``id`` becomes ``article.source``; the content is at hand (``content``), or in the file ``path``,
    or cannot be had (``problem``: a sentence that says why)."""

    id: str
    path: Path | None = None
    content: Content | None = None
    problem: str | None = None

    @property
    def weight(self) -> int:
        """Bytes (roughly) that handing this source to another process costs."""
        return len(self.content.data) if self.content else 100


@dataclass(frozen=True)
class Fields:
    """Which keys of a row hold what; the first one that the row has counts."""

    text: tuple[str, ...] = ("text", "content", "body", "isi")
    html: tuple[str, ...] = ("html", "raw_html")
    id: tuple[str, ...] = ("id", "_id")
    url: tuple[str, ...] = ("url", "link")
    date: tuple[str, ...] = ("published", "date", "tanggal")
    title: tuple[str, ...] = ("title", "headline", "judul")
    required: tuple[str, ...] = ()  # a row without one of these keys is an error

    @classmethod
    def named(cls, keys: dict[str, str]) -> Fields:
        """The defaults, but for the fields (``text``, ``html``, ``id`` …) that the user gave a key for.

        A text or HTML key that was named is the only one looked at, and a row must have it; if both were, either.
        """
        chosen: dict[str, tuple[str, ...]] = {name: (key,) for name, key in keys.items()}
        bodies = [name for name in ("text", "html") if name in chosen]
        for name in ("text", "html"):
            if bodies and name not in chosen:
                chosen[name] = ()
        if len(bodies) == 1:
            chosen["required"] = chosen[bodies[0]]
        return cls(**chosen)


def printable_name(path: Path | str) -> str:
    """A path as text that is valid Unicode: forward slashes, bytes that are no UTF-8 written ``\\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def suffixes(name: str) -> tuple[str, str]:
    """What a name ends with, in lower case: its format and its packing, ``""`` where there is none."""
    name = name.lower()
    packing = next((suffix for suffix in PACKED_SUFFIXES if name.endswith(suffix)), "")
    dot = name.removesuffix(packing).rpartition(".")
    return (f".{dot[2]}" if dot[1] else ""), packing


def is_article_name(name: str) -> bool:
    """Does the name end like an article's (``.html .htm .txt``, perhaps ``.gz`` or ``.zst``)?"""
    return suffixes(name)[0] in ARTICLE_SUFFIXES


def is_row_name(name: str) -> bool:
    """Does the name end like a file of many articles: rows, or an archive (``.jsonl``, ``.csv.gz``, ``.zip`` …)?"""
    kind, packing = suffixes(name)
    return kind in ROW_SUFFIXES or (kind in SEEKING_SUFFIXES and not packing)


def reason(error: BaseException) -> str:
    """Why the system refused, in its own words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def open_regular(path: Path) -> IO[bytes]:
    """Open a file for reading; a pipe or a device is refused at once and never waited for.

    Raises :class:`InputError` with a sentence that says why the file cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be opened: {reason(error)}") from error
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
            raise InputError(f"is {kind}, not a file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def open_unpacked(path: Path) -> IO[bytes]:
    """Like :func:`open_regular`, and a ``.gz`` or ``.zst`` is unpacked as it is read."""
    stream = open_regular(path)
    try:
        return unpack(stream, path.name)
    except BaseException:
        stream.close()
        raise


def read_bounded(stream: IO[bytes], max_bytes: int, sentence: str | None = None) -> bytes:
    """The whole of a stream. Raises :class:`InputError` where it cannot be read or has more than ``max_bytes``, with
    ``sentence`` where the user cannot raise that limit."""
    try:
        data = stream.read(max_bytes + 1)
    except UNPACKING_ERRORS as error:
        raise InputError(f"cannot be read: {reason(error)}") from error
    if len(data) > max_bytes:
        raise InputError(sentence or too_large(max_bytes))
    return data


def too_large(max_bytes: int) -> str:
    """The sentence for an article that is larger than the user allows."""
    return f"is larger than {max_bytes} bytes; --max-bytes raises the limit"


def load_content(source: Source, max_bytes: int = DEFAULT_MAX_BYTES) -> Content:
    """The content of a source; a file is read (and unpacked) only now, and never more of it than ``max_bytes``.

    Raises :class:`InputError` where it cannot be read or is larger.
    """
    if source.content is not None:
        return source.content
    if source.path is None:
        raise InputError(source.problem or "cannot be read")
    with open_unpacked(source.path) as stream:
        return Content(read_bounded(stream, max_bytes))
