"""Headline and lead of invented reports (``tests/data/events.yaml``): relevance, types, status, claims."""

from typing import get_args

import pytest
from event_table import Claim, Told, claims, main_events, several_events, unrelated

from pkh_extract import extract
from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.events import events
from pkh_extract.annotating.pipeline import load
from pkh_extract.annotating.programs import relevance
from pkh_extract.record import EventStatus, EventType

MAIN, SEVERAL, CLAIMS, UNRELATED = main_events(), several_events(), claims(), unrelated()


def title(row: Told | Claim) -> str:
    return row.headline[:40]


@pytest.fixture(scope="module")
def annotate():
    nlp = load()
    return lambda row: nlp(make_doc(nlp, row.headline, row.lead))


def test_the_table_spreads_over_all_types_and_statuses():
    assert len(MAIN) + len(SEVERAL) + len(CLAIMS) + len(UNRELATED) >= 250
    assert {kind for row in MAIN for kind, _ in row.events} == set(get_args(EventType))
    assert {status for row in MAIN for _, status in row.events} == set(get_args(EventStatus))


def test_no_headline_stands_twice():
    headlines = [row.headline for row in (*MAIN, *SEVERAL, *CLAIMS, *UNRELATED)]
    assert len(headlines) == len(set(headlines))


@pytest.mark.parametrize("row", MAIN, ids=title)
def test_main_event(annotate, row):
    doc = annotate(row)
    assert relevance(doc).relevant
    assert [(event.type, event.status) for event in events(doc)[:1]] == row.events


@pytest.mark.parametrize("row", SEVERAL, ids=title)
def test_all_events(annotate, row):
    assert [(event.type, event.status) for event in events(annotate(row))] == row.events


@pytest.mark.parametrize("row", CLAIMS, ids=title)
def test_what_is_only_claimed_is_reported_as_such(annotate, row):
    main = events(annotate(row))[0]
    assert (main.type, main.reported) == (row.type, row.claimed)


@pytest.mark.parametrize("row", UNRELATED, ids=title)
def test_unrelated_reports_have_no_event(annotate, row):
    doc = annotate(row)
    assert not relevance(doc).relevant
    assert events(doc) == []


TWO = """Rakor dan Wisuda PKH Digelar di Agam

AGAM – Dinas Sosial Kabupaten Agam menggelar rapat koordinasi PKH di Hotel Sakura, Lubuk Basung, Selasa (5/3/2024). \
Rakor dihadiri 94 pendamping.

Sehari kemudian, Rabu (6/3/2024), sebanyak 40 KPM diwisuda bupati di GOR Rang Agam. Wisuda itu disaksikan 200 warga."""


def test_each_event_has_its_own_date_place_and_people():
    meeting, graduation = extract(TWO).events
    assert (meeting.type, graduation.type) == ("coordination_meeting", "graduation")
    assert meeting.date and graduation.date and meeting.location and graduation.location
    assert (meeting.date.start, graduation.date.start) == ("2024-03-05", "2024-03-06")
    assert (meeting.location.venue, graduation.location.venue) == ("Hotel Sakura", "GOR Rang Agam")
    assert [(one.role, one.count) for one in meeting.participants] == [("pkh_facilitator", 94)]
    assert [(one.role, one.count) for one in graduation.participants] == [("resident", 200)]
    assert 0 <= graduation.confidence < meeting.confidence <= 1
