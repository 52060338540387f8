"""Whatever comes in, an article comes out whose text keeps its form, in time that grows with the input."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.cleaning import clean, furniture_hits

_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<div class='share'>",
        "</div>",
        "<table><tr><td>",
        "<a href=x>",
        "</a>",
        "<h1>",
        "<script>",
        "<!--",
        "-->",
        "<li>",
        "&nbsp;",
        "&amp;quot;",
        "\n",
        "\r\n",
        "\r\n\r\n",
        "\t",
        "\u00a0",
        "\u200b",
        "\ufffd",
        "â€œ",
        "Â ",
        '\\"',
        "rn",
        "\ue001",
        "\ue005",
        "Baca Juga:",
        "Foto: ",
        "Editor : ",
        "3 Mei 2020",
        "PADANG – ",
        "Komentar (2)",
        "Sebanyak 94 pendamping hadir di aula, kata Rina.",
        "kata ",
        "a\u0301",
        "\u2028",
        "\x85",
        "[caption x]",
        "©",
    ],
)
_SOURCES = st.sampled_from(["", "a.html", "a.txt", "b.htm.gz"])


LEAD = "Sebanyak 31 pendamping PKH mengikuti bimtek di aula dinas sosial, kata Rina."


@pytest.mark.parametrize(
    "before",
    [
        "<div>" * 3_000,
        "<div>" * 40_000,
        "<div " + " ".join(f"a{number}=1" for number in range(30_000)) + ">",
        "<div " + " ".join(f"a{number}='>'" for number in range(30_000)) + ">",
        "<div " + " ".join(f"a{number}" for number in range(30_000)) + ">",
        '<div =" ' + " ".join(f"a{number}" for number in range(30_000)) + '">',
        '<div a=b" ' + " ".join(f"a{number}" for number in range(30_000)) + '">',
        '<div a="' + "x/ y=" * 60_000 + '">',
        "\x00" * 10_000,
    ],
    ids=["deep", "deeper", "attributes", "quoted", "bare", "unopened", "unclosed", "one", "null"],
)
def test_what_no_paper_writes_costs_no_report(before):
    assert clean(f"<html><body>{before}<p>{LEAD}</p>").article.text == LEAD


def in_form(text: str) -> bool:
    return (
        text == text.strip()
        and not re.search(r"  |\n{3}|(?<!\n)\n(?!\n)| \n|\n ", text)
        and all(char == "\n" or char == " " or not char.isspace() for char in text)
        and not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in text.replace("\n", ""))
        and unicodedata.normalize("NFC", text) == text
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=12), max_size=40).map("".join), _SOURCES)
def test_text_keeps_its_form(raw, source):
    article = clean(raw, source=source).article
    assert in_form(article.text)
    assert article.title is None or in_form(article.title)
    furniture_hits(raw)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), _SOURCES)
def test_bytes_keep_it_too(raw, source):
    assert in_form(clean(raw, source=source).article.text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None, categories=["Cs", "Co", "Cc", "Lu", "Mn", "Zs"]), max_size=60))
def test_odd_characters_are_no_harm(raw):
    article = clean(raw).article
    article.model_dump_json()
    assert in_form(article.text)


@pytest.mark.parametrize(
    "raw",
    [
        "<div>" * 40_000,
        "<html>" + "<div>Kepala dinas hadir di sana bersama 12 orang warga. " * 4_000,
        "kata " * 60_000,
        "k" * 200_000,
        "\\" * 200_000,
        "<script>" * 20_000 + "<p>",
        "<!--" * 50_000 + "<p>",
        "(foto: " * 20_000,
        "A-" * 80_000,
        "Baca Juga:\n\n" * 6_000,
        "[caption " * 20_000,
        "a\n" * 30_000,
        "<table><tr><td>" * 1_500,
        "â€œ" * 40_000,
        "\ufffd" * 90_000,
        "<html><p>" + "<a href=x>12 KPM terima</a> " * 12_000,
        " " * 400_000,
        "\n \t" * 100_000,
        "1/1/2020 " * 20_000,
        "<html><body><div " + " ".join(f"a{number}='>'" for number in range(120_000)) + ">",
        "<html><body>"
        + "".join(f"<p id=x{number} class=a{number}>kata Rina {number}</p>" for number in range(12_000))
        + f"<p>{LEAD}</p>" * 9,
        "<html><body><ul>" + "<li><a href=x>Bupati Lantik</a></li>" * 16_000 + f"</ul><p>{LEAD}</p>",
        "<html><body>" + "<div class=share>x</div>kata Rina di aula. " * 8_000,
    ],
    ids=lambda raw: raw[:12],
)
def test_hostile_input_takes_time_in_proportion_to_its_length(raw):
    def seconds(text):
        start = time.process_time()
        clean(text)
        return time.process_time() - start

    quarter = seconds(raw[: len(raw) // 4])
    assert seconds(raw) < 12 * max(quarter, 0.05)  # quadratic work would cost sixteen times
