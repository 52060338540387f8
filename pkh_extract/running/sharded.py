"""A run in shards: parts first, in any order, then the whole of them in the order of the inputs."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pkh_extract.errors import OutputError
from pkh_extract.reading.source import Source
from pkh_extract.running.cluster import Cluster, Note
from pkh_extract.running.local import Local
from pkh_extract.running.outcome import Task
from pkh_extract.running.progress import Progress, Tally
from pkh_extract.running.shards import cut
from pkh_extract.running.worker import Done, Job
from pkh_extract.writing.columnar import RecordTable
from pkh_extract.writing.lines import LineFile
from pkh_extract.writing.output import PARQUET, is_folder
from pkh_extract.writing.parts import Made, Marker, Parts

if TYPE_CHECKING:
    from pkh_extract.extractor import Extractor
    from pkh_extract.running.job import Options


def run_shards(
    options: Options, extractor: Extractor, sources: Iterable[Source], errors_path: str | None, progress: Progress
) -> Tally:
    """Treat the articles shard by shard and put the parts together; what an interruption leaves, ``resume`` uses.

    OUT is a file, or a folder in which the parts stay. With ``shard`` nothing is put together: that is left to a run
    with ``resume`` when all shares are done.
    """
    parts = Parts(parts_folder(options.out), _made(options, extractor))
    with parts.locked(shared=options.shard is not None):
        if not options.resume and options.shard is None:
            parts.clear()
        plan = _Plan(options, parts)
        tally = _treat(options, extractor, plan, sources, progress)
        if options.shard is not None:
            tally.note = f"; share {options.shard[0]} of {options.shard[1]}, to be put together by a run with --resume"
            return tally
        parts.clear(beyond=plan.shards)
        _assemble(options, parts, plan.shards, errors_path)
    if not is_folder(options.out):
        parts.remove()
    return tally


def parts_folder(out: str) -> Path:
    """Where the parts of an output are: OUT itself if it is a folder, else one beside it."""
    return Path(out) if is_folder(out) else Path(f"{out}.parts")


def _made(options: Options, extractor: Extractor) -> Made:
    from pkh_extract import __version__
    from pkh_extract.rules import load_rules

    shown = {"published_from": list(options.published_from), "max_bytes": options.max_bytes}
    if not options.keep_text:
        shown["text"] = False
    return Made(__version__, load_rules(extractor.patterns).digest, json.dumps(shown, sort_keys=True))


class _Plan:
    """Which shards there are to treat, and how many there are in all once that is known."""

    def __init__(self, options: Options, parts: Parts) -> None:
        self.options, self.parts = options, parts
        self.shards = 0
        self.outdated: dict[int, int] = {}  # articles of shards that an earlier run made otherwise

    def jobs(self, sources: Iterable[Source]) -> Iterator[Job]:
        """The jobs of this run; parts that were made alike are offered to be kept."""
        share, shares = self.options.shard or (1, 1)
        for shard in cut(sources):
            self.shards = shard.number + 1
            if shard.number % shares != share - 1:
                continue
            found = self.parts.found(shard.number)
            if found is not None and found.made != self.parts.made:
                self.outdated[shard.number] = len(shard.sources)
                found = None
            yield Job(shard, kept=found)


def _treat(options: Options, extractor: Extractor, plan: _Plan, sources: Iterable[Source], progress: Progress) -> Tally:
    from pkh_extract.running.engine import available_cores

    task = Task(extractor, options.max_bytes, keep_text=options.keep_text)
    workers = options.workers or available_cores()
    engine: Local | Cluster
    if options.engine == "dask":
        engine = Cluster(task, plan.parts, workers, options.timeout, options.scheduler)
    else:
        engine = Local(task, plan.parts, workers, options.timeout)
    signs: Generator[object, None, None] = engine.run(plan.jobs(sources))
    tally = Tally()
    try:
        for sign in signs:
            if isinstance(sign, Done):
                _count(tally, sign, plan)
                progress.advance(tally, sign.marker.articles)
            elif isinstance(sign, Note) and not options.quiet:
                progress.say(sign.message)
    finally:
        signs.close()
    return tally


def _count(tally: Tally, sign: Done, plan: _Plan) -> None:
    marker = sign.marker
    tally.articles += marker.articles
    tally.records += marker.records
    tally.relevant += marker.relevant
    tally.errors += len(marker.failures)
    if sign.kept:
        tally.kept += marker.articles
    else:
        tally.outdated += plan.outdated.get(marker.shard, 0)


def _assemble(options: Options, parts: Parts, shards: int, errors_path: str | None) -> None:
    """The parts in the order of the inputs to OUT, the failures to the errors file. Raises :class:`OutputError`."""
    out = _opened(options.out)
    errors = LineFile(errors_path, lazy=True) if errors_path else None
    try:
        for number in range(shards):
            marker = _trusted(parts, number)
            for failure in marker.failures:
                if errors is not None:
                    errors.write(json.dumps(failure, ensure_ascii=False))
            if out is not None:
                for block in parts.copy(marker):
                    out.write_block(block)
        if errors is not None:
            errors.commit()
        if out is not None:
            out.commit()
    finally:
        for file in (out, errors):
            if file is not None:
                file.discard()


def _opened(out: str) -> LineFile | RecordTable | None:
    """What the parts are put together into; ``None``: they stay where they are."""
    if is_folder(out):
        return None
    return RecordTable(out) if out.lower().endswith(PARQUET) else LineFile(out)


def _trusted(parts: Parts, number: int) -> Marker:
    marker = parts.found(number)
    if marker is None or marker.made != parts.made:
        raise OutputError(f"Part {number} of {parts.folder} is missing; run again with --resume.")
    return marker
