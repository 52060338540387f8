"""``pkh-extract export``: records to flat tables and to the formats of annotation tools."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, RECORDS, left_of_output

if TYPE_CHECKING:
    from pkh_extract.commands import Commands

FORMATS = ("csv", "xlsx", "parquet", "label-studio", "doccano", "spacy")
HELP = """\
csv, xlsx and parquet are flat tables: articles, events, participants, kpm,
workforce, amounts, each area with its coordinates; the column "source" joins
them. csv and parquet are a file a table, xlsx is records.xlsx with a sheet a
table. label-studio is tasks.json and config.xml, doccano records.jsonl and
labels.json, spacy records.spacy: title and text with the evidence marked.

A .csv that an Indonesian Excel opens by a double click needs
--dialect excel-id (; between cells, decimal comma, byte-order mark);
pandas reads it with sep=";", decimal=","."""


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    export = commands.add_parser(
        "export",
        help="records to flat tables or annotation formats",
        description="Turn records into tables, or into tasks for annotation tools.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument("records", metavar="RECORDS", help=RECORDS)
    export.add_argument("--to", choices=FORMATS, default="csv", help="the format (default: %(default)s)")
    export.add_argument("-o", "--out", required=True, metavar="DIR", help="folder for the files, made where missing")
    export.add_argument("--dialect", choices=["standard", "excel-id"], help="of .csv (default: standard)")
    export.set_defaults(call=_export, left=left_of_output)


def _export(options: argparse.Namespace) -> int:
    from pkh_extract.errors import OutputError
    from pkh_extract.writing import read_records
    from pkh_extract.writing.export import TABLES, export, export_csv

    if options.dialect and options.to != "csv":
        raise OutputError("--dialect is for --to csv alone.")
    records = read_records(options.records)
    if options.to == "csv":
        counts = export_csv(records, options.out, options.dialect or "standard")
    else:
        counts = export(records, options.out, options.to)
    for what, count in counts.items():
        print(f"{what:14}{count:>8}{' rows' if options.to in TABLES else ''}")
    return DONE
