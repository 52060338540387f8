"""Batches of rows, as data frames and data sets hand them over: dict of columns in, dict of columns out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pkh_extract.arguments import columns_of
from pkh_extract.errors import InputError
from pkh_extract.reading.rows import source_of_row
from pkh_extract.reading.source import DEFAULT_MAX_BYTES, Fields
from pkh_extract.running.outcome import Outcome, Task, treat

if TYPE_CHECKING:
    from pkh_extract.extractor import Extractor

_defaults: dict[tuple[str | None, tuple[str, ...]], Extractor] = {}


def extract_batch(
    batch: Mapping[str, Sequence[Any]], *, patterns: str | None = None, fields: Fields | None = None
) -> dict[str, list[Any]]:
    """The records of a batch of articles, for ``datasets.map(batched=True)``, Ray Data or Spark's pandas functions.

    ``batch`` maps names of columns (those of :class:`~pkh_extract.reading.Fields`: ``text`` or ``html``, and if there
    ``id``, ``url``, ``title``, ``published``) to values, one an article. Gives columns of the same length: ``record``
    (JSON, ``None`` where the article failed), ``relevant``, ``event_type``, ``event_date`` (ISO 8601) and
    ``regency_code`` of the main event, and ``error`` (a sentence, or ``None``). No article raises. Rules (with those of
    the folder ``patterns``) are loaded once a process.

    Raises :class:`~pkh_extract.errors.InputError` where the columns differ in length, :class:`TypeError` where they
    are no columns.
    """
    batch = columns_of(batch)
    lengths = {name: len(column) for name, column in batch.items()}
    if len(set(lengths.values())) > 1:
        raise InputError(f"The columns of a batch must be of one length, not {lengths}.")
    task = Task(_extractor(patterns), DEFAULT_MAX_BYTES, as_line=False)
    outcomes = [
        treat(task, source_of_row(row, f"row:{number}", fields or Fields(), DEFAULT_MAX_BYTES))
        for number, row in enumerate(_rows(batch), start=1)
    ]
    columns = [_columns(outcome) for outcome in outcomes]
    names = ("record", "relevant", "event_type", "event_date", "regency_code", "error")
    return {name: [row[name] for row in columns] for name in names}


def _extractor(patterns: str | None) -> Extractor:
    from pkh_extract.extractor import Extractor

    key = patterns, ("metadata",)
    if key not in _defaults:
        _defaults[key] = Extractor(patterns)
    return _defaults[key]


def _rows(batch: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    names = list(batch)
    return [
        {name: _plain(value) for name, value in zip(names, values, strict=True)}
        for values in zip(*batch.values(), strict=True)
    ]


def _plain(value: Any) -> Any:
    """Nothing where a frame has NaN; plain text where an array has text of its own kind."""
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, str):
        return str(value)
    return value


def _columns(outcome: Outcome) -> dict[str, Any]:
    record, failure = outcome.record, outcome.failure
    main = record.events[0] if record is not None and record.events else None
    location = main.location if main is not None else None
    return {
        "record": None if record is None else record.model_dump_json(),
        "relevant": None if record is None else record.relevant,
        "event_type": None if main is None else main.type,
        "event_date": main.date.start if main is not None and main.date is not None else None,
        "regency_code": location.regency.code if location is not None and location.regency is not None else None,
        "error": None if failure is None else f"{failure.error} while {failure.stage}: {failure.message}",
    }
