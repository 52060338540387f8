"""Sentences and the fields that must come of them (``data/figures.yaml``), read off the record."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "figures.yaml").read_text("utf-8"))
ROWS = [row.rstrip() for group in TABLE for row in group["rows"].splitlines()]


def fields(record) -> list[str]:
    """The counted fields of a record, as the table writes them, in order; equal ones stand as often as listed."""

    def value(low: int, high: int | None) -> str:
        return f"{low}..{high}" if high is not None else str(low)

    came = record.events[0].participants if record.events else []
    return sorted(
        [f"p {people.role} {value(people.count, people.count_max)}" for people in came]
        + [f"w {count.role} {value(count.count, count.count_max)}" for count in record.workforce]
        + [f"k {figure.measure} {value(figure.value, figure.value_max)}" for figure in record.kpm]
        + [f"m {amount.kind} {value(amount.value, amount.value_max)}" for amount in record.amounts]
    )


@pytest.mark.parametrize("row", ROWS)
def test_a_sentence_gives_these_fields(annotate, row):
    text, _, meant = row.partition(" =>")
    wanted = sorted(field.strip() for field in meant.split(";") if field.strip())
    assert fields(annotate(text)._.pkh_record) == wanted


def test_no_sentence_stands_twice():
    texts = [row.partition(" =>")[0] for row in ROWS]
    assert len(set(texts)) == len(texts)
