"""What "PKH" and "KPM" mean in an article: long forms in the text first, then the words around them.

The order of evidence is that of reading: an abbreviation inside a longer name ("Satgas PKH") is what that name says;
else the article's own long forms decide; else the vocabulary around it, and without any the aid, which is by far the
most frequent of the senses in the press.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import text_offset
from pkh_extract.annotating.lexicon import cues
from pkh_extract.rules import RuleSet

LEAD = 3  # sentences
BEFORE = 4  # words between a contrast and the name


def aid_sense(doc: Doc, found: list[Span], rules: RuleSet) -> tuple[list[Span], list[Span]]:
    """Which of the abbreviations among ``found`` mean the aid programme, and the cues that decided it."""
    names = [cue for cue in found if rules[cue.id_].get("code") == "PKH" and not rules[cue.id_].get("sense")]
    acronyms = [cue for cue in found if rules[cue.id_].get("sense") == "pkh"]
    slips = _slips(doc, [cue for cue in found if rules[cue.id_].get("sense") == "slip"], names)
    others = [cue for cue in cues(doc, "program_other") if rules[cue.id_].get("of") == "PKH"]
    free = [cue for cue in acronyms if not any(o.start <= cue.start < o.end for o in others)]
    social = cues(doc, "program_social")
    close = [cue for cue in free if _neighbour(cue, social, rules)]
    if names:
        if others:
            nearest = [cue for cue in free if _nearer(cue, names, others)]
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


def _neighbour(cue: Span, social: list[Span], rules: RuleSet) -> bool:
    """Does a word of the aid stand right beside the abbreviation ("KPM PKH", "KPM-PKH")?"""
    return any(
        rules[word.id_].get("next") and (0 <= cue.start - word.end <= 1 or 0 <= word.start - cue.end <= 1)
        for word in social
    )


def _nearer(cue: Span, names: list[Span], others: list[Span]) -> bool:
    def gap(spans: list[Span]) -> int:
        return min(max(span.start - cue.end, cue.start - span.end, 0) for span in spans)

    return gap(names) <= gap(others)


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


def is_contrast(doc: Doc, mention: Span, rules: RuleSet, mentions: list[Span]) -> Span | None:
    """The cue that only sets the report's subject apart from PKH ("warga di luar PKH"), or ``None``."""
    for cue in cues(doc, "program_not"):
        if not 0 <= mention.start - cue.end <= BEFORE or sentence_of(doc, mention).start > cue.start:
            continue
        if not rules[cue.id_].get("weak"):
            return cue
        head = _lead_end(doc)
        if mention.start > head and any(span.label_ != "PKH" and span.start < head for span in mentions):
            return cue
    return None


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


def sentence_of(doc: Doc, span: Span) -> Span:
    """The sentence around a span; the whole document where no sentences are set."""
    return span.sent if doc.has_annotation("SENT_START") else doc[0 : len(doc)]
