"""A whole run: articles in, a file of records and a file of errors out, progress and a summary on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from pkh_extract.errors import InputError, OutputError
from pkh_extract.reading import Fields, check_inputs, read_inputs
from pkh_extract.reading.folders import identity
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import DEFAULT_MAX_BYTES
from pkh_extract.running.outcome import Failure
from pkh_extract.writing.output import STDOUT, LineFile, check_output, errors_beside, is_stream

if TYPE_CHECKING:
    from pkh_extract.extractor import PublishedFrom


@dataclass(frozen=True)
class Options:
    """What ``pkh-extract run`` was asked for. ``errors`` is a file, ``workers`` a number of processes; ``None`` is
    the default of each: a file beside ``out`` (for standard output: stderr), and all cores."""

    inputs: Sequence[str]
    out: str
    errors: str | None = None
    patterns: str | None = None
    published_from: Sequence[PublishedFrom] = ("metadata",)
    workers: int | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    quiet: bool = False
    fields: Fields = field(default_factory=Fields)


@dataclass
class Tally:
    """What a run has seen so far."""

    articles: int = 0
    records: int = 0
    relevant: int = 0
    errors: int = 0

    def summary(self, seconds: float) -> str:
        """The run in one line."""
        rate = self.articles / seconds if seconds > 0 else 0.0
        return (
            f"{self.articles} articles, {self.records} records, {self.relevant} relevant, {self.errors} errors; "
            f"{seconds:.1f} s, {rate:.1f} articles per second"
        )


def run(options: Options) -> Tally:
    """Extract every article of the inputs and write the records, in input order.

    Nothing bears the name of OUT before it is whole; what an interruption leaves is deleted. Raises
    :class:`InputError`, :class:`OutputError` or :class:`PatternError` where there is nothing that can be done.
    """
    errors_path = _check(options)
    skip = frozenset(found for path in (options.out, errors_path) if path and (found := identity(path)))
    sources = read_inputs(options.inputs, fields=options.fields, max_bytes=options.max_bytes, skip=skip)
    first = next(sources, None)
    if first is None:
        raise InputError(_nothing(options.inputs))
    from pkh_extract.extractor import Extractor
    from pkh_extract.running.engine import available_cores, process

    extractor = Extractor(options.patterns, published_from=options.published_from)
    _ = extractor.nlp  # rules that do not load end the run here; forked workers share what is loaded
    workers = options.workers or available_cores()
    outcomes = process(extractor, chain([first], sources), workers=workers, max_bytes=options.max_bytes)
    tally = Tally()
    begun = time.monotonic()
    out = LineFile(options.out)
    errors = LineFile(errors_path, lazy=True) if errors_path else None
    try:
        with _Progress(options.quiet, sys.stderr) as progress:
            for outcome in outcomes:
                tally.articles += 1
                if outcome.failure is not None:
                    tally.errors += 1
                    _report(outcome.failure, errors, progress)
                elif outcome.line is not None:
                    tally.records += 1
                    tally.relevant += outcome.relevant
                    out.write(outcome.line)
                progress.advance(tally)
        if errors is not None:
            errors.commit()
        out.commit()
    finally:
        outcomes.close()
        out.discard()
        if errors is not None:
            errors.discard()
    if not options.quiet:
        where = f"; see {shown(errors_path)}" if tally.errors and errors_path else ""
        print(tally.summary(time.monotonic() - begun) + where, file=sys.stderr)
    return tally


def _check(options: Options) -> str | None:
    """All that can be known to fail beforehand; gives the path of the errors file, if there is to be one."""
    check_inputs(options.inputs)
    check_output(options.out)
    errors_path = options.errors
    if errors_path is None and options.out != STDOUT and not is_stream(options.out):
        errors_path = errors_beside(options.out)
    if errors_path is not None:
        check_output(errors_path, suffixes=("",))
        if _same(errors_path, options.out):
            raise OutputError("The records and the errors cannot go into the same file; give --errors another name.")
    for given in options.inputs:
        for path in (options.out, errors_path):
            if path and given != STDOUT and not is_stream(path) and _same(given, path):
                raise OutputError(f"{shown(path)} is an input too and would be overwritten; give another name.")
    return errors_path


def _same(one: str, other: str) -> bool:
    if one == STDOUT or other == STDOUT:
        return one == other
    found = identity(one)
    return os.path.realpath(one) == os.path.realpath(other) or (found is not None and found == identity(other))


def _nothing(inputs: Sequence[str]) -> str:
    names = ", ".join("standard input" if given == "-" else shown(given) for given in inputs)
    return f"Nothing to do: no article in {names} (in folders, files named .html .htm .txt are read, also with .gz)."


def _report(failure: Failure, errors: LineFile | None, progress: _Progress) -> None:
    if errors is not None:
        errors.write(failure.line())
    else:
        progress.say(f"{shown(failure.source)}: {failure.stage}: {shown(failure.message)}")


class _Progress:
    """A bar with rate on a terminal, silence elsewhere. The number of articles is not known beforehand."""

    def __init__(self, quiet: bool, stream: TextIO) -> None:
        self._stream = stream
        self._bar = None
        if not quiet and stream.isatty():
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread beside the workers' forking
            self._bar = tqdm(unit=" articles", file=stream, dynamic_ncols=True, leave=False)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, tally: Tally) -> None:
        """One more article is done."""
        if self._bar is not None:
            self._bar.update()
            if tally.errors:
                self._bar.set_postfix_str(f"{tally.errors} errors", refresh=False)

    def say(self, line: str) -> None:
        """A line on stderr that does not tear the bar."""
        if self._bar is not None:
            self._bar.clear()
        print(line, file=self._stream)
