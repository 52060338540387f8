"""The page of records in a real browser: nothing of an article is executed, and everything can be found and opened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Watched, changed, make_record, opened, write_records

from pkh_extract.looking.report import write_report

EVIL = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
    '<a href="javascript:alert(4)" onclick=alert(5)>x</a>{{ui.title}}<!-- \' " \u2028'
)
MANY = 10_000
Open = Callable[..., Watched]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened() as found:
        yield found


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Records to an opened page; at the end of the test it must have done nothing that it should not do."""
    pages: list[Watched] = []

    def run(records: list[Any], lang: str = "en", **options: Any) -> Watched:
        out = tmp_path / "page.html"
        write_report(str(write_records(tmp_path / "r.jsonl", records)), str(out), lang)
        pages.append(Watched(browser, out.as_uri(), **options))
        return pages[-1]

    yield run
    faults = [fault for watched in pages for fault in watched.faults]
    for watched in pages:
        watched.close()
    assert not faults


def some_records() -> list[Any]:
    """A training, a planned distribution in Bogor without a warning, and a record that is not about PKH."""
    bogor = {"venue": None, "village": None, "district": None, "regency": {"code": "32.01", "name": "Kabupaten Bogor"},
             "province": {"code": "32", "name": "Jawa Barat"}, "method": "explicit"}  # fmt: skip
    first = make_record(0, title="Bimtek Padang")
    second = make_record(1, title="Pencairan Bogor", extra="Beras cair. ")
    second = changed(
        second, type="distribution", status="planned", confidence=0.5,
        location=bogor | {"evidence": second.events[0].location.evidence.model_dump()},
        date=second.events[0].date.model_dump() | {"start": "2023-01-02", "end": "2023-01-02"},
    )  # fmt: skip
    second = second.model_copy(update={"warnings": [], "programs": ["BPNT"]})
    third = make_record(2, title="Anggaran").model_copy(update={"relevant": False, "events": [], "kpm": []})
    return [first, second, third]


def shown(page: Any, count: int) -> None:
    """Wait until the table has so many rows."""
    page.locator(f"#table tbody:has(> :nth-child({count}):last-child)").wait_for(state="attached")


def titles(page: Any) -> list[str]:
    return page.locator("#table .headline").all_inner_texts()


def test_hostile_articles_are_shown_and_never_executed(open_page: Open):
    record = make_record(title=EVIL, extra=EVIL, outlet=EVIL, source=EVIL, url="javascript:alert(6)")
    watched = open_page([changed(record, organizer=EVIL), make_record(1, url="https://koran.example/a?b=1&c")])
    page = watched.page
    assert "</script><script>alert(1)</script><img src=x onerror=alert(2)>" in titles(page)[0]
    page.locator("#table .headline").first.click()
    page.wait_for_selector("dialog[open] mark")
    assert "<img src=x onerror=alert(2)>" in page.locator("#a-text").inner_text()
    assert page.locator("dialog a").count() == 0  # a link of javascript: is words
    assert page.evaluate("document.querySelectorAll('#main img, dialog img, dialog script').length") == 0
    page.locator("#a-next").click()
    link = page.locator("dialog a")
    link.wait_for()
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://koran.example/a?b=1&c", "noopener noreferrer",
    )  # fmt: skip


def test_the_policy_stops_what_a_fault_of_the_page_would_let_in(open_page: Open):
    watched = open_page([make_record()])
    injected = """() => {
      const added = document.createElement("div");
      try { added.innerHTML = "<img src=x onerror=alert(1)>"; } catch (error) { return error.name; }
      return "taken";
    }"""
    assert watched.page.evaluate(injected) == "TypeError"
    refused = "fetch('https://koran.example/').then(() => 'sent', () => 'refused')"
    assert watched.page.evaluate(refused) == "refused"
    assert any("Content Security Policy" in fault for fault in watched.faults)
    assert not any(fault.startswith(("request", "dialog")) for fault in watched.faults)
    watched.faults.clear()


@pytest.mark.parametrize("extra", ["", "🙂 Tautan 𝒳 é. "])
def test_evidence_is_marked_exactly_with_label_rule_and_value(open_page: Open, extra: str):
    page = open_page([make_record(title="Bimtek", extra=extra)]).page
    page.locator("#table .headline").click()
    page.wait_for_selector("dialog[open] mark")
    marks = page.locator("#a-text mark")
    found = [(mark.inner_text(), mark.get_attribute("data-label")) for mark in marks.all()]
    assert found == [
        ("bimtek", "1 event"), ("Hotel Sakura", "3 place"), ("Selasa (5/3/2024)", "2 date"),
        ("94 pendamping", "4 participants"), ("6.275 KPM", "5 KPM"),
    ]  # fmt: skip
    colours = {mark.evaluate("node => getComputedStyle(node).backgroundColor") for mark in marks.all()}
    assert len(colours) == 5
    panel = page.locator(".panel").inner_text()
    for words in ("event.training.bimtek", "2024-03-05", "Kota Padang (13.71)", "6,275 households", "Repaired."):
        assert words in panel
    page.get_by_role("button", name="Show in the text: “94 pendamping”").click()
    assert page.locator("mark.current").all_inner_texts() == ["94 pendamping"]
    page.locator("#a-text mark").first.click()
    assert page.evaluate("document.activeElement.id") == "value-1"
    assert page.locator("#a-text").inner_text() == make_record(extra=extra).article.text


