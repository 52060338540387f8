"""What people see of an article in the terminal; whatever the article says, it does not speak to the terminal."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import pkh_extract
from pkh_extract.looking.safe import safe
from pkh_extract.looking.show import print_record, show

HOSTILE = [
    "\x1b]0;judul\x07",
    "\x1b[2J\x1b[31m",
    "\x9b31m",
    "[red]merah[/red]",
    "[/]",
    "[link=https://jahat.example]klik[/link]",
    "\u202egnalab\u202c",
    "\r\x08\x08",
    ":smile:",
    "\\[bold]",
]
REPORT = (
    "Dinsos Latih Pendamping {hostile}\n\nPADANG - Sebanyak 31 pendamping PKH {hostile} mengikuti bimbingan teknis di "
    "Aula Dinas Sosial {hostile} Kota Padang, Sabtu (16/11/2024). Saat ini ada 21.853 KPM PKH di Kota Padang. "
    "Bantuan PKH yang disalurkan mencapai Rp 17 miliar."
)


def shown(text: str, width: int, colours: bool) -> str:
    stream = io.StringIO()
    system = "standard" if colours else None
    console = Console(file=stream, width=width, force_terminal=colours, color_system=system, legacy_windows=False)
    print_record(pkh_extract.extract(text, source="[bold]x\x1b[0m.txt"), console)
    return stream.getvalue()


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("width", [40, 80, 160])
def test_hostile_text_is_shown_and_not_obeyed(hostile: str, width: int):
    plain = shown(REPORT.format(hostile=hostile), width, colours=False)
    assert all(char == "\n" or char.isprintable() or char == "\ufffd" for char in plain)
    assert max(map(len, plain.splitlines())) <= width
    assert "21.853 KPM" in " ".join(plain.split())
    if "[" in hostile and width == 80 and hostile.isprintable():
        assert hostile.split("=")[0] in plain


def test_evidence_is_coloured_and_every_value_names_its_rule():
    coloured = shown(REPORT.format(hostile="baru"), 100, colours=True)
    assert "\x1b[1;34m21.853 KPM" in coloured
    record = pkh_extract.extract(REPORT.format(hostile="baru"))
    plain = "".join(shown(REPORT.format(hostile="baru"), 160, colours=False).split())
    rules = [record.events[0].rule, *(value.rule for value in (*record.kpm, *record.amounts))]
    assert rules and all(rule in plain for rule in rules)


@given(st.text(max_size=60))
def test_safe_text_keeps_its_length_and_holds_no_control_character(text: str):
    made = safe(text)
    assert len(made) == len(text)
    assert all(char == "\n" or char == "\ufffd" or char.isprintable() for char in made)
    assert all(new == old for new, old in zip(made, text, strict=True) if old.isprintable())


def check_piped(out: str) -> None:
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


@pytest.mark.parametrize("width", [None, 80])
@pytest.mark.parametrize(("file", "no_text"), [("report.txt", False), ("empty.txt", True), ("binary.html", True)])
def test_show_without_a_terminal_has_80_columns_and_no_colours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: str, no_text: bool,
    width: int | None,
):  # fmt: skip
    for variable in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "report.txt").write_text(REPORT.format(hostile="\x1b[31m[/]"))
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.html").write_bytes(b"\x00\x1b\xff\xfe" * 300)
    show(str(tmp_path / file), width=width)
    out = capsys.readouterr().out
    check_piped(out)
    assert ("no_text" in out) == no_text


def test_show_of_standard_input(tmp_path: Path):
    ran = subprocess.run(
        [sys.executable, "-m", "pkh_extract", "show", "-"],
        input=REPORT.format(hostile="\x1b[2J").encode(), capture_output=True, cwd=tmp_path, timeout=60,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    check_piped(ran.stdout.decode("utf-8"))


@pytest.mark.parametrize("name", ["large.txt.gz", "large.txt", "-"])
def test_show_of_too_large_an_article_names_no_option_that_it_lacks(tmp_path: Path, name: str):
    large = b"kata " * 2_000_001
    (tmp_path / "large.txt").write_bytes(large)
    (tmp_path / "large.txt.gz").write_bytes(gzip.compress(large, 1))
    ran = subprocess.run(
        [sys.executable, "-m", "pkh_extract", "show", name], input=large, capture_output=True, cwd=tmp_path, timeout=60
    )
    said = "is larger than 10000000 bytes, the most that show takes; run takes larger ones with --max-bytes.\n"
    given = "Standard input" if name == "-" else name
    assert (ran.returncode, ran.stderr.decode()) == (2, f"pkh-extract: {given} {said}")


def test_show_on_a_terminal_that_knows_only_ascii(tmp_path: Path):
    (tmp_path / "report.txt").write_text(REPORT.format(hostile="“baru”"))
    ran = subprocess.run(
        [sys.executable, "-m", "pkh_extract", "show", "report.txt"],
        capture_output=True, cwd=tmp_path, timeout=60, env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"21.853 KPM" in ran.stdout
