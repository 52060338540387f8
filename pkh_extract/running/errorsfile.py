"""The errors file of a run: where it goes, and that nothing but an errors file is ever replaced or removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from pkh_extract.errors import InputError, OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import UNPACKING_ERRORS, is_article_name, open_unpacked
from pkh_extract.running.outcome import Failure
from pkh_extract.writing.output import STDOUT, beside, is_stream

_KEYS = {field.name for field in fields(Failure)}
_LINE = 1 << 20  # bytes of the first line that are looked at


def default_errors(out: str) -> str | None:
    """The errors file that belongs to an output; ``None`` (stderr) for a stream."""
    return None if out == STDOUT or is_stream(out) else beside(out, "errors.jsonl")


def is_errors_file(path: str) -> bool:
    """Is this a file of failures as a run leaves it, by its first line?"""
    try:
        with open_unpacked(Path(path)) as stream:
            row = json.loads(stream.readline(_LINE))
    except (InputError, ValueError, RecursionError, *UNPACKING_ERRORS):
        return False
    return isinstance(row, dict) and row.keys() == _KEYS


def check_replaceable(path: str, inputs: Iterable[str]) -> None:
    """Raises :class:`OutputError` where the errors would replace an article, or any file that no run has left."""
    if path == STDOUT or is_stream(path) or not os.path.lexists(path) or is_errors_file(path):
        return
    target = Path(os.path.realpath(path))
    within = any(Path(os.path.realpath(given)) in target.parents for given in inputs if given != "-")
    if within and is_article_name(target.name):
        raise OutputError(f"{shown(path)} is an input too and would be overwritten; give another name.")
    if target.exists() and target.stat().st_size:
        raise OutputError(
            f"{shown(path)} is there already and no errors file of a run; give --errors another name, or move it away."
        )


def remove_outdated(out: str, errors_path: str | None, inputs: Iterable[str]) -> None:
    """A new OUT is whole: errors of an earlier run of it, which went into the file beside it, are none of its own."""
    old = default_errors(out)
    if old is None or not is_errors_file(old):
        return
    kept = [os.path.realpath(path) for path in (errors_path, *inputs) if path]
    if os.path.realpath(old) not in kept:
        Path(old).unlink(missing_ok=True)
