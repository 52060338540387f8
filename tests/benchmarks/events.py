"""How well main events are told apart, and whether their confidence means what it says.

``python tests/benchmarks/events.py`` reads the reports of ``tests/data/events.yaml`` and of ``corpus/``; with
``python tests/benchmarks/events.py ROWS.jsonl`` reports of one's own, an object a line with ``headline``, ``lead``,
``types`` (main event first, empty where none), and optionally ``status``, ``alt_types`` and ``alt_status`` (as good)
and ``alt_further`` (further events that one may list or not). It prints which
types were taken for which, the share of right types by confidence, relevance and status; ``--errors`` lists the
misses. The table and the corpus were in view when the rules were written; only rows of one's own are a forecast.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

TESTS = Path(__file__).resolve().parent.parent
CORPUS = TESTS.parent / "corpus"
sys.path.insert(0, str(TESTS))

NONE = "-"
BINS = ((0.9, 1.01), (0.8, 0.9), (0.6, 0.8), (0.0, 0.6))


@dataclass(frozen=True)
class Case:
    """One report with its main event: ``types`` are the accepted ones, the first preferred."""

    name: str
    headline: str | None
    lead: str
    types: tuple[str, ...]
    status: tuple[str, ...]  # the accepted ones, none where it was not judged
    further: tuple[str, ...] | None = None  # the types of the other events, where all are given
    optional: tuple[str, ...] = ()  # further types that may be listed or not


@dataclass(frozen=True)
class Outcome:
    """What was found in a report."""

    case: Case
    type: str
    status: str | None
    confidence: float
    further: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[str, ...]:
        """The further events without those that one may list or not."""
        wanted = self.case.further or ()
        return tuple(one for one in self.further if one in wanted or one not in self.case.optional)

    @property
    def right(self) -> bool:
        return self.type in self.case.types


def own_cases() -> Iterator[Case]:
    """The project's own reports."""
    from event_table import main_events, several_events, unrelated

    from pkh_extract import clean
    from pkh_extract.evaluating import read_gold

    for row in main_events():
        yield Case(row.headline, row.headline, row.lead, (row.events[0][0],), (row.events[0][1],))
    for row in (*several_events(), *unrelated()):
        kind, *status = row.events[0] if row.events else (NONE,)
        further = tuple(other for other, _ in row.events[1:])
        yield Case(row.headline, row.headline, row.lead, (kind,), tuple(status), further)
    articles = {path.stem: path for path in (CORPUS / "articles").iterdir()}
    for stem, gold in read_gold(CORPUS / "gold").records.items():
        if "events" in gold:
            main = gold["events"][0] if gold["events"] else {"type": NONE}
            article = clean(articles[stem].read_bytes())
            yield Case(stem, article.title, article.text, (main["type"],), tuple(filter(None, [main.get("status")])))


def cases_of(path: Path) -> Iterator[Case]:
    """Reports of a JSONL file."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        types = (*row["types"][:1], *row.get("alt_types", ())) or (NONE,)
        status = (*filter(None, [row.get("status")]), *row.get("alt_status", ()))
        further, optional = tuple(row["types"][1:]), tuple(row.get("alt_further", ()))
        yield Case(row["headline"], row["headline"], row["lead"], types, status, further, optional)


def outcomes(cases: list[Case]) -> list[Outcome]:
    """Runs the pipeline over all reports."""
    from pkh_extract.annotating.document import make_doc
    from pkh_extract.annotating.events import events
    from pkh_extract.annotating.pipeline import load

    nlp = load()
    found = []
    for case in cases:
        told = events(nlp(make_doc(nlp, case.headline, case.lead)))
        main, further = next(iter(told), None), tuple(event.type for event in told[1:])
        found.append(
            Outcome(case, main.type, main.status, main.confidence, further) if main else Outcome(case, NONE, None, 0.0)
        )
    return found


def print_confusion(found: list[Outcome]) -> None:
    """Rows: what was wanted; columns: what was found, by number."""
    from pkh_extract.record import EventType

    types = [*get_args(EventType), NONE]
    pairs = Counter((one.type if one.right else one.case.types[0], one.type) for one in found)
    print("wanted \\ found       " + "".join(f"{number:>4}" for number in range(1, len(types) + 1)))
    for number, wanted in enumerate(types, 1):
        cells = "".join(f"{pairs[wanted, got] or '.':>4}" for got in types)
        print(f"{number:>2} {wanted:<18}{cells}")


def print_shares(found: list[Outcome]) -> None:
    """Accuracy of type, relevance and status, and by confidence."""
    relevant = sum((one.type == NONE) == (NONE in one.case.types) for one in found)
    print(f"\nevent or none  {relevant}/{len(found)} = {relevant / len(found):.3f}")
    print(f"type           {(n := sum(one.right for one in found))}/{len(found)} = {n / len(found):.3f}")
    judged = [one for one in found if one.case.status and one.right and one.type != NONE]
    if judged:
        right = sum(one.status in one.case.status for one in judged)
        print(f"status         {right}/{len(judged)} = {right / len(judged):.3f} (where the type is right)")
    whole = [one for one in found if one.case.further is not None]
    hits = sum((Counter(one.beside) & Counter(one.case.further)).total() for one in whole)
    wanted, guessed = sum(len(one.case.further or ()) for one in whole), sum(len(one.beside) for one in whole)
    print(f"further events {hits} of {wanted} found, {guessed - hits} found that are none")
    print("\nconfidence   events  right  share")
    for low, high in BINS:
        inside = [one for one in found if one.type != NONE and low <= one.confidence < high]
        if inside:
            right = sum(one.right for one in inside)
            name = f"{low:.1f}–{min(high, 1.0):.1f}"
            print(f"{name:<12}{len(inside):>7}{right:>7}  {right / len(inside):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rows", nargs="?", type=Path, help="a JSONL file of reports of one's own")
    parser.add_argument("--errors", action="store_true", help="list every miss")
    args = parser.parse_args()
    found = outcomes(list(cases_of(args.rows) if args.rows else own_cases()))
    print_confusion(found)
    print_shares(found)
    if args.errors:
        for one in found:
            beside = one.case.further is None or Counter(one.beside) == Counter(one.case.further)
            if not one.right or (one.case.status and one.status not in one.case.status) or not beside:
                wanted = f"{'/'.join(one.case.types)} {'/'.join(one.case.status)} {' '.join(one.case.further or ())}"
                got = f"{one.type} {one.status} {one.confidence} {' '.join(one.further)}"
                print(f"{one.case.name[:60]:60} want {wanted}  got {got}")


if __name__ == "__main__":
    main()
