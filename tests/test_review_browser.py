"""A reviewer in a real browser: decides, corrects, saves; two reviewers do not undo each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Watched, opened
from test_review import running

from pkh_extract.looking.html import all_strings, asset, codes
from pkh_extract.reviewing.gold import SCALARS, form_of
from pkh_extract.reviewing.server import SCRIPTS

SELECT = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("a-text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
  }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened() as found:
        yield found


def open_first(browser: Any, address: str, **options: Any) -> Watched:
    watched = Watched(browser, address, **options)
    watched.page.locator("#table .headline").first.click()
    watched.page.wait_for_selector(".reviewbar ~ section .verdicts")
    return watched


def value(page: Any, path: str) -> Any:
    return page.locator(f'.panel [data-path="{path}"]')


def press(page: Any, path: str, name: str) -> None:
    page.locator(f'.verdicts[data-at="{path}"]').get_by_role("button", name=name).click()


def gold(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "gold" / "0.gold.json").read_text("utf-8"))


def status(page: Any, words: str) -> None:
    page.locator("#r-status", has_text=words).wait_for()


def test_the_forms_of_the_page_are_those_of_the_server():
    text = asset(SCRIPTS[1])
    assert len(asset(SCRIPTS[0]).splitlines()) < 350
    names = {**{name: name for name in SCALARS}, "events": "events.0", "kpm": "kpm.0", "workforce": "workforce.0",
             "amounts": "amounts.0", "participants": "events.0.participants.0",
             **{name: f"events.0.{name}" for name in ("status", "date", "location", "organizer")}}  # fmt: skip
    consts = dict(re.findall(r"^const ([A-Z_]+) = (\[.*\]);$", text, re.MULTILINE))
    for name, path in names.items():
        line = re.search(rf'^  "?{re.escape(name)}"?: (.*),$', text, re.MULTILINE)
        assert line, name
        body = line[1]
        for const, content in consts.items():
            body = re.sub(rf"\b{const}\b", lambda _, content=content: content, body)
        fields = set(re.findall(r'\["(\w+)",', body))
        assert fields == set(form_of(path).model_fields) - {"evidence"}, name
        assert {f"form.{field}" for field in fields} <= all_strings()["en"].keys()
    assert {"type", "status", "role", "qualifier", "precision", "unit", "measure", "kind", "program"} <= codes().keys()


def test_a_reviewer_accepts_corrects_rejects_adds_and_saves(browser: Any, tmp_path: Path):
    with running(tmp_path) as address:
        watched = open_first(browser, address)
        page = watched.page
        press(page, "events.0.date", "Reject")
        press(page, "events.0", "Correct")
        page.locator("form.correction select[name=type]").select_option("outreach")
        page.get_by_role("button", name="Apply").click()
        press(page, "kpm.0", "Correct")
        page.locator("form.correction input[name=value]").fill("6.276")
        page.locator("form.correction input[name=area]").fill("13")
        page.evaluate(SELECT, "6.275 KPM")
        page.get_by_role("button", name="Evidence: use the selected text").click()
        assert "“6.275 KPM”" in page.locator("form.correction").inner_text()
        page.get_by_role("button", name="Apply").click()
        page.get_by_role("button", name="Add: staff").click()
        page.locator("form.correction select[name=role]").select_option("pkh_operator")
        page.locator("form.correction input[name=count]").fill("3")
        page.get_by_role("button", name="Apply").click()
        status(page, "not saved yet")
        page.locator("#r-rest").click()
        page.screenshot(path=tmp_path / "review.png")
        page.locator("#r-save").click()
        status(page, "saved: 0.gold.json")
        made = gold(tmp_path)
        (event,), (figure,), (staff,) = made["events"], made["kpm"], made["workforce"]
        assert event["type"] == "outreach" and event["date"] is None and event["status"] == "held"
        assert event["participants"][0]["count"] == 94 and made["relevant"] is True and made["amounts"] == []
        assert figure["value"] == 6276 and figure["area"]["name"] == "Sumatera Barat"
        text = figure["evidence"]
        assert text["text"] == "6.275 KPM" and text["field"] == "text" and text["end"] - text["start"] == 9
        assert (staff["role"], staff["count"]) == ("pkh_operator", 3)

        page.locator("#a-next").click()  # the next record is a new one
        status(page, "not reviewed yet")
        page.locator("#a-previous").click()
        status(page, "saved")
        assert page.locator('.verdicts[data-at="events.0.date"] [aria-pressed=true]').inner_text() == "Reject"
        assert "6276" in value(page, "kpm.0").inner_text()
        press(page, "relevant", "Reject")
        page.keyboard.press("Escape")  # closing saves
        page.locator("dialog[open]").wait_for(state="detached")
        assert gold(tmp_path)["relevant"] is False
        assert not watched.faults
        watched.close()


def test_two_reviewers_and_a_value_that_is_refused(browser: Any, tmp_path: Path):
    with running(tmp_path, "--lang", "id") as address:
        first, second = open_first(browser, address), open_first(browser, address, width=390, color_scheme="dark")
        press(first.page, "relevant", "Terima")
        first.page.locator("#r-save").click()
        status(first.page, "tersimpan: 0.gold.json")
        press(second.page, "relevant", "Tolak")
        second.page.locator("#r-save").click()
        status(second.page, "orang lain telah menyimpan")
        second.page.screenshot(path=tmp_path / "conflict.png")
        assert gold(tmp_path)["relevant"] is True
        second.page.locator("#a-next").click()  # stays: nothing is lost without a word
        assert second.page.locator("#a-position").inner_text().startswith("1 ")
        second.page.get_by_role("button", name="Buang versi saya").click()
        status(second.page, "tersimpan")
        second.page.locator('.verdicts[data-at="relevant"] .accept[aria-pressed=true]').wait_for()
        press(second.page, "article.published", "Perbaiki")
        second.page.locator("form.correction input").fill("kemarin")
        second.page.get_by_role("button", name="Terapkan").click()
        second.page.locator("#r-save").click()
        status(second.page, "article.published: published")
        faults = [fault for fault in second.faults if "409" not in fault and "400" not in fault]
        assert not faults and not first.faults
        first.close()
        second.close()


def test_a_server_that_is_gone_is_said(browser: Any, tmp_path: Path):
    with running(tmp_path) as address:
        watched = open_first(browser, address)
        press(watched.page, "relevant", "Accept")
    watched.page.locator("#r-save").click()
    status(watched.page, "is pkh-extract review still running?")
    watched.page.keyboard.press("Escape")
    assert watched.page.locator("dialog[open]").count() == 1  # not closed over what is not saved
    watched.page.locator("#r-discard").click()
    watched.page.keyboard.press("Escape")
    watched.page.locator("dialog[open]").wait_for(state="detached")
    watched.close()
