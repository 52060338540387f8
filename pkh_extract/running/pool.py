"""Batches on several processes: in order, bounded, and unimpressed by a worker that dies."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pkh_extract.reading.source import Source
from pkh_extract.running.outcome import Outcome, Task, failed, treat
from pkh_extract.running.processes import become_worker, signals_held

AHEAD = 3  # batches under way for each worker
_task: Task | None = None  # a worker's own, set once when it starts


def process_batches(task: Task, batches: Iterable[list[Source]], workers: int) -> Iterator[Outcome]:
    """The outcomes of all batches, in order.

    When a worker dies, the pool is made anew and the batches that were under way are treated again one article at a
    time; an article with which a process dies once more is an outcome with a failure.
    """
    with contextlib.suppress(Exception):  # what is wrong here shows, article by article, in the workers
        _ = task.extractor.nlp  # loaded before forking, so that workers share it
    pool = _Pool(task, workers)
    under_way: deque[tuple[list[Source], Future[list[Outcome]]]] = deque()
    coming = iter(batches)
    try:
        while True:
            while len(under_way) < workers * AHEAD and (batch := next(coming, None)) is not None:
                under_way.append((batch, pool.submit(batch)))
            if not under_way:
                return
            batch, future = under_way[0]
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                lost = [under_way.popleft() for _ in range(len(under_way))]
                pool.close()
                for batch, future in lost:
                    yield from _rescued(task, batch, future)
                pool = _Pool(task, workers)
                continue
            under_way.popleft()
            yield from outcomes
    finally:
        pool.close()


def _rescued(task: Task, batch: list[Source], future: Future[list[Outcome]]) -> Iterator[Outcome]:
    """The outcomes of a batch whose pool broke: as they are if it was done, else each article on its own."""
    if future.done() and not future.cancelled() and future.exception() is None:
        yield from future.result()
        return
    pool = _Pool(task, 1)
    try:
        for source in batch:
            try:
                yield from pool.submit([source]).result()
            except BrokenProcessPool:
                yield failed(source, "running", "WorkerDied", "the process died while treating this article, twice")
                pool.close()
                pool = _Pool(task, 1)
    finally:
        pool.close()


class _Pool:
    """A pool of processes that can be stopped at once."""

    def __init__(self, task: Task, workers: int) -> None:
        self._executor = ProcessPoolExecutor(workers, initializer=_start, initargs=(task,))

    def submit(self, batch: list[Source]) -> Future[list[Outcome]]:
        """Hand over a batch; a pool that is broken already answers with a future that says so."""
        with signals_held():
            try:
                return self._executor.submit(_treat_batch, batch)
            except BrokenProcessPool as error:
                future: Future[list[Outcome]] = Future()
                future.set_exception(error)
                return future

    def close(self) -> None:
        """Stop the workers now, whatever they are at."""
        processes: dict[int, Any] = dict(getattr(self._executor, "_processes", None) or {})
        manager: threading.Thread | None = getattr(self._executor, "_executor_manager_thread", None)
        self._executor.shutdown(wait=False, cancel_futures=True)
        for worker in processes.values():
            with contextlib.suppress(OSError, ValueError):
                worker.terminate()
        for worker in processes.values():
            with contextlib.suppress(OSError, ValueError, AssertionError):
                worker.join(2)
                if worker.is_alive():
                    worker.kill()
        if manager is not None:
            manager.join(2)  # the next pool should not be forked beside a thread that may hold a lock


def _start(task: Task) -> None:
    """Make this process a worker with that task."""
    global _task
    _task = task
    become_worker()


def _treat_batch(batch: list[Source]) -> list[Outcome]:
    assert _task is not None
    return [treat(_task, source) for source in batch]
