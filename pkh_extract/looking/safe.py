"""Text of an article is data: nothing in it may speak to the terminal."""

from __future__ import annotations

import unicodedata

_PICTURES = 0x2400  # the block of visible signs for control characters


def safe(text: str) -> str:
    """The text with every character that a terminal would obey made visible, one for one, so that offsets hold.

    Line ends stay; tabs become spaces; control characters become their pictures (ESC: ␛); marks that turn the
    direction of writing, invisible ones and what is no character become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char == "\n" or char.isprintable() else _visible(char) for char in text)


def _visible(char: str) -> str:
    code = ord(char)
    if char == "\t" or unicodedata.category(char) == "Zs":
        return " "
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else "\ufffd"
