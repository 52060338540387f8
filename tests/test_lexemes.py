"""The quicker functions give every form the attributes that spaCy's own give it."""

from __future__ import annotations

import pickle
import sys
import unicodedata

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import NAMES

from pkh_extract.annotating.lexemes import is_punct, like_num, quicken

OWN, QUICK = spacy.blank("id").vocab.lex_attr_getters, spacy.blank("id").vocab
quicken(QUICK)
LETTERS = "aZéİıßẞǅªﬁΣ𝐏ا中\u0301²½٣5.,-/+~@:()[]\"'“‹$€_ \n"
FORMS = [
    "dua",
    "Dua-dua",
    "1/2",
    "+3",
    "seratus",
    "Rp",
    "RMB",
    "US$",
    "a@b.id",
    "www.a.id",
    "a.id",
    "http://a",
    "X" * 120,
]


@given(st.one_of(st.text(min_size=1, max_size=8), st.text(LETTERS, min_size=1, max_size=6), st.sampled_from(FORMS)))
def test_all_attributes_are_spacys(form):
    assert QUICK.lex_attr_getters.keys() == OWN.keys()
    for attribute, getter in QUICK.lex_attr_getters.items():
        assert getter(form) == OWN[attribute](form), NAMES[attribute]
    assert is_punct(form) == OWN[spacy.attrs.IS_PUNCT](form)
    assert like_num(form) == OWN[spacy.attrs.LIKE_NUM](form)


@pytest.mark.parametrize("name", ["IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT"])
def test_no_mark_is_missing(name):
    quick, own = QUICK.lex_attr_getters[spacy.attrs.IDS[name]], OWN[spacy.attrs.IDS[name]]
    signs = [sign for sign in map(chr, range(1, sys.maxunicode)) if unicodedata.category(sign)[0] in "PS"]
    forms = [*signs, *(sign * 2 for sign in signs)]
    assert [form for form in forms if quick(form)] == [form for form in forms if own(form)] != []


@pytest.mark.parametrize("form", ["pendamping", "Padang", "PKH", "1.200", "(", "sepuluh"])
def test_a_new_form_has_them(form):
    new, stock = QUICK[form], spacy.blank("id").vocab[form]
    for name in ("lower_", "norm_", "shape_", "prefix_", "suffix_", "is_alpha", "is_punct", "like_num", "is_stop"):
        assert getattr(new, name) == getattr(stock, name), name


def test_the_vocabulary_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(QUICK))["Padang"].shape_ == "Xxxxx"
