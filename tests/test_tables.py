"""Tables and lists of pages and texts: one entry a row, with the programme of its column and the area of its name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.tables import cells
from pkh_extract.extractor import Extractor

TITLE = "Penyaluran PKH dan BST di Kabupaten Buton"
LEAD = (
    "PASARWAJO – Dinas Sosial Kabupaten Buton menyalurkan bantuan Program Keluarga Harapan (PKH) di kantor pos, Selasa "
    "(5/3/2024). Berikut rinciannya."
)
TAIL = "Kepala dinas berharap bantuan itu dipakai untuk kebutuhan anak sekolah dan kesehatan keluarga."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def table(*rows: str, head: str = "th") -> str:
    def row(cells: str, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in cells.split("|")) + "</tr>"

    return "<table>" + row(rows[0], head) + "".join(row(cells, "td") for cells in rows[1:]) + "</table>"


def page(body: str) -> str:
    return (
        f"<!doctype html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{LEAD}</p>{body}"
        f"<p>{TAIL}</p></article></body></html>"
    )


def figures(record) -> list[tuple[int, str, str | None, str | None]]:
    return [(one.value, one.measure, one.program, one.area and one.area.code) for one in record.kpm]


DISTRICTS = ("74.04.11", "74.04.27", "74.04.23")
SERVED = [(value, "served", "PKH", code) for value, code in zip((1310, 845, 77), DISTRICTS, strict=True)]
VILLAGES = ("74.04.28.2006", "74.04.11.2019", "74.04.11.2018")
BOTH = [
    (value, "served", program, code)
    for (pkh, bst), code in zip(((33, 50), (41, 60), (27, 44)), VILLAGES, strict=True)
    for value, program in ((pkh, "PKH"), (bst, "BST"))
]
ROWS = ("Pasarwajo | 1.310 | 982.500.000", "Siotapina | 845 | 633.750.000", "Lasalimu | 77 | 57.750.000")
ENTRIES = (
    "Desa Bungi: PKH berjumlah 33 orang, untuk BST 50 orang;",
    "Desa Dongkala: PKH berjumlah 41 orang, untuk BST 60 orang;",
    "Desa Kondowa: PKH berjumlah 27 orang, untuk BST 44 orang.",
)
NUMBERED = [f"{number}. {entry}" for number, entry in enumerate(ENTRIES, start=1)]
PAGES = {
    "head with th": (table("Kecamatan | KPM PKH | Nilai (Rp)", *ROWS), SERVED),
    "head with td": (table("Kecamatan | KPM | Jumlah Dana", *ROWS, head="td"), SERVED),
    "numbered rows": (
        table("No | Kecamatan | Penerima PKH", "1 | Pasarwajo | 1.310", "2 | Siotapina | 845", "3 | Lasalimu | 77"),
        SERVED,
    ),
    "columns of two programmes": (
        table("No | Desa | PKH | BST", "1 | Bungi | 33 | 50", "2 | Dongkala | 41 | 60", "3 | Kondowa | 27 | 44"),
        BOTH,
    ),
    "a total below": (
        table("Kecamatan | KPM PKH", "Pasarwajo | 1.310", "Siotapina | 845", "Lasalimu | 77", "Jumlah | 2.232"),
        [*SERVED, (2232, "served", "PKH", "74.04")],
    ),
    "ordered list": ("<ol>" + "".join(f"<li>{entry}</li>" for entry in ENTRIES) + "</ol>", BOTH),
    "line breaks": (f"<p>{'<br>'.join(NUMBERED)}</p>", BOTH),
    "one paragraph": (f"<p>Rinciannya: {' '.join(NUMBERED)}</p>", BOTH),
    "plain list": ("<ul><li>Pasarwajo 1.310 KPM</li><li>Siotapina 845 KPM</li><li>Lasalimu 77 KPM</li></ul>", SERVED),
    "list with rupiah": (
        "<ul><li>Kecamatan Pasarwajo: 1.310 KPM (Rp982.500.000)</li>"
        "<li>Kecamatan Siotapina: 845 KPM (Rp633.750.000)</li><li>Kecamatan Lasalimu: 77 KPM (Rp57.750.000)</li></ul>",
        SERVED,
    ),
    "list with dashes": (
        "<p>- Kecamatan Pasarwajo 1.310 KPM<br>- Kecamatan Siotapina 845 KPM<br>- Kecamatan Lasalimu 77 KPM</p>",
        SERVED,
    ),
    "measure in the head": (
        table("Kecamatan | KPM Graduasi", "Pasarwajo | 31", "Siotapina | 45"),
        [(31, "graduated", "PKH", DISTRICTS[0]), (45, "graduated", "PKH", DISTRICTS[1])],
    ),
    "nothing that counts families": (table("Kecamatan | Luas (km2)", "Pasarwajo | 310", "Siotapina | 145"), []),
    "ranks and percentages": (table("Kecamatan | Persentase", "Pasarwajo | 31", "Siotapina | 45"), []),
}


@pytest.mark.parametrize(("body", "expected"), PAGES.values(), ids=PAGES)
def test_a_page_gives_one_entry_a_row(extractor, body, expected):
    record = extractor.extract(page(body), source="a.html")
    assert figures(record) == expected
    for figure in record.kpm:
        assert record.article.text[figure.evidence.start : figure.evidence.end] == figure.evidence.text


def test_a_column_of_rupiah_gives_amounts(extractor):
    record = extractor.extract(page(table("Kecamatan | KPM PKH | Nilai (Rp)", *ROWS)), source="a.html")
    assert [(one.value, one.kind, one.area and one.area.code) for one in record.amounts] == [
        (value, "total", code) for value, code in zip((982_500_000, 633_750_000, 57_750_000), DISTRICTS, strict=True)
    ]


@pytest.mark.parametrize(("total", "warned"), [("2.232", False), ("2.322", True)])
def test_a_total_that_its_rows_do_not_make_is_told(extractor, total, warned):
    rows = ("Kecamatan | KPM PKH", "Pasarwajo | 1.310", "Siotapina | 845", "Lasalimu | 77", f"Jumlah | {total}")
    record = extractor.extract(page(table(*rows)), source="a.html")
    assert any(warning.code == "breakdown_mismatch" for warning in record.warnings) is warned


def test_rows_of_a_text_are_read_where_the_head_tells_their_columns(extractor):
    rows = "Kecamatan KPM Rp\n\nPasarwajo 1.310 982.500.000\n\nSiotapina 845 633.750.000\n\nLasalimu 77 57.750.000"
    record = extractor.extract(f"{TITLE}\n\n{LEAD}\n\n{rows}\n\n{TAIL}", source="a.txt")
    assert [value for value, *_ in figures(record)] == [1310, 845, 77]
    assert [amount.value for amount in record.amounts] == [982_500_000, 633_750_000, 57_750_000]


def test_tabs_part_the_cells_of_a_text(extractor):
    rows = "Kecamatan\tPKH\tBPNT\nPasarwajo\t31\t450\nSiotapina\t12\t375\nLasalimu\t 9 \t120"
    record = extractor.extract(f"{TITLE}\n\n{LEAD}\n\n{rows}\n\n{TAIL}", source="a.txt")
    assert [(value, program) for value, _, program, _ in figures(record)] == [
        (31, "PKH"), (450, "BPNT"), (12, "PKH"), (375, "BPNT"), (9, "PKH"), (120, "BPNT"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Beras 10 Kg Cair untuk 1.000 KPM PKH\n\nJAKARTA - Sebanyak 1.000 KPM PKH di Kota Dumai kembali mendapat "
        "bantuan beras 10 kilogram dari pemerintah pusat, kata kepala dinas di kantornya.",
        "",
        "12 KPM",
        "PKH Cair untuk 40 KPM\n\nDUMAI - PKH cair untuk 40 KPM.\n\nBupati berharap 40 KPM itu bersyukur.",
    ],
)
def test_headline_and_dateline_are_no_list(extractor, text):
    assert cells(extractor.annotate(text)) == {}


def test_equal_counts_of_two_rows_are_two_figures(extractor):
    rows = table("Desa | KPM PKH | Nilai (Rp)", "Bungi | 33 | 24.750.000", "Dongkala | 33 | 24.750.000")
    record = extractor.extract(page(rows), source="a.html")
    assert [(value, code) for value, _, _, code in figures(record)] == [(33, VILLAGES[0]), (33, VILLAGES[1])]
    assert [amount.value for amount in record.amounts] == [24_750_000, 24_750_000]


def test_time_grows_with_the_rows_of_a_table_alone(extractor):
    def seconds(rows: int) -> float:
        """Of this process, whatever else the machine does; the better of two, the first of which may learn words."""
        body = page(table("Kecamatan | KPM PKH", *(f"Pasarwajo | {1000 + row}" for row in range(rows))))
        took = []
        for _ in range(2):
            started = time.process_time()
            extractor.extract(body, source="a.html")
            took.append(time.process_time() - started)
        return min(took)

    assert seconds(1_600) < 25 * max(seconds(200), 0.02)  # eight times the rows; a quadratic loop costs 64 times


def test_neighbouring_counts_of_a_row_are_not_one_number(extractor):
    rows = table("Kecamatan | PKH | BPNT", "Pasarwajo | 31 | 450", "Siotapina | 12 | 375")
    assert [value for value, *_ in figures(extractor.extract(page(rows), source="a.html"))] == [31, 450, 12, 375]


WORDS = """Desa Bungi Pasarwajo Kecamatan KPM PKH BST | : ; - 1. 33 450 1.310 2022 Rp orang Jumlah No Total ( )
berjumlah untuk pendamping Rinciannya 982.500.000"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n", "Nilai (Rp)"])


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=150)
def test_nothing_laid_out_makes_it_fail(extractor, pieces):
    record = extractor.extract(f"{LEAD}\n\n{' '.join(pieces)}", source="a.txt")
    text = record.article.text
    for one in [*record.kpm, *record.amounts, *record.workforce]:
        assert text[one.evidence.start : one.evidence.end] == one.evidence.text
