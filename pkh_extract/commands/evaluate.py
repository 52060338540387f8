"""``pkh-extract evaluate``: how good records are, by gold."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, RECORDS, SOME_FAILED

if TYPE_CHECKING:
    from pkh_extract.commands import Commands

HELP = """\
GOLD is a folder of NAME.gold.json files (records that may be partial: keys left
out are not judged), NAME being that of the article, or a .jsonl file of such
records with an article.source. An article.id, where gold gives one, tells
records of one source apart.

exit status: 0 done; 1 with --baseline: a field's F1 fell; 2 wrong usage"""


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    evaluate = commands.add_parser(
        "evaluate",
        help="records against gold: precision, recall, F1 per field",
        description="Compare records with gold: a table per field and per type of event,\nwith 95 % intervals.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    evaluate.add_argument("gold", metavar="GOLD", help="folder or file of gold records")
    evaluate.add_argument("records", metavar="RECORDS", help=RECORDS)
    evaluate.add_argument("--errors", action="store_true", help="list every miss, with the words it was found in")
    evaluate.add_argument("--json", action="store_true", help="the figures as JSON, with --errors the misses too")
    evaluate.add_argument("--baseline", metavar="FILE", help="earlier figures (--json): show what changed since")
    evaluate.set_defaults(call=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    import json

    from pkh_extract.evaluating.job import change_line, changes, evaluate_files, miss_line, tables

    evaluation = evaluate_files(options.gold, options.records)
    found = changes(evaluation, options.baseline) if options.baseline else []
    if options.json:
        print(json.dumps(evaluation.as_json(misses=options.errors), indent=1, ensure_ascii=False))
    else:
        print(tables(evaluation))
        if options.errors:
            print("", *(miss_line(miss) for miss in evaluation.misses), sep="\n")
        if options.baseline:
            print("", "changed since the baseline:" if found else "nothing changed since the baseline", sep="\n")
            print(*(change_line(change) for change in found), sep="\n")
    return SOME_FAILED if any(change.fell for change in found) else DONE
