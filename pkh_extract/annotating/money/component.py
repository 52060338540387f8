"""Component ``pkh_money``: rupiah amounts, with or without "Rp", and what they are.

``doc.spans["pkh_money"]``: spans with sign and scale ("Rp14.608.310.425", "6,5 miliar rupiah"), value
:class:`~pkh_extract.annotating.money.values.Money`. A number without a sign is money where it is scaled to millions,
counts nobody and stands with a word for money.
"""

from __future__ import annotations

import itertools
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.cueing import Cueing
from pkh_extract.annotating.document import Cue, accept, group, new_span, register, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.money.values import Money
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.numbers.component import placed
from pkh_extract.annotating.numbers.reading import Reader
from pkh_extract.annotating.numbers.values import Number
from pkh_extract.annotating.programs import programs
from pkh_extract.annotating.tables import Cell, cell_of, cells
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_money"
MILLION, BILLION = 10**6, 10**9  # a billion of anything in these reports is rupiah
LEAST = 100  # rupiah; "satu rupiah pun" is no amount
OTHER, LARGE, SMALL = "money_kind.other", "money_kind.large", "money_kind.small"  # what no word tells
TAKEN = {"loss"}  # kinds of money in an article of which nothing is said by size alone
NUMBER = "number.read"
BEFORE, AFTER = "money_sign.before", "money_sign.after"
BOUNDS = {"lebih", "an"}  # may end a number, or begin what is counted ("10 juta lebih Keluarga …")
HINT_REACH = 8  # tokens
IN_WORDS = 25  # tokens of a bracket that tells an amount in words
Found = tuple[int, int, Number]  # first token of an amount, the token after it, its number


class MoneyFinder:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.reader = Reader(rules)
        self.kinds = {rule.id: rule.get("kind") for rule in rules.family("money_kind")}
        hints = rules.family("money_hint")
        self.hint_sizes = {rule.id: int(rule.get("max")) for rule in hints if rule.get("max")}
        self.hint_reaches = {rule.id: int(rule.get("reach")) for rule in hints if rule.get("reach")}
        self.sizes: dict[str, tuple[int, int]] = {
            rule.id: (int(rule.get("min", 0)), int(rule.get("max", 10**18))) for rule in rules.family("money_kind")
        }
        self.weights = {rule.id: float(rule.get("weight", 1)) for rule in rules.family("money_kind")}

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        page = _Page(doc)
        found = self._amounts(page)
        if not found:
            doc.spans[KEY] = []
            return doc
        cueing = Cueing(doc, [start for start, _, _ in found])
        kinds = Nearby(cues(doc, "money_kind"))
        taken = any(self.kinds[cue.id_] in TAKEN for cue in kinds.spans)
        spans = []
        for start, end, number in found:
            cue = self._kind(doc, start, end, number, kinds, cueing)
            rule = cue.id_ if cue is not None else OTHER if taken else self._by_size(doc, start, number)
            money = Money(number.value, number.value_max, number.qualifier, self.kinds.get(rule, "other"), rule)
            spans.append(new_span(doc, start, end, "money", rule, money))
            signs = page.credits.get(start, ())
            accept(doc, *(new_span(doc, start, end, f"money_part_{i}", sign, money) for i, sign in enumerate(signs)))
        doc.spans[KEY] = spans
        return doc

    def _kind(self, doc: Doc, start: int, end: int, number: Number, kinds: Nearby, cueing: Cueing) -> Cue | None:
        """The cue that says what an amount is; in a table that of its column's head, or the last in the text above."""

        def best(first: int, last: int) -> Cue | None:
            fitting = [cue for cue in kinds.around(first, last) if self._fits(cue.id_, number)]
            return cueing.best(fitting, first, last, lambda cue: self.weights[cue.id_])

        if (found := best(start, end)) is not None or (cell := cell_of(doc[start:end])) is None:
            return found
        if cell.head is not None and (found := best(*cell.head)) is not None:
            return found
        above = [cue for cue in kinds.between(*cell.intro) if self._fits(cue.id_, number)]
        return above[-1] if above else None

    def _by_size(self, doc: Doc, start: int, number: Number) -> str:
        """The rule of an amount of which no word tells what it is, by its size, in an article on aid."""
        if not programs(doc):
            return OTHER
        first, last = tokens_of(doc).sentence_at(start)
        apart = Nearby(cues(doc, "money_apart")).between(first, last)
        if apart:
            accept(doc, *apart)
            return OTHER
        return next((rule for rule in (LARGE, SMALL) if rule in self.kinds and self._fits(rule, number)), OTHER)

    def _fits(self, rule: str, number: Number) -> bool:
        """May an amount of this size be of the rule's kind? No household gets 50 million, no total is below five."""
        least, most = self.sizes[rule]
        return least <= number.value <= most

    def _amounts(self, page: _Page) -> list[Found]:
        """Start and end token of each amount with its number; ``page.credits`` takes what made it money."""
        found: list[Found] = []
        read: set[int] = set()
        for start, end, number in placed(page.doc):
            read.add(start)
            if number.written == "words" and found and self._in_words(page, found[-1][1], start):
                continue
            if signs := page.signs(start, end, number):
                start, end = min(start, signs[0].start), max(end, signs[-1].end)
                if number.value < LEAST:
                    continue
                page.credits[start] = [sign.id_ for sign in signs]
                found.append((start, end, number))
                continue
            cell = page.cells.get(start)
            if cell is not None and cell.head is not None:
                rule = page.head(cell.head) if cell.money and not number.blocked else None
            else:
                rule = self._hinted(page, start, end, number, found)
            if rule is not None:
                page.credits[start] = [rule]
                found.append((start, end, number))
        return sorted(found, key=lambda amount: amount[0])

    def _in_words(self, page: _Page, end: int, start: int) -> bool:
        """Does the number stand in a bracket that tells the amount which ends at ``end`` in words? A word lost there
        makes no second amount: "Rp1.426.250.000 (satu miliar empat ratus enam dua ratus lima puluh ribu rupiah)"."""
        tokens = page.tokens
        opened = next((at for at in range(end, min(end + 3, start)) if tokens.text[at] == "("), None)
        if opened is None or start - opened > IN_WORDS:
            return False
        words = itertools.takewhile(lambda word: word != ")", tokens.lower[opened + 1 : opened + IN_WORDS])
        return all(self.reader.is_word(word) or word in {"rupiah", "rp", "."} for word in words)

    def _hinted(self, page: _Page, start: int, end: int, number: Number, found: list[Found]) -> str | None:
        """The rule of the word that makes an unsigned number money: that of the number itself where its size does, and
        an empty one where the amount just before it does."""
        tokens = page.tokens
        written = number.scaled or _is_grouped(tokens.text[start])
        large = written and number.value >= MILLION and number.written != "words" and not number.blocked
        factor = _is_factor(tokens.lower[end : end + 5])
        if not (large or factor) or end in page.counted:
            return None
        if factor:
            return NUMBER
        if tokens.lower[end - 1] in BOUNDS and end < len(tokens) and tokens.words[end].is_title:
            return None
        first, last = tokens.sentence_at(start)
        if found and found[-1][0] >= first and start - found[-1][1] <= 3:
            return ""  # "300 juta, 200 juta"
        for hint in page.hints.around(start, end):
            if (
                first <= hint.start
                and hint.end <= last
                and number.value <= self.hint_sizes.get(hint.id_, number.value)
                and _beside(hint, start, end, self.hint_reaches.get(hint.id_, HINT_REACH))
            ):
                return hint.id_
        return NUMBER if number.scaled and number.value >= BILLION else None