@pytest.mark.parametrize(
    ("field", "chosen", "expected"),
    [
        ("f-type", "distribution", ["Pencairan Bogor"]),
        ("f-type", "-", ["Anggaran"]),
        ("f-province", "13", ["Bimtek Padang"]),
        ("f-year", "2023", ["Pencairan Bogor"]),
        ("f-status", "planned", ["Pencairan Bogor"]),
        ("f-program", "BPNT", ["Pencairan Bogor"]),
        ("f-warning", "-", ["Pencairan Bogor"]),
        ("f-warning", "encoding_repaired", ["Bimtek Padang", "Anggaran"]),
        ("f-confidence", "0.8", ["Bimtek Padang"]),
        ("f-text", "PADANG 0.txt", ["Bimtek Padang"]),
        ("f-text", "tidak ada", []),
    ],
)
def test_filters(open_page: Open, field: str, chosen: str, expected: list[str]):
    page = open_page(some_records()).page
    control = page.locator(f"#{field}")
    if field in ("f-text", "f-confidence"):
        control.fill(chosen)
    else:
        control.select_option(chosen)
    assert titles(page) == expected
    assert (f"{len(expected)} of 3" in page.locator("#count").inner_text()) == bool(expected)
    page.get_by_role("button", name="Clear filters").click()
    shown(page, 3)


def test_the_search_looks_into_texts_when_asked(open_page: Open):
    page = open_page(some_records()).page
    page.locator("#f-text").fill("beras cair")
    assert titles(page) == []
    page.locator("#f-full").check()
    shown(page, 1)
    page.locator("#f-text").fill("")
    page.locator("#f-relevant").check()
    assert titles(page) == ["Bimtek Padang", "Pencairan Bogor"]


def test_sorting_by_headings_and_charts_that_filter(open_page: Open):
    page = open_page(some_records()).page
    heading = page.locator("#table th", has_text="Date")
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert titles(page) == ["Pencairan Bogor", "Bimtek Padang", "Anggaran"]
    heading.get_by_role("button").click()
    assert titles(page) == ["Anggaran", "Bimtek Padang", "Pencairan Bogor"]
    page.locator("#table th", has_text="Participants").get_by_role("button").click()
    assert titles(page)[-1] == "Anggaran"  # what has no number comes last
    page.locator("#types").get_by_role("button", name="distribution").click()
    assert titles(page) == ["Pencairan Bogor"]
    page.locator("#map path.q3").first.dispatch_event("click")
    assert len(titles(page)) == 1
    assert page.locator("#map circle").count() == 2 and page.locator("#map path").count() == 38


def test_everything_is_reached_by_keyboard(open_page: Open):
    page = open_page(some_records()).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "records"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('headline')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    for _ in range(20):  # the focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.classList.contains('headline')")
    unnamed = """() => [...document.querySelectorAll('button, input, select, svg[role=img], nav, form')]
      .filter(node => node.checkVisibility())
      .filter(node => !(node.labels?.length || node.getAttribute('aria-label') || node.textContent.trim()))
      .map(node => node.outerHTML.slice(0, 80))"""
    assert page.evaluate(unnamed) == []


CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parse(colour).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parse(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    if (node.closest("script, style, noscript, svg")) continue;
    if (node.closest("[disabled], [aria-disabled=true]")) continue;
    const [one, other] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) found.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(found)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_contrast_width_and_screenshots(open_page: Open, tmp_path: Path, scheme: str, width: int):
    watched = open_page(some_records(), "id", width=width, color_scheme=scheme)
    page = watched.page
    page.screenshot(path=tmp_path / f"page-{scheme}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
    page.locator("#table .headline").first.click()
    page.wait_for_selector("dialog[open] mark")
    page.screenshot(path=tmp_path / f"article-{scheme}-{width}.png")
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
    page.keyboard.press("Escape")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate(CONTRAST) == []


def test_print_leaves_out_what_only_works_on_a_screen(open_page: Open, tmp_path: Path):
    page = open_page(some_records(), color_scheme="dark").page
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible() and page.locator("#table table").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(27, 29, 33)"
    assert page.pdf(path=tmp_path / "page.pdf").startswith(b"%PDF")


def test_ten_thousand_records_stay_usable(open_page: Open):
    records = [
        changed(make_record(number, title=f"Berita {number}"), confidence=number / MANY) for number in range(MANY)
    ]
    started = time.monotonic()
    page = open_page(records).page
    assert time.monotonic() - started < 60  # written and opened; some seconds on a machine at rest
    assert page.locator("#table .headline").count() == 50
    timed = """([id, value]) => {
      const started = performance.now();
      const control = document.getElementById(id);
      control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      return performance.now() - started;
    }"""
    assert page.evaluate(timed, ["f-text", "berita 9999"]) < 2000
    assert "1 of 10,000" in page.locator("#count").inner_text()
    assert page.evaluate(timed, ["f-text", ""]) < 2000
    page.get_by_role("button", name="Last page").last.click()
    page.locator("#table .headline").last.click()
    page.wait_for_selector("dialog[open] mark")
    assert page.locator("#a-title").inner_text() == f"Berita {MANY - 1}"
