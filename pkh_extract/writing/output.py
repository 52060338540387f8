"""Lines into a file that has its name only once it is whole."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.libraries import library, missing_library
from pkh_extract.reading.source import reason

STDOUT = "-"
_PART = re.compile(r"\.?part-\d|lock$")
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")


def check_output(given: str, suffixes: tuple[str, ...] = SUFFIXES, *, folder: bool = False) -> None:
    """Raises :class:`OutputError`, before any work, where OUT cannot be written or is of no known kind; it may be a
    folder of parts only where ``folder`` says so."""
    if given == STDOUT or is_stream(given):
        return
    if not given or "\0" in given:
        raise OutputError("The output has no name; give a file, or - for standard output.")
    path = Path(given)
    if folder and is_folder(given):
        _check_folder(given)
        return
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise OutputError(f"{shown(given)} is a folder; give the name of a file in it.")
    if path.name.lower().endswith(".zst") and (missing := missing_library((".zst",))):
        raise OutputError(f"{shown(given)} cannot be written: {missing}.")
    if not path.name.lower().endswith(suffixes):
        raise OutputError(f"{shown(given)} is of no known kind; name it {' or '.join('*' + end for end in suffixes)}.")
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise OutputError(
            f"There is no folder {shown(str(target.parent))} to write {shown(path.name)} into; make it first."
        )
    try:
        probe = _temporary(target)
        os.close(_create(probe))
        probe.unlink()
        with contextlib.suppress(FileNotFoundError):
            target.stat()  # refuses a name that is too long
    except OSError as error:
        raise OutputError(f"{shown(given)} cannot be written: {reason(error)}.") from error


def is_folder(given: str) -> bool:
    """Is the output a folder of parts: one that is there, or a name that ends in a slash?"""
    return given.endswith(("/", os.sep)) or os.path.isdir(given)  # noqa: PTH112 - as above


def _check_folder(given: str) -> None:
    """A folder for parts is new, empty, or has parts of an earlier run in it, and nothing else."""
    path = Path(given)
    try:
        if not path.exists():
            if not path.resolve().parent.is_dir():
                raise OutputError(f"There is no folder to make {shown(given)} in; make it first.")
            return
        strange = next((name for name in sorted(os.listdir(path)) if not _PART.match(name)), None)  # noqa: PTH208
    except OSError as error:
        raise OutputError(f"{shown(given)} cannot be written: {reason(error)}.") from error
    if strange is not None:
        raise OutputError(
            f"{shown(given)} is a folder with other things in it ({shown(strange)}); give a file, or a new folder."
        )


def is_stream(given: str) -> bool:
    """Is the output something that is written straight through: ``/dev/null``, a pipe?"""
    try:
        mode = Path(given).stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def errors_beside(out: str) -> str:
    """The errors file that belongs to OUT: ``records.jsonl.gz`` -> ``records.errors.jsonl``."""
    path = Path(out)
    name = path.name
    for suffix in (".gz", ".zst", ".jsonl"):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
    return str(path.with_name(f"{name}.errors.jsonl"))


def _temporary(target: Path) -> Path:
    return target.with_name(f".pkh-extract-{os.getpid()}-{secrets.token_hex(4)}.part")


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)


class LineFile:
    """A file of lines in UTF-8, written under a temporary name beside it and renamed by :meth:`commit`.

    ``path`` ending in ``.gz`` or ``.zst`` is packed (the same lines give the same bytes); ``-`` is standard output,
    which is written straight through, as is a device. With ``lazy`` nothing is created before the first line.
    Raises :class:`OutputError` where the file cannot be written.
    """

    def __init__(self, path: str, *, lazy: bool = False) -> None:
        self.path = path
        self.lines = 0
        self._target: Path | None = None
        self._temporary: Path | None = None
        self._raw: IO[bytes] | None = None
        self._stream: IO[bytes] | None = None
        if not lazy:
            self._open()

    def _open(self) -> IO[bytes]:
        if self._stream is not None:
            return self._stream
        try:
            if self.path == STDOUT:
                self._raw = self._stream = sys.stdout.buffer
            elif is_stream(self.path):
                self._raw = self._stream = Path(self.path).open("wb")  # noqa: SIM115
            else:
                self._target = Path(os.path.realpath(self.path))
                self._temporary = _temporary(self._target)
                self._raw = self._stream = os.fdopen(_create(self._temporary), "wb")
            if self.path.lower().endswith(".gz"):
                packed = gzip.GzipFile(filename="", mode="wb", fileobj=self._raw, mtime=0, compresslevel=6)
                self._stream = io.BufferedWriter(packed, 1 << 16)
            elif self.path.lower().endswith(".zst"):
                compressor = library("zstandard", ".zst").ZstdCompressor(level=6, write_checksum=True)
                self._stream = compressor.stream_writer(self._raw, closefd=False)
        except OSError as error:
            raise OutputError(f"{shown(self.path)} cannot be written: {reason(error)}.") from error
        assert self._stream is not None
        return self._stream

    def write(self, line: str) -> None:
        """Add a line (without its line end)."""
        stream = self._open()
        self.lines += 1
        with self._as_output_error():
            stream.write(line.encode("utf-8", "backslashreplace") + b"\n")

    def write_block(self, block: bytes) -> None:
        """Add bytes that are lines already."""
        stream = self._open()
        with self._as_output_error():
            stream.write(block)

    def commit(self) -> None:
        """All lines are there: to the disk with them, and the file gets its name. Without lines a lazy file is not
        made, and one of an earlier run is removed."""
        with self._as_output_error():
            if self._stream is None:
                if self.path != STDOUT and not is_stream(self.path):
                    Path(self.path).unlink(missing_ok=True)
                return
            assert self._raw is not None
            if self.path == STDOUT:
                self._stream.flush()
                return
            if self._stream is not self._raw:
                self._stream.close()
            self._raw.flush()
            if self._temporary is not None and self._target is not None:
                os.fsync(self._raw.fileno())
                self._raw.close()
                self._temporary.replace(self._target)
                self._temporary = None
                _sync_folder(self._target.parent)
            else:
                self._raw.close()

    def discard(self) -> None:
        """Leave nothing behind; safe to call after :meth:`commit` too."""
        if self.path != STDOUT:
            for stream in (self._stream, self._raw):
                if stream is not None:
                    with contextlib.suppress(OSError, ValueError):
                        stream.close()
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.unlink()

    @contextlib.contextmanager
    def _as_output_error(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            where = "Standard output" if self.path == STDOUT else shown(self.path)
            raise OutputError(f"{where} cannot be written: {reason(error)}.") from error


def _sync_folder(folder: Path) -> None:
    """The new name to the disk too; not every system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
