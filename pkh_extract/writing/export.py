"""Records to flat tables and to the formats of annotation tools: which format is written by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from pkh_extract.writing.separated import export_csv

if TYPE_CHECKING:
    from pkh_extract.record import Record

TABLES = ("csv", "xlsx", "parquet")
FORMATS = {
    "csv": "separated.export_csv",
    "xlsx": "spreadsheet.export_xlsx",
    "parquet": "tablefiles.export_parquet",
    "label-studio": "label_studio.export_label_studio",
    "doccano": "doccano.export_doccano",
    "spacy": "docbin.export_docbin",
}

__all__ = ["FORMATS", "TABLES", "export", "export_csv"]


def export(records: Iterable[Record], folder: str, to: str) -> dict[str, int]:
    """Write records into ``folder`` in one of :data:`FORMATS`; the files get their names only when all are whole.

    Returns what was written, counted: rows by table, or articles and spans. Raises
    :class:`~pkh_extract.errors.InputError` where a library is missing, :class:`~pkh_extract.errors.OutputError` where
    the folder cannot be written or holds a file of such a name that is no earlier export.
    """
    module, name = FORMATS[to].split(".")
    write: Callable[[Iterable[Record], str], dict[str, int]] = getattr(
        import_module(f"pkh_extract.writing.{module}"), name
    )
    return write(records, folder)
