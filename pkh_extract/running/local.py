"""The local engine: processes that treat shards, and a supervisor that replaces the ones that die or hang."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from pkh_extract.errors import OutputError, PkhExtractError
from pkh_extract.running.outcome import Failure, Task
from pkh_extract.running.processes import signals_held
from pkh_extract.running.worker import STRIKES, At, Done, Handled, Job, Stuck, Treated, work
from pkh_extract.writing.parts import Parts

_BEFORE = -1  # the worker has not begun with an article
_UNBEGUN = 20  # workers in a row that die before they have begun with one


@dataclass
class _Worker:
    """A process with the job that it is at, the place of the article in it, and since when."""

    process: BaseProcess
    connection: Connection
    job: Job | None = None
    treated: list[Treated] = field(default_factory=list)
    index: int = _BEFORE
    since: float = 0.0

    @property
    def busy(self) -> bool:
        """Is it at an article, and not before or behind one?"""
        assert self.job is not None
        return self.index == len(self.job.treated) + len(self.treated)

    def rest(self) -> Job:
        """The job as it is left when the worker is gone."""
        assert self.job is not None
        return replace(self.job, treated=(*self.job.treated, *self.treated))


@dataclass
class Local:
    """Treats jobs on ``workers`` processes, and writes what comes of them if there are ``parts``.

    An article that takes longer than ``timeout`` seconds is given up, as is one at which processes die :data:`STRIKES`
    times; both are failures of their own and cost no other its record.
    """

    task: Task
    parts: Parts | None
    workers: int
    timeout: float | None = None
    strikes: dict[tuple[int, int], int] = field(default_factory=dict)
    unbegun: int = 0

    def run(self, jobs: Iterator[Job | None]) -> Generator[At | Treated | Done | Handled, None, None]:
        """All jobs (``None``: there is none to be had just now); gives a sign for each article begun and each shard
        done, the latter in any order.

        Raises :class:`OutputError` where a part cannot be written.
        """
        crew: list[_Worker] = []
        again: list[Job] = []
        try:
            while True:
                self._assign(crew, again, jobs)
                busy = [worker for worker in crew if worker.job is not None]
                if not busy:
                    return
                for connection in wait([worker.connection for worker in busy], self._patience(busy)):
                    worker = next(one for one in busy if one.connection is connection)
                    yield from self._heard(worker, crew, again)
                for worker in [one for one in crew if self._late(one)]:
                    self._give_up(worker, "Timeout", f"took longer than {self.timeout:g} seconds", again)
                    _end(worker, crew)
        finally:
            for worker in list(crew):
                _end(worker, crew)

    def _assign(self, crew: list[_Worker], again: list[Job], jobs: Iterator[Job | None]) -> None:
        """Jobs to all who have none, as long as there are jobs and places."""
        while True:
            idle = next((worker for worker in crew if worker.job is None), None)
            if idle is None and len(crew) >= self.workers:
                return
            job = again.pop(0) if again else next(jobs, None)
            if job is None:
                return
            worker = idle or self._hired(crew)
            worker.job, worker.treated, worker.index, worker.since = job, [], _BEFORE, time.monotonic()
            try:
                worker.connection.send(job)
            except OSError:  # it died while it had nothing to do
                again.insert(0, job)
                _end(worker, crew)

    def _hired(self, crew: list[_Worker]) -> _Worker:
        here, there = multiprocessing.Pipe()
        process = multiprocessing.Process(target=work, args=(there, self.task, self.parts), daemon=True)
        with signals_held():
            process.start()
        there.close()
        crew.append(worker := _Worker(process, here))
        return worker

    def _heard(self, worker: _Worker, crew: list[_Worker], again: list[Job]) -> Iterator[At | Treated | Done | Handled]:
        """What a worker says, or that it has died."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._died(worker, again)
            _end(worker, crew)
            return
        if isinstance(message, Stuck):
            raise OutputError(message.message)
        if isinstance(message, At):
            worker.index, worker.since = message.index, time.monotonic()
            self.unbegun = 0
        elif isinstance(message, Treated):
            worker.treated.append(message)
        else:
            if isinstance(message, Handled):
                message = replace(message, treated=worker.rest().treated)
            worker.job = None
        yield message

    def _died(self, worker: _Worker, again: list[Job]) -> None:
        job = worker.rest()
        if worker.index == _BEFORE:
            self.unbegun += 1
            if self.unbegun > _UNBEGUN:
                raise PkhExtractError("The worker processes die before they begin; is there enough memory?")
            again.append(job)
            return
        place = job.shard.number, worker.index
        self.strikes[place] = self.strikes.get(place, 0) + 1
        if self.strikes[place] < STRIKES or len(job.treated) > worker.index:  # it died behind the article
            again.append(job)
        else:
            self._give_up(worker, "WorkerDied", f"the process died at this article {STRIKES} times", again)

    def _give_up(self, worker: _Worker, error: str, message: str, again: list[Job]) -> None:
        """The article that a worker is at fails; the rest of its shard is treated again."""
        job = worker.rest()
        failure = Failure(job.shard.sources[worker.index].id, "running", error, message)
        again.append(replace(job, lost={**job.lost, worker.index: failure}))

    def _patience(self, busy: list[_Worker]) -> float | None:
        """Seconds until some article has taken too long; ``None``: no worker is at one, and one that begins says so."""
        begun = [worker.since for worker in busy if worker.busy]
        if self.timeout is None or not begun:
            return None
        return max(0.0, min(begun) + self.timeout - time.monotonic())

    def _late(self, worker: _Worker) -> bool:
        if self.timeout is None or worker.job is None or not worker.busy:
            return False
        return time.monotonic() - worker.since >= self.timeout


def _end(worker: _Worker, crew: list[_Worker]) -> None:
    """Stop a worker now, whatever it is at."""
    crew.remove(worker)
    worker.job = None
    worker.connection.close()
    with contextlib.suppress(OSError, ValueError):
        worker.process.terminate()
    worker.process.join(2)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join(2)
