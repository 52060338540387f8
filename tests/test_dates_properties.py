"""Properties of dates: what is written in a supported form reads back, and nothing written makes the reader fail."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from test_dates import PUBLISHED, mentions, warnings

from pkh_extract.annotating.dates.values import KEY, DateMention
from pkh_extract.annotating.document import group, value_of

DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2007, 1, 1), dt.date(2035, 12, 31))
WEEKDAYS = (
    ("Senin", "SENIN", "senin"),
    ("Selasa", "SELASA", "selasa"),
    ("Rabu", "RABU", "rabu"),
    ("Kamis", "KAMIS", "kamis"),
    ("Jumat", "Jum'at", "Jum’at", "Jum`at", "Jum ‘at", "jum'at"),
    ("Sabtu", "SABTU", "sabtu"),
    ("Minggu", "Ahad", "MINGGU"),
)
MONTHS = (
    ("Januari", "Jan", "January", "JANUARI"),
    ("Februari", "Pebruari", "Feb", "Peb"),
    ("Maret", "Mar", "March", "maret"),
    ("April", "Apr"),
    ("Mei", "May", "mei"),
    ("Juni", "Jun", "June"),
    ("Juli", "Jul", "July"),
    ("Agustus", "Agt", "Agst", "Agu", "Aug"),
    ("September", "Sept", "Sep"),
    ("Oktober", "Okt", "Oct", "October"),
    ("November", "Nopember", "Nov", "Nop"),
    ("Desember", "Des", "Dec", "December"),
)
BEFORE = ("", "pada ", "hari ", "pada hari ")
JOINS = ("-", " - ", "–", " – ", " hingga ", " sampai ", " s/d ", " sd ", " s.d. ", " sampai dengan ")


@st.composite
def weekday_before(draw: st.DrawFn, day: dt.date) -> str:
    """The weekday as it may stand before its date, or nothing."""
    if not draw(st.booleans()):
        return ""
    name = draw(st.sampled_from(WEEKDAYS[day.weekday()]))
    part = draw(st.sampled_from(("", " pagi", " siang", " sore", " malam")))
    return f"{name}{part}{draw(st.sampled_from((', ', ' ', ' tanggal ', ', tanggal ')))}"


@st.composite
def month_of(draw: st.DrawFn, day: dt.date) -> str:
    """A spelling of the month."""
    return draw(st.sampled_from(MONTHS[day.month - 1]))


@st.composite
def written(draw: st.DrawFn, day: dt.date) -> str:
    """A full date in digits or words, in a form that papers use."""
    number, month = draw(st.sampled_from((f"{day.day}", f"{day.day:02}"))), day.month
    if draw(st.booleans()):
        year = draw(st.sampled_from((f" {day.year}", f" tahun {day.year}", f"{day.year}", f", {day.year}")))
        name = draw(month_of(day))
        if len(name) < 4 and not year.startswith(" "):
            year = f" {day.year}"
        return f"{draw(weekday_before(day))}{number} {name}{year}"
    sign = draw(st.sampled_from(("/", "-", ".")))
    gap = draw(st.sampled_from(("", "", "", " "))) if sign == "/" else ""
    year = draw(st.sampled_from((f"{day.year}", f"{day.year % 100:02}"))) if sign == "/" else f"{day.year}"
    digits = f"{number}{sign}{draw(st.sampled_from((f'{month}', f'{month:02}')))}{sign}{gap}{year}"
    name = draw(st.sampled_from(WEEKDAYS[day.weekday()]))
    left, right = draw(st.sampled_from(("()", "[]", "{}", "{)")))
    return draw(st.sampled_from((
        digits, f"({digits})", f"{name} {left}{digits}{right}", f"{name},{left}{digits}{right}",
        f"{name}{left}{digits}{right}", f"{name}, {digits}", f"{name} {digits}", f"{name} pagi {left}{digits} {right}",
    )))  # fmt: skip


def read_days(text: str, published: str | None = None) -> list[tuple[dt.date, dt.date]]:
    doc, found = mentions(text, published)
    assert "weekday_mismatch" not in warnings(doc), text
    return [(value.start, value.end) for _, value in found if value.start]


@given(st.data(), DAYS, st.sampled_from(BEFORE))
@settings(max_examples=400)
def test_a_full_date_reads_back_in_every_form(data, day, before):
    text = f"Rapat digelar di aula {before}{data.draw(written(day))}."
    assert read_days(text) == [(day, day)], text
    assert read_days(text, "2026-05-20") == [(day, day)], text


@given(st.data(), DAYS, st.integers(1, 20), st.sampled_from(JOINS))
@settings(max_examples=200)
def test_a_range_reads_back_in_every_form(data, first, length, join):
    last = first + length * DAY
    same_month, same_year = (first.year, first.month) == (last.year, last.month), first.year == last.year
    forms = [
        f"{first.day} {data.draw(month_of(first))} {first.year}{join}{last.day} {data.draw(month_of(last))} {last.year}"
    ]
    if same_year:
        forms.append(
            f"{first.day} {MONTHS[first.month - 1][0]}{join}{last.day} {data.draw(month_of(last))} {last.year}"
        )
    if same_month:
        forms.append(f"{first.day}{join}{last.day} {data.draw(month_of(last))} {last.year}")
        forms.append(f"tanggal {first.day}{join}{last.day} {data.draw(month_of(last))} {last.year}")
        forms.append(f"({first.day}-{last.day}/{last.month}/{last.year})")
    elif length < 20 and last.day < first.day:
        forms.append(f"tanggal {first.day}{join}{last.day} {data.draw(month_of(last))} {last.year}")
    text = f"Rapat digelar di aula {data.draw(st.sampled_from(forms))}."
    assert read_days(text) == [(first, last)], text


@given(st.data(), DAYS, st.integers(0, 300), st.booleans())
@settings(max_examples=200)
def test_a_day_without_its_year_gets_that_of_the_publication(data, day, later, digits):
    if (day.month, day.day) == (2, 29):
        later = min(later, 150)
    name, month = WEEKDAYS[day.weekday()][0], MONTHS[day.month - 1][0]
    shown = f"{name} ({day.day}/{day.month})" if digits else f"{name}, {day.day} {month}"
    text = f"Rapat digelar di aula {shown}."
    assert read_days(text, (day + later * DAY).isoformat()) == [(day, day)]
    assert read_days(text) == []


@given(DAYS, st.integers(0, 6))
def test_a_bare_weekday_is_the_last_one_by_the_publication(published, back):
    day = published - back * DAY
    text = f"Rapat digelar di aula, {WEEKDAYS[day.weekday()][0]}."
    assert read_days(text, published.isoformat()) == [(day, day)]
    assert read_days(text) == []


@given(DAYS, st.integers(1, 11), st.sampled_from(("lalu", "yang lalu", "silam")))
def test_counted_days_and_weeks_are_counted_from_the_publication(published, number, word):
    day = published - number * DAY
    assert read_days(f"Rapat digelar {number} hari {word}.", published.isoformat()) == [(day, day)]
    monday = published - (published.weekday() + 7 * number) * DAY
    assert read_days(f"Rapat digelar {number} pekan {word}.", published.isoformat()) == [(monday, monday + 6 * DAY)]


WORDS = """Senin Minggu kemarin Jum ' at ( ) / - – , . 12 3 2020 02021 31/2/2020 29/2 Maret Mei tanggal hingga s/d dan
lalu pukul WIB tahun tahap II triwulan selama hari pekan dua sehari sebelumnya harinya keesokan malam Ahad depan ini
awal akhir bulan 99999999999999999999 ٣ ² {"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n", "sampai dengan"])


@given(
    st.lists(PIECES, max_size=25),
    st.sampled_from([None, PUBLISHED, "junk", "", "0001-01-01", "9999-12-31"]),
    st.sampled_from([None, "Senin (1/1)"]),
)
@settings(max_examples=300)
def test_nothing_written_makes_it_fail(words, published, title):
    check_soundness(" ".join(words), published, title)


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_no_text_at_all_makes_it_fail(text):
    check_soundness(text, PUBLISHED, None)


def check_soundness(text: str, published: str | None, title: str | None) -> None:
    """Mentions are inside the text, do not overlap, and run forward in time."""
    doc, _ = mentions(text, published, title)
    spans = group(doc, KEY)
    for span in spans:
        value = value_of(span)
        assert isinstance(value, DateMention)
        assert 0 <= span.start < span.end <= len(doc)
        assert "\n\n" not in span.text
        assert value.start is None or value.end is None or value.start <= value.end
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
