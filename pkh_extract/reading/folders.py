"""Folders of articles, walked in the same order every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pkh_extract.reading.source import Source, is_article_name, printable_name, reason

Identity = tuple[int, int]


def identity(path: Path | str) -> Identity | None:
    """Device and inode: the same for every name of one file or folder; ``None`` where there is nothing."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def walk(folder: Path, skip: frozenset[Identity] = frozenset()) -> Iterator[Source]:
    """The articles under a folder, names sorted at every level; links are followed, every folder is entered once.

    ``skip`` names files that are no input (the run's own output). A folder that cannot be listed, and an empty one
    named like an article, come back as sources with a ``problem``.
    """
    seen: set[Identity] = set()
    stack: list[Path] = [folder]
    while stack:
        path = stack.pop()
        relative = printable_name(path.relative_to(folder) if path != folder else folder)
        if path != folder and not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for too long a path
            if identity(path) not in skip:
                yield Source(relative, path=path)
            continue
        here = identity(path)
        if here is None or here in seen:
            continue
        seen.add(here)
        try:
            with os.scandir(path) as entries:
                names = sorted(entry.name for entry in entries if is_article_name(entry.name) or _is_dir(entry))
        except OSError as error:
            yield Source(relative, problem=f"is a folder that cannot be listed: {reason(error)}")
            continue
        if not names and is_article_name(path.name) and path != folder:
            yield Source(relative, problem="is a folder, not a file")
        stack.extend(path / name for name in reversed(names))


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
