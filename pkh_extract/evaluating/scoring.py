"""Records against gold: which values are right, field by field, article by article.

A gold record is partial: keys it leaves out are not judged; ``None`` and empty lists are judged (a value found there
counts against precision). Records and gold are dicts as JSON holds them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

ABSENT: Any = object()
Item = dict[str, Any]
LISTS = {
    "participants": ("role", "count", "count_max"),
    "kpm": ("measure", "value", "value_max"),
    "workforce": ("role", "count", "count_max"),
    "amounts": ("value", "value_max"),
}
"""What identifies an entry of a list; what else the gold says of it is judged as a detail."""
OPTIONAL = frozenset({"measure", "role"})  # may be left out of the gold, and is not judged then
SAME_VENUE = 0.6  # share of common words from which two names are those of one venue


@dataclass
class Tally:
    """Counts of one field: values found and right, values in the gold, values found."""

    hit: int = 0
    wanted: int = 0
    guessed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hit + other.hit, self.wanted + other.wanted, self.guessed + other.guessed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hit / self.guessed if self.guessed else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.hit / (self.wanted + self.guessed) if self.wanted + self.guessed else 1.0


@dataclass(frozen=True)
class Miss:
    """One value that is missing, wrong or too much; ``evidence`` is the span (as a dict) of what was found."""

    article: str
    field: str
    want: object
    got: object
    evidence: Item | None = None

    def as_json(self) -> Item:
        """As JSON holds it."""
        about = {"article": self.article, "field": self.field}
        return {**about, "gold": self.want, "found": self.got, "evidence": self.evidence}


@dataclass
class Score:
    """The tallies of all fields in each article, the types of their main events (gold, found), and every miss."""

    articles: dict[str, dict[str, Tally]] = field(default_factory=dict)
    types: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    @property
    def tallies(self) -> dict[str, Tally]:
        """Those of all articles together."""
        found: dict[str, Tally] = {}
        for tallies in self.articles.values():
            for name, tally in tallies.items():
                found[name] = found.get(name, Tally()) + tally
        return found

    def tally(self, name: str, article: str) -> Tally:
        """The one to count in."""
        return self.articles.setdefault(article, {}).setdefault(name, Tally())

    def slot(
        self,
        name: str,
        article: str,
        want: Any,
        got: Any,
        same: Callable[[Any, Any], bool] | None = None,
        evidence: Item | None = None,
    ) -> None:
        """One value; ``None`` on both sides is right and not counted, an absent gold value is not judged."""
        if want is ABSENT:
            return
        equal = want is not None and got is not None and (same(want, got) if same else want == got)
        tally = self.tally(name, article)
        tally.hit += equal
        tally.wanted += want is not None
        tally.guessed += got is not None
        if not equal and (want is not None or got is not None):
            self.misses.append(Miss(article, name, want, got, evidence if got is not None else None))

    def bag(self, name: str, article: str, want: list[Any], got: list[Any]) -> None:
        """A multiset of plain values."""
        wanted, guessed = Counter(want), Counter(got)
        tally, common = self.tally(name, article), wanted & guessed
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


def code(area: Any) -> Any:
    """The code of an area; what is absent or ``None`` stays so."""
    return area["code"] if isinstance(area, dict) else area


def score(gold: dict[str, Item], records: dict[str, Item], texts: dict[str, str] | None = None) -> Score:
    """Scores records against gold, both keyed by the article's name; every gold article needs its record. ``texts`` are
    clean texts, word for word, of those articles where that is to be judged."""
    result = Score()
    for name, want in gold.items():
        result.articles[name] = {}
        score_article(result, name, want, records[name])
        if texts and name in texts:
            score_text(result, name, texts[name], records[name]["article"]["text"])
    return result


def score_article(result: Score, stem: str, want: Item, got: Item) -> None:
    """Adds one article to the result."""
    article = want.get("article", {})
    result.slot("relevant", stem, want.get("relevant", ABSENT), got["relevant"])
    result.slot("title", stem, article.get("title", ABSENT), got["article"]["title"])
    day, published = article.get("published", ABSENT), got["article"]["published"]
    result.slot("published", stem, day[:10] if isinstance(day, str) else day, published and published[:10])
    if "programs" in want:
        result.bag("programs", stem, want["programs"], got["programs"])
    if "warnings" in want:
        codes = [warning["code"] if isinstance(warning, dict) else warning for warning in want["warnings"]]
        result.bag("warnings", stem, codes, sorted({warning["code"] for warning in got["warnings"]}))
    if "events" in want:
        score_event(result, stem, (want["events"] or [None])[0], (got["events"] or [None])[0])
    for name in ("kpm", "workforce", "amounts"):
        if name in want:
            score_list(result, stem, name, want[name], got[name])


def score_event(result: Score, stem: str, want: Item | None, got: Item | None) -> None:
    """The main event: its type, status, date, place and people."""
    found = got or {}
    kind = want.get("type", ABSENT) if want else None
    if kind is not ABSENT:
        result.types[stem] = (kind, found.get("type"))
    result.slot("event type", stem, kind, found.get("type"), evidence=found.get("evidence"))
    if want is None:
        return
    result.slot("status", stem, want.get("status", ABSENT), found.get("status"), evidence=found.get("evidence"))
    date, found_date = want.get("date", {}), found.get("date") or {}
    for key in ("start", "end", "precision", "duration_days"):
        result.slot(f"date {key}", stem, None if date is None else date.get(key, ABSENT), found_date.get(key),
                    evidence=found_date.get("evidence"))  # fmt: skip
    place, found_place = want.get("location", {}), found.get("location") or {}
    for key in ("province", "regency", "district", "village"):
        expected = None if place is None else place.get(key, ABSENT)
        result.slot(key, stem, code(expected), code(found_place.get(key)), evidence=found_place.get("evidence"))
    venue = None if place is None else place.get("venue", ABSENT)
    same_venue = lambda one, two: overlap(one, two) >= SAME_VENUE  # noqa: E731
    result.slot("venue", stem, venue, found_place.get("venue"), same_venue, found_place.get("evidence"))
    if "participants" in want:
        score_list(result, stem, "participants", want["participants"], found.get("participants", []))


def score_list(result: Score, stem: str, name: str, want: list[Item], got: list[Item]) -> None:
    """Items are paired by what identifies them; of a pair, whatever else the gold says is judged as a detail."""
    identity = LISTS[name]
    left = list(got)
    tally = result.tally(name, stem)
    tally.wanted += len(want)
    tally.guessed += len(got)
    for item in sorted(want, key=lambda item: -len(item.keys() & OPTIONAL)):  # those that say most choose first
        asked = [key for key in identity if key in item or key not in OPTIONAL]
        same = [other for other in left if all(other.get(key) == item.get(key) for key in asked)]
        if not same:
            result.misses.append(Miss(stem, name, {k: item[k] for k in identity if k in item}, None))
            continue
        match = max(same, key=lambda g: sum(equal for _, _, _, equal in details(item, g, want, got, identity)))
        left.remove(match)
        tally.hit += 1
        for key, expected, found, equal in details(item, match, want, got, identity):
            result.slot(f"{name} details", stem, f"{key}={expected}", f"{key}={found}", lambda *_, e=equal: e,
                        match.get("evidence"))  # fmt: skip
    for item in left:
        shown = {key: item[key] for key in identity if item.get(key) is not None}
        result.misses.append(Miss(stem, name, None, shown, item.get("evidence")))


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
    common, tally = wanted & guessed, result.tally("clean text", stem)
    tally.hit += common.total()
    tally.wanted += wanted.total()
    tally.guessed += guessed.total()
    result.slot("clean text exact", stem, want.strip(), got, lambda a, b: a == b)
