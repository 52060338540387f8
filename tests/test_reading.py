"""Reading: the order of folders, names as text, records back from their files."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pkh_extract
from pkh_extract.errors import InputError
from pkh_extract.reading import read_inputs
from pkh_extract.reading.source import printable_name

TREE = ["b.txt", "a/2.htm", "a/1.HTML", "a.txt.gz", "c/d/e.txt", "c.txt", "notes.pdf", "rows.jsonl", "c/.hidden.txt"]
WALKED = ["a/1.HTML", "a/2.htm", "a.txt.gz", "b.txt", "c/.hidden.txt", "c/d/e.txt", "c.txt"]


@pytest.mark.parametrize("order", [TREE, TREE[::-1]])
def test_a_folder_is_walked_in_the_same_order_however_it_was_made(tmp_path: Path, order: list[str]):
    for name in order:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "c" / "up").symlink_to("..")
    (tmp_path / "a" / "sideways").symlink_to("../c")
    (tmp_path / "c" / "sideways").symlink_to("../a")
    found = [source.id for source in read_inputs([str(tmp_path)])]
    assert sorted(found) == sorted(set(found))
    through_links = {name for name in found if "sideways" in name}
    assert through_links == {"a/sideways/.hidden.txt", "a/sideways/d/e.txt"}
    assert [name for name in found if name not in through_links] == [
        name for name in WALKED if not name.startswith("c/")
    ]


def test_duplicate_sources_are_all_read(tmp_path: Path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(folder)
    found = list(read_inputs([str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / "one" / "same.txt")]))
    assert [source.id for source in found] == ["same.txt"] * 3
    assert [source.path.read_text() for source in found if source.path] == ["one", "two", "one"]


@given(st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name))
def test_any_name_becomes_valid_text(name: bytes):
    shown = printable_name(os.fsdecode(name))
    shown.encode("utf-8")
    if name.isascii():
        assert shown == name.decode()


@pytest.fixture(scope="module")
def line() -> str:
    return pkh_extract.extract("Sebanyak 31 pendamping PKH ikut bimtek di Padang.", source="a.txt").model_dump_json()


@pytest.mark.parametrize("packed", [False, True])
def test_records_are_read_back_as_they_were(tmp_path: Path, line: str, packed: bool):
    path = tmp_path / ("r.jsonl.gz" if packed else "r.jsonl")
    data = f"{line}\n\n{line}\n".encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    records = list(pkh_extract.read_records(path))
    assert [record.model_dump_json() for record in records] == [line, line]


BROKEN = [
    ("{", "line 2: Invalid JSON"),
    ('{"schema_version":"1"}', "line 2: article: Field required"),
    ("[]", "line 2"),
    ("\udcff", "line 2"),
]


@pytest.mark.parametrize(("second", "said"), BROKEN)
def test_a_broken_line_is_named(tmp_path: Path, line: str, second: str, said: str):
    path = tmp_path / "r.jsonl"
    path.write_bytes(f"{line}\n{second}\n".encode("utf-8", "surrogateescape"))
    records = pkh_extract.read_records(path)
    assert next(records).article.source == "a.txt"
    with pytest.raises(InputError, match=said) as caught:
        next(records)
    assert "\n" not in str(caught.value)


def test_a_cut_off_file_and_a_missing_one_are_named(tmp_path: Path, line: str):
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(f"{line}\n".encode() * 50)[:-30])
    with pytest.raises(InputError, match=r"cut.jsonl.gz cannot be read after line \d+"):
        list(pkh_extract.read_records(tmp_path / "cut.jsonl.gz"))
    with pytest.raises(InputError, match=r"none.jsonl cannot be opened: No such file"):
        pkh_extract.read_records(tmp_path / "none.jsonl")


def test_importing_the_package_is_cheap_and_every_name_is_there():
    code = (
        "import sys, pkh_extract; heavy = {'spacy', 'pydantic', 'bs4'} & set(sys.modules); assert not heavy, heavy\n"
        "missing = [name for name in pkh_extract.__all__ if getattr(pkh_extract, name, None) is None]\n"
        "assert not missing, missing\n"
        "assert set(pkh_extract.__all__) <= set(dir(pkh_extract))\n"
        "article = pkh_extract.clean('<html><body><p>Satu dua.</p></body></html>', source='x.html')\n"
        "assert isinstance(article, pkh_extract.Article)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_an_extractor_pipes_records_in_order_on_one_process_or_two():
    extractor = pkh_extract.Extractor()
    pairs = [(f"{number}.txt", f"Sebanyak {number} pendamping PKH ikut bimtek.") for number in range(2, 20)]
    one, two = list(extractor.pipe(pairs)), list(extractor.pipe(iter(pairs), workers=2))
    assert [record.article.source for record in one] == [name for name, _ in pairs]
    assert one == two
