"""What a worker process does: it treats one shard after the other and says at which article it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from pkh_extract.errors import OutputError
from pkh_extract.reading.source import Source
from pkh_extract.running.outcome import Failure, Outcome, Task, treat
from pkh_extract.running.processes import become_worker
from pkh_extract.running.shards import Shard, combined, fingerprint, loaded
from pkh_extract.writing.parts import Marker, Parts


@dataclass(frozen=True)
class Treated:
    """What became of one article, with the fingerprint of it as it was read."""

    outcome: Outcome
    print: str


@dataclass(frozen=True)
class Job:
    """A shard to be treated. ``treated`` are its first articles, if an earlier worker got so far; ``lost`` those (by
    their place) that are not tried again, with why; ``kept`` is the marker of an earlier run, to be kept if the
    articles are still the same."""

    shard: Shard
    treated: tuple[Treated, ...] = ()
    lost: dict[int, Failure] = field(default_factory=dict)
    kept: Marker | None = None


@dataclass(frozen=True)
class At:
    """The worker begins with an article of its shard."""

    index: int


@dataclass(frozen=True)
class Done:
    """The shard is on the disk; ``kept``: it was already."""

    marker: Marker
    kept: bool = False


@dataclass(frozen=True)
class Stuck:
    """The shard cannot be written; a sentence says why."""

    message: str


def work(connection: Connection, task: Task, parts: Parts) -> None:
    """Treat jobs until there are no more. Interrupts are the parent's business, and a worker does not outlive it."""
    become_worker()
    with contextlib.suppress(EOFError, OSError):  # the parent has gone
        while (job := connection.recv()) is not None:
            connection.send(treat_job(job, task, parts, connection.send))


def treat_job(job: Job, task: Task, parts: Parts, say: Callable[[At | Treated], None]) -> Done | Stuck:
    """One shard to its part; ``say`` is told of each article before and after it is treated."""
    if job.kept is not None and job.kept.inputs == combined(_print_of(source, task) for source in job.shard.sources):
        return Done(job.kept, kept=True)
    treated = list(job.treated)
    for index in range(len(treated), len(job.shard.sources)):
        say(At(index))
        source = loaded(job.shard.sources[index], task.max_bytes)
        failure = job.lost.get(index)
        outcome = Outcome(source.id, failure=failure) if failure else treat(task, source)
        treated.append(Treated(outcome, fingerprint(source)))
        say(treated[-1])
    outcomes = [one.outcome for one in treated]
    lines = [outcome.line for outcome in outcomes if outcome.line is not None]
    failures = [vars(outcome.failure) for outcome in outcomes if outcome.failure is not None]
    relevant = sum(outcome.relevant for outcome in outcomes)
    inputs = combined(one.print for one in treated)
    try:
        return Done(parts.write(job.shard.number, lines, failures, relevant=relevant, inputs=inputs))
    except OutputError as error:
        return Stuck(str(error))


def _print_of(source: Source, task: Task) -> str:
    return fingerprint(loaded(source, task.max_bytes))
