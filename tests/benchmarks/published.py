"""The day of publication against htmldate, by hand: ``python tests/benchmarks/published.py FUNDUS``.

FUNDUS is a checkout of https://github.com/flairNLP/fundus (MIT), whose tests keep saved news pages of many outlets with
the day of publication that its maintainers entered; htmldate must be installed beside this package. Prints how many
days each gets right, gives wrong and leaves open, and every page on which the two differ from the maintainers.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pkh_extract

PAGES = Path("tests", "resources", "parser", "test_data")


def pages(checkout: Path) -> Iterator[tuple[Path, str]]:
    """Every saved page with its known day (ISO 8601). A folder's JSON lists versions of an outlet's parser, its pages
    are named by outlet and day; both are in order of time."""
    for listing in sorted((checkout / PAGES).glob("*/*.json")):
        versions = json.loads(listing.read_text("utf-8"))
        found = sorted(listing.parent.glob(f"{listing.stem}_[0-9]*.html.gz"))
        order = sorted(versions, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])
        if len(found) == len(order):
            for path, version in zip(found, order, strict=True):
                if day := versions[version].get("publishing_date"):
                    yield path, day[:10]


def readers() -> dict[str, Callable[[bytes], str | None]]:
    """Name to a function from a page to the day that it says."""
    from htmldate import find_date

    logging.disable(logging.CRITICAL)
    return {
        "pkh_extract": lambda page: (pkh_extract.clean(page).published or "")[:10] or None,
        "htmldate": lambda page: find_date(page, original_date=True),
        "htmldate, not extensive": lambda page: find_date(page, original_date=True, extensive_search=False),
    }


def main(checkout: str) -> None:
    known = list(pages(Path(checkout)))
    if not known:
        sys.exit(f"There is no page with its day below {Path(checkout) / PAGES}; give a checkout of fundus.")
    tallies: dict[str, Counter[str]] = {}
    for name, read in readers().items():
        tally = tallies[name] = Counter()
        for path, day in known:
            got = read(gzip.decompress(path.read_bytes()))
            outcome = "right" if got == day else "open" if got is None else "wrong"
            tally[outcome] += 1
            if outcome != "right":
                print(f"{name:24} {outcome:6} {path.name}: {day}, not {got}")
    print(f"\n{len(known)} pages")
    for name, tally in tallies.items():
        share = tally["right"] / len(known)
        print(f"{name:24} right {share:.3f} ({tally['right']}), wrong {tally['wrong']}, open {tally['open']}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
