"""What a run shows of itself on stderr: a bar while it goes on, one line at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

_NAME_APART = "to join tables by it, give the folder above them as INPUT, or rows an id of their own"


@dataclass
class Tally:
    """What a run has seen so far."""

    articles: int = 0
    records: int = 0
    relevant: int = 0
    errors: int = 0
    kept: int = 0  # articles whose records an earlier run had made
    outdated: int = 0  # articles that one had made by other rules, another version or of other content
    shared: int = 0  # articles whose source another article of the run has too
    note: str = ""

    def summary(self, seconds: float) -> str:
        """The run in one line."""
        rate = (self.articles - self.kept) / seconds if seconds > 0 else 0.0
        line = (
            f"{self.articles} articles, {self.records} records, {self.relevant} relevant, {self.errors} errors; "
            f"{seconds:.1f} s, {rate:.1f} articles per second"
        )
        if self.kept:
            line += f"; {self.kept} kept from an earlier run"
        if self.outdated:
            line += f"; {self.outdated} done again, for an earlier run had other rules, version, options or content"
        if self.shared:
            line += f"; {self.shared} articles share a source with another: {_NAME_APART}"
        return line + self.note


class Progress:
    """A bar with rate on a terminal, silence elsewhere; with the remaining time where the number of articles is known
    beforehand (``total``)."""

    def __init__(self, quiet: bool, stream: TextIO, total: int | None = None) -> None:
        self._stream = stream
        self._bar = None
        if not quiet and stream.isatty():
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread beside the workers' forking
            self._bar = tqdm(total=total, unit=" articles", file=stream, dynamic_ncols=True, leave=False)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, tally: Tally, by: int = 1) -> None:
        """So many more articles are done."""
        if self._bar is not None:
            self._bar.update(by)
            if tally.errors:
                self._bar.set_postfix_str(f"{tally.errors} errors", refresh=False)

    def say(self, line: str) -> None:
        """A line on stderr that does not tear the bar."""
        if self._bar is not None:
            self._bar.clear()
        print(line, file=self._stream)
