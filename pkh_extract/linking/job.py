"""A file of records to a file of links."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pkh_extract.errors import OutputError
from pkh_extract.linking.clusters import check_library
from pkh_extract.linking.links import link_records
from pkh_extract.reading.inputs import shown
from pkh_extract.writing import LineFile, beside, check_output, is_stream, read_records
from pkh_extract.writing.output import STDOUT
from pkh_extract.writing.textless import with_texts

if TYPE_CHECKING:
    from pkh_extract.linking.links import Links


@dataclass
class Summary:
    """What was linked: numbers of articles, of clusters with more than one article, of articles that are duplicates of
    an earlier one, of events, and of events that share their id with an event of another article."""

    articles: int = 0
    events: int = 0
    _clusters: dict[str, int] = field(default_factory=dict)
    _events: dict[str, int] = field(default_factory=dict)

    def add(self, links: Links) -> None:
        """Count one article."""
        self.articles += 1
        self.events += len(links.events)
        self._clusters[links.cluster] = self._clusters.get(links.cluster, 0) + 1
        for event in links.events:
            self._events[event.event_id] = self._events.get(event.event_id, 0) + 1

    @property
    def clusters(self) -> int:
        return sum(size > 1 for size in self._clusters.values())

    @property
    def duplicates(self) -> int:
        return self.articles - len(self._clusters)

    @property
    def linked(self) -> int:
        return sum(size for size in self._events.values() if size > 1)

    def __str__(self) -> str:
        return (
            f"{self.articles} articles, {self.clusters} clusters with more than one, {self.duplicates} duplicates, "
            f"{self.events} events, {self.linked} of them linked"
        )


def link_file(records: str, out: str | None = None) -> Summary:
    """Link the records of a file (any that :func:`read_records` reads) and write one JSON line of links an article.

    ``out`` is a ``.jsonl`` file, or ``-`` (standard output); by default ``records.links.jsonl`` beside
    ``records.jsonl``. It gets its name only when it is whole. Raises :class:`~pkh_extract.errors.InputError` and
    :class:`~pkh_extract.errors.OutputError`.
    """
    out = beside(records, "links.jsonl") if out is None else out
    check_library()
    stream = read_records(records)
    check_output(out)
    if out != STDOUT and not is_stream(out) and os.path.realpath(out) == os.path.realpath(records):
        raise OutputError(f"{shown(out)} is the file of records itself; give the links another name.")
    summary = Summary()
    file = LineFile(out)
    try:
        for links in link_records(with_texts(stream, "dedupe")):
            summary.add(links)
            file.write(links.model_dump_json())
        file.commit()
    finally:
        file.discard()
    return summary
