"""Pages and scraped texts to articles: text, title, day of publication, warnings."""

from __future__ import annotations

import gzip
import json
import textwrap

import pytest

from pkh_extract.cleaning import clean

LEAD = (
    "MUARA BUNGO – Sebanyak 31 pendamping PKH Kabupaten Bungo mengikuti bimtek di aula dinas sosial, Selasa (4/3/2025)."
)
SECOND = "Kepala dinas berpesan agar data penerima diperiksa lagi sebelum bantuan dibagikan kepada warga."
THIRD = "“Kalau datanya benar, bantuannya sampai,” ujarnya kepada para pendamping."
REPORT = "\n\n".join((LEAD, SECOND, THIRD))
TITLE = "31 Pendamping PKH Bungo Ikut Bimtek"


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>{TITLE} - Kabar Bungo</title>{head}</head><body>{body}</body></html>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


BODY = paragraphs(LEAD, SECOND, THIRD)


def codes(cleaned) -> set[str]:
    return {warning.code for warning in cleaned.warnings}


@pytest.mark.parametrize(
    "markup",
    [
        page(f"<h1>{TITLE}</h1>{BODY}"),
        page(f"<h1>{TITLE}</h1><div class=isi>{LEAD}<br><br>{SECOND}<br/>&nbsp;<br>\n{THIRD}<br></div>"),
        page(f"<h1>{TITLE}</h1><div>{LEAD}</div><div><br></div><div>{SECOND}</div><div>{THIRD}</div>"),
        page(
            "<table><tr><td><a href=/>Home</a></td></tr><tr><td>Terpopuler<br><a href=/1>12 KPM Mundur</a></td>"
            f"<td><font size=5><b>{TITLE}</b></font><br><br>{LEAD}<br><br>{SECOND}<br><br>{THIRD}</td></tr></table>"
        ),
        page(f"<h1>{TITLE}</h1><article>{BODY}</article><article class=amp>{BODY}</article>"),
        page(
            f"<nav>Menu 14 Desa</nav><h1>{TITLE}</h1><figure><img src=a.jpg><figcaption>Suasana bimtek, 50 orang"
            f"</figcaption></figure>{BODY}<footer>Alamat kantor redaksi ada di Jalan Melati nomor 5, Bungo.</footer>"
        ),
        page(
            f"<h1>{TITLE}</h1>{paragraphs(LEAD, SECOND)}<p><b>Baca juga:</b> <a href=/2>77 KPM di Tebo Mundur</a></p>"
            f"{paragraphs(THIRD)}"
        ),
        page(
            f"<h1>{TITLE}</h1>{paragraphs(LEAD, SECOND)}<div><strong>BACA JUGA:</strong><ul><li><a href=/2>77 KPM di"
            f" Tebo Mundur</a></li><li><a href=/3>Harga Cabai Naik</a></li></ul></div>{paragraphs(THIRD)}"
        ),
        page(f"<h1>{TITLE}</h1>{BODY}<div hidden><p>Banjir merendam 215 rumah warga, kata camat pagi tadi.</p></div>"),
        page(
            f"<h1>{TITLE}</h1><div class=content>{BODY}</div><div id=comments><p>Di desa kami 12 keluarga belum dapat "
            "bantuan, tolong dicek pak.</p></div>"
        ),
        page(f"<h1>{TITLE}</h1>{BODY}<h4>Komentar (2)</h4><p>Budi</p><p>Di desa kami 12 keluarga belum dapat.</p>"),
        page(f"<h1>{TITLE}</h1>{BODY}<script>var a = '<p>Sebanyak 99 orang hadir di sana, kata bupati.</p>';</script>"),
        page(f"<h1>{TITLE}</h1>{BODY}<!-- <p>Sebanyak 99 orang hadir di sana, kata bupati.</p> -->"),
        page(f"<h1>{TITLE}</h1>{BODY}<p>Editor: Rina</p><p>Copyright © Kabar Bungo 2026</p>{paragraphs(LEAD)}"),
        page(
            "<div id=app></div><script type='application/ld+json'>"
            + json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": REPORT})
            + "</script>"
        ),
    ],
)
def test_a_page_gives_its_report_alone(markup):
    article = clean(markup, source="a.html").article
    assert (article.format, article.title, article.text) == ("html", TITLE, REPORT)


