"""Articles from anywhere: folders, single files, rows, archives. Knows bytes and names only."""

from __future__ import annotations

from pkh_extract.reading.inputs import check_inputs, read_inputs
from pkh_extract.reading.source import Content, Fields, Source, load_content

__all__ = ["Content", "Fields", "Source", "check_inputs", "load_content", "read_inputs"]
