"""Whole saved pages, one of each layout that papers use (``tests/data/pages``, invented), with their reports.

The reports were written down before the cleaner saw the pages, ``optional`` paragraphs may stand or be missing.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pkh_extract.cleaning import clean
from pkh_extract.record import Article

FOLDER = Path(__file__).parent / "data" / "pages"
GOLD = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
# What the page says of its paper in a way that is not read: in a line of its head, a picture, or plain prose.
OUTLET_UNREAD = {"28-div-paragraphs", "36-press-release"}


def letters(text: str | None) -> str:
    """The letters and digits alone: which quotation marks and blanks stand around them is tested elsewhere."""
    return re.sub(r"\W+", "", text or "").lower()


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {name: clean((FOLDER / f"{name}.html").read_bytes(), source=f"{name}.html").article for name in GOLD}


def test_there_are_enough_layouts():
    assert len(GOLD) >= 30
    assert len({gold["kind"] for gold in GOLD.values()}) == len(GOLD)


@pytest.mark.parametrize("name", GOLD)
def test_the_text_is_the_report_and_nothing_else(articles, name):
    gold, found = GOLD[name], articles[name].text.split("\n\n")
    optional = [letters(text) for text in gold.get("optional", [])]
    wanted = [letters(text) for text in gold["paragraphs"]]
    assert "".join(wanted) in _readings("".join(letters(text) for text in found), optional)


def _readings(text: str, optional: list[str]) -> set[str]:
    """The text with and without each of the optional parts."""
    readings = {text}
    for part in optional:
        readings |= {reading.replace(part, "", 1) for reading in readings}
    return readings


@pytest.mark.parametrize("name", GOLD)
def test_paragraphs_stay_apart(articles, name):
    """No paragraph of the text runs over the end of one of the report."""
    whole = {letters(text) for text in articles[name].text.split("\n\n")}
    ends = [letters(text)[-30:] for text in GOLD[name]["paragraphs"] if len(letters(text)) > 60]
    optional = tuple(letters(text) for text in GOLD[name].get("optional", []))
    assert all(any(text.endswith((end, *(end + tail for tail in optional))) for text in whole) for end in ends)


@pytest.mark.parametrize("name", GOLD)
def test_the_title(articles, name):
    assert letters(articles[name].title) == letters(GOLD[name]["title"])


@pytest.mark.parametrize("name", GOLD)
def test_the_day_of_publication(articles, name):
    wanted, found = GOLD[name]["published"], articles[name].published
    assert (found or "")[:10] == (wanted or "")[:10]
    if found and wanted and "T" in found and "T" in wanted:
        assert found[11:16] == wanted[11:16]


@pytest.mark.parametrize("name", [name for name in GOLD if name not in OUTLET_UNREAD])
def test_the_outlet(articles, name):
    assert letters(articles[name].outlet) == letters(GOLD[name]["outlet"])
