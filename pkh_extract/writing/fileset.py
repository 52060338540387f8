"""Several files of one folder that get their names together, once all of them are whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.writing.earlier import Known, check_replaceable
from pkh_extract.writing.newfile import NewFile


class FileSet:
    """Files under temporary names in a folder, by the names that they will get; see :func:`files_in`."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self._files: dict[str, NewFile] = {}

    def add(self, name: str, known: Known) -> IO[bytes]:
        """A new file, open for bytes; ``known`` tells whether one of that name is an earlier export, as which alone it
        is replaced. Raises :class:`OSError`, and :class:`~pkh_extract.errors.OutputError` where it is none."""
        check_replaceable(self.folder / name, known)
        self._files[name] = NewFile(self.folder / name)
        return self._files[name].stream

    def commit(self) -> None:
        """All to the disk first, so that a full one is noticed while no file has its name; then the names."""
        for file in self._files.values():
            file.stream.flush()
            os.fsync(file.stream.fileno())
        for file in self._files.values():
            file.commit()

    def discard(self) -> None:
        """Leave nothing behind but what was committed."""
        for file in self._files.values():
            file.discard()


@contextlib.contextmanager
def files_in(folder: str) -> Iterator[FileSet]:
    """Files to be made in ``folder``, which is made where it is missing. They get their names when the block ends, and
    not at all where it raises. Raises :class:`~pkh_extract.errors.OutputError` where they cannot be written, or would
    replace what is no earlier export."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError(f"The folder {shown(folder)} cannot be made: {reason(error)}.") from error
    files = FileSet(folder)
    try:
        yield files
        files.commit()
    except OSError as error:
        raise OutputError(f"Files in {shown(folder)} cannot be written: {reason(error)}.") from error
    finally:
        files.discard()
