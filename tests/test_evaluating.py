"""Evaluation: what is judged and what is not, intervals, baselines, and the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract.errors import InputError
from pkh_extract.evaluating import evaluate, paired, read_gold, score
from pkh_extract.evaluating.gold import stem_of
from pkh_extract.evaluating.scoring import Score, Tally
from pkh_extract.record import Record

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"


def figures(*kpm: dict[str, object], **fields: object) -> dict[str, object]:
    """A record with these KPM figures, as far as the scorer looks."""
    full = [
        {"value_max": None, "evidence": {"field": "text", "start": 0, "end": 3, "text": "KPM"}, **one} for one in kpm
    ]
    return {
        "article": {"title": None, "published": None, "text": ""},
        "relevant": True,
        "events": [],
        "kpm": full,
        **fields,
    }


def command(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pkh_extract", "evaluate", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, extractor) -> Path:
    """Those of the corpus."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    made = (extractor.extract(one.read_bytes(), source=one.name) for one in sorted((CORPUS / "articles").iterdir()))
    path.write_text("".join(record.model_dump_json() + "\n" for record in made), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ([{"measure": "served", "value": 5}], [{"measure": "served", "value": 5}], 1),
        ([{"measure": "served", "value": 5}], [{"measure": "removed", "value": 5}], 0),
        ([{"value": 5}], [{"measure": "removed", "value": 5}], 1),  # the measure is not judged
        ([{"value": 5}], [{"measure": "removed", "value": 6}], 0),
        # who says more chooses first
        ([{"value": 5}, {"measure": "a", "value": 5}], [{"measure": "a", "value": 5}, {"measure": "b", "value": 5}], 2),
        ([], [{"measure": "served", "value": 5}], 0),
    ],
)
def test_lists_are_compared_by_what_the_gold_says(gold, found, right):
    result = score({"x": {"kpm": gold}}, {"x": figures(*found)})
    tally = result.tallies["kpm"]
    assert (tally.hit, tally.wanted, tally.guessed) == (right, len(gold), len(found))
    assert bool(result.misses) == (right < max(len(gold), len(found)))


def test_what_the_gold_leaves_out_is_not_judged():
    result = score({"x": {"relevant": True}}, {"x": figures({"measure": "served", "value": 5})})
    assert set(result.tallies) == {"relevant"}


def test_a_miss_shows_where_the_wrong_value_was_found():
    (miss,) = score({"x": {"kpm": []}}, {"x": figures({"measure": "served", "value": 5})}).misses
    assert miss.evidence == {"field": "text", "start": 0, "end": 3, "text": "KPM"}


TALLIES = st.builds(
    lambda hit, missed, wrong: Tally(hit, hit + missed, hit + wrong),
    *(st.integers(0, 5) for _ in range(3)),
)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TALLIES), min_size=1, max_size=20))
def test_intervals_hold_possible_figures_and_are_the_same_every_time(articles):
    result = Score(articles={str(number): tallies for number, tallies in enumerate(articles)})
    one, two = evaluate(result), evaluate(result)
    assert one == two
    for name, row in one.fields.items():
        assert 0 <= row.low <= row.high <= 1
        alike = {
            (tally.hit, tally.wanted, tally.guessed) for tallies in articles for tally in [tallies.get(name)] if tally
        }
        if len(alike) == 1 and all(name in tallies for tallies in articles):  # nothing varies
            assert row.low == pytest.approx(row.f1) == row.high


def test_intervals_narrow_with_more_articles():
    def width(count: int) -> float:
        tallies = {str(number): {"a": Tally(number % 2, 1, 1)} for number in range(count)}
        row = evaluate(Score(articles=tallies)).fields["a"]
        assert row.low < row.f1 < row.high
        return row.high - row.low

    assert width(400) < width(40) / 2


