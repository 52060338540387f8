"""Precision, recall and F1 with their uncertainty, per field and per type of event."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pkh_extract.evaluating.scoring import Miss, Score, Tally

if TYPE_CHECKING:
    import numpy as np

RESAMPLES, SEED = 1_000, 20_240_101
NONE = "none"  # no event
TEXT = frozenset({"clean text", "clean text exact"})  # fields that are no values


@dataclass(frozen=True)
class Row:
    """One line of a table: counts, precision, recall, F1, and the 95 % interval of F1."""

    hit: int
    wanted: int
    guessed: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True)
class Evaluation:
    """What ``pkh-extract evaluate`` prints. ``fields`` and ``types`` by name; ``micro`` is the F1 of all values of all
    fields together (the words of the clean text left out), ``macro`` the mean F1 of the fields, ``macro_types`` that of
    the types. ``confusion``: gold type -> found type -> articles."""

    articles: int
    missing: list[str]
    fields: dict[str, Row]
    types: dict[str, Row]
    micro: float
    macro: float
    macro_types: float
    confusion: dict[str, dict[str, int]]
    misses: list[Miss] = field(default_factory=list)

    def as_json(self, *, misses: bool = False) -> dict[str, Any]:
        """As JSON holds it, figures rounded to four places; with every miss where ``misses`` says so."""
        rows = {
            table: {name: {key: _rounded(value) for key, value in vars(row).items()} for name, row in found.items()}
            for table, found in (("fields", self.fields), ("types", self.types))
        }
        means = {name: _rounded(getattr(self, name)) for name in ("micro", "macro", "macro_types")}
        listed = {"misses": [miss.as_json() for miss in self.misses]} if misses else {}
        head = {"articles": self.articles, "missing": self.missing}
        return {**head, **means, **rows, "confusion": self.confusion, **listed}


def evaluate(score: Score, missing: list[str] | None = None) -> Evaluation:
    """The measures of a score. Intervals come from a bootstrap over articles (percentiles of :data:`RESAMPLES` samples
    of as many articles, drawn with replacement; Efron and Tibshirani 1993), so that values of one article, which are
    not independent, stay together; they are the same in every run."""
    fields = _rows(score.articles)
    types = _rows({name: _of_types(*pair) for name, pair in score.types.items()})
    total = sum((tally for name, tally in score.tallies.items() if name not in TEXT), Tally())
    confusion: dict[str, Counter[str]] = {}
    for want, got in score.types.values():
        confusion.setdefault(want or NONE, Counter())[got or NONE] += 1
    return Evaluation(
        articles=len(score.articles),
        missing=missing or [],
        fields=fields,
        types=types,
        micro=total.f1,
        macro=_mean({name: row for name, row in fields.items() if name not in TEXT}),
        macro_types=_mean(types),
        confusion={want: dict(sorted(found.items())) for want, found in sorted(confusion.items())},
        misses=score.misses,
    )


def _of_types(want: str | None, got: str | None) -> dict[str, Tally]:
    """What one article's main event counts for the types."""
    found: dict[str, Tally] = {}
    for kind in {want, got} - {None}:
        found[str(kind)] = Tally(hit=int(want == got), wanted=int(kind == want), guessed=int(kind == got))
    return found


def _rows(articles: dict[str, dict[str, Tally]]) -> dict[str, Row]:
    """A row for each name, in the order in which they first come up."""
    import numpy as np

    names = list(dict.fromkeys(name for tallies in articles.values() for name in tallies))
    if not names:
        return {}
    counts = np.zeros((len(articles), len(names), 3))
    place = {name: index for index, name in enumerate(names)}
    for row, tallies in enumerate(articles.values()):
        for name, tally in tallies.items():
            counts[row, place[name]] = tally.hit, tally.wanted, tally.guessed
    low, high = _intervals(counts)
    rows = {}
    for index, name in enumerate(names):
        tally = Tally(*(int(value) for value in counts[:, index].sum(axis=0)))
        rows[name] = Row(
            tally.hit, tally.wanted, tally.guessed, tally.precision, tally.recall, tally.f1, low[index], high[index]
        )
    return rows


def _intervals(counts: np.ndarray) -> tuple[list[float], list[float]]:
    """2.5 and 97.5 % of F1 for each name, from articles drawn with replacement."""
    import numpy as np

    random = np.random.default_rng(SEED)
    articles = len(counts)
    weights = random.multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES)
    sums = np.tensordot(weights, counts, axes=1)
    whole = sums[..., 1] + sums[..., 2]
    f1 = np.divide(2 * sums[..., 0], whole, out=np.ones_like(whole), where=whole > 0)
    low, high = np.percentile(f1, [2.5, 97.5], axis=0)
    return [float(value) for value in low], [float(value) for value in high]


def _mean(rows: dict[str, Row]) -> float:
    return sum(row.f1 for row in rows.values()) / len(rows) if rows else 1.0


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
