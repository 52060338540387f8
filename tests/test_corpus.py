"""The corpus, end to end: its gold is sound, every record keeps the contract, and the scores keep their floors."""

from __future__ import annotations

import copy
import csv
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from pkh_extract import record
from pkh_extract.evaluating import read_gold, score
from pkh_extract.evaluating.scoring import Item, overlap
from pkh_extract.extractor import Extractor

ROOT = Path(__file__).resolve().parent.parent
ARTICLES, GOLD, BASELINE = (ROOT / "corpus" / name for name in ("articles", "gold", "baseline.json"))
GAZETTEER = ROOT / "patterns" / "gazetteer"
SLACK = 0.01  # what a field may lose against the baseline before the tests fail
WORDS = dict(
    zip(
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"],
        range(1, 12),
        strict=True,
    )
)
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9}
PARTS: dict[str, type[record.Model]] = {
    "kpm": record.KpmFigure,
    "workforce": record.Count,
    "amounts": record.Amount,
    "participants": record.Participant,
    "date": record.EventDate,
    "location": record.Location,
    "events": record.Event,
}
STEMS = sorted(path.stem for path in ARTICLES.iterdir())


@pytest.fixture(scope="module")
def gold() -> dict[str, Item]:
    return read_gold(GOLD).records


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> dict[str, Item]:
    return {
        path.stem: extractor.extract(path.read_bytes(), source=path.name).model_dump(mode="json")
        for path in sorted(ARTICLES.iterdir())
    }


@pytest.fixture(scope="module")
def register() -> dict[str, str]:
    """Code to name of every province, regency and district."""
    names: dict[str, str] = {}
    for level in ("provinces", "regencies", "districts"):
        with (GAZETTEER / f"{level}.csv").open(encoding="utf-8", newline="") as rows:
            names.update((row["code"], row["name"]) for row in csv.DictReader(rows))
    return names


def walk(node: Any, path: str = "") -> Iterator[tuple[str, Item]]:
    """Every object in a JSON value, with its path."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from walk(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{path}[{index}]")


def areas(node: Any) -> Iterator[tuple[str, Item]]:
    return ((path, found) for path, found in walk(node) if found.keys() == {"code", "name"})


def known(code: str, register: dict[str, str]) -> bool:
    """A village (13 characters) is known by its district and its four digits."""
    if len(code) == 13:
        return code[:8] in register and re.fullmatch(r"\.[12]\d{3}", code[8:]) is not None
    return code in register


def article_text(stem: str) -> str:
    """What stands in the article: the clean text where there is one, else the file itself."""
    clean = GOLD / f"{stem}.clean.txt"
    path = clean if clean.exists() else ARTICLES / f"{stem}.txt"
    return path.read_bytes().decode("utf-8", errors="replace")


def numbers_in(text: str) -> set[int]:
    """Every reading of every number in a text: grouped or decimal, with or without a scale, and small words."""
    found: set[int] = set()
    for digits, scale in re.findall(r"(\d+(?:[.,]\d+)*)(?:\s+(ribu|juta|miliar)\b)?", text):
        plain = re.sub(r"[.,]", "", digits)
        found.add(int(plain))
        if scale:
            whole, _, decimals = digits.partition(",")
            found.add(int(whole + decimals) * SCALES[scale] // 10 ** len(decimals))
    tokens = re.findall(r"[a-z]+", text.casefold())
    for before, word, after in zip(["", *tokens], [*tokens, ""], [*tokens[1:], "", ""], strict=True):
        if word in WORDS:
            found.add(WORDS[word])
        elif word == "belas" and before in WORDS:
            found.add(WORDS[before] + 10)
        elif word == "puluh" and before in WORDS:
            found.add(WORDS[before] * 10 + WORDS.get(after, 0))
    return found


# The gold itself


def test_every_article_has_gold_and_every_gold_an_article(gold: dict[str, Item]) -> None:
    assert sorted(gold) == STEMS
    assert sorted(path.stem for path in ARTICLES.glob("*.html")) == sorted(
        path.name.removesuffix(".clean.txt") for path in GOLD.glob("*.clean.txt")
    )


@pytest.mark.parametrize("stem", STEMS)
def test_gold_fits_the_record(stem: str, gold: dict[str, Item]) -> None:
    """Keys and values are those of the record; what is partial is checked field by field."""
    item = gold[stem]
    assert item.keys() <= record.Record.model_fields.keys() and "relevant" in item
    assert item["article"].keys() <= record.Article.model_fields.keys()
    check_values("warnings", "code", item.get("warnings", []), record.Warning)
    check_values("programs", "program", item.get("programs", []), record.KpmFigure)
    assert item["relevant"] or item["events"] == []
    assert len(item["events"]) == item["relevant"]
    for event in item["events"]:
        people = event.get("participants", [])
        for index, person in enumerate(people):
            total = person["part_of"]
            assert total is None or (total != index and people[total]["part_of"] is None)
    for path, found in walk(item):
        name = re.sub(r"\[\d+\]", "", path.rpartition(".")[2])
        for key, value in found.items() if name in PARTS else ():
            model = PARTS[name]
            assert key in model.model_fields, f"{path}.{key}"
            if not isinstance(value, dict | list):
                check_values(path, key, [value], model)


def check_values(path: str, key: str, values: list[Any], model: type[record.Model]) -> None:
    """Validates values as the model's field ``key``, alone."""
    annotation: Any = model.model_fields[key].annotation
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    for value in values:
        assert adapter.validate_python(value, strict=True) == value, path


