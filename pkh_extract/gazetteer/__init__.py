"""The gazetteer: every province, regency, district and village of Indonesia by code and by name."""

from __future__ import annotations

from pkh_extract.gazetteer.names import bare, is_city, normalise, regency_of
from pkh_extract.gazetteer.register import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "bare", "is_city", "load_gazetteer", "normalise", "regency_of"]
