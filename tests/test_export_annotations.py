"""Annotation formats: what goes out to a tool comes back from it, and what annotators change is what changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import HOSTILE, bare, figure, lonely, records
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from pkh_extract.errors import InputError
from pkh_extract.record import Record
from pkh_extract.writing import docbin
from pkh_extract.writing.doccano import export_doccano, label_types, read_doccano
from pkh_extract.writing.export import export
from pkh_extract.writing.label_studio import config, export_label_studio, read_label_studio
from pkh_extract.writing.marks import LABELS, marked
from pkh_extract.writing.utf16 import from_utf16, to_utf16

TEXT = "\U0001f600 Bantuan PKH diterima 112 KPM dan 64 KPM di Agam."
RECORD = bare("a.txt", "Cair \U0001f600", TEXT, kpm=[figure(TEXT, "112 KPM"), figure(TEXT, "64 KPM", 64)])


def judged(record: Record) -> dict[str, Any]:
    """What marks can say of a record."""
    whole = record.model_dump(mode="json")
    article = {"id": whole["article"]["id"], "source": whole["article"]["source"]}
    return {"article": article, **{key: whole[key] for key in ("events", "kpm", "workforce", "amounts")}}


def tasks(folder: Path) -> list[dict[str, Any]]:
    found = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def accepted(folder: Path) -> Path:
    """The tasks as Label Studio exports them when the annotator accepts every prediction."""
    done = [{**task, "annotations": [{"result": task["predictions"][0]["result"]}]} for task in tasks(folder)]
    return saved(folder, done)


def saved(folder: Path, done: object) -> Path:
    (folder / "export.json").write_text(json.dumps(done), encoding="utf-8")
    return folder / "export.json"


@given(st.lists(records(), max_size=3))
@settings(max_examples=60)
def test_label_studio_brings_back_what_went_out(tmp_path_factory: pytest.TempPathFactory, some: list[Record]):
    folder = tmp_path_factory.mktemp("ls")
    counts = export_label_studio(some, str(folder))
    assert counts["articles"] == len(some)
    assert list(read_label_studio(accepted(folder))) == [judged(record) for record in some]


@given(st.lists(records(), max_size=3))
@settings(max_examples=60)
def test_doccano_brings_back_what_went_out(tmp_path_factory: pytest.TempPathFactory, some: list[Record]):
    folder = tmp_path_factory.mktemp("doccano")
    export_doccano(some, str(folder))
    lines = [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").split("\n") if line]
    for number, line in enumerate(lines):  # as doccano exports it: sorted, with its own id, metadata as it was
        line.update(id=number, label=sorted(line["label"]), Comments=[])
    (folder / "out.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert list(read_doccano(folder / "out.jsonl")) == [judged(record) for record in some]


@given(records())
@settings(max_examples=40)
def test_every_tool_marks_the_words_of_the_evidence(tmp_path_factory: pytest.TempPathFactory, record: Record):
    folder = tmp_path_factory.mktemp("words")
    export([record], str(folder), "label-studio")
    export([record], str(folder), "doccano")
    wanted = [(mark.label, marked(record).text[mark.start : mark.end]) for mark in marked(record).marks]
    (task,) = tasks(folder)
    regions = task["predictions"][0]["result"]
    assert len({region["id"] for region in regions}) == len(regions)
    assert [(one["value"]["labels"][0], one["value"]["text"]) for one in regions] == wanted
    for region in regions:  # Label Studio counts code points
        start, end = region["value"]["start"], region["value"]["end"]
        assert task["data"]["text"][start:end] == region["value"]["text"]
    line = json.loads((folder / "records.jsonl").read_text(encoding="utf-8"))
    units = line["text"].encode("utf-16-le")  # doccano counts as JavaScript does
    assert [(label, units[2 * a : 2 * b].decode("utf-16-le")) for a, b, label in line["label"]] == wanted


@given(st.text(st.sampled_from("a\u0301\U0001f600\U00010348\uffff"), max_size=20))
def test_offsets_go_to_utf16_and_back(text: str):
    for offset in range(len(text) + 2):
        units = to_utf16(text, offset)
        assert units == len(text[:offset].encode("utf-16-le")) // 2 + max(offset - len(text), 0)
        assert from_utf16(text, units) == offset


def test_the_configurations_name_every_label():
    labels = ElementTree.fromstring(config()).iter("Label")
    assert [label.get("value") for label in labels] == list(LABELS) == [kind["text"] for kind in label_types()]


def test_old_offsets_of_label_studio_are_told_by_the_words_they_quote(tmp_path: Path):
    export_label_studio([RECORD], str(tmp_path))
    (task,) = tasks(tmp_path)
    for region in task["predictions"][0]["result"]:
        for end in ("start", "end"):
            region["value"][end] = to_utf16(task["data"]["text"], region["value"][end])
    (gold,) = read_label_studio(saved(tmp_path, [{**task, "annotations": task["predictions"]}]))
    assert gold == judged(RECORD)


def test_what_annotators_change_is_what_changes(tmp_path: Path):
    export_label_studio([RECORD], str(tmp_path))
    (task,) = tasks(tmp_path)
    first, second = task["predictions"][0]["result"]
    second["value"].update(end=second["value"]["end"] - 4, text="64")
    start = task["data"]["text"].index("Agam")
    new = {"type": "labels", "value": {"start": start, "end": start + 4, "text": "Agam", "labels": ["location"]}}
    other = {"type": "choices", "value": {"choices": ["ya"]}}
    skipped = {"was_cancelled": True, "result": []}
    done = {**task, "annotations": [{"result": []}, {"result": [second, new, other]}, skipped]}
    (gold,) = read_label_studio(
        saved(tmp_path, [done, {**task, "annotations": []}, {**task, "annotations": [skipped]}])
    )
    (kpm,) = gold["kpm"]
    assert (kpm["value"], kpm["evidence"]["text"]) == (64, "64")
    (event,) = gold["events"]
    assert (event["date"], event["participants"], event["location"]["evidence"]["text"]) == (None, [], "Agam")
    assert "type" not in event
    truth = {**task, "annotations": [{"ground_truth": True, "result": [first]}, {"result": []}]}
    (gold,) = read_label_studio(saved(tmp_path, [truth]), bare=True)
    value = RECORD.kpm[0].model_dump(mode="json", exclude={"evidence", "rule"})
    assert gold == {
        "article": {"id": "0", "source": "a.txt"},
        "events": [],
        "kpm": [value],
        "workforce": [],
        "amounts": [],
    }


def test_a_moved_span_of_doccano_keeps_its_words_but_no_values(tmp_path: Path):
    export_doccano([RECORD], str(tmp_path))
    line = json.loads((tmp_path / "records.jsonl").read_text(encoding="utf-8"))
    start, end, label = line["label"][1]
    moved = {**line, "label": [line["label"][0], [start, end - 4, label], [0, 4, "Lain"]]}
    (tmp_path / "out.jsonl").write_text(json.dumps(moved), encoding="utf-8")
    (gold,) = read_doccano(tmp_path / "out.jsonl")
    assert gold["kpm"] == [
        judged(RECORD)["kpm"][0],
        {"evidence": {"field": "text", "start": 35, "end": 37, "text": "64"}},
    ]
    (gold,) = read_doccano(tmp_path / "out.jsonl", bare=True)
    assert [part["value"] for part in gold["kpm"]] == [112]


@pytest.mark.parametrize("key", ["labels", "entities"])
def test_other_shapes_of_doccano_are_read(tmp_path: Path, key: str):
    span = {"id": 7, "label": "kpm", "start_offset": 2, "end_offset": 9} if key == "entities" else [2, 9, "kpm"]
    row = {"id": 1, "text": "\U0001f600 112 KPM", key: [span], "relations": []}
    (tmp_path / "out.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (gold,) = read_doccano(tmp_path / "out.jsonl")
    assert gold["kpm"] == [{"evidence": {"field": "text", "start": 2, "end": 9, "text": "112 KPM"}}]


def test_parts_keep_pointing_at_their_total_when_others_go(extractor, tmp_path: Path):
    text = (
        "Bimtek PKH di Kabupaten Agam, Selasa (5/3/2024), diikuti 264 peserta terdiri dari 260 pendamping dan 4 korkab."
    )
    record = extractor.extract(text, source="a.txt")
    people = record.events[0].participants
    assert [person.part_of for person in people] == [None, 0, 0]
    export_label_studio([record], str(tmp_path))
    (task,) = tasks(tmp_path)
    regions = task["predictions"][0]["result"]
    people = [region for region in regions if region["value"]["labels"] == ["participants"]]
    for gone, points in ((people[1], [None, 0]), (people[0], [None, None])):
        done = {**task, "annotations": [{"result": [region for region in regions if region is not gone]}]}
        (gold,) = read_label_studio(saved(tmp_path, [done]))
        assert [part["part_of"] for part in gold["events"][0]["participants"]] == points


def test_a_mark_over_the_end_of_the_title_is_cut_there(tmp_path: Path):
    result = [{"type": "labels", "value": {"start": start, "end": end, "labels": ["event"]}}
              for start, end in ((0, 8), (5, 6), (6, 10), (4, 6))]  # fmt: skip
    task = {"data": {"text": "Judul\n\nTeks", "title_length": 5}, "annotations": [{"result": result}]}
    (gold,) = read_label_studio(saved(tmp_path, [task]))
    found = [event["evidence"] for event in gold["events"]]
    assert [(span["field"], span["text"]) for span in found] == [("title", "Judul"), ("text", "Tek"), ("title", "l")]


def test_evidence_that_is_not_there_is_no_mark():
    figure = RECORD.kpm[0]
    spans = ({"start": 9, "end": 9}, {"start": 900, "end": 910}, {"field": "title", "end": 30})
    wrong = [figure.model_copy(update={"evidence": figure.evidence.model_copy(update=span)}) for span in spans]
    assert marked(RECORD.model_copy(update={"kpm": wrong})).marks == ()


def test_what_databases_refuse_is_replaced_one_for_one(tmp_path: Path):
    record = lonely(bare("a.txt", None, "\0 112 KPM", kpm=[figure("\0 112 KPM", "112 KPM")]))
    export_label_studio([record], str(tmp_path))
    raw = (tmp_path / "tasks.json").read_bytes()
    assert b"\\u0000" not in raw
    assert b"\\ud800" not in raw
    (gold,) = read_label_studio(accepted(tmp_path))
    assert gold["kpm"] == [record.kpm[0].model_dump(mode="json")]


WRONG = ["", "{", "[" * 100_000, "7", '[{"annotations": 3}]', '[{"annotations": [{"result": [{"type": "labels"}]}]}]',
         '[{"data": {"text": 3}, "annotations": [{"result": []}]}]', "[7]",
         '[{"data": {"text": "a"}, "annotations": [{"result": [{"type": "labels", "value": {"start": "0", "end": 1, '
         '"text": "a", "labels": ["kpm"]}}]}]}]']  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_export_is_one_sentence(tmp_path: Path, wrong: str):
    path = tmp_path / "export.json"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=r"export\.json"):
        list(read_label_studio(path))
    with pytest.raises(InputError, match=r"nothing\.json"):
        list(read_doccano(tmp_path / "nothing.json"))
    if wrong:
        with pytest.raises(InputError, match=r"export\.json, line 1"):
            list(read_doccano(path))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats(allow_nan=False) | st.sampled_from(("kpm", "event", "")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("part_of", "rule", "a")), inner),
    max_leaves=5,
)
META = st.fixed_dictionaries({}, optional={"event": JSON, "number": JSON, "values": JSON})


@given(start=JSON, end=JSON, labels=JSON | st.just(["kpm", "participants"]), meta=META, length=JSON)
@settings(max_examples=300)
def test_nothing_that_a_tool_has_kept_breaks_the_reading(
    tmp_path_factory: pytest.TempPathFactory, start: Any, end: Any, labels: Any, meta: Any, length: Any
):
    folder = tmp_path_factory.mktemp("kept")
    result = [{"type": "labels", "value": {"start": start, "end": end, "labels": labels}, "meta": meta}] * 2
    data = {"text": "Judul\n\nTeks", "title_length": length}
    spans = [[start, end, "participants"]] * 2
    marks = [{"span": spans[0], **meta}]
    line = {"text": "Judul\n\nTeks", "label": spans, "pkh": {"title_length": length, "marks": marks}}
    (folder / "l.jsonl").write_text(json.dumps(line), encoding="utf-8")
    path = saved(folder, [{"data": data, "annotations": [{"result": result}]}])
    for read, file in ((read_label_studio, path), (read_doccano, folder / "l.jsonl")):
        for shape in (False, True):
            try:
                json.dumps(list(read(file, bare=shape)))
            except InputError as error:
                assert len(str(error).splitlines()) == 1


# spaCy


def documents(path: Path) -> list[Any]:
    return list(DocBin().from_disk(path).get_docs(Vocab()))


@given(st.lists(records(), min_size=1, max_size=2))
@settings(max_examples=30)
def test_documents_hold_the_spans(tmp_path_factory: pytest.TempPathFactory, some: list[Record]):
    folder = tmp_path_factory.mktemp("spacy")
    counts, total = docbin.export_docbin(some, str(folder)), 0
    for record, doc in zip(some, documents(folder / "records.spacy"), strict=True):
        article = marked(record)
        assert doc.text == article.text
        assert set(doc.spans) == set(LABELS)
        about = doc.user_data["pkh"]
        assert (about["id"], about["title_length"]) == (article.article_id, article.title_length)
        wanted = [mark for mark in article.marks if article.text[mark.start : mark.end].strip()]
        wanted.sort(key=lambda mark: list(LABELS).index(mark.label))
        spans = [(span, kept) for key in LABELS for span, kept in zip(doc.spans[key], about["marks"][key], strict=True)]
        spans = [(span, kept) for span, kept in spans if article.text[kept["start"] : kept["end"]].strip()]
        for mark, (span, kept) in zip(wanted, spans, strict=True):
            assert (kept["start"], kept["end"], kept["values"]) == (mark.start, mark.end, mark.values)
            assert (span.label_, span.id_) == (mark.label, mark.values.get("rule", ""))
            assert article.text[mark.start : mark.end].strip() in span.text  # all of every token that it touches
        assert bool(doc.ents) == any(doc.spans.values())
        total += sum(map(len, doc.spans.values()))
    assert counts["spans"] == total


def test_marks_on_blanks_alone_are_no_span(tmp_path: Path):
    some = [bare(text="92 KPM  PKH", kpm=[figure("92 KPM  PKH", words) for words in ("92 KPM", " ")])]
    assert docbin.export_docbin(some, str(tmp_path)) == {"articles": 1, "spans": 1, "left out": 0}
    (doc,) = documents(tmp_path / "records.spacy")
    assert [span.text for span in doc.spans["kpm"]] == ["92 KPM"]


def test_many_documents_make_more_files_and_stale_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docbin, "DOCS", 2)
    some = [bare(f"{number}.txt", HOSTILE) for number in range(5)]
    docbin.export_docbin(some, str(tmp_path))
    names = ["records-2.spacy", "records-3.spacy", "records.spacy"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    sources = [doc.user_data["pkh"]["source"] for name in (names[2], *names[:2]) for doc in documents(tmp_path / name)]
    assert sources == [record.article.source for record in some]
    (tmp_path / "records-of-mine.spacy").touch()
    docbin.export_docbin(some[:2], str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {"records.spacy", "records-of-mine.spacy"}
    docbin.export_docbin([], str(tmp_path))
    assert documents(tmp_path / "records.spacy") == []


def test_articles_without_text_are_left_out_and_counted(tmp_path: Path):
    for to in ("label-studio", "doccano", "spacy"):
        assert export([bare(text=" ")], str(tmp_path / to), to) == {"articles": 0, "spans": 0, "left out": 1}
    assert tasks(tmp_path / "label-studio") == []
