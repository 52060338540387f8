"""Correcting records in the browser: a page on this machine alone, and gold records that evaluation reads."""

from __future__ import annotations

from pkh_extract.reviewing.server import serve

__all__ = ["serve"]
