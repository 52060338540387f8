"""Date expressions: what is found, what it means, what is left alone."""

from __future__ import annotations

import datetime

import dateparser
import pytest
import spacy
from date_table import cases
from dateparser.date import DateDataParser
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.dates.numeric import read
from pkh_extract.annotating.dates.parsing import MONTHS, SETTINGS, parse_day, parse_relative
from pkh_extract.annotating.dates.values import KEY, local_day
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


TABLE = list(cases())


def overlapping(text, expression, found):
    """The mentions that share characters with the expression."""
    start = text.index(expression)
    end = start + len(expression)
    return [(span.text, value_of(span)) for span in found if span.start_char < end and start < span.end_char]


@pytest.mark.parametrize("case", [case for case in TABLE if case.expression], ids=lambda case: case.sentences[0])
def test_an_expression_means_these_days(case):
    for sentence in case.sentences:
        for published in {case.published, case.also or case.published}:
            doc, _ = mentions(sentence, published)
            found = overlapping(sentence, case.expression, group(doc, KEY))
            dated = [(value.start, value.end, value.precision, value.method) for _, value in found if value.start]
            if case.start is None:
                assert dated == [] and found, sentence
                continue
            assert [days[:2] for days in dated] == [(case.start, case.end)], sentence
            assert case.precision in ("any", dated[0][2]) and case.method in ("any", dated[0][3]), (sentence, dated)


@pytest.mark.parametrize("case", [case for case in TABLE if not case.expression], ids=lambda case: case.sentences[0])
def test_what_is_no_date_is_left_alone(case):
    assert mentions(case.sentences[0], case.published)[1] == []


@pytest.mark.parametrize(
    "case", [case for case in TABLE if case.start and not case.weekdays_agree], ids=lambda case: case.sentences[0]
)
def test_a_weekday_that_disagrees_is_told(case):
    doc, found = mentions(case.sentences[0], case.published)
    assert [value.weekday_matches for _, value in found] == [False]
    assert warnings(doc) == ["weekday_mismatch"]


@pytest.mark.parametrize(
    "case", [case for case in TABLE if case.expression and case.weekdays_agree], ids=lambda case: case.sentences[0]
)
def test_a_weekday_that_agrees_is_not_warned_of(case):
    doc, _ = mentions(case.sentences[0], case.published)
    assert "weekday_mismatch" not in warnings(doc)


def test_the_table_is_as_large_as_it_should_be_and_says_nothing_twice():
    assert len(TABLE) >= 400
    assert sum(case.expression is None for case in TABLE) >= 100
    assert len({(case.sentences, case.published) for case in TABLE}) == len(TABLE)


IMPOSSIBLE = ["29 Februari 2019", "(31/11/2019)", "31 April 2020", "Senin (31/9/2020)", "12/25/2020", "(32/1/2020)"]


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
        ("Dasarnya surat Dinsos nomor 460/118 tanggal 7 Juni 2021.", "7 Juni 2021", "law"),
        ("Bupati menyerahkan SK kepada 74 pendamping PKH pada tanggal 7 Juni 2021.", "7 Juni 2021", "event"),
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
        ("2023-06-21T18:30:00+0000", "2023-06-22"),
        ("2023-06-22T00:30:00+0900", "2023-06-21"),
        ("2023-06-21T22:47:00-08:00", "2023-06-22"),
        ("junk", "None"),
        ("", "None"),
        (None, "None"),
        ("0001-01-01T00:00:00+09:00", "None"),
        ("9999-12-31", "None"),
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


@given(st.integers(-5, 40), st.integers(-5, 20), st.integers(-10, 3000))
def test_parsing_agrees_with_the_calendar(number, month, year):
    try:
        wanted = datetime.date(year, month, number) if 1945 <= year <= 2099 else None
    except ValueError:
        wanted = None
    assert parse_day(number, month, year) == wanted


def test_dateparser_is_asked_once_for_each_day(monkeypatch):
    asked, read = [], DateDataParser.get_date_data
    monkeypatch.setattr(
        DateDataParser, "get_date_data", lambda self, text, *form: asked.append(text) or read(self, text, *form)
    )
    parse_day.cache_clear()
    text = "Rapat dibuka Selasa (2/4), dilanjutkan Rabu (3/4), ditutup Kamis, 4 April 2024. Data per 2 April."
    for published in (None, "2024-04-05"):
        mentions(text, published)
    assert sorted(asked) == ["2 April 2024", "3 April 2024", "4 April 2024"]


@pytest.mark.parametrize("words", ["hari ini", "kemarin", "besok", "lusa", "semalam", "3 hari yang lalu", "gajah"])
def test_dateparser_reads_the_same_when_told_how_to_read(words):
    day = datetime.date(2024, 2, 28)
    written = [f"{day.day} {month} {day.year}" for month in MONTHS]
    told = [parse_day(day.day, number, day.year) for number in range(1, 13)]
    assert told == [dateparser.parse(text, languages=["id"], settings=SETTINGS).date() for text in written]
    base = {**SETTINGS, "RELATIVE_BASE": datetime.datetime.combine(day, datetime.time(12))}
    found = dateparser.parse(words, languages=["id"], settings=base)
    assert parse_relative(words, day) == (found.date() if found else None)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2035, 12, 31)))
@settings(max_examples=20, deadline=None)
def test_relative_words_count_from_the_anchor_alone(anchor):
    assert parse_relative("kemarin", anchor) == anchor - datetime.timedelta(days=1)
    assert parse_relative("hari ini", anchor) == anchor


def test_no_date_reaches_over_the_end_of_a_paragraph():
    for text in ("Rapat tanggal 12 hingga\n\nMaret 2020 dingin.", "Sampai 6 s/d\n\nApril 2021"):
        doc, _ = mentions(text, None)
        assert all("\n\n" not in span.text for span in group(doc, KEY))


def test_other_tokenizers_do_no_harm():
    nlp = spacy.blank("id")
    for name in ("pkh_lexicon", "pkh_sentences", "pkh_dates"):
        nlp.add_pipe(name)
    doc = nlp("Rapat digelar Rabu (3/12/2025) di\n aula.")
    assert all(span.end <= len(doc) for span in doc.spans[KEY])
    for text in ("", " ", "\n\n"):
        doc = NLP(text)
        assert list(doc.spans[KEY]) == []


LONG = ["Senin (3/4 hingga tanggal 5 sampai - Maret dan 10, 11, 12 tahap II ", "1-2020-1-2020-1-2020-1-2020-"]


@pytest.mark.parametrize("repeated", LONG)
def test_time_grows_with_length_only(repeated):
    import time

    def seconds(times):
        best = float("inf")
        for _ in range(3):  # the least of them: other programs run beside this one
            started = time.process_time()
            mentions(repeated * times)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(1_600) < 35 * max(seconds(200), 0.02)  # eight times the text; a quadratic loop costs 64 times