def test_means_and_confusion():
    types = {"1": ("training", "training"), "2": ("training", "statement"), "3": (None, "statement"), "4": (None, None)}
    result = evaluate(Score(articles={"1": {"a": Tally(1, 1, 1), "clean text": Tally(0, 99, 99)}}, types=types))
    assert (result.micro, result.macro) == (1.0, 1.0)  # the words of the text are no values
    assert result.confusion == {
        "none": {"none": 1, "statement": 1},
        "training": {"statement": 1, "training": 1},
    }
    assert {name: (row.hit, row.wanted, row.guessed) for name, row in result.types.items()} == {
        "training": (1, 2, 1),
        "statement": (0, 0, 2),
    }


def test_records_are_found_by_name_or_source(extractor):
    made = [extractor.extract("Bansos PKH cair.", source=name) for name in ("a/x.html.gz", "row-7", "b/x.txt")]
    (folder,) = [read_gold(CORPUS / "gold")]
    assert stem_of("2024/padang.html.gz") == "padang" and "sikka-pencairan" in folder.records
    gold = type(folder)({"row-7": {}, "x": {}, "y": {}})
    found, missing = paired(gold, made[:2])
    assert (set(found), missing) == ({"row-7", "x"}, ["y"])
    with pytest.raises(InputError, match=r"Two records answer to the gold x; give it the article\.id"):
        paired(gold, made)


def of(one: Record, **more: object) -> dict[str, object]:
    """Gold of a record."""
    return {"article": {"id": one.article.id, "source": one.article.source}, **more}


def test_records_of_one_source_are_told_apart_by_their_id(tmp_path: Path, extractor):
    one, two, third = (extractor.extract(f"Bansos PKH cair kepada {n} KPM.", source="x.txt") for n in (1, 2, 3))
    files = {"x-1": of(one, relevant=True), "x-2": of(two, relevant=False)}
    for name, item in files.items():
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(item), encoding="utf-8")
    (tmp_path / "x-2.clean.txt").write_text(two.article.text, encoding="utf-8")
    folder = read_gold(tmp_path)
    assert list(folder.records) == list(names := ("x.txt (x-1.gold.json)", "x.txt (x-2.gold.json)"))
    assert list(folder.texts) == [names[1]]
    found, missing = paired(folder, [third, two, one])
    assert ({name: item["article"]["id"] for name, item in found.items()}, missing) == (
        {names[0]: one.article.id, names[1]: two.article.id},
        [],
    )
    assert paired(folder, [third, two])[1] == [names[0]]  # which of the two is the third?
    (tmp_path / "x-2.gold.json").unlink()
    only = read_gold(tmp_path)
    assert paired(only, [two, one])[0]["x.txt"]["article"]["id"] == one.article.id
    assert paired(only, [two])[0]["x.txt"]["article"]["id"] == two.article.id  # what was read anew has another id
    with pytest.raises(InputError, match=r"Two records answer to the gold x\.txt; give it the article\.id"):
        paired(only, [two, third])
    with pytest.raises(InputError, match=r"Two records have the article\.id of the gold x\.txt"):
        paired(only, [one, one])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{"source": "x"}, {"source": "x", "id": "1"}], r"are of x; give that in line 1 an article\.id"),
        ([{"source": "x", "id": "1"}, {"source": "y", "id": "1"}], r"have the article\.id 1; keep one"),
    ],
)
def test_gold_that_leaves_open_whose_it_is(tmp_path: Path, lines, said):
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps({"article": line}) + "\n" for line in lines))
    with pytest.raises(InputError, match=said):
        read_gold(tmp_path / "gold.jsonl")


