"""Many articles: one process or several, in order, whatever single articles do."""

from __future__ import annotations

from pkh_extract.running.engine import extract_all, process
from pkh_extract.running.outcome import Failure, Outcome

__all__ = ["Failure", "Outcome", "extract_all", "process"]
