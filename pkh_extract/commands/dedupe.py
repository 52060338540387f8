"""``pkh-extract dedupe``: copies of one text, and one event in many reports."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, RECORDS, left_of_output

if TYPE_CHECKING:
    from pkh_extract.commands import Commands


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    dedupe = commands.add_parser("dedupe", help="near-duplicates and the same event across articles")
    dedupe.add_argument("records", metavar="RECORDS", help=RECORDS)
    dedupe.add_argument("-o", "--out", metavar="OUT", help="file of links, one line an article, or - (standard output) "
                        "(default: beside RECORDS, *.links.jsonl)")  # fmt: skip
    dedupe.set_defaults(call=_dedupe, left=left_of_output)


def _dedupe(options: argparse.Namespace) -> int:
    from pkh_extract.linking import link_file

    print(link_file(options.records, options.out), file=sys.stderr)
    return DONE
