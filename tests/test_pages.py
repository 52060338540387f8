# ruff: noqa: E501 - a page a line reads best
"""Pages as papers lay them out, each with the report that is to come out of it, word for word."""

from __future__ import annotations

import json

import pytest

from pkh_extract.cleaning import clean

TITLE = "31 Pendamping PKH Bungo Ikut Bimtek"
TEXTS = (
    "MUARA BUNGO – Sebanyak 31 pendamping PKH Kabupaten Bungo mengikuti bimtek di aula dinas sosial, Selasa (4/3/2025).",
    "Kepala dinas berpesan agar data penerima diperiksa lagi sebelum bantuan dibagikan kepada warga di semua desa.",
    "“Kalau datanya benar, bantuannya sampai kepada yang berhak,” ujarnya kepada para pendamping yang hadir.",
)
REPORT = "\n\n".join(TEXTS)
BODY = "".join(f"<p>{text}</p>" for text in TEXTS)
OTHER = "<p>Banjir merendam 215 rumah warga di tiga desa setelah hujan turun semalaman, kata camat pagi tadi.</p>" * 6
SHORT = "Para pendamping Kabupaten Bungo belajar memeriksa data penerima bersama petugas dinas sosial."
TEASER = "<img src=a.jpg><h4><a href=/1>77 KPM di Tebo Mundur dari PKH</a></h4>"
HEAD = f"<h1>{TITLE}</h1>"

PAGES = {
    "comments longer than the report": f"{HEAD}<div class=isi>{BODY}</div><div class=comment-list>{OTHER}</div>",
    "another article that is longer": f"<article>{HEAD}{BODY}</article><article><h2>Banjir</h2>{OTHER}</article>",
    "an article above the headline": f"<div class=kotak>{OTHER}</div><div class=isi>{HEAD}{BODY}</div>",
    "consent to cookies": f"{HEAD}<div class=isi>{BODY}</div><div id=cookie-box>{OTHER}</div>",
    "a hidden copy for machines": f"{HEAD}<div>{BODY}<div style='display: none' itemprop=articleBody>{OTHER}</div></div>",
    "furniture of the name advert around each paragraph": HEAD
    + "".join(f"<div class='kotak advert'><p>{text}</p></div>" for text in TEXTS),
    "tags of WordPress as classes": f"<article class='post hentry tag-bungo category-sosial'>{HEAD}{BODY}</article>",
    "a box for each paragraph": HEAD
    + "<main>"
    + "".join(f"<div><div class=baris><p>{text}</p></div></div>" for text in TEXTS)
    + "</main>",
    "links in a list": f"{HEAD}<div>{BODY}<ul><li><a href=/1>77 KPM di Tebo Mundur</a><li><a href=/2>Cabai Naik</a></ul></div>",
    "a menu, each item a link": f"{HEAD}<div>{BODY}<ul><li><a href=/1>Muka</a><li><a href=/2>Desa</a><ul><li><a href=/5>Peta</a></ul>"
    "<li><a href=/3>Kota</a><li><a href=/4>Foto</a></ul></div>",
    "items that begin with a link": f"{HEAD}<div>{BODY}<ul><li><a href=/1>Bungo</a> 12 orang pendamping<li><a href=/2>Tebo</a> 9 orang pendamping"
    "<li><a href=/3>Merangin</a> 14 orang pendamping<li><a href=/4>Sarolangun</a> 8 orang pendamping</ul></div>",
    "a teaser between paragraphs": f"{HEAD}<div><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p><div>{TEASER}</div><p>{TEXTS[2]}</p></div>",
    "a picture with its words": f"{HEAD}<div><p>{TEXTS[0]}</p><div><img src=a.jpg>Suasana bimtek</div>"
    f"<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p></div>",
    "a heading at the end": f"{HEAD}<div>{BODY}<h3>Kabar Lain dari Bungo</h3></div>",
    "subheads with ids of a table of contents": f"{HEAD}<div><p>{TEXTS[0]}</p><h2 id=toc_1>Data Diperiksa</h2>"
    f"<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p></div>",
    "a random id that spells a name": f"{HEAD}<div><p>{TEXTS[0]}</p><p id=block-n1AuAdJlVL>{TEXTS[1]}</p><p>{TEXTS[2]}</p></div>",
}
EXPECTED = {
    "subheads with ids of a table of contents": REPORT.replace("\n\nKepala", "\n\nData Diperiksa\n\nKepala"),
    "items that begin with a link": f"{REPORT}\n\nBungo 12 orang pendamping\n\nTebo 9 orang pendamping\n\n"
    "Merangin 14 orang pendamping\n\nSarolangun 8 orang pendamping",
}


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>{TITLE} - Kabar Bungo</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("layout", PAGES)
def test_a_page_gives_its_report_alone(layout):
    article = clean(page(PAGES[layout])).article
    assert (article.title, article.text) == (TITLE, EXPECTED.get(layout, REPORT))


def described(text: str) -> str:
    return f'<meta property="og:description" content="{text}">'


@pytest.mark.parametrize(
    ("head", "standfirst"),
    [
        (described(SHORT), True),
        (described(SHORT[:60] + "..."), True),
        (described("Berita terbaru dari Bungo dan sekitarnya, setiap hari dari pagi sampai malam."), False),
        ("", False),
    ],
)
def test_what_the_description_repeats_is_the_standfirst(head, standfirst):
    body = f"{HEAD}<header><p class=ringkas>{SHORT}</p></header><div class=entry-content>{BODY}</div>"
    text = clean(page(body, head)).article.text
    assert text == (f"{SHORT}\n\n{REPORT}" if standfirst else REPORT)


def test_a_first_paragraph_that_the_description_repeats_stands_once():
    assert clean(page(f"{HEAD}<div>{BODY}</div>", described(TEXTS[0][:90]))).article.text == REPORT


STATED, LONGER = "Bimtek PKH di Bungo Diikuti 31 Orang", f"Kabar Sosial: {TITLE}"


@pytest.mark.parametrize(
    ("stated", "shared", "shown", "title"),
    [
        (TITLE, TITLE, TITLE, TITLE),
        (STATED, TITLE, TITLE, TITLE),  # what is shown and shared alike
        (STATED, STATED, TITLE, STATED),
        (STATED, None, TITLE, STATED),
        (LONGER, TITLE, None, TITLE),  # a kicker that only JSON-LD has
        (LONGER, None, TITLE, TITLE),
        (LONGER, LONGER, TITLE, LONGER),
        (f"{TITLE} - Kabar Bungo", None, TITLE, TITLE),
        (f"{TITLE} Selama Tiga…", None, f"{TITLE} Selama Tiga Hari", f"{TITLE} Selama Tiga Hari"),
        (None, TITLE, LONGER, TITLE),
    ],
)
def test_the_title_is_worded_as_most_have_it(stated, shared, shown, title):
    head = f'<meta property="og:title" content="{shared}">' if shared else ""
    if stated:
        data = json.dumps({"@type": "NewsArticle", "headline": stated})
        head += f"<script type='application/ld+json'>{data}</script>"
    body = (f"<h1>{shown}</h1>" if shown else "") + BODY
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    assert clean(markup).article.title == title
