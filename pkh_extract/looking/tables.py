"""A record as rich renderables: the text with its evidence, and one table for each kind of value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from pkh_extract.looking.safe import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pkh_extract.record import Amount, Area, Count, Event, KpmFigure, Location, Participant, Period, Record, Span

STYLES = {
    "event": "bold magenta",
    "date": "bold green",
    "location": "bold cyan",
    "participants": "bold yellow",
    "kpm": "bold blue",
    "workforce": "bold bright_red",
    "amounts": "bold bright_green",
    "warning": "reverse red",
}
SIGNS = {"approx": "about ", "at_least": "at least ", "at_most": "at most "}


def marks(record: Record) -> Iterator[tuple[str, Span]]:
    """Every quotation of the record with the field that it belongs to."""
    for event in record.events:
        yield "event", event.evidence
        if event.date:
            yield "date", event.date.evidence
        if event.location:
            yield "location", event.location.evidence
        yield from (("participants", people.evidence) for people in event.participants)
    yield from (("kpm", figure.evidence) for figure in record.kpm)
    yield from (("workforce", count.evidence) for count in record.workforce)
    yield from (("amounts", amount.evidence) for amount in record.amounts)
    yield from (("warning", warning.evidence) for warning in record.warnings if warning.evidence)


def article_text(record: Record, *, coloured: bool = True) -> Text:
    """Headline, source line, legend (where there are colours) and text; evidence in its field's colour, the shorter on
    top."""
    article = record.article
    found = list(marks(record))
    title = _marked(article.title or "(no title)", found, "title", base="bold")
    byline = " · ".join(
        safe(part) for part in (article.outlet, article.published or "no date", article.source, article.url) if part
    )
    fields = {field for field, _ in found}
    legend = Text(" ").join(Text(field, style) for field, style in STYLES.items() if field in fields)
    heading = [title, Text(byline, "dim")] + ([legend] if coloured and fields else [])
    body = _marked(article.text or "(no text)", found, "text")
    return Text("\n").join([*heading, Text(), body])


def _marked(text: str, found: Iterable[tuple[str, Span]], field: str, base: str = "") -> Text:
    marked = Text(safe(text), base)
    spans = [(style, span) for style, span in found if span.field == field]
    for style, span in sorted(spans, key=lambda item: item[1].start - item[1].end):
        marked.stylize(STYLES[style], span.start, span.end)
    return marked


def tables(record: Record, rules: Mapping[Span, str]) -> list[RenderableType]:
    """The record, one table for each kind of value that it has. ``rules`` are those behind values that name none, by
    their evidence."""
    programs = ", ".join(record.programs) or "none named"
    head = Text(f"{'relevant' if record.relevant else 'not relevant'} · programmes: {programs}", "bold")
    parts: list[RenderableType] = [head]
    for number, event in enumerate(record.events, start=1):
        parts.append(_event(event, "main event" if number == 1 else f"event {number}", rules))
        if event.participants:
            parts.append(_participants(event.participants))
    if record.kpm:
        parts.append(_kpm(record.kpm))
    if record.workforce:
        parts.append(_workforce(record.workforce))
    if record.amounts:
        parts.append(_amounts(record.amounts))
    if record.warnings:
        parts.append(_warnings(record))
    return parts


def _table(title: str, style: str, *columns: str) -> Table:
    from rich import box

    heading = Text(f"\n{title}", style)
    table = Table(title=heading, title_justify="left", box=box.SIMPLE_HEAD, expand=True, show_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold", ratio=3 if column.startswith("evidence") else 2)
    return table


def _event(event: Event, title: str, rules: Mapping[Span, str]) -> Table:
    table = _table(title, STYLES["event"], "field", "value", "evidence / rule")
    table.columns[0].ratio, table.columns[0].width = None, 9
    state = event.status + (", reported by somebody" if event.reported else "")
    what = f"{event.type}\n{event.term}\n{state}, confidence {event.confidence:.2f}"
    _row(table, "event", what, _proof(event.evidence, event.rule))
    date = event.date
    if date is None:
        _row(table, "date", "-", "")
    else:
        day = date.start if date.end == date.start else f"{date.start} to {date.end or '?'}"
        length = f"\n{date.duration_days} days" if date.duration_days else ""
        _row(
            table,
            "date",
            f"{day}{length}\n{date.precision}, {date.method}",
            _proof(date.evidence, rules.get(date.evidence)),
        )
    if event.location is None:
        _row(table, "location", "-", "")
    else:
        _row(table, "location", _place(event.location), _proof(event.location.evidence))
    _row(table, "organizer", event.organizer or "-", "")
    return table


def _place(location: Location) -> str:
    areas = (location.village, location.district, location.regency, location.province)
    lines = [location.venue, *(_area(area) for area in areas if area), location.method]
    return "\n".join(line for line in lines if line)


def _participants(participants: list[Participant]) -> Table:
    table = _table("participants", STYLES["participants"], "count", "who", "evidence / rule")
    for index, people in enumerate(participants):
        part = "" if people.part_of is None else f"\npart of no. {people.part_of + 1}"
        who = "\n".join(filter(None, (people.role, _area(people.area)))) + part
        count = _number(people.count, people.count_max, people.qualifier)
        _row(table, f"{index + 1}: {count}", who, _proof(people.evidence, people.rule))
    return table


def _kpm(figures: list[KpmFigure]) -> Table:
    table = _table("kpm", STYLES["kpm"], "value", "what", "evidence / rule")
    for figure in figures:
        what = (f"{figure.measure}, {figure.program or 'no programme'}", _area(figure.area), _period(figure.period))
        value = f"{_number(figure.value, figure.value_max, figure.qualifier)}\n{figure.unit}"
        _row(table, value, "\n".join(filter(None, what)), _proof(figure.evidence, figure.rule))
    return table


def _workforce(counts: list[Count]) -> Table:
    table = _table("workforce", STYLES["workforce"], "count", "who", "evidence / rule")
    for count in counts:
        who = "\n".join(filter(None, (count.role, _area(count.area), _period(count.period))))
        _row(table, _number(count.count, count.count_max, count.qualifier), who, _proof(count.evidence, count.rule))
    return table


def _amounts(amounts: list[Amount]) -> Table:
    table = _table("amounts", STYLES["amounts"], "rupiah", "what", "evidence / rule")
    for amount in amounts:
        what = (f"{amount.kind}, {amount.program or 'no programme'}", _area(amount.area), _period(amount.period))
        value = _number(amount.value, amount.value_max, amount.qualifier)
        _row(table, value, "\n".join(filter(None, what)), _proof(amount.evidence, amount.rule))
    return table


def _warnings(record: Record) -> Table:
    table = _table("warnings", STYLES["warning"], "code", "message", "evidence")
    for warning in record.warnings:
        _row(table, warning.code, warning.message, _proof(warning.evidence) if warning.evidence else "")
    return table


def _row(table: Table, *cells: str | Text) -> None:
    table.add_row(*(cell if isinstance(cell, Text) else Text(safe(cell)) for cell in cells))


def _proof(span: Span, rule: str | None = None) -> Text:
    quotation = Text(f"“{safe(span.text)}”" + (" (title)" if span.field == "title" else ""))
    return quotation.append(f"\n{safe(rule)}", "dim") if rule else quotation


def _number(value: int, value_max: int | None, qualifier: str) -> str:
    top = f" to {value_max:,}" if value_max is not None else ""
    return f"{SIGNS.get(qualifier, '')}{value:,}{top}"


def _area(area: Area | None) -> str:
    return f"{area.name} ({area.code})" if area else ""


def _period(period: Period | None) -> str:
    return f"“{period.text}”" if period else ""
