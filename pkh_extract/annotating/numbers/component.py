"""Component ``pkh_numbers``: every number of the document that is not part of a date.

``doc.spans["pkh_numbers"]`` holds spans over the number itself with scale and range ("1,2 juta", "350 sampai 400"),
value :class:`~pkh_extract.annotating.numbers.values.Number`; blocked ones (ordinals, shares, ages) are among them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import Cue, accept, group, new_span, register, remember, remembered, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.numbers.codes import in_code, telephones
from pkh_extract.annotating.numbers.reading import Reader, Reading, in_currency
from pkh_extract.annotating.numbers.values import Number, Placed
from pkh_extract.annotating.tokens import Tokens, tokens_of
from pkh_extract.record import Qualifier
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_numbers"
LARGEST = 10**15
THOUSAND, DECIMALS = 1000, 2  # what a cut-off decimal follows, at most, and its digits
YEARS = (1990, 2039)  # four digits in this range are a year unless something says that they count
DASHES = {"-", "–"}
OVER, TIMES = {"/", "x", "×"}, re.compile(r"x\d")  # "86 / 100", "20 x 30", "20x30"
BARE_YEAR, FRACTION, SHARE = "number.year", "number.fraction", "number_block_after.share"


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
        begin(doc, KEY)
        tokens = tokens_of(doc)
        openers = self.reader.openers
        spelled = [at for at, word in enumerate(tokens.lower) if word in openers]
        begins = sorted(tokens.numerals + spelled)
        found = self._read_all(doc, tokens, begins) if begins else []
        remember(doc, KEY, found)
        doc.spans[KEY] = [new_span(doc, start, end, "number", "number.read", number) for start, end, number in found]
        return doc

    def _read_all(self, doc: Doc, tokens: Tokens, begins: list[int]) -> list[Placed]:
        """The numbers that begin at some of these tokens."""
        dated = telephones(tokens, begins)
        for span in doc.spans.get("pkh_dates", ()):
            dated.update(range(span.start, span.end))
        context = _Context(doc, self.bounds)
        found: list[Placed] = []
        done, blank = 0, tokens.blank
        for at in begins:
            apart = blank[at] and blank[at - 1]  # as nearly all numbers stand, and no part of a code does
            if at < done or at in dated or (not apart and in_code(tokens, at)):
                continue
            reading = self.reader.read_at(tokens, at)
            if reading is None:
                continue
            count = self._number(doc, at, reading, context, dated)
            if count is None:
                done = reading.end
                continue
            found.append(count)
            done = _after_repetition(tokens, count, self.reader)
        return found

    def _number(self, doc: Doc, start: int, reading: Reading, context: _Context, dated: set[int]) -> Placed | None:
        tokens, length = context.tokens, context.length
        reading = self._with_decimals(tokens, start, reading)
        end, used = reading.end, reading.rules
        low, high, scaled = reading.value, None, reading.scaled
        if end + 1 in context.ranges and tokens.lower[end] == "rupiah":
            end += 1  # "Rp 100 rupiah sampai Rp 500"
        connector = context.ranges.get(end)
        behind = connector.end if connector is not None else context.behind_and(start, end)
        if behind is not None and behind < length:
            after = _skip_currency(tokens, context.past_bound(behind))
            other = None
            if after < length and after not in dated:
                other = self.reader.read_at(tokens, after, in_currency(tokens, start))
            if other is not None and (joined := _join(reading, other)) is not None:
                low, high = joined
                end, used, scaled = other.end, (*used, *other.rules), scaled or other.scaled
                if connector is not None:
                    accept(doc, connector)
        if low != low.to_integral_value() or (high is not None and high != high.to_integral_value()):
            if _is_share(context, end) and (block := context.block(start, end)) is not None:
                accept(doc, block)
            return None
        if not 0 < low < LARGEST:
            return None
        last = end
        qualifier, end, bound = context.bound(start, end)
        if high is not None:
            qualifier = "range"
        if qualifier == "exact" and not ABOUT.isdisjoint(tokens.lower[start:end]):
            qualifier = "approx"
        year = end - start == 1 and len(tokens.text[start]) == 4 and YEARS[0] <= low <= YEARS[1]
        block = context.block(start, end)
        if block is not None and (
            low >= self.below.get(block.id_, LARGEST)
            or (block.id_ in self.below and end in context.units and reading.written != "words")
            or (block.id_ in self.years and not year)
        ):
            block = None
        unsaid = year and block is None and not context.counted(start, end)
        number = Number(
            value=int(low),
            value_max=None if high is None else int(high),
            qualifier=qualifier,
            written=reading.written,
            scaled=scaled or end > last,
            blocked=block.id_ if block is not None else BARE_YEAR if unsaid else _fraction(tokens, start, end),
        )
        said = block if number.blocked else bound
        if said is not None:
            accept(doc, said)
        for rule, first, last in () if number.blocked else used:
            accept(doc, new_span(doc, first, last, "number_part", rule, number))
        return Placed(start, end, number)

    def _with_decimals(self, tokens: Tokens, start: int, reading: Reading) -> Reading:
        """The number with the decimals that a blank cut off ("Rp 13, 8 milyar")."""
        end, text = reading.end, tokens.text
        if text[end : end + 1] != [","]:
            return reading
        cut = end + 1 < len(text) and not tokens.blank[end - 1] and text[end + 1].isdecimal()
        if not cut or reading.scaled or reading.value >= THOUSAND or not in_currency(tokens, start):
            return reading
        rest = self.reader.read_at(tokens, end + 1)
        if rest is None or not rest.scaled or len(text[end + 1]) > DECIMALS:
            return reading
        digits = text[end + 1]
        scale = rest.value / max(int(digits), 1)
        value = reading.value * scale + rest.value / 10 ** len(digits)
        return rest._replace(value=value) if int(digits) else reading


class _Context:
    """The cues around numbers, by the token at which they begin or end."""

    def __init__(self, doc: Doc, bounds: dict[str, Qualifier]) -> None:
        self.doc, self.tokens, self.bounds = doc, tokens_of(doc), bounds
        self.length = len(self.tokens)
        self.ranges = _by_start(doc, "number_range")
        self.bounds_before = _by_end(doc, "number_bound_before")
        self.bounds_after = _by_start(doc, "number_bound_after")
        self.blocks_before = _by_end(doc, "number_block_before")
        self.blocks_after = _by_start(doc, "number_block_after")

    @cached_property
    def starting(self) -> dict[int, Cue]:
        """The bounds that lead to a number, by their first token."""
        return {cue.start: cue for cue in self.bounds_before.values()}

    @cached_property
    def people(self) -> set[int]:
        """Where a word for people or for counting them begins."""
        return {cue.start for cue in cues(self.doc, "people_role", "figure_classifier")}

    @cached_property
    def units(self) -> set[int]:
        """Where a word for what is counted begins."""
        return {cue.start for cue in cues(self.doc, "people_role", "kpm_unit", "figure_classifier")}

    @cached_property
    def links(self) -> set[int]:
        """The tokens behind words that only count."""
        return {cue.end for cue in cues(self.doc, "figure_link") if cue.text.lower() in COUNTING}

    def bound(self, start: int, end: int) -> tuple[Qualifier, int, Cue | None]:
        """The bound said beside the number, the number's end with it ("6.000-an"), and the cue that said so."""
        if (cue := self.bounds_after.get(end)) is not None:
            suffix = cue.id_ == "number_bound_after.an"
            if suffix or self._of_number(cue):
                return self.bounds[cue.id_], cue.end if suffix else end, cue
        first = start
        while True:
            if (cue := self.bounds_before.get(first)) is not None and not self._names_people(cue):
                return self.bounds[cue.id_], end, cue
            if not first or start - first > 2 or self.tokens.lower[first - 1] not in FILLERS:
                break
            first -= 1  # "kurang lebih sebanyak Rp …"
        return "exact", end, None

    def _of_number(self, cue: Cue) -> bool:
        """Is "lebih" said of the number ("52 ribu lebih KPM"), not of what follows ("12.000 lebih rendah")?"""
        return cue.end >= self.length or self.tokens.lower[cue.end] not in COMPARED

    def _names_people(self, cue: Cue) -> bool:
        """ "warga sekitar 12 …": the neighbours, no estimate."""
        return cue.start > 0 and self.tokens.lower[cue.start - 1] in NEIGHBOURS and cue.lower == ["sekitar"]

    def counted(self, start: int, end: int) -> bool:
        """Does a unit follow the number, or a word that only counts (or a currency) lead to it?"""
        return end in self.units or start in self.links or in_currency(self.tokens, start)

    def behind_and(self, start: int, end: int) -> int | None:
        """The token after the "dan" of "antara 50 dan 60" and of "di atas Rp 100 juta dan di bawah Rp 200 juta"."""
        lower = self.tokens.lower
        if end >= self.length or lower[end] != "dan":
            return None
        first = start
        while first and lower[first - 1] in FILLERS:
            first -= 1
        opened = first > 0 and lower[first - 1] == "antara"
        floor, ceiling = self._said(self.bounds_before.get(first)), self._said(self.starting.get(end + 1))
        return end + 1 if opened or (floor == "at_least" and ceiling == "at_most") else None

    def _said(self, bound: Cue | None) -> Qualifier | None:
        """What a bound says of its number."""
        return None if bound is None else self.bounds[bound.id_]

    def past_bound(self, start: int) -> int:
        """The token after a bound that begins here ("di bawah")."""
        bound = self.starting.get(start)
        return start if bound is None else bound.end

    def block(self, start: int, end: int) -> Cue | None:
        """The cue that makes the number no count, or ``None``."""
        block = self.blocks_after.get(end, self.blocks_before.get(start))
        return None if block is not None and self._all_of(block, end) else block

    def _all_of(self, block: Cue, end: int) -> bool:
        """ "Ke-46 petugas" are all 46, where it opens the sentence or stands behind a word that leads to people."""
        first = block.start
        if not block.text.lower().startswith("ke-") or end not in self.people:
            return False
        return self.tokens.opens_sentence(first) or self.tokens.lower[first - 1] in LEADING


