"""What each mention is part of: an address, an office, a hall, an organisation, a person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.places.context import AND, AT, CALENDAR, FROM, OFFICE_REACH, TO, VISITED, WHOLE, Context

if TYPE_CHECKING:
    from pkh_extract.annotating.places.mentions import Mention


class Classifier:
    """Gives the mentions of one document their kinds."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.doc = context.doc

    def classify(self, mentions: list[Mention]) -> None:
        """Set ``kind``, ``link`` and the hints that offices give, mention by mention in text order."""
        before: Mention | None = None
        starts = {mention.start for mention in mentions}
        for mention in mentions:
            self._classify(mention, before, starts)
            before = mention

    def _classify(self, mention: Mention, before: Mention | None, starts: set[int]) -> None:
        if mention.start in self.context.dateline:
            mention.kind = "dateline"
            if before is not None and before.kind == "dateline" and mention.start - before.end <= 2:
                mention.link = before
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
        between = self.doc[before.end : mention.start]
        if len(between) == 0:
            return mention.explicit or _widths(before).isdisjoint(_widths(mention))
        if len(between) > 4:
            return False
        return all(token.text in {",", "(", "-"} or token.lower_ in AND or token.is_digit for token in between)

    def _list_link(self, before: Mention, mention: Mention) -> bool:
        return any(token.lower_ in AND for token in self.doc[before.end : mention.start])

    def _by_left(self, mention: Mention, floor: int) -> None:
        doc, i = self.doc, self.context.past_parts(mention.start - 1)
        if i < 0 or doc[i].is_space:
            return
        if doc[i].text == "-" and i > 0 and doc[i - 1].lower_ in {"se", "sewilayah"}:
            mention.kind = "whole"
            return
        if self._office(mention, i, floor):
            return
        word = doc[i].lower_
        if word in VISITED or (word in TO and doc[i - 1].lower_ in VISITED):
            mention.kind = "at"
            return
        for kind, words in (("at", AT), ("from", FROM), ("to", TO), ("whole", WHOLE)):
            if word in words:
                mention.kind = kind  # type: ignore[assignment]
                return
        if mention.rule.endswith("_di"):
            mention.kind = "at"
        elif mention.rule.endswith("_se"):
            mention.kind = "whole"
        elif doc[i].is_alpha and doc[i].text[:1].isupper() and not mention.explicit:
            if doc[i].text.isupper() and len(doc[i]) > 1:
                mention.kind = "organisation"
            elif not doc[i].is_sent_start:
                mention.kind = "name"

    def _office(self, mention: Mention, i: int, floor: int) -> bool:
        """An office, hall or organisation whose name runs up to the mention; not over another place (``floor``: where
        that one ends)."""
        steps = 0
        while i >= floor and steps < OFFICE_REACH:
            if (cue := self.context.heads.get(i)) is not None:
                kind = {"place_office": "office", "place_venue": "venue"}.get(cue.label_, "organisation")
                mention.kind = kind  # type: ignore[assignment]
                level = self.context.rules[cue.id_].get("level")
                if cue.label_ == "place_office" and mention.hint is None and level:
                    mention.hint, mention.explicit = level, True
                mention.credits.append(cue)
                return True
            token = self.doc[i]
            if token.text == ")":
                i = self._opening(i)
            elif token.text in {",", "."} or token.lower_ in AND:
                if not self._inside_long_office(i):
                    return False
            elif not (token.text[:1].isupper() or token.text in {"/", "(", "&", "-"} or token.is_digit):
                return False
            if token.is_sent_start and i != mention.start:
                return False
            i -= 1
            steps += 1
        return False

    def _inside_long_office(self, i: int) -> bool:
        """ "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak": the comma or "dan" inside such a name."""
        for j in range(i, max(i - OFFICE_REACH, -1), -1):
            cue = self.context.heads.get(j)
            if cue is not None:
                return bool(self.context.rules[cue.id_].get("long")) and all(
                    token.text[:1].isupper() or token.text in {",", "(", ")", "&"} or token.lower_ in AND
                    for token in self.doc[cue.end : i]
                )
        return False

    def _opening(self, i: int) -> int:
        """The bracket that the one at ``i`` closes, or ``i`` where it stands too far off."""
        for j in range(i, max(i - 10, -1), -1):
            if self.doc[j].text == "(":
                return j
        return i

    def _by_right(self, mention: Mention, starts: set[int]) -> None:
        """A capitalised word right after a bare name makes it part of somebody's or something's name."""
        doc, end = self.doc, mention.end
        if mention.explicit or end >= len(doc) or end in starts or not doc[end - 1].whitespace_:
            return
        after = doc[end]
        if end in self.context.outlets:
            mention.kind = "organisation"  # "kepada Lampung Post"
            mention.credits.append(self.context.outlets[end])
            return
        if not after.is_alpha or not after.text[:1].isupper() or after.text.isupper():
            return
        if after.is_sent_start or self.context.is_cue(end) or after.lower_ in CALENDAR or self._head_begins(end):
            return
        mention.kind = "name"

    def _head_begins(self, i: int) -> bool:
        return i in self.context.head_starts


def _widths(mention: Mention) -> set[int]:
    """The levels that the mention may be of, as lengths of their codes."""
    return {len(code) for code in mention.codes}
