"""What "PKH" and "KPM" mean in an article: long forms in the text first, then the words around them.

The order of evidence is that of reading: an abbreviation inside a longer name ("Satgas PKH") is what that name says;
else the article's own long forms decide; else the vocabulary around it, and without any the aid, which is by far the
most frequent of the senses in the press.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import sentence_of, text_offset
from pkh_extract.annotating.lexicon import cues
from pkh_extract.rules import RuleSet

LEAD = 2  # sentences
BEFORE = 4  # words between a contrast and the name
NEAREST = 4  # contrasts looked at before a name


def aid_sense(doc: Doc, found: list[Span], rules: RuleSet) -> tuple[list[Span], list[Span]]:
    """Which of the abbreviations among ``found`` mean the aid programme, and the cues that decided it."""
    names = [cue for cue in found if rules[cue.id_].get("code") == "PKH" and not rules[cue.id_].get("sense")]
    acronyms = [cue for cue in found if rules[cue.id_].get("sense") == "pkh"]
    slips = _slips(doc, [cue for cue in found if rules[cue.id_].get("sense") == "slip"], names)
    others = [cue for cue in cues(doc, "program_other") if rules[cue.id_].get("of") == "PKH"]
    covered = {at for other in others for at in range(other.start, other.end)}
    free = [cue for cue in acronyms if cue.start not in covered]
    social = cues(doc, "program_social")
    beside = _beside(social, rules)
    close = [cue for cue in free if cue.start in beside]
    if names:
        if others:
            ours, theirs = [name.start for name in names], [other.start for other in others]
            nearest = [cue for cue in free if _nearer(cue, ours, theirs)]
            return [*slips, *nearest], [*others, *social]
        return [*slips, *free], social
    if any(rules[o.id_].get("shares") for o in others):
        return [], others
    if others:
        return close, [*others, *social]
    if close:
        return free, social
    contrary = cues(doc, "program_contrary")
    if len(contrary) > len([cue for cue in social if not rules[cue.id_].get("next")]):
        return [], contrary
    return free, social


def _slips(doc: Doc, slips: list[Span], names: list[Span]) -> list[Span]:
    """Swapped letters are believed throughout where the article once puts them behind the long form."""
    ends = {name.end for name in names}
    defined = {
        cue.text.upper()
        for cue in slips
        if cue.start >= 1 and doc[cue.start - 1].text in {"(", "/", "-"} and cue.start - 1 in ends
    }
    return [cue for cue in slips if cue.text.isupper() and cue.text in defined]


def _beside(social: list[Span], rules: RuleSet) -> set[int]:
    """The tokens at which an abbreviation would stand beside a word of the aid ("KPM PKH", "KPM-PKH")."""
    words = [word for word in social if rules[word.id_].get("next")]
    return {at for word in words for at in (word.end, word.end + 1, word.start - 1, word.start - 2)}


def _nearer(cue: Span, names: list[int], others: list[int]) -> bool:
    """Does the abbreviation stand nearer to a long form of the aid than to another's? By first tokens, sorted."""
    return _gap(cue.start, names) <= _gap(cue.start, others)


def _gap(at: int, starts: list[int]) -> int:
    place = bisect_left(starts, at)
    return min(abs(starts[i] - at) for i in (place - 1, place) if 0 <= i < len(starts))


def families_sense(doc: Doc, *, aid: bool) -> tuple[bool, list[Span]]:
    """Does KPM mean recipient families? ``aid``: the article names PKH itself. Also returns the deciding cues."""
    here = cues(doc, "program_kpm")
    families = [cue for cue in here if cue.id_.endswith(".families")]
    short = [cue for cue in here if cue.id_.endswith(".abbreviation")]
    others = [cue for cue in cues(doc, "program_other") if "KPM" in _senses(cue)]
    if others and not (aid and families):
        return False, others
    if families:
        return True, [*families, *short]
    free = [cue for cue in short if cue.text.isupper()]
    if not free:
        return aid, []
    contrary = [cue for cue in here if cue.id_.endswith(".contrary")]
    words = [cue for cue in here if cue.id_.endswith(".aid")]
    if aid or len(words) >= max(1, len(contrary)):
        return True, [*free, *words]
    return False, contrary


def _senses(cue: Span) -> str:
    return "KPM" if cue.id_.split(".")[1] in {"cadre", "campus", "units"} else "PKH"


def contrasts(doc: Doc, named: list[Span], rules: RuleSet, mentions: list[Span]) -> list[Span | None]:
    """For each mention of PKH in ``named`` the cue that only sets the report's subject apart from it ("warga di luar
    PKH"), or ``None``. ``mentions`` are those of all programmes."""
    cues_here = cues(doc, "program_not")
    ends = [cue.end for cue in cues_here]
    head = _lead_end(doc)
    elsewhere = any(span.label_ != "PKH" and span.start < head for span in mentions)
    found: list[Span | None] = []
    end = -2
    for mention in named:
        first = sentence_of(doc, mention).start
        place = bisect_right(ends, mention.start)
        contrast = None
        for cue in reversed(cues_here[max(0, place - NEAREST) : place]):
            rule = rules[cue.id_]
            if mention.start - cue.end > int(rule.get("reach", BEFORE)) or cue.start < first:
                continue
            if rule.get("bare") and any(token.is_alpha for token in doc[cue.end : mention.start]):
                continue
            if not rule.get("weak") or (mention.start > head and elsewhere):
                contrast = cue
                break
        if contrast is None and found and mention.start - end <= 1:
            contrast = found[-1]  # the abbreviation behind the long form
        found.append(contrast)
        end = mention.end
    return found


def _lead_end(doc: Doc) -> int:
    """The token after title and the first sentences."""
    seen = 0
    if not doc.has_annotation("SENT_START"):
        return min(len(doc), 80)
    for sent in doc.sents:
        seen += sent.start_char >= text_offset(doc)
        if seen >= LEAD:
            return int(sent.end)
    return len(doc)
