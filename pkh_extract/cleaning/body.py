"""Which part of a page holds the report."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from pkh_extract.cleaning.page import DEEP, FLOW, INLINE, Element, letters, running_texts

# Names that papers' templates give to the box of the report's body.
NAMES = (
    "entry-content", "post-content", "article-content", "article-body", "articlebody", "article__content",
    "article_content", "post-body", "content-detail", "detail-content", "detail__body", "detail-text", "read__content",
    "single-content", "story-body", "story-content", "isi-berita", "isi_berita", "isiberita", "konten-berita",
    "news-content", "news-text", "content-article", "txt-article", "itp_bodycontent", "td-post-content", "the-content",
    "wrap__article-detail-content", "body-content", "post_content", "artikel-isi", "detail-berita",
)  # fmt: skip
_PARAGRAPH = 60  # letters of a block, links apart, that is a paragraph rather than a teaser
_CLIMB = 10  # levels climbed from the best box
_GAIN, _LEAST = 0.08, 60  # what a box around must add: that share of what is had, and at least so many letters
_NOISE = 0.6  # letters of links that may come with each letter gained
_APART = 0.3  # how much a box counts that ends before the headline, or stands in another article than the headline
_OUTERMOST = {"article", "main"}


@dataclass
class Mass:
    """Letters below each element: in paragraphs (``good``), in links, and outside of them; ``paragraphs`` are the
    blocks that count as such, with their letters."""

    good: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    plain: dict[Element, int] = field(default_factory=dict)
    paragraphs: dict[Element, int] = field(default_factory=dict)


def main_part(body: Element, anchor: Element | None = None) -> Element:
    """The smallest part of the page that holds the report; ``anchor`` is its headline.

    Each string of running text speaks for the box it stands in, half as much for the box around that, and so on; the
    box most spoken for wins. Class names that papers give to the body of a report speak for it too, its end before the
    headline against it. Then boxes around it are taken as long as they add paragraphs and few links.
    """
    scores: dict[Element, float] = {}
    for node, size in running_texts(body):
        share = float(size)
        for box in itertools.islice(itertools.chain([node], node.iterancestors()), DEEP):
            if box.tag in FLOW:
                continue
            scores[box] = scores.get(box, 0.0) + share
            share /= 2
            if share < 1 or box is body:
                break
    if not scores:
        return body
    apart = _apart(body, anchor)
    for box in scores:
        if "articlebody" in (box.get("itemprop") or "").lower() or _named(box):
            scores[box] *= 2
        elif box.tag == "article":
            scores[box] *= 1.3
        if box in apart:
            scores[box] *= _APART
    return _widened(max(scores, key=lambda box: scores[box]), body)


def _named(box: Element) -> bool:
    text = f"{box.get('class') or ''} {box.get('id') or ''}".lower()
    return any(name in text for name in NAMES)


def _apart(body: Element, anchor: Element | None) -> set[Element]:
    """The elements that end before the headline begins, and those of other articles than the headline's."""
    if anchor is None:
        return set()
    around = set(anchor.iterancestors())
    apart = {tag for tag in itertools.takewhile(lambda tag: tag is not anchor, body.iter()) if tag not in around}
    home = next(anchor.iterancestors("article"), None)
    if home is not None:
        for article in body.iter("article"):
            if article not in around and home not in article.iterancestors():
                apart.update(article.iter())
    return apart


def _widened(best: Element, body: Element) -> Element:
    """The box, or one around it that adds paragraphs: pages and sections of the report, its lead."""
    mass = weigh_paragraphs(body)
    box = best
    for parent in itertools.islice(best.iterancestors(), _CLIMB):
        if box.tag in _OUTERMOST or parent is body or parent.tag in {"html", "tr"}:
            break
        gain = mass.good.get(parent, 0) - mass.good.get(box, 0)
        noise = mass.linked.get(parent, 0) - mass.linked.get(box, 0)
        if gain >= max(_LEAST, _GAIN * mass.good.get(box, 0)) and noise <= _NOISE * gain:
            box = parent
        if parent.tag in _OUTERMOST:
            break
    return box


def weigh_paragraphs(root: Element) -> Mass:
    """The letters of paragraphs (blocks of some length, mostly no links) and of links below each element."""
    nodes = list(root.iter())
    block: dict[Element, Element] = {}
    link: set[Element] = set()
    mass = Mass()
    for node in nodes:
        parent = node.getparent()
        block[node] = block[parent] if node is not root and node.tag in INLINE else node
        if (parent in link and node is not root) or (node.tag == "a" and node.get("href") is not None):
            link.add(node)
        for text, owner in ((node.text, node), (node.tail if node is not root else None, parent)):
            if not text or text.isspace():
                continue
            home = block[owner]
            counts = mass.linked if owner in link else mass.plain
            counts[home] = counts.get(home, 0) + letters(text)
    for home, size in mass.plain.items():
        if size >= _PARAGRAPH and size >= 2 * mass.linked.get(home, 0):
            mass.paragraphs[home] = size
    mass.good = dict(mass.paragraphs)
    for counts in (mass.good, mass.linked, mass.plain):
        for node in reversed(nodes):
            if node is not root and (size := counts.get(node)):
                parent = node.getparent()
                counts[parent] = counts.get(parent, 0) + size
    return mass
