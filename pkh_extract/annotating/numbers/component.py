"""Component ``pkh_numbers``: every number of the document that is not part of a date.

``doc.spans["pkh_numbers"]`` holds spans over the number itself with scale and range ("1,2 juta", "350 sampai 400"),
value :class:`~pkh_extract.annotating.numbers.values.Number`; blocked ones (ordinals, shares, ages) are among them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import Cue, accept, group, new_span, register, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.numbers.reading import Reader, Reading
from pkh_extract.annotating.numbers.values import Number
from pkh_extract.record import Qualifier
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_numbers"
LARGEST = 10**15
YEARS = (1990, 2039)  # four digits in this range are a year unless something says that they count
TELEPHONE = re.compile(
    r"(?<![\d.,])(?:\+62|\(?0\d{1,3}\)?)[ .-]{0,2}\d{3,4}[ .-]\d{3,4}(?:[ .-]\d{2,4})?(?![\d.,]\d|\d)"
)
ACCOUNT = re.compile(r"(?<![\d.,])\d{4}(?:[ -]\d{4}){2,4}(?![\d.,]\d|\d)")
OVER, TIMES = {"/", "x", "×"}, re.compile(r"x\d")  # "86 / 100", "20 x 30", "20x30"
BARE_YEAR, FRACTION = "number.year", "number.fraction"


class Numbers:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.reader = Reader(rules)
        self.bounds: dict[str, Qualifier] = {
            rule.id: rule.get("qualifier")
            for family in ("number_bound_before", "number_bound_after")
            for rule in rules.family(family)
        }

        self.below: dict[str, int] = {
            rule.id: rule.get("below") for rule in rules.family("number_block_before") if rule.get("below")
        }

        self.years = {rule.id for rule in rules.family("number_block_before") if rule.get("year_like")}

    def __call__(self, doc: Doc) -> Doc:
        dated = {token.i for span in group(doc, "pkh_dates") for token in span} | _telephones(doc)
        context = _Context(doc, self.bounds)
        spans: list[Span] = []
        i = 0
        while i < len(doc):
            reading = self.reader.read(doc, i) if i not in dated and not _in_code(doc, i) else None
            if reading is None:
                i += 1
                continue
            span = self._number(doc, i, reading, context, dated)
            if span is None:
                i = reading.end
                continue
            spans.append(span)
            i = _after_repetition(doc, span, self.reader)
        doc.spans[KEY] = spans
        return doc

    def _number(self, doc: Doc, start: int, reading: Reading, context: _Context, dated: set[int]) -> Span | None:
        end, used = reading.end, list(reading.rules)
        low, high = reading.value, None
        if end + 1 < len(doc) and doc[end].lower_ == "rupiah" and end + 1 in context.ranges:
            end += 1  # "Rp 100 rupiah sampai Rp 500"
        connector = context.ranges.get(end) or context.between(doc, start, end)
        if connector is not None and connector.end < len(doc):
            after = _skip_currency(doc, context.past_bound(connector.end))
            other = self.reader.read(doc, after) if after < len(doc) and after not in dated else None
            if other is not None and (joined := _join(reading, other)) is not None:
                low, high = joined
                end, used = other.end, [*used, *other.rules]
                accept(doc, *([connector] if connector.label_ else []))
        if low != low.to_integral_value() or (high is not None and high != high.to_integral_value()):
            return None if not _is_share(context, end) else self._blocked(doc, start, end, context)
        if not 0 < low < LARGEST:
            return None
        qualifier, end, credit = context.bound(doc, start, end)
        if high is not None:
            qualifier = "range"
        about = any(token.lower_ in ABOUT for token in doc[start + 1 : end])
        if about and qualifier == "exact":
            qualifier = "approx"
        block = context.block(start, end)
        year = end - start == 1 and len(doc[start].text) == 4 and YEARS[0] <= low <= YEARS[1]
        if block is not None and (
            low >= self.below.get(block.id_, LARGEST)
            or (block.id_ in self.below and end in context.units and reading.written != "words")
            or (block.id_ in self.years and not year)
        ):
            block = None
        unsaid = year and block is None and not context.counted(doc, start, end)
        number = Number(
            value=int(low),
            value_max=None if high is None else int(high),
            qualifier=qualifier,
            written=reading.written,
            scaled=reading.scaled or end > reading.end,
            blocked=block.id_ if block is not None else BARE_YEAR if unsaid else _fraction(doc, start, end),
        )
        span = new_span(doc, start, end, "number", "number.read", number)
        if number.blocked:
            accept(doc, *([block] if block is not None else []))
            return span
        for rule, first, last in used:
            accept(doc, new_span(doc, first, last, "number_part", rule, number))
        accept(doc, *credit)
        return span

    def _blocked(self, doc: Doc, start: int, end: int, context: _Context) -> Span | None:
        block = context.block(start, end)
        if block is not None:
            accept(doc, block)
        return None


class _Context:
    """The cues around numbers, by the token at which they begin or end."""

    def __init__(self, doc: Doc, bounds: dict[str, Qualifier]) -> None:
        self.bounds = bounds
        self.ranges = {span.start: span for span in cues(doc, "number_range")}
        self.before: dict[int, list[Span]] = {}
        self.starting: dict[int, list[Span]] = {}
        self.after: dict[int, list[Span]] = {}
        self.people = {span.start for span in cues(doc, "people_role", "figure_classifier")}
        self.units = {span.start for span in cues(doc, "people_role", "kpm_unit", "figure_classifier")}
        self.links = {span.end for span in cues(doc, "figure_link") if span.text.lower() in COUNTING}
        for span in cues(doc, "number_bound_before", "number_block_before"):
            self.before.setdefault(span.end, []).append(span)
            if span.id_ in bounds:
                self.starting.setdefault(span.start, []).append(span)
        for span in cues(doc, "number_bound_after", "number_block_after"):
            self.after.setdefault(span.start, []).append(span)

    def bound(self, doc: Doc, start: int, end: int) -> tuple[Qualifier, int, list[Span]]:
        """The bound said beside the number, the number's end with it ("6.000-an"), and the cue that said so."""
        for span in self.after.get(end, []):
            suffix = span.id_ == "number_bound_after.an"
            if span.id_ in self.bounds and (suffix or _of_number(doc, span)):
                return self.bounds[span.id_], span.end if suffix else end, [span]
        first = start
        while True:
            for span in self.before.get(first, []):
                if span.id_ in self.bounds and not _names_people(doc, span):
                    return self.bounds[span.id_], end, [span]
            if not first or start - first > 2 or doc[first - 1].lower_ not in FILLERS:
                break
            first -= 1  # "kurang lebih sebanyak Rp …"
        return "exact", end, []

    def counted(self, doc: Doc, start: int, end: int) -> bool:
        """Does a unit follow the number, or a word that only counts (or a currency) lead to it?"""
        signed = start - 1 - (start > 1 and doc[start - 1].text == ".")  # "Rp. 2000"
        return end in self.units or start in self.links or (start > 0 and doc[signed].lower_ in CURRENCY)

    def between(self, doc: Doc, start: int, end: int) -> Span | None:
        """The "dan" of "antara 50 dan 60" and of "di atas Rp 100 juta dan di bawah Rp 200 juta"."""
        if end >= len(doc) or doc[end].lower_ != "dan":
            return None
        first = start
        while first and doc[first - 1].lower_ in FILLERS:
            first -= 1
        opened = first > 0 and doc[first - 1].lower_ == "antara"
        floor = any(self.bounds.get(span.id_) == "at_least" for span in self.before.get(first, []))
        ceiling = any(self.bounds.get(span.id_) == "at_most" for span in self.starting.get(end + 1, []))
        return doc[end : end + 1] if opened or (floor and ceiling) else None

    def past_bound(self, start: int) -> int:
        """The token after a bound that begins here ("di bawah")."""
        return next((span.end for span in self.starting.get(start, [])), start)

    def block(self, start: int, end: int) -> Span | None:
        """The cue that makes the number no count, or ``None``."""
        near = [*self.after.get(end, []), *self.before.get(start, [])]
        block = next((span for span in near if span.label_.startswith("number_block")), None)
        return None if block is not None and self._all_of(block, end) else block

    def _all_of(self, block: Cue, end: int) -> bool:
        """ "Ke-46 petugas" are all 46, where it opens the sentence or stands behind a word that leads to people."""
        first = block.start
        if not block.text.lower().startswith("ke-") or end not in self.people:
            return False
        return block.tokens.opens_sentence(first) or block.tokens.lower[first - 1] in LEADING


