"""Standard streams that the caller has closed (``>&-``): they stop no run that does not need them."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

from pkh_extract.errors import OutputError


class _Closed(io.TextIOBase):
    """Standard output that is closed: whoever writes to it learns so from a sentence."""

    def write(self, _: str) -> NoReturn:
        """Raises :class:`OutputError`."""
        raise OutputError("Standard output is closed, so nothing can be written there; open it, or name a file.")

    @property
    def buffer(self) -> NoReturn:
        """Raises :class:`OutputError`."""
        self.write("")

    def fileno(self) -> int:
        """Its descriptor, at which :func:`reopen` has put what takes no byte."""
        return 1


def reopen() -> None:
    """Put something in the place of each standard stream that is closed: input that is empty, output that raises
    :class:`OutputError` when it is written to, messages that nobody reads.

    The descriptors are taken too, or the next file that is opened would be one of them.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(_null(0, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:
        _null(1, os.O_RDONLY)
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = os.fdopen(_null(2, os.O_WRONLY), "w", encoding="utf-8")


def _null(wanted: int, mode: int) -> int:
    """A descriptor without data; it is ``wanted`` where that is free, since the lowest free one is given."""
    found = os.open(os.devnull, mode)
    if found <= wanted:
        os.set_inheritable(found, True)
    return found
