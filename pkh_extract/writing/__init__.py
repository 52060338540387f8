"""Records to files, whole or not at all."""

from __future__ import annotations

from pkh_extract.writing.output import LineFile, check_output, errors_beside, is_stream
from pkh_extract.writing.readback import read_records

__all__ = ["LineFile", "check_output", "errors_beside", "is_stream", "read_records"]
