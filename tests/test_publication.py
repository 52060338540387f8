"""The day of publication: what pages and texts say of it, and what only looks like it (``data/published.yaml``)."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import pkh_extract
from pkh_extract.cleaning import clean
from pkh_extract.cleaning.publication import named_day
from pkh_extract.cleaning.stamps import stamp_reader

DATA = yaml.safe_load((Path(__file__).parent / "data" / "published.yaml").read_text("utf-8"))
TITLE = "31 Pendamping PKH Bungo Ikut Bimtek"
REPORT = (
    "MUARA BUNGO – Sebanyak 31 pendamping PKH Kabupaten Bungo mengikuti bimtek di aula dinas sosial, Selasa "
    "(4/3/2025).\n\nKepala dinas berpesan agar data penerima diperiksa lagi sebelum bantuan dibagikan kepada warga."
    "\n\n“Kalau datanya benar, bantuannya sampai,” ujarnya kepada para pendamping."
)
ABROAD = (
    "BERLIN – The ministry handed over new flats to ninety families on Tuesday, the senator said in a statement.\n\n"
    "Officials expect that all of the new tenants will have moved in before the end of the coming winter."
)
# Around every page stands what must never be taken for the day of publication.
BEFORE = "<div class=top>Minggu, 5 April 2026</div><a href=/>Home</a> <a href=/1>Desa</a> <p>Menu</p><p>Kota</p>"
AFTER = "<h4>Berita Terkait</h4><p>77 KPM Mundur, 1 Januari 2024</p><p>Copyright © 2026</p>"


def page(head: str = "", body: str = "", report: str = REPORT) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in report.split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{TITLE} - Kabar Bungo</title>{head}</head>"
        f"<body>{BEFORE}<h1>{TITLE}</h1>{body}{paragraphs}{AFTER}</body></html>"
    )


def cases(kind: str) -> list[object]:
    return [pytest.param(case, id=case["case"]) for case in DATA[kind]]


@pytest.mark.parametrize("case", cases("pages"))
def test_a_page_says_when_it_was_published(case: dict[str, str]):
    report = REPORT if case.get("language", "id") == "id" else ABROAD
    article = clean(page(case.get("head", ""), case.get("body", ""), report), source="a.html").article
    assert article.published == case["published"]
    assert article.text == report


@pytest.mark.parametrize("case", cases("texts"))
def test_a_text_says_when_it_was_published(case: dict[str, str]):
    above = case["above"].replace("TITLE", TITLE)
    article = clean(f"{above}\n\n{REPORT}\n\nTerkait\n77 KPM Mundur\n24 Mei 2023", source="a.txt").article
    assert article.published == case["published"]


@pytest.mark.parametrize("case", cases("names"))
def test_a_name_holds_one_day_or_none(case: dict[str, str]):
    assert named_day(case["case"]) == (dt.date.fromisoformat(case["day"]) if case["day"] else None)


@pytest.mark.parametrize(
    ("wanted", "published"),
    [
        (("metadata",), "2025-03-05"),
        (("filename",), "2025-03-06"),
        (("url",), "2025-03-04"),
        (("url", "filename"), "2025-03-04"),
        (("filename", "metadata"), "2025-03-06"),
        (("metadata", "filename"), "2025-03-05"),
    ],
)
def test_the_first_witness_that_was_asked_decides(wanted, published):
    extractor = pickle.loads(pickle.dumps(pkh_extract.Extractor(published_from=wanted)))
    markup = page(
        '<link rel=canonical href="https://kabar.example/2025/03/04/bimtek">'
        '<meta property="article:published_time" content="2025-03-05">'
    )
    assert extractor.extract(markup, source="2025-03-06/a.html").article.published == published


@pytest.mark.parametrize("wanted", [("filename",), ("url",), ("filename", "url")])
def test_a_witness_that_knows_nothing_gives_way_to_the_article(wanted):
    extractor = pkh_extract.Extractor(published_from=wanted)
    markup = page('<meta property="article:published_time" content="2025-03-05">')
    assert extractor.extract(markup, source="a.html").article.published == "2025-03-05"
    assert extractor.extract(REPORT, source="bimtek-12.txt").article.published is None


def test_a_name_that_agrees_keeps_the_time_of_the_article():
    extractor = pkh_extract.Extractor(published_from=("filename",))
    markup = page('<meta property="article:published_time" content="2025-03-05T10:00:00+08:00">')
    record = extractor.extract(markup, source="2025-03-05.html")
    assert record.article.published == "2025-03-05T10:00:00+08:00"


def test_a_name_is_no_witness_unless_it_is_asked():
    markup = page('<link rel=canonical href="https://kabar.example/2025/03/04/bimtek">')
    assert pkh_extract.extract(markup, source="2025-03-04.html").article.published is None


def test_the_event_is_completed_from_the_day_that_the_name_gives():
    text = "Bimtek PKH Agam\n\nDinas Sosial Kabupaten Agam menggelar bimtek bagi pendamping PKH, Selasa (5/3)."
    for published_from, start in ((("metadata",), None), (("filename",), "2019-03-05")):
        record = pkh_extract.Extractor(published_from=published_from).extract(text, source="2019-03-06.txt")
        date = record.events[0].date
        assert (date and date.start) == start


# -- properties ------------------------------------------------------------------------------------------------------

MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "Jan Feb Mar Apr Mei Jun Jul Agt Sept Okt Nop Des",
    "January February March April May June July August September October November December",
)
DAYS = ("Senin Selasa Rabu Kamis Jumat Sabtu Minggu", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
FORMS = (
    "{weekday}, {day} {month} {year}",
    "{weekday}, {day} {month} {year} | {hour:02d}:{minute:02d} WIB",
    "{day:02d} {month} {year} {hour:02d}.{minute:02d}",
    "{month} {day}, {year}",
    "{day:02d}/{number:02d}/{year} - {hour:02d}:{minute:02d} WITA",
    "{year}-{number:02d}-{day:02d} {hour:02d}:{minute:02d}:00",
    "{day}-{number}-{year}",
    "Diposting oleh Rina pada {day} {month} {year}",
    "Oleh | {weekday}, {day} {month} {year}",
)
days = st.dates(dt.date(1999, 1, 1), dt.date(2049, 12, 31))


@given(days, st.sampled_from(FORMS), st.sampled_from(MONTHS), st.sampled_from(DAYS), st.times())
def test_a_byline_reads_back(day, form, months, weekdays, time):
    line = form.format(
        weekday=weekdays.split()[day.weekday()], day=day.day, month=months.split()[day.month - 1], number=day.month,
        year=day.year, hour=time.hour, minute=time.minute,
    )  # fmt: skip
    found = stamp_reader().byline(line)
    assert found is not None and found[0].day == day, line
    if "{hour" in form:
        assert (found[0].time.hour, found[0].time.minute) == (time.hour, time.minute)


@given(st.datetimes(dt.datetime(1999, 1, 2), dt.datetime(2049, 12, 30)), st.sampled_from([0, 7, 8, 9]))
def test_a_moment_keeps_its_day_by_the_clock_of_its_outlet(moment, hours):
    zone = dt.timezone(dt.timedelta(hours=hours))
    written = moment.replace(tzinfo=zone, microsecond=0)
    stamp = stamp_reader().machine(written.isoformat())
    local = stamp.local(7)
    expected = written.astimezone(dt.timezone(dt.timedelta(hours=7))) if hours == 0 else written
    assert local.day == expected.date()
    assert dt.datetime.fromisoformat(local.iso()) == written


@given(st.text(max_size=120))
@example("٣١/١٢/٢٠٢٠")
@example("2024-13-45T99:99:99Z")
@example("9" * 100)
def test_no_stamp_makes_the_reader_fail(text):
    reader = stamp_reader()
    for stamp in (reader.machine(text), (reader.byline(text) or (None,))[0]):
        assert stamp is None or dt.date(1998, 1, 1) <= stamp.day <= dt.date(2099, 12, 31)
    assert named_day(text) is None or isinstance(named_day(text), dt.date)
