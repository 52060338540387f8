"""Villages: names after "Desa", "Nagari", "Gampong" and their like, looked up where the context fixes the parent.

A village's name alone says little (113 are called Sidomulyo). It is looked up in the district or regency of its own
address ("Desa Anu, Kecamatan X"), else of its sentence, else of the article; several of that name stay open. The other
way round, a village and its district together may tell which of several districts or regencies is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.anchored import Match
from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.lexicon import longest
from pkh_extract.annotating.places.context import AT, Context, Part
from pkh_extract.annotating.places.kinds import LEADS
from pkh_extract.annotating.places.senses import LEAST
from pkh_extract.annotating.places.values import Kind, Place
from pkh_extract.gazetteer import Gazetteer, normalise
from pkh_extract.gazetteer.names import DISTRICT, REGENCY, VILLAGE, VILLAGE_WORDS

if TYPE_CHECKING:
    from pkh_extract.annotating.places.mentions import Mention
    from pkh_extract.annotating.places.senses import Resolver

HEADS = {
    "kepala", "petinggi", "ketua", "perangkat", "aparat", "aparatur", "pemerintah", "sekretaris", "pj", "tokoh",
    "pendamping", "operator", "koordinator", "pendampingnya", "kader", "bidan", "babinsa", "bhabinkamtibmas",
}  # fmt: skip
BARE = "place.name"
ADDRESS = 14  # tokens between the parts of an address, at most
WHOLE_ADDRESS = 50  # tokens of an address, other villages of a list before it counted
GAP = 8  # tokens between the items of a list ("Desa A 12 KPM, B 10 KPM")
LONGEST = 4  # words of a village's name in a list
SURE = 8  # letters of a name that is looked up in the whole register
PARTS = {
    "rt", "rw", "no", "nomor", "dusun", "jalan", "jl", "blok", "gang", "km", "kp", "jorong", "lingkungan", "wilayah",
    "di", "dan",
}  # fmt: skip
GLUED = {"didesa", "dikelurahan"}
JOINTS = {",", "(", ")", "/", "-", "."}
BEFORE_PART = {",", "(", "di", "tepatnya"}
BEFORE_BARE = {",", "("} | AT
UNITS = {"kpm", "orang", "kk", "keluarga", "jiwa", "penerima", "sebanyak", "berjumlah", "dan", "serta", "ada", "pkh"}
Found = Match[tuple[str, Place]]  # its rule and value


class VillageFinder:
    """Looks up the villages of one document; may decide mentions that the resolver left open."""

    def __init__(self, context: Context, mentions: list[Mention], resolver: Resolver) -> None:
        self.tokens = context.tokens
        self.sentence = context.tokens.sentence
        self.context = context
        self.mentions = mentions
        self.resolver = resolver
        self.gazetteer: Gazetteer = resolver.gazetteer
        self.weights = resolver.regency_weights()
        self.districts: dict[int, set[str]] = {}  # by the sentence that names them
        self.article_districts: set[str] = set()
        for index, code in resolver.codes.items():
            if code is not None and index < len(mentions):
                self._note_district(index, code)

    def villages(self) -> list[tuple[Cue, Place]]:
        """The villages in text order, with their values of level village; ``code`` is ``None`` where it stays open."""
        if not self.context.parts and not self.mentions:
            return []
        found = [*self._find(), *self._find_bare()]
        values = {(start, end): place for (_, place), start, end in found}
        return [
            (Cue(self.tokens, start, end, "village", rule), values[start, end])
            for (rule, _), start, end in longest(found)
        ]

    def _find(self) -> Iterator[Found]:
        """Names after words like Desa, and the lists that begin with them."""
        for part in self.context.parts:
            address = self._address(part) if self.context.rules[part.rule].village else []
            if not self._counts(part, address):
                continue
            codes, end = self._look_up(part, address)
            kind = self._kind(part)
            yield _found(part.start, end, part.rule, kind, codes)
            if len(codes) == 1:
                yield from self._list(part, end, kind, codes[0])

    def _find_bare(self) -> Iterator[Found]:
        """Names without a word before them that the rest of their address makes certain ("Klandasan Ilir, Kota
        Balikpapan", "di Telukawur, Kecamatan Tahunan")."""
        text = self.tokens.text
        for index, mention in enumerate(self.mentions):
            start = end = mention.start - 1
            if not mention.explicit or end < 1 or text[end] != ",":
                continue
            code = self.resolver.codes.get(index)
            if code is None or len(code) not in {DISTRICT, REGENCY}:
                continue
            while end - start < LONGEST and self._is_free(start - 1):
                start -= 1
            if start == end or start < 1 or text[start - 1] not in BEFORE_BARE:
                continue
            codes = self.gazetteer.named(code, normalise(self.tokens.between(start, end)), VILLAGE)
            if len(codes) == 1:
                kind: Kind = "at" if self.tokens.lower[start - 1] in AT else "plain"
                yield _found(start, end, BARE, kind, codes)

    @cached_property
    def at(self) -> dict[int, int]:
        """Mentions by their first token."""
        return {mention.start: index for index, mention in enumerate(self.mentions)}

    @cached_property
    def ends(self) -> dict[int, int]:
        """Mentions by the token after them."""
        return {mention.end: index for index, mention in enumerate(self.mentions)}

    @cached_property
    def part_starts(self) -> dict[int, Part]:
        """Finer parts of addresses by their first token."""
        return {part.start: part for part in self.context.parts}

    @cached_property
    def taken(self) -> set[int]:
        """The tokens of mentions."""
        return {i for mention in self.mentions for i in range(mention.start, mention.end)}

    def _is_free(self, i: int) -> bool:
        """A capitalised word that belongs to nothing yet."""
        if i < 0 or i in self.context.part_tokens or i in self.context.cue_tokens or i in self.taken:
            return False
        return self.tokens.words[i].is_alpha and self.tokens.words[i].capital

    def _note_district(self, index: int, code: str) -> None:
        if len(code) == DISTRICT:
            self.districts.setdefault(self.sentence[self.mentions[index].start], set()).add(code)
            self.article_districts.add(code)

    # -- the address ------------------------------------------------------------------------------------------------

    def _address(self, part: Part) -> list[int]:
        """The mentions of the village's address, the narrowest first: those that follow, else those right before."""
        found: list[int] = []
        i = end = part.end
        while i < min(end + ADDRESS, part.end + WHOLE_ADDRESS, len(self.tokens)):
            if self.sentence[i] != self.sentence[part.start]:
                break
            if i in self.at:
                index = self.at[i]
                found.append(index)
                i = end = self.mentions[index].end
            elif (inner := self.part_starts.get(i)) is not None and not found and not self._is_head(inner):
                i = end = inner.end
            elif self._is_joint(i):
                i += 1
            else:
                break
        i = part.start
        while not found and i > 0 and part.start - i <= 3:
            if i in self.ends:
                found.append(self.ends[i])
                break
            if self.tokens.lower[i - 1] not in BEFORE_PART:
                break
            i -= 1
        return found

    def _is_head(self, part: Part) -> bool:
        """ "Desa Anu, Kepala Desa Itu": somebody, no part of the address."""
        return self.context.rules[part.rule].head

    def _is_joint(self, i: int) -> bool:
        word = self.tokens.words[i]
        return word.text in JOINTS or word.is_digit or word.lower in PARTS

    # -- the look-up ------------------------------------------------------------------------------------------------

    def _look_up(self, part: Part, address: list[int]) -> tuple[tuple[str, ...], int]:
        """The codes that the name may stand for, and where the name ends."""
        for end in range(part.end, part.name_start, -1):
            for name in self._written(part, end):
                codes = self._codes(part, name, address)
                if codes:
                    return codes, end
        return (), part.end

    def _written(self, part: Part, end: int) -> tuple[str, ...]:
        """The name with and without its word: "Gampong Drien" may be registered so; "Ketua BPD Desa Anu" has two."""
        first = part.name_start
        written = self.tokens.between(first, end), self.tokens.between(first - 1, end)
        twice = self.tokens.lower[first] in VILLAGE_WORDS and first + 1 < end
        return (*written, self.tokens.between(first + 1, end)) if twice else written

    def _counts(self, part: Part, address: list[int]) -> bool:
        """Is the word that of a village here? "Kampung" and "Dusun" name villages only in some provinces; a hamlet is
        followed by its village ("Dusun Krajan, Desa Anu")."""
        rule = self.context.rules[part.rule]
        homes = rule.homes
        if homes is None:
            return rule.village
        codes = [code for index in address if (code := self.resolver.codes.get(index))] or list(self.weights)
        following = self.part_starts.get(part.end) or self.part_starts.get(part.end + 1)
        if following is not None and self.context.rules[following.rule].village:
            return False
        return bool(codes) and all(code.startswith(homes) for code in codes)

    def _codes(self, part: Part, name: str, address: list[int]) -> tuple[str, ...]:
        for index in address:
            code = self.resolver.codes.get(index)
            if code is None:
                if self.mentions[index].codes:  # else a name that no register has, and the wider one must do
                    return self._by_pair(index, name)
            elif len(code) == DISTRICT:
                found = self.gazetteer.within(code, name, VILLAGE)
                return found or self._other_district(index, name)
            elif len(code) == REGENCY:
                return self._narrow(part, self._in_regency(code, name))
            else:
                return self._exact(name, (code,))
        return self._in_article(part, name)

    def _in_regency(self, regency: str, name: str) -> tuple[str, ...]:
        """The regency's villages of that name; a slip is allowed for only where no village of the province bears the
        name as it is written."""
        known = self._exact(name, (regency[:2],))
        return self.gazetteer.within(regency, name, VILLAGE, slips=not known)

    def _other_district(self, index: int, name: str) -> tuple[str, ...]:
        """The district of that name that has the village, where the one that the article seemed to mean has not."""
        others = [code for code in self.resolver.narrowed.get(index, ()) if code != self.resolver.codes.get(index)]
        return self._decide(index, name, others) if not self._has_regency(index) else ()

    def _by_pair(self, index: int, name: str) -> tuple[str, ...]:
        """Village and district (or regency) tell each other apart: of all pairs of these names, the one that exists."""
        return self._decide(index, name, list(self.resolver.narrowed.get(index, ())))

    def _decide(self, index: int, name: str, candidates: list[str]) -> tuple[str, ...]:
        found = {code: codes for code in candidates if len(code) > 2 and (codes := self._exact(name, (code,)))}
        if len(found) != 1:
            return tuple(code for codes in found.values() for code in codes)
        code, codes = found.popitem()
        self.resolver.codes[index] = code
        self.weights.setdefault(code[:REGENCY], LEAST)
        self._note_district(index, code)
        return codes

    def _has_regency(self, index: int) -> bool:
        """Does the district's own address name its regency?"""
        return any(self.resolver.codes.get(other) for other in self.resolver.neighbours(index))

    def _exact(self, name: str, parents: tuple[str, ...]) -> tuple[str, ...]:
        """The villages of exactly that name inside the parents."""
        return tuple(code for code in self.gazetteer.villages.find(normalise(name)) if code.startswith(parents))

    def _narrow(self, part: Part, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Of several villages of that name in the regency, the one in a district that the sentence, or else the
        article, names."""
        if len(codes) < 2:
            return codes
        for named in (self.districts.get(self.sentence[part.start], set()), self.article_districts):
            inside = tuple(code for code in codes if code[:DISTRICT] in named)
            if len(inside) == 1:
                return inside
        return codes

    def _in_article(self, part: Part, name: str) -> tuple[str, ...]:
        """Without an address: in the districts of the sentence, then in the regencies of the article."""
        for district in sorted(self.districts.get(self.sentence[part.start], ())):
            if found := self.gazetteer.within(district, name, VILLAGE):
                return found
        weights = self.weights
        ranked = sorted(weights, key=lambda code: (-weights[code], code))
        if not ranked:
            return self._unique(name)
        by_regency = {code: codes for code in ranked if (codes := self._in_regency(code, name))}
        if not by_regency:
            return ()
        best = next(iter(by_regency))
        if any(code != best and 2 * weights[code] > weights[best] for code in by_regency):
            return tuple(code for codes in by_regency.values() for code in codes)
        return self._narrow(part, by_regency[best])

    def _unique(self, name: str) -> tuple[str, ...]:
        """A long name that only one village of the country (or of the article's provinces) bears; all of that name
        where several do."""
        codes = self.gazetteer.villages.find(normalise(name))
        inside = [code for code in codes if code[:2] in self.resolver.provinces] if self.resolver.provinces else codes
        return tuple(inside) if len(inside) > 1 or len(normalise(name)) >= SURE else ()

    # -- lists and what leads up ------------------------------------------------------------------------------------

    def _list(self, part: Part, end: int, kind: Kind, code: str) -> Iterator[Found]:
        """The further villages of a list ("Desa A, B dan C"; "Desa A 12 KPM, B 10 KPM")."""
        rule = part.rule
        while (start := self._next_item(end)) is not None:
            item = self._item(start, code)
            if item is None:
                return
            end, codes = item
            yield _found(start, end, rule, kind, codes)

    def _next_item(self, end: int) -> int | None:
        i, joined, words = end, False, self.tokens.words
        while i < min(end + GAP, len(words)):
            word = words[i]
            if word.text in {",", ";", "&"} or word.lower in {"dan", "serta"}:
                joined = True
            elif not (word.is_digit or word.like_num or word.lower in UNITS or word.text in {"(", ")", ":", "."}):
                break
            i += 1
        taken = i in self.at or i in self.part_starts or i in self.context.cue_tokens
        return i if joined and i < len(words) and not taken and words[i].capital else None

    def _item(self, start: int, code: str) -> tuple[int, tuple[str, ...]] | None:
        for parent in (code[:DISTRICT], code[:REGENCY]):
            inside = self.gazetteer.inside(parent, VILLAGE).codes
            for end in range(min(start + LONGEST, len(self.tokens)), start, -1):
                codes = inside.get(normalise(self.tokens.between(start, end)))
                if codes is not None and len(codes) == 1 and self.tokens.words[end - 1].capital:
                    return end, codes
        return None

    def _kind(self, part: Part) -> Kind:
        """What the mention is part of, as for other places; "warga Desa X" is at the village as "di Desa X" is."""
        lower = self.tokens.lower
        if self.context.rules[part.rule].head or (part.start and lower[part.start - 1] in HEADS):
            return "office"
        i = self.context.past_parts(part.start - 1)
        word = lower[i] if i >= 0 else ""
        if self.context.visited(i):
            return "at"
        if word in LEADS:
            return LEADS[word]
        if lower[part.start] in GLUED:
            return "at"
        cue = self.context.heads.get(i)
        return "venue" if cue is not None and cue.label_ == "place_venue" else "plain"


def _found(start: int, end: int, rule: str, kind: Kind, codes: tuple[str, ...]) -> Found:
    code = codes[0] if len(codes) == 1 else None
    return (rule, Place(code, codes, "village", kind, explicit=True)), start, end
