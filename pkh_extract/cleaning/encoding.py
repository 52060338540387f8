"""Bytes to text, and broken text to the text that was meant.

Papers' pages carry every damage there is: Windows-1252 declared as UTF-8 or ISO-8859-1, UTF-8 read as Windows-1252
(once or twice, also as Greek Windows-1253), replacement characters for quotes, escaped quotes out of databases, line
ends turned into the letters ``rn``. What is repaired is said, so that the record can warn.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

MAX_LENGTH = 20_000_000  # code points of one article; what lies beyond is no report

_BOMS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (b"\x1f\x8b", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x28\xb5\x2f\xfd", b"BZh",
           b"\x7fELF", b"RIFF", b"\xd0\xcf\x11\xe0", b"OggS", b"\xfd7zXZ", b"Rar!", b"MZ\x90", b"ID3")  # fmt: skip
_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_WESTERN = {"utf-8", "iso8859-1", "cp1252", "ascii", "iso8859-15"}


class Decoded(NamedTuple):
    """The text of some bytes, ``None`` where they are none (an archive, a picture, noise); ``broken``: they were not
    what they are said to be; ``utf8``: they are UTF-8 as they stand."""

    text: str | None
    broken: bool = False
    utf8: bool = False


def decode(data: bytes) -> Decoded:
    """The text of some bytes."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(name, "replace")
            return Decoded(text if _readable(text) else None)
    if data.startswith(_BINARY):
        return Decoded(None)
    wide = _wide(data)
    if wide:
        text = data.decode(wide, "replace")
        return Decoded(text, broken=True) if _readable(text) else Decoded(None)
    broken = utf8 = False
    try:
        text, utf8 = data.decode("utf-8"), True
    except UnicodeDecodeError:
        declared = _declared(data)
        if declared and declared not in _WESTERN:
            text = data.decode(declared, "replace")
        else:
            # Invalid bytes are read one by one as Windows-1252; that reads pure Windows-1252 and mixed files alike.
            text, broken = data.decode("utf-8", "pkh_western"), True
    return Decoded(text, broken, utf8) if _readable(text) else Decoded(None)