NEIGHBOURS = {"warga", "masyarakat"}
LEADING = {"kepada", "oleh", "bagi", "untuk", "dari", "bahwa", "dan", ","}
COMPARED = {"rendah", "tinggi", "banyak", "sedikit", "kecil", "besar", "baik", "kurang", "sejahtera", "mampu", "giat"}
FILLERS = {"sebanyak", "sebesar", "senilai", "rp", "rp.", ".", "sejumlah", "ada", "berjumlah", "mencapai", "dari", ":"}


# Endings that make a number an estimate: "16 ribuan", "dua ratusan", "200-an".
ABOUT = {"puluhan", "belasan", "ratusan", "ribuan", "jutaan", "miliaran", "milyaran", "triliunan", "an", "seratusan",
         "seribuan", "sejutaan"}  # fmt: skip
COUNTING = {"sebanyak", "sebayak", "sejumlah", "berjumlah", "mencapai", "jumlahnya", "total", "totalnya", "tercatat"}


def _fraction(tokens: Tokens, start: int, end: int) -> str | None:
    """A score or fraction ("86 / 100", "3-1") counts nobody."""
    words, lower, blank = tokens.words, tokens.lower, tokens.blank
    if end < len(words):
        if end + 1 < len(words) and lower[end] in OVER and words[end + 1].numeral:
            return FRACTION
        if not blank[end - 1] and TIMES.match(lower[end]):
            return FRACTION
    if start < 2:
        return None
    scored = lower[start - 1] in DASHES and not blank[start - 1] and not blank[start - 2] and words[start - 2].is_digit
    return FRACTION if scored or (lower[start - 1] in OVER and words[start - 2].numeral) else None


