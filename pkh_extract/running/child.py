"""A process that treats articles for a thread: whatever an article does to it, the thread lives on.

For engines whose own processes must not die or wait with an article, such as the workers of a Dask cluster. Those may
be daemons, which :mod:`multiprocessing` lets have no children, so the process is started as a program of its own, with
a socket that it has from its parent.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import platform
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pkh_extract.errors import PkhExtractError
from pkh_extract.reading.source import Source
from pkh_extract.running.outcome import Failure, Task
from pkh_extract.running.processes import become_worker
from pkh_extract.running.worker import STRIKES, Stuck, Treated, treat_one

IDLE = 60.0  # seconds without an article after which the process ends; it is started again when there is one
STARTS = 20  # times in a row that a process may die before it has begun
_PROGRAM = "import sys; from pkh_extract.running.child import main; main(int(sys.argv[1]), int(sys.argv[2]))"
_open: set[Child] = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Ready:
    """The process has loaded everything: the package's version, and the digest of its rules."""

    version: str
    patterns: str


class Child:
    """Treats one article at a time in a process of its own, which is replaced when it dies or takes longer than
    ``timeout`` seconds. ``ready`` is what the process must be, so that its records are those of all others."""

    def __init__(self, task: Task, ready: Ready, timeout: float | None = None) -> None:
        self.task, self.ready, self.timeout = task, ready, timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._closed = False
        with _lock:
            _open.add(self)

    def treat(self, source: Source) -> Treated:
        """What becomes of an article. One at which the process dies :data:`STRIKES` times, or that takes too long, is
        a failure. Raises :class:`ChildProcessError` where no process can be had, :class:`PkhExtractError` where it is
        not the same as this run's or the run has ended."""
        for _ in range(STRIKES):
            connection = self._started()
            try:
                connection.send(source)
                if not connection.poll(self.timeout):
                    self._end()
                    return self._lost(source, "Timeout", f"took longer than {self.timeout:g} seconds")
                treated: Treated = connection.recv()
                return treated
            except (EOFError, OSError):
                self._end()
        return self._lost(source, "WorkerDied", f"the process died at this article {STRIKES} times")

    def close(self) -> None:
        """End the process, also while a thread waits for it in :meth:`treat`."""
        self._closed = True
        with _lock:
            _open.discard(self)
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _lost(self, source: Source, error: str, message: str) -> Treated:
        return treat_one(source, self.task, Failure(source.id, "running", error, message))

    def _started(self) -> Connection:
        """The connection to a process that is ready."""
        for _ in range(STARTS):
            if self._closed:
                raise PkhExtractError("The run has ended.")
            if self._connection is not None and self._process is not None and self._process.poll() is None:
                return self._connection
            self._start()
        raise ChildProcessError("they die before they begin; is there enough memory?")

    def _start(self) -> None:
        here, there = multiprocessing.Pipe()
        descriptor = there.fileno()
        command = [sys.executable, "-c", _PROGRAM, str(descriptor), str(os.getpid())]
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 - entries may be ""
        self._process = subprocess.Popen(
            command,
            pass_fds=(descriptor,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        there.close()
        self._connection = here
        try:
            here.send(self.task)
            found = here.recv()
        except (EOFError, OSError):
            self._end()
            return
        if found != self.ready:
            self._end()
        if isinstance(found, Stuck):
            raise PkhExtractError(found.message)
        if found != self.ready:
            raise PkhExtractError(
                f"A worker on {platform.node()} has version {found.version} with rules {found.patterns[:12]}, this "
                f"run has {self.ready.version} with {self.ready.patterns[:12]}; install the same on all machines."
            )

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None


def close_all() -> None:
    """End all processes of this one's threads."""
    with _lock:
        children = list(_open)
    for child in children:
        child.close()


def main(descriptor: int, parent: int) -> None:
    """The process: load what the task needs, then treat what comes, until nothing does."""
    become_worker(parent)
    connection = Connection(descriptor)
    with contextlib.suppress(EOFError, OSError):  # the parent has gone
        try:
            task: Task = connection.recv()
            connection.send(_ready(task))
        except (PkhExtractError, ImportError, AttributeError) as error:
            connection.send(Stuck(str(error)))
            return
        while connection.poll(IDLE):
            connection.send(treat_one(connection.recv(), task))


def _ready(task: Task) -> Ready:
    from pkh_extract import __version__
    from pkh_extract.rules import load_rules

    task.extractor.warm()
    return Ready(__version__, load_rules(task.extractor.patterns).digest)
