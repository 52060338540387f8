"""Reviews without a browser: what gold they make, what is saved, and what the server refuses."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser import make_record, write_records

from pkh_extract.errors import InputError
from pkh_extract.evaluating import paired, read_gold, score
from pkh_extract.evaluating.job import evaluate_files
from pkh_extract.record import Record
from pkh_extract.reviewing.gold import LISTS, Review, gold_of
from pkh_extract.reviewing.store import Conflict, Store

ACCEPT, REJECT = {"verdict": "accept"}, {"verdict": "reject"}
NAMED = {"id": f"{0:016x}", "source": "0.txt"}  # the article of the record that make_record() makes
WHOLE = ["events", "events.0.participants", "kpm", "workforce", "amounts"]
PATHS = ["relevant", "programs", "article.title", "article.published", "events.0", "events.0.status", "events.0.date",
         "events.0.location", "events.0.organizer", "events.0.participants.0", "kpm.0"]  # fmt: skip


def review(decisions: dict[str, Any], complete: list[str] | None = None) -> Review:
    return Review.model_validate({"decisions": decisions, "complete": complete or []})


def correct(**value: Any) -> dict[str, Any]:
    return {"verdict": "correct", "value": value}


def scores(gold: dict[str, Any], record: Record) -> dict[str, Any]:
    name = record.article.source
    return score({name: gold}, {name: record.model_dump(mode="json")}).tallies


def test_an_accepted_record_scores_full_marks_in_evaluation():
    record = make_record(title="Bimtek")
    gold = gold_of(record, review(dict.fromkeys(PATHS, ACCEPT), WHOLE))
    assert gold["article"] == {**NAMED, "title": "Bimtek", "published": "2024-03-06"}
    assert "evidence" not in json.dumps(gold) and "rule" not in gold["kpm"][0]
    tallies = scores(gold, record)
    assert tallies["kpm"].wanted == tallies["participants"].wanted == tallies["event type"].wanted == 1
    assert all(tally.f1 == 1 for tally in tallies.values())


def test_gold_of_two_records_of_one_source_finds_each_its_own(tmp_path: Path):
    made = [make_record(number, source="x.txt", title=f"Bimtek {number}") for number in (1, 2)]
    store = Store(made, tmp_path / "gold")
    for record in made:
        store.save(record.article.id, "", review(dict.fromkeys(PATHS, ACCEPT), WHOLE))
    write_records(tmp_path / "r.jsonl", made)
    evaluation = evaluate_files(str(tmp_path / "gold"), str(tmp_path / "r.jsonl"))
    assert (evaluation.articles, evaluation.missing, evaluation.misses) == (2, [], [])


def test_what_is_not_decided_is_not_judged():
    record = make_record()
    assert gold_of(record, review({})) == {"article": NAMED}
    gold = gold_of(record, review({"kpm.0": ACCEPT, "events.0": ACCEPT, "relevant": ACCEPT}))
    assert gold == {"article": NAMED, "relevant": True}  # no list is complete
    gold = gold_of(record, review({"events.0": ACCEPT}, ["events"]))
    assert gold["events"] == [{"type": "training"}]


def test_rejected_and_corrected_values():
    record = make_record()
    span = {"field": "text", "start": 0, "end": 6, "text": "Dinsos"}
    decisions = {
        "relevant": REJECT, "programs": correct(programs=["BPNT"]), "events.0": correct(type="outreach"),
        "events.0.date": REJECT, "events.0.location": correct(venue="Aula", area="32.01.01"),
        "events.0.organizer": correct(organizer="Dinsos", evidence=span), "kpm.0": REJECT,
        "kpm.1": correct(value=7, measure="served", area="13", year=2024, stage=2, evidence=span),
    }  # fmt: skip
    gold = gold_of(record, review(decisions, ["events", "kpm"]))
    assert gold["relevant"] is False and gold["programs"] == ["BPNT"]
    (event,) = gold["events"]
    assert event["type"] == "outreach" and event["date"] is None and event["organizer"] == "Dinsos"
    assert event["location"]["regency"] == {"code": "32.01", "name": "Kabupaten Bogor"}
    assert event["location"]["district"]["code"] == "32.01.01" and event["location"]["village"] is None
    (figure,) = gold["kpm"]
    assert figure["area"] == {"code": "13", "name": "Sumatera Barat"} and figure["evidence"] == span
    assert figure["period"] == {"year": 2024, "stage": 2} and figure["value_max"] is None
    assert gold_of(record, review({"events.0": REJECT}, ["events"]))["events"] == []


def test_parts_point_at_their_total_wherever_it_moves():
    record = make_record()
    people = {"role": "participant", "count": 3}
    decisions = {"events.0": ACCEPT, "events.0.participants.0": REJECT,
                 "events.0.participants.1": correct(**people),
                 "events.0.participants.2": correct(**people, part_of=1),
                 "events.0.participants.3": correct(**people, part_of=0)}  # fmt: skip
    gold = gold_of(record, review(decisions, ["events", "events.0.participants"]))
    assert [one["part_of"] for one in gold["events"][0]["participants"]] == [None, 0, None]


@pytest.mark.parametrize(
    ("path", "decision", "complete"),
    [
        ("kpm.0.value", ACCEPT, []),
        ("../../etc/passwd", ACCEPT, []),
        ("kpm.0", correct(value=-1, measure="served"), []),
        ("kpm.0", correct(value=True, measure="guess"), []),
        ("kpm.0", correct(value=1, measure="served", area="99.99"), []),
        ("kpm.0", correct(value=1, measure="served", rule="mine"), []),
        ("kpm.0", correct(), []),
        ("kpm.0", correct(value=1, measure="served", evidence={"start": 0, "end": 2, "text": "xx"}), []),
        ("events.0.date", correct(start="2024-13-01"), []),
        ("events.0.date", correct(start="2024-05-02", end="2024-05-01"), []),
        ("events.0.status", REJECT, ["events"]),
        ("relevant", ACCEPT, ["kpm"]),
        ("kpm.5", ACCEPT, ["kpm"]),
        ("relevant", ACCEPT, ["nothing"]),
    ],
)
def test_a_review_that_does_not_fit_is_refused(path: str, decision: dict[str, Any], complete: list[str]):
    decisions = {path: decision} | ({"events.0": ACCEPT} if "events" in complete else {})
    with pytest.raises(InputError):
        gold_of(make_record(), review(decisions, complete))


def test_a_store_saves_what_evaluation_reads_and_remembers_everything(tmp_path: Path):
    record = make_record(title="Bimtek", source="2024/../padang baru?.html")
    store = Store([record], tmp_path / "gold")
    saved = store.save(record.article.id, "", review(dict.fromkeys(PATHS, ACCEPT), WHOLE))
    assert saved["gold"] == "padang-baru.gold.json" and set(LISTS) < set(saved["judged"])
    state = Store([record], tmp_path / "gold").state(record.article.id)
    assert state["version"] == saved["version"] and state["decisions"]["kpm.0"] == ACCEPT
    gold = read_gold(tmp_path / "gold")
    found, missing = paired(gold, [record])
    assert not missing and list(found) == ["2024/../padang baru?.html"]
    store.save(record.article.id, saved["version"], review({}))  # nothing is judged any more
    assert sorted(path.name for path in (tmp_path / "gold").iterdir()) == [".review.lock", "padang-baru.review.json"]


def test_names_come_from_sources_and_stay_in_the_folder(tmp_path: Path):
    sources = ["../../a.html", "b/a.txt", "A.htm", "..", "", "/etc/passwd", "x\0y.txt", "é" * 300]
    store = Store([make_record(number, source=source) for number, source in enumerate(sources)], tmp_path / "gold")
    assert len({name.casefold() for name in store.names.values()}) == len(sources)
    for name in store.names.values():
        assert name and "/" not in name and "\0" not in name and not name.startswith(".") and len(name) < 120
    for identity in ("../x", "", "a" * 500, "\0", "0" * 15 + "é"):
        with pytest.raises(InputError, match="no record"):
            store.state(identity)
    with pytest.raises(InputError, match="Two records"):
        Store([make_record(), make_record()], tmp_path / "gold")


def test_gold_made_by_hand_and_reviews_of_other_records_are_left_alone(tmp_path: Path):
    (tmp_path / "0.gold.json").write_text("{}")
    store = Store([make_record()], tmp_path)
    with pytest.raises(Conflict, match="not made by a review"):
        store.save(f"{0:016x}", "", review({"relevant": ACCEPT}))
    assert (tmp_path / "0.gold.json").read_text() == "{}"
    (tmp_path / "0.gold.json").unlink()
    store.save(f"{0:016x}", "", review({"relevant": ACCEPT}))
    other = Store([make_record(1, source="0.txt")], tmp_path)
    with pytest.raises(Conflict, match="another record"):
        other.state(f"{1:016x}")


def test_of_concurrent_savers_one_wins_each_version_and_none_is_lost(tmp_path: Path):
    stores = [Store([make_record()], tmp_path) for _ in range(4)]  # as four processes have
    identity = f"{0:016x}"
    conflicts = []

    def add(number: int) -> None:
        store = stores[number % 4]
        while True:
            state = store.state(identity)
            decisions = state["decisions"] | {f"kpm.{number + 1}": correct(value=number, measure="served")}
            try:
                store.save(identity, state["version"], review(decisions | {"kpm.0": ACCEPT}, ["kpm"]))
                return
            except Conflict:
                conflicts.append(number)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    gold = json.loads((tmp_path / "0.gold.json").read_text())
    assert sorted(item["value"] for item in gold["kpm"]) == sorted([*range(12), 6275])
    assert not list(tmp_path.glob("*.part"))


@contextmanager
def running(folder: Path, *options: str) -> Iterator[str]:
    """A real server process; gives its address."""
    write_records(folder / "r.jsonl", [make_record(0, title="Bimtek"), make_record(1, title="Lain")])
    command = [sys.executable, "-m", "pkh_extract", "review", "r.jsonl", "-o", "gold", *options]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        _, err = process.communicate(timeout=30)
        assert "Traceback" not in err and "fault" not in err, err


class Client:
    """Requests as they please: a browser would set Host, Origin and Sec-Fetch-Site."""

    def __init__(self, address: str) -> None:
        _, _, self.host, self.token, _ = address.split("/")

    def ask(self, method: str, path: str, body: Any = None, **headers: str | None) -> tuple[int, Any]:
        sent = {"Host": self.host, "Origin": f"http://{self.host}", "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}  # fmt: skip
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in ({"Content-Length": str(len(raw))} | sent).items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(raw)
            answer = connection.getresponse()
            content = answer.read()
            assert answer.getheader("Access-Control-Allow-Origin") is None
            is_json = answer.getheader("Content-Type") == "application/json"
            return answer.status, json.loads(content) if is_json else content
        finally:
            connection.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path]]:
    folder = tmp_path_factory.mktemp("review")
    with running(folder) as address:
        assert address.startswith("http://127.0.0.1:")
        yield Client(address), folder


def saved(version: str = "", identity: str = f"{0:016x}", **decisions: Any) -> dict[str, Any]:
    return {"id": identity, "version": version, "decisions": decisions, "complete": []}


def test_only_the_right_host_origin_and_token_are_answered(server: tuple[Client, Path]):
    client, folder = server
    page, state, save = (f"/{client.token}/{name}" for name in ("", f"state?id={0:016x}", "save"))
    assert client.ask("GET", page)[0] == 200 and client.ask("GET", state)[0] == 200
    assert client.ask("GET", page, Sec_Fetch_Site="none")[0] == 200  # typed into the address bar
    for path in (page, state):
        for host in ("koran.example", f"koran.example:{client.host.split(':')[1]}", "127.0.0.1", "", None):
            assert client.ask("GET", path, Host=host)[0] in (400, 403), host
        for site in ("cross-site", "same-site", "x"):
            assert client.ask("GET", path, Sec_Fetch_Site=site)[0] == 403
    for path in ("/", "/save", f"/{client.token}", f"/{client.token[:-1]}!/", f"/{client.token}x/", "//", "/é/",
                 f"/x/../{client.token}/"):  # fmt: skip
        assert client.ask("GET", path.encode().decode("latin-1") if path.isascii() else "/%C3%A9/")[0] == 403, path
    body = saved(relevant=ACCEPT)
    for origin in ("http://koran.example", "null", None, f"https://{client.host}", "http://127.0.0.1"):
        assert client.ask("POST", save, body, Origin=origin)[0] == 403, origin
    assert client.ask("POST", save, body, Sec_Fetch_Site="cross-site")[0] == 403
    assert client.ask("POST", save, body, Host="koran.example")[0] == 403
    assert client.ask("POST", "/x/save", body)[0] == 403
    assert client.ask("POST", save, body, Content_Type="text/plain")[0] == 415
    assert client.ask("POST", save, body, Content_Length="99999999")[0] == 413
    assert client.ask("POST", save, body, Content_Length=None)[0] == 411
    assert client.ask("POST", save, body, Content_Length="-1")[0] == 411
    assert client.ask("PUT", save, body)[0] == 501
    for wrong in (b"{", b"[]", b"\xff", b"[" * 100_000, {"id": 1, "version": ""}, {}, saved() | {"more": 1}):
        assert client.ask("POST", save, wrong)[0] == 400, wrong
    for identity in ("../../r", "..%2f..%2fr", "/etc/passwd", "", "r.jsonl", "\0"):
        assert client.ask("POST", save, saved(identity=identity))[0] == 400
    assert client.ask("GET", f"/{client.token}/../r.jsonl")[0] == 404
    assert [path.name for path in (folder / "gold").iterdir()] == []
    assert sorted(path.name for path in folder.iterdir()) == ["gold", "r.jsonl"]


def test_saving_over_http_and_a_save_based_on_an_old_version(server: tuple[Client, Path]):
    client, folder = server
    path, identity = f"/{client.token}/save", f"{1:016x}"
    status, first = client.ask("POST", path, saved(identity=identity, relevant=ACCEPT))
    assert status == 200 and first["gold"] == "1.gold.json"
    status, answer = client.ask("POST", path, saved(identity=identity, relevant=REJECT))
    assert status == 409 and answer["stale"]
    status, second = client.ask("POST", path, saved(first["version"], identity, relevant=REJECT))
    assert status == 200 and second["version"] != first["version"]
    assert json.loads((folder / "gold" / "1.gold.json").read_text()) == {
        "article": {"id": identity, "source": "1.txt"}, "relevant": False,
    }  # fmt: skip
    wrong = saved(second["version"], identity, **{"kpm.0": correct(value="banyak", measure="served")})
    status, answer = client.ask("POST", path, wrong)
    assert status == 400 and "kpm.0: value" in answer["error"]
    wrong = saved(second["version"], identity, **{"events.0.date": correct(start="2024-05-02", end="2024-05-01")})
    status, answer = client.ask("POST", path, wrong)
    assert status == 400
    assert answer["error"].startswith("events.0.date: end: the last day, 2024-05-01, is before the first, 2024-05-02")


def test_the_command_says_what_is_wrong_in_one_line(tmp_path: Path):
    write_records(tmp_path / "r.jsonl", [make_record()])
    for given in ("none.jsonl", "r.jsonl --port 0", "r.jsonl --port 99999", "r.jsonl -o r.jsonl"):
        ran = subprocess.run([sys.executable, "-m", "pkh_extract", "review", *given.split()], cwd=tmp_path,
                             capture_output=True, timeout=60)  # fmt: skip
        assert ran.returncode == 2 and ran.stderr.count(b"\n") == 1, ran.stderr


def test_an_event_that_was_missed_is_added_with_its_parts(tmp_path: Path):
    record = make_record()
    decisions = {"events.0": REJECT, "events.1": correct(type="graduation"), "events.1.status": correct(status="held"),
                 "events.1.date": correct(start="2024-03-05", end="2024-03-05"), "events.1.location": REJECT,
                 "events.1.participants.0": correct(role="kpm", count=5)}  # fmt: skip
    store = Store([record], tmp_path)
    store.save(record.article.id, "", review(decisions, ["events", "events.1.participants"]))
    (event,) = json.loads((tmp_path / "0.gold.json").read_text())["events"]
    assert (event["type"], event["status"], event["location"]) == ("graduation", "held", None)
    assert event["date"] == {"start": "2024-03-05", "end": "2024-03-05", "precision": "day", "duration_days": None}
    assert event["participants"][0]["count"] == 5