def test_lists_and_tables_of_the_report_stay_with_rows_apart():
    table = "<table><tr><th>Kecamatan</th><th>KPM</th></tr><tr><td>Rimbo</td><td>1.098</td></tr></table>"
    text = clean(
        page(f"{BODY}<ul><li>4 operator</li><li>27 pendamping</li></ul>{table}{paragraphs(SECOND)}")
    ).article.text
    assert text.startswith(REPORT + "\n\n4 operator\n\n27 pendamping\n\nKecamatan | KPM\n\nRimbo | 1.098")


@pytest.mark.parametrize(
    ("item", "stays"),
    [
        ("• Harga Cabai Naik, Pedagang Pasar Bungo Mengeluh", False),
        ("» Hearing dengan Disdik, Dewan Tanya 40 Kepala Sekolah", False),
        ("• Kecamatan Rimbo Tengah Sebanyak 1.204 KPM PKH", True),
        ("• Pasar Muara Bungo Sebanyak 118 Penerima PKH", True),
        ("• Rimbo Bujang 12", True),
        ("• Operator Rimbo Bujang datang lebih dahulu dari Rimbo Tengah.", True),
    ],
)
def test_a_headline_behind_a_bullet_goes_and_an_entry_of_the_reports_list_stays(item, stays):
    text = clean("\n\n".join((TITLE, LEAD, item, SECOND, THIRD)), source="a.txt").article.text
    assert text == REPORT.replace(LEAD, f"{LEAD}\n\n{item}" if stays else LEAD)


def test_a_report_split_over_sections_is_whole():
    body = "".join(
        f"<section><div class='widget text-editor'><p>{text}</p></div></section>" for text in (LEAD, SECOND, THIRD)
    )
    other = "<article><h2>Banjir</h2><p>Sebanyak 215 rumah di desa itu terendam banjir, kata camat.</p></article>"
    assert clean(page(f"<h1>{TITLE}</h1><div class=root>{body}</div>{other}")).article.text == REPORT


def test_short_items_of_a_list_are_not_taken_for_wrapped_lines():
    items = [
        "Rimbo Bujang 12 KPM",
        "Rimbo Tengah 19 KPM",
        "Tanah Tumbuh 31 KPM",
        "Tanah Sepenggal 7 KPM",
        "Bathin II 8 KPM",
    ]
    assert clean("\n".join([TITLE, "", LEAD, *items]), source="a.txt").article.text.split("\n\n")[1:] == items


@pytest.mark.parametrize("byline", ["Rabu, 21 Februari 2024 - 10:12:33 WIB", "Selasa 5 Maret 2024 | 17:41 WITA"])
def test_a_byline_right_under_the_headline_of_a_wrapped_text_is_no_part_of_it(byline):
    title = "Dinas Sosial Bungo Kumpulkan Pendamping PKH Sekabupaten"
    wrapped = "\n\n".join(textwrap.fill(paragraph, 64) for paragraph in REPORT.split("\n\n"))
    article = clean(f"{title}\n{byline}\n\n{wrapped}", source="a.txt").article
    assert (article.title, article.text) == (title, REPORT)
    assert article.published is not None and article.published.startswith("2024-")


@pytest.mark.parametrize("width", [64, 40])
@pytest.mark.parametrize("stamp", ["Diposting pada 5 March 2024, 10:12 Oleh red", "Diunggah 5 Maret 2024 10:12 WIB"])
def test_a_stamp_glued_to_a_wrapped_text_is_no_part_of_it(stamp: str, width: int):
    title = "Dinas Sosial Bungo Kumpulkan Pendamping PKH Sekabupaten"
    lines = textwrap.wrap(REPORT.replace("\n\n", " "), width)
    article = clean("\n".join([title, "", stamp, *lines]), source="a.txt").article
    assert (article.title, article.published) == (title, "2024-03-05T10:12:00+07:00")
    assert article.text.split() == REPORT.split()


@pytest.mark.parametrize("line", [
    "Artikel ini telah dibaca 317 kali", "Discussion about this post", "Baca selanjutnya dengan klik pages 2",
    "Redaktur & Reporter : Tim Redaksi", "spot_img", "- Advertisement -spot_img", "Space Iklan/0812-0000-0000",
    "#GOOGLE_ADS#", "Berita KABAR.EXAMPLE Lainnya di Google News", "Log in to post comments", "POPULER", "Headline",
])  # fmt: skip
def test_lines_of_templates_are_no_report(line: str):
    assert clean(f"{TITLE}\n\n{REPORT}\n\n{line}", source="a.txt").article.text == REPORT