@pytest.mark.parametrize("stem", STEMS)
def test_gold_areas_are_the_registers(stem: str, gold: dict[str, Item], register: dict[str, str]) -> None:
    for path, area in areas(gold[stem]):
        assert known(area["code"], register), path
        assert register.get(area["code"], area["name"]) == area["name"], path
    for event in gold[stem]["events"]:
        place = event["location"]
        codes = [place[level]["code"] for level in ("province", "regency", "district", "village") if place.get(level)]
        assert all(inner.startswith(f"{outer}.") for outer, inner in pairwise(codes))


@pytest.mark.parametrize("stem", STEMS)
def test_gold_numbers_stand_in_the_article(stem: str, gold: dict[str, Item]) -> None:
    stated = numbers_in(article_text(stem))
    for path, found in walk(gold[stem]):
        for key in ("count", "count_max", "value", "value_max", "duration_days"):
            if isinstance(found.get(key), int):
                assert found[key] in stated, f"{path}.{key} = {found[key]}"


@pytest.mark.parametrize("stem", [stem for stem in STEMS if (GOLD / f"{stem}.clean.txt").exists()])
def test_clean_texts_hold_gold_and_no_headline(stem: str, gold: dict[str, Item]) -> None:
    paragraphs = (GOLD / f"{stem}.clean.txt").read_text("utf-8").removesuffix("\n").split("\n\n")
    assert all(paragraph and paragraph == " ".join(paragraph.split()) for paragraph in paragraphs)
    assert gold[stem]["article"]["title"] not in paragraphs
    for event in gold[stem]["events"]:
        venue = event["location"].get("venue")
        assert not venue or overlap(venue, "\n".join(paragraphs)) > 0


def test_corpus_is_varied(gold: dict[str, Item]) -> None:
    """What the data card promises."""
    events = [event for item in gold.values() for event in item["events"]]
    assert len(gold) >= 60
    assert {event["type"] for event in events} == set(get_args(record.EventType))
    assert {event["status"] for event in events if "status" in event} == set(get_args(record.EventStatus))
    assert len({event["location"]["province"]["code"] for event in events}) == 38
    assert sum(not item["relevant"] for item in gold.values()) == 5
    assert len(list(ARTICLES.glob("*.html"))) == 32


# The scorer


def as_record(item: Item) -> Item:
    """A gold file dressed up as a full record, as far as the scorer looks."""
    full = copy.deepcopy(item)
    full.setdefault("programs", [])
    full["warnings"] = [{"code": code} for code in item.get("warnings", [])]
    for name in ("kpm", "workforce", "amounts"):
        for found in full.setdefault(name, []):
            found.setdefault("value_max" if "value" in found else "count_max", None)
    for event in full["events"]:
        for person in event.setdefault("participants", []):
            person.setdefault("count_max", None)
    return full


def perfect(gold: dict[str, Item]) -> dict[str, Item]:
    records = {stem: as_record(item) for stem, item in gold.items()}
    for stem, item in records.items():
        clean = GOLD / f"{stem}.clean.txt"
        item["article"]["text"] = clean.read_text("utf-8").strip() if clean.exists() else ""
    return records


def test_scorer_gives_gold_full_marks(gold: dict[str, Item]) -> None:
    result = score(gold, perfect(gold), read_gold(GOLD).texts)
    assert not result.misses
    assert {name: tally.f1 for name, tally in result.tallies.items()} == dict.fromkeys(result.tallies, 1.0)


