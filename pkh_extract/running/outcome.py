"""What becomes of one article: a record, or a failure that says where and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from pkh_extract.errors import InputError
from pkh_extract.reading.source import Source, load_content
from pkh_extract.writing.textless import without_text

if TYPE_CHECKING:
    from pkh_extract.extractor import Extractor
    from pkh_extract.record import Record

MESSAGE_LENGTH = 500  # characters of an error's own words that are kept


@dataclass(frozen=True)
class Failure:
    """Why an article has no record. ``stage`` is ``reading``, ``cleaning``, ``annotating``, ``assembling``,
    ``writing`` or ``running`` (the process died); ``error`` is the exception's name."""

    source: str
    stage: str
    error: str
    message: str

    def line(self) -> str:
        """The failure as a line of JSON."""
        return json.dumps(vars(self), ensure_ascii=False)


@dataclass(frozen=True)
class Outcome:
    """Exactly one of ``line`` (the record as JSON), ``record`` and ``failure`` is set."""

    source: str
    line: str | None = None
    record: Record | None = None
    failure: Failure | None = None
    relevant: bool = False


@dataclass(frozen=True)
class Task:
    """How a worker treats each source; ``as_line`` asks for JSON and not for the record itself, ``keep_text`` for the
    articles' texts in it."""

    extractor: Extractor
    max_bytes: int
    as_line: bool = True
    keep_text: bool = True


def treat(task: Task, source: Source) -> Outcome:
    """Read one source and extract its record. Never raises: what goes wrong is in the outcome."""
    stage = "reading"
    try:
        content = load_content(source, task.max_bytes)
        stage = "running"
        record = task.extractor.extract(
            content.data,
            source=source.id,
            format=content.format,
            url=content.url,
            title=content.title,
            published=content.published,
        )
        if not task.keep_text:
            record = without_text(record)
        if not task.as_line:
            return Outcome(source.id, record=record, relevant=record.relevant)
        stage = "writing"
        return Outcome(source.id, line=record.model_dump_json(), relevant=record.relevant)
    except Exception as error:
        if stage == "running":
            stage = _room(error.__traceback__)
        name = "InputError" if isinstance(error, InputError) else type(error).__name__
        return failed(source, stage, name, _words(error))


def failed(source: Source, stage: str, error: str, message: str) -> Outcome:
    """The outcome of an article that has no record."""
    return Outcome(source.id, failure=Failure(source.id, stage, error, message))


def _words(error: Exception) -> str:
    """The error's message on one line, valid Unicode, of bearable length."""
    try:
        text = str(error)
    except Exception:
        text = ""
    return _without_surrogates(" ".join(text.split()))[:MESSAGE_LENGTH]


def _without_surrogates(text: str) -> str:
    """Text without lone surrogates."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _room(trace: TracebackType | None) -> str:
    """The stage an exception comes from: the deepest of the package's rooms in its traceback."""
    found = "running"
    while trace is not None:
        parts = str(trace.tb_frame.f_globals.get("__name__", "")).split(".")
        if parts[0] == "pkh_extract" and len(parts) > 1 and parts[1] in {"cleaning", "annotating", "assembling"}:
            found = parts[1]
        trace = trace.tb_next
    return found
