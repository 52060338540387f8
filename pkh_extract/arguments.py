"""What Python callers hand over, looked at where it comes in: what is of a wrong kind is told there in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

Format = Literal["html", "text"]
PublishedFrom = Literal["metadata", "filename", "url"]


def article_data(data: object) -> bytes | str:
    """The bytes or the text of an article. Raises :class:`TypeError`."""
    if isinstance(data, (bytes, str)):
        return data
    if isinstance(data, (bytearray, memoryview)):
        return bytes(data)
    raise TypeError(
        f"An article is bytes or text, not {_kind(data)}; of a file give the content, Path(name).read_bytes()."
    )


def check_text(**values: object) -> None:
    """Raises :class:`TypeError` where a value is neither text nor ``None``."""
    for name, value in values.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} is text, not {_kind(value)}; turn it into text with str().")


def check_source(source: object) -> None:
    """Raises :class:`TypeError` where a source is no text."""
    if not isinstance(source, str):
        raise TypeError(f"The source of an article is text, not {_kind(source)}; turn it into text with str().")


def check_format(format: object) -> None:
    """Raises :class:`ValueError` where a format is none of the known ones, nor ``None``."""
    if format is not None and format not in get_args(Format):
        raise ValueError(f"The format of an article is 'html' or 'text', not {format!r}; leave it out to have it told.")


def article_pair(pair: object) -> tuple[str, bytes | str]:
    """A source and its data. Raises :class:`TypeError`."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(f"Articles come as pairs (source, data), not as {_kind(pair)}.")
    check_source(pair[0])
    return pair[0], article_data(pair[1])


def worker_count(workers: object) -> int:
    """A number of processes. Raises :class:`TypeError` and :class:`ValueError`."""
    if not isinstance(workers, int) or isinstance(workers, bool):
        raise TypeError(f"workers is a whole number of processes, not {_kind(workers)}.")
    if workers < 1:
        raise ValueError(f"workers is 1 or more, not {workers}.")
    return workers


def witnesses(published_from: object) -> tuple[PublishedFrom, ...]:
    """Where the day of publication is sought. Raises :class:`TypeError` and :class:`ValueError`."""
    known = get_args(PublishedFrom)
    if isinstance(published_from, str) or not isinstance(published_from, Iterable):
        raise TypeError(
            f"published_from is a list of {', '.join(known)}, in the order in which they are asked, not "
            f"{_kind(published_from)}; write ('filename',) for one alone."
        )
    asked = tuple(published_from)
    for name in asked:
        if name not in known:
            raise ValueError(f"published_from knows {', '.join(known)}, but not {name!r}.")
    return asked


def columns_of(batch: Any) -> Mapping[str, Sequence[Any]]:
    """The columns of a batch by name. Raises :class:`TypeError`."""
    if not hasattr(batch, "items"):
        raise TypeError(f"A batch is a dict of columns, {{'text': [...]}}, not {_kind(batch)}.")
    columns: Mapping[str, Sequence[Any]] = batch
    for name, column in columns.items():
        if isinstance(column, (str, bytes)) or not hasattr(column, "__len__") or not hasattr(column, "__iter__"):
            raise TypeError(
                f"The column {name!r} of a batch is a list with a value for each article, not {_kind(column)}; "
                "put a single article into a list."
            )
    return columns


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__
