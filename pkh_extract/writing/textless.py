"""Records without their articles' texts (``run --no-text``): for those who may share what was found, not the reports.

Such a record is another in ``article.text`` alone, which is empty. Its evidence still quotes the words, and its offsets
are those of the text that the same version makes of the same article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pkh_extract.errors import InputError
from pkh_extract.reading.inputs import shown

if TYPE_CHECKING:
    from pkh_extract.record import Record


def without_text(record: Record) -> Record:
    """The record without its article's text; its title stays."""
    return record.model_copy(update={"article": record.article.model_copy(update={"text": ""})})


def is_textless(record: Record) -> bool:
    """Is there no text although a report was found? Where none was, a warning says so."""
    return not record.article.text and all(warning.code != "no_text" for warning in record.warnings)


def with_texts(records: Iterable[Record], what: str) -> Iterator[Record]:
    """The records as they are; ``what`` begins the sentence of the :class:`InputError` raised at the first that was
    written without its text."""
    for record in records:
        if is_textless(record):
            raise InputError(
                f"{what} needs the articles' texts, and the record of {shown(record.article.source)} was written "
                "without (run --no-text); run again without that option."
            )
        yield record
