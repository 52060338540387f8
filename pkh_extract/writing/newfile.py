"""A file that has its name only once it is whole and on the disk."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

TEMPORARY = ".pkh-extract-"  # what the names of unfinished files begin with


class NewFile:
    """A file under a temporary name beside ``path``, which :meth:`commit` gives it. Its ``stream`` takes bytes.

    Raises :class:`OSError`; the caller knows what to say of it.
    """

    def __init__(self, path: str | Path) -> None:
        self._target = Path(os.path.realpath(path))
        self._temporary: Path | None = temporary(self._target)
        self.stream = os.fdopen(create(self._temporary), "wb")

    def commit(self) -> None:
        """To the disk with it, and then it gets its name."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()
        if self._temporary is not None:
            self._temporary.replace(self._target)
            self._temporary = None
            _sync_folder(self._target.parent)

    def discard(self) -> None:
        """Leave nothing behind; safe to call after :meth:`commit` too."""
        with contextlib.suppress(OSError, ValueError):
            self.stream.close()
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.unlink()


def write_whole(path: Path, raw: bytes) -> None:
    """A file with this content, whole or not at all. Raises :class:`OSError`."""
    file = NewFile(path)
    try:
        file.stream.write(raw)
        file.commit()
    finally:
        file.discard()


def temporary(target: Path) -> Path:
    """A name beside ``target`` that nobody else uses."""
    return target.with_name(f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}.part")


def create(path: Path) -> int:
    """The descriptor of a new file, open for writing."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)


def _sync_folder(folder: Path) -> None:
    """The new name to the disk too; not every system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
