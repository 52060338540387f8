"""Records of many articles: which tell the same text, and which tell the same event."""

from __future__ import annotations

from pkh_extract.linking.job import Summary, link_file
from pkh_extract.linking.links import EventLink, Links, link_records

__all__ = ["EventLink", "Links", "Summary", "link_file", "link_records"]
