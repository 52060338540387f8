"""Reviews on disk: ``NAME.review.json`` with all decisions, ``NAME.gold.json`` with what they make."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pkh_extract.errors import InputError, OutputError, PkhExtractError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.reviewing.gold import NAMED, Review, gold_of
from pkh_extract.writing.newfile import write_whole

if TYPE_CHECKING:
    from pkh_extract.record import Record

LOCK = ".review.lock"
NEW = ""  # the version of a review that is not there yet


class Conflict(PkhExtractError):
    """A save that would undo what is on the disk; ``stale``: it is based on an older version of the review."""

    def __init__(self, words: str, *, stale: bool = False) -> None:
        super().__init__(words)
        self.stale = stale


class Store:
    """The reviews of some records in a folder, safe for many threads and processes.

    Files are named after the record's source, never after anything that a client sends; ``NAME.review.json`` belongs
    to the record whose id stands in it. Raises :class:`InputError` for two records of one id and
    :class:`OutputError` where the folder cannot be made.
    """

    def __init__(self, records: Iterable[Record], folder: str | Path) -> None:
        self.folder = Path(folder)
        self.records: dict[str, Record] = {}
        for record in records:
            if record.article.id in self.records:
                raise InputError(f"Two records have the id {shown(record.article.id)}; review needs each once.")
            self.records[record.article.id] = record
        self.names = _names(self.records.values())
        self._lock = threading.Lock()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"The folder {shown(str(folder))} cannot be made: {reason(error)}.") from error

    def state(self, identity: str) -> dict[str, Any]:
        """Version, decisions and complete lists of a record's review. Raises :class:`InputError`: no such record."""
        raw = self._read(self._name(identity))
        review = _parse(raw, identity) if raw is not None else Review(decisions={}, complete=[])
        return {"version": _version(raw), **review.model_dump(mode="json", exclude_none=True)}

    def save(self, identity: str, version: str, review: Review) -> dict[str, Any]:
        """Write a review and its gold; gives the new version, the gold file's name and the keys that it judges.

        Raises :class:`Conflict` where ``version`` is not that of the review on the disk, or where there is gold that
        was not made by a review; :class:`InputError` where the review does not fit the record;
        :class:`OutputError` where it cannot be written.
        """
        name = self._name(identity)
        gold = gold_of(self.records[identity], review)
        body = {"id": identity, **review.model_dump(mode="json", exclude_none=True)}
        raw = _bytes(body)
        with self._alone():
            before = self._read(name)
            if _version(before) != version:
                raise Conflict("The review was saved by somebody else since it was opened.", stale=True)
            if before is not None:
                _parse(before, identity)
            target = self.folder / f"{name}.gold.json"
            if before is None and target.exists():
                raise Conflict(f"{target.name} is there and was not made by a review; choose another folder.")
            self._write(self.folder / f"{name}.review.json", raw)
            judged = [key for key in gold if key != "article" or gold["article"].keys() - {*NAMED}]
            if judged:
                self._write(target, _bytes(gold))
            else:
                target.unlink(missing_ok=True)
        return {"version": _version(raw), "gold": target.name if judged else None, "judged": judged}

    def _name(self, identity: str) -> str:
        if identity not in self.names:
            raise InputError("There is no record of this id.")
        return self.names[identity]

    def _read(self, name: str) -> bytes | None:
        try:
            return (self.folder / f"{name}.review.json").read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError(f"The review {name} cannot be read: {reason(error)}.") from error

    def _write(self, path: Path, raw: bytes) -> None:
        try:
            write_whole(path, raw)
        except OSError as error:
            raise OutputError(f"{shown(str(path))} cannot be written: {reason(error)}.") from error

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One save at a time, over threads and (where the system has such locks) processes."""
        with self._lock:
            try:
                lock = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o666)
            except OSError as error:
                raise OutputError(f"{shown(str(self.folder))} cannot be written into: {reason(error)}.") from error
            try:
                with contextlib.suppress(ImportError):
                    import fcntl

                    fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                os.close(lock)


def _names(records: Iterable[Record]) -> dict[str, str]:
    """Id -> the name of its files: the source's, made plain; with a piece of the id's hash where it is not unique."""
    from pkh_extract.evaluating.gold import stem_of

    wanted = {}
    for record in records:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", stem_of(record.article.source))[:80].strip(".-")
        wanted[record.article.id] = stem or "record"
    taken: dict[str, int] = {}
    for name in wanted.values():
        taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
    return {
        identity: name
        if taken[name.casefold()] == 1
        else f"{name}-{hashlib.sha256(identity.encode('utf-8', 'backslashreplace')).hexdigest()[:12]}"
        for identity, name in wanted.items()
    }


def _parse(raw: bytes, identity: str) -> Review:
    try:
        body = json.loads(raw)
        if body.pop("id") != identity:
            raise Conflict("The folder holds a review of another record under this name; choose another folder.")
        return Review.model_validate(body)
    except (ValueError, KeyError, AttributeError, ValidationError) as error:
        raise InputError("The review on the disk cannot be read; somebody has changed it.") from error


def _version(raw: bytes | None) -> str:
    return NEW if raw is None else hashlib.sha256(raw).hexdigest()[:32]


def _bytes(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
