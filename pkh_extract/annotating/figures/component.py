"""Component ``pkh_figures``: what each number counts.

A number's noun stands right of it ("94 pendamping PKH", "71 orang pendamping"), or left of it with a linking word
("penerima PKH sebanyak 9.623"), or was said before: in a list that drops the unit ("Banjarmasin 7, Banjarbaru 5") or
after an anaphor ("Jumlahnya naik menjadi 9.187"). Numbers that count anything else are passed over, silently:
``doc.spans["pkh_figures"]`` holds only figures of people and recipients, value
:class:`~pkh_extract.annotating.figures.values.Figure`, the span from the number (or its sign) to its unit.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract.annotating.document import Cue, accept, new_span, register, remember, remembered
from pkh_extract.annotating.figures.page import ENTRY, PARTICIPANT, PERSON, Page
from pkh_extract.annotating.figures.values import Behind, Counted, Figure, NounRule, Supposal
from pkh_extract.annotating.figures.wholes import realised
from pkh_extract.annotating.memory import memory_of
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.numbers.component import COMPARED, placed
from pkh_extract.annotating.numbers.values import Number, Placed
from pkh_extract.annotating.tables import Cell
from pkh_extract.annotating.tokens import Tokens, tokens_of
from pkh_extract.rules import RuleSet, load_rules

KEY = "pkh_figures"
STAFF = "people_role.staff"
ENROLLED = "kpm_unit.enrolled"
FACILITATOR = "people_role.facilitator"
SMALL = 10  # below, a number without a unit counts only after a word like "sebanyak"
SUPPOSED = 20  # tokens back to what makes a number one that is only supposed, at most
LARGEST = 300_000_000  # more people than Indonesia has


class Figures:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.generic = {rule.id for rule in rules.family("figure_classifier") if rule.get("generic")}
        self.staff = {rule.id for rule in rules.family("people_role") if rule.get("staff")}
        self.supposed = {
            rule.id: Supposal(int(rule.get("reach", SUPPOSED)), bool(rule.get("clause")))
            for rule in rules.family("figure_supposed")
        }
        self.nouns = {
            rule.id: NounRule(
                least=rule.get("min", 0),
                most=rule.get("max", LARGEST),
                right=not rule.get("before_only", False),
                left=not rule.get("right_only", False),
            )
            for family in ("people_role", "kpm_unit")
            for rule in rules.family(family)
        }

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        tokens = tokens_of(doc)
        found = [Counted(*_place(tokens, figure), figure) for figure in self._figures(doc)]
        remember(doc, KEY, found)
        doc.spans[KEY] = [new_span(doc, start, end, "figure", figure.noun, figure) for start, end, figure in found]
        return doc

    def _figures(self, doc: Doc) -> list[Figure]:
        """What the numbers of a document count, in text order."""
        counting = [count for count in placed(doc) if not count.number.blocked and count.number.value <= LARGEST]
        if not counting:
            return []
        page = Page(doc)
        found: list[Figure] = []
        for count in counting:
            if count.start in page.money or self._supposed(page, count):
                continue
            cell = page.cells.get(count.start)
            if cell is not None and cell.head is not None:
                if (column := self._in_table(page, count, cell)) is not None:
                    found.append(column)
                continue
            after = page.after(count)
            behind = Behind(after, *page.noun_after(after))
            figure = (
                self._right(page, count, behind, found)
                or (self._entry(page, count, behind, cell) if cell is not None else None)
                or self._generic(page, count, behind, found)
                or self._left(page, count, behind)
                or self._inherited(page, count, behind, found)
            )
            if figure is not None:
                found.append(_bounded(page.tokens, figure))
        return found

    def _supposed(self, page: Page, count: Placed) -> bool:
        """Is the number only supposed ("andai 300 KPM mundur", "kalau ada 50 KPM yang …")?"""
        for cue in page.supposals.between(count.start - SUPPOSED, count.start):
            rule = self.supposed[cue.id_]
            if (that := page.reported.get(cue.start)) is not None:
                accept(page.doc, that)
                continue
            between = page.lower[cue.end : count.start]
            apart = len(between) > rule.reach or page.sentence[cue.start] != page.sentence[count.start]
            if not apart and not (rule.clause and "," in between):
                accept(page.doc, cue)
                return True
        return False

    def _fits(self, noun: Cue | None, number: Number, side: str) -> bool:
        if noun is None:
            return False
        rule = self.nouns[noun.id_]
        return rule.least <= number.value <= rule.most and (rule.right if side == "right" else rule.left)

    def _right(self, page: Page, count: Placed, behind: Behind, found: list[Figure]) -> Figure | None:
        """ "94 pendamping PKH", "71 orang pendamping", "79 [Pendamping PKH]", "74 dari 501 keluarga"."""
        _, noun, classifier = behind
        if noun is None and (whole := page.whole(count)) is not None:
            noun, classifier = page.noun_after(whole)
        if noun is None or not self._fits(noun, count.number, "right"):
            return None
        if noun.id_ == PERSON and page.among_components(count):
            return None
        if classifier is not None:
            accept(page.doc, classifier)
        if noun.id_ == PARTICIPANT and count.number.value >= self.nouns[ENROLLED].least:
            return Figure(count.number, ENROLLED, "right", False, count.start, count.end, noun.start, noun.end)
        said = page.recipients_before(count) if noun.id_ == PARTICIPANT else None
        if said is not None and self._fits(said, count.number, "left"):
            return Figure(count.number, said.id_, "left", True, count.start, count.end, said.start, said.end)
        if noun.id_ == PARTICIPANT and (rule := page.enrolled(count, found)) is not None:
            header, item = page.header(count, found), count.start in page.items
            return Figure(count.number, rule, "inherited", True, count.start, count.end, header=header, item=item)
        return Figure(count.number, noun.id_, "right", False, count.start, count.end, noun.start, noun.end)

    def _generic(self, page: Page, count: Placed, behind: Behind, found: list[Figure]) -> Figure | None:
        """ "SDM PKH berjumlah 63 orang": the noun is said before, "orang" is only the unit."""
        _, noun, classifier = behind
        if noun is not None or classifier is None or classifier.id_ not in self.generic:
            return None
        if (other := page.others.get(classifier.end)) is not None:
            accept(page.doc, other)
            return None
        if (other := page.other_before(count)) is not None:
            accept(page.doc, other)
            return None  # "jumlah pelamar 31 orang"
        accept(page.doc, classifier)
        if page.accompanied(count):
            return Figure(count.number, FACILITATOR, "left", True, count.start, count.end)
        left = next((noun for noun in page.nouns_before(count) if self._fits(noun, count.number, "left")), None)
        if left is not None and found and page.others_beside(count, found[-1], classifier.end):
            return None
        if left is not None:
            noun_id = STAFF if left.id_ in self.staff and page.staff_before(count, left) else left.id_
            return Figure(count.number, noun_id, "left", True, count.start, count.end, left.start, left.end)
        takes_up = page.linked(count) or count.start in page.items or page.anaphor(count)
        header = page.header(count, found) if takes_up else None
        other = page.meanwhile(count, found[header]) if header is not None else None
        if other is not None and self._fits(other, count.number, "left"):
            return Figure(count.number, other.id_, "left", True, count.start, count.end)
        if header is not None:
            return Figure(count.number, found[header].noun, "inherited", True, count.start, count.end, header=header)
        nouns = page.nouns_in_sentence_before(count) if takes_up and not page.left_programme(count) else []
        before = next((noun for noun in nouns if self._fits(noun, count.number, "left")), None)
        if before is not None:
            return Figure(count.number, before.id_, "left", True, count.start, count.end)
        return Figure(count.number, PERSON, "right", True, count.start, count.end, classifier.start, classifier.end)

    def _in_table(self, page: Page, count: Placed, cell: Cell) -> Figure | None:
        """ "Cibatu | 1.234" under the head "Kecamatan | KPM"."""
        noun = page.column(cell)
        if noun is None or not self.nouns[noun].least <= count.number.value <= self.nouns[noun].most:
            return None
        return Figure(count.number, noun, "left", False, count.start, count.end, item=not cell.total)

    def _entry(self, page: Page, count: Placed, behind: Behind, cell: Cell) -> Figure | None:
        """An entry of a list that names the programme alone ("Desa Bungi: PKH berjumlah 33 orang, untuk BST 50 orang")
        or nothing but its number, where the text above says what is listed."""
        after, noun, classifier = behind
        if noun is not None or not (classifier is not None or page.ends_phrase(after)):
            return None
        person = classifier is not None and classifier.id_ in self.generic
        if page.programme_of(cell, count):
            rule: str | None = f"{ENTRY}_person" if person else ENTRY
        else:
            alone = count.start - cell.name[1] <= 1 and page.announced(cell)
            rule = page.noun_above(cell) if alone else None
        if rule is None or not (rule.startswith(ENTRY) or self.nouns[rule].least <= count.number.value):
            return None
        return Figure(count.number, rule, "left", person, count.start, count.end, item=True)

    def _left(self, page: Page, count: Placed, behind: Behind) -> Figure | None:
        """ "penerima PKH sebanyak 9.623", "Jumlah KPM-PKH : 9,623"."""
        if count.number.written == "words" or not page.ends_phrase(behind.after) or page.other_before(count):
            return None
        noun = next((noun for noun in page.nouns_before(count) if self._fits(noun, count.number, "left")), None)
        if noun is None:
            return None
        item = count.start in page.items
        if not (page.leads_list(noun, count) if item else page.says_number_of(noun, count)):
            return None
        if count.number.value < SMALL and not page.counted(count):
            return None
        page.credit_break(behind.after)
        return Figure(count.number, noun.id_, "left", False, count.start, count.end, noun.start, noun.end, item=item)

    def _inherited(self, page: Page, count: Placed, behind: Behind, found: list[Figure]) -> Figure | None:
        """The noun of an earlier figure, for an entry of a list or after an anaphor."""
        if count.number.written == "words" or not found or page.other_before(count):
            return None
        item = count.start in page.items
        takes_up = page.of_part(count, found) or page.of_whole(count, found) or page.anaphor(count)
        takes_up = takes_up or page.in_row(count) or page.measured(count)
        takes_up = takes_up or realised(page.tokens, found[-1], count.start, count.number.value)
        of_some = page.one_of_several(count, found) or page.of_others(count, found)
        ends = page.ends_phrase(behind.after) or (page.of_whole(count, found) and page.passive(behind.after))
        if not (item or of_some or (takes_up and ends)):
            return None
        number, start, end = count.number, count.start, count.end
        anew = page.listed_anew(count, found) if item else None
        if anew is not None and self._fits(anew, number, "left"):
            return Figure(number, anew.id_, "left", False, start, end, anew.start, anew.end, item=True)
        header = page.header(count, found)
        if header is None or page.others_among(count):
            return None
        top = found[header]
        other = None if item else page.meanwhile(count, top)
        if other is not None and self._fits(other, number, "left"):
            return Figure(number, other.id_, "left", False, start, end)
        return Figure(number, top.noun, "inherited", top.generic, start, end, header=header, item=item)


def _bounded(tokens: Tokens, figure: Figure) -> Figure:
    """The figure with the bound that stands behind its unit ("400 orang lebih", not "lebih banyak")."""
    if figure.number.qualifier != "exact":
        return figure
    said = tokens.lower[figure.end : figure.end + 2]
    if said[:1] != ["lebih"] or (said[1:] and said[1] in COMPARED):
        return figure
    return figure._replace(number=figure.number._replace(qualifier="at_least"))


def _place(tokens: Tokens, figure: Figure) -> tuple[int, int]:
    """From number to unit where the unit follows, else the number alone."""
    start, end = figure.number_start, figure.number_end
    if figure.how == "right" and figure.noun_end > end:
        end = figure.noun_end
    elif figure.generic and end < len(tokens) and not tokens.words[end].is_punct:
        end += 1
    text = tokens.between(start, end)
    if text.count("(") > text.count(")"):
        end = min(end + 1, len(tokens))
    return start, end


def credit_noun(doc: Doc, counted: Counted, family: str, value: Any) -> None:
    """Credit the rule of a figure's noun, of a family, with the value that the figure gave."""
    start, end, figure = counted
    memory_of(doc).values[family, start, end] = value
    accept(doc, Cue(tokens_of(doc), start, end, family, figure.noun))


def figures(doc: Doc) -> list[Counted]:
    """The figures of a document in text order."""
    found: list[Counted] | None = remembered(doc, KEY)
    return found or []


@Language.factory("pkh_figures", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_figures(nlp: Language, name: str, patterns: str | None) -> Figures:
    """Factory ``pkh_figures``."""
    return Figures(nlp, load_rules(patterns))
