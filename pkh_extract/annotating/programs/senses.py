"""What "PKH" and "KPM" mean in an article: long forms in the text first, then the words around them.

The order of evidence is that of reading: an abbreviation inside a longer name ("Satgas PKH") is what that name says;
else the article's own long forms decide; else the vocabulary around it, and without any the aid, which is by far the
most frequent of the senses in the press.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import repeat

from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import Cue, lead_end
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.programs.vocabulary import Vocabulary
from pkh_extract.annotating.tokens import tokens_of

LEAD_TOKENS = 80  # where no sentences are set
STAFF = {"pendamping", "koordinator", "operator", "petugas", "fasilitator", "sdm", "korkab", "korcam", "korwil"}
NEAREST = 4  # contrasts looked at before a name


def aid_sense(doc: Doc, found: list[Cue], rules: Vocabulary) -> tuple[list[Cue], list[Cue]]:
    """Which of the abbreviations among ``found`` mean the aid programme, and the cues that decided it."""
    names, acronyms, slips = _by_sense(found, rules)
    slips = _slips(slips, names)
    others = [cue for cue in cues(doc, "program_other") if cue.id_ in rules.others]
    covered = {at for other in others for at in range(other.start, other.end)}
    free = [cue for cue in acronyms if cue.start not in covered]
    social = cues(doc, "program_social")
    if names:
        if others:
            ours, theirs = [name.start for name in names], [other.start for other in others]
            nearest = [cue for cue in free if _nearer(cue, ours, theirs)]
            return [*slips, *nearest], [*others, *social]
        return [*slips, *free], social
    if any(other.id_ in rules.sharing for other in others):
        return [], others
    beside = _beside(social, rules)
    close = [cue for cue in free if cue.start in beside]
    if others:
        return close, [*others, *social]
    if close:
        return free, social
    contrary = cues(doc, "program_contrary")
    if len(contrary) > len([cue for cue in social if cue.id_ not in rules.next]):
        return [], contrary
    return free, social


def _by_sense(found: list[Cue], rules: Vocabulary) -> tuple[list[Cue], list[Cue], list[Cue]]:
    """The long forms of PKH among the names, its abbreviations and the slips for these."""
    names: list[Cue] = []
    acronyms: list[Cue] = []
    slips: list[Cue] = []
    for cue in found:
        rule = rules.names[cue.id_]
        if rule.sense == "pkh":
            acronyms.append(cue)
        elif rule.sense == "slip":
            slips.append(cue)
        elif rule.sense is None and rule.code == "PKH":
            names.append(cue)
    return names, acronyms, slips


def _slips(slips: list[Cue], names: list[Cue]) -> list[Cue]:
    """Swapped letters are believed throughout where the article once puts them behind the long form."""
    if not slips:
        return []
    ends = {name.end for name in names}
    defined = {
        cue.text.upper()
        for cue in slips
        if cue.start >= 1 and cue.start - 1 in ends and cue.tokens.text[cue.start - 1] in {"(", "/", "-"}
    }
    return [cue for cue in slips if cue.text.isupper() and cue.text in defined]


def _beside(social: list[Cue], rules: Vocabulary) -> set[int]:
    """The tokens at which an abbreviation would stand beside a word of the aid ("KPM PKH", "KPM-PKH")."""
    words = [word for word in social if word.id_ in rules.next]
    return {at for word in words for at in (word.end, word.end + 1, word.start - 1, word.start - 2)}


def _nearer(cue: Cue, names: list[int], others: list[int]) -> bool:
    """Does the abbreviation stand nearer to a long form of the aid than to another's? By first tokens, sorted."""
    return _gap(cue.start, names) <= _gap(cue.start, others)


def _gap(at: int, starts: list[int]) -> int:
    place = bisect_left(starts, at)
    return min(abs(starts[i] - at) for i in (place - 1, place) if 0 <= i < len(starts))


def families_sense(doc: Doc, rules: Vocabulary, *, aid: bool) -> tuple[bool, list[Cue]]:
    """Does KPM mean recipient families? ``aid``: the article names PKH itself. Also returns the deciding cues."""
    kinds: dict[str, list[Cue]] = {"families": [], "abbreviation": [], "contrary": [], "aid": []}
    for cue in cues(doc, "program_kpm"):
        kinds.setdefault(rules.kinds_of_kpm[cue.id_], []).append(cue)
    others = [cue for cue in cues(doc, "program_other") if cue.id_ in rules.others_kpm]
    if others and not (aid and kinds["families"]):
        return False, others
    if kinds["families"]:
        return True, [*kinds["families"], *kinds["abbreviation"]]
    free = [cue for cue in kinds["abbreviation"] if cue.text.isupper()]
    if not free:
        return aid, []
    if aid or len(kinds["aid"]) >= max(1, len(kinds["contrary"])):
        return True, [*free, *kinds["aid"]]
    return False, kinds["contrary"]


def named_in_passing(doc: Doc, mention: Span, rules: Vocabulary) -> Cue | None:
    """The cue that makes the only mention of PKH one in passing: the article is on those who are called KPM for another
    reason (cadres, students), and names the programme, not its staff, by its abbreviation once, below the lead."""
    head, before = _lead_end(doc), tokens_of(doc).lower[max(0, mention.start - 2) : mention.start]
    if rules.names[mention.id_].sense != "pkh" or mention.start < head or not STAFF.isdisjoint(before):
        return None
    others = (cue for cue in cues(doc, "program_other") if cue.id_ in rules.others_kpm)
    return next((cue for cue in others if cue.start < head), None)


def contrasts(doc: Doc, named: list[Span], rules: Vocabulary, mentions: list[Span]) -> Iterator[Cue | None]:
    """For each mention of PKH in ``named`` the cue that only sets the report's subject apart from it ("warga di luar
    PKH"), or ``None``. ``mentions`` are those of all programmes."""
    cues_here = cues(doc, "program_not")
    if not cues_here:
        yield from repeat(None, len(named))
        return
    tokens = tokens_of(doc)
    ends = [cue.end for cue in cues_here]
    weak = any(rules.contrasts[cue.id_].weak for cue in cues_here)
    head = _lead_end(doc) if weak else 0
    elsewhere = weak and any(span.label_ != "PKH" and span.start < head for span in mentions)
    last: Cue | None = None
    end = -2
    for mention in named:
        at = mention.start
        first, _ = tokens.sentence_at(at)
        place = bisect_right(ends, at)
        contrast = None
        for cue in reversed(cues_here[max(0, place - NEAREST) : place]):
            rule = rules.contrasts[cue.id_]
            if at - cue.end > rule.reach or cue.start < first:
                continue
            if rule.bare and any(word.is_alpha for word in tokens.words[cue.end : at]):
                continue
            if rule.through and not rule.through.issuperset(tokens.lower[cue.end : at]):
                continue  # "di luar aula, penerima PKH antre"
            if not rule.weak or (at > head and (elsewhere or _others_between(mentions, cue.end, at))):
                contrast = cue
                break
        if contrast is None and at - end <= 1:
            contrast = last  # the abbreviation behind the long form
        yield contrast
        last, end = contrast, mention.end


def _others_between(mentions: list[Span], start: int, end: int) -> bool:
    """Are other programmes named between two tokens ("belum pernah menerima BST, BPNT serta PKH")?"""
    return any(span.label_ != "PKH" and start <= span.start < end for span in mentions)


def _lead_end(doc: Doc) -> int:
    """The token after title and the first sentences."""
    return lead_end(doc) if doc.has_annotation("SENT_START") else min(len(doc), LEAD_TOKENS)
