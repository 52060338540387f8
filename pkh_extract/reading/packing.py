"""Packed streams, unpacked as they are read: ``.gz`` and ``.zst``."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any

from pkh_extract.reading.libraries import library

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PACKED_SUFFIXES = (".gz", ".zst")
# zstandard unpacks all it is handed at once. A block of four bytes can hold 128 KiB, so this many give 16 MiB at most.
_BITE = 512


def unpack(stream: IO[bytes], name: str) -> IO[bytes]:
    """The stream as it was before packing, by the ending of its name; any other name gives the stream itself.

    Reading from it raises ``OSError``, ``EOFError`` or ``zlib.error`` where the data are damaged or end too soon.
    Raises :class:`InputError` where the library for it is missing.
    """
    ending = name.lower()
    if ending.endswith(".gz"):
        import gzip

        return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]
    if ending.endswith(".zst"):
        return io.BufferedReader(_ZstdStream(stream), 1 << 16)
    return stream


class _ZstdStream(io.RawIOBase):
    """Frames of Zstandard, one after the other. The library's own reader takes a file that is cut off for whole."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._zstandard = library("zstandard", ".zst")
        self._packed = packed
        self._frame: Any = None
        self._waiting = b""  # packed, not yet handed over
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as one step of unpacking does; 0 at the end."""
        while not self._ready:
            piece, self._waiting = self._waiting[:_BITE], self._waiting[_BITE:]
            if not piece:
                self._waiting = self._packed.read(1 << 16)
                if not self._waiting:
                    if self._frame is not None:
                        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
                    return 0
                continue
            self._ready = memoryview(self._unpacked(piece))
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _unpacked(self, piece: bytes) -> bytes:
        if self._frame is None:
            self._frame = self._zstandard.ZstdDecompressor().decompressobj()
        try:
            data: bytes = self._frame.decompress(piece)
        except self._zstandard.ZstdError as error:
            raise OSError(f"not valid Zstandard data ({error})") from error
        if self._frame.eof:
            self._waiting = self._frame.unused_data + self._waiting
            self._frame = None
        return data

    def close(self) -> None:
        """Close the packed stream too."""
        if not self.closed:
            self._packed.close()
        super().close()