def _after_repetition(tokens: Tokens, count: Placed, reader: Reader) -> int:
    """The token after the number and its repetition in brackets ("4 (empat)", "27 (dua puluh tujuh)")."""
    end, length = count.end, len(tokens.text)
    if end + 1 < length and tokens.text[end] == "(":
        again = reader.read_at(tokens, end + 1)
        if again is not None and again.end < length and again.value == count.number.value:
            return again.end if tokens.text[again.end][-1] == ")" else end
    return end


def _is_share(context: _Context, end: int) -> bool:
    cue = context.blocks_after.get(end)
    return cue is not None and cue.id_ == SHARE


def _by_start(doc: Doc, family: str) -> dict[int, Cue]:
    """The cues of a family, which do not overlap, by their first token."""
    return {cue.start: cue for cue in cues(doc, family)}


def _by_end(doc: Doc, family: str) -> dict[int, Cue]:
    """The same by the token after them."""
    return {cue.end: cue for cue in cues(doc, family)}


def _skip_currency(tokens: Tokens, i: int) -> int:
    while i < len(tokens) and tokens.lower[i] in {"rp", "."}:
        i += 1
    return i


def _join(low: Reading, high: Reading) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range; a scale said once holds for both ("400-600 ribu")."""
    first, second = low.value, high.value
    if high.scaled and not low.scaled and 0 < first < 1_000 and second >= 1_000:
        scale = Decimal(1_000)
        while first * scale * 1_000 <= second:
            scale *= 1_000
        first = first * scale if first * scale < second else first  # "Rp 100 rupiah sampai Rp 50 ribu"
    return (first, second) if first < second and low.written == high.written else None


def placed(doc: Doc) -> list[Placed]:
    """The numbers of a document in text order, without the spans that :func:`numbers` makes of them."""
    found: list[Placed] | None = remembered(doc, KEY)
    return found or []


def numbers(doc: Doc) -> list[tuple[Span, Number]]:
    """The numbers of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_numbers", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_numbers(nlp: Language, name: str, patterns: str | None) -> Numbers:
    """Factory ``pkh_numbers``."""
    return Numbers(nlp, load_rules(patterns))
