"""Records to Label Studio and annotations back from it.

A task is an article; what the record says is a prediction that the annotator accepts and corrects. Offsets of Label
Studio's text regions are code points since its release 1.6 (``charsToCodePoints`` in its editor); older ones count
UTF-16 units, as JavaScript does, and differ after an emoji. Reading compares each region with the words that it
quotes, and takes the count with which they agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkh_extract import __version__
from pkh_extract.errors import InputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.writing.earlier import begins
from pkh_extract.writing.fileset import files_in
from pkh_extract.writing.gold import Gold, gold, inside, read_article, read_mark
from pkh_extract.writing.marks import LABELS, Mark, Marked, to_annotate
from pkh_extract.writing.storable import storable_all
from pkh_extract.writing.utf16 import from_utf16

if TYPE_CHECKING:
    from pkh_extract.record import Record

TASKS, CONFIG = "tasks.json", "config.xml"


def export_label_studio(records: Iterable[Record], folder: str) -> dict[str, int]:
    """Write ``tasks.json`` (import it into a project) and ``config.xml`` (its labelling interface) into ``folder``.

    A region has the record's key as its label and in ``meta.values`` what was read out of it; ``meta.text`` shows the
    annotator the same. Articles without text are left out. Returns how many articles and spans were written and how
    many articles were left out. Both files get their names only when they are whole. Raises
    :class:`~pkh_extract.errors.OutputError` where the folder cannot be written.
    """
    counts: dict[str, int] = {}
    with files_in(folder) as files:
        files.add(CONFIG, begins(b'<View>\n  <Labels name="label" toName="text">')).write(config().encode())
        stream = files.add(TASKS, begins(b'[\n{"data": {"text": "', b"[]\n"))
        opening = b"[\n"
        for record, article in to_annotate(records, counts):
            stream.write(opening + json.dumps(storable_all(_task(record, article)), ensure_ascii=False).encode())
            opening = b",\n"
        stream.write(b"\n]\n" if counts["articles"] else b"[]\n")
    return counts


def config() -> str:
    """The labelling interface, XML: a label for each of :data:`~pkh_extract.writing.marks.LABELS` over the text."""
    labels = "".join(f'    <Label value="{name}" background="{colour}"/>\n' for name, colour in LABELS.items())
    text = '  <Text name="text" value="$text" valueType="text" saveTextResult="yes" granularity="symbol"/>\n'
    return f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n{text}</View>\n'


def _task(record: Record, article: Marked) -> dict[str, Any]:
    about = {key: getattr(record.article, key) or "" for key in ("outlet", "published", "url")}
    regions = [_region(article, number, mark) for number, mark in enumerate(article.marks)]
    return {
        "data": {
            "text": article.text,
            "title_length": article.title_length,
            "article_id": article.article_id,
            "source": article.source,
            **about,
        },
        "predictions": [{"model_version": f"pkh_extract {__version__}", "result": regions}],
    }


def _region(article: Marked, number: int, mark: Mark) -> dict[str, Any]:
    words = article.text[mark.start : mark.end]
    return {
        "id": f"{mark.label}-{number}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": mark.start, "end": mark.end, "text": words, "labels": [mark.label]},
        "meta": {"text": [_note(mark)], **mark.details()},
    }


def _note(mark: Mark) -> str:
    """What a person reads of the values: ``count 94 · qualifier exact …``."""
    values = (mark.values or {}).items()
    return " · ".join(
        f"{key} {value['name'] if isinstance(value, dict) and 'name' in value else value}"
        for key, value in values
        if value is not None
    )


def read_label_studio(path: str | Path, *, bare: bool = False) -> Iterator[Gold]:
    """The partial records (see :func:`~pkh_extract.writing.gold.gold`, which ``bare`` is handed to) of an export of
    Label Studio in its format "JSON", in its order.

    Tasks nobody has annotated are passed over. Of several annotations of a task the one marked as ground truth counts,
    else the last; skipped ones never do. Regions with labels of another kind are passed over. Raises
    :class:`~pkh_extract.errors.InputError` naming the file and what is wrong with it.
    """
    try:
        tasks = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{shown(str(path))} cannot be read: {reason(error)}.") from error
    if not isinstance(tasks, list):
        raise InputError(f"{shown(str(path))} is no export of Label Studio: it holds no list of tasks.")
    for number, task in enumerate(tasks, start=1):
        article = _annotated(f"{shown(str(path))}, task {number}", task)
        if article is not None:
            yield gold(article, bare=bare)


def _annotated(place: str, task: dict[str, Any]) -> Marked | None:
    try:
        results = _chosen(task["annotations"]) if "annotations" in task else None
        return None if results is None else _marked(task["data"], results)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise InputError(f"{place}: it is no task with text and annotations.") from error


def _chosen(annotations: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    done = [annotation for annotation in annotations if not annotation.get("was_cancelled")]
    best = [annotation for annotation in done if annotation.get("ground_truth")] or done
    return best[-1]["result"] if best else None


def _marked(data: dict[str, Any], results: list[dict[str, Any]]) -> Marked:
    article = read_article(data["text"], data.get("article_id"), data.get("source"), data.get("title_length"))
    marks: list[Mark] = []
    for result in results:
        if result.get("type") == "labels":
            marks += _marks(article, result["value"], result.get("meta"))
    return replace(article, marks=tuple(marks))


def _marks(article: Marked, value: dict[str, Any], meta: Any) -> Iterator[Mark]:
    start, end = _counted(article.text, value["start"], value["end"], value.get("text"))
    for label in value.get("labels") or ():
        mark = read_mark(label, start, end, meta)
        if mark and label in LABELS and inside(article, start, end):
            yield mark


def _counted(text: str, start: int, end: int, quoted: Any) -> tuple[int, int]:
    """The span in code points; in UTF-16 units, as old releases count, where only then it is what it quotes."""
    if isinstance(quoted, str) and _squeezed(text[start:end]) != _squeezed(quoted):
        other = from_utf16(text, start), from_utf16(text, end)
        if _squeezed(text[other[0] : other[1]]) == _squeezed(quoted):
            return other
    return start, end


def _squeezed(text: str) -> str:
    """Without blanks, which Label Studio quotes in its own way (a line end as a backslash and an n)."""
    return "".join(text.replace("\\n", "").split())
