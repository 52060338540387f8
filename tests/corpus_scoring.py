"""Scores records against the gold of corpus/: one row a field, with precision, recall and F1.

``python tests/corpus_scoring.py`` prints the table, ``--errors`` every miss as well. A gold file is a partial record:
keys it leaves out are not judged; ``None`` and empty lists are judged (a value found there counts against precision).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ARTICLES, GOLD, FLOORS = CORPUS / "articles", CORPUS / "gold", CORPUS / "floors.json"
ABSENT: Any = object()
Item = dict[str, Any]
LISTS = {
    "participants": ("role", "count", "count_max"),
    "kpm": ("measure", "value", "value_max"),
    "workforce": ("role", "count", "count_max"),
    "amounts": ("value", "value_max"),
}


@dataclass
class Tally:
    """Counts of one field: values found and right, values in the gold, values found."""

    hit: int = 0
    wanted: int = 0
    guessed: int = 0

    @property
    def precision(self) -> float:
        return self.hit / self.guessed if self.guessed else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.wanted + self.guessed) if self.wanted + self.guessed else 1.0


@dataclass(frozen=True)
class Miss:
    """One value that is missing, wrong or too much."""

    article: str
    field: str
    want: object
    got: object


@dataclass
class Score:
    """The tallies of all fields, and every miss."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def slot(
        self, name: str, article: str, want: Any, got: Any, same: Callable[[Any, Any], bool] | None = None
    ) -> None:
        """One value; ``None`` on both sides is right and not counted, an absent gold value is not judged."""
        if want is ABSENT:
            return
        equal = want is not None and got is not None and (same(want, got) if same else want == got)
        tally = self.tally(name)
        tally.hit += equal
        tally.wanted += want is not None
        tally.guessed += got is not None
        if not equal and (want is not None or got is not None):
            self.misses.append(Miss(article, name, want, got))

    def bag(self, name: str, article: str, want: list[Any], got: list[Any]) -> None:
        """A multiset of plain values."""
        wanted, guessed = Counter(want), Counter(got)
        tally, common = self.tally(name), wanted & guessed
        tally.hit += common.total()
        tally.wanted += wanted.total()
        tally.guessed += guessed.total()
        if wanted != guessed:
            self.misses.append(Miss(article, name, sorted(wanted - common, key=str), sorted(guessed - common, key=str)))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def overlap(first: str, second: str) -> float:
    """Dice coefficient of the two texts' words, with repetition: 0 to 1."""
    one, two = Counter(words(first)), Counter(words(second))
    return 2 * (one & two).total() / (one.total() + two.total()) if one and two else 0.0


def load_gold() -> dict[str, Item]:
    """Stem of the article to its gold record."""
    return {
        path.name.removesuffix(".gold.json"): json.loads(path.read_text("utf-8"))
        for path in sorted(GOLD.glob("*.gold.json"))
    }


def code(area: Any) -> Any:
    """The code of an area; what is absent or ``None`` stays so."""
    return area["code"] if isinstance(area, dict) else area


def score(gold: dict[str, Item], records: dict[str, Item]) -> Score:
    """Scores records (as dicts, keyed by the article's stem) against gold; every gold article needs its record."""
    result = Score()
    for stem, want in gold.items():
        score_article(result, stem, want, records[stem])
    return result


def score_article(result: Score, stem: str, want: Item, got: Item) -> None:
    """Adds one article to the result."""
    article = want.get("article", {})
    result.slot("relevant", stem, want.get("relevant", ABSENT), got["relevant"])
    result.slot("title", stem, article.get("title", ABSENT), got["article"]["title"])
    published = got["article"]["published"]
    result.slot("published", stem, article.get("published", ABSENT), published and published[:10])
    if "programs" in want:
        result.bag("programs", stem, want["programs"], got["programs"])
    if "warnings" in want:
        result.bag("warnings", stem, want["warnings"], sorted({w["code"] for w in got["warnings"]}))
    if "events" in want:
        score_event(result, stem, (want["events"] or [None])[0], (got["events"] or [None])[0])
    for name in ("kpm", "workforce", "amounts"):
        if name in want:
            score_list(result, stem, name, want[name], got[name])
    clean = GOLD / f"{stem}.clean.txt"
    if clean.exists():
        score_text(result, stem, clean.read_text("utf-8"), got["article"]["text"])


