"""Which date is the event's, and which period is a figure's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_dates import NLP, mentions, warnings

from pkh_extract.annotating.dates.choose import deciding_rules, event_date
from pkh_extract.annotating.dates.periods import period_of
from pkh_extract.annotating.document import accepted, make_doc, text_offset


@pytest.mark.parametrize(("said", "published", "date"), [
    ("Dinas Sosial Agam menggelar bimtek bagi pendamping PKH.", "2024-03-05", ("2024-03-05", "published", "bimtek")),
    ("Dinas Sosial Agam menggelar bimtek bagi pendamping PKH.", None, None),
    ("Dinas Sosial Agam akan menggelar bimtek bagi pendamping PKH.", "2024-03-05", None),
    ("Dinas Sosial Agam menggelar bimtek bagi pendamping PKH baru-baru ini.", "2024-03-05", None),
    ("Dinas Sosial Agam menggelar bimtek pendamping PKH, Sabtu.", "2024-03-05", ("2024-03-02", "relative", "Sabtu")),
    ("Dinas Sosial Agam menggelar bimtek bagi pendamping PKH. Program itu ada sejak 5 Mei 2021.", "2024-03-05",
     ("2024-03-05", "published", "bimtek")),
])  # fmt: skip
def test_an_event_that_the_text_does_not_date_has_the_day_of_publication(extractor, said, published, date):
    record = extractor.extract(f"Pendamping Dilatih\n\n{said} Bupati membuka kegiatan itu.", published=published)
    found = record.events[0].date
    assert (found and (found.start, found.method, found.evidence.text)) == date


@pytest.mark.parametrize(("published", "date"), [("2019-11-16", ("2019-11-15", "kemarin")), (None, None)])
def test_a_gloss_in_brackets_is_counted_from_the_publication(extractor, published, date):
    text = "Kartu PKH Diganti\n\nDinas Sosial Kabupaten Serang membuka rakor PKH hari ini (kemarin)."
    found = extractor.extract(text, published=published).events[0].date
    assert (found and (found.start, found.evidence.text)) == date


def choose(text, term=None, published=None, title=None, announced=False):
    doc = NLP(make_doc(NLP, title, text, published))
    event = None
    if term:
        start = doc.text.index(term)
        event = doc.char_span(start, start + len(term))
    return doc, event_date(doc, event, announced)


# text, event's term, published, start, end, method
ARTICLES = [
    pytest.param(
        "Dinsos menggelar bimtek bagi pendamping, Rabu (3/12/2025).\n\nPeserta datang dari 12 kecamatan.",
        "bimtek", None, "2025-12-03", "2025-12-03", "explicit", id="lead",
    ),
    pytest.param(
        'Puluhan pendamping mengikuti bimtek.\n\n"Materinya banyak," kata Rina, Rabu (3/12/2025).',
        "bimtek", None, "2025-12-03", "2025-12-03", "explicit", id="statement is the only date",
    ),
    pytest.param(
        'Pendamping mengikuti bimtek.\n\n"Materinya banyak," kata Rina, Kamis (9/12/2021).\n\n'
        "Bimtek berlangsung mulai tanggal 06 Desember sampai dengan 31 Desember 2021.",
        "bimtek", None, "2021-12-06", "2021-12-31", "explicit", id="range beats the day of the interview",
    ),
    pytest.param(
        'Pendamping mengikuti bimtek.\n\n"Selesai sudah," kata Rina, Senin (5/7).\n\nBimtek digelar selama 5 hari, '
        "1-5 Juli 2021.",
        "bimtek", None, "2021-07-01", "2021-07-05", "explicit", id="range that ends on the day of the interview",
    ),
    pytest.param(
        "Pemkot mendata warga, Selasa (10/10/2023).\n\nPendataan berjalan hingga 31 Desember 2023 mendatang.",
        "mendata", None, "2023-10-10", "2023-10-10", "explicit", id="deadline",
    ),
    pytest.param(
        "Sebelumnya, Senin (24/11/2025), rakor serupa batal.\n\nRakor digelar lagi, Rabu (3/12/2025).",
        "Rakor", None, "2025-12-03", "2025-12-03", "explicit", id="background first",
    ),
    pytest.param(
        "Pemkab menggelar rakor, Rabu (3/12/2025).\n\nDasarnya UU Nomor 40 tahun 2004 dan program sejak 2007.",
        "rakor", None, "2025-12-03", "2025-12-03", "explicit", id="laws and history",
    ),
    pytest.param(
        "Pelatihan berlangsung sejak Senin (3/3/2025) hingga hari ini, kata panitia, Rabu (5/3/2025).",
        "Pelatihan", None, "2025-03-03", "2025-03-05", "explicit", id="until the day of the interview",
    ),
    pytest.param(
        "Pelatihan berlangsung di hotel, 29 Februari dan 1 Maret.",
        "Pelatihan", "2024-03-01", "2024-02-29", "2024-03-01", "completed", id="a leap day and the next",
    ),
    pytest.param(
        "Pelatihan berlangsung sejak Senin (3/3/2025) hingga hari ini.",
        "Pelatihan", None, "2025-03-03", None, "explicit", id="until a day that nothing tells",
    ),
    pytest.param(
        "Pelatihan berlangsung sejak Senin (3/3/2025) sampai besok.",
        "Pelatihan", "2025-03-05", "2025-03-03", "2025-03-06", "explicit", id="until the day after the publication",
    ),
    pytest.param(
        "Pendamping PKH mengikuti rakor, Selasa (15/10).\n\nValidasi akan digelar pada Februari 2020.",
        "rakor", None, "2019-10-15", "2019-10-15", "completed", id="the year before a planned month",
    ),
    pytest.param(
        "Bansos PKH disalurkan, Selasa (15/10).\n\nPada 2020 mendatang kuota akan ditambah.",
        "disalurkan", None, "2019-10-15", "2019-10-15", "completed", id="the year before a coming one",
    ),
    pytest.param(
        "Pendamping mengikuti diklat selama 10 hari, sejak tanggal 27 Mei 2018.",
        "diklat", None, "2018-05-27", None, "explicit", id="for so many days, since when",
    ),
    pytest.param(
        "Jaksa menahan seorang pendamping, Rabu (4/6/2025).\n\nMula-mula ketua kelompok ditahan, Senin (5/5/2025).",
        "menahan", None, "2025-06-04", "2025-06-04", "explicit", id="what came first is background",
    ),
    pytest.param(
        "Kepala dinas menutup rakor yang digelar selama tiga hari hingga hari ini, Rabu (5/3/2025).",
        "rakor", None, "2025-03-03", "2025-03-05", "explicit", id="the last day of a stated length",
    ),
    pytest.param(
        "Kata koordinator, bimtek bagi pendamping dilaksanakan sejak Selasa (4 Maret 2025).",
        "bimtek", None, "2025-03-04", "2025-03-04", "explicit", id="goes on since",
    ),
    pytest.param(
        "KOTA BARU (2/1/2020) - Balai menutup diklat.\n\nDiklat berlangsung pada 3 sd 13 Februari 2020.",
        "diklat", None, "2020-02-03", "2020-02-13", "explicit", id="dateline gives way",
    ),
    pytest.param(
        'Warga diperiksa.\n\n"Ada dua puluh orang," katanya, Senin (15/11/2021).\n\nLaporan warga disampaikan Kamis '
        "(7/10/2021) lalu.",
        "diperiksa", None, "2021-11-15", "2021-11-15", "explicit", id="an earlier day called past",
    ),
    pytest.param(
        'Per 31 Desember 2022 tercatat 5.000 KPM.\n\n"Data itu resmi," kata Rina, Kamis (5/1/2023).',
        "tercatat", None, "2023-01-05", "2023-01-05", "explicit", id="interview against the day of the count",
    ),
    pytest.param(
        "Labuan Jaya, 3 Oktober 2025 - Petugas menerima SK.",
        "SK", None, "2025-10-03", "2025-10-03", "explicit", id="dateline alone",
    ),
    pytest.param(
        "Bimtek dibuka Selasa sore.\n\nHasilnya dibacakan Rabu 21 Juni 2023 pagi oleh panitia.",
        "Bimtek", None, "2023-06-20", "2023-06-20", "relative", id="weekday in the lead beside a later date",
    ),
    pytest.param(
        "Rina di Mukomuko, Selasa, mengatakan bimtek diikuti 38 orang.",
        "bimtek", "2025-10-08", "2025-10-07", "2025-10-07", "relative", id="agency style",
    ),
    pytest.param(
        "Rakor digelar di aula, Rabu (20/2).", "Rakor", "2019-02-21", "2019-02-20", "2019-02-20", "completed",
        id="year from the publication",
    ),
    pytest.param(
        'Bantuan cair kemarin.\n\n"Yang kemarin itu lancar," kata Rina, Sabtu (12/3/2022).',
        "Bantuan", None, "2022-03-12", "2022-03-12", "explicit", id="a full date beats a loose word",
    ),
    pytest.param(
        "Bimtek digelar selama tiga hari. Hari kedua diisi materi hukum, Sabtu (9/2/2019).",
        "Bimtek", None, "2019-02-08", "2019-02-10", "explicit", id="the second of three days",
    ),
    pytest.param(
        "Bimtek digelar selama tiga hari. Pada hari kedua Lebaran, Sabtu (9/2/2019), peserta pulang.",
        "Bimtek", None, "2019-02-09", None, "explicit", id="the second day of a feast",
    ),
    pytest.param(
        "Bimtek dimulai 20/2/2023 selama tiga hari.", "Bimtek", None, "2023-02-20", None, "explicit",
        id="first day and length",
    ),
    pytest.param(
        "Pelatihan dibuka Senin (16/11/2020) dan digelar lima hari hingga hari Jumat besok.",
        "Pelatihan", None, "2020-11-16", "2020-11-20", "explicit", id="last day by its weekday",
    ),
    pytest.param(
        "Pendamping mengikuti diklat sejak 8 Januari hingga 5 Februari 2019 mendatang.\n\n"
        '"Diklat itu perlu," ucap Rina, Selasa (15/1/2019).',
        "diklat", None, "2019-01-08", "2019-02-05", "explicit", id="under way",
    ),
    pytest.param(
        "Rakor digelar dari tanggal 6 s/d & April 2021.", "Rakor", None, "2021-04-06", None, "explicit",
        id="last day unreadable",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "term", "published", "start", "end", "method"), ARTICLES)
def test_the_event_has_this_date(text, term, published, start, end, method):
    for known in (term, None):
        doc, date = choose(text, known, published)
        assert date is not None
        assert (date.start, date.end, date.method, date.precision) == (start, end, method, "day")
        span = date.evidence
        offset = text_offset(doc)
        assert doc.text[offset + span.start : offset + span.end] == span.text


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Bimtek digelar di aula.", "2025-10-08"),
        ("Rina di Mukomuko, Selasa, mengatakan bimtek diikuti 38 orang.", None),
        ("Bimtek digelar kemarin.", None),
        ("Bimtek digelar Selasa (1/10).", None),
        ("Laporan bimtek masuk paling lambat 5 Mei 2021.", None),
        ("Program bimtek berjalan sejak 5 Mei 2018.", None),
        ("Bimtek digelar 29 Februari 2019.", None),
        ("Bimtek tahun lalu batal.", "2025-10-08"),
        ("", None),
        ("", "2025-10-08"),
    ],
)
def test_the_article_gives_no_date(text, published):
    assert choose(text, None, published)[1] is None


def test_an_announced_event_takes_the_day_to_come():
    text = '"Bansos akan cair pada 5 Mei 2021 mendatang," kata Rina, Senin (3/5/2021).'
    assert choose(text, announced=True)[1].start == "2021-05-05"
    assert choose(text, announced=False)[1].start == "2021-05-03"
    assert choose('"Bansos akan cair," kata Rina, Senin (3/5/2021).', announced=True)[1] is None


def test_the_weekday_stands_in_the_evidence_up_to_the_bracket():
    date = choose("Bimtek dibuka Rabu (7/11/2024) pagi.")[1]
    assert date.evidence.text == "Rabu (7/11/2024)"
    assert date.weekday_matches is False
    assert choose("Bimtek dibuka di aula (7/11/2024).")[1].evidence.text == "7/11/2024"


def test_a_date_in_the_title_is_quoted_from_the_title():
    date = choose("Peserta datang dari desa.", title="Bimtek dibuka 7 November 2024")[1]
    assert (date.evidence.field, date.evidence.text) == ("title", "7 November 2024")


# text, published, start, end, precision, warnings: months and weeks date an event where no day does
COARSE = [
    ("Bimtek digelar pada Juni 2024 di aula.", None, "2024-06-01", "2024-06-30", "month", []),
    ("Bimtek digelar awal Juni 2024 di aula.", None, "2024-06-01", "2024-06-30", "month", []),
    ("Bimtek digelar Mei lalu di aula.", "2024-06-20", "2024-05-01", "2024-05-31", "month", []),
    ("Bimtek dilaksanakan bulan lalu di aula.", "2024-06-20", "2024-05-01", "2024-05-31", "month", []),
    ("Bimtek digelar pekan lalu di aula.", "2024-06-20", "2024-06-10", "2024-06-16", "day", ["ambiguous_date"]),
    ("Bimtek digelar akhir pekan lalu.", "2024-06-20", "2024-06-15", "2024-06-16", "day", ["ambiguous_date"]),
    ("Bimtek digelar Juni 2024.\n\nHasilnya dibaca Rabu (3/7/2024).", None, "2024-07-03", "2024-07-03", "day", []),
]


@pytest.mark.parametrize(("text", "published", "start", "end", "precision", "codes"), COARSE)
def test_a_month_or_a_week_dates_an_event_where_no_day_does(text, published, start, end, precision, codes):
    doc, date = choose(text, "Bimtek", published)
    assert (date.start, date.end, date.precision) == (start, end, precision)
    assert warnings(doc) == codes


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Bimtek digelar Juni lalu.\n\nPada Rabu ia pulang.", None),
        ("Bimtek diikuti 30 orang. Hingga Juni 2024 tercatat 410 KPM.", None),
        ("Bimtek diikuti 30 orang. Bantuan Juli-Agustus 2023 belum cair.", None),
        ("Bimtek diikuti 30 orang.\n\nSatu.\n\nDua.\n\nPasar murah digelar pekan lalu.", "2024-06-20"),
        ("Bimtek digelar tahun 2024.", None),
        ("Bimtek itu palsu; kejadian itu terjadi pada Juni 2018.", None),
        ("Bimtek akan digelar Juni mendatang.", "2024-05-20"),
    ],
)
def test_a_period_is_no_date_of_an_event(text, published):
    assert choose(text, "Bimtek", published)[1] is None


# text, term, announced, the rule that decided
REASONS = [
    ("Bimtek diikuti 30 orang di aula, Rabu (3/12/2025).", "Bimtek", False, "date_choice.event"),
    ("Bimtek selesai.\n\n\"Baik,\" kata Rina, Rabu (3/12/2025).", "Bimtek", False, "date_choice.statement"),
    (
        "\"Baik,\" kata Rina, Kamis (4/12/2025).\n\nBimtek digelar 2-3 Desember 2025.",
        "Bimtek", False, "date_choice.within_range",
    ),
    (
        "Bimtek diikuti 30 orang, Rabu (3/12/2025).\n\nPada 5 Mei 2025 pasar dibuka.",
        "Bimtek", False, "date_choice.beside_event",
    ),
    ("Bantuan akan cair pada 5 Mei 2021 mendatang.", "Bantuan", True, "date_choice.announced"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "term", "announced", "rule"), REASONS)
def test_the_choice_says_why(text, term, announced, rule):
    doc, date = choose(text, term, announced=announced)
    assert deciding_rules(doc) == {date.evidence: rule}
    weighed = {(span.text, span.id_) for span in accepted(doc) if span.label_ == "date_reason"}
    assert date.evidence.text in {text for text, _ in weighed}


@pytest.mark.parametrize(
    ("text", "published", "announced", "codes"),
    [
        ("Bimtek digelar selama 10 hari, 3 sd 13 November 2020.", None, False, ["duration_mismatch"]),
        ("Bimtek digelar selama 11 hari, 3 sd 13 November 2020.", None, False, []),
        ("Bimtek digelar selama tiga hari, 11-13 Maret 2024.", None, False, []),
        ("Bimtek digelar Jumat (2/12/2022).", "2022-02-12", False, ["future_date"]),
        ("Bimtek digelar Jumat (2/12/2022).", "2022-12-02", False, []),
        (
            "Bimtek digelar 3 sd 13 November 2020.\n\nSelama 10 hari peserta belajar.",
            None,
            False,
            ["duration_mismatch"],
        ),
        ("Bimtek dari satu hari menjadi selama dua hari, 3-4 Maret 2020.", None, False, []),
        ("Bimtek selama satu hari menjadi selama dua hari, 3-5 Maret 2020.", None, False, []),
        ("Bimtek digelar Jumat.\n\nAcara serupa sudah ada 11 Oktober lalu.", None, False, []),
        ("Bimtek akan digelar Jumat (2/12/2022) mendatang.", "2022-02-12", True, []),
    ],
)
def test_warnings(text, published, announced, codes):
    doc, _ = choose(text, "Bimtek", published, announced=announced)
    assert warnings(doc) == codes


# text, the figure, year, stage, the period's words
FIGURES = [
    ("Hingga tahap II tahun 2024, penerimanya 8.412 keluarga.", "8.412", 2024, 2, "tahap II tahun 2024"),
    ("Pada 2022 sebanyak 40.120, sedangkan pada 2023 jumlahnya 43.905.", "40.120", 2022, None, "2022"),
    ("Pada 2022 sebanyak 40.120, sedangkan pada 2023 jumlahnya 43.905.", "43.905", 2023, None, "2023"),
    ("Tahun 2019 keluar 660 KK, sehingga awal tahun 2020 sisa 8.192 KK.", "660", 2019, None, "Tahun 2019"),
    ("Tahun 2019 keluar 660 KK, sehingga awal tahun 2020 sisa 8.192 KK.", "8.192", 2020, None, "tahun 2020"),
    ("Ada 8.461 KPM pada tahun 2018, lalu 8.835 KPM pada 2019.", "8.461", 2018, None, "tahun 2018"),
    ("Ada 8.461 KPM pada tahun 2018, lalu 8.835 KPM pada 2019.", "8.835", 2019, None, "2019"),
    ("Tahap pertama menerima 13.830 KPM.", "13.830", None, 1, "Tahap pertama"),
    ("Pada tahap ke-4 menerima 17.646 KPM.", "17.646", None, 4, "tahap ke-4"),
    ("Pada triwulan IV 2018 tercatat 5.281 KPM.", "5.281", 2018, 4, "triwulan IV 2018"),
    ("Penerima tahap 3 tahun anggaran 2021 ada 410 KPM.", "410", 2021, 3, "tahap 3 tahun anggaran 2021"),
    ("Sebanyak 410 KPM menerima tahap kedua 2021.", "410", 2021, 2, "tahap kedua 2021"),
    ("Pada bulan Juli-Agustus 2023 cair untuk 410 KPM.", "410", 2023, None, "bulan Juli-Agustus 2023"),
    ("Hingga Juni 2024 ada 410 KPM.", "410", 2024, None, "Juni 2024"),
    ("Jumlahnya tahun 2018 ini 410 KPM.", "410", 2018, None, "tahun 2018 ini"),
    ("Pada 2019 ada 310 KPM dan 2020 ada 520 KPM.", "520", 2020, None, "2020"),
    ("Tahun 2019 keluar 660 KK, sedangkan 2020 tercatat 792 KK.", "792", 2020, None, "2020"),
    ("Pada 2019 ada 310 KPM dan 2020 warga lain antre.", "310", 2019, None, "2019"),
]


@pytest.mark.parametrize(("text", "figure", "year", "stage", "words"), FIGURES)
def test_the_period_of_a_figure(text, figure, year, stage, words):
    doc, _ = mentions(text)
    start = text.index(figure)
    period = period_of(doc.char_span(start, start + len(figure)))
    assert (period.year, period.stage, period.text) == (year, stage, words)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Jumlah penerima 21.853 keluarga.", "21.853"),
        ("Tahun 2019 program dimulai. Kini ada 410 KPM.", "410"),
        ("Dasarnya UU Nomor 40 tahun 2004, penerimanya 410 KPM.", "410"),
        ("Data 2018-2023 menyebut 410 KPM.", "410"),
        ("Rapat Rabu (3/12/2025) dihadiri 410 KPM.", "410"),
        ("Penyaluran bertahap bagi 410 KPM.", "410"),
        ("Selama 2019 hingga Oktober 2020 ada 410 KPM graduasi.", "410"),
        ("Sejak tahun 2019 sampai 2020 bulan Oktober ada 410 KPM graduasi.", "410"),
        ("Yang graduasi 410 KPM (tahun 2019 – 2020).", "410"),
        ("Pada tahun 2018 dan 2019 graduasi 410 KPM.", "410"),
    ],
)
def test_a_figure_without_a_period(text, figure):
    doc, _ = mentions(text)
    start = text.index(figure)
    assert period_of(doc.char_span(start, start + len(figure))) is None


PIECES = st.sampled_from(
    [
        "Rabu (3/12/2025)", "selama tiga hari", "Senin", "kemarin", "tahap II", "tahun 2020", "410 KPM", ",", ". ",
        "\n\n", "bimtek digelar", "kata Rina", "sejak", "1-5 Juli 2021", "hingga", "31/2/2020", "sebelumnya",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.sampled_from([None, "2023-06-22", "x"]), st.booleans())
@settings(max_examples=120, deadline=None)
def test_a_chosen_date_is_sound_and_quoted(pieces, published, announced):
    text = " ".join(pieces).strip()
    doc, date = choose(text, "bimtek" if "bimtek" in text else None, published, announced=announced)
    for token in doc:
        period = period_of(doc[token.i : token.i + 1])
        assert period is None or period.text in doc.text
    if date is not None:
        assert text[date.evidence.start : date.evidence.end] == date.evidence.text
        assert date.end is None or date.start <= date.end
        assert date.precision == "day"
