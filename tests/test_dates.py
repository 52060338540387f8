"""Date expressions: what is found, what it means, what is left alone."""

from __future__ import annotations

import datetime

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.dates.numeric import read
from pkh_extract.annotating.dates.parsing import parse_day, parse_relative
from pkh_extract.annotating.dates.values import KEY, DateMention, local_day
from pkh_extract.annotating.document import group, make_doc, value_of

PUBLISHED = "2023-06-22"  # a Thursday


def build():
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "pkh_extract.Tokenizer.v1"}}})
    for name in ("pkh_lexicon", "pkh_sentences", "pkh_dates"):
        nlp.add_pipe(name)
    return nlp


NLP = build()


def mentions(text, published=None, title=None):
    doc = NLP(make_doc(NLP, title, text, published))
    return doc, [(span.text, value_of(span)) for span in group(doc, KEY)]


def warnings(doc):
    return [warning.code for warning in doc._.pkh_warnings or []]


# One line: the expression, how it stands in the sentence; start; end ("=": the same day).
EXPLICIT = """
Rabu (3/12/2025) | 2025-12-03 | =
Kamis 10/10/2019 | 2019-10-10 | =
Jumat (13/09/ 2019) | 2019-09-13 | =
Rabu {27/4/2022) | 2022-04-27 | =
Selasa(10/02/26) | 2026-02-10 | =
Rabu (18/5/22) | 2022-05-18 | =
Kamis (30/10.2025) | 2025-10-30 | =
Sabtu (27/02/2021. | 2021-02-27 | =
Sabtu (19/10/2019 ) | 2019-10-19 | =
Jumat (30/7/ 2021) | 2021-07-30 | =
Rabu, 06 Oktober 2021 | 2021-10-06 | =
kamis 16 januari 2025 | 2025-01-16 | =
Jum'at (14/7/2017) | 2017-07-14 | =
Jum’at (14/7/2017) | 2017-07-14 | =
Jum ‘at, 14/7/2017 | 2017-07-14 | =
Jum`at, 14 Juli 2017 | 2017-07-14 | =
Ahad 26 Maret 2023 | 2023-03-26 | =
Minggu (26/3/2023) | 2023-03-26 | =
28 Pebruari 2017 | 2017-02-28 | =
28 Februari 2017 | 2017-02-28 | =
11 Nopember 2019 | 2019-11-11 | =
11 Nov 2019 | 2019-11-11 | =
11 Nop 2019 | 2019-11-11 | =
4 Agt 2021 | 2021-08-04 | =
4 Agustus 2021 | 2021-08-04 | =
4 Agst 2021 | 2021-08-04 | =
9 Des 2020 | 2020-12-09 | =
9 Jan 2020 | 2020-01-09 | =
9 Okt 2020 | 2020-10-09 | =
9 Sept 2020 | 2020-09-09 | =
pada tanggal 1 Mei 2019 | 2019-05-01 | =
tgl 5-5-2018 | 2018-05-05 | =
tanggal 05.05.2018 | 2018-05-05 | =
5/5/2018 | 2018-05-05 | =
29/12/15 | 2015-12-29 | =
2020-03-04 | 2020-03-04 | =
September 18, 2020 | 2020-09-18 | =
Nov 07, 2019 | 2019-11-07 | =
Jumat, September 18, 2020 | 2020-09-18 | =
Selasa pagi (7/11/2023) | 2023-11-07 | =
Selasa malam, 7 November 2023 | 2023-11-07 | =
Selasa sore (7/11/23) | 2023-11-07 | =
Selasa tanggal 7 November 2023 | 2023-11-07 | =
hari Selasa, tanggal 7 bulan November tahun 2023 | 2023-11-07 | =
(Selasa,7/11/2023) | 2023-11-07 | =
Selasa,07/11/23 | 2023-11-07 | =
(Selasa,7 November 2023) | 2023-11-07 | =
7 November 2023 (Selasa) | 2023-11-07 | =
Selasa (7 November 2023) | 2023-11-07 | =
Selasa (07/11/2023) kemarin | 2023-11-07 | =
Selasa [7/11/2023] | 2023-11-07 | =
Selasa - 7 November 2023 | 2023-11-07 | =
Selasa / 7 November 2023 | 2023-11-07 | =
28 November2019 | 2019-11-28 | =
13–14 Mei 2024 | 2024-05-13 | 2024-05-14
13-14 Mei 2024 | 2024-05-13 | 2024-05-14
21 - 22 Mei 2025 | 2025-05-21 | 2025-05-22
Senin dan Selasa, 13–14 Mei 2024 | 2024-05-13 | 2024-05-14
21 dan 22 Mei 2025 | 2025-05-21 | 2025-05-22
21 & 22 Mei 2025 | 2025-05-21 | 2025-05-22
20, 21 dan 22 Mei 2025 | 2025-05-20 | 2025-05-22
dari tanggal 8 hingga 13 Maret 2019 | 2019-03-08 | 2019-03-13
3 sd 13 November 2020 | 2020-11-03 | 2020-11-13
3 s/d 13 November 2020 | 2020-11-03 | 2020-11-13
3 s.d. 13 November 2020 | 2020-11-03 | 2020-11-13
3 sampai 13 November 2020 | 2020-11-03 | 2020-11-13
mulai tanggal 06 Desember sampai dengan 31 Desember 2021 | 2021-12-06 | 2021-12-31
mulai tanggal 03 Oktober sampai dengat tanggal 28 Oktober 2022 | 2022-10-03 | 2022-10-28
Senin-Selasa, 13-14 Februari 2023 | 2023-02-13 | 2023-02-14
Senin hingga Rabu (13-15/2/2023) | 2023-02-13 | 2023-02-15
Senin (13/2/2023) hingga Rabu (15/2/2023) | 2023-02-13 | 2023-02-15
Senin sampai Rabu (15/2/2023) | 2023-02-13 | 2023-02-15
30 Mei - 3 Juni 2017 | 2017-05-30 | 2017-06-03
(30 Mei - 3 Juni 2017) | 2017-05-30 | 2017-06-03
21 November-5 Desember 2023 | 2023-11-21 | 2023-12-05
8 Januari hingga 5 Februari 2019 | 2019-01-08 | 2019-02-05
28 Desember 2019 hingga 3 Januari 2020 | 2019-12-28 | 2020-01-03
28 Desember - 3 Januari 2020 | 2019-12-28 | 2020-01-03
dari Tgl 10 sampai 20 Oktober 2019 | 2019-10-10 | 2019-10-20
Jumat 1- 3 Desember 2017 | 2017-12-01 | 2017-12-03
dari (9/6/2020) dan berakhir (14/8/2020) | 2020-06-09 | 2020-08-14
mulai (2/9/2020) sampai, (15/9/2020) | 2020-09-02 | 2020-09-15
tanggal 12 – 28 September 2017 | 2017-09-12 | 2017-09-28
(9-11/7/2019) | 2019-07-09 | 2019-07-11
30/5/2017 - 3/6/2017 | 2017-05-30 | 2017-06-03
Juni 2024 | 2024-06-01 | 2024-06-30
bulan Juni 2024 | 2024-06-01 | 2024-06-30
Juli-Agustus 2023 | 2023-07-01 | 2023-08-31
Juli hingga September 2023 | 2023-07-01 | 2023-09-30
Februari 2024 | 2024-02-01 | 2024-02-29
November 2022-Januari 2023 | 2022-11-01 | 2023-01-31
tahun 2019 | 2019-01-01 | 2019-12-31
pada 2022 | 2022-01-01 | 2022-12-31
Rabu, Juni 21, 2017 | 2017-06-21 | =
Rabu, 20 Desember 2017 - Jumat, 22 Desember 2017 | 2017-12-20 | 2017-12-22
Senin s/d Kamis tanggal 4 s/d 7 Maret 2019 | 2019-03-04 | 2019-03-07
Senin (4/3/2019) dan Selasa (5/3/2019) | 2019-03-04 | 2019-03-05
"""

