"""A real browser for tests, and records to show in it.

Needs the package ``playwright`` (its driver alone; no browser of its own is downloaded) and a Chromium of the system:
``apt-get install chromium``. ``PKH_CHROMIUM`` names another one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pkh_extract.record import Record

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str:
    """The path of a Chromium; skips the test where there is none, or nothing to drive it."""
    pytest.importorskip("playwright.sync_api", reason="no browser tests: pip install playwright")
    named = os.environ.get("PKH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no browser tests: no chromium in PATH (apt-get install chromium), and PKH_CHROMIUM names none")
    return found


@contextlib.contextmanager
def opened() -> Iterator[Any]:
    """The browser (playwright's), closed at the end."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page that notes whatever it should not do: dialogs, errors, requests other than ``allowed``."""

    def __init__(self, browser: Any, address: str, *, width: int = 1280, height: int = 900, **options: Any) -> None:
        self.faults: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.allowed = address.split("?")[0]
        self.page.goto(address)
        self.page.wait_for_selector("#main:not([hidden])")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith(self.allowed):
            self.faults.append(f"request: {request.url}")

    def close(self) -> None:
        self.context.close()


def span(text: str, part: str, field: str = "text") -> dict[str, Any]:
    """The evidence of the first ``part`` of ``text``."""
    start = text.index(part)
    return {"field": field, "start": start, "end": start + len(part), "text": part}


def make_record(number: int = 0, *, title: str | None = None, extra: str = "", **article: Any) -> Record:
    """A record of a training in Padang with an event, a date, a place, people, a KPM figure and a warning.

    ``extra`` opens the text; further keywords replace keys of the article.
    """
    text = f"{extra}Dinsos menggelar bimtek di Hotel Sakura, Selasa (5/3/2024). Hadir 94 pendamping untuk 6.275 KPM."
    padang = {"code": "13.71", "name": "Kota Padang"}
    date = {"start": "2024-03-05", "end": "2024-03-05", "precision": "day", "duration_days": None, "method": "explicit",
            "weekday_matches": True, "evidence": span(text, "Selasa (5/3/2024)")}  # fmt: skip
    place = {"venue": "Hotel Sakura", "village": None, "district": None, "regency": padang,
             "province": {"code": "13", "name": "Sumatera Barat"}, "method": "explicit",
             "evidence": span(text, "Hotel Sakura")}  # fmt: skip
    people = {"role": "pkh_facilitator", "count": 94, "count_max": None, "qualifier": "exact", "area": None,
              "part_of": None, "rule": "role.facilitator", "evidence": span(text, "94 pendamping")}  # fmt: skip
    event = {"type": "training", "term": "bimtek", "rule": "event.training.bimtek", "evidence": span(text, "bimtek"),
             "status": "held", "reported": False, "confidence": 0.9, "date": date, "location": place,
             "organizer": "Dinsos", "participants": [people]}  # fmt: skip
    figure = {"value": 6275, "value_max": None, "qualifier": "exact", "unit": "household", "measure": "recipients",
              "program": "PKH", "area": padang, "period": None, "rule": "kpm_measure.recipients",
              "evidence": span(text, "6.275 KPM")}  # fmt: skip
    return Record.model_validate({
        "article": {"id": f"{number:016x}", "source": f"{number}.txt", "format": "text", "outlet": "Koran",
                    "title": title, "published": "2024-03-06", "text": text, **article},
        "relevant": True, "programs": ["PKH"], "events": [event], "kpm": [figure], "workforce": [], "amounts": [],
        "warnings": [{"code": "encoding_repaired", "message": "Repaired.", "evidence": None}],
        "extractor": {"version": "0", "patterns": "0"},
    })  # fmt: skip


def changed(record: Record, **event: Any) -> Record:
    """The record with keys of its event replaced."""
    made = record.model_dump(mode="json")
    made["events"][0].update(event)
    return Record.model_validate(made)


def write_records(path: Path, records: list[Record]) -> Path:
    path.write_text("".join(record.model_dump_json() + "\n" for record in records), "utf-8")
    return path
