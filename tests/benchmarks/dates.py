"""Date expressions against dateparser alone, by hand: ``python tests/benchmarks/dates.py``.

Reads every row of ``tests/data/dates.yaml`` with this package and with dateparser: ``parse`` is given the bare
expression, ``search`` the whole sentence; each as it comes and told all that it can be told (Indonesian, day before
month, the day of publication as base). dateparser has no ranges, so only first days are compared. Prints for each: of
the expressions that mean a day, how many first days are right, wrong and missing; of those that mean none, and of the
sentences without a date, in how many it finds one all the same. ``--errors`` lists what this package gets wrong.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dateparser
from date_table import Case, cases
from dateparser.search import search_dates

import pkh_extract
from pkh_extract.annotating.document import make_doc, value_of

Reader = Callable[[Case], dt.date | None]
nlp = pkh_extract.load()


def ours(case: Case) -> dt.date | None:
    """The first day of the expression in its first sentence."""
    sentence = case.sentences[0]
    start = sentence.index(case.expression) if case.expression else 0
    end = start + len(case.expression or sentence)
    doc = nlp(make_doc(nlp, None, sentence, case.published))
    found = (span for span in doc.spans["pkh_dates"] if span.start_char < end and start < span.end_char)
    days = [mention.start for span in found if (mention := value_of(span)).start and mention.form != "clock"]
    return days[0] if days else None


def settings(case: Case, told: bool) -> dict[str, object] | None:
    """What dateparser is told of the article."""
    if not told:
        return None
    known: dict[str, object] = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
    if case.published:
        known["RELATIVE_BASE"] = dt.datetime.fromisoformat(case.published)
    return known


def parse(told: bool) -> Reader:
    """dateparser on the bare expression; on the sentence where there is none."""

    def read(case: Case) -> dt.date | None:
        text = (case.expression or case.sentences[0]).strip("()[]{} .,")
        found = dateparser.parse(text, languages=["id"], settings=settings(case, told))
        return found.date() if found else None

    return read


def search(told: bool) -> Reader:
    """dateparser's search in the sentence."""

    def read(case: Case) -> dt.date | None:
        found = search_dates(case.sentences[0], languages=["id"], settings=settings(case, told))
        return found[0][1].date() if found else None

    return read


def main(errors: bool) -> None:
    table = list(cases())
    readers: dict[str, Reader] = {
        "pkh_extract": ours,
        "dateparser.parse": parse(told=False),
        "dateparser.parse, told": parse(told=True),
        "dateparser search": search(told=False),
        "dateparser search, told": search(told=True),
    }
    dated = [case for case in table if case.start]
    print(f"{len(dated)} expressions mean a day, {len(table) - len(dated)} rows mean none")
    for name, read in readers.items():
        tally: Counter[str] = Counter()
        for case in table:
            got = read(case)
            outcome = "right" if got == case.start else "missing" if got is None else "wrong"
            tally[outcome if case.start else "false" if got else "silent"] += 1
            if errors and name == "pkh_extract" and got != case.start:
                print(f"  {case.sentences[0]} ({case.published}): {case.start}, not {got}")
        share = tally["right"] / len(dated)
        print(
            f"{name:24} right {share:.3f}, wrong {tally['wrong'] / len(dated):.3f}, "
            f"missing {tally['missing'] / len(dated):.3f}; finds a day in {tally['false']} rows that mean none"
        )


if __name__ == "__main__":
    main("--errors" in sys.argv)
