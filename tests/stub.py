"""A stand-in for the extractor whose articles say what goes wrong with the process that treats them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pkh_extract import record
from pkh_extract.reading import Content, Source


@dataclass
class Stub:
    """Gives a bare record; the data says what happens first: ``die``, ``orphan`` (the parent dies too), ``hang``,
    ``slow``, ``raise``, ``recurse``. ``die once NAME`` happens once only and leaves a file of that name behind."""

    patterns: str | None = None
    nlp: None = None

    def warm(self) -> None:
        """There is nothing to load."""

    def extract(self, data: str, *, source: str = "", **_: object) -> record.Record:
        if data == "raise":
            raise ValueError("a bad\narticle \ud800")
        if data == "recurse":
            return self.extract(data, source=source)
        word, _, path = data.partition(" once ")
        if not path or not Path(path).exists():
            if path:
                Path(path).touch()
            if word == "orphan":
                os.kill(os.getppid(), signal.SIGKILL)
            if word in ("die", "orphan"):
                os.kill(os.getpid(), signal.SIGKILL)
            if word in ("hang", "slow"):
                time.sleep(60 if word == "hang" else 0.2)
        article = record.Article(id=source, source=source, format="text", text=data)
        empty: dict[str, list[object]] = {
            name: [] for name in ("programs", "events", "kpm", "workforce", "amounts", "warnings")
        }
        info = record.ExtractorInfo(version="0", patterns="0")
        return record.Record(article=article, relevant=data == "relevant", extractor=info, **empty)


def sources(*data: str) -> list[Source]:
    """Articles with these texts, called ``0.txt``, ``1.txt`` …"""
    return [Source(f"{number}.txt", content=Content(text)) for number, text in enumerate(data)]
