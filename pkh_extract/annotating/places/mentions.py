"""Finding place names in a document and what each is part of, before it is decided which area is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from pkh_extract.annotating.lexicon import longest
from pkh_extract.annotating.places.context import Context
from pkh_extract.annotating.places.forms import Forms
from pkh_extract.annotating.places.kinds import Classifier
from pkh_extract.annotating.places.values import Kind
from pkh_extract.gazetteer import Gazetteer, is_city, normalise

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue

GLUED = "glued"
NO_RULE = "place.name"
START = attrgetter("start")
LONGEST_NAME = 5  # words of a district's name
FUZZY = 60  # names looked up for a misspelling in one document, at most
SURE_LENGTH = 7  # letters from which a misspelt name can be told
AND = {"dan", "serta", "&", "maupun", "hingga"}
DIRECTIONS = {
    "utara", "selatan", "timur", "barat", "tengah", "tenggara", "laut", "kulon", "kidul", "lor", "wetan", "ilir",
    "hilir", "hulu", "ulu", "baru", "lama", "besar", "kecil", "kota", "jaya", "raya", "luar", "dalam", "atas",
}  # fmt: skip


@dataclass(slots=True)
class Mention:
    """A name with the words that say its level: tokens ``start:end``, the name from ``name_start`` on; ``codes`` that
    it may stand for; ``hint`` what stands beside it says (province, kota, kabupaten, regency, district)."""

    start: int
    end: int
    name_start: int
    codes: tuple[str, ...]
    hint: str | None = None
    kind: Kind = "plain"
    rule: str = NO_RULE
    explicit: bool = False
    ordinary: bool = False
    spoken: bool = False  # somebody speaks there
    seat: bool = False  # a capital's or town's name that is not the area's own
    longest: int = 0  # where a longer name may end that no register has in this spelling ("Simpang Keuramat")
    link: Mention | None = None  # the mention right before it in a list or an address
    credits: list[Cue] = field(default_factory=list)


class Finder:
    """Finds the mentions of one document after another; holds all names above the district."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.forms = Forms()
        for key, form in gazetteer.phrases():
            self.forms.add(form, "", key)
        for code, name in gazetteer.areas.items():
            if is_city(code):
                self.forms.add(normalise(name), GLUED, normalise(name.removeprefix("Kota ")))

    def find(self, context: Context) -> list[Mention]:
        """All mentions in text order, without overlaps."""
        found = [mention for cue in context.levels("district") for mention in self._districts(context, cue)]
        named = self._names(context)
        if found:
            taken = {i for mention in found for i in range(mention.start, mention.end)}
            named = [mention for mention in named if taken.isdisjoint(range(mention.start, mention.end))]
        found += named
        starts = {mention.start for mention in named}
        for cue in context.levels("kota", "kabupaten"):
            if cue.start not in starts and (mention := self._misspelt(context, cue)) is not None:
                found.append(mention)
        found.sort(key=START)
        unique: list[Mention] = []
        behind = 0  # where the last one ends
        for mention in found:
            if mention.start >= behind:
                unique.append(mention)
                behind = mention.end
        Classifier(context).classify(unique)
        if all(map(_is_sure, unique)):
            return unique
        sure = {code for mention in unique if _is_sure(mention) for code in mention.codes}
        return [mention for mention in unique if _is_sure(mention) or _is_backed(mention, sure)]

    def _names(self, context: Context) -> list[Mention]:
        tokens = context.tokens
        found = []
        for (label, key), start, end in longest(self.forms.find(tokens)):
            if end - start > 1 and tokens.text[start] == "di":  # the preposition, not "DI Yogyakarta"
                start += 1
                key = normalise(tokens.between(start, end))
            mention = self._name(context, start, end, key, label == GLUED)
            if mention is not None:
                found.append(mention)
        return found

    def _name(self, context: Context, start: int, end: int, key: str, glued: bool) -> Mention | None:
        name = self.gazetteer.names.get(key)
        if name is None:
            return None
        tokens, blocked = context.tokens, context.part_tokens
        if start in blocked:
            return None
        prefix = context.level_before(start)
        if prefix is not None and prefix.cue.start in blocked:
            prefix = None
        first, text = tokens.words[start], tokens.between(start, end)
        if prefix is None and (not (first.capital or first.numeral) or (name.capitals and not text.isupper())):
            return None
        ordinary = text.lower() in self.gazetteer.ordinary
        mention = Mention(start, end, start, name.codes, ordinary=ordinary, seat=name.seat)
        if glued:
            mention.hint, mention.explicit = "kota", True
            mention.codes = tuple(filter(is_city, name.codes)) or name.codes
        if prefix is not None:
            mention.start, mention.hint, mention.rule = prefix.cue.start, prefix.hint, prefix.cue.id_
            mention.explicit = True
        if ordinary and name.seat:
            if end < context.length and tokens.words[end].capital:
                return None  # "Sumber Daya Manusia" is not the seat of Cirebon
            if {start - 1, start} <= context.dateline and tokens.words[start - 1].is_alpha:
                return None  # nor is the paper "Borneo Raya" that of Simalungun
        return self._longer(context, mention)

    def _misspelt(self, context: Context, cue: Cue) -> Mention | None:
        """A regency's name written with other spaces, or a letter or two wrong, after "Kabupaten" or "Kota"."""
        prefix = context.level_before(cue.end)
        start = context.after_stop(cue.end)
        if (
            prefix is None
            or prefix.hint not in {"kota", "kabupaten"}
            or context.blocked(cue.start)
            or context.is_cue(start)
        ):
            return None
        tokens, stop = context.tokens, start
        limit = min(start + LONGEST_NAME, context.length)
        while stop < limit and context.is_word(stop) and tokens.words[stop].capital:
            stop += 1
        keys = context.keys(start, stop)
        for end in range(stop, start, -1):
            key = keys[end - start - 1]
            known = self.gazetteer.names.get(key)
            if known is None and SURE_LENGTH <= len(key) <= 40 and len(context.spelt) < FUZZY:
                if key not in context.spelt:
                    context.spelt[key] = self.gazetteer.regencies.closest(tokens.between(start, end))
                known = self.gazetteer.names.get(context.spelt[key] or "")
            codes = tuple(code for code in known.codes if is_city(code) == (prefix.hint == "kota")) if known else ()
            if codes:
                return Mention(cue.start, end, start, codes, prefix.hint, rule=cue.id_, explicit=True)
        return None

    def _longer(self, context: Context, mention: Mention) -> Mention | None:
        """Banjarmasin Utara is a district; Bandung Anu is none, but not Bandung either where a direction follows."""
        end, tokens = mention.end, context.tokens
        if end >= context.length or not tokens.words[end].capital or not tokens.blank[end - 1]:
            return mention
        if mention.hint in {"kota", "kabupaten", "province"}:
            return mention
        for stop in range(min(end + 2, context.length), end, -1):
            codes = self.gazetteer.districts.get(normalise(tokens.between(mention.name_start, stop)))
            if codes and not any(word.is_space or word.is_punct for word in tokens.words[mention.name_start : stop]):
                mention.end, mention.codes, mention.hint = stop, codes, "district"
                return mention
        if tokens.lower[end] in DIRECTIONS and not context.is_cue(end):
            return None
        return mention

    def _districts(self, context: Context, cue: Cue) -> list[Mention]:
        """The district(s) named after "Kecamatan" and its like."""
        if context.blocked(cue.start):
            return []
        start = context.after_stop(cue.end)
        first = self._district_at(context, start, lower=True)
        if first is None:
            return []
        mention = Mention(cue.start, first[0], start, first[1], "district", rule=cue.id_, explicit=True)
        ends = context.name_ends(start)
        mention.longest = next((end for end in reversed(ends) if not context.is_cue(end - 1)), 0)
        found = [mention]
        while (following := context.next_in_list(found[-1].end)) is not None:
            if context.is_cue(following):
                break
            part = self._district_at(context, following, lower=False)
            if part is None or not part[1]:
                break
            if normalise(context.tokens.between(following, part[0])) in self.gazetteer.names:
                break
            found.append(Mention(following, part[0], following, part[1], "district", explicit=True))
        return found

    def _district_at(self, context: Context, i: int, lower: bool) -> tuple[int, tuple[str, ...]] | None:
        """Where the district's name that begins at token ``i`` ends, and its codes (none for an unknown name)."""
        tokens = context.tokens
        if i >= context.length or not (tokens.words[i].is_alpha or tokens.words[i].is_digit):
            return None
        capitalised = tokens.words[i].capital
        if (not capitalised and not lower) or context.is_level(i, "kabupaten"):
            return None
        stop = i
        while stop < min(i + LONGEST_NAME, context.length) and context.is_word(stop):
            stop += 1
        ends = context.name_ends(i) if capitalised else []
        keys = context.keys(i, max([stop, *ends[-1:]]))
        for end in sorted({*range(i + 1, stop + 1), *ends}, reverse=True):
            codes = self.gazetteer.districts.get(keys[end - i - 1])
            if codes and not capitalised and tokens.between(i, end).lower() in self.gazetteer.ordinary:
                continue  # "tiap kecamatan butuh 4 pendamping"
            if codes and (capitalised or len(codes) <= 20):
                return end, codes
        if not capitalised or tokens.words[i].is_digit:
            return None
        end = i
        while end < min(i + 3, stop) and tokens.words[end].capital and not context.is_cue(end):
            end += 1
        return (end, ()) if end > i else None


def _is_sure(mention: Mention) -> bool:
    """Is the name surely that of a place, by itself or by what stands before it?"""
    if mention.explicit:
        return True
    if mention.kind == "name":
        return False
    return not mention.ordinary or mention.kind in {"dateline", "office", "at", "from", "to", "whole"}


def _is_backed(mention: Mention, sure: set[str]) -> bool:
    """An everyday word counts as a place where the article names that place outright elsewhere."""
    return mention.kind != "name" and bool(sure.intersection(mention.codes))
