"""Text as files, databases and other people's tools take it."""

from __future__ import annotations

import re
from typing import Any

_REFUSED = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """NUL and lone surrogates, which most formats and databases refuse, become U+FFFD, one for one: offsets hold."""
    return _REFUSED.sub("\ufffd", text)


def storable_all(value: Any) -> Any:
    """The same for every text in nested dicts and lists, keys included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): storable_all(item) for key, item in value.items()}
    return [storable_all(item) for item in value] if isinstance(value, list) else value
