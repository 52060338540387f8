"""The engine for many machines: shards as futures of a Dask cluster, parts written by the run itself.

Articles travel to the workers and records back, so that the machines need the package and nothing else in common.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from pkh_extract.errors import PkhExtractError
from pkh_extract.reading.source import Source
from pkh_extract.running.child import Child, Ready, close_all
from pkh_extract.running.outcome import Failure, Task
from pkh_extract.running.shards import loaded
from pkh_extract.running.worker import Done, Job, Treated, finished, still_made, treat_one
from pkh_extract.writing.parts import Parts

Client = Any  # those of distributed, which is imported only where it is wanted, and has no types to speak of
Future = Any
TIMEOUTS = (TimeoutError, asyncio.TimeoutError)  # one and the same since Python 3.11
AHEAD = 2  # pieces under way for each thread of the cluster
TRIES = 3  # of a piece that fails for other reasons than its articles
DEATHS = 2  # reports by Dask that its workers died at one article (after three retries each) until it is given up
LONE = 30.0  # seconds without a worker after which the user is told
_ANSWER = 10.0  # seconds within which a scheduler answers
_GONE = "The Dask scheduler is gone; the same command with --resume goes on from here."


@dataclass(frozen=True)
class Note:
    """Something that the user should know while the run goes on."""

    message: str


@dataclass
class _Shard:
    """A job with what became of its articles so far, by their place."""

    job: Job
    treated: dict[int, Treated] = field(default_factory=dict)

    def done(self) -> bool:
        return len(self.treated) == len(self.job.shard.sources)


@dataclass
class _Piece:
    """Articles of a shard, ``start`` to ``end``, that go to a worker together."""

    shard: _Shard
    start: int
    end: int
    tries: int = 0
    deaths: int = 0  # reports by Dask that workers died at it while it was alone
    alone: bool = False

    def sources(self, max_bytes: int) -> list[Source]:
        return [loaded(source, max_bytes) for source in self.shard.job.shard.sources[self.start : self.end]]

    def halves(self) -> tuple[_Piece, _Piece]:
        middle = (self.start + self.end) // 2
        return _Piece(self.shard, self.start, middle, alone=True), _Piece(self.shard, middle, self.end, alone=True)


def check_cluster() -> None:
    """Raises :class:`PkhExtractError` where the engine cannot run."""
    if find_spec("distributed") is None:
        raise PkhExtractError("--engine dask needs distributed: pip install 'pkh-extract[dask]'")


class Cluster:
    """Treats jobs on the workers of a Dask ``scheduler`` (``tcp://host:port``), or on ``workers`` processes of this
    machine. As with the local engine, an article that takes longer than ``timeout`` seconds or at which processes die
    time and again is a failure of its own; a machine that is lost costs nothing but time."""

    def __init__(
        self, task: Task, parts: Parts, workers: int, timeout: float | None = None, scheduler: str | None = None
    ) -> None:
        self.task, self.parts, self.workers, self.timeout, self.scheduler = task, parts, workers, timeout, scheduler
        self._name = uuid.uuid4().hex
        self._ready = Ready(parts.made.version, parts.made.patterns)
        self._again: deque[_Piece] = deque()
        self._suspects: deque[_Piece] = deque()  # workers died while they had them; tried alone when all else is done
        self._lone_since: float | None = None

    def run(self, jobs: Iterator[Job]) -> Generator[Note | Done, None, None]:
        """All jobs; gives a sign for each shard done, in any order.

        Raises :class:`OutputError` where a part cannot be written, :class:`PkhExtractError` where the cluster cannot
        be used or is lost.
        """
        with self._client() as client:
            under_way: dict[Future, _Piece] = {}
            try:
                while True:
                    yield from self._submit(client, under_way, jobs)
                    if not under_way:
                        return
                    for future in _settled(client, under_way):
                        yield from self._heard(future, under_way.pop(future))
                    yield from self._lone(client)
            except (OSError, *TIMEOUTS) as error:
                raise PkhExtractError(_GONE) from error
            finally:
                with contextlib.suppress(Exception):
                    client.cancel(list(under_way), force=True)

    def _submit(self, client: Client, under_way: dict[Future, _Piece], jobs: Iterator[Job]) -> Iterator[Done]:
        """Pieces to the cluster as long as there are any and it has not enough to do."""
        limit = 2 + AHEAD * sum(client.nthreads().values())
        while len(under_way) < limit and (found := self._next(jobs, alone=not under_way)) is not None:
            if isinstance(found, Done):
                yield found
                continue
            sources = found.sources(self.task.max_bytes)
            future = client.submit(
                treat_all, sources, self.task, self._ready, self.timeout, self._name, pure=False, key=_key(found)
            )
            under_way[future] = found

    def _next(self, jobs: Iterator[Job], alone: bool) -> _Piece | Done | None:
        """What is to be submitted, or is done already; suspects only when nothing else is under way (``alone``)."""
        if self._again:
            return self._again.popleft()
        if (job := next(jobs, None)) is not None:
            return still_made(job, self.task.max_bytes) or _Piece(_Shard(job), 0, len(job.shard.sources))
        return self._suspects.popleft() if alone and self._suspects else None

    def _heard(self, future: Future, piece: _Piece) -> Iterator[Done]:
        """What became of a piece."""
        from distributed import KilledWorker

        if future.status == "finished":
            self._treated(piece, future.result())
        elif future.status == "error" and isinstance(error := future.exception(), KilledWorker):
            self._died(piece)
        elif future.status == "error":
            self._failed(piece, error)
        else:
            raise PkhExtractError("The Dask cluster lost the work; the same command with --resume goes on from here.")
        if piece.shard.done():
            treated = [piece.shard.treated[index] for index in range(len(piece.shard.treated))]
            yield finished(piece.shard.job, treated, self.parts)

    def _treated(self, piece: _Piece, treated: list[Treated]) -> None:
        piece.shard.treated.update(zip(range(piece.start, piece.end), treated, strict=True))

    def _died(self, piece: _Piece) -> None:
        """Workers died while they had it, time and again. Dask counts that against all that a worker had, so it is
        tried alone, in halves, until it is one article."""
        if piece.end - piece.start > 1:
            self._suspects.extend(piece.halves())
            return
        piece.deaths += piece.alone
        piece.alone = True
        if piece.deaths < DEATHS:
            self._suspects.append(piece)
            return
        (source,) = piece.sources(self.task.max_bytes)
        failure = Failure(source.id, "running", "WorkerDied", "Dask workers died at this article time and again")
        self._treated(piece, [treat_one(source, self.task, failure)])

    def _failed(self, piece: _Piece, error: BaseException) -> None:
        """It failed for a reason that is not its articles'; such may pass, on another machine."""
        piece.tries += 1
        if isinstance(error, PkhExtractError):
            raise error
        if piece.tries >= TRIES:
            words = " ".join(str(error).split())[:300]
            if isinstance(error, ImportError):
                words += "; is pkh-extract installed on them?"
            raise PkhExtractError(f"The Dask workers cannot do the work: {type(error).__name__}: {words}")
        self._again.append(piece)

    def _lone(self, client: Client) -> Iterator[Note]:
        """A note where the scheduler has had no worker for a while."""
        if client.nthreads():
            self._lone_since = None
            return
        now = time.monotonic()
        if self._lone_since is None:
            self._lone_since = now
        elif now - self._lone_since > LONE:
            self._lone_since = now
            yield Note(f"{client.scheduler.address} has no workers; waiting for one.")

    @contextlib.contextmanager
    def _client(self) -> Iterator[Client]:
        """A client of the scheduler, or of a cluster in this process whose threads have a child process each."""
        import dask.config
        import distributed

        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said here
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        with contextlib.ExitStack() as stack:
            if self.scheduler is None:
                cluster: Any = distributed.LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=1,
                    threads_per_worker=self.workers,
                    processes=False,
                    dashboard_address=None,
                    memory_limit=0,
                    silence_logs=logging.CRITICAL,
                )
                stack.callback(cluster.close)
                stack.callback(close_all)
                client = distributed.Client(cluster)  # type: ignore[no-untyped-call]
            else:
                try:
                    client = distributed.Client(self.scheduler, timeout=_ANSWER)  # type: ignore[no-untyped-call]
                except (OSError, ValueError, *TIMEOUTS) as error:
                    raise PkhExtractError(
                        f"No Dask scheduler answers at {self.scheduler}; start one with `dask scheduler`, or leave out "
                        "--scheduler to use this machine alone."
                    ) from error
            stack.callback(_left, client)
            yield client


