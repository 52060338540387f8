"""Batches of rows: one result a row, whatever single rows are."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import pkh_extract
from pkh_extract.errors import InputError

TEXT = "AGAM – Sebanyak 94 pendamping PKH mengikuti bimtek di Hotel Sakura, Kabupaten Agam, Selasa (5/3/2024)."


def test_each_row_has_its_record_as_if_it_came_alone():
    batch = {"text": [TEXT, "", None, float("nan"), 7], "id": ["a", "b", "c", None, "e"], "other": [1, 2, 3, 4, 5]}
    found = pkh_extract.extract_batch(batch)
    assert {len(column) for column in found.values()} == {5}
    assert json.loads(found["record"][0]) == json.loads(pkh_extract.extract(TEXT, source="a").model_dump_json())
    first = {name: found[name][0] for name in ("relevant", "event_type", "event_date", "regency_code", "error")}
    assert first == {
        "relevant": True,
        "event_type": "training",
        "event_date": "2024-03-05",
        "regency_code": "13.06",
        "error": None,
    }
    assert found["relevant"] == [True, False, False, False, None]
    assert [error is None for error in found["error"]] == [True, True, True, True, False]
    assert json.loads(found["record"][3])["article"]["source"] == "row:4"


def test_html_titles_and_days_of_a_row_are_used():
    page = f"<html><body><h1>Bimtek PKH Digelar</h1><p>{TEXT}</p><p>Peserta datang dari semua nagari.</p></body></html>"
    batch = {"html": [page.encode()], "published": ["2024-03-06"], "url": ["https://a.example/1"]}
    found = pkh_extract.extract_batch(batch)
    article = json.loads(found["record"][0])["article"]
    assert (article["format"], article["published"], article["url"]) == ("html", "2024-03-06", "https://a.example/1")


def test_columns_of_unlike_length_are_refused_and_an_empty_batch_is_none():
    with pytest.raises(InputError, match="one length"):
        pkh_extract.extract_batch({"text": [TEXT], "id": []})
    assert pkh_extract.extract_batch({"text": []})["record"] == []
    assert pkh_extract.extract_batch({}) == {name: [] for name in pkh_extract.extract_batch({"text": []})}


def test_numpy_arrays_are_columns_too():
    numpy = pytest.importorskip("numpy")
    found = pkh_extract.extract_batch({"text": numpy.array([TEXT, "x"]), "id": numpy.array(["a", "b"])})
    assert found["relevant"] == [True, False]


def test_it_is_found_without_loading_the_pipeline():
    code = "import sys, pkh_extract; pkh_extract.extract_batch; assert 'spacy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
