"""Records to files, whole or not at all."""

from __future__ import annotations

from pkh_extract.writing.lines import LineFile
from pkh_extract.writing.output import beside, check_output, is_stream
from pkh_extract.writing.readback import read_records

__all__ = ["LineFile", "beside", "check_output", "is_stream", "read_records"]