LEADING = {"kepada", "oleh", "bagi", "untuk", "dari", "bahwa", "dan", ","}
COMPARED = {"rendah", "tinggi", "banyak", "sedikit", "kecil", "besar", "baik", "kurang", "sejahtera", "mampu", "giat"}
CURRENCY = {"rp", "rp.", "rpp", "rprp", "idr"}
FILLERS = {"sebanyak", "sebesar", "senilai", "rp", "rp.", ".", "sejumlah", "ada", "berjumlah", "mencapai", "dari", ":"}


# Endings that make a number an estimate: "16 ribuan", "dua ratusan", "200-an".
ABOUT = {"puluhan", "belasan", "ratusan", "ribuan", "jutaan", "miliaran", "milyaran", "triliunan", "an"}
COUNTING = {"sebanyak", "sebayak", "sejumlah", "berjumlah", "mencapai", "jumlahnya", "total", "totalnya", "tercatat"}


def _fraction(doc: Doc, start: int, end: int) -> str | None:
    """A score or fraction ("86 / 100", "3-1") counts nobody."""
    over = end + 1 < len(doc) and doc[end].lower_ in OVER and doc[end + 1].text[:1].isdigit()
    under = start > 1 and doc[start - 1].lower_ in OVER and doc[start - 2].text[:1].isdigit()
    over = over or (end < len(doc) and not doc[end - 1].whitespace_ and bool(TIMES.match(doc[end].lower_)))
    scored = (
        start > 1
        and doc[start - 1].text in {"-", "–"}
        and not (doc[start - 1].whitespace_ or doc[start - 2].whitespace_)
    )
    scored = scored and doc[start - 2].text.isdigit()
    return FRACTION if over or under or scored else None


