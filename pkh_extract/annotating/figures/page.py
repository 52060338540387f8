"""What stands around the numbers of one document: nouns, links, lists."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import Cue, accept
from pkh_extract.annotating.figures.lists import NAME, RUN, Lists
from pkh_extract.annotating.nearby import WINDOW
from pkh_extract.annotating.numbers.component import COUNTING
from pkh_extract.annotating.tables import Cell, is_year

if TYPE_CHECKING:
    from pkh_extract.annotating.figures.values import Figure
    from pkh_extract.annotating.numbers.values import Placed

REACH = 40  # tokens to the left that a noun may stand away from its number
SENTENCES = 3  # that a list may stand away from its header
PERSON = "kpm_unit.person"
ENTRY, PROGRAMME = "kpm_unit.entry", "kpm_unit.programme"
PARTICIPANT = "people_role.participant"
LEFT, AID = {"kpm_measure.graduated", "kpm_measure.removed"}, {"bantuan", "bansos", "pkh", "kepesertaan", "penerima"}
LEAVING = 16  # tokens behind a number that say what became of them
MEMBER = "peserta"
OTHERS, FIGURES = "lainnya", 3  # figures back among which the whole of "40 lainnya" is
SOMEBODY = "figure_classifier.person"
SPEAKER = "people_role.coordinator"
NEAR = 6  # tokens between staff and their number that a comma may stand in
LAST = 8  # words of an introduction that announce a list
SAYING = {
    "menurut", "kata", "ujar", "ucap", "jelas", "tutur", "ungkap", "sebut", "papar", "terang", "lanjut", "tegas",
    "imbuh", "dikatakan", "disampaikan", "diungkapkan", "dijelaskan",
}  # fmt: skip
ROLE = "people_role"
LISTING = {",", "dan", "serta", "/", "maupun", "pkh", "kabupaten", "kecamatan"}
ACTING = {"selaku", "sebagai"}
BESIDE = {"dan", "serta", ",", "plus"}
KINDS = {"unsur", "kalangan", "jajaran", "para", "tim"}
BETWEEN = {"calon", "[", "seluruh", "total", "jumlah", "semua"}  # a number and its noun
REASONS = {"karena", "lantaran", "akibat", "sebab"}
ATTENDED = {"diikuti", "dihadiri", "disaksikan", "diantaranya"}
ROW = {"menerima", "disalurkan", "sebab", "karena", "lantaran", "dan", "sudah", "ada", "kepada"}


class Page(Lists):
    """What the words around the numbers of one document say of them."""

    # -- right of a number

    def after(self, count: Placed) -> int:
        """The token after the number, its repetition in words ("4 (empat)") and "lebih"."""
        i, lower = count.end, self.lower
        if count.number.qualifier == "at_least" and i < len(lower) and lower[i] == "lebih":
            i += 1
        if i in self.anaphor_ends and self.anaphor_ends[i] in self.noun_at:
            return self.anaphor_ends[i]  # "102 ribu di antaranya penerima PKH"
        if i + 2 < len(lower) and lower[i] == "(":
            for k in range(i + 1, min(i + 9, len(lower))):
                if lower[k] == ")" and (k + 1 in self.noun_at or k + 1 in self.classifiers):
                    return k + 1
        return i

    def noun_after(self, i: int) -> tuple[Cue | None, Cue | None]:
        """The noun that begins at token ``i``, past classifiers, and the last classifier."""
        classifier = None
        nouns = self.noun_at
        while i in self.classifiers and (i not in nouns or self._person_before_noun(i)):
            classifier = self.classifiers[i]
            i = classifier.end
            if i + 1 in nouns and self.lower[i] in ACTING:
                i += 1  # "5 orang selaku operator"
        while i < len(self.lower) and self.lower[i] in BETWEEN and i not in nouns:
            i += 1
        if classifier is not None and i not in nouns and self.lower[i : i + 1] == ["dari"]:
            of_sort = classifier.id_ != SOMEBODY and not KINDS.isdisjoint(self.lower[i + 1 : i + 2])
            i += 1 + of_sort  # "18 petugas dari [unsur] pendamping"
        return nouns.get(i), classifier

    def _person_before_noun(self, i: int) -> bool:
        """ "30 ibu KPM PKH": the first word only says what sort of recipients."""
        return self.noun_at[i].id_ == PERSON and self.classifiers[i].end in self.noun_at

    def whole(self, count: Placed) -> int | None:
        """For "74 dari 501 keluarga" and "berkurang 61 menjadi 3.628 keluarga": the token after the second number."""
        i, lower = count.end, self.lower
        if i + 1 < len(lower) and lower[i] in {"dari", "menjadi"}:
            i += 1 + (lower[i + 1] == "total" and i + 2 < len(lower))
            return self.number_ends.get(i)
        return None

    def credit_break(self, i: int) -> None:
        """Note the cue that ended a phrase."""
        if i in self.breaks:
            accept(self.doc, self.breaks[i])

    # -- left of a number

    def other_before(self, count: Placed) -> Cue | None:
        """The word for people of no interest that the number is said of ("jumlah pelamar 31 orang")."""
        at = self.before_bound(count.start)
        while at in self.links:
            at = self.links[at].start
        return self.other_ends.get(at)

    def nouns_before(self, count: Placed) -> list[Cue]:
        """The nouns before the number in its sentence, the nearest first; not the agent of a passive ("yang didata
        pendamping PKH sebanyak 84.604"), unless they are who came ("diikuti pendamping PKH sebanyak 40")."""
        floor = max(self.starts[self.sentence[count.start]], count.start - REACH)
        inside = [noun for noun in self.nouns.between(floor, count.start) if noun.end <= count.start]
        inside = [noun for noun in inside if not self._agent(noun) and not self._apart(noun, count)]
        return sorted(inside, key=lambda noun: (-noun.end, noun.start))

    def staff_before(self, count: Placed, noun: Cue) -> bool:
        """Does the noun close a list of staff ("koordinator, operator dan pendamping, total 114 orang")?"""
        first = max(self.starts[self.sentence[count.start]], noun.start - NEAR)
        others = [one for one in self.nouns.between(first, noun.start) if one.label_ == ROLE and one.id_ != noun.id_]
        return bool(others) and LISTING.issuperset(self.lower[others[-1].end : noun.start])

    def recipients_before(self, count: Placed) -> Cue | None:
        """The recipients that a number of "peserta" is said of ("penerima PKH di kota itu totalnya 4.655 peserta"),
        where nothing tells that people came."""
        nouns = self.nouns_before(count)
        if not (self.linked(count) or any(noun.start in self.totals for noun in nouns)):
            return None
        noun = next((noun for noun in nouns if noun.id_ != PROGRAMME), None) or next(iter(nouns), None)
        if noun is None or noun.label_ != "kpm_unit":
            return None
        return None if self.comings.between(noun.end, count.start) else noun

    def enrolled(self, count: Placed, found: list[Figure]) -> str | None:
        """The rule of the recipients that the "peserta" of a list, or some "di antaranya", are: those of the figure or
        sentence before, "peserta" too ("KPM baru ada 640 peserta: Mekar 34 peserta, …"), and nobody comes."""
        first, end = self.tokens.sentence_at(count.start)
        some = bool(self.anaphors.between(count.end + 1, count.end + 2))
        if not (some or count.start in self.items) or any(
            cue.lower[0] != MEMBER for cue in self.comings.between(first, end)
        ):
            return None
        header = self.header(count, found)
        if header is not None:
            top = found[header]
            behind = self.noun_at.get(top.number_end)
            same = behind is not None and behind.id_ == PARTICIPANT
            same = same or MEMBER in self.lower[max(top.noun_start, 0) : top.noun_end]
            return top.noun if same and top.family == "kpm_unit" else None
        nouns = self.nouns_before(count) or self.nouns_in_sentence_before(count)
        return next((noun.id_ for noun in nouns if noun.label_ == "kpm_unit" and noun.lower[0] == MEMBER), None)

    def _agent(self, noun: Cue) -> bool:
        if noun.label_ != "people_role" or not noun.start:
            return False
        verb = self.lower[noun.start - 1]
        return verb == "oleh" or (verb.startswith("di") and len(verb) > 4 and verb not in ATTENDED)

    def _apart(self, noun: Cue, count: Placed) -> bool:
        """Staff with a name in commas speak ("menurut Koordinator PKH, Rudi, ada 500"); a coordinator farther off needs
        but one comma ("Koordinator PKH, Rudiat menyebut …")."""
        if noun.label_ != "people_role":
            return False
        commas = self.lower[noun.end : count.start].count(",")
        before = self.lower[max(0, noun.start - 2) : noun.start]
        opened = noun.start > 1 and self.lower[noun.start - 2] == ","  # ", kata Kepala Dinas Sosial Anu, ada 118"
        speaks = commas > (not opened) and not SAYING.isdisjoint(before)
        return speaks or (commas > 0 and noun.id_ == SPEAKER and count.start - noun.end > NEAR)

    def nouns_in_sentence_before(self, count: Placed) -> list[Cue]:
        """The nouns of the sentence before, in the same or the neighbouring paragraph, the last first."""
        index = self.sentence[count.start]
        if not index:
            return []
        last = self.starts[index]
        nouns = self.nouns.between(max(self.starts[index - 1], last - WINDOW), last)
        return sorted((noun for noun in nouns if noun.end <= last), key=lambda noun: (-noun.end, noun.start))

    def left_programme(self, count: Placed) -> bool:
        """Did those who are counted leave the programme ("Ada 310 orang sudah mundur dari PKH")? Then they are none of
        the staff of whom the sentence before spoke."""
        end = min(count.end + LEAVING, self.tokens.sentence_at(count.start)[1])
        if not any(cue.id_ in LEFT for cue in self.measures.between(count.end, end)):
            return False
        return not AID.isdisjoint(self.lower[count.end : end])

    def linked(self, count: Placed) -> bool:
        """Does a linking word touch the number?"""
        return self.before_bound(count.start) in self.links

    def counted(self, count: Placed) -> bool:
        """Does a word that only counts lead to the number?"""
        link = self.links.get(self.before_bound(count.start))
        return link is not None and (link.text.lower() in COUNTING or link.text == ":")

    def says_number_of(self, noun: Cue, count: Placed) -> bool:
        """Is the number said of a noun before it: a link or the noun itself touches it, or "jumlah" opens the noun?"""
        first = self.before_bound(count.start)
        if first in self.links:
            accept(self.doc, self.links[first])
            return True
        if first != count.start and 0 < first - noun.end <= NAME and self.is_name(noun.end, first):
            return True  # "SDM PKH Labura berkisar 57"
        if 1 < first - noun.end <= NAME and self.lower[noun.end] == "tahun" and self.is_time(noun.end, first):
            return True  # "penerima PKH tahun depan 10 juta"
        bracketed = first > 0 and self.lower[first - 1] == ")" and 0 < first - noun.end <= 3
        if first in self.noun_ends or bracketed:
            return True
        total = self.totals.get(noun.start) or self.opening.get(noun.start)
        if total is None:
            return False
        accept(self.doc, total)
        return True

    def listed_anew(self, count: Placed, found: list[Figure]) -> Cue | None:
        """The noun that opens the list of the number's sentence after all earlier figures ("KPM yang gagal bayar 83
        […] Adapun rincian KPM tahap ini, Kabupaten Anu 1.204, Kota Itu 96")."""
        for noun in self.nouns_before(count):
            if noun.start < found[-1].end:
                return None
            opener = self.totals.get(noun.start) or self.detailing.get(noun.start)
            if opener is not None:
                accept(self.doc, opener)
                return noun
        return None

    # -- in a table or list

    def column(self, cell: Cell) -> str | None:
        """The rule of the noun that a table's column counts: named in its head, or by a programme there; of a column
        that says but "Jumlah" the noun of the text above."""
        assert cell.head is not None
        first, last = cell.head
        if cell.money:
            return None
        nouns = [noun for noun in self.nouns.between(first, last) if noun.end <= last and noun.id_ != PROGRAMME]
        if nouns:
            return max(nouns, key=len).id_
        if any(first <= start < last for start in self.programmes):
            return ENTRY
        total = any(first <= total.start < last for total in self.opening.values())
        year = all(is_year(word) for word in self.lower[first:last])
        return self.noun_above(cell) if total or year else None

    def noun_above(self, cell: Cell) -> str | None:
        """The last noun of the text that introduces a table or list."""
        above = [noun for noun in self.nouns.between(*cell.intro) if noun.end <= cell.intro[1]]
        return above[-1].id_ if above else None

    def announced(self, cell: Cell) -> bool:
        """Does the text above say that a list follows ("sebagai berikut", "rinciannya:")?"""
        backwards = (word.lower for word in reversed(self.words[slice(*cell.intro)]) if not word.is_space)
        words = list(islice(backwards, LAST))
        return "berikut" in words or words[:1] == [":"] or any("rinci" in word for word in words)

    def programme_of(self, cell: Cell, count: Placed) -> bool:
        """Is the number said of the programme before it in its entry ("PKH berjumlah 33 orang, untuk BST 50")?"""
        at = self.before_bound(count.start)
        while at in self.links or self.lower[at - 1] in {"jumlah", "bansos", "bantuan", ")", "("}:
            at = self.links[at].start if at in self.links else at - 1
        return at in self.programmes.values() and at > cell.name[0]

    # -- said before

    def header(self, count: Placed, found: list[Figure]) -> int | None:
        """The last figure within three sentences."""
        if not found:
            return None
        near = self.sentence[count.start] - self.sentence[found[-1].number_start] <= SENTENCES
        return len(found) - 1 if near else None

    def meanwhile(self, count: Placed, before: Figure) -> Cue | None:
        """The noun that the sentences between the figure and the number speak of, where it is of another kind
        ("… 14 pendamping. Para penerima akan dikunjungi. Jumlahnya 2.860 orang")."""
        first = self.starts[self.sentence[count.start]]
        past = self.starts[self.sentence[before.number_start] + 1 :][:1]
        between = self.nouns.between(past[0], first) if past else []
        between = [noun for noun in between if noun.end <= first]
        if not between or any(noun.label_ == before.family for noun in between):
            return None
        return between[-1]

    def anaphor(self, count: Placed) -> bool:
        """Does the sentence take up the noun of an earlier one ("Jumlahnya … 9.187", "364 di antaranya")?"""
        near = self.anaphors.between(count.start - WINDOW, count.end + 1)
        if not near:
            return False
        first = self.starts[self.sentence[count.start]]
        bound, linked = self.before_bound(count.start), self.linked(count)
        for cue in near:
            touches = cue.start == count.end or cue.end == bound
            if touches or (linked and first <= cue.start and cue.end <= count.start):
                accept(self.doc, cue)
                return True
        return False

    def others_beside(self, count: Placed, before: Figure, end: int) -> bool:
        """Are others, of a noun that no rule has, counted beside those before ("3 koordinator dan 6 orang
        administrasi", "5 operator dan 45 orang yang tersebar")? ``end``: the token after "orang"."""
        joined = self.lower[self.before_bound(count.start) - 1] in BESIDE and before.how == "right"
        apart = (
            count.start - before.noun_end > NEAR + 1 or self.sentence[before.number_start] != self.sentence[count.start]
        )
        told = not self.ends_phrase(end) or self.lower[end : end + 1] == ["yang"]
        return joined and not apart and told

    def others_among(self, count: Placed) -> bool:
        """Are only some sort of people among the counted meant ("27 pendamping, 23 di antaranya perempuan")?"""
        cue = next(iter(self.anaphors.between(count.end, count.end + 1)), None)
        return cue is not None and cue.end in self.others

    def of_part(self, count: Placed, found: list[Figure]) -> bool:
        """Is the number the whole of the figure before it ("1.876 orang dari 5.209 yang menerima")?"""
        if self.lower[count.start - 1] not in {"dari", "orang", "total"}:
            return False
        between = self.lower[found[-1].end : count.start]
        return [word for word in between if word not in {"orang", "total"}] == ["dari"]

    def of_whole(self, count: Placed, found: list[Figure]) -> bool:
        """Is the number a part of the figure before it ("Dari 363 KPM di desa itu ada 9 yang mundur")?"""
        whole = found[-1]
        first = whole.number_start - 1
        if first < 0 or self.lower[first] != "dari" or self.sentence[first] != self.sentence[count.start]:
            return False
        said = self.before_bound(count.start) in self.links or self.lower[count.start - 1] == ","
        return said and count.start - first < RUN and count.number.value < whole.number.value

    def of_others(self, count: Placed, found: list[Figure]) -> bool:
        """Is the number that of the others among those counted before ("… 640 KPM. Yang 40 lainnya digraduasi")?"""
        whole = max((figure.number.value for figure in found[-FIGURES:]), default=0)
        return self.lower[count.end : count.end + 1] == [OTHERS] and count.number.value < whole

    def measured(self, count: Placed) -> bool:
        """Does a link open the sentence with the number and a measure follow it ("Tinggal 308 belum tersalur")?"""
        first = self.starts[self.sentence[count.start]]
        follows = bool(self.measures.between(count.end, count.end + 2))
        return follows and self.linked(count) and self.before_bound(count.start) - first <= 2

    def one_of_several(self, count: Placed, found: list[Figure]) -> bool:
        """Is the number the next of a row of reasons or fates ("42 KPM dicoret: 30 meninggal, 12 pindah", "71 karena
        ganda, 15 karena …")?"""
        same = self.sentence[found[-1].number_start] == self.sentence[count.start]
        if not same or self.lower[count.start - 1] not in {",", ":", ";", "dan", "serta"}:
            return False
        after = self.lower[count.end] if count.end < len(self.lower) else ""
        return after in REASONS or bool(self.measures.between(count.end, count.end + 2))

    def in_row(self, count: Placed) -> bool:
        """Is the number one of several said of each entry of a list ("Gangga 2.286, yang menerima 2.198")?"""
        led = count.start > 0 and self.lower[count.start - 1] in ROW
        return led and self.entries[self.sentence[count.start]] >= 2
