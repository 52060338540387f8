"""Numbers as Indonesian papers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract.annotating.numbers.component import numbers
from pkh_extract.annotating.numbers.reading import parse_digits

# text -> what is read: (value, value_max, qualifier)
READ = [
    ("9.623 KPM", (9623, None, "exact")),
    ("9,623 KPM", (9623, None, "exact")),
    ("9 623 KPM", (9623, None, "exact")),
    ("9623 KPM", (9623, None, "exact")),
    ("10. 824 rumah tangga", (10824, None, "exact")),
    ("tinggal19.390 orang", (19390, None, "exact")),
    ("24.621masyarakat", (24621, None, "exact")),
    ("sebanyak1525 orang", (1525, None, "exact")),
    ("4.760.320 juta orang", (4760320, None, "exact")),
    ("11.000 ribu jiwa", (11000, None, "exact")),
    ("29 ribu KPM", (29000, None, "exact")),
    ("750 rb", (750000, None, "exact")),
    ("1,2 juta KPM", (1200000, None, "exact")),
    ("1.5 juta KPM", (1500000, None, "exact")),
    ("0,5 juta KPM", (500000, None, "exact")),
    ("16 ribuan KPM", (16000, None, "approx")),
    ("6.000an keluarga", (6000, None, "approx")),
    ("9.000-an keluarga", (9000, None, "approx")),
    ("52 ribu lebih KPM", (52000, None, "at_least")),
    ("100 lebih KPM", (100, None, "at_least")),
    ("sekitar 150 KPM", (150, None, "approx")),
    ("kurang lebih sebanyak 150 KPM", (150, None, "approx")),
    ("± 400 KPM", (400, None, "approx")),
    ("hampir 500 KPM", (500, None, "at_most")),
    ("maksimal 300 KPM", (300, None, "at_most")),
    ("minimal 250 KPM", (250, None, "at_least")),
    ("tidak kurang dari 309 SDM", (309, None, "at_least")),
    ("tidak kurang 309 SDM", (309, None, "at_least")),
    ("lebih dari 200 pendamping", (200, None, "at_least")),
    ("350 sampai 400 KPM", (350, 400, "range")),
    ("350-400 KPM", (350, 400, "range")),
    ("antara 50 dan 60 orang", (50, 60, "range")),
    ("400-600 ribu", (400_000, 600_000, "range")),
    ("950 ribu hingga Rp 3,7 juta", (950_000, 3_700_000, "range")),
    ("di atas Rp 100 juta dan di bawah Rp 200 juta", (100_000_000, 200_000_000, "range")),
    ("tiga puluh sembilan orang", (39, None, "exact")),
    ("sebelas orang", (11, None, "exact")),
    ("dua belas orang", (12, None, "exact")),
    ("seratus lima KPM", (105, None, "exact")),
    ("dua ratus dua belas KPM", (212, None, "exact")),
    ("seribu dua ratus KPM", (1200, None, "exact")),
    ("dua ribu seratus lima KPM", (2105, None, "exact")),
    ("satu setengah juta KPM", (1_500_000, None, "exact")),
    ("4 (empat) orang", (4, None, "exact")),
    ("27 (dua puluh tujuh) orang", (27, None, "exact")),
    ("58,314 miliar", (58_314_000_000, None, "exact")),
    ("14.608.310.425", (14_608_310_425, None, "exact")),
    ("1,890,000,-", (1_890_000, None, "exact")),
    ("600.000,00", (600_000, None, "exact")),
    ("2400. 000/ tahun", (2_400_000, None, "exact")),
]

# nothing that could count anybody is read
NOTHING = [
    "P2K2", "5W+1H", "COVID19", "081300226884", "puluhan KPM", "ratusan warga", "ribuan rumah", "jutaan rupiah",
    "6,09 persen", "44,95%", "setiap KPM",
]  # fmt: skip

# read, but known not to count
BLOCKED = [
    "10 persen", "86 / 100", "15 kg", "15 Kilo gram", "1.200 ton", "usia 70", "berusia 60", "tahap 4", "triwulan 4",
    "ke-16", "ke 16", "RT 01", "RW 03", "Nomor 118", "No. 64", "12 kecamatan", "58 desa", "24 jam", "15 tahun",
    "empat tahap", "lantai 2", "15 unit motor", "100 ekor sapi", "PKH 2019", "sepanjang 2023", "salah satu",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reads(annotate, text, expected):
    (_, number), *rest = numbers(annotate(text))
    assert (number.value, number.value_max, number.qualifier) == expected
    assert number.blocked is None
    assert not rest


@pytest.mark.parametrize("text", NOTHING)
def test_reads_nothing(annotate, text):
    assert not [number for _, number in numbers(annotate(text)) if not number.blocked]


@pytest.mark.parametrize("text", BLOCKED)
def test_knows_what_counts_nobody(annotate, text):
    assert all(number.blocked for _, number in numbers(annotate(text)))


@given(value=st.integers(1, 10**14))
def test_every_grouping_reads_the_same(value):
    for mark in ".,":
        assert parse_digits(f"{value:,}".replace(",", mark)) == value
    assert parse_digits(str(value)) == value


@given(value=st.integers(1, 999_999), scale=st.sampled_from([("juta", 10**6), ("miliar", 10**9)]))
def test_decimal_comma_before_a_scale(value, scale):
    assert parse_digits(f"{value},5", scale[1]) == Decimal(value) + Decimal("0.5")


def _words(value: int) -> str:
    """A number in Indonesian words (Tata Bahasa Baku Bahasa Indonesia, ch. Numeralia)."""
    units = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    if value < 10:
        return units[value]
    if value < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(value) or f"{units[value - 10]} belas"
    if value < 100:
        return f"{units[value // 10]} puluh {units[value % 10]}".strip()
    if value < 1000:
        head = "seratus" if value < 200 else f"{units[value // 100]} ratus"
        return f"{head} {_words(value % 100)}".strip()
    head = "seribu" if value < 2000 else f"{_words(value // 1000)} ribu"
    return f"{head} {_words(value % 1000)}".strip()


@given(value=st.integers(2, 999_999))
def test_words_read_back(annotate, value):
    (_, number), *rest = numbers(annotate(f"{_words(value)} keluarga"))
    assert number.value == value
    assert not rest
