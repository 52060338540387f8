"""Which area a name stands for: by what stands beside it, by the rest of the article, else left open."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.gazetteer import is_city, normalise
from pkh_extract.gazetteer.names import DISTRICT, PROVINCE, REGENCY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pkh_extract.annotating.places.context import Context
    from pkh_extract.annotating.places.mentions import Mention

WEIGHTS = {"dateline": 1.0, "office": 3.0, "at": 2.0, "plain": 1.0, "whole": 2.0, "venue": 0.5, "organisation": 1.0,
           "from": 0.5, "to": 0.5, "name": 0.0}  # fmt: skip
KABUPATEN, NEIGHBOUR = 5.0, 50.0  # what "Kabupaten X" and the other part of an address add
LEAST = 0.1  # what speaks for a regency that only a district of it names
FUZZY = 400  # names looked up for a misspelling in one document, at most
LIKELY = 5  # regencies of which the article speaks most, in which a longer name is looked for
MOST = 20  # regencies looked through for a misspelt district
DOMINANT = 2  # how many times as often one sense must be named as another to be the article's sense
SURE = {"office", "at", "dateline", "plain", "whole", "venue", "organisation"}  # kinds that put the article somewhere
FITS: dict[str, Callable[[str], bool]] = {  # does a code agree with what stands beside the name?
    "kota": is_city,
    "kabupaten": lambda code: len(code) == REGENCY and not is_city(code),
    "regency": lambda code: len(code) == REGENCY,
    "province": lambda code: len(code) == PROVINCE,
}


def common(codes: Iterable[str]) -> str | None:
    """The narrowest area that contains all codes: their province, or ``None``."""
    provinces = {code[:2] for code in codes}
    return provinces.pop() if len(provinces) == 1 else None


class Resolver:
    """Decides all mentions of one document."""

    def __init__(self, context: Context, mentions: list[Mention]) -> None:
        self.context = context
        self.tokens = context.tokens
        self.mentions = mentions
        self.gazetteer = context.gazetteer
        self.districts = [mention.codes for mention in mentions if mention.hint == "district" and mention.explicit]
        self.codes: dict[int, str | None] = {}
        self.narrowed: dict[int, tuple[str, ...]] = {}
        self.position: dict[int, int] = {}  # of mentions to which others are linked, by their identity
        self.following: dict[int, list[int]] = {}  # mention -> those linked to it
        if linked := {id(mention.link) for mention in mentions if mention.link is not None}:
            self.position = {id(mention): index for index, mention in enumerate(mentions) if id(mention) in linked}
            for index, mention in enumerate(mentions):
                if mention.link is not None and id(mention.link) in self.position:
                    self.following.setdefault(self.position[id(mention.link)], []).append(index)
        self.named: dict[str, int] = {}  # areas named outright, and how often
        self.provinces: dict[str, float] = {}  # how much speaks for each province
        self.base: dict[str, float] = {}  # how much speaks for each regency
        self.spelt: dict[tuple[str, str, bool], str | None] = {}

    @cached_property
    def _inner(self) -> list[set[str]]:
        """For each village and each district that the text names so, the regencies in which it may lie."""
        villages = map(self.gazetteer.villages.find, map(normalise, self.context.village_names()))
        return [{code[:5] for code in codes} for codes in (*villages, *self.districts)]

    def resolve(self) -> None:
        """Fill ``codes`` and ``narrowed`` by index of the mention."""
        self._seats_as_districts()
        self._namesakes_as_districts()
        for index, mention in enumerate(self.mentions):
            codes = self.narrowed[index] = self._by_hint(mention)
            if len(codes) == 1:
                code = codes[0]
                if mention.kind != "name":
                    self.named[code] = self.named.get(code, 0) + 1
                    if len(code) == DISTRICT:
                        self.named[code[:REGENCY]] = self.named.get(code[:REGENCY], 0) + 1
                if len(code) < DISTRICT:
                    self._decide(index, code)
        open_ones = [index for index in self.narrowed if index not in self.codes]
        for index in open_ones:
            if self.mentions[index].hint != "district":
                self._decide(index, self._regency(index))
        self._weigh_regencies()  # districts lean on regencies
        for index in open_ones:
            if index not in self.codes:
                self._decide(index, self._district(index))

    def _decide(self, index: int, code: str | None) -> None:
        self.codes[index] = code
        mention = self.mentions[index]
        if code is not None and code != "31" and mention.hint != "district":
            self.provinces[code[:2]] = self.provinces.get(code[:2], 0.0) + WEIGHTS[mention.kind]

    def neighbours(self, index: int) -> list[int]:
        """The mentions that stand in one address or list with this one, next to it."""
        link = self.mentions[index].link
        before = [self.position[id(link)]] if link is not None and id(link) in self.position else []
        return [*self.following.get(index, []), *before]

    def _seats_as_districts(self) -> None:
        """A seat's name that is also a district of a regency named in the article is that district."""
        seats = [mention for mention in self.mentions if mention.seat]
        if not seats:
            return
        named = {
            mention.codes[0]
            for mention in self.mentions
            if len(mention.codes) == 1 and len(mention.codes[0]) == 5 and not mention.seat
        }
        for mention in seats:
            if named.isdisjoint(mention.codes):
                key = self._name(mention)
                codes = self.gazetteer.districts.get(key, ())
                close = [
                    code for regency in sorted(named)[:MOST] if (code := self._close(mention, regency, slips=False))
                ]
                if named.intersection(code[:5] for code in codes) or close:
                    mention.codes, mention.hint = tuple(sorted({*codes, *close})), "district"

    def _namesakes_as_districts(self) -> None:
        """A bare name that is a regency's too is the district's where the article names the district outright and the
        regency never: "Kecamatan Ketapang, Lampung Selatan … 17 desa di Ketapang" (one sense per discourse, Gale,
        Church and Yarowsky 1992)."""
        told = [mention for mention in self.mentions if mention.explicit and mention.hint == "district"]
        if not told:
            return
        outright = {code for mention in self.mentions if mention.explicit for code in mention.codes}
        named = {mention.codes[0] for mention in self.mentions if len(mention.codes) == 1}
        districts = {
            self._name(mention): inside
            for mention in told
            if (inside := tuple(code for code in mention.codes if code[:5] in named))
        }
        for mention in self.mentions if districts else ():
            if mention.hint is not None or mention.link is not None:
                continue
            inside = districts.get(self._name(mention), ())
            if not inside:
                continue
            own = {code[:5] for code in inside}.intersection(mention.codes)
            if not own and outright.isdisjoint(mention.codes):
                mention.codes, mention.hint = inside, "district"

    def _name(self, mention: Mention) -> str:
        return normalise(self.tokens.between(mention.name_start, mention.end))

    def regencies(self) -> set[str]:
        """The regencies in which the article's districts may lie: those it surely names or speaks from."""
        found: set[str] = set()
        for index, code in self.codes.items():
            if code is not None and len(code) >= REGENCY and self.mentions[index].kind in SURE:
                found.add(code[:REGENCY])
        return found

    def regency_weights(self) -> dict[str, float]:
        """How much the article speaks of each regency that it surely names or speaks from."""
        return {code: max(self.base.get(code, 0.0), LEAST) for code in sorted(self.regencies())}

    # -- regencies and provinces ------------------------------------------------------------------------------------

    def _by_hint(self, mention: Mention) -> tuple[str, ...]:
        """The candidates that agree with the level word or office beside the name."""
        codes, hint = mention.codes, mention.hint
        if len(codes) == 1:
            return codes
        if hint is None and mention.link is not None and mention.link.hint != "district":
            hint = mention.link.hint
        if hint is None or hint not in FITS:
            return codes
        return tuple(filter(FITS[hint], codes)) or codes

    def _regency(self, index: int) -> str | None:
        codes = self.narrowed[index]
        if not codes:
            return None
        for choose in (self._by_neighbour, self._by_article, self._by_inner, self._by_civil, self._by_province):
            chosen = choose(index, codes)
            if chosen is not None:
                return chosen
        return None

    def _by_neighbour(self, index: int, codes: tuple[str, ...]) -> str | None:
        """The other part of an address: "Bandung, Jawa Barat", "Kecamatan Lembang, Bandung"."""
        for other in self.neighbours(index):
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
        named = {code: self.named[code] for code in codes if code in self.named}
        if not named:
            return None
        best = max(named, key=named.__getitem__)
        others = [times for code, times in named.items() if code != best]
        return best if named[best] >= DOMINANT * max(others, default=0) else None

    def _by_inner(self, index: int, codes: tuple[str, ...]) -> str | None:
        """The one in which villages and districts lie that the article names: "Bogor" with "Kecamatan Cibinong"."""
        if any(len(code) == 2 for code in codes):
            return None
        fitting = [[code for code in codes if code in regencies] for regencies in self._inner]
        chosen = {fits[0] for fits in fitting if len(fits) == 1}
        return chosen.pop() if len(chosen) == 1 else None

    def _by_civil(self, index: int, codes: tuple[str, ...]) -> str | None:
        """ "Bupati", "Pemkab" and "Korkab" speak of a kabupaten, "Wali Kota" and "Pemkot" of a kota."""
        regencies = [code for code in codes if len(code) == 5]
        cities = [code for code in regencies if is_city(code)]
        rural = [code for code in regencies if not is_city(code)]
        if len(cities) == 1 and len(rural) == 1 and any(len(code) == 2 for code in codes):
            return None
        if len(cities) == 1 and len(rural) == 1 and cities[0][:2] == rural[0][:2]:
            kota, kabupaten = "kota" in self.context.civil, "kabupaten" in self.context.civil
            if kota and not kabupaten:
                return cities[0]
            if kabupaten and not kota:
                return rural[0]
        return None

    def _by_province(self, index: int, codes: tuple[str, ...]) -> str | None:
        """The candidate in the province of which the article speaks."""
        weights = self.provinces
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

    # -- districts --------------------------------------------------------------------------------------------------

    def _district(self, index: int) -> str | None:
        mention = self.mentions[index]
        codes = self.narrowed[index]
        regencies = self._regency_weights(index)
        if (longer := self._longer(mention, regencies)) is not None:
            return longer
        inside = sorted((code for code in codes if code[:5] in regencies), key=lambda code: -regencies[code[:5]])
        if inside:
            if len(inside) == 1 or regencies[inside[0][:5]] > regencies[inside[1][:5]]:
                return inside[0]
            return None
        if (close := self._misspelt(mention, regencies, slips=not codes)) is not None:
            return close
        inside = [code for code in codes if code[:2] in self.provinces] if self.provinces else list(codes)
        return inside[0] if len(inside) == 1 and mention.explicit else None

    def _longer(self, mention: Mention, regencies: dict[str, float]) -> str | None:
        """A longer name than the one found, spelt a little differently: "Simpang Keuramat" is not Simpang."""
        if not mention.codes:
            return None
        ranked = sorted(regencies, key=lambda code: (-regencies[code], code))[:LIKELY]
        for end in range(mention.longest, mention.end, -1):
            name = self.tokens.between(mention.name_start, end)
            for regency in ranked:
                found = self.gazetteer.within(regency, name, DISTRICT)
                if len(found) == 1 and found[0] not in mention.codes:
                    mention.end = end
                    return found[0]
        return None

    def _weigh_regencies(self) -> None:
        """How much the article speaks of each regency."""
        for index, mention in enumerate(self.mentions):
            near = KABUPATEN if mention.hint == "kabupaten" and self.codes.get(index) else 0.0
            for code, weight in self._speaks_for(index):
                self.base[code] = self.base.get(code, 0.0) + (WEIGHTS[mention.kind] + near) * weight

    def _speaks_for(self, index: int) -> list[tuple[str, float]]:
        """The regencies that a mention may stand for or lie in, with their shares."""
        if self.mentions[index].hint == "district":
            return []
        code = self.codes.get(index)
        if code is not None:
            return [(code, 1.0)] if len(code) == 5 else []
        regencies = [item for item in self.narrowed[index] if len(item) == 5]
        return [(item, 1 / len(regencies)) for item in regencies]

    def _regency_weights(self, index: int) -> dict[str, float]:
        """How much speaks for each regency as the one the district lies in; a neighbour in an address most."""
        weights = dict(self.base)
        for other in self.neighbours(index):
            for code, weight in self._speaks_for(other):
                weights[code] = weights.get(code, 0.0) + NEIGHBOUR * weight
        return weights

    def _misspelt(self, mention: Mention, regencies: dict[str, float], slips: bool) -> str | None:
        """A district of the article's regency whose registered name is spelt a little differently."""
        if not regencies:
            return None
        regency = max(regencies, key=lambda code: regencies[code])
        return self._close(mention, regency, slips)

    def _close(self, mention: Mention, regency: str, slips: bool) -> str | None:
        written = self.tokens.between(mention.name_start, mention.end)
        key = (written, regency, slips)
        if key not in self.spelt:
            if len(self.spelt) >= FUZZY:
                return None
            close = self.gazetteer.within(regency, written, DISTRICT, slips=slips)
            self.spelt[key] = close[0] if len(close) == 1 else None
        return self.spelt[key]
