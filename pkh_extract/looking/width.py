"""Lines that fit a terminal, and are whole for whatever else reads them."""

from __future__ import annotations

import shutil
import sys


def terminal_width() -> int | None:
    """The columns of the terminal that standard output is; ``None`` where it is a pipe or a file."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def fitted(line: str, width: int | None) -> str:
    """The line, cut with "…" where it is wider than ``width`` columns (``None``: any width)."""
    if width is None:
        return line
    from rich.cells import cell_len, set_cell_size

    return line if cell_len(line) <= width else f"{set_cell_size(line, max(width - 1, 0)).rstrip()}…"