def _western(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the invalid bytes as Windows-1252, holes in that table as the control they are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_cp1252(byte) for byte in wrong), error.end


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("pkh_western", _western)


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    if not match:
        return None
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: Latin text in it has every other byte zero."""
    head = data[:2000]
    if len(head) < 8 or head.count(0) < len(head) // 3:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even > 10 * odd + 2:
        return "utf-16-be"
    return "utf-16-le" if odd > 10 * even + 2 else None


_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")


def _readable(text: str) -> bool:
    """Whether a sample is text: few control and replacement characters."""
    sample = text[:5_000]
    controls = len(_CONTROL.findall(sample))
    return controls * 20 + sample.count("\ufffd") * 4 <= len(sample)


_SUSPECT = re.compile("[\u0080-\u009f\ufffdÃÂâÎΒβ]")
_FOREIGN = re.compile("[\u0080-\u009f\ufffdÃÂâÎ\u0370-\u04ff]")  # those, and other alphabets
_GREEK = (("β€œ", "“"), ("β€\u009d", "”"), ("β€™", "’"), ("β€\u02dc", "‘"), ("β€“", "–"), ("β€”", "—"), ("β€¦", "…"),
          ("Î²â‚¬Å“", "“"), ("Î²â‚¬", "”"), ("β€", "”"))  # fmt: skip
_LATIN = (("â€œ", "“"), ("â€\u009d", "”"), ("â€™", "’"), ("â€˜", "‘"), ("â€“", "–"), ("â€”", "—"), ("â€¦", "…"),
          ("â€\ufffd", "”"), ("â€", "”"))  # fmt: skip
_PAIRS = {damaged[:2] for damaged, _ in (*_GREEK, *_LATIN)}
_LOST_CLOSE = re.compile(
    r"(?:â€|β€)(?=[ \t\n,.;:)!?-]|$)"
)  # a closing quote that lost its last byte, which has no sign
_HIGH = re.compile("[\u0080-\u009f]")  # controls, mostly letters of Windows-1252
_LONE = re.compile(r"[ÂÃ](?=[\s\u00a0\"'“”‘’.,;:)\]|-]|$)")
_LOST = re.compile("\ufffd+")
_ESCAPE = re.compile(r"(?<!\\)\\+([\"'/])")
_LINE_END = re.compile(r"(?:\\r)?\\n|\\r")
_LETTERS_RN = re.compile(r"rn(?<=[.!?:,\"'”’)\]]rn)(?:rn){0,5}(?=[A-Z“\"‘(\d]|\s|$)")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")


# Letters of other alphabets that look like Latin ones (Unicode Technical Standard #39, confusables), as keyboards and
# text recognition put them into abbreviations.
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTXaesijopcyxABEZHIKMNOPTYXo",
)
_OTHERS = "[\u0370-\u03ff\u0400-\u04ff]"  # Greek and Cyrillic
_OTHER = re.compile(_OTHERS)
_WITH_OTHERS = re.compile(rf"[A-Za-z]{{0,20}}{_OTHERS}[^\W\d_]{{0,20}}")


def _in_latin(text: str) -> str:
    """The text with words of letters that only look like Latin ones ("КРМ") in Latin letters; a word that has others
    too is a foreign one and stays."""

    def meant(match: re.Match[str]) -> str:
        word = match[0].translate(_ALIKE)
        return word if word.isascii() else match[0]

    return _WITH_OTHERS.sub(meant, text) if _OTHER.search(text) else text


def repair(text: str) -> tuple[str, bool]:
    """A text with its mojibake, escapes and lost quotes put right, and whether its encoding had been broken.

    Escapes (``\\"``, literal ``rn``, ``&amp;nbsp;``) are undone too; they alone do not count as broken encoding.
    """
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
        text = _LINE_END.sub("\n", text)
    if "rn" in text:
        text = _LETTERS_RN.sub("\n\n", text)
    if "&" in text and _ENTITY.search(text):
        import html

        text = html.unescape(text)
    if text.isascii() or not _FOREIGN.search(text):
        return text, False
    if not _SUSPECT.search(text):
        return _in_latin(text), False
    fixed = _mend(text)
    return _in_latin(fixed), fixed != text


def _mend(text: str) -> str:
    from ftfy import fix_encoding  # dear to load, and few texts need it
    from ftfy.badness import is_bad

    text = _LOST_CLOSE.sub("”", text)
    lines = text.splitlines(keepends=True)
    # What ftfy does not think bad it leaves as it is; to ask first is cheaper than to have it find out.
    fixed = "".join([line if line.isascii() or not is_bad(line) else fix_encoding(line) for line in lines])
    for damaged, meant in (*_GREEK, *_LATIN) if any(pair in fixed for pair in _PAIRS) else ():
        fixed = fixed.replace(damaged, meant)
    fixed = _LONE.sub("", fixed)
    if _HIGH.search(fixed):
        fixed = _HIGH.sub(lambda match: _cp1252(ord(match[0])), fixed)
    return _lost_quotes(fixed) if "\ufffd" in fixed else fixed


def _lost_quotes(text: str) -> str:
    """Replacement characters stand where quotes and dashes were; their neighbours tell which."""

    def meant(match: re.Match[str]) -> str:
        before = text[match.start() - 1 : match.start()] or " "
        after = text[match.end() : match.end() + 1] or " "
        if before.isspace() and after.isspace():
            return "–"
        if before.isspace() or before in "([":
            return "“"
        if before.isalpha() and after.isalpha():
            return "’"
        return "”" if after.isspace() or not after.isalnum() else " "

    return _LOST.sub(meant, text)


_BREAK = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
# Controls, formats (zero width) and surrogates: the categories Cc, Cf and Cs of Unicode 15, less the blanks of Cc.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


def sound(text: str) -> bool:
    """Whether :func:`repair` and :func:`tidy` would change nothing in a text but blanks, entities, the letters ``rn``
    and decomposed letters."""
    seen = text.replace("\n", " ").replace("\t", " ").replace("\u00a0", " ")
    return seen.isprintable() and "\\" not in text and (text.isascii() or not _SUSPECT.search(text))


def tidy(text: str) -> str:
    """Text with plain line ends and blanks: no ``\\r``, tabs, odd or doubled blanks, invisible or control characters;
    Unicode form NFC. Line ends stay."""
    if text.isprintable():
        text = " ".join(text.split())
    else:
        text = text.replace("\t", " ").replace("\u00a0", " ")
        if not text.replace("\n", " ").isprintable():
            text = _UNSEEN.sub("", _BREAK.sub("\n", text))
            text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
        elif "  " in text or " \n" in text or "\n " in text:
            text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.strip()
