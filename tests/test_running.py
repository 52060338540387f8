"""The engine: order, isolation of what fails, workers that die, bounded memory. Extraction itself is stood in for by
classes that fail in chosen ways, so that real processes run and die quickly."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from stub import Stub, sources

from pkh_extract.errors import PkhExtractError
from pkh_extract.reading import Content, Source
from pkh_extract.running import extract_all, process
from pkh_extract.running.names import Names
from pkh_extract.running.progress import Tally

MIXED = ["slow", *["x"] * 30, "raise", "relevant", *["x"] * 9, "recurse", "x"]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_outcomes_come_in_order_and_failures_alone_fail(workers: int):
    outcomes = list(process(Stub(), sources(*MIXED), workers=workers))
    assert [outcome.source for outcome in outcomes] == [f"{number}.txt" for number in range(len(MIXED))]
    failures = {outcome.source: outcome.failure for outcome in outcomes if outcome.failure}
    assert {name: failure.error for name, failure in failures.items()} == {
        "31.txt": "ValueError",
        "42.txt": "RecursionError",
    }
    assert failures["31.txt"].message == "a bad article \\ud800"
    assert [outcome.source for outcome in outcomes if outcome.relevant] == ["32.txt"]
    assert all((outcome.line is None) == (outcome.failure is not None) for outcome in outcomes)


@pytest.mark.parametrize("poison", [(0,), (12,), (39,), (3, 4, 30)])
def test_an_article_that_kills_its_process_costs_no_other_record(poison: tuple[int, ...]):
    data = ["die" if number in poison else "x" for number in range(40)]
    outcomes = list(process(Stub(), sources(*data), workers=2))
    assert [outcome.source for outcome in outcomes] == [f"{number}.txt" for number in range(40)]
    failed = {int(outcome.source.removesuffix(".txt")) for outcome in outcomes if outcome.failure}
    assert failed == set(poison)
    assert {outcome.failure.stage for outcome in outcomes if outcome.failure} == {"running"}


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_takes_too_long_costs_no_other_record(workers: int):
    data = ["x"] * 40
    data[3] = data[20] = "hang"
    outcomes = list(process(Stub(), sources(*data), workers=workers, timeout=1))
    assert [outcome.source for outcome in outcomes] == [f"{number}.txt" for number in range(40)]
    failures = {outcome.source: outcome.failure.error for outcome in outcomes if outcome.failure}
    assert failures == {"3.txt": "Timeout", "20.txt": "Timeout"}


@pytest.mark.parametrize("workers", [1, 2])
def test_sources_are_taken_only_as_they_are_needed(workers: int):
    taken = 0

    def endless() -> Iterator[Source]:
        nonlocal taken
        while True:
            taken += 1
            yield Source(str(taken), content=Content("x"))

    outcomes = process(Stub(), endless(), workers=workers)
    assert [next(outcomes).source for _ in range(100)] == [str(number) for number in range(1, 101)]
    outcomes.close()
    assert taken < 300


SHARED = [([], 0), (["a"], 0), (["a", "b"], 0), (["a", "b", "a"], 2), (["a", "b", "a", "c", "b", "a"], 5)]


@pytest.mark.parametrize(("given", "shared"), SHARED)
def test_articles_that_share_a_name_are_counted(given: list[str], shared: int):
    names = Names()
    assert [source.id for source in names.noted(Source(name) for name in given)] == given
    assert names.shared() == shared
    assert ("share a source with another" in Tally(shared=shared).summary(1.0)) == bool(shared)


def test_records_for_the_library_and_an_error_that_names_the_article():
    pairs = [(str(number), "x") for number in range(20)]
    for workers in (1, 2):
        found = list(extract_all(Stub(), pairs, workers))
        assert [one.article.source for one in found] == [name for name, _ in pairs]
    for workers in (1, 2):
        with pytest.raises(PkhExtractError, match="bad one: ValueError"):
            list(extract_all(Stub(), [*pairs, ("bad one", "raise")], workers))


def test_no_worker_outlives_the_run():
    def children() -> set[str]:
        with open(f"/proc/self/task/{os.getpid()}/children") as stream:  # noqa: PTH123
            return set(stream.read().split())

    if not os.path.exists("/proc/self/task"):  # noqa: PTH110
        pytest.skip("children are listed in /proc")
    before = children()
    outcomes = process(Stub(), sources(*["slow"] * 100), workers=2)
    next(outcomes)
    assert children() - before
    outcomes.close()
    assert children() <= before
