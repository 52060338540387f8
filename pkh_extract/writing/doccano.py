"""Records to doccano and annotations back from it.

doccano counts offsets as JavaScript does, in UTF-16 units, unless a project counts grapheme clusters (leave that option
off); each line says so under ``pkh``, which doccano keeps and exports as the line's metadata. What was read out of a
span is kept there too, since a span of doccano has but a label: values stay with a span that nobody moves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.writing.earlier import begins, has_keys
from pkh_extract.writing.fileset import files_in
from pkh_extract.writing.gold import Gold, gold, inside, read_article, read_mark
from pkh_extract.writing.marks import LABELS, Mark, Marked, to_annotate
from pkh_extract.writing.storable import storable_all
from pkh_extract.writing.utf16 import from_utf16, to_utf16

if TYPE_CHECKING:
    from pkh_extract.record import Record

LINES, CONFIG = "records.jsonl", "labels.json"
UTF16 = "utf-16"


def export_doccano(records: Iterable[Record], folder: str) -> dict[str, int]:
    """Write ``records.jsonl`` (import it as JSONL into a project of sequence labelling that allows overlapping spans)
    and ``labels.json`` (its label types) into ``folder``.

    Articles without text are left out. Returns how many articles and spans were written and how many articles were
    left out. Both files get their names only when they are whole. Raises :class:`~pkh_extract.errors.OutputError` where
    the folder cannot be written.
    """
    counts: dict[str, int] = {}
    with files_in(folder) as files:
        files.add(CONFIG, begins(b'[\n {\n  "text": "event",\n  "prefix_key"')).write(
            json.dumps(label_types(), indent=1).encode() + b"\n"
        )
        stream = files.add(LINES, has_keys("text", "label", "pkh"))
        for _, article in to_annotate(records, counts):
            stream.write(json.dumps(storable_all(_line(article)), ensure_ascii=False).encode() + b"\n")
    return counts


def label_types() -> list[dict[str, Any]]:
    """The label types as doccano imports them, with keys 1 to 7."""
    return [
        {"text": name, "prefix_key": None, "suffix_key": str(key), "background_color": colour, "text_color": "#ffffff"}
        for key, (name, colour) in enumerate(LABELS.items(), start=1)
    ]


def _line(article: Marked) -> dict[str, Any]:
    spans = [[*_span(article.text, mark), mark.label] for mark in article.marks]
    kept = [{"span": span, **mark.details()} for span, mark in zip(spans, article.marks, strict=True)]
    about = {"id": article.article_id, "source": article.source, "title_length": article.title_length}
    return {"text": article.text, "label": spans, "pkh": {**about, "offsets": UTF16, "marks": kept}}


def _span(text: str, mark: Mark) -> tuple[int, int]:
    return to_utf16(text, mark.start), to_utf16(text, mark.end)


def read_doccano(path: str | Path, *, bare: bool = False) -> Iterator[Gold]:
    """The partial records (see :func:`~pkh_extract.writing.gold.gold`, which ``bare`` is handed to) of an export of
    doccano, a JSONL file, in its order.

    Offsets are UTF-16 units where the line says so under ``pkh``, as those of :func:`export_doccano` do, else code
    points. Labels of another kind are passed over. Raises :class:`~pkh_extract.errors.InputError` naming the file, the
    line and what is wrong with it.
    """
    try:
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield gold(_annotated(f"{shown(str(path))}, line {number}", line), bare=bare)
    except OSError as error:
        raise InputError(f"{shown(str(path))} cannot be read: {reason(error)}.") from error


def _annotated(place: str, line: bytes) -> Marked:
    try:
        return _marked(json.loads(line))
    except (TypeError, KeyError, AttributeError, ValueError, RecursionError) as error:
        raise InputError(f"{place}: it is no text with labels.") from error


def _marked(row: dict[str, Any]) -> Marked:
    text, about = row["text"], row.get("pkh") or {}
    article = read_article(text, about.get("id"), about.get("source"), about.get("title_length"))
    kept: dict[tuple[Any, ...], list[Any]] = {}
    for details in about.get("marks") or ():
        kept.setdefault(tuple(details["span"]), []).append(details)
    marks: list[Mark] = []
    for start, end, label in _spans(row):
        details = kept.get((start, end, label))
        if about.get("offsets") == UTF16:
            start, end = from_utf16(text, start), from_utf16(text, end)
        mark = read_mark(label, start, end, details.pop(0) if details else None)
        if mark and label in LABELS and inside(article, start, end):
            marks.append(mark)
    return replace(article, marks=tuple(marks))


def _spans(row: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """The spans of a line, however the project and the release of doccano write them."""
    if "entities" in row:  # of a project with relations
        for span in row["entities"]:
            yield span["start_offset"], span["end_offset"], span["label"]
    else:
        yield from row["label"] if "label" in row else row["labels"]
