"""Gold records from files, and the records that belong to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason

if TYPE_CHECKING:
    from pkh_extract.record import Record

ENDING, CLEAN = ".gold.json", ".clean.txt"


@dataclass(frozen=True)
class Gold:
    """Partial records by the name of their article, and clean texts of some of them.

    The name is that of the file (``a/b.gold.json``: ``b``), or the ``article.source`` that the gold itself gives.
    """

    records: dict[str, dict[str, Any]]
    texts: dict[str, str] = field(default_factory=dict)


def read_gold(path: str | Path) -> Gold:
    """The gold of a folder of ``NAME.gold.json`` (and ``NAME.clean.txt``, the text that ``article.text`` has to be), or
    of a ``.jsonl`` file of partial records with an ``article.source``. Raises :class:`InputError`."""
    path = Path(path)
    try:
        if path.is_dir():
            return _of_folder(path)
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(f"{shown(str(path))} cannot be read: {reason(error)}.") from error
    records = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            item = _item(line, f"{shown(str(path))}, line {number}")
            source = _source(item)
            if source is None:
                raise InputError(f"{shown(str(path))}, line {number}: gold in lines needs an article.source.")
            records[source] = item
    return Gold(records)


def paired(gold: Gold, records: Iterable[Record]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """(name of the gold article to its record as JSON holds it, names without one).

    A record belongs to the gold that gives its ``source``, else to that of its file's name without folders and endings.
    Raises :class:`InputError` where two records answer to one name.
    """
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        source = record.article.source
        name = next((name for name in (source, stem_of(source)) if name in gold.records), None)
        if name is None:
            continue
        if name in found:
            raise InputError(f"Two records answer to the gold {shown(name)}; give the gold an article.source.")
        found[name] = record.model_dump(mode="json")
    return found, [name for name in gold.records if name not in found]


def stem_of(source: str) -> str:
    """A source's name without folders and endings: ``2024/padang.html.gz`` -> ``padang``."""
    name = PurePosixPath(source).name
    for ending in (".gz", ".zst", ".html", ".htm", ".txt"):
        name = name.removesuffix(ending)
    return name


def _of_folder(folder: Path) -> Gold:
    records, texts = {}, {}
    for path in sorted(folder.glob(f"*{ENDING}")):
        item = _item(path.read_text("utf-8"), shown(str(path)))
        name = _source(item) or path.name.removesuffix(ENDING)
        records[name] = item
        clean = path.with_name(path.name.removesuffix(ENDING) + CLEAN)
        if clean.exists():
            texts[name] = clean.read_text("utf-8")
    if not records:
        raise InputError(f"{shown(str(folder))} holds no file named *{ENDING}.")
    return Gold(records, texts)


def _source(item: dict[str, Any]) -> str | None:
    article = item.get("article")
    source = article.get("source") if isinstance(article, dict) else None
    return source if isinstance(source, str) else None


def _item(text: str, place: str) -> dict[str, Any]:
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place} is no JSON: {error}.") from error
    if not isinstance(item, dict):
        raise InputError(f"{place} is no JSON object.")
    return item
