"""The command line: arguments in, calls out. Imports nothing that takes time before it is needed."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, NoReturn

from pkh_extract import __version__
from pkh_extract.commands import (
    DONE,
    INTERRUPTED,
    NOT_DONE,
    TERMINATED,
    dedupe,
    evaluate,
    export,
    look,
    report,
    review,
    run,
)
from pkh_extract.commands.streams import reopen
from pkh_extract.errors import PkhExtractError, printable


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line on stderr and exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(NOT_DONE, f"{printable(f'{self.prog}: {message} (try {self.prog} --help)')}\n")

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        """What a command does not know is its own error: its help tells more than that of the program."""
        found, unknown = super().parse_known_args(*given, **named)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown


class _Terminated(BaseException):
    """SIGTERM: clean up as after Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit status. ``arguments`` are those of the process by default."""
    reopen()
    options = argparse.Namespace()
    try:
        _parser().parse_args(arguments, options)
        if hasattr(signal, "SIGTERM"):
            signal.signal(signal.SIGTERM, _terminate)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that knows fewer characters is no reason to stop
                stream.reconfigure(errors="backslashreplace")
        status = int(options.call(options))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _last_words(f"interrupted{_left(options)}", INTERRUPTED)
    except _Terminated:
        return _last_words(f"terminated{_left(options)}", TERMINATED)
    except BrokenPipeError:
        _silence(sys.stdout)
        return DONE
    except Exception as error:
        if isinstance(error, PkhExtractError):
            return _last_words(str(error), NOT_DONE)
        if isinstance(error, OSError) and error.strerror:  # a full disk, say: the system's fault and its words
            _silence(sys.stdout)
            return _last_words(f"{error.strerror}{f': {error.filename}' if error.filename else ''}", NOT_DONE)
        if os.environ.get("PKH_EXTRACT_TRACEBACK"):
            raise
        words = " ".join(str(error).split())[:500]
        hint = "please report it, with what PKH_EXTRACT_TRACEBACK=1 shows"
        return _last_words(f"{type(error).__name__}: {words} - a fault of this program; {hint}", NOT_DONE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pkh-extract",
        description="Turns Indonesian news reports on the social-aid programme PKH into records.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pkh-extract {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for command in (run, look, export, dedupe, evaluate, report, review):
        command.add(commands)
    return parser


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise _Terminated


def _last_words(message: str, status: int) -> int:
    try:
        print(printable(f"pkh-extract: {message}"), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(sys.stderr)
    return status


def _left(options: argparse.Namespace) -> str:
    """What an interruption leaves, as a command that has output says of itself."""
    return f"; {options.left(options)}" if hasattr(options, "left") else ""


def _silence(stream: object) -> None:
    """Nobody reads on: keep the interpreter from complaining when it flushes at the end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())  # type: ignore[attr-defined]