# Published on Thursday, 22 June 2023.
COMPLETED = """
Rabu (21/6) | 2023-06-21 | =
Rabu, (21/6) | 2023-06-21 | =
Rabu,(21/6) | 2023-06-21 | =
Rabu (21/06) | 2023-06-21 | =
Rabu, 21/6 malam | 2023-06-21 | =
Rabu 21 Juni | 2023-06-21 | =
pada 21 Juni | 2023-06-21 | =
PKH(20/6) | 2023-06-20 | =
Rabu (28/12) | 2022-12-28 | =
20-21 Juni | 2023-06-20 | 2023-06-21
Selasa-Rabu (20-21/6) | 2023-06-20 | 2023-06-21
30 Mei hingga 3 Juni | 2023-05-30 | 2023-06-03
Selasa (20/06) kemarin | 2023-06-20 | =
Selasa | 2023-06-20 | =
Selasa sore | 2023-06-20 | =
hari Selasa | 2023-06-20 | =
Kamis | 2023-06-22 | =
Jumat | 2023-06-16 | =
Minggu | 2023-06-18 | =
hari minggu | 2023-06-18 | =
Selasa kemarin | 2023-06-20 | =
Selasa lalu | 2023-06-20 | =
Kamis lalu | 2023-06-15 | =
Rabu pekan lalu | 2023-06-14 | =
Senin hingga Rabu | 2023-06-19 | 2023-06-21
Jumat besok | 2023-06-23 | =
kemarin | 2023-06-21 | =
Kemaren | 2023-06-21 | =
tadi malam | 2023-06-21 | =
hari ini | 2023-06-22 | =
tadi pagi | 2023-06-22 | =
besok | 2023-06-23 | =
lusa | 2023-06-24 | =
kemarin lusa | 2023-06-20 | =
dua hari lalu | 2023-06-20 | =
3 hari yang lalu | 2023-06-19 | =
bulan lalu | 2023-05-01 | 2023-05-31
bulan ini | 2023-06-01 | 2023-06-30
tahun lalu | 2022-01-01 | 2022-12-31
bulan Mei | 2023-05-01 | 2023-05-31
Mei lalu | 2023-05-01 | 2023-05-31
bulan Desember | 2022-12-01 | 2022-12-31
"""


