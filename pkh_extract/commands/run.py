"""``pkh-extract run``: articles in, records out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pkh_extract.commands import DONE, SOME_FAILED, left_of_output
from pkh_extract.commands.values import PUBLISHED_FROM, positive, seconds, share, witnesses

if TYPE_CHECKING:
    from pkh_extract.commands import Commands

MAX_BYTES = 10_000_000
HELP = """\
INPUT is a folder (walked in sorted order), a file named .html .htm .txt (one
article), .jsonl .json .csv (one article a row) or .warc (pages of a crawl),
each also with .gz or .zst, a .parquet file (one article a row), a .zip archive
of articles, or - for JSONL on standard input. OUT is a .jsonl file, also .gz
or .zst, or a .parquet file, which gets its name only when it is complete; a
folder of parts, named with a / at its end or there already; or - for standard
output. OUT and the errors may go to /dev/stdout and /dev/stderr too, which are
written on to as they are. A run that was interrupted is taken up again by
--resume.

exit status: 0 all done; 1 finished, some articles failed (see the errors file);
2 wrong usage or nothing to do; 130 interrupted"""


def add(commands: Commands) -> None:
    """Put the command on the parser."""
    run = commands.add_parser(
        "run",
        help="articles in, records out",
        description="Turn articles into records, one JSON object a line.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument("inputs", metavar="INPUT", nargs="+", help="folder, file, or - (JSONL on standard input)")
    run.add_argument(
        "-o", "--out", required=True, metavar="OUT", help="file of records, FOLDER/, or - (standard output)"
    )
    run.add_argument(
        "--errors",
        metavar="FILE",
        help="articles that failed, one JSON line each;\n- is standard output (default: beside OUT)",
    )
    run.add_argument("--workers", metavar="N", type=positive, help="processes (default: all cores)")
    run.add_argument("--patterns", metavar="DIR", help="folder of rules laid over the built-in ones")
    run.add_argument("--published-from", metavar="LIST", type=witnesses, default=("metadata",),
                     help=f"where the day of publication is sought, the first that has one decides: "
                     f"{', '.join(PUBLISHED_FROM)}, with commas between (default: metadata)")  # fmt: skip
    run.add_argument("--no-text", action="store_true",
                     help="leave the articles' texts out of the records; their evidence still\n"
                     "quotes the words. review, dedupe and annotation formats need texts")  # fmt: skip
    run.add_argument("--max-bytes", metavar="N", type=positive, default=MAX_BYTES,
                     help="larger articles are errors (default: %(default)s)")  # fmt: skip
    run.add_argument("--timeout", metavar="S", type=seconds, default=600.0,
                     help="seconds for one article; more is an error (default: %(default)g)")  # fmt: skip
    run.add_argument("--resume", action="store_true",
                     help="go on with an interrupted run: only what is missing, or was made\n"
                     "by other rules or another version, is done")  # fmt: skip
    run.add_argument("--shard", metavar="I/N", type=share,
                     help="only the I-th of N shares of the work (for job arrays); a run\n"
                     "with --resume puts them together")  # fmt: skip
    run.add_argument("--engine", choices=["local", "dask"], default="local",
                     help="dask: a Dask cluster (pip install 'pkh-extract[dask]')")  # fmt: skip
    run.add_argument("--scheduler", metavar="ADDRESS",
                     help="of the Dask cluster, tcp://host:port (default: one on this machine)")  # fmt: skip
    run.add_argument("--quiet", action="store_true", help="no progress bar, no summary")
    rows = run.add_argument_group("fields of a JSONL row (dots are no paths)")
    for name, default in (
        ("text", "text, content, body, isi"),
        ("html", "html, raw_html"),
        ("id", "id, _id"),
        ("url", "url, link"),
        ("date", "published, date, tanggal"),
        ("title", "title, headline, judul"),
    ):
        rows.add_argument(f"--{name}-field", metavar="NAME", help=f"default: {default}")
    run.set_defaults(call=_run, left=_left)


def _run(options: argparse.Namespace) -> int:
    from pkh_extract.errors import InputError
    from pkh_extract.reading import Fields
    from pkh_extract.running.job import Options, run

    if options.scheduler and (options.engine != "dask" or options.workers):
        raise InputError(
            "--scheduler goes with --engine dask, and the cluster has the workers it has: leave out --workers."
            if options.engine == "dask"
            else "--scheduler is the address of a Dask cluster; add --engine dask."
        )
    named = {name: getattr(options, f"{name}_field") for name in ("text", "html", "id", "url", "date", "title")}
    named = {name: value for name, value in named.items() if value is not None}
    tally = run(
        Options(
            inputs=options.inputs,
            out=options.out,
            errors=options.errors,
            patterns=options.patterns,
            published_from=options.published_from,
            workers=options.workers,
            max_bytes=options.max_bytes,
            quiet=options.quiet,
            fields=Fields.named(named),
            resume=options.resume,
            timeout=options.timeout,
            shard=options.shard,
            engine=options.engine,
            scheduler=options.scheduler,
            keep_text=not options.no_text,
        )
    )
    return SOME_FAILED if tally.errors else DONE


def _left(options: argparse.Namespace) -> str:
    """What an interruption leaves."""
    from pkh_extract.running.job import Options, resumable

    if resumable(Options(inputs=options.inputs, out=options.out)):
        return "the same command with --resume goes on from here"
    return left_of_output(options)
