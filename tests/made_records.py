"""Records that nobody extracted: any text, any spans on it, any values."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pkh_extract.record import (
    Amount,
    Area,
    Article,
    Count,
    Event,
    EventDate,
    ExtractorInfo,
    KpmFigure,
    Location,
    Participant,
    Period,
    Record,
    Span,
)

HOSTILE = (
    "=cmd|' /C calc'!A0\n\"a\";b,c\t</script>\u202e\u0627\u0644 \U0001f600\U0001f468\u200d\U0001f9b0 e\u0301 _x0041_"
)
LETTERS = st.sampled_from("aZ9 .,;:\"'=+-@<>&\n\t\u00a0\u2028\u0301\u202e\u0627\U0001f600\U00010348\U0001f468\u200d")
DAYS = st.dates().map(str)
WHOLE = st.integers(0, 10**15)
WORDS = st.text(LETTERS, max_size=12)
AREAS = st.none() | st.builds(Area, code=st.sampled_from(("13", "13.10", "13.71.01")), name=WORDS)
PERIODS = st.none() | st.builds(Period, year=st.none() | st.integers(2007, 2030), stage=st.none(), text=WORDS)
INFO = ExtractorInfo(version="0", patterns="0")


@st.composite
def records(draw: Any) -> Record:
    """A record whose every span quotes its article and covers something."""
    texts = {"text": draw(st.text(LETTERS, min_size=1, max_size=60)), "title": draw(st.text(LETTERS, max_size=20))}
    texts["text"] += "PKH"
    fields = [field for field in texts if texts[field]]

    @st.composite
    def spans(draw: Any) -> Span:
        field = draw(st.sampled_from(fields))
        start = draw(st.integers(0, len(texts[field]) - 1))
        end = draw(st.integers(start + 1, len(texts[field])))
        return Span(field=field, start=start, end=end, text=texts[field][start:end])

    def built(model: type, **fixed: Any) -> Any:
        return st.builds(model, evidence=spans(), **fixed)

    number = {"count": WHOLE, "count_max": st.none() | WHOLE}
    value = {"value": WHOLE, "value_max": st.none() | WHOLE, "area": AREAS, "period": PERIODS, "rule": WORDS}
    people = built(Participant, **number, area=AREAS, part_of=st.none(), rule=WORDS)
    events = draw(
        st.lists(
            built(
                Event,
                term=WORDS,
                rule=WORDS,
                date=st.none()
                | built(EventDate, start=DAYS, end=st.none() | DAYS, duration_days=st.none() | st.integers(0, 99)),
                location=st.none()
                | built(
                    Location, venue=st.none() | WORDS, village=AREAS, district=AREAS, regency=AREAS, province=AREAS
                ),
                organizer=st.none() | WORDS,
                participants=st.lists(people, max_size=3).map(parted),
            ),
            max_size=3,
        )
    )
    return Record(
        article=Article(
            id=draw(WORDS), source=draw(WORDS), format="text", title=texts["title"] or None, text=texts["text"]
        ),
        relevant=draw(st.booleans()),
        programs=[],
        events=events,
        kpm=draw(st.lists(built(KpmFigure, **value), max_size=3)),
        workforce=draw(st.lists(built(Count, **number, area=AREAS, period=PERIODS, rule=WORDS), max_size=2)),
        amounts=draw(st.lists(built(Amount, **value), max_size=2)),
        warnings=[],
        extractor=INFO,
    )


def parted(people: list[Participant]) -> list[Participant]:
    """The last of three is a part of the first."""
    return [*people[:2], people[2].model_copy(update={"part_of": 0})] if len(people) == 3 else people


def bare(source: str = "a.txt", title: str | None = None, text: str = "Bansos PKH", **parts: Any) -> Record:
    """A record of an article that says nothing, but for the parts."""
    empty: dict[str, Any] = {key: [] for key in ("programs", "events", "kpm", "workforce", "amounts", "warnings")}
    article = Article(id="0", source=source, format="text", title=title, text=text)
    return Record(**{**empty, "article": article, "relevant": False, "extractor": INFO, **parts})


def figure(text: str, words: str, value: int = 112) -> KpmFigure:
    """A figure of KPM whose evidence is the first such words of the text."""
    start = text.index(words)
    return KpmFigure(
        value=value, value_max=None, qualifier="exact", unit="household", measure="served", program="PKH",
        area=Area(code="13.10", name="Kabupaten Dharmasraya"), period=None, rule="kpm_measure.served",
        evidence=Span(start=start, end=start + len(words), text=words),
    )  # fmt: skip


def lonely(record: Record) -> Record:
    """The record with NUL and a lone surrogate in its title, as only a program can make it."""
    title = "\0\ud800 " + (record.article.title or "")
    return record.model_copy(update={"article": record.article.model_copy(update={"title": title})})
