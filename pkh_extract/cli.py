"""The command line: arguments in, calls out. Imports nothing that takes time before it is needed."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from pkh_extract import __version__

DONE, SOME_FAILED, NOT_DONE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
MAX_BYTES = 10_000_000
PUBLISHED_FROM = ("metadata", "filename", "url")

RUN_HELP = """\
INPUT is a folder (walked in sorted order), a file named .html .htm .txt (one
article), .jsonl .json .csv (one article a row) or .warc (pages of a crawl),
each also with .gz or .zst, a .parquet file (one article a row), a .zip archive
of articles, or - for JSONL on standard input. OUT is a .jsonl file, also .gz
or .zst, which gets its name only when it is complete; a folder of parts; or -
for standard output. A run that was interrupted is taken up again by --resume.

exit status: 0 all done; 1 finished, some articles failed (see the errors file);
2 wrong usage or nothing to do; 130 interrupted"""


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line on stderr and exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(NOT_DONE, f"{self.prog}: {message} (try {self.prog} --help)\n")


class _Terminated(BaseException):
    """SIGTERM: clean up as after Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit status. ``arguments`` are those of the process by default."""
    options = _parser().parse_args(arguments)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows fewer characters is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        status = int(options.call(options))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _last_words(f"interrupted; {_left(options)}", INTERRUPTED)
    except _Terminated:
        return _last_words(f"terminated; {_left(options)}", TERMINATED)
    except BrokenPipeError:
        _silence(sys.stdout)
        return DONE
    except Exception as error:
        from pkh_extract.errors import PkhExtractError

        if isinstance(error, PkhExtractError):
            return _last_words(str(error), NOT_DONE)
        if isinstance(error, OSError) and error.strerror:  # a full disk, say: the system's fault and its words
            _silence(sys.stdout)
            return _last_words(f"{error.strerror}{f': {error.filename}' if error.filename else ''}", NOT_DONE)
        if os.environ.get("PKH_EXTRACT_TRACEBACK"):
            raise
        words = " ".join(str(error).split())[:500]
        hint = "please report it, with what PKH_EXTRACT_TRACEBACK=1 shows"
        return _last_words(f"{type(error).__name__}: {words} - a fault of this program; {hint}", NOT_DONE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pkh-extract",
        description="Turns Indonesian news reports on the social-aid programme PKH into records.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pkh-extract {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    _add_run(commands)
    _add_show(commands)
    _add_export(commands)
    _add_dedupe(commands)
    _add_places(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of a record")
    schema.set_defaults(call=_schema)
    _add_patterns(commands)
    return parser


def _add_run(commands: argparse._SubParsersAction[_Parser]) -> None:
    run = commands.add_parser(
        "run",
        help="articles in, records out",
        description="Turn articles into records, one JSON object a line.",
        epilog=RUN_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument("inputs", metavar="INPUT", nargs="+", help="folder, file, or - (JSONL on standard input)")
    run.add_argument("-o", "--out", required=True, metavar="OUT", help="file of records, or - (standard output)")
    run.add_argument("--errors", metavar="FILE", help="articles that failed, one JSON line each\n(default: beside OUT)")
    run.add_argument("--workers", metavar="N", type=_positive, help="processes (default: all cores)")
    run.add_argument("--patterns", metavar="DIR", help="folder of rules laid over the built-in ones")
    run.add_argument("--published-from", metavar="LIST", type=_witnesses, default=("metadata",),
                     help=f"where the day of publication is sought, the first that has one decides: "
                     f"{', '.join(PUBLISHED_FROM)}, with commas between (default: metadata)")  # fmt: skip
    run.add_argument("--max-bytes", metavar="N", type=_positive, default=MAX_BYTES,
                     help="larger articles are errors (default: %(default)s)")  # fmt: skip
    run.add_argument("--timeout", metavar="S", type=_seconds, default=600.0,
                     help="seconds for one article; more is an error (default: %(default)g)")  # fmt: skip
    run.add_argument("--resume", action="store_true",
                     help="go on with an interrupted run: only what is missing, or was made\n"
                     "by other rules or another version, is done")  # fmt: skip
    run.add_argument("--shard", metavar="I/N", type=_share,
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
    run.set_defaults(call=_run)


def _add_show(commands: argparse._SubParsersAction[_Parser]) -> None:
    show = commands.add_parser("show", help="one article and its record in the terminal")
    show.add_argument("file", metavar="FILE", help="an article: .html .htm .txt, also with .gz; - is standard input")
    show.add_argument("--width", metavar="N", type=_positive, help="columns (default: the terminal's)")
    show.add_argument("--patterns", metavar="DIR", help="folder of rules laid over the built-in ones")
    show.set_defaults(call=_show)


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    export = commands.add_parser("export", help="records to flat tables, with coordinates")
    export.add_argument("records", metavar="RECORDS", help="a file of records: .jsonl, .jsonl.gz")
    export.add_argument("--to", choices=["csv"], default="csv", help="the tables' format (default: %(default)s)")
    export.add_argument("-o", "--out", required=True, metavar="DIR", help="folder for the tables")
    export.set_defaults(call=_export)


def _add_dedupe(commands: argparse._SubParsersAction[_Parser]) -> None:
    dedupe = commands.add_parser("dedupe", help="near-duplicates and the same event across articles")
    dedupe.add_argument("records", metavar="RECORDS", help="a file of records: .jsonl, .jsonl.gz")
    dedupe.add_argument("-o", "--out", metavar="OUT", help="file of links, one line an article, or - (standard output) "
                        "(default: beside RECORDS, *.links.jsonl)")  # fmt: skip
    dedupe.set_defaults(call=_dedupe)


def _add_places(commands: argparse._SubParsersAction[_Parser]) -> None:
    places = commands.add_parser("places", help="what the gazetteer knows of a name or a code")
    places.add_argument("name", metavar="NAME", nargs="+", help='"Banjar", "Kota Banjar", "Desa Bugbug", HSS, 13.71 …')
    places.add_argument("--in", dest="parent", metavar="PARENT", help="only what lies inside this place (name or code)")
    places.add_argument("--json", action="store_true", help="one JSON object a place and line")
    places.set_defaults(call=_places)


def _add_patterns(commands: argparse._SubParsersAction[_Parser]) -> None:
    patterns = commands.add_parser("patterns", help="check or list the rules")
    actions = patterns.add_subparsers(metavar="ACTION", required=True, parser_class=_Parser)
    check = actions.add_parser("check", help="run every rule's examples and counter-examples")
    check.add_argument("patterns", metavar="DIR", nargs="?", help="folder of rules laid over the built-in ones")
    check.set_defaults(call=_patterns_check)
    listing = actions.add_parser("list", help="list the rules: id, examples, wordings")
    listing.add_argument("patterns", metavar="DIR", nargs="?", help="folder of rules laid over the built-in ones")
    listing.set_defaults(call=_patterns_list)


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
        )
    )
    return SOME_FAILED if tally.errors else DONE


def _show(options: argparse.Namespace) -> int:
    from pkh_extract.looking.show import show

    show(options.file, width=options.width, patterns=options.patterns)
    return DONE


def _export(options: argparse.Namespace) -> int:
    from pkh_extract.writing import read_records
    from pkh_extract.writing.export import export_csv

    for table, count in export_csv(read_records(options.records), options.out).items():
        print(f"{table:14}{count:>8} rows")
    return DONE


def _dedupe(options: argparse.Namespace) -> int:
    from pkh_extract.linking import link_file

    print(link_file(options.records, options.out), file=sys.stderr)
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


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above zero")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above zero")
    return seconds


def _share(text: str) -> tuple[int, int]:
    share, _, shares = text.partition("/")
    if not (share.isdecimal() and shares.isdecimal() and 1 <= int(share) <= int(shares)):
        raise argparse.ArgumentTypeError(f"{text!r} is no share like 3/10")
    return int(share), int(shares)


def _witnesses(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    wrong = [name for name in names if name not in PUBLISHED_FROM]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong[0]!r} is none of {', '.join(PUBLISHED_FROM)}")
    if len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"{text!r} names one of them twice")
    return names


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise _Terminated


def _last_words(message: str, status: int) -> int:
    try:
        print(f"pkh-extract: {message}".encode("utf-8", "backslashreplace").decode(), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(sys.stderr)
    return status


def _left(options: argparse.Namespace) -> str:
    """What an interruption leaves."""
    if options.call is _run:
        from pkh_extract.running.job import Options, resumable

        if resumable(Options(inputs=options.inputs, out=options.out)):
            return "the same command with --resume goes on from here"
    return "nothing was written under the output's name"


def _silence(stream: object) -> None:
    """Nobody reads on: keep the interpreter from complaining when it flushes at the end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())  # type: ignore[attr-defined]
