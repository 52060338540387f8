"""Runs without texts: the same records but for ``article.text``, and sentences from what cannot do without."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import REPORT, cli, lines, two_reports

EMPTY = "<html><head><title>Galeri</title></head><body><nav>Beranda</nav></body></html>"


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Two reports, a page without any, and the records of the three with texts and without."""
    two_reports(tmp_path)
    (tmp_path / "in" / "c.html").write_text(EMPTY)
    assert cli("run", "in", "-o", "full.jsonl", cwd=tmp_path)[0] == 0
    assert cli("run", "in", "-o", "bare.jsonl", "--no-text", cwd=tmp_path)[0] == 0
    return tmp_path


def without(records: list[dict]) -> list[dict]:
    return [record | {"article": record["article"] | {"text": ""}} for record in records]


def test_nothing_but_the_text_is_left_out(both: Path):
    full, bare = lines(both / "full.jsonl"), lines(both / "bare.jsonl")
    assert full[0]["article"]["text"] in REPORT and full[0]["kpm"] and full[0]["events"]
    assert bare == without(full)
    quote = bare[0]["kpm"][0]["evidence"]
    assert full[0]["article"]["text"][quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize("arguments", [["--workers", "1"], ["--workers", "2"], ["--engine", "dask", "--workers", "1"]])
def test_every_way_to_run_gives_the_same_lines(both: Path, arguments: list[str]):
    if "dask" in arguments:
        pytest.importorskip("distributed")
    assert cli("run", "in", "-o", "again.jsonl", "--no-text", *arguments, cwd=both)[0] == 0
    assert (both / "again.jsonl").read_bytes() == (both / "bare.jsonl").read_bytes()


def test_a_stream_has_no_texts_either(both: Path):
    status, out, _ = cli("run", "in", "-o", "-", "--no-text", "--workers", "1", cwd=both)
    assert (status, out) == (0, (both / "bare.jsonl").read_bytes())


def test_a_run_with_texts_is_not_resumed_without(both: Path):
    for arguments, text in (([], True), (["--no-text", "--resume"], False), (["--resume"], True)):
        status, _, err = cli("run", "in", "-o", "parts/", *arguments, cwd=both)
        (part,) = (both / "parts").glob("*.jsonl*")
        assert status == 0 and any(record["article"]["text"] for record in lines(part)) == text, err


@pytest.mark.parametrize(("arguments", "says"), [
    (["dedupe", "bare.jsonl"], "dedupe needs the articles' texts"),
    (["review", "bare.jsonl"], "review needs the articles' texts"),
    *((["export", "bare.jsonl", "--to", to, "-o", "out"], "Annotation needs the articles' texts")
      for to in ("label-studio", "doccano", "spacy")),
    (["evaluate", "gold", "bare.jsonl"], "Judging clean texts needs the articles' texts"),
])  # fmt: skip
def test_what_needs_texts_says_so(both: Path, arguments: list[str], says: str):
    (both / "gold").mkdir()
    (both / "gold" / "a.gold.json").write_text('{"relevant": true}')
    (both / "gold" / "a.clean.txt").write_text("Sebanyak 31 pendamping")
    status, _, err = cli(*arguments, cwd=both)
    assert status == 2 and says in err and "a.txt" in err and "--no-text" in err
    assert not list(both.glob("out/*")) and not list(both.glob("*.links.jsonl"))


def test_what_needs_none_takes_them(both: Path):
    (both / "gold").mkdir()
    (both / "gold" / "a.gold.json").write_text('{"relevant": true}')
    for arguments in (
        ["evaluate", "gold", "bare.jsonl"],
        ["report", "bare.jsonl", "-o", "report.html"],
        ["export", "bare.jsonl", "--to", "csv", "-o", "out"],
    ):
        status, _, err = cli(*arguments, cwd=both)
        assert status == 0, err
    assert "31 pendamping" in (both / "out" / "participants.csv").read_text("utf-8")


def test_a_page_without_a_report_is_not_taken_for_one(both: Path):
    (both / "in" / "a.txt").unlink()
    (both / "in" / "b.txt").unlink()
    assert cli("run", "in", "-o", "none.jsonl", cwd=both)[0] == 0
    status, _, err = cli("dedupe", "none.jsonl", cwd=both)
    assert status == 0 and "1 articles" in err