def _left(client: Client) -> None:
    """Leave the cluster, whatever has become of it."""
    with contextlib.suppress(Exception):
        client.close(timeout=5)


def _key(piece: _Piece) -> str:
    return f"pkh_extract-{piece.shard.job.shard.number}-{piece.start}-{uuid.uuid4().hex}"


def _settled(client: Client, under_way: dict[Future, _Piece]) -> list[Future]:
    """The pieces that came to an end, waiting a second for the first. Raises :class:`PkhExtractError` where the
    scheduler is gone."""
    from distributed import CancelledError, wait

    with contextlib.suppress(*TIMEOUTS, CancelledError):
        wait(list(under_way), timeout=1, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
    if client.status not in ("running", "connecting"):
        raise PkhExtractError(_GONE)
    return [future for future in under_way if future.status != "pending"]


_mine = threading.local()


def treat_all(sources: list[Source], task: Task, ready: Ready, timeout: float | None, run: str) -> list[Treated]:
    """What a thread of a Dask worker does: treat articles in a process of its own, which is kept for the whole ``run``
    (any name)."""
    if getattr(_mine, "run", None) != run:
        if (old := getattr(_mine, "child", None)) is not None:
            old.close()
        _mine.run, _mine.child = run, Child(task, ready, timeout)
    child: Child = _mine.child
    return [child.treat(source) for source in sources]
