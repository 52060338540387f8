"""Gold records from files, and the records that belong to them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.evaluating.checking import fault
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason

if TYPE_CHECKING:
    from pkh_extract.record import Record

Item = dict[str, Any]
ENDING, CLEAN = ".gold.json", ".clean.txt"


@dataclass(frozen=True)
class Gold:
    """Partial records by name, and clean texts of some of them.

    The name is the ``article.source`` that the gold gives, else that of its file (``a/b.gold.json``: ``b``); where
    several give one source, those of their files or lines.
    """

    records: dict[str, Item]
    texts: dict[str, str] = field(default_factory=dict)


def read_gold(path: str | Path) -> Gold:
    """The gold of a folder of ``NAME.gold.json`` (and ``NAME.clean.txt``, the text that ``article.text`` has to be), or
    of a ``.jsonl`` file of partial records with an ``article.source``. Raises :class:`InputError`, naming file, line
    and key, where it cannot be read or is no part of a record."""
    path = Path(path)
    try:
        if path.is_dir():
            return _of_folder(path)
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(f"{shown(str(path))} cannot be read: {reason(error)}.") from error
    found: list[tuple[str, Item]] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            item = _item(line, f"{shown(str(path))}, line {number}")
            if _told(item, "source") is None:
                raise InputError(f"{shown(str(path))}, line {number}: gold in lines needs an article.source.")
            found.append((f"line {number}", item))
    return Gold({name: item for name, (_, item) in zip(_names(found), found, strict=True)})


def paired(gold: Gold, records: Iterable[Record]) -> tuple[dict[str, Item], list[str]]:
    """(name of the gold article to its record as JSON holds it, names without one).

    A record belongs to the gold that gives its ``article.id``; else, where no record has that id, to the one that
    gives its ``source``; else to that of its file's name without folders and endings. Raises :class:`InputError` where
    two records answer to one gold.
    """
    ids = {identity: name for name, item in gold.records.items() if (identity := _told(item, "id"))}
    sources = _by_source(gold)
    by_id: dict[str, Item] = {}
    by_source: dict[str, Item] = {}
    twice: set[str] = set()
    for record in records:
        if (name := ids.get(record.article.id)) is not None:
            if name in by_id:
                raise InputError(f"Two records have the article.id of the gold {shown(name)}; take one of them out.")
            by_id[name] = record.model_dump(mode="json")
            continue
        source = record.article.source
        name = next((sources[key] for key in (source, stem_of(source)) if key in sources), None)
        if name is not None:
            twice |= {name} & by_source.keys()
            by_source[name] = record.model_dump(mode="json")
    if open_ := twice - by_id.keys():
        raise InputError(
            f"Two records answer to the gold {shown(min(open_))}; give it the article.id of the one that is meant."
        )
    found = by_source | by_id
    return found, [name for name in gold.records if name not in found]


def _by_source(gold: Gold) -> dict[str, str]:
    """Source, or name of a file, to the name of the gold that alone is of it."""
    sources = [_told(item, "source") or name for name, item in gold.records.items()]
    times = Counter(sources)
    return {source: name for source, name in zip(sources, gold.records, strict=True) if times[source] == 1}


def stem_of(source: str) -> str:
    """A source's name without folders and endings: ``2024/padang.html.gz`` -> ``padang``."""
    name = PurePosixPath(source).name
    for ending in (".gz", ".zst", ".html", ".htm", ".txt"):
        name = name.removesuffix(ending)
    return name


def _of_folder(folder: Path) -> Gold:
    paths = sorted(folder.glob(f"*{ENDING}"))
    if not paths:
        raise InputError(f"{shown(str(folder))} holds no file named *{ENDING}.")
    found = [(path.name, _item(path.read_text("utf-8"), shown(str(path)))) for path in paths]
    records, texts = {}, {}
    for name, path, (_, item) in zip(_names(found), paths, found, strict=True):
        records[name] = item
        clean = path.with_name(path.name.removesuffix(ENDING) + CLEAN)
        if clean.exists():
            texts[name] = clean.read_text("utf-8")
    return Gold(records, texts)


def _names(found: list[tuple[str, Item]]) -> list[str]:
    """The names of gold from places (files, lines): its source, with the place where that is not its alone.

    Raises :class:`InputError` where it is left open whose gold one is."""
    sources = [_told(item, "source") or place.removesuffix(ENDING) for place, item in found]
    ids = Counter(_told(item, "id") for _, item in found)
    times = Counter(sources)
    names = []
    for (place, item), source in zip(found, sources, strict=True):
        identity = _told(item, "id")
        if times[source] > 1 and identity is None:
            raise InputError(f"Several gold records are of {shown(source)}; give that in {place} an article.id.")
        if identity is not None and ids[identity] > 1:
            raise InputError(f"Several gold records have the article.id {shown(identity)}; keep one of them.")
        names.append(source if times[source] == 1 else f"{source} ({place})")
    return names


def _told(item: Item, key: str) -> str | None:
    """What the gold says of its article, where it says so."""
    value = (item.get("article") or {}).get(key)
    return value or None


def _item(text: str, place: str) -> Item:
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place} is no JSON: {error}.") from error
    if not isinstance(item, dict):
        raise InputError(f"{place} is no JSON object.")
    if (wrong := fault(item)) is not None:
        raise InputError(f"{place} {wrong}")
    return item