def cases(table):
    for line in table.strip().splitlines():
        expression, start, end = (part.strip() for part in line.split(" | "))
        yield pytest.param(expression, start, start if end == "=" else end, id=expression)


def check(expression, start, end, published):
    for sentence in (f"Rapat digelar {expression}.", f"Rapat digelar {expression} di aula.", expression):
        _, found = mentions(sentence, published)
        spans = [(str(value.start), str(value.end)) for _, value in found if value.start]
        assert spans == [(start, end)], sentence


@pytest.mark.parametrize(("expression", "start", "end"), list(cases(EXPLICIT)))
def test_a_full_date_is_read_whether_or_not_the_article_is_dated(expression, start, end):
    check(expression, start, end, None)
    check(expression, start, end, "2026-05-20")


@pytest.mark.parametrize(("expression", "start", "end"), list(cases(COMPLETED)))
def test_what_is_missing_comes_from_the_publication(expression, start, end):
    check(expression, start, end, PUBLISHED)


@pytest.mark.parametrize(("expression", "start", "end"), list(cases(COMPLETED)))
def test_without_an_anchor_there_is_no_day(expression, start, end):
    _, found = mentions(f"Rapat digelar {expression}.")
    assert found
    assert all(value.start is None for _, value in found), found


NOTHING = [
    "Maesaroh (35) menerima bantuan.",
    "Ia berusia 70 tahun.",
    "Petugas siap 24 jam.",
    "Warga RT 01/02 antre.",
    "Warga RT 01/RW 02 antre.",
    "Hanya 1/2 bagian yang cair.",
    "Sekitar 3/4 warga hadir.",
    "Hubungi 0812-0011-5776 untuk aduan.",
    "Telepon (0541) 123-456.",
    "Surat No. 12/2019 dibacakan.",
    "Surat Nomor 440/12/DINSOS dibacakan.",
    "Tim menang 3-1.",
    "Skor akhir 21-19.",
    "Nilainya Rp 5.000.",
    "Nilainya Rp1.500.000,00 per tahap.",
    "Warga HST 5 orang.",
    "Materi P2K2 dibahas.",
    "1. Pendamping, 2. Operator, 3. Koordinator.",
    "Hadir 12 pendamping dan 3 operator.",
    "Sebanyak 2018 KPM menerima bantuan.",
    "Ada 1997 KPM di sana.",
    "Bantuan bagi 10 desa dan 2020 lainnya.",
    "Bantuan untuk 2020 KPM cair.",
    "Ada di 2021 desa.",
    "Jumat Agung diperingati.",
    "Jumlahnya 9.623 keluarga.",
    "Jumlahnya 10. 824 keluarga.",
    "Bantuan 15 kg beras.",
    "Bantuan naik 10 persen.",
    "Anggota kelompok bertemu dua minggu sekali.",
    "Kelompok bertemu setiap Senin.",
    "Kelompok bertemu tiap hari Jumat.",
    "Program Jumat Berkah digelar.",
    "Warga Pasar Minggu hadir.",
    "Warga Pasar Senin hadir.",
    "Ibu Juni hadir.",
    "Pak Agus dan Pak Jan hadir.",
    "Maret itu nama anaknya.",
    "Desa Mei Lestari maju.",
    "Rumah tipe 36/72 dibangun.",
    "Kode 1.2.3 dipakai.",
    "Versi 10.12.25 dipakai.",
    "Situs v2.1.2020 dibuka.",
    "Ukuran 20x30 cm.",
    "Ada 5 sampai 7 KPM.",
    "Rasio 1:250.",
    "Kecamatan 12 dari 24.",
    "Ayat 3/4 dibacakan.",
    "Halaman 1/2.",
    "Bantuan 86 / 100 cair.",
    "Minimal 250 orang.",
    "Ke-46 petugas hadir.",
    "HUT ke-78 dirayakan.",
    "Indonesia Emas 2045 dicanangkan.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date_is_left_alone(text):
    _, found = mentions(text, PUBLISHED)
    assert [(words, value) for words, value in found] == []


IMPOSSIBLE = ["29 Februari 2019", "(31/11/2019)", "31 April 2020", "Senin (31/9/2020)", "12/25/2020", "(32/1/2020)"]


@pytest.mark.parametrize("expression", IMPOSSIBLE)
def test_a_day_that_no_calendar_has_is_no_date(expression):
    _, found = mentions(f"Rapat digelar {expression}.", PUBLISHED)
    assert all(value.start is None for _, value in found)


@pytest.mark.parametrize("expression", IMPOSSIBLE[:5])
def test_a_day_that_no_calendar_has_is_warned_of(expression):
    doc, _ = mentions(f"Rapat digelar {expression}.")
    assert warnings(doc) == ["ambiguous_date"]


@pytest.mark.parametrize(
    ("expression", "start"),
    [
        ("(08/06/02021)", "2021-06-08"),
        ("Selasa (08/06/02021)", "2021-06-08"),
        ("Rabu (24/7/02/24)", "None"),
        ("Kamis (5/9/02/24)", "2024-09-05"),
    ],
)
def test_a_slip_is_read_where_one_sound_reading_is_left(expression, start):
    doc, found = mentions(f"Rapat digelar {expression}.")
    assert str(found[0][1].start) == start
    assert "ambiguous_date" in warnings(doc)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        # The weekday decides between the years of the text.
        ("Rapat dibuka Kamis (28/3). Ada 364 pada 2018, sisanya pada 2019.", "2019-03-28"),
        ("Rapat dibuka Minggu (28/11). Dari 2018-2021 ada tujuh pasar.", "2021-11-28"),
        ("Rapat dibuka Rabu (28/2). Pada tahun 2017 ada tambahan petugas.", "2018-02-28"),
        ("Rapat dibuka Selasa (9/8). Tahun 2022 ini ada tambahan petugas.", "2022-08-09"),
        # Another full date has the year, the weekday notwithstanding.
        ("Rapat dibuka Sabtu (22/8). Acara berlangsung 22-24 Agustus 2025.", "2025-08-22"),
        ("Rapat dibuka 8 Maret. Acara berlangsung 8 hingga 13 Maret 2019.", "2019-03-08"),
        ("Rapat dibuka Senin (30/12). Acara ditutup Kamis, 2 Januari 2020.", "2019-12-30"),
        # Nothing decides.
        ("Rapat dibuka Selasa (1/10).", "None"),
        ("Rapat dibuka 1 Oktober.", "None"),
        ("Rapat dibuka 1 Oktober. Dasarnya UU Nomor 40 tahun 2004.", "None"),
        # Relative words beside another date of the text.
        ("Rapat dibuka Selasa sore. Hasilnya dibacakan Rabu 21 Juni 2023 pagi.", "2023-06-20"),
        ("Rapat dibuka kemarin. Hal itu disampaikan Rabu (21/6/2023).", "2023-06-20"),
        ("Rapat dibuka Sabtu. Panggung disiapkan warga Jumat (23/3/2018).", "2018-03-24"),
    ],
)
def test_the_article_itself_completes_a_date(text, start):
    _, found = mentions(text)
    assert str(found[0][1].start) == start


