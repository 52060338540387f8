"""The page of records without a browser: its figures, its words, and that no article can break out of its data."""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser import changed, make_record, write_records
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract.errors import InputError, OutputError
from pkh_extract.looking import html
from pkh_extract.looking.index import KEYS, row
from pkh_extract.looking.land import CELLS, EAST, NORTH, SOUTH, WEST, land
from pkh_extract.looking.report import CHUNK, write_report
from pkh_extract.looking.summary import Summary, year_of

EVIL = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u2028\u2029&lt;"


def summary(*records):
    made = Summary()
    for record in records:
        made.add(record)
    return made.as_dict()


def data(page: str, name: str):
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found, name
    return json.loads(found[1])


def test_totals_count_articles_events_and_people():
    first = make_record()
    made = summary(first, changed(first, date=None, location=None), changed(first, status="planned"))
    assert made["totals"] == {
        "articles": 3, "relevant": 3, "events": 3, "dated": 2, "placed": 2, "participants": 188, "figures": 3,
        "amounts": 0, "warned": 3,
    }  # fmt: skip
    assert made["types"] == [["training", {"held": 2, "planned": 1}]]
    assert made["months"] == {"": {"training": 1}, "2024-03": {"training": 2}}
    assert made["provinces"] == [["13", "Sumatera Barat", 2]]
    ((code, name, count, point),) = made["regencies"]
    assert (code, name, count) == ("13.71", "Kota Padang", 2) and -2 < point[0] < 0 and 100 < point[1] < 101
    assert made["warnings"] == [["encoding_repaired", 3]] and made["programs"] == [["PKH", 3]]


def test_planned_events_bring_no_people_and_parts_do_not_count_twice():
    record = make_record()
    part = record.events[0].participants[0].model_copy(update={"count": 40, "part_of": 0})
    both = changed(record, participants=[one.model_dump() for one in (*record.events[0].participants, part)])
    assert summary(both)["people"] == [["13.71", "Kota Padang", "2024", 1, 94]]
    assert summary(changed(record, status="planned"))["people"] == []


def test_figures_are_never_added_up():
    record = make_record()
    small = record.model_copy(update={"kpm": [record.kpm[0].model_copy(update={"value": 75})]})
    expected = ["13.71", "Kota Padang", "2024", "PKH", "recipients", "household", 2, 75, 3175, 6275]
    assert summary(record, small)["figures"] == [expected]


def test_an_event_known_by_its_year_has_no_month():
    record = make_record()
    date = record.events[0].date.model_dump() | {"start": "2023-01-01", "end": "2023-12-31", "precision": "year"}
    assert list(summary(changed(record, date=date))["months"]) == ["2023"]
    assert year_of(record.model_copy(update={"events": []})) == "2024"


def test_a_row_has_what_filters_ask_for():
    found = dict(zip(KEYS, row(make_record(title="Bimtek")), strict=True))
    assert found["types"] == ["training"] and found["provinces"] == ["13"] and found["years"] == ["2024"]
    assert (found["place"], found["participants"], found["kpm"]) == ("Kota Padang", 94, 6275)
    assert "Hotel Sakura" in found["words"] and "Dinsos" in found["words"]


def test_land_lies_in_the_box_and_every_province_has_some():
    found = land()
    assert len(found) == 38
    width, height = (EAST - WEST) * CELLS, (NORTH - SOUTH) * CELLS
    for runs in found.values():
        assert all(x >= 0 and x + length <= width and 0 <= y < height and length > 0 for x, y, length in runs)
    cells = [(x + step, y) for runs in found.values() for x, y, length in runs for step in range(length)]
    assert len(cells) == len(set(cells)) > 3000


def test_both_languages_say_the_same_things_and_name_every_code():
    english, indonesian = (html.all_strings()[lang] for lang in html.LANGUAGES)
    assert english.keys() == indonesian.keys()
    assert all(words.strip() for strings in (english, indonesian) for words in strings.values())
    for key, words in english.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", indonesian[key])), key
    missing = [f"{group}.{code}" for group, codes in html.codes().items() for code in codes]
    assert not [key for key in missing if key not in english]


