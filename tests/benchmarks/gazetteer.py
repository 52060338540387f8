"""What the gazetteer costs, by hand: ``python tests/benchmarks/gazetteer.py``.

Prints the time and memory of loading, the time of a look-up by code, by name and inside a parent, and how a look-up by
code grows when the register is eight times as long (1.0: not at all; 8.0: in proportion).
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

from pkh_extract.gazetteer.lines import Lines
from pkh_extract.gazetteer.register import Gazetteer, load_gazetteer

TIMES = 2000


def fresh() -> Gazetteer:
    """The gazetteer loaded anew, with its index of village names."""
    from pkh_extract.gazetteer import register

    register.load_gazetteer.cache_clear()
    register._load_villages.cache_clear()
    gazetteer = load_gazetteer()
    gazetteer.villages.find("sidomulyo")
    return gazetteer


def seconds(call: Callable[[], object]) -> float:
    """The shortest of three runs."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        runs.append(time.perf_counter() - start)
    return min(runs)


def megabytes() -> float:
    """What a loaded gazetteer keeps."""
    tracemalloc.start()
    kept = fresh()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept.areas
    return size / 1e6


def growth() -> float:
    """The time of look-ups by code in the whole register, as a multiple of that in an eighth of it."""
    lines = load_gazetteer().villages.lines
    small, whole = Lines("\n".join(["code,name", *lines[::8]])), Lines("\n".join(["code,name", *lines]))
    codes = [line[:13] for line in small.lines[:: max(len(small) // TIMES, 1)]]
    return seconds(lambda: [whole.get(code) for code in codes]) / seconds(lambda: [small.get(code) for code in codes])


def main() -> None:
    print(f"load, with the index of villages   {seconds(fresh):8.3f} s")
    print(f"memory kept                        {megabytes():8.1f} MB")
    gazetteer = load_gazetteer()
    codes = [line[:13] for line in gazetteer.villages.lines[:: len(gazetteer.villages) // TIMES]]
    per = 1e6 / len(codes)
    print(f"a village by its code              {seconds(lambda: [gazetteer.area(c) for c in codes]) * per:8.1f} µs")
    named = seconds(lambda: [gazetteer.villages.find("sumber") for _ in range(TIMES)]) * 1e6 / TIMES
    print(f"all villages of a name             {named:8.1f} µs")
    gazetteer.within("33.10", "Jogosetrn", 13)
    once = seconds(lambda: [gazetteer.within("33.10", "Jogosetrn", 13) for _ in range(100)]) * 1e4
    print(f"a misspelt village in its regency  {once:8.1f} µs")
    print(f"look-ups when 8 times as many      {growth():8.2f} times the time")


if __name__ == "__main__":
    main()
