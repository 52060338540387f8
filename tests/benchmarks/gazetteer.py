"""What the gazetteer costs, by hand: ``python tests/benchmarks/gazetteer.py``.

Prints the time and memory of loading, the time of a look-up by code, by name and inside a parent, and how look-ups by
code and by name grow when the register is eight times as long (1.0: not at all; 8.0: in proportion).
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

from pkh_extract.gazetteer import find, normalise
from pkh_extract.gazetteer.register import Gazetteer, load_gazetteer
from pkh_extract.gazetteer.villages import Villages

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


def growth() -> tuple[float, float]:
    """The time of look-ups by code, and of look-ups by a name that one village alone bears, in the whole register, as
    multiples of that in an eighth of it."""
    lines = load_gazetteer().villages.lines
    small, whole = (Villages("\n".join(["code,name", *chosen])) for chosen in (lines[::8], lines))
    some = small.lines[:: max(len(small) // TIMES, 1)]
    codes = [line[:13] for line in some]
    names = [key for line in some if len(whole.find(key := normalise(line[14:]))) == len(small.find(key)) == 1]
    by_code = seconds(lambda: [whole.get(c) for c in codes]) / seconds(lambda: [small.get(c) for c in codes])
    by_name = seconds(lambda: [whole.find(n) for n in names]) / seconds(lambda: [small.find(n) for n in names])
    return by_code, by_name


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
    asked = seconds(lambda: [find("Kota Padang") for _ in range(100)]) * 1e4
    print(f"everything of a city by its name   {asked:8.1f} µs")
    by_code, by_name = growth()
    print(f"by code when 8 times as many       {by_code:8.2f} times the time")
    print(f"by name when 8 times as many       {by_name:8.2f} times the time")


if __name__ == "__main__":
    main()
