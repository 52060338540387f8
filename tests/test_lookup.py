"""The gazetteer as a library, in the terminal, and its coordinates in exported tables."""

import csv
import doctest
import json
import subprocess
import sys

import pytest

from pkh_extract import gazetteer
from pkh_extract.errors import InputError
from pkh_extract.gazetteer.lines import Lines
from pkh_extract.writing.export import export_csv
from pkh_extract.writing.tables import COLUMNS


def test_the_examples_of_the_documentation_hold():
    failed, tried = doctest.testmod(gazetteer)
    assert tried >= 4
    assert failed == 0


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "pkh_extract", *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def test_a_code_gives_the_whole_place():
    place = gazetteer.get("32.04.15.2007")
    assert (place.name, place.level, place.kind) == ("Margamulya", "village", "desa")
    assert [(area.code, area.name) for area in place.parents] == [
        ("32", "Jawa Barat"),
        ("32.04", "Kabupaten Bandung"),
        ("32.04.15", "Pangalengan"),
    ]
    assert place.capital is None
    assert place.bps_code is None


@pytest.mark.parametrize(
    ("code", "kind", "capital", "bps"),
    [
        ("32", "provinsi", "Bandung", "32"),
        ("91", "provinsi", "Jayapura", "94"),  # BPS numbers Papua otherwise
        ("93", "provinsi", "Merauke", None),
        ("11.09", "kabupaten", "Sinabang", "1101"),  # Simeulue
        ("12.12", "kabupaten", "Balige", "1206"),  # Toba, then Toba Samosir
        ("73.71", "kota", "Makassar", "7371"),
        ("93.01", "kabupaten", "Merauke", None),
        ("11.09.04", "kecamatan", None, "1101020"),  # Simeulue Timur
        ("64.71.06.1004", "kelurahan", None, None),
    ],
)
def test_kind_capital_and_bps_code(code, kind, capital, bps):
    place = gazetteer.get(code)
    assert (place.kind, place.capital, place.bps_code) == (kind, capital, bps)


@pytest.mark.parametrize(
    ("retired", "code"),
    [("91.01", "93.01"), ("92.71", "96.71"), ("91.04", "94.01"), ("91.02", "95.01"), ("91.01.01", "93.01.01")],
)
def test_a_retired_code_gives_its_successor(retired, code):
    assert gazetteer.get(retired).code == code


@pytest.mark.parametrize(
    "code", ["", "9", "99", "13.99", "13.71.", "13.71.01.9999", "../13", "13,71", "1" * 5000, "Padang"]
)
def test_no_code(code):
    assert gazetteer.get(code) is None


# name, parent, codes of the first places
FOUND = [
    ("Kota Banjar", None, ["32.79"]),
    ("kab. banjar", None, ["63.03"]),
    ("Kota Jakarta Pusat", None, ["31.71"]),
    ("Kabupaten Administrasi Kepulauan Seribu", None, ["31.01"]),
    ("KABUPATENBANJAR", None, ["63.03"]),
    ("Kabupaten HSS", None, ["63.06"]),
    ("Banjar", "Kalimantan Selatan", ["63.03"]),
    ("Kecamatan Sumber", None, ["32.09.15", "33.17.01", "35.13.02"]),
    ("Desa Bugbug", "51", ["51.07.04.2001"]),
    ("Plaga", "Kabupaten Badung", ["51.03.04.2004"]),
    ("HSS", None, ["63.06"]),
    ("Bumi Saraba Kawa", None, ["63.09"]),
    ("Mamuju Utara", None, ["76.01"]),
    ("Gorontalo", None, ["75", "75.01", "75.71"]),
    ("Poco Ranaka Timur", "53.19", ["53.19.08"]),
    ("Negeri Antah Berantah", None, []),
    ("", None, []),
]


@pytest.mark.parametrize(("name", "parent", "codes"), FOUND)
def test_find(name, parent, codes):
    assert [place.code for place in gazetteer.find(name, parent)][: max(len(codes), 1)] == codes


def test_find_gives_the_widest_first():
    codes = [place.code for place in gazetteer.find("Sumbawa")]
    assert codes == sorted(codes, key=lambda code: (len(code), code))
    assert len(codes) > 1


def test_an_unknown_parent_is_told():
    with pytest.raises(InputError, match="Antah"):
        gazetteer.find("Banjar", "Antah Berantah")


def test_every_regency_has_coordinates_inside_the_country():
    codes = [code for code in gazetteer.load_gazetteer().areas if len(code) == 5]
    for code in codes:
        latitude, longitude = gazetteer.coordinates(code)
        assert -11.1 < latitude < 6.1, code
        assert 95 < longitude < 141.1, code


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [("13.71", -0.95, 100.35), ("93.01", -8.0, 139.9), ("51.03", -8.6, 115.2), ("11.72", 5.9, 95.3)],
)
def test_coordinates_lie_where_the_place_does(code, latitude, longitude):
    found = gazetteer.coordinates(code)
    assert found == (pytest.approx(latitude, abs=0.4), pytest.approx(longitude, abs=0.4))


