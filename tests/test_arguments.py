"""What Python callers may hand over: anything else is one sentence where it comes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import pkh_extract
from pkh_extract.extractor import Extractor

TEXT = "Bantuan PKH cair di Kabupaten Agam."
PATH = type(Path()).__name__


def told(error: type[Exception], call: Any, *words: str) -> None:
    with pytest.raises(error) as caught:
        call()
    message = str(caught.value)
    assert all(word in message for word in words), message
    assert "\n" not in message and message.endswith(".")


@pytest.mark.parametrize(("data", "kind"), [(None, "None"), (5, "int"), (Path("x"), PATH), ([TEXT], "list")])
def test_an_article_is_bytes_or_text(extractor, data, kind):
    for call in (pkh_extract.extract, pkh_extract.clean, extractor.extract, extractor.annotate):
        told(TypeError, lambda call=call: call(data), f"An article is bytes or text, not {kind}", "read_bytes()")


def test_a_folder_of_rules_may_be_a_path(tmp_path):
    assert pkh_extract.load(tmp_path).get_pipe_config("pkh_record")["patterns"] == str(tmp_path)


def test_other_kinds_of_bytes_are_bytes(extractor):
    wanted = extractor.extract(TEXT.encode())
    assert extractor.extract(bytearray(TEXT.encode())) == extractor.extract(memoryview(TEXT.encode())) == wanted


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"source": None}, TypeError, ("source", "not None")),
        ({"source": Path("x.txt")}, TypeError, ("source", PATH, "str()")),
        ({"format": "pdf"}, ValueError, ("format", "'pdf'")),
        ({"url": 5}, TypeError, ("url is text, not int",)),
        ({"title": ["x"]}, TypeError, ("title is text, not list",)),
        ({"published": date(2024, 3, 5)}, TypeError, ("published is text, not date",)),
    ],
)
def test_what_is_known_of_an_article_is_text(extractor, options, error, words):
    for call in (extractor.extract, extractor.annotate):
        told(error, lambda call=call: call(TEXT, **options), *words)
    if options.keys() & {"source", "format"}:
        told(error, lambda: pkh_extract.clean(TEXT, **options), *words)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(None, TEXT)], ("source of an article is text, not None",)),
        ([("a", TEXT), ("b", None)], ("bytes or text, not None",)),
        ([TEXT], ("pairs (source, data), not as str",)),
        ([("a",)], ("pairs (source, data), not as tuple",)),
    ],
)
def test_articles_to_pipe_are_pairs(extractor, pairs, words, workers):
    told(TypeError, lambda: list(extractor.pipe(pairs, workers=workers)), *words)


@pytest.mark.parametrize(
    ("workers", "error", "words"),
    [
        (None, TypeError, "not None"),
        ("2", TypeError, "not str"),
        (True, TypeError, "not bool"),
        (0, ValueError, "1 or more"),
    ],
)
def test_workers_are_a_number_and_told_before_any_article(extractor, workers, error, words):
    told(error, lambda: extractor.pipe([("a", TEXT)], workers=workers), "workers is", words)


@pytest.mark.parametrize(
    ("published_from", "error", "words"),
    [
        ("filename", TypeError, ("not str", "('filename',)")),
        (None, TypeError, ("not None",)),
        (("filname",), ValueError, ("metadata, filename, url", "not 'filname'")),
        (("metadata", 5), ValueError, ("not 5",)),
    ],
)
def test_witnesses_of_the_day_of_publication_are_known_names(published_from, error, words):
    told(error, lambda: Extractor(published_from=published_from), "published_from", *words)


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        ({"text": TEXT}, ("'text'", "not str", "into a list")),
        ({"html": TEXT.encode()}, ("'html'", "not bytes")),
        ({"text": None}, ("'text'", "not None")),
        ({"text": [TEXT], "id": 5}, ("'id'", "not int")),
        ([TEXT], ("dict of columns", "not list")),
        (None, ("dict of columns", "not None")),
    ],
)
def test_columns_of_a_batch_are_lists(batch, words):
    told(TypeError, lambda: pkh_extract.extract_batch(batch), *words)
