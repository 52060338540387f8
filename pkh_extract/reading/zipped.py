"""ZIP: every member named like an article is one, read where it stands and never written to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from pkh_extract.errors import InputError
from pkh_extract.reading.packing import unpack
from pkh_extract.reading.rows import clean_text
from pkh_extract.reading.source import Content, Source, is_article_name, read_bounded, reason

_ERRORS = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
)
# The others are unpacked by zipfile without a bound: a few bytes of bzip2 can stand for gigabytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def read_zip(stream: IO[bytes], name: str, max_bytes: int) -> Iterator[Source]:
    """The articles in a ZIP archive, in the order a folder would have; ids are ``name/inner/path``.

    The stream must be able to seek. Zips within are not entered. A member that cannot be read, and an archive that
    is none, come back as sources with a ``problem``.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if _is_article(member)]
            for member in sorted(members, key=lambda member: member.filename.split("/")):
                yield _member(archive, member, clean_text(f"{name}/{member.filename}"), max_bytes)
    except _ERRORS as error:
        yield Source(name, problem=f"is no ZIP archive that can be read: {reason(error)}")


def _is_article(member: zipfile.ZipInfo) -> bool:
    beside = member.filename.startswith("__MACOSX/")  # what macOS keeps of a file apart from what is in it
    return is_article_name(member.filename) and not member.is_dir() and not beside


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, max_bytes: int) -> Source:
    if member.flag_bits & _ENCRYPTED:
        return Source(name, problem="is encrypted; unpack the archive with its password and give the folder")
    if member.compress_type not in _METHODS:
        how = f"by method {member.compress_type}, which is not read"
        return Source(name, problem=f"is packed {how}; unpack the archive and give the folder")
    try:
        with archive.open(member) as packed:
            return Source(name, content=Content(read_bounded(unpack(packed, member.filename), max_bytes)))
    except InputError as error:
        return Source(name, problem=str(error))
    except _ERRORS as error:
        return Source(name, problem=f"cannot be read: {reason(error)}")
