"""What stands around the numbers of one document: nouns, links, lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import accept, group, sentence_numbers, value_of
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import WINDOW, Nearby
from pkh_extract.annotating.numbers.component import COUNTING, numbers
from pkh_extract.annotating.tables import Cell, cells, is_year

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.figures.values import Figure
    from pkh_extract.annotating.numbers.values import Number

REACH = 40  # tokens to the left that a noun may stand away from its number
SENTENCES = 3  # that a list may stand away from its header
RUN = 25  # tokens between two entries of one list
PERSON = "kpm_unit.person"
ENTRY, PROGRAMME = "kpm_unit.entry", "kpm_unit.programme"
SPEAKER = "people_role.coordinator"
NEAR = 6  # tokens between staff and their number that a comma may stand in
NAME = 6  # tokens of a place's name
LEVELS = {
    "kecamatan", "kec", "desa", "kelurahan", "kel", "kabupaten", "kab", "kota", "distrik", "kapanewon", "kemantren",
    "nagari", "gampong", "pekon", "kampung", "kalurahan", "negeri", "provinsi", "prov", "dusun", "lembang",
}  # fmt: skip
REASONS = {"karena", "lantaran", "akibat", "sebab"}
MEASURES = {"kpm_measure.unserved", "kpm_measure.removed", "kpm_measure.graduated", "kpm_measure.no_longer"}
ATTENDED = {"diikuti", "dihadiri", "disaksikan", "diantaranya"}
ROW = {"menerima", "disalurkan", "sebab", "karena", "lantaran", "dan", "sudah", "ada", "kepada"}


class Page:
    """Built once a document; all positions are token indices."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.money = {token.i for span in group(doc, "pkh_money") for token in span}
        self.numbers = [(span, number) for span, number in numbers(doc) if not number.blocked]
        self.number_ends = {span.start: span.end for span, _ in self.numbers}
        self.nouns = sorted(cues(doc, "people_role", "kpm_unit"), key=lambda span: (span.start, -span.end))
        self.noun_at: dict[int, Span] = {}
        self.near_nouns = Nearby(self.nouns)
        for noun in self.nouns:
            self.noun_at.setdefault(noun.start, noun)
        self.noun_ends = {noun.end for noun in self.nouns}
        self.classifiers = {span.start: span for span in cues(doc, "figure_classifier")}
        self.others = {span.start: span for span in cues(doc, "figure_other")}
        self.other_ends = {span.end: span for span in self.others.values()}
        self.links = {span.end: span for span in cues(doc, "figure_link")}
        self.breaks = {span.start: span for span in cues(doc, "figure_break")}
        self.totals = {span.end: span for span in cues(doc, "figure_total")}
        self.opening = {span.start: span for span in self.totals.values()}
        self.anaphors = Nearby(cues(doc, "figure_anaphor"))
        self.measures = Nearby(cue for cue in cues(doc, "kpm_measure") if cue.id_ in MEASURES)
        self.bounds = {span.end: span.start for span in cues(doc, "number_bound_before")}
        self.sentence = sentence_numbers(doc)
        self.starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        self.cells = cells(doc)
        self.programmes = {span.start: span.end for span in group(doc, "pkh_programs")}
        self.items = self._items()
        self.entries = Counter(self.sentence[start] for start in self.items)

    # -- right of a number

    def after(self, span: Span, number: Number) -> int:
        """The token after the number, its repetition in words ("4 (empat)") and "lebih"."""
        i = span.end
        if number.qualifier == "at_least" and i < len(self.doc) and self.doc[i].lower_ == "lebih":
            i += 1
        among = next((cue for cue in self.anaphors.between(i, i + 1) if cue.end in self.noun_at), None)
        if among is not None:
            return among.end  # "102 ribu di antaranya penerima PKH"
        if i + 2 < len(self.doc) and self.doc[i].text == "(":
            for k in range(i + 1, min(i + 9, len(self.doc))):
                if self.doc[k].text == ")" and (k + 1 in self.noun_at or k + 1 in self.classifiers):
                    return k + 1
        return i

    def noun_after(self, i: int) -> tuple[Span | None, Span | None]:
        """The noun that begins at token ``i``, past classifiers, and the last classifier."""
        classifier = None
        while i in self.classifiers and (i not in self.noun_at or self._person_before_noun(i)):
            classifier = self.classifiers[i]
            i = classifier.end
        while i < len(self.doc) and i not in self.noun_at and self.doc[i].lower_ in {"calon", "["}:
            i += 1
        return self.noun_at.get(i), classifier

    def _person_before_noun(self, i: int) -> bool:
        """ "30 ibu KPM PKH": the first word only says what sort of recipients."""
        return self.noun_at[i].id_ == PERSON and self.classifiers[i].end in self.noun_at

    def whole(self, span: Span) -> int | None:
        """For "74 dari 501 keluarga" and "berkurang 61 menjadi 3.628 keluarga": the token after the second number."""
        i = span.end
        if i + 1 < len(self.doc) and self.doc[i].lower_ in {"dari", "menjadi"}:
            i += 1 + (self.doc[i + 1].lower_ == "total" and i + 2 < len(self.doc))
            return self.number_ends.get(i)
        return None

    def ends_phrase(self, i: int) -> bool:
        """Does nothing counted stand at token ``i``: a mark, a function word, the end?"""
        return i >= len(self.doc) or self.doc[i].is_space or i in self.breaks or not self.doc[i].is_alpha

    def credit_break(self, i: int) -> None:
        """Note the cue that ended a phrase."""
        if i in self.breaks:
            accept(self.doc, self.breaks[i])

    # -- left of a number

    def other_before(self, span: Span) -> Span | None:
        """The word for people of no interest that the number is said of ("jumlah pelamar 31 orang")."""
        at = self.before_bound(span.start)
        while at in self.links:
            at = self.links[at].start
        return self.other_ends.get(at)

    def nouns_before(self, span: Span) -> Iterator[Span]:
        """The nouns before the number in its sentence, the nearest first; not the agent of a passive ("yang didata
        pendamping PKH sebanyak 84.604"), unless they are who came ("diikuti pendamping PKH sebanyak 40")."""
        floor = max(self.starts[self.sentence[span.start]], span.start - REACH)
        inside = [noun for noun in self.near_nouns.between(floor, span.start) if noun.end <= span.start]
        inside = [noun for noun in inside if not self._agent(noun) and not self._apart(noun, span)]
        return iter(sorted(inside, key=lambda noun: (-noun.end, noun.start)))

    def _agent(self, noun: Span) -> bool:
        if noun.label_ != "people_role" or not noun.start:
            return False
        verb = self.doc[noun.start - 1].lower_
        return verb == "oleh" or (verb.startswith("di") and len(verb) > 4 and verb not in ATTENDED)

    def _apart(self, noun: Span, span: Span) -> bool:
        """A coordinator before a comma is who speaks, not who is counted ("Koordinator PKH, Rudiat, menyebut …")."""
        between = self.doc[noun.end : span.start]
        return noun.id_ == SPEAKER and len(between) > NEAR and any(token.text == "," for token in between)

    def noun_in_sentence_before(self, span: Span) -> Span | None:
        """The last noun of the sentence before, in the same or the neighbouring paragraph."""
        index = self.sentence[span.start]
        if not index:
            return None
        last = self.starts[index]
        nouns = self.near_nouns.between(max(self.starts[index - 1], last - WINDOW), last)
        return next((noun for noun in reversed(nouns) if noun.end <= last), None)

    def before_bound(self, start: int) -> int:
        """The token after the noun or link, passing back over "sekitar", "kurang lebih" and the like."""
        while start in self.bounds:
            start = self.bounds[start]
        return start

    def linked(self, span: Span) -> bool:
        """Does a linking word touch the number?"""
        return self.before_bound(span.start) in self.links

    def counted(self, span: Span) -> bool:
        """Does a word that only counts lead to the number?"""
        link = self.links.get(self.before_bound(span.start))
        return link is not None and (link.text.lower() in COUNTING or link.text == ":")

    def says_number_of(self, noun: Span, span: Span) -> bool:
        """Is the number said of a noun before it: a link or the noun itself touches it, or "jumlah" opens the noun?"""
        first = self.before_bound(span.start)
        if first in self.links:
            accept(self.doc, self.links[first])
            return True
        named = 0 < first - noun.end <= NAME and all(self._of_name(token.text) for token in self.doc[noun.end : first])
        if named and first != span.start:  # "SDM PKH Labura berkisar 57"
            return True
        bracketed = first > 0 and self.doc[first - 1].text == ")" and 0 < first - noun.end <= 3
        if first in self.noun_ends or bracketed:
            return True
        total = self.totals.get(noun.start) or self.opening.get(noun.start)
        accept(self.doc, *([total] if total is not None else []))
        return total is not None

    def leads_list(self, noun: Span, span: Span) -> bool:
        """Does the noun open a list whose first entry is the number ("KPM PKH di Kecamatan Mekar 1.204, Kecamatan Jaya
        980 …")? Nothing but a place stands between."""
        between = self.doc[noun.end : self.before_bound(span.start)]
        if not 1 < len(between) <= NAME + 2 or between[0].lower_ not in {"di", "untuk", "pada"}:
            return False
        return all(self._of_name(token.text) for token in between[1:])

    # -- in a table or list

    def column(self, cell: Cell) -> str | None:
        """The rule of the noun that a table's column counts: named in its head, or by a programme there; of a column
        that says but "Jumlah" the noun of the text above."""
        assert cell.head is not None
        first, last = cell.head
        if cell.money:
            return None
        nouns = [noun for noun in self.near_nouns.between(first, last) if noun.end <= last and noun.id_ != PROGRAMME]
        if nouns:
            return max(nouns, key=len).id_
        if any(first <= start < last for start in self.programmes):
            return ENTRY
        total = any(first <= total.start < last for total in self.opening.values())
        year = all(is_year(token.text) for token in self.doc[first:last])
        return self.noun_above(cell) if total or year else None

    def noun_above(self, cell: Cell) -> str | None:
        """The last noun of the text that introduces a table or list."""
        above = [noun for noun in self.near_nouns.between(*cell.intro) if noun.end <= cell.intro[1]]
        return above[-1].id_ if above else None

    def announced(self, cell: Cell) -> bool:
        """Does the text above say that a list follows ("sebagai berikut", "rinciannya:")?"""
        words = [token.lower_ for token in self.doc[slice(*cell.intro)] if not token.is_space]
        return "berikut" in words[-8:] or words[-1:] == [":"] or any("rinci" in word for word in words[-8:])

    def programme_of(self, cell: Cell, span: Span) -> bool:
        """Is the number said of the programme before it in its entry ("PKH berjumlah 33 orang, untuk BST 50")?"""
        at = self.before_bound(span.start)
        while at in self.links or self.doc[at - 1].lower_ in {"jumlah", "bansos", "bantuan", ")", "("}:
            at = self.links[at].start if at in self.links else at - 1
        return at in self.programmes.values() and at > cell.name[0]

    # -- said before

    def header(self, span: Span, found: list[Figure]) -> int | None:
        """The last figure within three sentences."""
        if not found:
            return None
        near = self.sentence[span.start] - self.sentence[found[-1].number_start] <= SENTENCES
        return len(found) - 1 if near else None

    def anaphor(self, span: Span) -> bool:
        """Does the sentence take up the noun of an earlier one ("Jumlahnya … 9.187", "364 di antaranya")?"""
        first = self.starts[self.sentence[span.start]]
        bound, linked = self.before_bound(span.start), self.linked(span)
        for cue in self.anaphors.between(span.start - WINDOW, span.end + 1):
            touches = cue.start == span.end or cue.end == bound
            if touches or (linked and first <= cue.start and cue.end <= span.start):
                accept(self.doc, cue)
                return True
        return False

    def others_among(self, span: Span) -> bool:
        """Are only some sort of people among the counted meant ("27 pendamping, 23 di antaranya perempuan")?"""
        cue = next((cue for cue in self.anaphors.between(span.end, span.end + 1)), None)
        return cue is not None and cue.end in self.others

    def of_part(self, span: Span, found: list[Figure]) -> bool:
        """Is the number the whole of the figure before it ("1.876 orang dari 5.209 yang menerima")?"""
        before = found[-1]
        gap = self.doc[max(before.number_end, before.noun_end) : span.start]
        words = [token.lower_ for token in gap if token.lower_ not in {"orang", "total"}]
        return words == ["dari"]

    def of_whole(self, span: Span, found: list[Figure]) -> bool:
        """Is the number a part of the figure before it ("Dari 363 KPM di desa itu ada 9 yang mundur")?"""
        whole = found[-1]
        first = whole.number_start - 1
        if first < 0 or self.doc[first].lower_ != "dari" or self.sentence[first] != self.sentence[span.start]:
            return False
        said = self.before_bound(span.start) in self.links or self.doc[span.start - 1].text == ","
        return said and span.start - first < RUN and value_of(span).value < whole.number.value

    def measured(self, span: Span) -> bool:
        """Does a link open the sentence with the number and a measure follow it ("Tinggal 308 belum tersalur")?"""
        first = self.starts[self.sentence[span.start]]
        follows = bool(self.measures.between(span.end, span.end + 2))
        return follows and self.linked(span) and self.before_bound(span.start) - first <= 2

    def one_of_several(self, span: Span, found: list[Figure]) -> bool:
        """Is the number the next of a row of reasons or fates ("42 KPM dicoret: 30 meninggal, 12 pindah", "71 karena
        ganda, 15 karena …")?"""
        same = self.sentence[found[-1].number_start] == self.sentence[span.start]
        led = span.start > 0 and self.doc[span.start - 1].lower_ in {",", ":", ";", "dan", "serta"}
        told = bool(self.measures.between(span.end, span.end + 2))
        after = self.doc[span.end].lower_ if span.end < len(self.doc) else ""
        return same and led and (told or after in REASONS)

    def in_row(self, span: Span) -> bool:
        """Is the number one of several said of each entry of a list ("Gangga 2.286, yang menerima 2.198")?"""
        index = self.sentence[span.start]
        return self.entries[index] >= 2 and span.start > 0 and self.doc[span.start - 1].lower_ in ROW

    # -- lists

    def _items(self) -> set[int]:
        """Numbers that are entries of a list: a name before each ("Banjarmasin 7, Banjarbaru 5, Banjar 7"), three or
        more of them in a row, or two with the level of the place said."""
        runs: list[list[tuple[int, bool]]] = []
        last = 0
        for span, number in self.numbers:
            if span.start in self.money or number.written == "words":
                continue
            named, levelled = self._name_before(span.start)
            plain = self.ends_phrase(span.end) or span.end in self.noun_at or span.end in self.classifiers
            if not named or not plain:
                continue
            if not runs or span.start - last > RUN:
                runs.append([])
            runs[-1].append((span.start, levelled))
            last = span.end
        listed = [run for run in runs if len(run) >= 3 or sum(levelled for _, levelled in run) >= 2]
        return {start for run in listed for start, _ in run}

    def _name_before(self, start: int) -> tuple[bool, bool]:
        """Does a name stand before the number (perhaps with a link between), and is its level said?"""
        i = self.before_bound(start)
        if i > 0 and self.doc[i - 1].text == "(" and self._closed(start):
            i -= 1  # "Syiah Kuala (640) dan Ulee Kareng (377)"
        while i in self.links and not self.doc[self.links[i].start].text[:1].isupper():
            i = self.links[i].start
        first = i
        while first > 0 and i - first < NAME and self._of_name(self.doc[first - 1].text):
            first -= 1
        if first == i:
            return i > 0 and self.doc[i - 1].lower_ in LEVELS, False
        words = {self.doc[k].lower_ for k in range(max(first - 1, 0), i)}
        levelled = bool(words & LEVELS)
        return levelled or i not in self.noun_ends, levelled

    def _closed(self, start: int) -> bool:
        """Does a bracket close right behind the number (and its noun)?"""
        end = self.number_ends.get(start, start)
        end = self.noun_at[end].end if end in self.noun_at else end
        return end < len(self.doc) and self.doc[end].text == ")"

    @staticmethod
    def _of_name(text: str) -> bool:
        return text.isalpha() and (text[:1].isupper() or text.lower() in LEVELS)