def test_districts_lie_near_their_regency():
    """Half a degree is about 55 km; the wide regencies of the islands and of Papua have up to four."""
    far = [
        code
        for code in gazetteer.load_gazetteer().areas
        if len(code) == 8 and (point := gazetteer.coordinates(code)) is not None
        if max(abs(a - b) for a, b in zip(point, gazetteer.coordinates(code[:5]), strict=True)) > 4
    ]
    assert far == []


def test_lines_are_sorted_so_that_slices_are_whole():
    villages = gazetteer.load_gazetteer().villages
    assert villages.lines == sorted(villages.lines)
    assert len(villages) == 83_763
    assert sum(len(villages.inside(f"{code}")) for code in range(10, 100)) == 83_763


def test_lines():
    lines = Lines("code,name\n11,A\n11.01,B\n11.01.01,C\n11.02,D\n12,E\n")
    assert (lines.get("11"), lines.get("11.02"), lines.get("1"), lines.get("")) == ("A", "D", None, None)
    assert lines.inside("11") == ["11.01,B", "11.01.01,C", "11.02,D"]
    assert lines.inside("13") == []


def test_places_in_the_terminal():
    done = run("places", "Kota", "Banjar")
    assert done.returncode == 0
    assert "Kota Banjar (32.79)" in done.stdout
    assert "Jawa Barat (32)" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_places_of_one_name_are_listed_a_line_each():
    done = run("places", "Sidomulyo", "--in", "Jawa Timur")
    lines = done.stdout.splitlines()
    assert len(lines) > 20
    assert all("Sidomulyo" in line and line.endswith("Jawa Timur") for line in lines[:-1])


def test_places_as_json():
    done = run("places", "91.01", "--json")
    assert json.loads(done.stdout)["code"] == "93.01"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["13.99"], "no code"),
        (["Antah Berantah"], "No place"),
        (["Padang Pariamann"], "Padang Pariaman"),
        (["Banjar", "--in", "Antah"], "Antah"),
        (["\x1b[31mmerah"], "No place"),
    ],
)
def test_what_is_unknown_is_told_in_one_line(arguments, says):
    done = run("places", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_tables_carry_coordinates_of_the_finest_area(extractor, tmp_path):
    text = (
        "P2K2 di Pangalengan\n\nPANGALENGAN – Sebanyak 12 KPM Program Keluarga Harapan (PKH) mengikuti P2K2 di Desa "
        "Margamulya, Kecamatan Pangalengan, Kabupaten Bandung, Selasa (5/3/2024)."
    )
    export_csv([extractor.extract(text, source="a.txt")], str(tmp_path / "tables"))
    (event,) = table(tmp_path / "tables", "events")
    assert (event["village_code"], event["regency"]) == ("32.04.15.2007", "Kabupaten Bandung")
    point = float(event["latitude"]), float(event["longitude"])
    assert point == gazetteer.coordinates("32.04.15.2007")
    assert point == (pytest.approx(-7.1, abs=0.2), pytest.approx(107.6, abs=0.2))


def test_every_table_has_its_columns_even_when_empty(tmp_path):
    assert export_csv([], str(tmp_path)) == dict.fromkeys(COLUMNS, 0)
    for name, columns in COLUMNS.items():
        assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines() == [",".join(columns)]


def test_text_is_no_formula(extractor, tmp_path):
    record = extractor.extract("Bimtek PKH digelar di Kota Padang.", source="=cmd.txt")
    titled = record.article.model_copy(update={"title": "=1+1 PKH"})
    export_csv([record.model_copy(update={"article": titled})], str(tmp_path))
    (article,) = table(tmp_path, "articles")
    assert article["source"] == "'=cmd.txt"
    assert article["title"] == "'=1+1 PKH"


def test_export_in_the_terminal(extractor, tmp_path):
    record = extractor.extract("Bimtek PKH digelar di Kota Padang, Selasa (5/3/2024).", source="a.txt")
    (tmp_path / "r.jsonl").write_text(record.model_dump_json() + "\n", encoding="utf-8")
    done = run("export", str(tmp_path / "r.jsonl"), "-o", str(tmp_path / "new" / "tables"))
    assert done.returncode == 0, done.stderr
    assert table(tmp_path / "new" / "tables", "events")[0]["regency_code"] == "13.71"


@pytest.mark.parametrize("broken", ["missing", "not a record"])
def test_a_failed_export_leaves_no_table(broken, tmp_path):
    if broken != "missing":
        (tmp_path / "r.jsonl").write_text('{"schema_version": "1"}\n', encoding="utf-8")
    done = run("export", str(tmp_path / "r.jsonl"), "-o", str(tmp_path / "tables"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not list((tmp_path / "tables").glob("*.csv"))