@pytest.mark.parametrize(
    ("field", "stem", "change"),
    [
        ("relevant", "kotim-satgas-hutan", lambda r: r.update(relevant=True)),
        ("published", "hsu-bimtek", lambda r: r["article"].update(published="2025-03-20")),
        ("event type", "bogor-wisuda", lambda r: r["events"][0].update(type="ceremony")),
        ("event type", "kotim-satgas-hutan", lambda r: r["events"].append({"type": "monitoring"})),
        ("status", "nunukan-sosialisasi", lambda r: r["events"][0].update(status="held")),
        ("date start", "sulut-rakorda", lambda r: r["events"][0].update(date={"start": "2023-01-05"})),
        ("date end", "bonebolango-bazar", lambda r: r["events"][0]["date"].update(end=None)),
        ("regency", "aceh-data-penerima", lambda r: r["events"][0]["location"].update(regency={"code": "11.71"})),
        ("venue", "malang-pelatihan", lambda r: r["events"][0]["location"].update(venue="Kantor Dinas Sosial")),
        ("participants", "hsu-bimtek", lambda r: r["events"][0]["participants"].pop()),
        ("participants details", "hsu-bimtek", lambda r: r["events"][0]["participants"][1].update(part_of=None)),
        ("kpm", "muratara-verifikasi", lambda r: r["kpm"][1].update(measure="recipients")),
        ("kpm", "malang-pelatihan", lambda r: r["kpm"][0].update(value_max=None)),
        ("kpm details", "kulonprogo-evaluasi", lambda r: r["kpm"][0].update(period=None)),
        ("workforce", "kuansing-rakor", lambda r: r["workforce"].clear()),
        ("amounts", "aceh-data-penerima", lambda r: r["amounts"][0].update(value=69_200_000)),
        ("warnings", "barru-stiker", lambda r: r["warnings"].clear()),
        ("clean text", "agam-penyaluran", lambda r: r["article"].update(text=r["article"]["text"] + " Baca Juga")),
    ],
)
def test_scorer_sees_the_fault(field: str, stem: str, change: Any, gold: dict[str, Item]) -> None:
    records = perfect(gold)
    change(records[stem])
    result = score(gold, records, read_gold(GOLD).texts)
    assert result.tallies[field].f1 < 1.0
    told = {(miss.article, miss.field) for miss in result.misses}
    assert ((stem, field) in told) != (field == "clean text")  # whose misses are too many words to list


# The records


@pytest.mark.parametrize("stem", STEMS)
def test_every_quotation_is_exact(stem: str, records: dict[str, Item]) -> None:
    article = records[stem]["article"]
    for path, span in walk({key: value for key, value in records[stem].items() if key != "article"}):
        if span.keys() == record.Span.model_fields.keys():
            assert span["text"], path
            assert (article[span["field"]] or "")[span["start"] : span["end"]] == span["text"], path


@pytest.mark.parametrize("stem", STEMS)
def test_codes_exist_and_nest(stem: str, records: dict[str, Item], register: dict[str, str]) -> None:
    for path, area in areas(records[stem]):
        assert known(area["code"], register), path
        assert register.get(area["code"], area["name"]) == area["name"], path
    for event in records[stem]["events"]:
        place = event["location"] or {}
        codes = [place[level]["code"] for level in ("province", "regency", "district", "village") if place.get(level)]
        assert all(inner.startswith(f"{outer}.") for outer, inner in pairwise(codes))


@pytest.mark.parametrize("stem", STEMS)
def test_record_round_trips(stem: str, records: dict[str, Item]) -> None:
    line = json.dumps(records[stem], ensure_ascii=False)
    assert record.Record.model_validate_json(line).model_dump(mode="json") == records[stem]


@pytest.mark.parametrize("stem", STEMS)
def test_text_is_clean(stem: str, records: dict[str, Item]) -> None:
    article = records[stem]["article"]
    paragraphs = article["text"].split("\n\n")
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in paragraphs)
    assert all(paragraphs)
    assert article["title"] not in paragraphs


@pytest.mark.parametrize("stem", STEMS)
def test_events_are_consistent(stem: str, records: dict[str, Item]) -> None:
    found = records[stem]
    assert found["relevant"] or found["events"] == []
    for event in found["events"]:
        date, people = event["date"], event["participants"]
        assert date is None or date["end"] is None or date["start"] <= date["end"]
        for index, person in enumerate(people):
            total = person["part_of"]
            if total is not None:
                assert 0 <= total < len(people) and total != index and people[total]["part_of"] is None


@pytest.mark.parametrize("stem", STEMS)
def test_figures_are_listed_once(stem: str, records: dict[str, Item]) -> None:
    for name, identity in (
        ("kpm", ("value", "unit", "measure", "program")),
        ("workforce", ("role", "count")),
        ("amounts", ("value", "kind")),
    ):
        seen = [
            (*(item[key] for key in identity), str(item["area"]), str(item["period"])) for item in records[stem][name]
        ]
        assert len(seen) == len(set(seen)), name


def test_scores_keep_their_floors(gold: dict[str, Item], records: dict[str, Item]) -> None:
    """``pkh-extract evaluate corpus/gold RECORDS --errors --baseline corpus/baseline.json`` shows where."""
    tallies = score(gold, records, read_gold(GOLD).texts).tallies
    floors = {name: row["f1"] - SLACK for name, row in json.loads(BASELINE.read_text("utf-8"))["fields"].items()}
    assert floors.keys() <= tallies.keys()
    assert {name: tallies[name].f1 for name, floor in floors.items() if tallies[name].f1 < floor} == {}
