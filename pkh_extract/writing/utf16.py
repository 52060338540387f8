"""Offsets as JavaScript counts them: UTF-16 units, of which a character beyond U+FFFF has two."""

from __future__ import annotations

BEYOND = "\uffff"


def to_utf16(text: str, offset: int) -> int:
    """Code points to UTF-16 units."""
    return offset + sum(char > BEYOND for char in text[:offset]) if not text.isascii() else offset


def from_utf16(text: str, offset: int) -> int:
    """UTF-16 units to code points; inside a character its end, beyond the text as far beyond it."""
    if text.isascii():
        return offset
    units = 0
    for number, char in enumerate(text):
        if units >= offset:
            return number
        units += 1 + (char > BEYOND)
    return len(text) + max(offset - units, 0)
