"""Lines into a file that has its name only once it is whole, packed or not, or straight to a stream."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.libraries import library
from pkh_extract.reading.source import reason
from pkh_extract.writing.newfile import NewFile
from pkh_extract.writing.output import STDOUT, descriptor, is_stream


class LineFile:
    """A file of lines in UTF-8, written under a temporary name beside it and renamed by :meth:`commit`.

    ``path`` ending in ``.gz`` or ``.zst`` is packed (the same lines give the same bytes); ``-`` is standard output,
    which is written straight through, as is a device or an open stream such as ``/dev/stderr``. With ``lazy`` nothing
    is created before the first line.
    Raises :class:`OutputError` where the file cannot be written.
    """

    def __init__(self, path: str, *, lazy: bool = False) -> None:
        self.path = path
        self.lines = 0
        self._file: NewFile | None = None
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
            elif (number := descriptor(self.path)) is not None:
                self._raw = self._stream = os.fdopen(os.dup(number), "wb")
            elif is_stream(self.path):
                self._raw = self._stream = Path(self.path).open("wb")  # noqa: SIM115
            else:
                self._file = NewFile(self.path)
                self._raw = self._stream = self._file.stream
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
            if self._file is not None:
                self._file.commit()
            else:
                self._raw.close()

    def discard(self) -> None:
        """Leave nothing behind; safe to call after :meth:`commit` too."""
        if self.path != STDOUT:
            for stream in (self._stream, self._raw):
                if stream is not None:
                    with contextlib.suppress(OSError, ValueError):
                        stream.close()
        if self._file is not None:
            self._file.discard()

    @contextlib.contextmanager
    def _as_output_error(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            where = "Standard output" if self.path == STDOUT else shown(self.path)
            raise OutputError(f"{where} cannot be written: {reason(error)}.") from error