WRONG = [
    ({"kpm": 5}, "is wrong at 'kpm': input should be a valid array, not 5"),
    ({"kpm": None}, "is wrong at 'kpm'"),
    ({"kpmm": []}, r"has a key 'kpmm' that no record has \(perhaps 'kpm' is meant\)"),
    ({"kpm": [{"vlaue": 3}]}, r"has a key 'kpm\.0\.vlaue' that no record has \(perhaps 'value' is meant\)"),
    ({"kpm": [{"value": "x"}]}, r"is wrong at 'kpm\.0\.value': input should be a valid integer, not \"x\""),
    ({"kpm": [{"value": True}]}, r"is wrong at 'kpm\.0\.value'"),
    ({"kpm": [{"measure": "served"}]}, r"has no 'kpm\.0\.value', by which it is compared"),
    ({"workforce": [{"role": "other"}]}, r"has no 'workforce\.0\.count'"),
    ({"events": [{"type": "foo"}]}, r"is wrong at 'events\.0\.type': input should be 'training'.*, not \"foo\""),
    ({"events": [5]}, r"is wrong at 'events\.0'"),
    ({"events": [{"locatoin": None}]}, r".*perhaps 'location' is meant"),
    ({"events": [{"location": {"regency": "13.71"}}]}, r"is wrong at 'events\.0\.location\.regency'"),
    ({"events": [{"location": {"regency": {"name": "x"}}}]}, r"has no 'events\.0\.location\.regency\.code'"),
    ({"events": [{"date": {"start": "2024-5-1"}}]}, r"is wrong at 'events\.0\.date\.start': a day is written"),
    ({"events": [{"date": {"end": "2024-02-30"}}]}, r"is wrong at 'events\.0\.date\.end'"),
    ({"article": {"published": "kemarin"}}, r"is wrong at 'article\.published'"),
    ({"article": {"source": 5}}, r"is wrong at 'article\.source'"),
    ({"events": [{"participants": [{"count": 3, "part_of": 1}]}]}, r".*participants\.0\.part_of': it counts"),
    ({"events": [{"participants": [{"count": 3, "part_of": 0}]}]}, r".*participants\.0\.part_of': it counts"),
    ({"warnings": ["x"]}, r"is wrong at 'warnings\.0\.code'"),
]


@pytest.mark.parametrize(("item", "said"), WRONG)
def test_gold_that_is_no_part_of_a_record_is_one_sentence_with_file_and_key(tmp_path: Path, item, said):
    (tmp_path / "tebo.gold.json").write_text(json.dumps(item), encoding="utf-8")
    with pytest.raises(InputError, match=rf"tebo\.gold\.json {said}") as caught:
        read_gold(tmp_path)
    assert "\n" not in str(caught.value)
    whole = item | {"article": {"source": "tebo", **item.get("article", {})}}
    (tmp_path / "gold.jsonl").write_text("\n" + json.dumps(whole), encoding="utf-8")
    with pytest.raises(InputError, match=rf"gold\.jsonl, line 2 {said}"):
        read_gold(tmp_path / "gold.jsonl")


def test_whole_records_and_parts_of_them_are_gold(records: Path, tmp_path: Path):
    lines = records.read_text("utf-8").splitlines()
    assert len(read_gold(records).records) == len(lines) == 63
    parts = [
        {},
        {"warnings": ["no_text"]},
        {"kpm": [{"value": 5, "period": {"year": 2024}, "area": {"code": "13"}}]},
        {"events": [{"date": {}, "location": {}}]},
        {"article": {"published": "2024-05-01T10:00+07:00"}},
    ]
    for number, part in enumerate(parts):
        (tmp_path / f"{number}.gold.json").write_text(json.dumps(part))
    assert list(read_gold(tmp_path).records.values()) == parts


def test_a_day_of_publication_with_its_time_is_that_day(extractor):
    found = {"x": figures(article={"title": None, "published": "2024-05-01T10:00+07:00", "text": ""})}
    assert score({"x": {"article": {"published": "2024-05-01T10:00+07:00"}}}, found).tallies["published"].hit == 1


