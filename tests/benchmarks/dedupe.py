"""How well copies and common events are told apart, and what it costs: ``python tests/benchmarks/dedupe.py``.

Reads the reports of ``tests/data/duplicates.yaml`` with the whole pipeline, links all of them at once and compares
every pair with its label. Prints precision and recall of duplicates, and of event links (does one report tell an event
of the other?) over all pairs and over those that are no copies of one text; then seconds and memory for 10,000
synthetic records, a third of them copies. ``--errors`` lists the pairs that are wrong. The reports were in view when
the rules were written: they show what is told apart, not how often.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Literal

import yaml

import pkh_extract
from pkh_extract.extractor import Extractor
from pkh_extract.linking import Links, link_records

FILE = Path(__file__).parent.parent / "data" / "duplicates.yaml"
LETTERS = [f"{one}{two}" for one in "bcdfghjklm" for two in "aeiou"]
Label = Literal["duplicate", "same_event", "different"]


@dataclass(frozen=True)
class Pair:
    """Two reports (``family/letter``) and what they are to each other."""

    one: str
    two: str
    label: Label


@dataclass
class Score:
    """Pairs found and rightly so, found wrongly, and missed."""

    right: list[Pair] = field(default_factory=list)
    wrong: list[Pair] = field(default_factory=list)
    missed: list[Pair] = field(default_factory=list)

    def add(self, pair: Pair, *, wanted: bool, found: bool) -> None:
        """Judge one pair."""
        if wanted or found:
            (self.right if wanted and found else self.wrong if found else self.missed).append(pair)

    @property
    def precision(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.missed))


def families() -> dict[str, dict]:
    """The families of the table."""
    return yaml.safe_load(FILE.read_text("utf-8"))


def reports() -> dict[str, str]:
    """``family/letter`` to report."""
    return {
        f"{name}/{letter}": text for name, family in families().items() for letter, text in family["reports"].items()
    }


def pairs() -> Iterator[Pair]:
    """Every two reports of a family with their label."""
    for name, family in families().items():
        texts = [group.split() for group in family["texts"]]
        events = [group.split() for group in family["events"]]
        for one, two in combinations(family["reports"], 2):
            label: Label = "different"
            if any(one in group and two in group for group in texts):
                label = "duplicate"
            elif any(one in group and two in group for group in events):
                label = "same_event"
            yield Pair(f"{name}/{one}", f"{name}/{two}", label)


def apart() -> Iterator[Pair]:
    """Every two reports of two families: always different."""
    for one, two in combinations(reports(), 2):
        if one.split("/")[0] != two.split("/")[0]:
            yield Pair(one, two, "different")


def linked(extractor: Extractor) -> dict[str, Links]:
    """All reports, extracted and linked at once."""
    records = (extractor.extract(text, source=name) for name, text in reports().items())
    return {links.source: links for links in link_records(records)}


def measure(links: dict[str, Links]) -> tuple[Score, Score, Score]:
    """(duplicates, event links, event links between texts that are no copies)."""
    copies, events, retold = Score(), Score(), Score()
    for pair in (*pairs(), *apart()):
        one, two = links[pair.one], links[pair.two]
        common = bool({event.event_id for event in one.events} & {event.event_id for event in two.events})
        copies.add(pair, wanted=pair.label == "duplicate", found=one.cluster == two.cluster)
        events.add(pair, wanted=pair.label != "different", found=common)
        if pair.label != "duplicate":
            retold.add(pair, wanted=pair.label == "same_event", found=common)
    return copies, events, retold


def synthetic(number: int, seed: int = 1) -> Iterator[pkh_extract.Record]:
    """Records of invented texts of 250 words, each with an event on one of 1,000 days; every third is an earlier text
    with another dateline and some words changed."""
    chance = random.Random(seed)
    words = [f"kata{letter}{other}" for letter in LETTERS for other in LETTERS]
    base = pkh_extract.extract(
        "AGAM – Sebanyak 94 pendamping PKH mengikuti bimtek di Hotel Sakura, Kabupaten Agam, Selasa (5/3/2024)."
    )
    texts: list[tuple[list[str], str]] = []
    for index in range(number):
        if index % 3 == 2:
            text, day = chance.choice(texts)
            text = list(text)
            for position in chance.sample(range(len(text)), 6):
                text[position] = chance.choice(words)
        else:
            text, day = chance.choices(words, k=250), f"{dt.date(2022, 1, 1) + dt.timedelta(chance.randrange(1000))}"
            texts.append((text, day))
        article = {"id": f"{index:016x}", "source": str(index), "text": f"AGAM, Kabar{index} – {' '.join(text)}"}
        (event,) = base.events
        date = event.date.model_copy(update={"start": day, "end": day})
        yield base.model_copy(
            update={
                "article": base.article.model_copy(update=article),
                "events": [event.model_copy(update={"date": date})],
            }
        )


def cost(number: int) -> tuple[float, float, int]:
    """(seconds, megabytes, duplicates) of linking so many synthetic records, without making them."""
    records = list(synthetic(number))
    start = time.perf_counter()
    duplicates = sum(links.duplicate_of is not None for links in link_records(iter(records)))
    seconds = time.perf_counter() - start
    tracemalloc.start()
    for _ in link_records(iter(records)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6, duplicates


def main(errors: bool) -> None:
    labels = [pair.label for pair in pairs()]
    print(f"{len(reports())} reports, {len(labels)} pairs inside families: "
          f"{', '.join(f'{labels.count(label)} {label}' for label in ('duplicate', 'same_event', 'different'))}; "
          f"{sum(1 for _ in apart())} pairs of two families")  # fmt: skip
    names = ("duplicates", "event links", "event links, other text")
    for name, score in zip(names, measure(linked(Extractor())), strict=True):
        print(f"{name:24} precision {score.precision:.3f}  recall {score.recall:.3f}  "
              f"({len(score.right)} right, {len(score.wrong)} wrong, {len(score.missed)} missed)")  # fmt: skip
        for kind in ("wrong", "missed") if errors else ():
            for pair in getattr(score, kind):
                print(f"    {kind}: {pair.one}  {pair.two}  ({pair.label})")
    seconds, megabytes, duplicates = cost(10_000)
    print(f"10,000 synthetic records: {seconds:.1f} s, {megabytes:.0f} MB of Python objects, {duplicates} duplicates")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Precision, recall and cost of links between articles.")
    parser.add_argument("--errors", action="store_true", help="list the pairs that are wrong")
    sys.exit(main(parser.parse_args().errors))
