"""``pkh-extract show``, ``places``, ``schema`` and ``patterns``: what the program knows and does, in the terminal."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, SOME_FAILED
from pkh_extract.commands.values import positive

if TYPE_CHECKING:
    from pkh_extract.commands import Commands


def add(commands: Commands) -> None:
    """Put the commands on the parser."""
    _add_show(commands)
    _add_places(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of a record")
    schema.set_defaults(call=_schema)
    _add_patterns(commands)


def _add_show(commands: Commands) -> None:
    show = commands.add_parser("show", help="one article and its record in the terminal")
    show.add_argument(
        "file", metavar="FILE", help="an article: .html .htm .txt, also with .gz or .zst; - is standard input"
    )
    show.add_argument("--width", metavar="N", type=positive, help="columns (default: the terminal's)")
    show.add_argument("--patterns", metavar="DIR", help="folder of rules laid over the built-in ones")
    show.set_defaults(call=_show)


def _add_places(commands: Commands) -> None:
    places = commands.add_parser("places", help="what the gazetteer knows of a name or a code")
    places.add_argument("name", metavar="NAME", nargs="+", help='"Banjar", "Kota Banjar", "Desa Bugbug", HSS, 13.71 …')
    places.add_argument("--in", dest="parent", metavar="PARENT", help="only what lies inside this place (name or code)")
    places.add_argument("--json", action="store_true", help="one JSON object a place and line")
    places.set_defaults(call=_places)


def _add_patterns(commands: Commands) -> None:
    patterns = commands.add_parser("patterns", help="check or list the rules")
    actions = patterns.add_subparsers(metavar="ACTION", required=True, parser_class=type(patterns))
    check = actions.add_parser("check", help="run every rule's examples and counter-examples")
    check.add_argument("patterns", metavar="DIR", nargs="?", help="folder of rules laid over the built-in ones")
    check.set_defaults(call=_patterns_check)
    listing = actions.add_parser("list", help="list the rules: id, examples, wordings")
    listing.add_argument("patterns", metavar="DIR", nargs="?", help="folder of rules laid over the built-in ones")
    listing.set_defaults(call=_patterns_list)


def _show(options: argparse.Namespace) -> int:
    from pkh_extract.looking.show import show

    show(options.file, width=options.width, patterns=options.patterns)
    return DONE


def _places(options: argparse.Namespace) -> int:
    from pkh_extract.looking.places import print_places

    print_places(" ".join(options.name), options.parent, as_json=options.json)
    return DONE


def _schema(_: argparse.Namespace) -> int:
    from pkh_extract.looking.listing import schema

    print(schema())
    return DONE


def _patterns_check(options: argparse.Namespace) -> int:
    from pkh_extract.looking.listing import check_patterns

    return SOME_FAILED if check_patterns(options.patterns) else DONE


def _patterns_list(options: argparse.Namespace) -> int:
    from pkh_extract.looking.listing import list_patterns

    list_patterns(options.patterns)
    return DONE
