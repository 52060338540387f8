"""Plain text as scraped: where its paragraphs end, and what stands above and below the report."""

from __future__ import annotations

import re

from pkh_extract.cleaning.blocks import Block, ended, sentence_like, words

_BULLET = re.compile(r"\s{0,8}(?:[-–—•*·▪►✓✔➢]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_OPEN_END = re.compile(r"[\w,;–—/&-]$")
_MAX_WIDTH = 130


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text with plain line ends: hard-wrapped lines joined, single line ends that are paragraph
    ends taken as such, words and sentences broken by a line end joined."""
    groups = [[line.strip() for line in group.split("\n") if line.strip()] for group in re.split(r"\n\s{0,200}\n", text)]
    groups = [group for group in groups if group]
    width = _width(groups)
    found: list[str] = []
    for group in groups:
        lines = _unwrap(group, width) if width else _join_broken(group)
        if found and _torn(found[-1], lines[0]):
            found[-1] += " " + lines.pop(0)
        found.extend(lines)
    return found


def _width(groups: list[list[str]]) -> int:
    """The column at which lines were wrapped; 0 where line ends are ends of paragraphs.

    Wrapped lines are alike in length, most do not end a sentence, and the next word would not have fitted.
    """
    pairs = [(line, after) for group in groups for line, after in zip(group, group[1:], strict=False)]
    open_pairs = [pair for pair in pairs if not ended(pair[0])]
    if len(open_pairs) < 3 or len(open_pairs) * 2 < len(pairs):
        return 0
    lengths = sorted(len(line) for line, _ in open_pairs)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not 30 <= width <= _MAX_WIDTH:
        return 0
    full = sum(1 for line, after in open_pairs if _full(line, after, width))
    return width if full >= 0.6 * len(open_pairs) else 0


def _full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) >= 0.88 * width


def _unwrap(group: list[str], width: int) -> list[str]:
    lines = [group[0]]
    for before, line in zip(group, group[1:], strict=False):
        closed = ended(before) and not _full(before, line, width)
        if closed or _BULLET.match(line) or (before.endswith(":") and not _full(before, line, width)):
            lines.append(line)
        else:
            lines[-1] += " " + line
    return lines


def _join_broken(group: list[str]) -> list[str]:
    lines = [group[0]]
    for line in group[1:]:
        if _torn(lines[-1], line):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return lines


def _torn(before: str, after: str) -> bool:
    """Whether a break fell inside a sentence: no end before it, a small letter after it."""
    return bool(
        after[:1].islower()
        and len(before) > 40
        and _OPEN_END.search(before)
        and not _BULLET.match(after)
        and not re.match(r"\w+\.(?:com|co|id|net)\b|\w+$", after)
    )


def read_text(text: str) -> list[Block]:
    """The pieces of a plain text, tidied, in reading order."""
    return [Block(paragraph) for paragraph in paragraphs(text)]


_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’/() -]{1,38}[,|:.]{0,2}\s{0,2}){1,3}(?:\([^()]{2,40}\)|\d{1,2}/\d{1,2}[^-–—]{0,12})?"
    r"[\s,.:|]{0,3}(?:[-–—~|]{1,3}|,-)"
)


def datelined(text: str) -> bool:
    """Whether a piece begins as reports do, with a place or the paper's name and a dash."""
    match = _DATELINE.match(text[:110])
    return bool(match) and len(words(text)) >= 8


def body_start(blocks: list[Block]) -> int:
    """The index of the first piece that is report; ``len(blocks)`` where none is."""
    for index, block in enumerate(blocks):
        if block.heading or block.pictured or block.linked >= 0.7:
            continue
        if sentence_like(block.text) or datelined(block.text):
            return index
    return len(blocks)