def test_a_stamp_below_the_headline_told_again_dates_the_article():
    article = clean(f"{TITLE}\n\n{REPORT}\n{TITLE}\nSelasa, 5 September 2017 10:18 WIB", source="a.txt").article
    assert (article.text, article.published) == (REPORT, "2017-09-05T10:18:00+07:00")


def test_a_caption_like_a_dateline_gives_way_to_the_dateline():
    caption = "ANTRE BANTUAN - Warga menunggu giliran mengambil bantuan di kantor pos kota lain, Rabu (28/2/2024)."
    report = f"BUNGO, Kabar Desa - {REPORT}"
    assert clean(f"{TITLE}\n\n{caption}\n\n{report}", source="a.txt").article.text == report
    assert clean(f"{TITLE}\n\n{caption}\n\nCair Bulan Depan\n\n{report}", source="a.txt").article.text == report
    rounds = [
        f"{town} - Bansos PKH disalurkan kepada warga di kantor pos, kata camat."
        for town in ("BUNGO", "TEBO", "BATANGHARI")
    ]
    assert clean("\n\n".join([TITLE, *rounds]), source="a.txt").article.text == "\n\n".join(rounds)


def test_a_lead_that_lost_its_stop_is_no_deck():
    lead = (
        "Sebanyak 20 orang graduasi mandiri atau mengundurkan diri secara sukarela dari bantuan sosial di "
        "kabupaten itu sebagai keluarga penerima manfaat (KPM)"
    )
    quote = '"Mereka sudah menganggap tidak layak lagi menerima bantuan itu," kata kepala dinas sosial, Selasa malam.'
    rest = REPORT.split("\n\n", 1)[1]  # without a dateline
    assert clean(f"{TITLE}\n\n{lead}\n\n{quote}\n\n{rest}", source="a.txt").article.text.startswith(lead)
    deck = "Para pendamping diminta bekerja lebih keras mendampingi keluarga penerima"
    assert clean(f"{TITLE}\n\n{deck}\n\n{quote}\n\n{rest}", source="a.txt").article.text.startswith(quote)
    assert clean(f"{TITLE}\n\n{lead}\n\n{REPORT}", source="a.txt").article.text == REPORT


def test_report_text_that_looks_like_furniture_stays():
    own = (
        "Baca juga penting dilatih sejak dini, katanya kepada ibu-ibu peserta pertemuan kelompok itu.",
        "Foto rumah penerima diunggah para pendamping ke aplikasi setiap bulan, jelasnya.",
        "Bagikan bantuan ini dengan adil, pesan camat kepada perangkat desa di wilayahnya.",
        'Rincian itu dimuat di <a href="/data">laman dinas sosial kabupaten</a>, tambah Rina.',
    )
    text = clean(page(paragraphs(LEAD, *own, THIRD))).article.text
    assert text.split("\n\n")[1:5] == [*own[:3], "Rincian itu dimuat di laman dinas sosial kabupaten, tambah Rina."]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (f"{TITLE}\n\n{REPORT}", TITLE),
        (f"{TITLE}\n{TITLE}\n\n{REPORT}", TITLE),
        (f"Daerah\n\n{TITLE}\n\nRedaksi\n\n{REPORT}\n\nTinggalkan Balasan\n\nNama *", TITLE),
        (f"Beranda » Bungo » {TITLE}\n\n{TITLE}\n\n{REPORT}", TITLE),
        (f"{TITLE}\r\n\r\n{LEAD}\r\n{SECOND}\r\n{THIRD}\r\n", TITLE),
        (f"Terkini\n\n{TITLE}\n\n0 Komentar\n\n{REPORT}", TITLE),
        (REPORT, None),
        (
            f"{TITLE}\n\n{LEAD}\n\nBaca Juga :\n\nPasar Bungo Terbakar Semalam\n\n{SECOND}\n\n{THIRD}\n\nPos terkait",
            TITLE,
        ),
        (f"{TITLE}\n\nPara pendamping saat bimtek. (Foto: Rina)\n\n{REPORT}\n\nEditor : Budi\nHalaman :", TITLE),
        (f"{TITLE}\n\n{LEAD}\n\nADVERTISEMENT\n\nSCROLL TO CONTINUE WITH CONTENT\n\n{SECOND}\n\n{THIRD}", TITLE),
    ],
)
def test_a_scraped_text_gives_headline_and_report(raw, title):
    article = clean(raw, source="a.txt").article
    assert (article.format, article.title, article.text) == ("text", title, REPORT)


