"""What a date is the date of: cues beside it decide, read from the rules ``date_cue.*``.

A cue rule has ``role``, ``side`` (``before`` or ``after`` the date) and ``reach``, the most tokens between cue and
date. The nearest cue wins; a cue never reaches out of its sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from pkh_extract.annotating.dates.raw import Raw
from pkh_extract.annotating.dates.values import Role
from pkh_extract.annotating.dates.vocabulary import Found, Payload, Words
from pkh_extract.annotating.document import Cue

FAR, BEHIND = 45, 8  # tokens: how far before and behind a date cues are looked for
APART = {",", "(", ";", ":"}
DATED = {"tanggal", "tertanggal", "tgl"}
NUMBER = {"nomor", "no", "nomer"}
LETTER = 24  # tokens of a letter's number
SHORT = 2  # letters of a part of such a number that is written small
CLOSE = 8  # tokens from a verb of holding to the month in which it was held


class Reading(NamedTuple):
    """Role and what else the cues say. ``held``: a verb of holding stands before the date ("digelar pada …")."""

    role: Role
    announced: bool = False
    held: bool = False
    until: bool = False
    cues: tuple[Cue, ...] = ()


class Roles:
    """Finds roles in one document."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.sentence = words.sentence
        self.cues = words.cues("date_cue")
        self.places = list(self.cues)

    def same_sentence(self, one: int, two: int) -> bool:
        """Do two positions stand in one sentence?"""
        return self.sentence[one] == self.sentence[two]

    def read(self, raw: Raw) -> Reading:
        """The role of one expression."""
        if raw.form in ("clock", "years"):
            return Reading("period")
        law = self.words.ending("date_law", raw.start) or self._law_before(raw)
        if law:
            return Reading("law", cues=(law[2],))
        return self._decide(raw, self._beside(raw))

    def _decide(self, raw: Raw, found: dict[str, tuple[int, Cue]]) -> Reading:
        held = "held" in found and ("statement" not in found or found["held"][0] < found["statement"][0])
        for name in ("plan", "background"):  # '"… akan cair," kata Rina, Senin': the date is that of the speech
            if name in found and "statement" in found and found["statement"][0] < found[name][0]:
                del found[name]
        announced = raw.future or "plan" in found or bool(raw.offset and raw.offset > 0)

        def reading(role: Role, *names: str) -> Reading:
            cues = tuple(found[name][1] for name in names if name in found)
            return Reading(role, announced, held, cues=cues)

        if "deadline" in found and (raw.form != "range"):
            return reading("deadline", "deadline")
        if raw.form in ("month", "year") or raw.unit in ("month", "year"):
            return self._long(raw, found, reading)
        if "background" in found and raw.form != "range":
            return reading("background", "background")
        if announced:
            return reading("plan", "plan")
        if "until" in found and raw.form != "range" and not held:
            return Reading("statement", announced, held, True, (found["until"][1],))
        if "statement" in found and not held:
            return reading("statement", "statement")
        return reading("event", "held")

    def _long(self, raw: Raw, found: dict[str, tuple[int, Cue]], reading: Callable[..., Reading]) -> Reading:
        """A month or a year is a period, or the past; a month in which something was held may date that."""
        month = (raw.form == "month" or raw.unit == "month") and raw.last is None
        if month and "holding" in found and not {"background", "plan", "until", "held"} & found.keys():
            return reading("event", "holding")
        if month and "held" in found and not {"background", "plan", "until"} & found.keys():
            gap, cue = found["held"]
            rule = self.words.rules.get(cue.id_)
            if gap <= CLOSE and rule is not None and not rule.get("days_only"):
                return reading("event", "held")
        if raw.unit or raw.past or "background" in found:
            return reading("background", "background")
        return reading("period")

    def _beside(self, raw: Raw) -> dict[str, tuple[int, Cue]]:
        """By role the nearest cue of its sentence that reaches the expression, with the tokens between them."""
        found: dict[str, tuple[int, Cue]] = {}
        places, sentence = self.places, self.sentence
        for position in places[bisect_left(places, raw.start - FAR) : bisect_left(places, raw.end + BEHIND)]:
            end, rule, cue = self.cues[position]
            if position < raw.start:
                gap, side, beside = raw.start - end, "before", raw.start
            else:
                gap, side, beside = position - raw.end, "after", raw.end - 1
            if gap < 0 or sentence[position] != sentence[beside]:
                continue
            if rule.get("side") not in (side, "both") and not self._either(raw, rule):
                continue
            between = self.words.text[min(end, raw.end) : max(position, raw.start)]
            if rule.get("close") and not APART.isdisjoint(between):
                continue  # "sejak pagi di balai desa, Rabu (5/5)"
            role = str(rule.get("role"))
            if gap <= int(rule.get("reach", 3)) and (role not in found or gap < found[role][0]):
                found[role] = (gap, cue)
        return found

    @staticmethod
    def _either(raw: Raw, rule: Payload) -> bool:
        """Does the verb date a month from behind too ("selama sepekan di akhir September sosialisasi berlangsung")?"""
        return raw.form == "month" and rule.get("role") == "held"

    def _number_before(self, start: int) -> int | None:
        """The token of "nomor" where nothing but a number stands between it and "tanggal" before a day: "SK nomor 12
        diserahkan tanggal 7 Juni" has a verb there."""
        at, lower = start - 2, self.words.lower
        if lower[start - 1] not in DATED:
            return None
        while at > max(0, start - LETTER) and lower[at] not in NUMBER:
            if len(lower[at]) > SHORT and lower[at].isalpha() and self.words.text[at].islower():
                return None
            at -= 1
        return at if lower[at] in NUMBER else None

    def _law_before(self, raw: Raw) -> Found | None:
        """ "Permensos No.5 tahun 2021", "surat Kementerian Sosial Nomor S-12/MS tanggal 7 Juni 2021": a law or letter
        within a few tokens of numbers before a year, or before the day that its number bears."""
        end = raw.start if raw.form in ("year", "years") else self._number_before(raw.start)
        if end is None:
            return None
        for start in range(end - 1, max(-1, end - 9), -1):
            if not self.same_sentence(start, raw.start):
                return None
            found = self.words.cue("date_law", start)
            if found and found[0] <= raw.start:
                return found
        return None
