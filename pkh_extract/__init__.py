"""Turns Indonesian news reports on the social-aid programme PKH into records."""

from __future__ import annotations

__version__ = "0.1.0"
