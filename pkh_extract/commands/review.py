"""``pkh-extract review``: records corrected in the browser, and gold of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, RECORDS

if TYPE_CHECKING:
    from pkh_extract.commands import Commands


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    review = commands.add_parser("review", help="correct records in the browser, save gold")
    review.add_argument("records", metavar="RECORDS", help=RECORDS)
    review.add_argument("-o", "--out", metavar="GOLD_DIR", help="folder for NAME.gold.json and NAME.review.json, made "
                        "where it is missing (default: beside RECORDS, *.gold)")  # fmt: skip
    review.add_argument("--port", metavar="N", type=_port, default=0, help="on loopback (default: any free one)")
    review.add_argument("--lang", choices=["en", "id"], default="en", help="language of the page (default: en)")
    review.set_defaults(call=_review, left=_left)


def _review(options: argparse.Namespace) -> int:
    from pkh_extract.reviewing import serve

    serve(options.records, options.out, port=options.port, lang=options.lang)
    return DONE


def _left(_: argparse.Namespace) -> str:
    """What an interruption leaves."""
    return "what was saved is in the folder of gold"


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1 to 65535)")
    return int(text)