def test_gold_in_lines(tmp_path: Path):
    (tmp_path / "gold.jsonl").write_text('{"article": {"source": "r1"}, "relevant": true}\n\n', encoding="utf-8")
    assert read_gold(tmp_path / "gold.jsonl").records == {"r1": {"article": {"source": "r1"}, "relevant": True}}
    for text, said in (
        ('{"relevant": true}', "line 1: gold in lines needs"),
        ("{", "line 1 is no JSON"),
        ("[" * 9999, "line 1 is no JSON"),
        ("7", "line 1 is no JSON object"),
    ):
        (tmp_path / "gold.jsonl").write_text(text)
        with pytest.raises(InputError, match=said):
            read_gold(tmp_path / "gold.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "nothing.jsonl")
    with pytest.raises(InputError, match=r"holds no file named \*\.gold\.json"):
        read_gold(tmp_path)


def test_the_command_prints_tables_that_fit_a_terminal(records: Path):
    done = command(records.parent, CORPUS / "gold", records)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "63 gold articles" in done.stdout
    assert "macro F1" in done.stdout
    listed = command(records.parent, CORPUS / "gold", records, "--errors").stdout
    assert listed.count("\n") > done.stdout.count("\n")
    assert "sikka-pencairan" not in listed
    plain, told = (json.loads(command(records.parent, CORPUS / "gold", records, "--json", *more).stdout)
                   for more in ((), ("--errors",)))  # fmt: skip
    misses = told.pop("misses")
    assert plain == told
    assert len(misses) == listed.count("\n") - done.stdout.count("\n") - 1 > 0
    assert all(miss.keys() == {"article", "field", "gold", "found", "evidence"} for miss in misses)


def test_a_field_that_fell_is_said_and_is_the_exit_status(records: Path, tmp_path: Path):
    figures = json.loads(command(tmp_path, CORPUS / "gold", records, "--json").stdout)
    (tmp_path / "now.json").write_text(json.dumps(figures))
    done = command(tmp_path, CORPUS / "gold", records, "--baseline", "now.json")
    assert (done.returncode, done.stdout.strip().splitlines()[-1]) == (0, "nothing changed since the baseline")
    figures["fields"]["kpm"]["f1"] += 0.1
    figures["fields"]["venue"]["f1"] -= 0.1
    (tmp_path / "then.json").write_text(json.dumps(figures))
    done = command(tmp_path, CORPUS / "gold", records, "--baseline", "then.json")
    assert done.returncode == 1
    assert [line.split()[0] for line in done.stdout.splitlines() if line.endswith("FELL")] == ["kpm"]
    assert any(line.startswith("venue") and "->" in line for line in done.stdout.splitlines())


def test_gold_without_a_record_counts_as_missed(records: Path, tmp_path: Path):
    lines = records.read_text("utf-8").splitlines()
    kept = [line for line in lines if Record.model_validate_json(line).article.source != "hsu-bimtek.html"]
    (tmp_path / "fewer.jsonl").write_text("\n".join(kept), encoding="utf-8")
    whole, fewer = (
        json.loads(command(tmp_path, CORPUS / "gold", path, "--json").stdout) for path in (records, "fewer.jsonl")
    )
    assert fewer["missing"] == ["hsu-bimtek"]
    assert fewer["fields"]["participants"]["wanted"] == whole["fields"]["participants"]["wanted"]
    assert fewer["fields"]["participants"]["recall"] < whole["fields"]["participants"]["recall"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((CORPUS / "gold", "nothing.jsonl"), "nothing.jsonl"),
        (("nothing", "records.jsonl"), "nothing cannot be read"),
        ((CORPUS / "gold", "records.jsonl", "--baseline", "records.jsonl"), "is no evaluation"),
        (("other", "records.jsonl"), "No record of records.jsonl belongs to gold in other"),
    ],
)
def test_wrong_usage_is_one_sentence(records: Path, arguments, said):
    (records.parent / "other").mkdir(exist_ok=True)
    (records.parent / "other" / "zzz.gold.json").write_text("{}")
    done = command(records.parent, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
