"""Signals that end a run.

What a signal's handler raises can be lost: a bare ``except`` in a library or a callback that may not raise takes it
for its own. So the handlers also keep what came, and :func:`raise_kept` raises it again between two articles.
"""

from __future__ import annotations

import signal
from types import FrameType


class Terminated(BaseException):
    """SIGTERM: clean up as after Ctrl-C."""


_kept: list[type[BaseException]] = []


def watch() -> None:
    """Let SIGINT and SIGTERM raise ``KeyboardInterrupt`` and :class:`Terminated`, and be kept. Call in the main
    thread. A SIGINT that the process was started to ignore (``nohup``, a job in the background) stays ignored."""
    _kept.clear()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminate)


def raise_kept() -> None:
    """Raise what a signal asked for and nobody heard; nothing where no signal came."""
    if _kept:
        raise _kept[0]


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    _kept.append(KeyboardInterrupt)
    raise KeyboardInterrupt


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    _kept.append(Terminated)
    raise Terminated
