"""The commands of ``pkh-extract``, one file each: its arguments, and the call that they are handed to.

Nothing is imported here that takes time before it is needed. Each ``add`` puts one command (or a few that belong
together) on the parser; a command's ``call`` takes the parsed arguments and gives the exit status.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]

DONE, SOME_FAILED, NOT_DONE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
RECORDS = "what run has written: .jsonl[.gz|.zst], .parquet, a folder"


def left_of_output(options: argparse.Namespace) -> str:
    """What an interruption leaves of ``options.out``: no file that looks whole, or the beginning of a stream."""
    from pkh_extract.writing.output import STDOUT, is_stream

    if options.out is not None and (options.out == STDOUT or is_stream(options.out)):
        return "what was written until then is not all"
    return "nothing was written under the output's name"
