"""Plain text as scraped: where its paragraphs end, and what stands above and below the report."""

from __future__ import annotations

import itertools
import re

from pkh_extract.cleaning.blocks import Block, count_words, ended, titled

MOST_TEXT = 2_000_000  # code points of a source's text that are looked at; reports have far fewer
_BULLET = re.compile(r"\s{0,8}(?:[-–—•*·▪►✓✔➢]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_OPEN_END = re.compile(r"[\w,;–—/&-]")  # of a last letter
_MAX_WIDTH = 130
_HANGERS = ("dan", "atau", "serta", "yang", "di", "ke", "dari", "oleh", "untuk", "dengan", "pada", "para", "bahwa",
            "dalam", "kepada", "bagi", "sebanyak", "sejumlah")  # fmt: skip
_HANGING = re.compile(rf"\b(?:{'|'.join(_HANGERS)})$")
_BYLINE = re.compile(  # a day and a year, and not much more: "Rabu, 21 Februari 2024 - 10:12:33 WIB"
    r"(?:senin|selasa|rabu|kamis|jum.{0,2}at|sabtu|minggu|ahad)?[\s,/|-]{0,3}\d{1,2}[\s/-]\w{1,10}[\s/-]\d{4}\b.{0,30}$",
    re.IGNORECASE,
)
_STAMPED = re.compile(  # when the paper put it up: "Diposting pada 7 March 2023, 10:12 Oleh red"
    r"(?:di)?(?:posting|poskan|publikasikan|terbitkan|unggah|tayangkan|posted|published|terbit|tayang|rilis)\b.{0,50}\d{4}\b"
    r".{0,30}$",
    re.IGNORECASE,
)
_GOING_ON = re.compile(r"\d[\d.]{0,12}(?:[,;]| [a-z])")
_INNER_END = re.compile(r"\w{3}[.!?][\"”’]? [A-Z“\"]")
_DRAWN = re.compile(r"[-–—_=]{4,}")
_LABEL = re.compile(
    r"(?:oleh|by|banner|foto|editor|reporter|penulis|share|posted|dibaca|views?|www|https?)\b|\w+\.(?:com|co|id|net)\b",
    re.IGNORECASE,
)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a tidy text: hard-wrapped lines joined, single line ends that are paragraph ends taken as
    such, sentences broken by a line end or an empty line joined."""
    if "\n" not in text:
        return [text.strip()] if text and not text.isspace() else []
    groups = [group for part in text.split("\n\n") if (group := [line for line in part.split("\n") if line])]
    headline = groups[0][0] if groups and len(groups[0]) == 1 else ""
    groups = [part for group in groups for part in _parts(group, headline)]
    pairs = [pair for group in groups if len(group) > 1 for pair in itertools.pairwise(group)]
    width = _width(pairs) if pairs else 0
    ragged = bool(pairs) and not width and _ragged(pairs)
    found: list[str] = []
    inside = False  # the report has begun; what stands above it (headline, byline) is joined with more care
    for group in groups:
        if width:
            lines = _unwrap(group, width, inside or len(group) > 2)
        else:
            lines = _join_open(group) if ragged else _join_torn(group)
        if found and _torn(found[-1], lines[0]):
            found[-1] += " " + lines.pop(0)
        found.extend(lines)
        inside = inside or len(group) > 2
    return found


def _parts(group: list[str], headline: str) -> list[list[str]]:
    """A group of lines cut at drawn rules ("-----") and around the headline where it stands again."""
    if len(group) == 1:
        return [] if _DRAWN.fullmatch(group[0]) else [group]
    parts: list[list[str]] = [[]]
    for line in group:
        if _DRAWN.fullmatch(line):
            parts.append([])
        elif line == headline:
            parts += [[line], []]
        else:
            parts[-1].append(line)
    return [part for part in parts if part]


def _width(pairs: list[tuple[str, str]]) -> int:
    """The column at which lines were wrapped, by lines and those right after them; 0 where line ends are ends of
    paragraphs.

    Wrapped lines are alike in length, most do not end a sentence, many are followed by a small letter (items of a
    list are not), and the next word would not have fitted.
    """
    open_pairs = [pair for pair in pairs if not ended(pair[0])]
    flowing = sum(1 for _, after in open_pairs if after[:1].islower())
    if len(open_pairs) < 3 or len(open_pairs) * 2 < len(pairs) or flowing * 3 < len(open_pairs):
        return 0
    lengths = sorted(len(line) for line, _ in open_pairs)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not 30 <= width <= _MAX_WIDTH:
        return 0
    full = sum(1 for line, after in open_pairs if _full(line, after, width))
    if full < 0.6 * len(open_pairs):
        return 0
    return max(len(line) for line, _ in pairs if len(line) <= 1.1 * width)


def _ragged(pairs: list[tuple[str, str]]) -> bool:
    """Whether lines were broken anywhere, as a narrow column copied from a page is: most line ends end no sentence,
    and most of those go on with a small letter."""
    open_pairs = [after for before, after in pairs if not ended(before)]
    flowing = sum(1 for after in open_pairs if after[:1].islower())
    return len(open_pairs) >= 6 and len(open_pairs) >= 0.6 * len(pairs) and flowing >= 0.5 * len(open_pairs)


def _join_open(group: list[str]) -> list[str]:
    joined = [[group[0]]]
    for before, line in itertools.pairwise(group):
        stamped = before is group[0] and _STAMPED.match(before)
        if stamped or ended(before) or _LABEL.match(line) or (_BULLET.match(line) and not before.isupper()):
            joined.append([line])
        else:
            joined[-1].append(line)
    return [" ".join(lines) for lines in joined]


def _full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) >= 0.88 * width


def _unwrap(group: list[str], width: int, inside: bool) -> list[str]:
    lines = [group[0]]
    for before, line in itertools.pairwise(group):
        if ended(before) or before.endswith(":"):
            closed = len(before) + 1 + len(line.split(" ", 1)[0]) <= width  # the next word would have fitted
        else:
            closed = not (inside or _full(before, line, width) or _flows(before, line))
            closed = closed or (len(lines) == 1 and bool(_STAMPED.match(lines[0])))
            closed = closed or (not inside and bool(_BYLINE.match(line)))
        if closed or _BULLET.match(line):
            lines.append(line)
        else:
            lines[-1] += " " + line
    return lines


def _flows(before: str, after: str) -> bool:
    """Whether a sentence plainly goes on over a line end."""
    return before.endswith((",", ";")) or (after[:1].islower() and not _LABEL.match(after))


def _join_torn(group: list[str]) -> list[str]:
    lines = [group[0]]
    for line in group[1:]:
        if _torn(lines[-1], line, least=6):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return lines


def _torn(before: str, after: str, least: int = 15) -> bool:
    """Whether a break fell inside a sentence of the report: running text before it (``least`` words) that has no end,
    a small letter after it."""
    if not _OPEN_END.match(before[-1:]):
        return False
    hanging = before.endswith(_HANGERS) and _HANGING.search(before[-20:])
    goes_on = after[:1].islower() or _GOING_ON.match(after)
    return bool(
        (hanging or before.endswith(",") or goes_on)
        and (hanging or count_words(after[:200]) >= 3)
        and (count_words(before[-400:]) >= least or _INNER_END.search(before[-400:]))
        and not _BULLET.match(after)
        and not _LABEL.match(after)
    )


def read_text(text: str) -> list[Block]:
    """The pieces of a plain text, tidied, in reading order."""
    return [Block(paragraph) for paragraph in paragraphs(text)]


_LEAD = 18  # words of a first sentence that lost its stop; decks have fewer
_TAKES_UP = re.compile(  # how no report begins: what was said before is taken up
    r"[\"“”'‘]{1,2}\w|(?:mereka|ia|dia|menurutnya|menurut dia|alasannya|pasalnya|hal (?:itu|ini|tersebut)"
    r"|kegiatan (?:itu|ini|tersebut)|acara (?:itu|ini|tersebut)|bantuan (?:itu|ini|tersebut))\b",
    re.IGNORECASE,
)
_PAPER = re.compile(r"[\"“(]{0,2}[A-Z]{3,}|.*\.\w{2,3}\b")  # a place in capitals or a web address
_SITE = re.compile(
    r"[\"“(]{0,2}[\w ]{0,25}[,\s]{0,2}\(?\w{2,30}\.(?:com|co\.id|co|id|net|news|info|org)\b", re.IGNORECASE
)


def bare_dateline(text: str) -> bool:
    """Whether a piece is a dateline and nothing else: the markup cut it from its sentence."""
    return len(text) <= 60 and text.endswith(("–", "—", "~", "-")) and _PAPER.match(text) is not None


def _strongly_datelined(block: Block) -> bool:
    return block.datelined and (block.text[:4].isupper() or _SITE.match(block.text[:60]) is not None)


def _behind_caption(blocks: list[Block], index: int) -> int:
    """Where the report begins if the piece that begins like one is a caption ("ANTRE BANTUAN - Warga menunggu …"): at
    the next one that has a dateline, where it alone has, perhaps below a deck. In a round-up all have one."""
    behind = [at for at in range(index + 1, min(index + 5, len(blocks))) if blocks[at].running or blocks[at].datelined]
    marked = [_strongly_datelined(blocks[at]) for at in behind[:2]]
    return behind[0] if marked == [True, False] and not blocks[index].long else index


def body_start(blocks: list[Block], *, headed: bool = True) -> int:
    """The index of the first piece that is report; ``len(blocks)`` where none is. ``headed``: the headline may be among
    the pieces.

    Captions and decks may read like sentences; where a dateline follows hard upon them, the report begins with it.
    """
    first = len(blocks)
    for index, block in enumerate(blocks):
        if block.heading or block.pictured or block.linked >= 0.7:
            continue
        if block.running or block.datelined:
            first = index
            break
    skipped = 0
    for index in range(first, min(first + 9, len(blocks))):
        if _strongly_datelined(blocks[index]):
            return _behind_caption(blocks, index)
        skipped += blocks[index].running
        if skipped > 2 or blocks[index].long:
            break
    return first - 1 if first > headed and _lead_above(blocks, first) else first


def _lead_above(blocks: list[Block], first: int) -> bool:
    """Whether the piece above the one that reads like the first is the lead: as long as a sentence though without its
    stop, and taken up at once ("Sebanyak 20 orang … sebagai KPM" – "Mereka sudah mampu …")."""
    if first == len(blocks) or blocks[first].datelined or not _TAKES_UP.match(blocks[first].text):
        return False
    lead = blocks[first - 1]
    apart = lead.heading or lead.pictured or lead.listed or lead.linked > 0
    return not apart and lead.first >= _LEAD and not titled(lead.text)