def test_a_drawn_rule_and_the_headline_end_a_wrapped_paragraph():
    import textwrap

    caption = "Para pendamping PKH mengikuti bimtek di aula dinas sosial (berdiri, kedua dari kiri), belum lama ini."
    report = [LEAD + " " + SECOND, SECOND + " " + THIRD.strip("“”"), LEAD + " Acara itu digelar dua hari."]
    body = "\n".join(textwrap.fill(text, 60) for text in report)
    raw = f"{TITLE}\n\n{caption}\n--------\nSelasa, 4 Maret 2025\n{TITLE}\n{body}"
    article = clean(raw, source="a.txt").article
    assert (article.title, article.text) == (TITLE, "\n\n".join(report))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_hard_wrapped_lines_are_joined(end, blank):
    import textwrap

    long = (LEAD + " " + SECOND, SECOND + " " + THIRD.strip("“”"), LEAD + " Acara itu digelar dua hari.")
    wrapped = [textwrap.fill(text, 60) for text in long]
    # A last line that is full cannot be told from a wrapped one; none of these is.
    raw = f"\n{blank}".join(wrapped).replace("\n", end)
    assert clean(raw, source="a.txt").article.text == "\n\n".join(long)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("kata Rina, “ayo hadir” – begitu".encode("cp1252"), "kata Rina, “ayo hadir” – begitu"),
        (
            "kata Rina, “ayo hadir” – begitu".encode().decode("cp1252", "ignore").encode(),
            "kata Rina, “ayo hadir” – begitu",
        ),
        ("kata Rina, â€œayo hadirâ€\ufffd begitu", "kata Rina, “ayo hadir” begitu"),
        ("kata Rina, β€œayo hadirβ€ begitu", "kata Rina, “ayo hadir” begitu"),
        ("bantuan naik.Â Kata Rina", "bantuan naik. Kata Rina"),
        ("kata Rina, \ufffdayo hadir\ufffd begitu", "kata Rina, “ayo hadir” begitu"),
    ],
)
def test_broken_encodings_are_repaired_and_told(raw, meant):
    data = raw if isinstance(raw, bytes) else raw.encode()
    cleaned = clean(data, source="a.txt")
    assert cleaned.article.text == meant
    assert "encoding_repaired" in codes(cleaned)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (REPORT.encode("utf-16"), REPORT),
        (b"\xef\xbb\xbf" + REPORT.encode(), REPORT),
        ('kata Rina, \\"ayo hadir\\" begitu.', 'kata Rina, "ayo hadir" begitu.'),
        ("Rapat dibuka camat.rnrnHadir para kepala desa.", "Rapat dibuka camat.\n\nHadir para kepala desa."),
        ("Rp\u00a02 juta \u200buntuk\u2003warga\x07.", "Rp 2 juta untuk warga."),
        ("Modern dan terncana, internal.", "Modern dan terncana, internal."),
        (
            "Ada 640 \u041a\u0420\u041c dan \u039a\u03a1\u039c-\u03a1\u039a\u0397.",
            "Ada 640 KPM dan KPM-PKH.",
        ),  # Cyrillic, Greek
        ("P\u041a\u041d cair untuk Москва.", "PKH cair untuk Москва."),
    ],
)
def test_sound_encodings_and_escapes_are_no_repair(raw, meant):
    cleaned = clean(raw, source="a.txt")
    assert cleaned.article.text == meant
    assert "encoding_repaired" not in codes(cleaned)


