"""Libraries that only some formats need: asked for before a run, imported when a file wants them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from pkh_extract.errors import InputError

LIBRARIES = {".zst": "zstandard", ".parquet": "pyarrow", ".warc": "warcio"}


def library(module: str, wanted_for: str) -> Any:
    """A module of an optional library, such as ``pyarrow.parquet``; ``wanted_for`` says what needs it (``.parquet``).

    Raises :class:`InputError` that says what to install where it is missing or does not load.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(_sentence(module.partition(".")[0], wanted_for)) from error


def missing_library(suffixes: tuple[str, ...]) -> str | None:
    """What to install so that files with these suffixes can be read, as a sentence; ``None``: it is all there."""
    for suffix in suffixes:
        needed = LIBRARIES.get(suffix)
        if needed and find_spec(needed) is None:
            return _sentence(needed, suffix)
    return None


def _sentence(needed: str, wanted_for: str) -> str:
    return f"{wanted_for} needs {needed}: pip install 'pkh-extract[all]'"
