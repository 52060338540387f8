"""Copies of a text and tellings of an event find each other, and nothing else does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import dedupe
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.errors import InputError
from pkh_extract.linking import link_records
from pkh_extract.linking.grouping import grouped
from pkh_extract.linking.texts import resemblance, sketch_of
from pkh_extract.record import Record

TRAINING = (
    "AGAM – Dinas Sosial Kabupaten Agam menggelar bimbingan teknis bagi pendamping PKH di {venue}, {day}. "
    "Bimtek diikuti {count} pendamping PKH. {tail}"
)
TAILS = (
    "Kepala dinas meminta mereka rajin mendatangi rumah penerima dan mencatat keluhan setiap keluarga dengan teliti.",
    "Usai pembukaan para peserta dibagi ke kelas-kelas kecil untuk belajar memakai aplikasi laporan yang baru dirilis.",
    "Pemateri dari kementerian menjelaskan cara menegur keluarga yang anaknya tidak lagi datang ke sekolah tiap pagi.",
)


@pytest.fixture(scope="module")
def records(extractor) -> list[Record]:
    """Those of the table."""
    return [extractor.extract(text, source=name) for name, text in dedupe.reports().items()]


@pytest.fixture
def told(extractor):
    """Texts to their links, each text under its number."""

    def run(*texts: str):
        return list(link_records(extractor.extract(text, source=str(number)) for number, text in enumerate(texts)))

    return run


def training(tail: int, day: str = "Selasa (5/3/2024)", count: int = 94, venue: str = "Hotel Sakura") -> str:
    return TRAINING.format(venue=venue, day=day, count=count, tail=TAILS[tail])


def together(records: list[Record]) -> tuple[set[frozenset[str]], set[frozenset[tuple[str, int]]]]:
    """Which articles are in one cluster, and which events are one."""
    clusters: dict[str, set[str]] = {}
    events: dict[str, set[tuple[str, int]]] = {}
    for links in link_records(records):
        clusters.setdefault(links.cluster, set()).add(links.source)
        for event in links.events:
            events.setdefault(event.event_id, set()).add((links.source, event.index))
    return set(map(frozenset, clusters.values())), set(map(frozenset, events.values()))


def test_the_table_is_large_enough():
    labels = [pair.label for pair in dedupe.pairs()]
    assert len(labels) >= 60
    assert min(labels.count(label) for label in ("duplicate", "same_event", "different")) >= 15
    assert all(150 <= len(text) <= 700 for text in dedupe.reports().values())


def test_precision_and_recall_stay_above_their_floors(records):
    copies, events, retold = dedupe.measure({links.source: links for links in link_records(records)})
    assert copies.precision >= 0.95, copies.wrong
    assert copies.recall >= 0.9, copies.missed
    assert events.precision >= 0.95, events.wrong
    assert events.recall >= 0.8, events.missed
    assert retold.precision >= 0.95, retold.wrong
    assert retold.recall >= 0.7, retold.missed


@given(data=st.data())
@settings(max_examples=25)
def test_the_order_of_the_file_does_not_change_what_is_together(records, data):
    some = records[:20]
    assert together(data.draw(st.permutations(some))) == together(some)


@given(data=st.data())
@settings(max_examples=5)
def test_nor_does_it_for_the_whole_table(records, data):
    assert together(data.draw(st.permutations(records))) == together(records)


def test_ids_are_those_of_the_first_in_the_file(records):
    found = list(link_records(records))
    assert [links.id for links in found] == [record.article.id for record in records]
    assert [len(links.events) for links in found] == [len(record.events) for record in records]
    seen: set[str] = set()
    for links in found:
        assert links.duplicate_of == (links.cluster if links.cluster in seen else None)
        assert links.cluster in seen or links.cluster == links.id
        seen.add(links.cluster)
        for event in links.events:
            assert event.event_id == f"{links.id}:{event.index}" or event.event_id in seen
            seen.add(event.event_id)
    again = list(link_records(reversed(records)))
    assert again[0].cluster == again[0].id == records[-1].article.id


def test_a_copy_without_a_day_tells_the_event_of_the_others(told):
    dated, bare = training(1), training(1).replace(", Selasa (5/3/2024)", "")
    for texts in ((dated, bare), (bare, dated), (bare, bare + " Acara berlangsung sehari.")):
        one, two = told(*texts)
        assert one.cluster == two.cluster
        assert [event.event_id for event in one.events] == [event.event_id for event in two.events] == [f"{one.id}:0"]
    other = training(2).replace("Selasa (5/3/2024)", "Rabu (12/6/2024)")
    retold = bare.replace("bimbingan teknis", "rapat koordinasi")
    one, two = told(other, retold)
    assert one.events[0].event_id != two.events[0].event_id


def test_the_same_article_twice_is_a_duplicate_of_itself(records):
    one, two = link_records([records[0], records[0]])
    assert (one.duplicate_of, two.duplicate_of) == (None, one.id)
    assert one.events == two.events


@pytest.mark.parametrize(
    ("other", "linked"),
    [
        (training(1), True),
        (training(1, count=90), True),  # within a tenth
        (training(1, count=60), False),
        (training(1, venue="aula Hotel Sakura Lubuk Basung"), True),
        (training(1, venue="Hotel Maninjau"), False),
        (training(1, day="Rabu (6/3/2024)"), True),  # the next day, and a count that is hardly chance
        (training(1, day="Rabu (6/3/2024)", count=93), False),
        (training(1, day="Kamis (7/3/2024)"), False),
        (training(1).replace("Agam", "Solok").replace("AGAM", "SOLOK"), False),
        (training(1).replace("menggelar", "akan menggelar"), True),
        (training(1).replace("menggelar", "membatalkan"), False),
        (training(1).replace(", Selasa (5/3/2024)", ""), False),
    ],
)
def test_an_event_is_the_same_where_nothing_contradicts(told, other: str, linked: bool):
    one, two = told(training(0), other)
    assert one.cluster != two.cluster
    assert (one.events[0].event_id == two.events[0].event_id) is linked


def test_a_round_count_on_the_next_day_is_a_series(told):
    one, two = told(training(0, count=50), training(1, day="Rabu (6/3/2024)", count=50))
    assert one.events[0].event_id != two.events[0].event_id


def test_a_chain_joins_no_days_that_lie_apart(told):
    days = ("Selasa (5/3/2024)", "Rabu (6/3/2024)", "Kamis (7/3/2024)")
    ids = [links.events[0].event_id for links in told(*(training(number, day) for number, day in enumerate(days)))]
    assert ids[0] != ids[2]
    assert len(set(ids)) == 2


def test_a_shortened_text_does_not_join_two_that_contradict(told):
    both = "Bantuan diterima lewat rekening masing-masing penerima. Kepala dinas mengimbau keluarga memakai uang itu " \
        "untuk kebutuhan sekolah anak, membeli makanan bergizi, dan memeriksakan kandungan ke puskesmas terdekat. " \
        "Petugas siap membantu siapa saja yang kesulitan mengambil uang di mesin atau agen bank."  # fmt: skip
    january, march = (f"{both} Di Kabupaten Bantul ada {count} KPM PKH pada {month}." for count, month in
                      (("21.853", "Januari"), ("20.117", "Maret")))  # fmt: skip
    for order in ((both, january, march), (january, both, march), (march, january, both)):
        clusters = dict(zip(order, (links.cluster for links in told(*order)), strict=True))
        assert clusters[january] != clusters[march]
        assert clusters[both] in (clusters[january], clusters[march])


def test_short_and_empty_texts_are_only_the_same_as_themselves(told, extractor, records):
    short = "Bantuan PKH cair di Kota Padang."
    assert len({links.cluster for links in told(short, short)}) == 1
    assert len({links.cluster for links in told(f"Judul Satu\n\n{short}", f"Judul Dua\n\n{short}")}) == 2
    empty = [records[0].model_copy(update={"article": records[0].article.model_copy(update={"text": "", "id": name})})
             for name in "ab"]  # fmt: skip
    assert [links.cluster for links in link_records(empty)] == ["a", "b"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30), st.sets(st.integers(0, 99), max_size=20))
def test_no_group_holds_two_that_contradict(pairs, contradictions):
    def agree(one: int, two: int) -> bool:
        return min(one, two) * 10 + max(one, two) not in contradictions

    groups = grouped(10, pairs, agree)
    assert sorted(node for group in groups for node in group) == list(range(10))
    assert all(agree(one, two) for group in groups for one in group for two in group if one < two)


@given(st.sets(st.integers(0, 400)), st.sets(st.integers(0, 400)))
def test_resemblance_is_exact_for_texts_of_usual_length(one, two):
    jaccard, contained = resemblance(sketch_of([*map(str, one)]), sketch_of([*map(str, two)]))
    assert jaccard == (len(one & two) / len(one | two) if one | two else 0)
    assert contained == pytest.approx(len(one & two) / min(len(one), len(two)) if one and two else 0)


def test_resemblance_of_long_texts_is_near():
    one, two = (sketch_of([str(number) for number in range(start, start + 20_000)]) for start in (0, 5_000))
    assert resemblance(one, two) == pytest.approx((0.6, 0.75), abs=0.07)
    assert len(one.hashes) == 512


def test_one_event_told_by_thousands_costs_no_square(records):
    one = records[0]
    many = [one.model_copy(update={"article": one.article.model_copy(update={
        "id": f"{number:05}", "text": " ".join(f"{word}{number}" for word in TAILS[0].split() * 2)})})
        for number in range(3_000)]  # fmt: skip
    found = list(link_records(many))
    assert len({links.cluster for links in found}) == 3_000
    assert {links.events[0].event_id for links in found} == {"00000:0"}


def test_a_missing_library_is_a_sentence(monkeypatch, records):
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(InputError, match=r"^dedupe needs rensa: pip install 'pkh-extract\[dedupe\]'$"):
        next(link_records(records))


def cli(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    ran = subprocess.run([sys.executable, "-m", "pkh_extract", "dedupe", *arguments], cwd=cwd, capture_output=True)
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode().strip()


@pytest.fixture
def file(tmp_path: Path, records) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{record.model_dump_json()}\n" for record in records[:7]), "utf-8")
    return path


def test_the_command_writes_one_line_an_article_and_tells_a_summary(file: Path, tmp_path: Path):
    status, out, err = cli("records.jsonl", cwd=tmp_path)
    assert (status, out) == (0, "")
    assert err == "7 articles, 1 clusters with more than one, 3 duplicates, 7 events, 6 of them linked"
    written = (tmp_path / "records.links.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in written.splitlines()]
    first = rows[0]["id"]
    assert rows[1] == {
        "id": rows[1]["id"],
        "source": "training in Agam/b",
        "cluster": first,
        "duplicate_of": first,
        "events": [{"index": 0, "event_id": f"{first}:0"}],
    }
    assert [row["duplicate_of"] for row in rows] == [None, first, first, first, None, None, None]
    assert cli("records.jsonl", "-o", "-", cwd=tmp_path)[1] == written
    assert {path.name for path in tmp_path.iterdir()} == {"records.jsonl", "records.links.jsonl"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "required"),
        (("nothing.jsonl",), "nothing.jsonl"),
        (("records.jsonl", "-o", "records.jsonl"), "the file of records itself"),
        (("records.jsonl", "-o", "links.txt"), "no known kind"),
        (("broken.jsonl",), "broken.jsonl, line 1"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(file: Path, tmp_path: Path, arguments: tuple[str, ...], said: str):
    (tmp_path / "broken.jsonl").write_text("{}\n")
    before = file.read_bytes()
    status, out, err = cli(*arguments, cwd=tmp_path)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"records.jsonl", "broken.jsonl"}
