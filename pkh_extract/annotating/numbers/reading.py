"""From tokens to integers: digits in every local style, number words, scale words.

Sources of the rules: Ejaan yang Disempurnakan (EYD edisi V, 2022) for full stops in thousands and the decimal comma;
newspapers use both the other way round, and write scale words that the digits have in them already
("4.760.320 juta orang").
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pkh_extract.annotating.tokens import Tokens, tokens_of
from pkh_extract.rules import RuleSet

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST_KEPT = 10_000  # readings of digits
MAX_DIGITS = 18  # longer runs are identity or account numbers
GROUP = 3
TENS = {"puluh": 10, "ratus": 100, "puluhan": 10, "ratusan": 100}
TEENS = {"belas", "belasan"}
POINTS = {".", ","}
CURRENCY = {"rp", "rp.", "rpp", "rprp", "idr"}
UNSCALED = (1, "")
REDUNDANT = {1_000: 10_000, 1_000_000: 100_000, 1_000_000_000: 1_000_000_000, 1_000_000_000_000: 10**12}


class Reading(NamedTuple):
    """A number that begins at some token: its value, the token after it, how it is written, the rules used."""

    value: Decimal
    end: int
    written: str
    scaled: bool = False
    rules: tuple[tuple[str, int, int], ...] = ()  # rule, first token, end token


class Reader:
    """Reads numbers at a token. Built once from the rules of families ``number_word`` and ``number_scale``."""

    def __init__(self, rules: RuleSet) -> None:
        self.words: dict[str, tuple[int, str]] = {}
        for rule in rules.family("number_word"):
            for word, value in rule.get("values", {}).items():
                self.words[word] = (int(value), rule.id)
        self.digits = {word: value for word, (value, _) in self.words.items() if value < 10} | {"nol": 0}
        self.fused = {unit + tail: (unit, tail) for unit in self.digits for tail in (*TENS, *TEENS, "ribu", "juta")}
        self.scales: dict[str, tuple[int, str]] = {}
        for rule in rules.family("number_scale"):
            for phrase in rule.phrases:
                self.scales[phrase] = (int(rule.get("value")), rule.id)
        self.short: dict[str, tuple[int, str]] = {}  # scales that only money has: "Rp 154 M"
        for rule in rules.family("money_scale"):
            for letter, scale in rule.get("scales", {}).items():
                self.short[letter] = (int(scale), rule.id)
        self.openers = frozenset({*self.words, *self.fused, "setengah"})

    def is_word(self, word: str) -> bool:
        """Is the word, in lower case, of a number: "dua", "belas", "juta"?"""
        return word in self.openers or word in self.scales or word in TENS or word in TEENS

    def read(self, doc: Doc, start: int) -> Reading | None:
        """The number that begins at token ``start`` of a document, or ``None``."""
        return self.read_at(tokens_of(doc), start)

    def read_at(self, tokens: Tokens, start: int, money: bool = False) -> Reading | None:
        """The number that begins at token ``start``, or ``None``; ``money``: a sign of currency is known to belong to
        it."""
        word = tokens.words[start]
        if word.numeral:
            reading = self._digits(tokens, start)
            if reading is not None and reading.end < len(tokens.text) and tokens.lower[reading.end] in self.short:
                return self._of_money(reading, tokens, start) if money or in_currency(tokens, start) else reading
            return self._scaled(tokens, reading, start)
        return self._words(tokens, start) if word.lower in self.openers else None

    def _digits(self, tokens: Tokens, start: int) -> Reading | None:
        """Digits, joined over a blank where the papers split them ("10. 824", "9 623", "1.200 000")."""
        text, end = tokens.text[start], start + 1
        if not text.isascii() or (len(text) > MAX_DIGITS and sum(map(str.isdecimal, text)) > MAX_DIGITS):
            return None
        if text.startswith("0") and text[:4].isdecimal() and len(text) > GROUP:
            return None  # a telephone or account number
        if not text.startswith("0"):
            while (step := _continuation(tokens, start, end)) and len(text) < MAX_DIGITS:
                text, end = f"{text}.{tokens.text[step]}", step + 1
        scale = self.scales.get(tokens.lower[end], UNSCALED)[0] if end < len(tokens.text) else 1
        value = parse_digits(text, scale)
        return None if value is None else Reading(value, end, "digits")

    def _scaled(self, tokens: Tokens, reading: Reading | None, start: int) -> Reading | None:
        """The reading with the scale word(s) after it ("1,2 juta", "200-an ribu", "246 juta 262 ribu 500"); a
        redundant scale is passed over."""
        if reading is None:
            return None
        lower, end = tokens.lower, reading.end
        if end < len(lower) and (ten := TENS.get(lower[end])) and reading.value < 10:
            rule = self.words[lower[end]][1]  # "3 ratus ribu"
            reading = Reading(reading.value * ten, end + 1, "digits", True, ((rule, start, end + 1),))
            end += 1
        if lower[end : end + 2] == ["-", "an"]:
            end += 2
        if end >= len(lower) or lower[end] not in self.scales:
            return reading
        scale, rule = self.scales[lower[end]]
        value = reading.value if reading.value >= REDUNDANT.get(scale, scale) else reading.value * scale
        end += 1
        more = self._smaller(tokens, end, scale)
        if more is not None:
            value, end = value + more[0], more[1]
        return Reading(value, end, "digits", True, ((rule, start, end),))

    def _of_money(self, reading: Reading, tokens: Tokens, start: int) -> Reading:
        """ "Rp 154 M", "Rp 1,5 M": the short scale behind an amount multiplies it."""
        scale, rule = self.short[tokens.lower[reading.end]]
        end = reading.end + 1
        return Reading(reading.value * scale, end, "digits", True, ((rule, start, end),))

    def _smaller(self, tokens: Tokens, start: int, above: int) -> tuple[Decimal, int] | None:
        """What goes on after "246 juta": "262 ribu", and after that "500" before "rupiah"; value and end."""
        if start + 1 >= len(tokens.text) or not tokens.words[start].is_digit or len(tokens.text[start]) > GROUP:
            return None
        value, after = Decimal(tokens.text[start]), tokens.lower[start + 1]
        if after in self.scales and self.scales[after][0] < above:
            more = self._smaller(tokens, start + 2, self.scales[after][0])
            scaled = value * self.scales[after][0]
            return (scaled + more[0], more[1]) if more is not None else (scaled, start + 2)
        return (value, start + 1) if after == "rupiah" else None

    def _words(self, tokens: Tokens, start: int) -> Reading | None:
        """Number words: groups up to 999, each with its scale ("dua ribu seratus lima", "satu setengah juta"); words
        may be fused ("tigapuluh lima")."""
        total = group = last = Decimal(0)
        used: list[str] = []
        i, scaled = start, False
        while i < len(tokens.text):
            parts = self.fused.get(tokens.lower[i], (tokens.lower[i],))
            if parts == ("koma",) and group and (fraction := self._fraction(tokens, i + 1)) is not None:
                group, last, i = group + fraction[0], Decimal(0), fraction[1]
                continue
            for word in parts:
                if word == "setengah":
                    group, last = group + Decimal("0.5"), Decimal(0)
                elif word in TENS or word in TEENS:
                    if not last:
                        break
                    value, rule = self.words[word]
                    group += last * (value - 1) if word in TENS else value
                    last = Decimal(0)
                    used.append(rule)
                elif word in self.words and not last:  # two units in a row are two numbers
                    value, rule = self.words[word]
                    if value >= 1_000:  # "sejuta dua ratus ribu": a group of its own
                        total, scaled = total + group + value, value > 1_000 or scaled
                        used.append(rule)
                        continue
                    group += value
                    last = Decimal(value) if value < 10 else Decimal(0)
                    used.append(rule)
                elif word in self.scales and group:
                    total, group, last = total + group * self.scales[word][0], Decimal(0), Decimal(0)
                    used.append(self.scales[word][1])
                    scaled = True
                else:
                    break
            else:
                i += 1
                continue
            break
        total += group
        if i == start or not total:
            return None
        return Reading(total, i, "words", scaled, tuple((rule, start, i) for rule in dict.fromkeys(used)))

    def _fraction(self, tokens: Tokens, start: int) -> tuple[Decimal, int] | None:
        """What stands behind "koma", digit by digit ("dua lima": 0.25), and its end."""
        end = start
        while end < len(tokens.text) and end - start < GROUP and tokens.lower[end] in self.digits:
            end += 1
        if end == start:
            return None
        digits = "".join(str(self.digits[word]) for word in tokens.lower[start:end])
        return Decimal(f"0.{digits}"), end


def in_currency(tokens: Tokens, start: int) -> bool:
    """Does a sign of currency lead to the number at a token ("Rp. 2000")?"""
    signed = start - 1 - (start > 1 and tokens.text[start - 1] == ".")
    return start > 0 and tokens.lower[signed] in CURRENCY


def _continuation(tokens: Tokens, start: int, end: int) -> int | None:
    """The token that continues a number which a blank has split, or ``None``."""
    text, blank, after = tokens.text, tokens.blank, end
    if after >= len(text):
        return None
    if text[after] in POINTS and not blank[after - 1]:
        after += 1
        if not blank[after - 1]:
            return None
    elif not blank[after - 1]:
        return None
    elif text[after] in POINTS and not blank[after]:
        after += 1  # "10 .946"
    if after >= len(text) or not tokens.words[after].numeral:
        return None
    more, begun = text[after], tokens.words[start].is_digit
    if not all(len(part) == GROUP and part.isdecimal() for part in more.replace(",", ".").split(".")):
        return None
    if end - start == 1 and len(text[start]) > GROUP and begun and more != "000":
        return None  # "tahun 2019 300 KPM", but "2400. 000"
    if after == end and more.count(".") + more.count(",") >= (2 if begun else 1):
        return None  # two columns of a table: "1.234 925.500.000"
    if after == end and start > 0 and tokens.words[start - 1].is_alpha and text[start - 1].isupper():
        return None  # "RW 12 100 KK"
    return after


@lru_cache(maxsize=MOST_KEPT)  # the same years and small numbers stand in article after article
def parse_digits(text: str, scale: int = 1) -> Decimal | None:
    """Digits with separators to a value; ``scale`` is that of the word after them, which decides what "58,314" is.

    >>> parse_digits("14.608.310.425"), parse_digits("2,941"), parse_digits("58,314", 10**9), parse_digits("600.000,00")
    (Decimal('14608310425'), Decimal('2941'), Decimal('58.314'), Decimal('600000.00'))
    """
    parts = text.replace(",", ".").split(".")
    marks = [char for char in text if char in ".,"]
    if not all(part.isdecimal() for part in parts):
        return None
    if not marks:
        return Decimal(text)
    if len(marks) == 1:
        decimal = len(parts[1]) != GROUP or (scale >= 10**9) or (scale >= 10**6 and marks[0] == ",") or parts[0] == "0"
        if scale == 1_000 and len(parts[1]) == GROUP and parts[0] != "0":
            decimal = False
        if scale == 10**6 and len(parts[0]) == GROUP and parts[1] != "000":
            decimal = True  # "735.950 juta": nobody writes 735 billion that way
        return Decimal(".".join(parts)) if decimal else Decimal("".join(parts))
    if len(parts[-1]) <= 2 and all(len(part) == GROUP for part in parts[1:-1]) and marks[-1] != marks[0]:
        return Decimal("".join(parts[:-1]) + "." + parts[-1])
    if len(parts[-1]) != GROUP:
        return None
    return Decimal("".join(parts))
