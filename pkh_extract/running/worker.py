"""What a worker process does: it treats one shard after the other and says at which article it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from pkh_extract.errors import OutputError
from pkh_extract.reading.source import Source
from pkh_extract.running.outcome import Failure, Outcome, Task, treat
from pkh_extract.running.processes import become_worker
from pkh_extract.running.shards import Shard, combined, fingerprint, loaded
from pkh_extract.writing.parts import Marker, Parts

STRIKES = 5  # times that processes may die at one article before it is given up; chance does not hit one so often


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
class Handled:
    """All articles of the shard of that ``number`` were treated, and nothing was to be written."""

    number: int
    treated: tuple[Treated, ...] = ()


@dataclass(frozen=True)
class Stuck:
    """The shard cannot be written; a sentence says why."""

    message: str


def work(connection: Connection, task: Task, parts: Parts | None) -> None:
    """Treat jobs until there are no more. Interrupts are the parent's business, and a worker does not outlive it."""
    become_worker()
    with contextlib.suppress(EOFError, OSError):  # the parent has gone
        while (job := connection.recv()) is not None:
            connection.send(treat_job(job, task, parts, connection.send))


def treat_job(job: Job, task: Task, parts: Parts | None, say: Callable[[At | Treated], None]) -> Done | Stuck | Handled:
    """One shard to its part, if there are ``parts``; ``say`` is told of each article before and after it is treated."""
    if (done := still_made(job, task.max_bytes)) is not None:
        return done
    treated = list(job.treated)
    for index in range(len(treated), len(job.shard.sources)):
        say(At(index))
        treated.append(treat_one(job.shard.sources[index], task, job.lost.get(index)))
        say(treated[-1])
    if parts is None:
        return Handled(job.shard.number)
    try:
        return finished(job, treated, parts)
    except OutputError as error:
        return Stuck(str(error))


def treat_one(source: Source, task: Task, lost: Failure | None = None) -> Treated:
    """One article; ``lost`` is why it is not tried, if it is not."""
    source = loaded(source, task.max_bytes)
    return Treated(Outcome(source.id, failure=lost) if lost else treat(task, source), fingerprint(source))


def finished(job: Job, treated: Sequence[Treated], parts: Parts) -> Done:
    """The part of a shard from what became of its articles, all of them in order. Raises :class:`OutputError`."""
    outcomes = [one.outcome for one in treated]
    lines = [outcome.line for outcome in outcomes if outcome.line is not None]
    failures = [vars(outcome.failure) for outcome in outcomes if outcome.failure is not None]
    relevant = sum(outcome.relevant for outcome in outcomes)
    inputs = combined(one.print for one in treated)
    return Done(parts.write(job.shard.number, lines, failures, relevant=relevant, inputs=inputs))


def still_made(job: Job, max_bytes: int) -> Done | None:
    """The part of an earlier run, if the job has one and the articles are still those that it was made of."""
    if job.kept is None:
        return None
    prints = (fingerprint(loaded(source, max_bytes)) for source in job.shard.sources)
    return Done(job.kept, kept=True) if job.kept.inputs == combined(prints) else None
