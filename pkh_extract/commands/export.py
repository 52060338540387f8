"""``pkh-extract export``: records to flat tables."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE

if TYPE_CHECKING:
    from pkh_extract.commands import Commands


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    export = commands.add_parser("export", help="records to flat tables, with coordinates")
    export.add_argument("records", metavar="RECORDS", help="a file of records: .jsonl, .jsonl.gz")
    export.add_argument("--to", choices=["csv"], default="csv", help="the tables' format (default: %(default)s)")
    export.add_argument("-o", "--out", required=True, metavar="DIR", help="folder for the tables")
    export.set_defaults(call=_export)


def _export(options: argparse.Namespace) -> int:
    from pkh_extract.writing import read_records
    from pkh_extract.writing.export import export_csv

    for table, count in export_csv(read_records(options.records), options.out).items():
        print(f"{table:14}{count:>8} rows")
    return DONE
