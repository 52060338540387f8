"""``pkh-extract evaluate``: gold and records in, tables out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pkh_extract.errors import InputError
from pkh_extract.evaluating.gold import paired, read_gold
from pkh_extract.evaluating.measures import Evaluation, Row, evaluate
from pkh_extract.evaluating.scoring import Miss, score
from pkh_extract.reading.inputs import shown
from pkh_extract.reading.source import reason
from pkh_extract.writing.readback import read_records
from pkh_extract.writing.textless import with_texts

SLACK = 0.0005  # a figure of the baseline is rounded
LONGEST = 60  # characters of a value that a miss shows


@dataclass(frozen=True)
class Change:
    """A field whose F1 is another than in the baseline; ``None``: it is not in one of the two."""

    field: str
    before: float | None
    now: float | None

    @property
    def fell(self) -> bool:
        """Is it lower now, or gone?"""
        return self.before is not None and (self.now is None or self.now < self.before - SLACK)


def evaluate_files(gold: str, records: str) -> Evaluation:
    """The evaluation of a file (or folder of parts) of records against gold as :func:`read_gold` takes it.

    Gold articles without a record count as if nothing had been found in them. Raises :class:`InputError`.
    """
    known = read_gold(gold)
    stream = read_records(records)
    found, missing = paired(known, with_texts(stream, "Judging clean texts") if known.texts else stream)
    if not found:
        raise InputError(
            f"No record of {shown(records)} belongs to gold in {shown(gold)}; gold files are named like their articles."
        )
    empty: dict[str, Any] = {name: [] for name in ("programs", "events", "kpm", "workforce", "amounts", "warnings")}
    nothing = {"relevant": None, "article": {"title": None, "published": None, "text": ""}, **empty}
    found.update(dict.fromkeys(missing, nothing))
    return evaluate(score(known.records, found, known.texts), missing)


def changes(evaluation: Evaluation, baseline: str) -> list[Change]:
    """The fields that changed since an earlier evaluation's JSON. Raises :class:`InputError`."""
    try:
        before = json.loads(Path(baseline).read_text("utf-8"))["fields"]
        earlier = {str(name): float(row["f1"]) for name, row in before.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{shown(baseline)} is no evaluation as `pkh-extract evaluate --json` prints it ({reason(error)})."
        ) from error
    now = {name: row.f1 for name, row in evaluation.fields.items()}
    return [
        Change(name, earlier.get(name), now.get(name))
        for name in dict.fromkeys([*earlier, *now])
        if name not in earlier or name not in now or abs(earlier[name] - now[name]) > SLACK
    ]


def tables(evaluation: Evaluation) -> str:
    """The evaluation as text, at most 80 columns wide."""
    parts = [f"{evaluation.articles} gold articles"]
    if evaluation.missing:
        parts.append(f"without a record, counted as empty: {', '.join(map(shown, evaluation.missing))}")
    parts += ["", _head("field"), *(_line(name, row) for name, row in evaluation.fields.items())]
    parts.append(
        f"micro F1 {evaluation.micro:.3f} (every value alike), macro F1 {evaluation.macro:.3f} (every field alike)"
    )
    parts += ["", _head("main event's type"), *(_line(name, row) for name, row in sorted(evaluation.types.items()))]
    parts.append(f"macro F1 {evaluation.macro_types:.3f} (each type alike)")
    wrong = [
        f"{want:22} {got:22} {count:8}"
        for want, found in evaluation.confusion.items()
        for got, count in found.items()
        if want != got
    ]
    parts += ["", f"{'gold type':22} {'found':22} articles", *wrong] if wrong else ["", "no type was taken for another"]
    return "\n".join(parts)


def _head(name: str) -> str:
    return f"{name:24} {'prec':>6} {'recall':>6} {'F1':>6}  {'95 % of F1':13}  right/gold/found"


def _line(name: str, row: Row) -> str:
    counts = f"{row.hit}/{row.wanted}/{row.guessed}"
    span = f"{row.low:.3f}-{row.high:.3f}"
    return f"{name:24} {row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f}  {span:13}  {counts}"


def miss_line(miss: Miss) -> str:
    """A miss on one line: article, field, gold, found, and where in the article that was read."""
    line = f"{shown(miss.article)}: {miss.field}: gold {_short(miss.want)}, found {_short(miss.got)}"
    if miss.evidence:
        span = miss.evidence
        line += f" in {_short(span['text'])} ({span['field']} {span['start']}-{span['end']})"
    return line


def change_line(change: Change) -> str:
    """A change on one line."""
    before, now = ("none" if value is None else f"{value:.3f}" for value in (change.before, change.now))
    return f"{change.field:24} {before} -> {now}{'  FELL' if change.fell else ''}"


def _short(value: object) -> str:
    if value is None:
        return "nothing"
    text = shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