def test_a_page_says_windows_1252_as_latin_1():
    markup = page(BODY, '<meta charset="iso-8859-1">').encode("cp1252")
    assert clean(markup, source="a.html").article.text == REPORT


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("Hadir pula camat, kepala desa dan para pendam", "desa dan para pendam"),
        ("“Kami harap semua pihak ikut mengawasi agar", "pihak ikut mengawasi agar"),
        ("Hadir pula camat.", None),
        ("Hadir pula camat. (rina/ags)", None),
        ("Hadir pula camat.(*)", None),
        ("“Ayo hadir semua,” ajak camat.***", None),
        ("“Ayo, semua harus hadir di balai desa.”", None),
        ("Hadir pula camat. MC Bungo/rin/ags", None),
        ("Hadir pula camat. rin", None),
    ],
)
def test_a_text_that_breaks_off_is_told(ending, words):
    cleaned = clean(f"{LEAD}\n\n{ending}", source="a.txt")
    found = [warning.evidence for warning in cleaned.warnings if warning.code == "truncated_text"]
    assert [span.text for span in found] == ([words] if words else [])
    assert all(cleaned.article.text[span.start : span.end] == span.text for span in found)


def test_metadata_of_a_page():
    head = (
        '<link rel=canonical href="https://kabar.example/bimtek"><meta property="og:site_name" content="Kabar Bungo">'
    )
    article = clean(page(f"<h1>{TITLE}</h1>{BODY}", head), source="2025/a.html").article
    assert (article.url, article.outlet, article.source) == (
        "https://kabar.example/bimtek",
        "Kabar Bungo",
        "2025/a.html",
    )


def test_the_id_is_stable_and_its_own():
    first, again = clean(REPORT, source="a.txt"), clean(REPORT.encode(), source="a.txt")
    assert first.article.id == again.article.id
    assert (
        len({first.article.id, clean(REPORT, source="b.txt").article.id, clean(LEAD, source="a.txt").article.id}) == 3
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 50,
        b"   \n\t ",
        gzip.compress(b"x" * 9, mtime=0),
        b"%PDF-1.4 x",
        bytes(range(256)) * 9,
        "<html><script>x=1",
    ],
)
def test_what_holds_no_report_gives_an_empty_text(data):
    cleaned = clean(data, source="a.html")
    assert cleaned.article.text == ""
    assert "no_text" in codes(cleaned)


@pytest.mark.parametrize(
    "data",
    [
        "Bantuan PKH cair kepada 40 KPM di balai desa, kata camat. " * 40_000,
        f"<html><body><h1>{TITLE}</h1><p>"
        + "Bantuan PKH cair kepada 40 KPM, kata camat. " * 60_000
        + "</p></body></html>",
        f"<html><body><h1>{TITLE}</h1>" + f"<p>{LEAD} {{}}</p>" * 4_000 + "</body></html>",
    ],
    ids=["one line", "one paragraph", "paragraphs"],
)
def test_what_is_longer_than_any_report_is_cut_and_said_to_be(data):
    """No longer than what the pipeline takes."""
    from pkh_extract.annotating.pipeline import load

    count = iter(range(10_000))
    cleaned = clean("".join(f"{part}{next(count)}" for part in data.split("{}")))
    assert "truncated_text" in codes(cleaned)
    assert 190_000 < len(cleaned.article.text) <= 200_000 < load().max_length
    assert cleaned.article.text[:20] in data


def test_text_behind_very_many_tags_is_not_lost():
    menu = "<div><a href=/x>menu</a></div>" * 60_000
    assert clean(f"<html><body><h1>{TITLE}</h1>{menu}<p>{LEAD}</p></body></html>").article.text == LEAD


CAIR = "Dana sudah cair semua.\n\nWarga antre."
SHORT_PAGES = [
    ("<h1>PKH Agam Cair</h1><p>Sebanyak 6 KPM terima uang.</p>", "PKH Agam Cair", "Sebanyak 6 KPM terima uang."),
    ("<p>PKH cair di Agam</p><p>Sebanyak 6 KPM terima uang.</p>", "PKH cair di Agam", "Sebanyak 6 KPM terima uang."),
    ("<h1>Bansos PKH Cair</h1><p>Dana sudah cair semua.</p><p>Warga antre.</p>", "Bansos PKH Cair", CAIR),
    ("<ul><li><a href='/'>Beranda</a></li><li><a href='/x'>Profil desa kami.</a></li></ul>", None, ""),
    ("<p>PKH 6 KPM</p><p>Masuk</p>", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("page", "title", "text"), SHORT_PAGES)
def test_a_page_of_a_few_short_sentences_is_a_report(page, title, text):
    article = clean(f"<html><body>{page}</body></html>").article
    assert (article.title, article.text) == (title, text)
