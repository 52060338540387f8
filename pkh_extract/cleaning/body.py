"""Which part of a page holds the report."""

from __future__ import annotations

import itertools

from pkh_extract.cleaning.page import DEEP, FLOW, Element, running_texts

# Names that papers' templates give to the box of the report's body.
NAMES = (
    "entry-content", "post-content", "article-content", "article-body", "articlebody", "article__content",
    "article_content", "post-body", "content-detail", "detail-content", "detail__body", "detail-text", "read__content",
    "single-content", "story-body", "story-content", "isi-berita", "isi_berita", "isiberita", "konten-berita",
    "news-content", "news-text", "content-article", "txt-article", "itp_bodycontent", "td-post-content", "the-content",
    "wrap__article-detail-content", "body-content", "post_content", "artikel-isi", "detail-berita",
)  # fmt: skip
_TOP = {"body", "html", "tr"}


def main_part(body: Element) -> Element:
    """The smallest part of the page that holds the report.

    Each string of running text speaks for the box it stands in, half as much for the box around that, and so on; the
    box most spoken for wins. Class names that papers give to the body of a report speak for it too.
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
    for box in scores:
        if "articlebody" in (box.get("itemprop") or "").lower() or _named(box):
            scores[box] *= 2
        elif box.tag == "article":
            scores[box] *= 1.3
    best = max(scores, key=lambda box: scores[box])
    return _with_siblings(best, scores)


def _named(box: Element) -> bool:
    text = f"{box.get('class') or ''} {box.get('id') or ''}".lower()
    return any(name in text for name in NAMES)


def _with_siblings(best: Element, scores: dict[Element, float]) -> Element:
    """The box itself, or one around it where neighbours of the same make hold report too: pages and sections of it,
    but no further articles, which have headings of their own."""
    mine = scores[best]
    box = best
    for _ in range(3):
        parent = box.getparent()
        if parent is None or parent.tag in _TOP or box.tag == "article":
            break
        like = [
            child
            for child in parent.iterchildren(box.tag)
            if child is not box
            and child.get("class") == box.get("class")
            and scores.get(child, 0) >= 0.2 * mine
            and next(child.iter("h1", "h2", "h3"), None) is None
        ]
        if like:
            return parent
        box = parent
    return best