@pytest.mark.parametrize(
    ("expression", "matches", "warned"),
    [
        ("Rabu (7/11/2024)", False, ["weekday_mismatch"]),
        ("Kamis (7/11/2024)", True, []),
        ("7/11/2024", None, []),
        ("Senin, 4-6 November 2024", True, []),
    ],
)
def test_the_date_stands_against_its_weekday(expression, matches, warned):
    doc, found = mentions(f"Rapat digelar {expression}.")
    assert found[0][1].weekday_matches is matches
    assert str(found[0][1].start) != "None"
    assert warnings(doc) == warned


def test_a_mismatch_names_both_weekdays():
    doc, _ = mentions("Rapat digelar Rabu (7/11/2024).")
    assert "Rabu" in doc._.pkh_warnings[0].message
    assert "Kamis" in doc._.pkh_warnings[0].message


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ('"Datanya lengkap," kata kepala dinas, Rabu (4/3/2020).', "Rabu (4/3/2020)", "statement"),
        ("Ia mengatakan hal itu di kantornya, Rabu (4/3/2020).", "Rabu (4/3/2020)", "statement"),
        ("Bimtek dilaksanakan di aula, Rabu (4/3/2020).", "Rabu (4/3/2020)", "event"),
        ("Laporan masuk paling lambat 5 Mei 2021.", "5 Mei 2021", "deadline"),
        ("Pendataan dibuka hingga 31 Desember 2023 mendatang.", "31 Desember 2023 mendatang", "plan"),
        ("Program berjalan sejak 5 Mei 2021.", "5 Mei 2021", "background"),
        ("Sebelumnya, Senin (24/11/2025), ia hadir.", "Senin (24/11/2025)", "background"),
        ("Bantuan akan cair pada 5 Mei 2021.", "5 Mei 2021", "plan"),
        ("Dasarnya UU Nomor 40 tahun 2004.", "2004", "law"),
        ("Dasarnya Permensos No.5 tahun 2021.", "2021", "law"),
        ("Data 2018-2023 diperiksa.", "2018-2023", "period"),
        ("Anggaran TA 2019-2020 diperiksa.", "2019-2020", "period"),
        ("Rapat dimulai pukul 14.45 WITA.", "14.45 WITA", "period"),
        ("Rapat dimulai 10.00 Wib di aula.", "10.00 Wib", "period"),
        ("Rapat dimulai jam 9 pagi.", "9", "period"),
    ],
)
def test_roles(text, words, role):
    _, found = mentions(text)
    assert (words, role) in [(span, value.role) for span, value in found]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Bimtek digelar selama tiga hari.", 3),
        ("Bimtek berlangsung selama 10 hari dari Tgl 10 sampai 20 Oktober 2019.", 10),
        ("Bimtek berlangsung dua hari.", 2),
        ("Bimtek digelar 3 (tiga) hari, 5-7 Maret 2020.", 3),
        ("Bantuan cair 3 hari ke depan.", None),
        ("Ia datang tiga hari lagi.", None),
        ("Listrik padam selama tiga jam.", None),
    ],
)
def test_stated_lengths(text, days):
    _, found = mentions(text)
    lengths = [value.duration_days for _, value in found if value.form == "length"]
    assert lengths == ([days] if days else [])