class _Page:
    """What one document has of money: the signs by the token they lead to or follow, and, worked out when first asked
    for, the other cues. ``credits``: first token of an amount -> the rules that made it money."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.tokens = doc, tokens_of(doc)
        signs = cues(doc, "money_sign")
        self.before = {cue.end: cue for cue in signs if cue.id_ == BEFORE}
        self.after = {cue.start: cue for cue in signs if cue.id_ == AFTER}
        self.credits: dict[int, list[str]] = {}

    def signs(self, start: int, end: int, number: Number) -> list[Cue]:
        """The signs before, inside ("225 ribu sampai Rp3 juta") and behind a number ("9.800.000, rupiah")."""
        inside = self.before.get(start) or next(
            (self.before[at] for at in range(start + 1, end) if at in self.before), None
        )
        behind = self.after.get(end)
        if behind is None and number.value >= MILLION and self.tokens.text[end : end + 1] == [","]:
            behind = self.after.get(end + 1)
        return [sign for sign in (inside, behind) if sign is not None]

    @cached_property
    def cells(self) -> dict[int, Cell]:
        """The cells of tables and lists by the first token of their number."""
        return cells(self.doc)

    @cached_property
    def counted(self) -> set[int]:
        """Where nouns of what numbers count begin."""
        return {cue.start for cue in cues(self.doc, "people_role", "kpm_unit", "figure_classifier")}

    @cached_property
    def hints(self) -> Nearby:
        """The words that make a number money without a sign."""
        return Nearby(cues(self.doc, "money_hint"))

    @cached_property
    def _heads(self) -> Nearby:
        return Nearby(cues(self.doc, "money_sign", "money_hint"))

    def head(self, place: tuple[int, int]) -> str:
        """The rule of the sign or word that makes a table's column one of money."""
        return self._heads.between(*place)[0].id_


def _beside(hint: Cue, start: int, end: int, reach: int) -> bool:
    """Does the hint stand within ``reach`` tokens before the number, or half of that after it?"""
    return 0 <= start - hint.end <= reach or (reach > 4 and 0 <= hint.start - end <= reach // 2)


def _is_grouped(text: str) -> bool:
    """Is it written in digits by threes ("9.800.000")?"""
    groups = text.split(".")
    return len(groups) > 2 and all(len(group) == 3 for group in groups[1:])


def _is_factor(after: list[str]) -> bool:
    """Is the number before these words multiplied into an amount ("200.000 x 3 Rp 600.000")?"""
    return len(after) > 2 and after[0] in {"x", "×"} and after[1].isdecimal() and "rp" in after[2:]


def amounts(doc: Doc) -> list[tuple[Span, Money]]:
    """The amounts of a document in text order, each with its value."""
    return [(span, value_of(span)) for span in group(doc, KEY)]


@Language.factory("pkh_money", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_money(nlp: Language, name: str, patterns: str | None) -> MoneyFinder:
    """Factory ``pkh_money``."""
    return MoneyFinder(nlp, load_rules(patterns))
