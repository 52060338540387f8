"""``pkh-extract report``: records as one page for the browser."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, RECORDS, left_of_output

if TYPE_CHECKING:
    from pkh_extract.commands import Commands


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    report = commands.add_parser("report", help="records as one self-contained page for the browser")
    report.add_argument("records", metavar="RECORDS", help=RECORDS)
    report.add_argument("-o", "--out", metavar="OUT", help="the page, *.html, or - (standard output) "
                        "(default: beside RECORDS, *.report.html)")  # fmt: skip
    report.add_argument("--lang", choices=["en", "id"], default="en", help="language of the page (default: en)")
    report.set_defaults(call=_report, left=left_of_output)


def _report(options: argparse.Namespace) -> int:
    from pkh_extract.looking.report import write_report

    print(write_report(options.records, options.out, options.lang), file=sys.stderr)
    return DONE
