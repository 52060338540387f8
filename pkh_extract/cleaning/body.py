"""Which part of a page holds the report."""

from __future__ import annotations

import re

from pkh_extract.cleaning.outline import Outline
from pkh_extract.cleaning.page import DEEP, Element

# Names that papers' templates give to the box of the report's body.
NAMES = (
    "entry-content", "post-content", "article-content", "article-body", "articlebody", "article__content",
    "article_content", "post-body", "content-detail", "detail-content", "detail__body", "detail-text", "read__content",
    "single-content", "story-body", "story-content", "isi-berita", "isi_berita", "isiberita", "konten-berita",
    "news-content", "news-text", "content-article", "txt-article", "itp_bodycontent", "td-post-content", "the-content",
    "wrap__article-detail-content", "body-content", "post_content", "artikel-isi", "detail-berita",
)  # fmt: skip
_NAMED = re.compile("|".join(map(re.escape, NAMES)))
_CLIMB = 10  # levels climbed from the best box
_GAIN, _LEAST = 0.08, 60  # what a box around must add: that share of what is had, and at least so many letters
_NOISE = 0.6  # letters of links that may come with each letter gained
_APART = 0.15  # how much a box counts that ends before the headline, or stands in another article than the headline
_FAIR = 0.25  # the share of a page's text that an article with the headline must hold to be the report's
_REPORT, _MOSTLY = 150, 0.7  # letters of a short report; the share of other articles in what a box adds to it
_OUTERMOST = {"article", "main"}


def main_part(page: Outline, anchor: Element | None = None) -> int:
    """The number of the smallest part of the page that holds the report; ``anchor`` is its headline.

    Each string of running text speaks for the box it stands in, half as much for the box around that, and so on; the
    box most spoken for wins. Class names that papers give to the body of a report speak for it too, its end before the
    headline against it. Then boxes around it are taken as long as they add paragraphs and few links.
    """
    scores: dict[int, float] = {}
    for at, size in enumerate(page.running):
        if not size or page.gone[at]:
            continue
        share, box = float(size), at
        for _ in range(DEEP):
            if not page.flow[box]:
                scores[box] = scores.get(box, 0.0) + share
                share /= 2
            if share < 1 or not box:
                break
            box = page.parent[box]
    if not scores:
        return 0
    apart = _apart(page, anchor)
    for box in scores:
        node = page.nodes[box]
        if "articlebody" in (node.get("itemprop") or "").lower() or _named(node):
            scores[box] *= 2
        elif node.tag == "article":
            scores[box] *= 1.3
        if apart and apart[box]:
            scores[box] *= _APART
    return _widened(page, max(scores, key=lambda box: scores[box]))


def _named(box: Element) -> bool:
    return _NAMED.search(f"{box.get('class') or ''} {box.get('id') or ''}".lower()) is not None


def _apart(page: Outline, anchor: Element | None) -> list[bool]:
    """Which elements end before the headline begins, stand in other articles than the headline's or hold mostly such,
    or hold the headline's article with all else, if a fair share of the text is in it or what they add is others."""
    head = page.number.get(anchor) if anchor is not None else None
    if head is None:
        return []
    around = page.around(head)
    apart = [at < head and at not in around for at in range(len(page.nodes))]
    home = max((at for at in around if page.nodes[at].tag == "article"), default=0)
    if home:
        foreign = [False] * len(page.nodes)
        for at, node in enumerate(page.nodes):
            foreign[at] = foreign[page.parent[at]] or (node.tag == "article" and at not in around)
        weights = page.total(page.running)
        others = page.total([size if other else 0 for size, other in zip(page.running, foreign, strict=True)])
        for at, other in enumerate(foreign):
            listing = at not in around and others[at] > 0 and others[at] >= _MOSTLY * weights[at]
            apart[at] = apart[at] or other or listing
        fair = weights[home] >= _FAIR * weights[0]
        for at in page.around(page.parent[home]):
            added = weights[at] - weights[home]
            apart[at] = fair or (weights[home] >= _REPORT and others[at] >= _MOSTLY * added)
    return apart


def _widened(page: Outline, best: int) -> int:
    """The box, or one around it that adds paragraphs: pages and sections of the report, its lead."""
    top = best
    for _ in range(_CLIMB):
        top = page.parent[top]
    good, linked = page.total(page.sentences, top), page.total(page.linked, top)
    box = around = best
    while around != top and page.nodes[box].tag not in _OUTERMOST:
        around = page.parent[around]
        tag = page.nodes[around].tag
        if not around or tag == "tr":
            break
        gain, noise = good[around] - good[box], linked[around] - linked[box]
        if gain >= max(_LEAST, _GAIN * good[box]) and noise <= _NOISE * gain:
            box = around
        if tag in _OUTERMOST:
            break
    return box