def score_event(result: Score, stem: str, want: Item | None, got: Item | None) -> None:
    """The main event: its type, status, date, place and people."""
    found = got or {}
    result.slot("event type", stem, want["type"] if want else None, found.get("type"))
    if want is None:
        return
    result.slot("status", stem, want.get("status", ABSENT), found.get("status"))
    date, found_date = want.get("date", {}), found.get("date") or {}
    for key in ("start", "end", "precision", "duration_days"):
        result.slot(f"date {key}", stem, None if date is None else date.get(key, ABSENT), found_date.get(key))
    place, found_place = want.get("location", {}), found.get("location") or {}
    for key in ("province", "regency", "district", "village"):
        expected = None if place is None else place.get(key, ABSENT)
        result.slot(key, stem, code(expected), code(found_place.get(key)))
    venue = None if place is None else place.get("venue", ABSENT)
    result.slot("venue", stem, venue, found_place.get("venue"), lambda a, b: overlap(a, b) >= 0.6)
    if "participants" in want:
        score_list(result, stem, "participants", want["participants"], found.get("participants", []))


def score_list(result: Score, stem: str, name: str, want: list[Item], got: list[Item]) -> None:
    """Items are paired by what identifies them; of a pair, whatever else the gold says is judged as a detail."""
    identity = LISTS[name]
    left = list(got)
    tally = result.tally(name)
    tally.wanted += len(want)
    tally.guessed += len(got)
    for item in want:
        same = [g for g in left if all(g.get(key) == item.get(key) for key in identity)]
        if not same:
            result.misses.append(Miss(stem, name, {k: item[k] for k in identity if k in item}, None))
            continue
        match = max(same, key=lambda g: sum(equal for _, _, _, equal in details(item, g, want, got, identity)))
        left.remove(match)
        tally.hit += 1
        for key, expected, found, equal in details(item, match, want, got, identity):
            result.slot(f"{name} details", stem, f"{key}={expected}", f"{key}={found}", lambda *_, e=equal: e)
    for item in left:
        result.misses.append(Miss(stem, name, None, {key: item[key] for key in identity if item[key] is not None}))


def details(
    item: Item, found: Item, want: list[Item], got: list[Item], identity: Iterable[str]
) -> list[tuple[str, object, object, bool]]:
    """(key, expected, found, equal?) of all keys of a gold item that do not identify it."""
    rows: list[tuple[str, object, object, bool]] = []
    for key, value in item.items():
        if key in identity:
            continue
        expected, actual = value, found.get(key)
        if key == "area":
            expected, actual = code(expected), code(actual)
        elif key == "period" and isinstance(value, dict):
            actual = {part: (actual or {}).get(part) for part in value}
        elif key == "part_of":  # the index means the total; compare what it points at
            expected = None if value is None else want[value]["count"]
            actual = None if actual is None else got[actual]["count"]
        rows.append((key, expected, actual, expected == actual))
    return rows


def score_text(result: Score, stem: str, want: str, got: str) -> None:
    """Words of the cleaned text as a multiset, and whether text and paragraphs are exactly right."""
    wanted, guessed = Counter(words(want)), Counter(words(got))
    common, tally = wanted & guessed, result.tally("clean text")
    tally.hit += common.total()
    tally.wanted += wanted.total()
    tally.guessed += guessed.total()
    result.slot("clean text exact", stem, want.strip(), got, lambda a, b: a == b)


def extract_corpus() -> dict[str, Item]:
    """Runs the extractor over all articles: stem to record, as JSON would hold it."""
    from pkh_extract.extractor import Extractor

    extractor = Extractor()
    return {
        path.stem: extractor.extract(path.read_bytes(), source=path.name).model_dump(mode="json")
        for path in sorted(ARTICLES.iterdir())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--errors", action="store_true", help="list every miss")
    args = parser.parse_args()
    result = score(load_gold(), extract_corpus())
    print(f"{'field':22} {'prec':>6} {'rec':>6} {'F1':>6}   hit/wanted/guessed")
    for name, tally in result.tallies.items():
        counts = f"{tally.hit}/{tally.wanted}/{tally.guessed}"
        print(f"{name:22} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}   {counts}")
    if args.errors:
        for miss in result.misses:
            print(f"{miss.article:24} {miss.field:20} want {miss.want!r}  got {miss.got!r}")


if __name__ == "__main__":
    main()