def test_every_key_that_the_page_uses_has_words_and_every_word_is_used():
    known = html.all_strings()["en"]
    scripts = [html.asset(name) for name in (*html.SCRIPTS, html.LAST)]
    review = [path.read_text("utf-8") for path in sorted((Path(html.__file__).parent / "page").glob("review*.js"))]
    text = "\n".join(
        [*scripts, *review, html.asset("page.html"), Path(html.__file__).with_name("report.py").read_text()]
    )
    used = set(re.findall(r"""["'{`]((?:ui|total|field|review)\.\w+)""", text))
    assert not {key for key in used if key not in known}
    fixed = {key for key in known if key.startswith(("ui.", "review."))}
    made_up = {f"ui.{name}" for name in ("count", "least", "median", "most")} | {"review.accept", "review.reject"}
    assert fixed - used - made_up == set()


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_escaped_json_is_the_same_json_and_cannot_end_its_element(value):
    made = html.escape_json(value)
    assert json.loads(made) == value
    assert not set("<>&\u2028\u2029") & set(made)


def test_no_article_breaks_out_of_its_data(tmp_path: Path):
    records = write_records(tmp_path / "r.jsonl", [make_record(title=EVIL, extra=EVIL, outlet=EVIL, source=EVIL)])
    out = tmp_path / "page.html"
    write_report(str(records), str(out))
    page = out.read_text("utf-8")
    assert page.count("alert(1)") == page.count("\\u003cscript\\u003ealert(1)") > 0
    assert data(page, "rows")[0][0] == EVIL
    assert re.findall(r"<script(.*?)>", page) == [
        ' type="application/octet-stream" id="chunk-0"',
        *(f' type="application/json" id="{name}"' for name in ("meta", "summary", "land", "rows")),
        "",
    ]


def test_the_page_holds_every_record_whole_and_is_the_same_each_time(tmp_path: Path):
    made = [make_record(number, extra="🙂 ") for number in range(CHUNK + 3)]
    records = write_records(tmp_path / "r.jsonl", made)
    assert "43 records" in write_report(str(records))
    page = (tmp_path / "r.report.html").read_bytes()
    write_report(str(records))
    assert (tmp_path / "r.report.html").read_bytes() == page
    packed = re.findall(rb'id="chunk-\d+">(.*?)</script>', page)
    lines = [line for one in packed for line in gzip.decompress(base64.b64decode(one)).decode().split("\n")]
    assert [json.loads(line) for line in lines] == [record.model_dump(mode="json") for record in made]


def test_the_policy_forbids_requests_and_names_the_scripts_hash(tmp_path: Path):
    head = html.head("id", title="a & b")
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', head)
    assert policy and "default-src 'none'" in policy[1] and "connect-src 'none'" in policy[1]
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    assert '<html lang="id">' in head and "<title>a &amp; b</title>" in head
    addresses = set(re.findall(r"https?://[^\s\"']+", head + html.tail()))
    assert addresses == {"http://www.w3.org/2000/svg"}


def test_the_scripts_put_no_markup_together():
    text = html.script(tuple(p.name for p in (Path(html.__file__).parent / "page").glob("review*.js")))
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.srcdoc", text)


@pytest.mark.parametrize(("given", "error"), [("page.txt", OutputError), ("missing/page.html", OutputError)])
def test_a_page_that_cannot_be_written_is_one_sentence(tmp_path: Path, given: str, error: type[Exception]):
    records = write_records(tmp_path / "r.jsonl", [make_record()])
    with pytest.raises(error):
        write_report(str(records), str(tmp_path / given))


def test_bad_records_leave_no_page_and_the_old_one_alone(tmp_path: Path):
    records = write_records(tmp_path / "r.jsonl", [make_record(number) for number in range(50)])
    out = tmp_path / "page.html"
    out.write_text("old")
    with records.open("a") as more:
        more.write("{}\n")
    with pytest.raises(InputError):
        write_report(str(records), str(out))
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(InputError, match="holds no record"):
        write_report(str(tmp_path / "empty.jsonl"), str(out))
    assert out.read_text() == "old" and sorted(path.name for path in tmp_path.iterdir()) == [
        "empty.jsonl", "page.html", "r.jsonl",
    ]  # fmt: skip


def test_report_on_the_command_line(tmp_path: Path):
    write_records(tmp_path / "r.jsonl", [make_record()])
    ran = subprocess.run(
        [sys.executable, "-m", "pkh_extract", "report", "r.jsonl", "-o", "-", "--lang", "id"],
        capture_output=True, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0 and ran.stdout.startswith(b"<!doctype html>") and b"1 record, " in ran.stderr
    wrong = subprocess.run(
        [sys.executable, "-m", "pkh_extract", "report", "none.jsonl"], capture_output=True, cwd=tmp_path, timeout=60
    )
    assert wrong.returncode == 2 and wrong.stderr.count(b"\n") == 1
