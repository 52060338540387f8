"""The engine: sources in, outcomes out, in the same order for any number of processes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from pkh_extract.errors import PkhExtractError
from pkh_extract.reading.source import DEFAULT_MAX_BYTES, Content, Source
from pkh_extract.running.outcome import Outcome, Task, treat
from pkh_extract.running.shards import Shard
from pkh_extract.running.worker import Handled, Job

if TYPE_CHECKING:
    from pkh_extract.extractor import Extractor
    from pkh_extract.record import Record

BATCH = 8  # articles handed to a worker at a time
BATCH_WEIGHT = 1_000_000  # bytes after which a batch is full earlier
AHEAD = 3  # batches for each worker that may be under way, or wait for an earlier one


def available_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def process(
    extractor: Extractor,
    sources: Iterable[Source],
    *,
    workers: int = 1,
    max_bytes: int = DEFAULT_MAX_BYTES,
    as_line: bool = True,
    timeout: float | None = None,
    keep_text: bool = True,
) -> Generator[Outcome, None, None]:
    """One outcome for every source, in the order of the sources, for any number of ``workers`` the same.

    With one worker and no ``timeout`` (seconds for one article) everything happens in this process. Memory stays
    bounded: only a few batches are under way at a time. An article that raises, that takes too long or at which
    processes die time and again is an outcome with a failure and costs no other its record.
    """
    task = Task(extractor, max_bytes, as_line, keep_text)
    batches = _batches(sources)
    first = next(batches, None)
    if first is None:
        return
    second = next(batches, None) if workers > 1 else None
    batches = chain([batch for batch in (first, second) if batch is not None], batches)
    if (workers > 1 and second is not None) or timeout is not None:
        yield from _supervised(task, batches, workers, timeout)
        return
    for batch in batches:
        for source in batch:
            yield treat(task, source)


def _supervised(
    task: Task, batches: Iterable[list[Source]], workers: int, timeout: float | None
) -> Generator[Outcome, None, None]:
    """The outcomes of all batches, in order, from the processes of the local engine."""
    from pkh_extract.running.local import Local

    with contextlib.suppress(Exception):  # what is wrong here shows, article by article, in the workers
        _ = task.extractor.nlp  # loaded before forking, so that workers share it
    waiting: dict[int, Handled] = {}
    given = 0  # batches whose outcomes were given out

    def jobs() -> Iterator[Job | None]:
        for number, batch in enumerate(batches):
            while number >= given + workers * AHEAD:
                yield None
            yield Job(Shard(number, tuple(batch)))

    signs = Local(task, None, workers, timeout).run(jobs())
    try:
        for sign in signs:
            if isinstance(sign, Handled):
                waiting[sign.number] = sign
            while given in waiting:
                handled = waiting.pop(given)
                given += 1
                yield from (one.outcome for one in handled.treated)
    finally:
        signs.close()


def extract_all(
    extractor: Extractor, articles: Iterable[tuple[str, bytes | str]], workers: int = 1
) -> Iterator[Record]:
    """The records of ``(source, data)`` pairs, in their order, on ``workers`` processes.

    Raises :class:`~pkh_extract.errors.PkhExtractError` naming the article that failed.
    """
    sources = (Source(name, content=Content(data)) for name, data in articles)
    for outcome in process(extractor, sources, workers=workers, as_line=False):
        if outcome.failure is not None:
            failure = outcome.failure
            raise PkhExtractError(f"{failure.source}: {failure.error} while {failure.stage}: {failure.message}")
        assert outcome.record is not None
        yield outcome.record


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Sources in groups that are worth a message between processes, without holding much memory."""
    batch: list[Source] = []
    weight = 0
    for source in sources:
        batch.append(source)
        weight += source.weight
        if len(batch) == BATCH or weight > BATCH_WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
