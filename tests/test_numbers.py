"""Numbers as Indonesian papers write them: the table ``data/numbers.yaml``, and whatever a generator spells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from pkh_extract.annotating.numbers.component import numbers
from pkh_extract.annotating.numbers.reading import parse_digits

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "numbers.yaml").read_text("utf-8"))
CARRIERS = ("{}", "Menurut data terbaru, {} menurut kepala dinas.", "Hal itu benar: {}.")


@dataclass(frozen=True)
class Spelling:
    """A row: what must be read from the text."""

    text: str
    low: int
    high: int | None
    qualifier: str


def spellings() -> list[Spelling]:
    """All rows that hold a number."""
    found = []
    for group in TABLE:
        for row in group.get("rows", "").splitlines():
            text, meant = row.split(" | ")
            value, _, qualifier = meant.partition(" ")
            low, _, high = value.partition("..")
            top = int(high) if high else None
            found.append(Spelling(text, int(low), top, qualifier or ("range" if high else "exact")))
    return found


SILENT = [row for group in TABLE for row in group.get("counts_nobody", "").splitlines()]


@pytest.mark.parametrize("row", spellings(), ids=lambda row: row.text)
def test_a_spelling_is_read(annotate, row):
    for carrier in CARRIERS:
        text = carrier.format(row.text)
        found = [number for _, number in numbers(annotate(text)) if not number.blocked]
        read = [(number.value, number.value_max, number.qualifier) for number in found]
        assert read == [(row.low, row.high, row.qualifier)], text


@pytest.mark.parametrize("text", SILENT)
def test_what_counts_nobody_is_no_count(annotate, text):
    for carrier in CARRIERS:
        found = [number for _, number in numbers(annotate(carrier.format(text))) if not number.blocked]
        assert not found, carrier.format(text)


def test_the_table_is_as_large_as_it_should_be_and_says_nothing_twice():
    texts = [row.text for row in spellings()] + SILENT
    assert len(texts) >= 500
    assert len(set(texts)) == len(texts)


# -- properties ------------------------------------------------------------------------------------------------------

UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
TOP = 10**12


def in_words(value: int) -> str:
    """A number in Indonesian words (Tata Bahasa Baku Bahasa Indonesia, ch. Numeralia)."""
    for scale, name in SCALES:
        if value >= scale:
            head = "seribu" if value // scale == 1 and scale == 1000 else f"{in_words(value // scale)} {name}"
            return f"{head} {in_words(value % scale)}".strip()
    if value >= 100:
        head = "seratus" if value < 200 else f"{UNITS[value // 100]} ratus"
        return f"{head} {in_words(value % 100)}".strip()
    if value >= 20:
        return f"{UNITS[value // 10]} puluh {UNITS[value % 10]}".strip()
    if value >= 10:
        return {10: "sepuluh", 11: "sebelas"}.get(value) or f"{UNITS[value - 10]} belas"
    return UNITS[value]


def decimal(value: int, scale: int, name: str, mark: str) -> str:
    """ "69,276 miliar": the value as a multiple of the scale, without trailing zeros."""
    whole, rest = divmod(value, scale)
    digits = str(rest).zfill(len(str(scale)) - 1).rstrip("0")
    return f"{whole}{mark}{digits} {name}" if digits else f"{whole} {name}"


def read_one(annotate, text: str) -> int:
    (_, number), *rest = [found for found in numbers(annotate(text)) if not found[1].blocked]
    assert not rest and number.value_max is None, text
    return number.value


AMOUNTS = st.one_of(st.integers(1, 3000), st.integers(1, 10**6), st.integers(1, TOP))


@given(value=AMOUNTS)
@example(value=TOP)
@example(value=1_000_001)
def test_every_number_in_words_reads_back(annotate, value):
    assert read_one(annotate, f"Dananya {in_words(value)} rupiah.") == value
    assert read_one(annotate, f"Dananya {in_words(value).capitalize()} rupiah.") == value


@given(value=AMOUNTS)
def test_what_num2words_writes_reads_back(annotate, value):
    assert read_one(annotate, f"Dananya {num2words(value, lang='id')} rupiah.") == value


@example(value=1990, mark="", sign="Rp. ")
@given(value=AMOUNTS, mark=st.sampled_from([".", ",", " ", ""]), sign=st.sampled_from(["Rp", "Rp ", "Rp. ", "Rp."]))
def test_every_grouping_of_digits_reads_back(annotate, value, mark, sign):
    digits = f"{value:,}".replace(",", mark)
    for text in (f"Dananya {sign}{digits}.", f"Dananya {sign}{digits},- cair."):
        assert read_one(annotate, text) == value, text


@given(value=AMOUNTS)
def test_digits_with_cents_read_back(annotate, value):
    assert read_one(annotate, f"Dananya Rp {f'{value:,}'.replace(',', '.')},00 cair.") == value


@given(
    whole=st.integers(1, 999),
    digits=st.integers(1, 3),
    part=st.integers(0, 999),
    scale=st.sampled_from(SCALES[:3]),
    mark=st.sampled_from([",", "."]),
)
@settings(max_examples=200)
def test_a_multiple_of_a_scale_reads_back(annotate, whole, digits, part, scale, mark):
    step = scale[0] // 10**digits
    value = whole * scale[0] + part % 10**digits * step
    if scale[0] == 10**6 and mark == "." and value % scale[0] and str(value % scale[0]).zfill(6).rstrip("0")[2:]:
        return  # "1.235 juta" may be 1,235 million
    assert read_one(annotate, f"Dananya Rp {decimal(value, *scale, mark)}.") == value


@given(value=st.integers(1, 10**14))
def test_grouping_marks_are_one(value):
    for mark in ".,":
        assert parse_digits(f"{value:,}".replace(",", mark)) == value
    assert parse_digits(str(value)) == value


@given(value=st.integers(1, 999_999), scale=st.sampled_from([10**6, 10**9]))
def test_decimal_comma_before_a_scale(value, scale):
    assert parse_digits(f"{value},5", scale) == Decimal(value) + Decimal("0.5")


@given(
    low=st.integers(2, 5000), more=st.integers(1, 5000), join=st.sampled_from(["-", " - ", " sampai ", " hingga ", "–"])
)
def test_a_range_reads_back(annotate, low, more, join):
    low, high = (f"{number:,}".replace(",", ".") for number in (low, low + more))
    (_, number), *rest = numbers(annotate(f"Yang datang {low}{join}{high} orang."))
    assert not rest
    assert (number.value, number.value_max) == (int(low.replace(".", "")), int(high.replace(".", "")))


SENTENCES = (
    "Bantuan 5 juta {0} ribu rupiah bagi KPM PKH.",
    "Sebanyak 1.0{0}4 KPM PKH, 10. {0}{0}{0} orang, menerima Rp {0}00.000 dan Rp 600 {0}{0}{0}.",
    "Sebanyak {0} KPM PKH menerima Rp{0}, dari 30 {0} ratus ribu keluarga.",
    "Rapat PKH diikuti {0} pendamping, Senin ({0}/3/2023), 1{0} Maret 20{0}3 pukul {0}.00 WIB.",
    "Bimtek PKH tahap {0} tahun 202{0}, {0} - {0} Mei '{0}{0}, untuk {0}x{0} peserta, triwulan {0}.",
    "Kecamatan | KPM PKH | 202{0}\n\nMekar | {0} | 3\n\nJaya | 4{0} | {0}\n\n{0}. Desa Sukaraja: {0} KPM",
)


@pytest.mark.parametrize("sign", ["²", "₂", "①", "❶", "⑴", "½", "Ⅷ", "፩", "٣", "५", "２", "𝟚", "1²", "1½", "١٢"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_signs_that_only_look_like_digits_end_no_article(extractor, sentence, sign):
    text = sentence.format(sign)
    assert extractor.extract(text).programs == ["PKH"], text
