"""Token patterns near their anchors against one spaCy ``Matcher`` over the whole document."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import Matcher
from spacy.tokens import Doc

from pkh_extract.annotating.anchored import AnchoredMatcher, anchors
from pkh_extract.annotating.lexicon import longest
from pkh_extract.rules import Rule, load_rules

VOCAB = spacy.blank("id").vocab
TRICKY = [
    [{"LOWER": "akan"}, {"IS_ALPHA": True, "OP": "{0,3}"}, {"LOWER": {"IN": ["kepada", "untuk"]}}],
    [{"LOWER": "akan", "OP": "?"}, {"LOWER": "cair"}, {"LOWER": "lagi", "OP": "?"}],
    [{"LOWER": "akan", "OP": "+"}, {"TEXT": "PKH"}],
    [{"LOWER": "cair"}, {"IS_PUNCT": False, "OP": "*"}, {"ORTH": ","}],
    [{"IS_TITLE": True}, {"TEXT": {"REGEX": "^[0-9]+$"}}],
    [{"LOWER": {"NOT_IN": ["tidak", "tak"]}}, {"LOWER": {"IN": ["cair", "turun"]}}],
    [{"LOWER": "tidak", "OP": "!"}, {"LOWER": "cair"}],
    [{"LOWER": "kepada", "OP": "{2}"}, {"LOWER": "untuk", "OP": "{,2}"}],
    [{"LOWER": "lagi", "OP": "{1,}"}, {"OP": "{1,2}"}, {"LOWER": "turun"}],
]
RULES = [*load_rules(None).values(), *(Rule(id=f"tricky.n{n}", tokens=[row]) for n, row in enumerate(TRICKY))]
OURS = AnchoredMatcher(VOCAB, RULES)
WHOLE = Matcher(VOCAB)
for _rule in RULES:
    if _rule.tokens:
        WHOLE.add(_rule.id, _rule.tokens)
WORDS = sorted({word for anchor in (a for row in TRICKY for a in anchors(row)) for word in anchor.words})
OF_RULES = sorted({word for rule in RULES for row in rule.tokens for anchor in anchors(row) for word in anchor.words})
FILLERS = ["Camat", "PKH", "12", ",", ".", "tidak", "warga", "yang", "\n\n", "Akan"]


@given(st.lists(st.sampled_from(WORDS + FILLERS), max_size=40))
def test_few_words_in_any_order_match_alike(words):
    check(words)


@given(st.lists(st.one_of(st.sampled_from(OF_RULES), st.sampled_from(FILLERS)), max_size=60))
def test_the_words_of_the_rules_in_any_order_match_alike(words):
    check(words)


@given(st.data())
def test_what_a_rule_describes_is_found_among_other_words(data):
    row = data.draw(st.sampled_from([row for rule in RULES for row in rule.tokens]))
    told = [data.draw(st.sampled_from(sorted(anchor.words))) for anchor in anchors(row)]
    gaps = st.lists(st.sampled_from(FILLERS), max_size=2)
    check([*data.draw(gaps), *(word for one in told for word in (one, *data.draw(gaps)))])


def check(words: list[str]) -> None:
    doc = Doc(VOCAB, words=words)
    assert set(OURS(doc, [token.lower_ for token in doc])) == set(WHOLE(doc))


@pytest.mark.parametrize(
    ("tokens", "found"),
    [
        (TRICKY[0], [({"akan"}, 0, 4), ({"kepada", "untuk"}, 4, 0)]),
        (TRICKY[1], [({"cair"}, 1, 1)]),
        (TRICKY[4], []),
        (TRICKY[5], [({"cair", "turun"}, 1, 0)]),
        (TRICKY[6], []),  # an operator that negates has no anchor to rely on
        (TRICKY[7], [({"kepada"}, 1, 3)]),
    ],
)
def test_anchors_are_the_words_that_every_match_has_and_how_far_it_reaches(tokens, found):
    assert [(set(anchor.words), anchor.before, anchor.behind) for anchor in anchors(tokens)] == found


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([], []),
        ([("a", 0, 1), ("b", 1, 3)], [("a", 0, 1), ("b", 1, 3)]),
        ([("a", 0, 1), ("b", 0, 2)], [("b", 0, 2)]),
        ([("a", 0, 2), ("b", 1, 4)], [("b", 1, 4)]),
        ([("a", 0, 2), ("b", 0, 2)], [("a", 0, 2)]),  # of equal ones the first
        ([("a", 0, 2), ("b", 1, 3)], [("a", 0, 2)]),  # of equally long ones the one that begins first
        ([("late", 5, 6), ("a", 0, 4), ("b", 1, 2), ("c", 3, 5)], [("a", 0, 4), ("late", 5, 6)]),
    ],
)
def test_the_longest_of_overlapping_matches_stay(found, kept):
    assert longest(found) == kept
