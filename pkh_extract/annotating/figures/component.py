"""Component ``pkh_figures``: what each number counts.

A number's noun stands right of it ("94 pendamping PKH", "71 orang pendamping"), or left of it with a linking word
("penerima PKH sebanyak 9.623"), or was said before: in a list that drops the unit ("Banjarmasin 7, Banjarbaru 5") or
after an anaphor ("Jumlahnya naik menjadi 9.187"). Numbers that count anything else are passed over, silently:
``doc.spans["pkh_figures"]`` holds only figures of people and recipients, value
:class:`~pkh_extract.annotating.figures.values.Figure`, the span from the number (or its sign) to its unit.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import accept, group, new_span, register, value_of
from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.numbers.component import numbers
from pkh_extract.annotating.numbers.values import Number
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_figures"
REACH = 40  # tokens to the left that a noun may stand away from its number
PERSON = "kpm_unit.person"
PREPOSITIONS = {"di", "dari", "untuk", "bagi", "pada", "wilayah", "kepada"}


class Figures:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.generic = {rule.id for rule in rules.family("figure_classifier") if rule.get("generic")}
        self.before_only = {rule.id for rule in rules.family("people_role") if rule.get("before_only")}

    def __call__(self, doc: Doc) -> Doc:
        page = _Page(doc, self)
        found: list[Figure] = []
        for span, number in numbers(doc):
            if number.blocked or span.start in page.money:
                continue
            figure = page.right(span, number) or page.left(span, number) or page.inherited(span, number, found)
            if figure is not None:
                found.append(figure)
        doc.spans[KEY] = [_span(doc, figure) for figure in found]
        return doc


class _Page:
    """The cues of one document by position."""

    def __init__(self, doc: Doc, component: Figures) -> None:
        self.doc = doc
        self.component = component
        self.money = {token.i for span in group(doc, "pkh_money") for token in span}
        self.dates = {token.i for span in group(doc, "pkh_dates") for token in span}
        self.nouns = {span.start: span for span in cues(doc, "people_role", "kpm_unit")}
        self.noun_at_end = {span.end: span for span in self.nouns.values()}
        self.classifiers = {span.start: span for span in cues(doc, "figure_classifier")}
        self.links = {span.end: span for span in cues(doc, "figure_link")}
        self.breaks = {span.start: span for span in cues(doc, "figure_break")}
        self.totals = {span.end: span for span in cues(doc, "figure_total")}
        self.anaphors = cues(doc, "figure_anaphor")
        self.sentence_start = [0] * len(doc)
        start = 0
        for token in doc:
            if token.is_sent_start:
                start = token.i
            self.sentence_start[token.i] = start
        self.items = self._items()

    # -- right of the number

    def right(self, span: Span, number: Number) -> Figure | None:
        """ "94 pendamping PKH", "71 orang pendamping", "79 [Pendamping PKH]"."""
        i, classifier = span.end, None
        i = self._skip_brackets(i)
        while i in self.classifiers and i not in self.nouns:
            classifier = self.classifiers[i]
            i = classifier.end
        if i < len(self.doc) and self.doc[i].lower_ in {"calon", "["}:
            i += 1
        noun = self.nouns.get(i)
        if noun is not None and noun.id_ not in self.component.before_only:
            if classifier is not None:
                accept(self.doc, classifier)
            return Figure(number, noun.id_, "right", False, span.start, span.end, noun.start, noun.end)
        if classifier is not None and classifier.id_ in self.component.generic and self._ends_phrase(i):
            accept(self.doc, classifier)
            left = self._left_noun(span, linked=False)
            if left is not None:
                return Figure(number, left.id_, "left", True, span.start, span.end, left.start, left.end)
            return Figure(number, PERSON, "right", True, span.start, span.end, classifier.start, classifier.end)
        return None

    def _skip_brackets(self, i: int) -> int:
        """Over a number repeated in words: "4 (empat) operator"."""
        if i + 2 < len(self.doc) and self.doc[i].text == "(":
            for k in range(i + 1, min(i + 9, len(self.doc))):
                if self.doc[k].text == ")":
                    return k + 1 if k + 1 in self.nouns or k + 1 in self.classifiers else i
        return i

    def _ends_phrase(self, i: int) -> bool:
        """Does nothing counted stand at token ``i``: a mark, a function word, the end?"""
        return i >= len(self.doc) or self.doc[i].is_space or i in self.breaks or not self.doc[i].is_alpha

    # -- left of the number

    def left(self, span: Span, number: Number) -> Figure | None:
        """ "penerima PKH sebanyak 9.623", "Jumlah KPM-PKH : 9,623"."""
        if number.written == "words" or not self._ends_phrase(span.end):
            return None
        if span.start in self.items:
            return None
        noun = self._left_noun(span, linked=True)
        if noun is None:
            return None
        if span.end in self.breaks:
            accept(self.doc, self.breaks[span.end])
        return Figure(number, noun.id_, "left", False, span.start, span.end, noun.start, noun.end)

    def _left_noun(self, span: Span, *, linked: bool) -> Span | None:
        """The nearest noun before the number in its sentence. With ``linked``, a linking word or the noun itself
        must touch the number."""
        first = self._before_bounds(span.start)
        touching = first in self.links or first in self.noun_at_end or self._in_brackets(first)
        floor = max(self.sentence_start[span.start], span.start - REACH)
        best = None
        for noun in self.nouns.values():
            if floor <= noun.start and noun.end <= span.start and (best is None or noun.end > best.end):
                best = noun
        if best is None or not linked:
            return best
        if touching:
            accept(self.doc, *([self.links[first]] if first in self.links else []))
            return best
        total = self.totals.get(best.start)
        if total is None:
            return None
        accept(self.doc, total)
        return best

    def _in_brackets(self, first: int) -> bool:
        """ "keluarga penerima manfaat (KPM) 9.623": the bracket closes the noun."""
        return (
            first > 0
            and self.doc[first - 1].text == ")"
            and any(end in self.noun_at_end for end in range(first - 1, max(first - 4, 0), -1))
        )

    def _before_bounds(self, start: int) -> int:
        """The token after the noun or link, passing over "sekitar", "kurang lebih" and the like."""
        bounds = {span.end: span.start for span in cues(self.doc, "number_bound_before")}
        while start in bounds:
            start = bounds[start]
        return start

    # -- said before

    def inherited(self, span: Span, number: Number, found: list[Figure]) -> Figure | None:
        """The noun of an earlier figure, for an entry of a list or after an anaphor."""
        if number.written == "words" or not found:
            return None
        item = span.start in self.items
        if not item and not (self._ends_phrase(span.end) and self._anaphor(span)):
            return None
        header = next((i for i in range(len(found) - 1, -1, -1) if self._near(found[i], span)), None)
        if header is None:
            return None
        top = found[header]
        return Figure(number, top.noun, "inherited", top.generic, span.start, span.end, header=header, item=item)

    def _near(self, figure: Figure, span: Span) -> bool:
        """Within three sentences."""
        starts, start = 0, self.sentence_start[span.start]
        while start > figure.number_start and starts < 4:
            starts += 1
            start = self.sentence_start[start - 1] if start else -1
        return starts <= 3

    def _anaphor(self, span: Span) -> bool:
        first = self.sentence_start[span.start]
        near = next((cue for cue in self.anaphors if first <= cue.start and cue.end <= span.start), None)
        if near is None or self._before_bounds(span.start) not in self.links:
            return False
        accept(self.doc, near)
        return True

    def _items(self) -> set[int]:
        """Numbers that are entries of a list: a name before each ("Banjarmasin 7, Banjarbaru 5, Banjar 7"), three or
        more of them in a row of sentences, or two with the level of the place said."""
        runs: list[list[tuple[int, bool]]] = []
        last = -1
        for span, number in numbers(self.doc):
            if number.blocked or span.start in self.money or number.written == "words":
                continue
            named, levelled = self._name_before(span.start)
            if not named or not (self._ends_phrase(span.end) or span.end in self.nouns or span.end in self.classifiers):
                continue
            if runs and span.start - last <= 25:
                runs[-1].append((span.start, levelled))
            else:
                runs.append([(span.start, levelled)])
            last = span.end
        return {start for run in runs if len(run) >= 3 or sum(levelled for _, levelled in run) >= 2 for start, _ in run}

    def _name_before(self, start: int) -> tuple[bool, bool]:
        """Does a name stand before the number (perhaps with a link between), and is its level said?"""
        i = self._before_bounds(start)
        while i in self.links and self.links[i].start < i and not self.doc[self.links[i].start].text[:1].isupper():
            i = self.links[i].start
        words = 0
        while i - words > 0 and self.doc[i - words - 1].is_alpha and words < 6:
            token = self.doc[i - words - 1]
            if not token.text[:1].isupper() and not (words and token.lower_ in LEVELS):
                break
            words += 1
        if not words:
            return (i > 0 and self.doc[i - 1].lower_ in LEVELS), False
        before = [self.doc[i - k - 1].lower_ for k in range(words)]
        levelled = any(word in LEVELS for word in before) or (
            i - words > 0 and self.doc[i - words - 1].lower_ in LEVELS
        )
        if any(i - k in self.noun_at_end for k in range(words)) and not levelled:
            return False, False
        return True, levelled


LEVELS = {
    "kecamatan", "kec", "desa", "kelurahan", "kel", "kabupaten", "kab", "kota", "distrik", "kapanewon", "kemantren",
    "nagari", "gampong", "pekon", "kampung", "kalurahan", "negeri", "provinsi", "prov", "dusun", "lembang",
}  # fmt: skip


def _span(doc: Doc, figure: Figure) -> Span:
    """From number to unit where the unit follows, else the number alone."""
    end = figure.noun_end if figure.how == "right" and figure.noun_end > 0 else figure.number_end
    if figure.generic and figure.how == "left":
        end = figure.number_end + 1
    if end < len(doc) and doc[figure.number_start : end].text.count("(") > doc[figure.number_start : end].text.count(
        ")"
    ):
        end = min(end + 1, len(doc))
    return new_span(doc, figure.number_start, end, "figure", figure.noun, replace(figure))


def figures(doc: Doc) -> list[tuple[Span, Figure]]:
    """The figures of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_figures", default_config={"patterns": None})
def make_figures(nlp: Language, name: str, patterns: str | None) -> Figures:
    """Factory ``pkh_figures``."""
    return Figures(nlp, load_rules(patterns))