def test_the_last_day_may_stand_first():
    _, found = mentions("Kegiatan berakhir pada tanggal 11 Oktober 2019 setelah dimulai sejak tanggal 2 Oktober.")
    assert (str(found[0][1].start), str(found[0][1].end)) == ("2019-10-02", "2019-10-11")


def test_a_dateline_may_leave_the_weekday_and_the_year_out():
    _, found = mentions("Samosir, 22/11 (Kantor Berita) - Bantuan cair.", "2017-11-22")
    assert [(words, str(value.start)) for words, value in found] == [("22/11", "2017-11-22")]
    assert mentions("Bantuan cair, 1/2 (separuh) dari semua.", "2017-11-22")[1] == []


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2023-06-22", "2023-06-22"),
        ("2023-06-22T23:30:00", "2023-06-22"),
        ("2023-06-22T08:00:00+07:00", "2023-06-22"),
        ("2023-06-21T18:30:00Z", "2023-06-22"),
        ("2023-06-21T22:47:00-08:00", "2023-06-22"),
        ("junk", "None"),
        ("", "None"),
        (None, "None"),
        ("0001-01-01T00:00:00+09:00", "0001-01-01"),
    ],
)
def test_the_day_of_publication_is_that_of_indonesian_clocks(published, day):
    assert str(local_day(published)) == day