def _of_number(doc: Doc, span: Span) -> bool:
    """Is "lebih" said of the number ("52 ribu lebih KPM"), not of what follows ("12.000 lebih rendah")?"""
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    return after not in COMPARED


def _after_repetition(doc: Doc, span: Span, reader: Reader) -> int:
    """The token after the number and its repetition in brackets ("4 (empat)", "27 (dua puluh tujuh)")."""
    i = span.end
    if i + 1 < len(doc) and doc[i].text == "(":
        again = reader.read(doc, i + 1)
        if (
            again is not None
            and again.value == value_of(span).value
            and doc[again.end - 1 : again.end + 1].text[-1] == ")"
        ):
            return again.end
    return i


def _names_people(doc: Doc, span: Span) -> bool:
    """ "warga sekitar 12 …": the neighbours, no estimate."""
    return span.text.lower() == "sekitar" and span.start > 0 and doc[span.start - 1].lower_ in {"warga", "masyarakat"}


def _is_share(context: _Context, end: int) -> bool:
    return any(span.id_ == "number_block_after.share" for span in context.after.get(end, []))


def _skip_currency(doc: Doc, i: int) -> int:
    while i < len(doc) and doc[i].lower_ in {"rp", "."} and not doc[i].is_space:
        i += 1
    return i


def _join(low: Reading, high: Reading) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range; a scale said once holds for both ("400-600 ribu")."""
    first, second = low.value, high.value
    if high.scaled and not low.scaled and first < 1_000 and second >= 1_000:
        scale = Decimal(1_000)
        while first * scale * 1_000 <= second:
            scale *= 1_000
        first = first * scale if first * scale < second else first  # "Rp 100 rupiah sampai Rp 50 ribu"
    return (first, second) if first < second and low.written == high.written else None


def _telephones(doc: Doc) -> set[int]:
    """The tokens of telephone and account numbers written in groups ("0812-0011-5776", "(0541) 123 456", "1234 5678
    9012")."""
    found = (match for form in (TELEPHONE, ACCOUNT) for match in form.finditer(doc.text))
    spans = [doc.char_span(*match.span(), alignment_mode="expand") for match in found]
    return {token.i for span in spans if span is not None for token in span}


def _in_code(doc: Doc, i: int) -> bool:
    """Digits that are part of a code ("P2K2", "5W+1H", "COVID19"), not glued to a word by a slip."""
    if not doc[i].text[:1].isdigit():
        return False
    if i > 0 and not doc[i - 1].whitespace_ and doc[i - 1].is_alpha:
        before = doc[i - 1]
        if before.lower_ not in {"rp", "rpp", "idr"} and (len(before.text) < 3 or before.text.isupper()):
            return True
    if i + 1 < len(doc) and not doc[i].whitespace_ and doc[i + 1].is_alpha:
        after = doc[i + 1]
        return after.text.isupper() and len(after.text) <= 2 and after.text not in {"M", "T"}
    return False


def numbers(doc: Doc) -> list[tuple[Span, Number]]:
    """The numbers of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_numbers", default_config={"patterns": None})
def make_numbers(nlp: Language, name: str, patterns: str | None) -> Numbers:
    """Factory ``pkh_numbers``."""
    return Numbers(nlp, load_rules(patterns))
