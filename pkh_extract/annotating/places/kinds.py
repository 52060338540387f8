"""What each mention is part of: an address, an office, a hall, an organisation, a person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import title_end
from pkh_extract.annotating.places.context import AND, AT, CALENDAR, FROM, GREATER, OFFICE_REACH, TO, WHOLE, Context
from pkh_extract.gazetteer.names import VILLAGE_WORDS

if TYPE_CHECKING:
    from pkh_extract.annotating.places.mentions import Mention
    from pkh_extract.annotating.places.values import Kind

LINKS = {",", "(", "-"}
DAY_MARKS = {",", "(", ")", "/", "-"}
ENDS = {".", ",", "\n", "\n\n"}
ACCORDING = "menurut"
STREET = 5  # tokens of a street or quarter between a hall and its city
ENDS = {",", ".", "(", ")", ";"}  # behind an address
SAID_REACH = 14  # tokens between the verb of saying and the place
# Lower-case words between a verb of saying and where the speaker was met: who he is, and how.
MEETING = {
    "saat", "ketika", "usai", "ditemui", "dihubungi", "dikonfirmasi", "kepada", "wartawan", "media", "awak", "di",
    "dan", "sela", "itu", "seusai", "dijumpai", "diwawancarai", "bin", "dr", "drg", "hj",
    "menteri", "mensos", "gubernur", "bupati", "wali", "kota", "kepala", "wakil", "ketua", "sekretaris", "koordinator",
    "camat", "kapolres", "kajari", "kasi", "kabid", "dinas", "sosial", "dia", "ia", "lagi",
}  # fmt: skip
HEADS: dict[str, Kind] = {"place_office": "office", "place_venue": "venue"}
WHOLE_BEFORE = {"se": {"-", "wilayah", "kawasan"}, "sewilayah": {"-"}}  # "se-Jawa", "se wilayah Jawa"
# What the word before a name makes of it.
LEADS: dict[str, Kind] = {
    **dict.fromkeys(WHOLE, "whole"), **dict.fromkeys(TO, "to"), **dict.fromkeys(FROM, "from"), **dict.fromkeys(AT, "at")
}  # fmt: skip


class Classifier:
    """Gives the mentions of one document their kinds."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens = context.tokens

    def classify(self, mentions: list[Mention]) -> None:
        """Set ``kind``, ``link`` and the hints that offices give, mention by mention in text order."""
        before: Mention | None = None
        starts = {mention.start for mention in mentions}
        for mention in mentions:
            self._classify(mention, before, starts)
            if mention.kind == "at":
                mention.spoken = self._spoken(mention)
            before = mention

    def _spoken(self, mention: Mention) -> bool:
        """Does somebody speak there ("kata Ali di Ambon, Minggu", "Kepala Dinas di Sentani, Rabu, mengatakan …")?"""
        tokens = self.tokens
        if tokens.lower[mention.start - 1] != "di":
            return False
        first, last = tokens.sentence_at(mention.start)
        end = mention.end
        while end < min(last, mention.end + SAID_REACH) and self._of_day(end):
            end += 1
        dated = end > mention.end + 1
        if not dated and end < last and tokens.text[mention.end] not in ENDS:
            return False
        said = self.context.said
        if dated and end in said:
            return True
        at = mention.start - 2
        while at >= max(first, mention.start - SAID_REACH) and at not in said and tokens.lower[at] != ACCORDING:
            word = tokens.words[at]
            if word.is_alpha and not word.capital and word.lower not in MEETING:
                return False
            at -= 1
        return at >= first and (at in said or tokens.lower[at] == ACCORDING)

    def _of_day(self, at: int) -> bool:
        """Is the token part of a day, or a mark around it?"""
        word = self.tokens.words[at]
        return word.lower in CALENDAR or word.numeral or word.text in DAY_MARKS

    def _classify(self, mention: Mention, before: Mention | None, starts: set[int]) -> None:
        dateline = self.context.dateline
        if mention.start in dateline:
            paper = mention.end in dateline and mention.end in self.context.outlets
            mention.kind = "name" if paper else "dateline"  # "LAMONGAN TODAY – …"
            if before is not None and before.kind == "dateline" and mention.start - before.end <= 2:
                mention.link = before
            return
        if mention.end < len(self.tokens) and self.tokens.lower[mention.end] == GREATER:
            mention.kind = "name"  # "Malang Raya" is a city and two regencies
            return
        if before is not None and self._linked(before, mention):
            mention.link = before
            mention.kind = before.kind if before.kind != "name" else "plain"  # "Bandara Anu, Papua"
            if before.kind == "office" and mention.explicit and self._list_link(before, mention):
                mention.kind = "plain"
            return
        if before is not None and before.end == mention.start and not mention.explicit:
            mention.kind = "name"  # "Bogor Bima Arya": two names of one level in a row
            return
        self._by_left(mention, before.end if before is not None else 0)
        if mention.kind == "plain" or (mention.kind in {"at", "from", "to"} and not mention.explicit):
            self._by_right(mention, starts)

    def _linked(self, before: Mention, mention: Mention) -> bool:
        """Do the two stand together as an address or a list ("Kecamatan A, Kabupaten B"; "A 7, B 5 dan C")?"""
        if mention.start - before.end > 4:
            return False
        if mention.start <= before.end:
            return mention.explicit or _widths(before).isdisjoint(_widths(mention))
        between = self.tokens.words[before.end : mention.start]
        return all(word.text in LINKS or word.lower in AND or word.is_digit for word in between)

    def _list_link(self, before: Mention, mention: Mention) -> bool:
        return not AND.isdisjoint(self.tokens.lower[before.end : mention.start])

    def _by_left(self, mention: Mention, floor: int) -> None:
        i = self.context.past_parts(mention.start - 1)
        if i < 0:
            return
        word, before = self.tokens.words[i], self.tokens.lower[i - 1] if i else ""
        if word.is_space:
            return
        if before in WHOLE_BEFORE and word.lower in WHOLE_BEFORE[before]:
            mention.kind = "whole"
            return
        if self._office(mention, i, floor):
            return
        if self.context.visited(i):
            mention.kind = "at"
        elif word.lower in LEADS:
            mention.kind = LEADS[word.lower]
        elif mention.rule.endswith("_di") or (mention.explicit and self._in_villages_of(i)):
            mention.kind = "at"
        elif mention.rule.endswith("_se"):
            mention.kind = "whole"
        elif i < mention.start - 1 and floor == i + 1:
            return  # a street stands between two places: "Hotel Anu Jakarta, Jalan Itu, Jakarta Pusat"
        elif self._closes_address(mention, i):
            return  # "di Hotel Anu, Salemba Jakarta."
        elif word.is_alpha and word.capital and not mention.explicit:
            if word.is_upper and len(word.text) > 1:
                mention.kind = "organisation"
            elif i not in self.context.openers:
                mention.kind = "name"

    def _closes_address(self, mention: Mention, i: int) -> bool:
        """Does the name end the address of a hall, right behind a street or quarter ("di Aula Anu, Jalan Itu Padang,
        Senin")?"""
        words, heads = self.tokens.words, self.context.heads
        if mention.end < len(words) and words[mention.end].text not in ENDS and not words[mention.end].is_space:
            return False
        first = max(i - STREET, 0)
        while i > first and (words[i].capital or words[i].is_digit or words[i].text == "."):
            i -= 1
        if words[i].text != ",":
            return False
        for at in range(i - 1, max(i - OFFICE_REACH, 0), -1):
            hall = heads.get(at)
            if hall is not None and hall.label_ == "place_venue":
                return hall.start > 0 and words[hall.start - 1].lower == "di"
            if not words[at].capital:
                return False
        return False

    def _in_villages_of(self, i: int) -> bool:
        """Do its villages stand between "di" and the area ("di tiga desa Kecamatan Anu")?"""
        words, lower = self.tokens.words, self.tokens.lower
        if lower[i] not in VILLAGE_WORDS or i < 2:
            return False
        many = words[i - 1].like_num or lower[i - 1] in {"beberapa", "sejumlah", "seluruh", "semua", "setiap"}
        return many and lower[i - 2] == "di"

    def _office(self, mention: Mention, i: int, floor: int) -> bool:
        """An office, hall or organisation whose name runs up to the mention; not over another place (``floor``: where
        that one ends)."""
        words, heads = self.tokens.words, self.context.heads
        for _ in range(OFFICE_REACH):
            if i < floor:
                return False
            if i in heads:
                cue = heads[i]
                mention.kind = HEADS.get(cue.label_, "organisation")
                level = self.context.rules[cue.id_].level
                if cue.label_ == "place_office" and mention.hint is None and level:
                    mention.hint, mention.explicit = level, True
                mention.credits.append(cue)
                return True
            word, opens = words[i], i in self.context.openers
            if word.text == ")":
                i = self._opening(i)
            elif word.text in {",", "."} or word.lower in AND:
                if not self._inside_long_office(i):
                    return False
            elif not (word.capital or word.text in {"/", "(", "&", "-"} or word.is_digit):
                return False
            if opens:
                return False
            i -= 1
        return False

    def _inside_long_office(self, i: int) -> bool:
        """ "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak": the comma or "dan" inside such a name."""
        for j in range(i, max(i - OFFICE_REACH, -1), -1):
            cue = self.context.heads.get(j)
            if cue is not None:
                return self.context.rules[cue.id_].long and all(
                    word.capital or word.text in {",", "(", ")", "&"} or word.lower in AND
                    for word in self.tokens.words[cue.end : i]
                )
        return False

    def _opening(self, i: int) -> int:
        """The bracket that the one at ``i`` closes, or ``i`` where it stands too far off."""
        return next((j for j in range(i, max(i - 10, -1), -1) if self.tokens.text[j] == "("), i)

    def _by_right(self, mention: Mention, starts: set[int]) -> None:
        """A capitalised word right after a bare name makes it part of somebody's or something's name."""
        tokens, end = self.tokens, mention.end
        if mention.explicit or end >= len(tokens) or end in starts or not tokens.blank[end - 1]:
            return
        if end in self.context.outlets:
            mention.kind = "organisation"  # "kepada Lampung Post"
            mention.credits.append(self.context.outlets[end])
            return
        after = tokens.words[end]
        if not after.is_alpha or not after.capital or after.is_upper or after.lower in CALENDAR:
            return
        if mention.kind == "at" and self.context.capitalised_title and tokens.starts[end] < title_end(self.context.doc):
            return  # "Warga di Malang Protes Pemotongan Bansos"
        if not (end in self.context.openers or self.context.is_cue(end) or end in self.context.head_starts):
            mention.kind = "name"


def _widths(mention: Mention) -> set[int]:
    """The levels that the mention may be of, as lengths of their codes."""
    return {len(code) for code in mention.codes}
