"""Where output goes: which names it may have, and what lies beside them."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.libraries import missing_library
from pkh_extract.reading.source import reason
from pkh_extract.writing.newfile import TEMPORARY, create, temporary

STDOUT = "-"
_DESCRIPTOR = re.compile(r"/dev/std(?P<name>out|err)|(?:/dev|/proc/self)/fd/(?P<number>\d{1,9})")
_PART = re.compile(rf"part-\d|lock$|{re.escape(TEMPORARY)}")
LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
PARQUET = ".parquet"


def check_output(given: str, suffixes: tuple[str, ...] = LINES, *, folder: bool = False) -> None:
    """Raises :class:`OutputError`, before any work, where OUT cannot be written or is of no known kind; it may be a
    folder of parts only where ``folder`` says so."""
    if given == STDOUT or is_stream(given):
        return
    if not given or "\0" in given:
        raise OutputError("The output has no name; give a file, or - for standard output.")
    path = Path(given)
    if folder and is_folder(given):
        _check_folder(given)
        return
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise OutputError(f"{shown(given)} is a folder; give the name of a file in it.")
    if (missing := missing_library((path.suffix.lower(),))) and path.suffix.lower() in (".zst", PARQUET):
        raise OutputError(f"{shown(given)} cannot be written: {missing}.")
    if not path.name.lower().endswith(suffixes):
        kinds = " or ".join("*" + end for end in suffixes)
        folders = f", or {shown(given)}/ for a folder of parts" if folder else ""
        raise OutputError(f"{shown(given)} is of no known kind; name it {kinds}{folders}.")
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise OutputError(
            f"There is no folder {shown(str(target.parent))} to write {shown(path.name)} into; make it first."
        )
    try:
        probe = temporary(target)
        os.close(create(probe))
        probe.unlink()
        with contextlib.suppress(FileNotFoundError):
            target.stat()  # refuses a name that is too long
    except OSError as error:
        raise OutputError(f"{shown(given)} cannot be written: {reason(error)}.") from error


def is_folder(given: str) -> bool:
    """Is the output a folder of parts: one that is there, or a name that ends in a slash?"""
    return given.endswith(("/", os.sep)) or os.path.isdir(given)  # noqa: PTH112 - as above


def _check_folder(given: str) -> None:
    """A folder for parts is new, empty, or has parts of an earlier run in it, and nothing else."""
    path = Path(given)
    try:
        if not path.exists():
            if not path.resolve().parent.is_dir():
                raise OutputError(f"There is no folder to make {shown(given)} in; make it first.")
            return
        strange = next((name for name in sorted(os.listdir(path)) if not _PART.match(name)), None)  # noqa: PTH208
    except OSError as error:
        raise OutputError(f"{shown(given)} cannot be written: {reason(error)}.") from error
    if strange is not None:
        raise OutputError(
            f"{shown(given)} is a folder with other things in it ({shown(strange)}); give a file, or a new folder."
        )


def descriptor(given: str) -> int | None:
    """The number of the open stream that an output is: 1 for ``-`` and ``/dev/stdout``, 7 for ``/dev/fd/7``; ``None``
    for all else. A file behind it, as of ``>>log``, is gone on with and never begun anew or replaced."""
    if given == STDOUT:
        return 1
    match = _DESCRIPTOR.fullmatch(given)
    return match and (int(match["number"]) if match["number"] else {"out": 1, "err": 2}[match["name"]])


def is_stream(given: str) -> bool:
    """Is the output something that is written straight through: ``/dev/null``, ``/dev/stderr``, a pipe?"""
    if given != STDOUT and descriptor(given) is not None:
        return True
    try:
        mode = Path(given).stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def beside(given: str, ending: str) -> str:
    """The file that belongs to one of records: (``a.jsonl.gz``, ``errors.jsonl``) -> ``a.errors.jsonl``."""
    path = Path(given)
    name = path.name
    for suffix in (".gz", ".zst", ".jsonl", PARQUET):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
    return str(path.with_name(f"{name}.{ending}"))
