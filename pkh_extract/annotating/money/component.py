"""Component ``pkh_money``: rupiah amounts, with or without "Rp", and what they are.

``doc.spans["pkh_money"]``: spans with sign and scale ("Rp14.608.310.425", "6,5 miliar rupiah"), value
:class:`~pkh_extract.annotating.money.values.Money`. A number without a sign is money where it is scaled to millions,
counts nobody and stands with a word for money.
"""

from __future__ import annotations

from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import Cueing
from pkh_extract.annotating.document import accept, group, new_span, register, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.money.values import Money
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.numbers.component import numbers
from pkh_extract.annotating.numbers.reading import Reader
from pkh_extract.annotating.numbers.values import Number
from pkh_extract.annotating.tables import cell_of, cells
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_money"
MILLION, BILLION = 10**6, 10**9  # a billion of anything in these reports is rupiah
DEFAULT = "money_kind.other"


class MoneyFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.reader = Reader(rules)
        self.short: dict[str, tuple[int, str]] = {
            letter: (int(scale), rule.id)
            for rule in rules.family("money_scale")
            for letter, scale in rule.get("scales", {}).items()
        }
        self.kinds = {rule.id: rule.get("kind") for rule in rules.family("money_kind")}
        hints = rules.family("money_hint")
        self.hint_sizes = {rule.id: int(rule.get("max")) for rule in hints if rule.get("max")}
        self.hint_reaches = {rule.id: int(rule.get("reach")) for rule in hints if rule.get("reach")}
        self.sizes: dict[str, tuple[int, int]] = {
            rule.id: (int(rule.get("min", 0)), int(rule.get("max", 10**18))) for rule in rules.family("money_kind")
        }
        self.weights = {rule.id: float(rule.get("weight", 1)) for rule in rules.family("money_kind")}

    def __call__(self, doc: Doc) -> Doc:
        credits: list[tuple[int, Span]] = []
        found = self._amounts(doc, credits)
        cueing = Cueing(doc, [start for start, _, _ in found])
        kinds = Nearby(cues(doc, "money_kind"))
        spans = []
        for start, end, number in found:
            cue = self._kind(doc, start, end, number, kinds, cueing)
            rule = DEFAULT if cue is None else cue.id_
            money = Money(number.value, number.value_max, number.qualifier, self.kinds.get(rule, "other"), rule)
            spans.append(new_span(doc, start, end, "money", rule, money))
            signs = [sign.id_ for at, sign in credits if at == start]
            accept(doc, *(new_span(doc, start, end, f"money_part_{i}", sign, money) for i, sign in enumerate(signs)))
        doc.spans[KEY] = spans
        return doc

    def _kind(self, doc: Doc, start: int, end: int, number: Number, kinds: Nearby, cueing: Cueing) -> Span | None:
        """The cue that says what an amount is; in a table that of its column's head, or the last in the text above."""

        def best(first: int, last: int) -> Span | None:
            fitting = [cue for cue in kinds.around(first, last) if self._fits(cue.id_, number)]
            return cueing.best(fitting, first, last, lambda cue: self.weights[cue.id_])

        cell = cell_of(doc[start:end])
        if cell is None or (found := best(start, end)) is not None:
            return best(start, end) if cell is None else found
        if cell.head is not None and (found := best(*cell.head)) is not None:
            return found
        above = [cue for cue in kinds.between(*cell.intro) if self._fits(cue.id_, number)]
        return above[-1] if above else None

    def _fits(self, rule: str, number: Number) -> bool:
        """May an amount of this size be of the rule's kind? No household gets 50 million, no total is below five."""
        least, most = self.sizes[rule]
        return least <= number.value <= most

    def _amounts(self, doc: Doc, credits: list[tuple[int, Span]]) -> list[tuple[int, int, Number]]:
        """Start and end token of each amount with its number; ``credits`` collects what made it money."""
        before = {span.end: span for span in cues(doc, "money_sign") if span.id_ == "money_sign.before"}
        after = {span.start: span for span in cues(doc, "money_sign") if span.id_ == "money_sign.after"}
        counted = {span.start for span in cues(doc, "people_role", "kpm_unit", "figure_classifier")}
        hints = Nearby(cues(doc, "money_hint"))
        heads = Nearby(cues(doc, "money_sign", "money_hint"))
        found: list[tuple[int, int, Number]] = []
        read: set[int] = set()
        for span, number in numbers(doc):
            start, end = span.start, span.end
            signs = [sign for sign in (before.get(start), after.get(end)) if sign is not None]
            read.add(start)
            cell = cells(doc).get(start)
            if not signs and cell is not None and cell.head is not None:
                if cell.money and not number.blocked:
                    sign = next(cue for cue in heads.between(*cell.head))
                    credits.append((start, sign))
                    found.append((start, end, number))
                continue
            if not signs:
                hint = self._hinted(doc, span, number, hints, found) if end not in counted else None
                if hint is None:
                    continue
                credits.append((start, hint))
                found.append((start, end, number))
                continue
            start, end = min(start, signs[0].start), max(end, signs[-1].end)
            number, end = self._short_scale(doc, number, end)
            credits.extend((start, sign) for sign in signs)
            found.append((start, end, number))
        found += [amount for end, sign in before.items() if end not in read and (amount := self._decimal(doc, sign))]
        return sorted(found, key=lambda amount: amount[0])

    def _short_scale(self, doc: Doc, number: Number, end: int) -> tuple[Number, int]:
        """ "Rp 154 M": the short scale multiplies."""
        if end < len(doc) and not number.scaled and (short := self.short.get(doc[end].lower_)) is not None:
            scaled = Number(number.value * short[0], None, number.qualifier, number.written, True)
            accept(doc, new_span(doc, end - 2 if end > 1 else 0, end + 1, "money_scale", short[1], scaled))
            return scaled, end + 1
        return number, end

    def _decimal(self, doc: Doc, sign: Span) -> tuple[int, int, Number] | None:
        """ "Rp 1,5 M": a fraction that only the short scale makes whole."""
        reading = self.reader.read(doc, sign.end) if sign.end < len(doc) else None
        if reading is None or reading.end >= len(doc) or (short := self.short.get(doc[reading.end].lower_)) is None:
            return None
        value = reading.value * Decimal(short[0])
        if value != value.to_integral_value() or value <= 0:
            return None
        accept(doc, new_span(doc, sign.start, reading.end + 1, "money_scale", short[1]))
        return sign.start, reading.end + 1, Number(int(value), scaled=True)

    def _hinted(
        self, doc: Doc, span: Span, number: Number, hints: Nearby, found: list[tuple[int, int, Number]]
    ) -> Span | None:
        """The word (or the amount just before) that makes an unsigned number money."""
        if _factor(doc, span):
            return span
        if number.blocked or not number.scaled or number.value < MILLION or number.written == "words":
            return None
        if doc[span.end - 1].lower_ in {"lebih", "an"} and span.end < len(doc) and doc[span.end].is_title:
            return None
        sentence = span.sent
        if found and found[-1][0] >= sentence.start and span.start - found[-1][1] <= 3:
            return doc[found[-1][0] : found[-1][1]]  # "300 juta, 200 juta"
        near = hints.around(span.start, span.end)
        near = [hint for hint in near if sentence.start <= hint.start and hint.end <= sentence.end]
        near = [hint for hint in near if number.value <= self.hint_sizes.get(hint.id_, number.value)]
        near = [hint for hint in near if _beside(hint, span, self.hint_reaches.get(hint.id_, 8))]
        if near:
            return near[0]
        return span if number.value >= BILLION else None


def _beside(hint: Span, span: Span, reach: int) -> bool:
    """Does the hint stand within ``reach`` tokens before the number, or half of that after it?"""
    return 0 <= span.start - hint.end <= reach or (reach > 4 and 0 <= hint.start - span.end <= reach // 2)


def _factor(doc: Doc, span: Span) -> bool:
    """Is the number multiplied into an amount ("200.000 x 3 Rp 600.000")?"""
    after = [token.lower_ for token in doc[span.end : span.end + 5]]
    return len(after) > 2 and after[0] in {"x", "×"} and after[1].isdigit() and "rp" in after[2:]


def amounts(doc: Doc) -> list[tuple[Span, Money]]:
    """The amounts of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_money", default_config={"patterns": None})
def make_money(nlp: Language, name: str, patterns: str | None) -> MoneyFinder:
    """Factory ``pkh_money``."""
    return MoneyFinder(nlp, load_rules(patterns))
