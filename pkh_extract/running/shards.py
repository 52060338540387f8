"""A run cut into shards: the same inputs give the same shards, whoever works on them and how often it was begun."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pkh_extract.errors import InputError
from pkh_extract.reading.source import Source, load_content

# Articles of a shard by its number: few at first, so that short runs are shared out too, more in long runs.
SIZES = ((32, 8), (96, 64))  # up to which shard so many
LARGE = 256
WEIGHT = 16_000_000  # bytes of articles at hand after which a shard is full earlier


@dataclass(frozen=True)
class Shard:
    """The ``number``-th group of articles, counted from 0, in input order."""

    number: int
    sources: tuple[Source, ...]


def cut(sources: Iterable[Source]) -> Iterator[Shard]:
    """The shards of a run, one after the other; holds no more than one."""
    number, weight = 0, 0
    group: list[Source] = []
    for source in sources:
        group.append(source)
        weight += source.weight
        if len(group) == size_of(number) or weight > WEIGHT:
            yield Shard(number, tuple(group))
            number, weight, group = number + 1, 0, []
    if group:
        yield Shard(number, tuple(group))


def size_of(number: int) -> int:
    """The most articles that the ``number``-th shard has."""
    return next((size for until, size in SIZES if number < until), LARGE)


def loaded(source: Source, max_bytes: int) -> Source:
    """The source with its content at hand, or with the problem that there is in reading it."""
    try:
        return replace(source, content=load_content(source, max_bytes), path=None)
    except InputError as error:
        return replace(source, path=None, problem=str(error))


def fingerprint(source: Source) -> str:
    """SHA-256 over the name and the content (at hand) of one article, or over why there is none."""
    digest = hashlib.sha256()
    content = source.content
    parts = (source.problem,) if content is None else (content.format, content.url, content.title, content.published,
                                                       content.data)  # fmt: skip
    for part in (source.id, *parts):
        raw = part if isinstance(part, bytes) else ("\0" if part is None else part).encode("utf-8", "surrogatepass")
        digest.update(f"{len(raw)}:".encode())
        digest.update(raw)
    return digest.hexdigest()


def combined(prints: Iterable[str]) -> str:
    """The fingerprint of a shard from those of its articles, in their order."""
    digest = hashlib.sha256()
    for one in prints:
        digest.update(one.encode())
    return digest.hexdigest()
