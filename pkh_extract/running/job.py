"""A whole run: articles in, a file of records and a file of errors out, progress and a summary on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Literal

from pkh_extract.errors import InputError, OutputError
from pkh_extract.reading import Fields, check_inputs, read_inputs
from pkh_extract.reading.folders import Identity, identity
from pkh_extract.reading.inputs import nothing_in, shown
from pkh_extract.reading.source import DEFAULT_MAX_BYTES, Source, is_row_name
from pkh_extract.running.errorsfile import check_replaceable, default_errors, remove_outdated
from pkh_extract.running.names import Names
from pkh_extract.running.outcome import Failure
from pkh_extract.running.progress import Progress, Tally
from pkh_extract.writing.lines import LineFile
from pkh_extract.writing.output import LINES, PARQUET, STDOUT, check_output, descriptor, is_stream

if TYPE_CHECKING:
    from pkh_extract.extractor import Extractor, PublishedFrom


@dataclass(frozen=True)
class Options:
    """What ``pkh-extract run`` was asked for. ``errors`` is a file, ``workers`` a number of processes; ``None`` is
    the default of each: a file beside ``out`` (for standard output: stderr), and all cores. ``timeout``: seconds for
    one article; ``shard``: only the i-th of n shares of the work, counted from 1; ``engine``: ``local``, or ``dask``
    with the address of a ``scheduler`` (``None``: a cluster on this machine); ``keep_text``: the records hold their
    articles' texts."""

    inputs: Sequence[str]
    out: str
    errors: str | None = None
    patterns: str | None = None
    published_from: Sequence[PublishedFrom] = ("metadata",)
    workers: int | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    quiet: bool = False
    fields: Fields = field(default_factory=Fields)
    resume: bool = False
    timeout: float | None = None
    shard: tuple[int, int] | None = None
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    keep_text: bool = True


def resumable(options: Options) -> bool:
    """Does the run work in shards, so that ``--resume`` can go on with it? Streams are worked through in one go."""
    return STDOUT not in options.inputs and options.out != STDOUT and not is_stream(options.out)


def run(options: Options) -> Tally:
    """Extract every article of the inputs and write the records, in input order.

    Nothing bears the name of OUT before it is whole. Raises :class:`InputError`, :class:`OutputError` or
    :class:`PatternError` where there is nothing that can be done.
    """
    errors_path = _check(options)
    skip = frozenset(found for path in (options.out, errors_path) if path and (found := identity(path)))
    sources = read_inputs(options.inputs, fields=options.fields, max_bytes=options.max_bytes, skip=skip)
    first = next(sources, None)
    if first is None:
        raise InputError(nothing_in(options.inputs))
    from pkh_extract.extractor import Extractor

    extractor = Extractor(options.patterns, published_from=options.published_from)
    extractor.warm()  # rules that do not load end the run here; forked workers share what is loaded
    names = Names()
    sources = names.noted(chain([first], sources))
    begun = time.monotonic()
    with Progress(options.quiet, sys.stderr, _total(options, skip)) as progress:
        if resumable(options):
            from pkh_extract.running.sharded import run_shards

            tally = run_shards(options, extractor, sources, errors_path, progress)
        else:
            tally = _stream(options, extractor, sources, errors_path, progress)
    if options.shard is None:
        remove_outdated(options.out, errors_path, options.inputs)
    if not options.quiet:
        tally.shared = names.shared()
        where = _where(options, errors_path) if tally.errors else ""
        print(tally.summary(time.monotonic() - begun) + where, file=sys.stderr)
    return tally


def _total(options: Options, skip: frozenset[Identity]) -> int | None:
    """The number of articles, where it can be had without reading any."""
    if options.quiet or not sys.stderr.isatty() or options.shard:
        return None
    if any(given == STDOUT or is_row_name(given) for given in options.inputs):
        return None
    return sum(1 for _ in read_inputs(options.inputs, skip=skip))


def _stream(
    options: Options, extractor: Extractor, sources: Iterable[Source], errors_path: str | None, progress: Progress
) -> Tally:
    """From or to a stream: in one go, in order."""
    from pkh_extract.running.engine import available_cores, process

    workers = options.workers or available_cores()
    outcomes = process(
        extractor,
        sources,
        workers=workers,
        max_bytes=options.max_bytes,
        timeout=options.timeout,
        keep_text=options.keep_text,
    )
    tally = Tally()
    out = LineFile(options.out)
    errors = LineFile(errors_path, lazy=True) if errors_path else None
    try:
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
    return tally


def _check(options: Options) -> str | None:
    """All that can be known to fail beforehand; gives the path of the errors file, if there is to be one."""
    check_inputs(options.inputs)
    check_output(options.out, (*LINES, PARQUET), folder=True)
    asked = next((name for name, value in (("--resume", options.resume), ("--shard", options.shard),
                                           ("--engine dask", options.engine == "dask")) if value), None)  # fmt: skip
    if asked and not resumable(options):
        raise OutputError(f"{asked} needs files: streams are read and written once; give INPUT and OUT names.")
    if options.engine == "dask":
        from pkh_extract.running.cluster import check_cluster

        check_cluster()
    errors_path = options.errors if options.errors is not None else default_errors(options.out)
    if errors_path is not None:
        check_output(errors_path, suffixes=("",))
        if _same(errors_path, options.out):
            raise OutputError("The records and the errors cannot go into the same file; give --errors another name.")
    for given in options.inputs:
        for path in (options.out, errors_path):
            if path and given != STDOUT and not is_stream(path) and _same(given, path):
                raise OutputError(f"{shown(path)} is an input too and would be overwritten; give another name.")
    if errors_path is not None:
        check_replaceable(errors_path, options.inputs)
    return errors_path


def _where(options: Options, errors_path: str | None) -> str:
    """Where those find the errors who look for them; nothing of a stream, which they have before them."""
    if errors_path is None or errors_path == STDOUT or is_stream(errors_path):
        return ""
    if options.shard is None:
        return f"; see {shown(errors_path)}"
    from pkh_extract.running.sharded import parts_folder

    markers = parts_folder(options.out) / "part-*.json"
    return f"; see {shown(str(markers))} until then, and {shown(errors_path)} afterwards"


def _same(one: str, other: str) -> bool:
    streams = descriptor(one), descriptor(other)
    if streams != (None, None):
        return streams[0] == streams[1]
    found = identity(one)
    return os.path.realpath(one) == os.path.realpath(other) or (found is not None and found == identity(other))


def _report(failure: Failure, errors: LineFile | None, progress: Progress) -> None:
    if errors is not None:
        errors.write(failure.line())
    else:
        progress.say(f"{shown(failure.source)}: {failure.stage}: {shown(failure.message)}")