def test_sunday_or_week():
    assert mentions("Rapat digelar Minggu lalu.", PUBLISHED)[1][0][1].form == "weekday"
    assert mentions("Minggu lalu rapat digelar.", PUBLISHED)[1][0][1].form == "relative"
    assert mentions("Rapat digelar minggu lalu.", PUBLISHED)[1][0][1].form == "relative"


def test_an_unreadable_last_day_leaves_the_first():
    doc, found = mentions("Rapat digelar dari tanggal 6 s/d & April 2021.")
    assert (str(found[0][1].start), found[0][1].end) == ("2021-04-06", None)
    assert warnings(doc) == ["ambiguous_date"]


@pytest.mark.parametrize(
    "window", ["1/2/3", "99/99/2020", "0/0/2020", "1/13/2020", "5/5/0000", "5/5/1899", "1-1", "/", ""]
)
def test_digits_that_are_no_date_give_no_day(window):
    found = read(window)
    assert found is None or found.broken


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2035, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_day_is_read_back_in_every_form(day):
    from pkh_extract.annotating.dates.component import WEEKDAYS
    from pkh_extract.annotating.dates.parsing import MONTHS

    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    for expression in (
        f"{weekday} ({day.day}/{day.month}/{day.year})",
        f"{weekday}, {day.day} {month} {day.year}",
        f"({day.day:02}/{day.month:02}/{day.year % 100:02})",
        day.isoformat(),
    ):
        _, found = mentions(f"Rapat digelar {expression}.")
        assert [value.start for _, value in found] == [day]
        assert found[0][1].weekday_matches in (True, None)


@given(st.integers(-5, 40), st.integers(-5, 20), st.integers(-10, 3000))
def test_parsing_agrees_with_the_calendar(number, month, year):
    try:
        wanted = datetime.date(year, month, number) if 1945 <= year <= 2099 else None
    except ValueError:
        wanted = None
    assert parse_day(number, month, year) == wanted


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2035, 12, 31)))
@settings(max_examples=20, deadline=None)
def test_relative_words_count_from_the_anchor_alone(anchor):
    assert parse_relative("kemarin", anchor) == anchor - datetime.timedelta(days=1)
    assert parse_relative("hari ini", anchor) == anchor


WORDS = """Senin Minggu kemarin Jum ' at ( ) / - – , . 12 3 2020 02021 31/2/2020 29/2 Maret Mei tanggal hingga s/d dan
lalu pukul WIB tahun tahap II triwulan selama hari 99999999999999999999 ٣ ² {"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n", "sampai dengan"])


@given(
    st.lists(PIECES, max_size=25),
    st.sampled_from([None, PUBLISHED, "junk", ""]),
    st.sampled_from([None, "Senin (1/1)"]),
)
@settings(max_examples=150, deadline=None)
def test_nothing_written_makes_it_fail(words, published, title):
    doc, _ = mentions(" ".join(words), published, title)
    for span in group(doc, KEY):
        value = value_of(span)
        assert isinstance(value, DateMention)
        assert 0 <= span.start < span.end <= len(doc)
        assert "\n\n" not in span.text
        assert value.start is None or value.end is None or value.start <= value.end


def test_no_date_reaches_over_the_end_of_a_paragraph():
    for text in ("Rapat tanggal 12 hingga\n\nMaret 2020 dingin.", "Sampai 6 s/d\n\nApril 2021"):
        doc, _ = mentions(text, None)
        assert all("\n\n" not in span.text for span in group(doc, KEY))


def test_other_tokenizers_and_missing_components_do_no_harm():
    nlp = spacy.blank("id")
    nlp.add_pipe("pkh_dates")
    doc = nlp("Rapat digelar Rabu (3/12/2025) di\n aula.")
    assert all(span.end <= len(doc) for span in doc.spans[KEY])
    for text in ("", " ", "\n\n"):
        doc = NLP(text)
        assert list(doc.spans[KEY]) == []


def test_time_grows_with_length_only():
    import time

    spans = []
    for factor in (200, 800):
        text = "Senin (3/4 hingga tanggal 5 sampai - Maret dan 10, 11, 12 tahap II " * factor
        started = time.perf_counter()
        mentions(text)
        spans.append(time.perf_counter() - started)
    assert spans[1] < 12 * spans[0] + 0.5
