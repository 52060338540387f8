"""The finished shards of a run on disk: a part with the records, and a marker that vouches for it.

A part is written under a temporary name, synced and renamed; then its marker is, which holds what the part was made of
and by. A part without a marker that fits is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pkh_extract.errors import OutputError
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.writing.newfile import TEMPORARY, write_whole

FORMAT = 1  # of markers; others are not trusted
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Made:
    """By what a part was made: the package's version, the digest of its rules, and the options that show in records."""

    version: str
    patterns: str
    options: str


@dataclass(frozen=True)
class Marker:
    """What a finished shard consists of. ``inputs`` is the fingerprint of its articles, ``sha256`` and ``size`` (bytes)
    are the part's; ``failures`` are the lines of the errors file."""

    shard: int
    articles: int
    records: int
    relevant: int
    failures: tuple[dict[str, str], ...]
    size: int
    sha256: str
    inputs: str
    made: Made


class Parts:
    """The parts in a folder, those made in the same way (``made``) as this run makes them."""

    def __init__(self, folder: Path, made: Made) -> None:
        self.folder, self.made = folder, made

    def path(self, number: int) -> Path:
        """The part of a shard."""
        return self.folder / f"part-{number:06d}.jsonl"

    def marker_path(self, number: int) -> Path:
        """Its marker."""
        return self.folder / f"part-{number:06d}.json"

    def write(
        self, number: int, lines: list[str], failures: list[dict[str, str]], *, relevant: int, inputs: str
    ) -> Marker:
        """Write part and marker of a shard: its records as ``lines``, ``relevant`` of them about the programme, and the
        articles that failed; ``inputs`` is the fingerprint of all. Raises :class:`OutputError`."""
        raw = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
        marker = Marker(
            shard=number,
            articles=len(lines) + len(failures),
            records=len(lines),
            relevant=relevant,
            failures=tuple(failures),
            size=len(raw),
            sha256=hashlib.sha256(raw).hexdigest(),
            inputs=inputs,
            made=self.made,
        )
        _write(self.path(number), raw)
        _write(self.marker_path(number), json.dumps({"format": FORMAT, **asdict(marker)}).encode())
        return marker

    def found(self, number: int) -> Marker | None:
        """The marker of a shard, whatever it was made by; ``None`` where there is none that fits its part."""
        marker = read_marker(self.marker_path(number))
        with contextlib.suppress(OSError):
            if marker is not None and self.path(number).stat().st_size == marker.size:
                return marker
        return None

    def copy(self, marker: Marker) -> Iterator[bytes]:
        """The bytes of a part. Raises :class:`OutputError` where they are no longer those that were written."""
        digest = hashlib.sha256()
        path = self.path(marker.shard)
        try:
            with path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    yield block
        except OSError as error:
            raise OutputError(f"{shown(str(path))} cannot be read back: {reason(error)}.") from error
        if digest.hexdigest() != marker.sha256:
            raise OutputError(f"{shown(str(path))} was changed after it was written; run again with --resume.")

    def clear(self, beyond: int = 0) -> None:
        """Delete the parts and markers of the shards from ``beyond`` on, and what writing them left."""
        with contextlib.suppress(OSError):
            for path in list(self.folder.iterdir()):
                if path.name.startswith(TEMPORARY) or (
                    (match := _NAME.fullmatch(path.name)) and int(match[1]) >= beyond
                ):
                    path.unlink()

    def remove(self) -> None:
        """Delete all parts, and the folder if nothing else is in it."""
        self.clear()
        with contextlib.suppress(OSError):
            (self.folder / LOCK).unlink(missing_ok=True)
            self.folder.rmdir()

    @contextlib.contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """Keep other runs out of the folder (``shared``: others that share it may come in). Makes the folder.

        Raises :class:`OutputError` where another run is in it, or where it cannot be made.
        """
        try:
            self.folder.mkdir(exist_ok=True)
            lock = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o666)
        except OSError as error:
            raise OutputError(f"{shown(str(self.folder))} cannot be written into: {reason(error)}.") from error
        try:
            with contextlib.suppress(ImportError):  # where there are no such locks, two runs are the user's affair
                import fcntl

                try:
                    fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
                except OSError as error:
                    where = shown(str(self.folder))
                    raise OutputError(
                        f"Another run is writing into {where}; wait for it, or give another OUT."
                    ) from error
            yield
        finally:
            os.close(lock)


LOCK = "lock"
_NAME = re.compile(r"part-(\d{6,})\.jsonl?")


def made_parts(folder: Path) -> Iterator[tuple[Path, Marker]]:
    """The parts of a folder that a marker vouches for, in the order of their shards."""
    for path in sorted(folder.glob("part-*.json")):
        marker = read_marker(path)
        part = path.with_suffix(".jsonl")
        with contextlib.suppress(OSError):
            if marker is not None and part.stat().st_size == marker.size:
                yield part, marker


def read_marker(path: Path) -> Marker | None:
    """A marker from its file; ``None`` where it is missing or no marker of this kind."""
    try:
        data = json.loads(path.read_bytes())
        if data.pop("format") != FORMAT:
            return None
        return Marker(made=Made(**data.pop("made")), failures=tuple(data.pop("failures")), **data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _write(path: Path, raw: bytes) -> None:
    try:
        write_whole(path, raw)
    except OSError as error:
        raise OutputError(f"{shown(str(path))} cannot be written: {reason(error)}.") from error
