"""The register is complete and consistent, and every other name leads into it."""

import csv
import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pkh_extract.errors import PatternError
from pkh_extract.gazetteer import bare, is_city, load_gazetteer, normalise, regency_of
from pkh_extract.rules import builtin_folder

HOME = builtin_folder() / "gazetteer"
BENCHMARK = Path(__file__).parent / "benchmarks" / "gazetteer.py"


def rows(name):
    with (HOME / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_register_is_complete():
    counts = Counter(len(code) for code in load_gazetteer().areas)
    assert counts == {2: 38, 5: 514, 8: 7277}
    cities = sum(is_city(code) for code in load_gazetteer().areas)
    assert (cities, 514 - cities) == (98, 416)


def test_every_code_has_its_parents():
    gazetteer = load_gazetteer()
    for code in gazetteer.areas:
        parents = gazetteer.parents(code)
        assert [len(area.code) for area in parents] == [length for length in (2, 5) if length < len(code)]
        assert all(code.startswith(area.code) for area in parents)


def test_the_number_says_whether_it_is_a_city():
    for code, name in load_gazetteer().areas.items():
        if len(code) == 5:
            assert is_city(code) == name.startswith("Kota "), (code, name)
            assert is_city(code) or name.startswith("Kabupaten ")


def test_every_province_and_regency_has_a_capital():
    gazetteer = load_gazetteer()
    assert all(gazetteer.capitals[code].strip() for code in gazetteer.areas if len(code) < 8)


def test_every_name_finds_its_own_code():
    gazetteer = load_gazetteer()
    for code, name in gazetteer.areas.items():
        assert code in gazetteer.find(name), (code, name)
        if len(code) == 5:
            assert code in gazetteer.find(bare(name)), (code, name)


def test_every_alias_stands_for_known_areas_and_is_found():
    gazetteer = load_gazetteer()
    aliases = rows("aliases.csv")
    assert len(aliases) > 150
    for row in aliases:
        codes = row["codes"].split("|")
        assert row["kind"] in {"short", "spelling", "nickname", "town", "former"}, row
        assert all(code in gazetteer.areas for code in codes), row
        assert set(codes) <= set(gazetteer.find(row["alias"])), row


def test_no_alias_stands_twice_or_takes_another_areas_name():
    """Two areas under one alias must be written out as two codes, and an area's own name cannot mean another one."""
    aliases = rows("aliases.csv")
    keys = Counter(normalise(row["alias"]) for row in aliases)
    own = {}
    for code, name in load_gazetteer().areas.items():
        if len(code) < 8:
            own.setdefault(normalise(bare(name)), set()).add(code)
    for row in aliases:
        same = [other["codes"] for other in aliases if normalise(other["alias"]) == normalise(row["alias"])]
        assert keys[normalise(row["alias"])] == 1 or len(set(same)) == 1, row
        others = own.get(normalise(row["alias"]), set())
        assert not others or others <= set(row["codes"].split("|")), row


def test_every_ordinary_word_is_a_known_name():
    known = load_gazetteer().names.keys() | load_gazetteer().districts.keys()
    assert [row["name"] for row in rows("ordinary.csv") if normalise(row["name"]) not in known] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Kota Banjar", ["32.79"]),
        ("HSS", ["63.06"]),
        ("Muko-muko", ["17.06"]),
        ("MUKOMUKO", ["17.06"]),
        ("Padangpariaman", ["13.05"]),
        ("Bumi Saraba Kawa", ["63.09"]),
        ("Kaltara", ["65"]),
        ("Yogyakarta", ["34", "34.71"]),
        ("Mura", ["16.05", "62.12"]),
        ("Jayawijaya", ["95.01"]),
        ("Asmat", ["93.04"]),
        ("Negeri Antah Berantah", []),
    ],
)
def test_find(name, codes):
    assert [code for code in load_gazetteer().find(name) if len(code) < 8] == codes


def test_names_are_the_registers_in_ordinary_writing():
    areas = load_gazetteer().areas
    assert areas["31"] == "DKI Jakarta"
    assert areas["34"] == "Daerah Istimewa Yogyakarta"
    assert areas["73.10"] == "Kabupaten Pangkajene dan Kepulauan"
    assert areas["21.72"] == "Kota Tanjung Pinang"
    assert regency_of("21") is None


def test_every_village_is_found_by_its_name():
    villages = load_gazetteer().villages
    by_name = {}
    for line in villages.lines:
        by_name.setdefault(normalise(line[14:]), []).append(line[:13])
    assert all(villages.find(key) == codes for key, codes in by_name.items())
    assert villages.find("negeriantahberantah") == []


def test_own_aliases_are_laid_over(tmp_path):
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    (folder / "aliases.csv").write_text("alias,codes,kind\nKota Uji Coba,13.71,nickname\n", encoding="utf-8")
    assert load_gazetteer((str(tmp_path),)).find("Kota Uji Coba") == ["13.71"]
    assert load_gazetteer().find("Kota Uji Coba") == []


def test_an_unknown_code_is_refused(tmp_path):
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    (folder / "aliases.csv").write_text("alias,codes,kind\nKota Uji Coba,99.99,nickname\n", encoding="utf-8")
    with pytest.raises(PatternError, match="Kota Uji Coba"):
        load_gazetteer((str(tmp_path),))


def test_the_whole_register_is_small_in_memory():
    """Loaded with its index of village names it keeps at most 80 MB (measured by the allocator, in a process of its
    own)."""
    code = (
        "import tracemalloc; tracemalloc.start()\n"
        "from pkh_extract.gazetteer import load_gazetteer\n"
        "gazetteer = load_gazetteer(); assert len(gazetteer.villages.find('sidomulyo')) > 90\n"
        "print(tracemalloc.get_traced_memory()[1])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert 5_000_000 < int(done.stdout) < 80_000_000


def test_importing_the_package_loads_no_register():
    code = "import sys, pkh_extract, pkh_extract.gazetteer as g; print(g.load_gazetteer.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "0"


def test_a_lookup_does_not_grow_with_the_register():
    """Eight times the register costs look-ups less than four times as much, both timed in this run."""
    spec = importlib.util.spec_from_file_location("gazetteer_benchmark", BENCHMARK)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    assert max(benchmark.growth()) < 4
