"""Which area a name stands for: by what stands beside it, by the rest of the article, else left open."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from pkh_extract.annotating.places.gazetteer import Gazetteer, is_city, normalise
from pkh_extract.annotating.places.values import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from pkh_extract.annotating.places.mentions import Mention

ALMOST_SAME = 0.93  # … where the name as written is a district elsewhere
SAME_NAME = 0.84  # difflib's ratio from which two spellings of a district count as one
WEIGHTS = {"dateline": 1.0, "office": 3.0, "at": 2.0, "plain": 1.0, "whole": 2.0, "venue": 0.5, "organisation": 1.0,
           "from": 0.5, "to": 0.5, "name": 0.0}  # fmt: skip
DOMINANT = 2  # how many times as often one sense must be named as another to be the article's sense


def level_of(code: str) -> Level:
    """The level of a code."""
    return "province" if len(code) == 2 else "regency" if len(code) == 5 else "district"


def common(codes: Iterable[str]) -> str | None:
    """The narrowest area that contains all codes: their province, or ``None``."""
    provinces = {code[:2] for code in codes}
    return provinces.pop() if len(provinces) == 1 else None


class Resolver:
    """Decides all mentions of one document."""

    def __init__(self, doc: Doc, mentions: list[Mention], gazetteer: Gazetteer, civil: Counter[str]) -> None:
        self.doc = doc
        self.mentions = mentions
        self.gazetteer = gazetteer
        self.civil = civil  # how often the text names heads and offices of a kota, of a kabupaten
        self.codes: dict[int, str | None] = {}
        self.narrowed: dict[int, tuple[str, ...]] = {}

    def resolve(self) -> None:
        """Fill ``codes`` and ``narrowed`` by index of the mention."""
        self._seats_as_districts()
        for index, mention in enumerate(self.mentions):
            self.narrowed[index] = self._by_hint(mention)
        for index, codes in self.narrowed.items():
            if len(codes) == 1 and len(codes[0]) < 8:
                self.codes[index] = codes[0]
        for wanted in (False, True):  # regencies before districts, which lean on them
            for index, mention in enumerate(self.mentions):
                if index not in self.codes and (mention.hint == "district") == wanted:
                    self.codes[index] = self._district(index) if wanted else self._regency(index)

    def _seats_as_districts(self) -> None:
        """A seat's name that is also a district of a regency named in the article is that district."""
        named = {
            mention.codes[0]
            for mention in self.mentions
            if len(mention.codes) == 1 and len(mention.codes[0]) == 5 and not mention.seat
        }
        for mention in self.mentions:
            if mention.seat and not named.intersection(mention.codes):
                key = normalise(self.doc[mention.name_start : mention.end].text)
                codes = self.gazetteer.districts.get(key, ())
                close = [code for regency in sorted(named) if (code := self._close(mention, regency, ALMOST_SAME))]
                if named.intersection(code[:5] for code in codes) or close:
                    mention.codes, mention.hint = tuple(sorted({*codes, *close})), "district"

    def regencies(self) -> set[str]:
        """The regencies in which the article's districts may lie: those it surely names or speaks from."""
        kinds = {"office", "at", "dateline", "plain", "whole", "venue", "organisation"}
        found: set[str] = set()
        for index, mention in enumerate(self.mentions):
            code = self.codes.get(index)
            if code is not None and len(code) >= 5 and mention.kind in kinds:
                found.add(code[:5])
        return found

    # -- regencies and provinces ------------------------------------------------------------------------------------

    def _by_hint(self, mention: Mention) -> tuple[str, ...]:
        """The candidates that agree with the level word or office beside the name."""
        codes = mention.codes
        hint = mention.hint
        if hint is None and mention.link is not None and len(codes) > 1 and mention.link.hint != "district":
            hint = mention.link.hint
        if hint == "district":
            return codes
        fits = {
            "kota": lambda code: len(code) == 5 and is_city(code),
            "kabupaten": lambda code: len(code) == 5 and not is_city(code),
            "regency": lambda code: len(code) == 5,
            "province": lambda code: len(code) == 2,
        }.get(hint or "")
        if fits is None:
            return codes
        return tuple(code for code in codes if fits(code)) or codes

    def _regency(self, index: int) -> str | None:
        codes = self.narrowed[index]
        if not codes:
            return None
        for choose in (self._by_neighbour, self._by_article, self._by_civil, self._by_province):
            chosen = choose(index, codes)
            if chosen is not None:
                return chosen
        return None

    def _by_neighbour(self, index: int, codes: tuple[str, ...]) -> str | None:
        """The other part of an address: "Bandung, Jawa Barat", "Kecamatan Lembang, Bandung"."""
        mention = self.mentions[index]
        following = [i for i, other in enumerate(self.mentions) if other.link is mention]
        before = [i for i, other in enumerate(self.mentions) if other is mention.link]
        for other in (*following, *before):
            inner = [code for code in self.narrowed.get(other, ()) if code]
            if not inner:
                continue
            if len(inner[0]) == 2 and len(inner) == 1:
                fitting = [code for code in codes if code[:2] == inner[0] and len(code) > 2]
            elif len(inner[0]) == 8:
                regencies = {code[:5] for code in inner}
                fitting = [code for code in codes if code in regencies]
            else:
                continue
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _by_article(self, index: int, codes: tuple[str, ...]) -> str | None:
        """One sense per article: the one that is named outright elsewhere."""
        named: Counter[str] = Counter()
        for i, other in enumerate(self.mentions):
            code = self.codes.get(i)
            if i != index and code is not None and other.kind != "name":
                if code in codes and len(self.narrowed[i]) == 1:
                    named[code] += 1
                elif len(code) == 8 and code[:5] in codes and len(self.narrowed[i]) == 1:
                    named[code[:5]] += 1
        ranked = named.most_common(2)
        if not ranked:
            return None
        if len(ranked) == 1 or ranked[0][1] >= DOMINANT * ranked[1][1]:
            return ranked[0][0]
        return None

    def _by_civil(self, index: int, codes: tuple[str, ...]) -> str | None:
        """ "Bupati", "Pemkab" and "Korkab" speak of a kabupaten, "Wali Kota" and "Pemkot" of a kota."""
        regencies = [code for code in codes if len(code) == 5]
        cities = [code for code in regencies if is_city(code)]
        rural = [code for code in regencies if not is_city(code)]
        if len(cities) == 1 and len(rural) == 1 and any(len(code) == 2 for code in codes):
            return None
        if len(cities) == 1 and len(rural) == 1 and cities[0][:2] == rural[0][:2]:
            kota, kabupaten = self.civil["kota"], self.civil["kabupaten"]
            if kota and not kabupaten:
                return cities[0]
            if kabupaten and not kota:
                return rural[0]
        return None

    def _by_province(self, index: int, codes: tuple[str, ...]) -> str | None:
        """The candidate in the province of which the article speaks."""
        weights = self._province_weights(index)
        by_province: dict[str, list[str]] = {}
        for code in codes:
            by_province.setdefault(code[:2], []).append(code)
        if len(by_province) < 2:
            return None
        ranked = sorted(by_province, key=lambda province: -weights.get(province, 0.0))
        best, second = weights.get(ranked[0], 0.0), weights.get(ranked[1], 0.0)
        if best > 0 and best >= DOMINANT * second and len(by_province[ranked[0]]) == 1:
            return by_province[ranked[0]][0]
        return None

    def _province_weights(self, index: int | None = None) -> dict[str, float]:
        weights: dict[str, float] = {}
        for i, other in enumerate(self.mentions):
            code = self.codes.get(i)
            if code is not None and i != index and code != "31" and other.hint != "district":
                weights[code[:2]] = weights.get(code[:2], 0.0) + WEIGHTS[other.kind]
        return weights

    # -- districts --------------------------------------------------------------------------------------------------

    def _district(self, index: int) -> str | None:
        mention = self.mentions[index]
        codes = self.narrowed[index]
        regencies = self._regency_weights(index)
        inside = sorted((code for code in codes if code[:5] in regencies), key=lambda code: -regencies[code[:5]])
        if inside:
            if len(inside) == 1 or regencies[inside[0][:5]] > regencies[inside[1][:5]]:
                return inside[0]
            return None
        if (close := self._misspelt(mention, regencies, SAME_NAME if not codes else ALMOST_SAME)) is not None:
            return close
        provinces = self._province_weights(index)
        inside = [code for code in codes if code[:2] in provinces] if provinces else list(codes)
        return inside[0] if len(inside) == 1 and mention.explicit else None

    def _regency_weights(self, index: int) -> dict[str, float]:
        """How much speaks for each regency as the one the district lies in; a neighbour in an address most."""
        weights: dict[str, float] = {}
        mention = self.mentions[index]
        for i, other in enumerate(self.mentions):
            code = self.codes.get(i)
            candidates = [code] if code is not None else [c for c in self.narrowed[i] if len(c) == 5]
            for candidate in candidates:
                if len(candidate) < 5 or i == index or other.hint == "district":
                    continue
                near = 50.0 if other.link is mention or other is mention.link else 0.0
                near += 5.0 if other.hint == "kabupaten" and code else 0.0
                weight = (WEIGHTS[other.kind] + near) / len(candidates)
                weights[candidate[:5]] = weights.get(candidate[:5], 0.0) + weight
        return weights

    def _misspelt(self, mention: Mention, regencies: dict[str, float], cutoff: float) -> str | None:
        """A district of the article's regency whose registered name is spelt a little differently."""
        if not regencies:
            return None
        regency = max(regencies, key=lambda code: regencies[code])
        return self._close(mention, regency, cutoff)

    def _close(self, mention: Mention, regency: str, cutoff: float) -> str | None:
        known = self.gazetteer.by_regency.get(regency, {})
        written = normalise(self.doc[mention.name_start : mention.end].text)
        close = difflib.get_close_matches(written, known, n=2, cutoff=cutoff) if 5 <= len(written) <= 40 else []
        return known[close[0]] if len(close) == 1 else None
