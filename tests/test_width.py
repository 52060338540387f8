"""Listings fit the terminal that they are read in, and are whole for programs that read them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pkh_extract.looking.width import fitted

LISTINGS = [("patterns", "list"), ("places", "Sukamaju"), ("places", "Kota Padang")]


def piped(*arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, "-m", "pkh_extract", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def in_terminal(columns: int, *arguments: str) -> list[str]:
    """The lines that the command writes to a real terminal of so many columns."""
    fcntl, pty, struct, termios = map(pytest.importorskip, ("fcntl", "pty", "struct", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    surroundings = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen([sys.executable, "-m", "pkh_extract", *arguments], stdout=theirs, env=surroundings)
    os.close(theirs)
    written = b""
    try:
        while data := os.read(ours, 65536):
            written += data
    except OSError:  # how a terminal ends on Linux
        pass
    os.close(ours)
    assert process.wait(60) == 0
    return written.decode().splitlines()


@pytest.mark.parametrize("arguments", LISTINGS, ids=" ".join)
def test_in_a_terminal_lines_are_cut_to_its_width_and_piped_they_are_whole(arguments):
    whole = piped(*arguments)
    for columns in (64, 80):
        lines = in_terminal(columns, *arguments)
        assert max(map(len, lines)) <= columns
        if len(whole) > 20:
            assert len(lines) == len(whole) and any(line.endswith("…") for line in lines)
    if arguments[0] == "places":
        assert not any("…" in line for line in (*whole, *in_terminal(200, *arguments)))


def test_rules_stand_in_columns_in_a_terminal():
    proofs = [line.split("\t")[1] for line in piped("patterns", "list")]
    lines = in_terminal(200, "patterns", "list")
    assert len({line.index(f" {proof} ") for line, proof in zip(lines, proofs, strict=True)}) == 1


@given(st.text(st.sampled_from("aé語\u0301😀 "), max_size=30), st.integers(1, 20))
def test_a_line_of_any_script_fits(line: str, width: int):
    found = fitted(line, width)
    assert cell_len(found) <= width
    assert found == line or found.endswith("…")
    assert fitted(line, None) == line
