"""The token lists of a document are what spaCy's own tokens say."""

from __future__ import annotations

import pickle
import re
import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

import pkh_extract
from pkh_extract.annotating import tokenizer
from pkh_extract.annotating import tokens as room
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.extractor import Extractor

PIECES = [
    "PKH",
    "kpm",
    "Sdr.",
    "1.200",
    "½",
    "²",
    "Rp",
    "\n\n",
    " ",
    "  ",
    "\t",
    "“",
    "e\u0301",
    "𝐏",
    "dua",
    "-",
    "ﬁ",
    "ß",
    "İ",
]
FLAGS = ("is_alpha", "is_punct", "is_space", "is_title", "is_upper", "like_num")
EXTRACTOR = Extractor()


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_they_say_what_the_tokens_say(text):
    doc = EXTRACTOR.annotate(text, format="text")
    tokens = tokens_of(doc)
    assert tokens.source == doc.text
    assert tokens.text == [token.text for token in doc]
    assert tokens.lower == [token.lower_ for token in doc]
    assert tokens.starts == [token.idx for token in doc]
    assert tokens.ends == [token.idx + len(token) for token in doc]
    assert tokens.blank == [bool(token.whitespace_) for token in doc]
    for flag in FLAGS:
        assert [getattr(word, flag) for word in tokens.words] == [getattr(token, flag) for token in doc], flag
    assert [tokens.sentence_at(token.i) for token in doc] == [(token.sent.start, token.sent.end) for token in doc]
    assert all(tokens.opens_sentence(token.i) == bool(token.is_sent_start) for token in doc)
    assert all(
        tokens.between(i, j) == doc[i:j].text for i in range(len(doc)) for j in range(i, min(i + 4, len(doc) + 1))
    )


def test_sentences_set_by_others_are_taken():
    stranger = spacy.blank("id")
    stranger.add_pipe("sentencizer")
    doc = stranger("Satu. Dua kata.")
    assert tokens_of(doc).opens == [0, 2]


def test_a_document_without_sentences_is_one():
    assert tokens_of(spacy.blank("id")("Satu. Dua kata.")).opens == [0]


def test_tokens_joined_later_are_read_anew():
    doc = spacy.blank("id")("Desa Lubuk Basung ramai")
    assert len(tokens_of(doc)) == 4
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[1:3])
    assert tokens_of(doc).text == ["Desa", "Lubuk Basung", "ramai"]


@pytest.mark.parametrize("most", [0, 3, 50])
def test_words_that_are_forgotten_are_read_again(monkeypatch, most):
    monkeypatch.setattr(room, "MOST_FORMS", most)
    monkeypatch.setattr(tokenizer, "MOST_PIECES", most)
    make = tokenizer.NewsTokenizer(spacy.blank("id").vocab)
    for text in ("xa xb xc xd xe", "xa xf", "xb xa"):
        assert tokens_of(make(text)).lower == text.split()
        assert len(make._pieces) <= max(most, 1)
        assert len(room._forms) <= most + 1


def spacys_own():
    """spaCy's tokenizer with the rules of this package's."""
    mark, outside = r"[^\w\s]|_", r"(?<!\d)[.,]|[.,](?!\d)"
    seam = r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
    return Tokenizer(
        spacy.blank("id").vocab,
        prefix_search=re.compile(rf"^(?:{mark})").search,
        suffix_search=re.compile(rf"(?:{mark})$").search,
        infix_finditer=re.compile(rf"{outside}|[^\w\s.,]|_|{seam}").finditer,
        token_match=re.compile(r"[^\s]{1000}").match,
    )


SPACYS, OWN = spacys_own(), tokenizer.NewsTokenizer(spacy.blank("id").vocab)
WRITTEN = st.lists(
    st.sampled_from([*PIECES, "Rp750.000,-", ".5", "a_b", "\n \n", " \n", "X" * 999, "!" * 2]), max_size=20
)


@given(st.one_of(st.text(max_size=60), st.text("a1.,_- \n\t\u00a0²“", max_size=12), WRITTEN.map("".join)))
def test_they_are_those_of_spacys_tokenizer_with_the_same_rules(text):
    ours, theirs = OWN(text), SPACYS(text)
    assert ours.text == theirs.text == text
    assert [(token.text, token.whitespace_, token.idx) for token in ours] == [
        (token.text, token.whitespace_, token.idx) for token in theirs
    ]
    assert [word.orth for word in tokens_of(ours).words] == [token.orth for token in ours]


@pytest.mark.skipif(not hasattr(spacy.Language, "memory_zone"), reason="this spaCy has no memory zones")
def test_words_learnt_in_a_memory_zone_are_learnt_again_behind_it():
    nlp = pkh_extract.load()
    with nlp.memory_zone():
        assert len(nlp("Warga Xabcde menerima PKH.")) == 5
    assert [token.text for token in nlp("Warga Xabcde menerima PKH.")] == ["Warga", "Xabcde", "menerima", "PKH", "."]


def test_words_learnt_before_the_vocabulary_is_read_anew_are_learnt_again():
    nlp, text = pkh_extract.load(), "Warga Xfghij menerima PKH."
    saved = nlp.to_bytes()
    nlp(text)
    nlp.from_bytes(saved)
    assert [token.text for token in nlp(text)] == ["Warga", "Xfghij", "menerima", "PKH", "."]
    assert [token.text for token in pickle.loads(pickle.dumps(nlp))(text)][1] == "Xfghij"


@pytest.mark.parametrize("mark", ["!", "\u0301", "…", "a."])
def test_a_word_of_many_marks_takes_time_in_proportion_to_them(mark):
    make = pkh_extract.load().make_doc

    def seconds(times):
        best = float("inf")
        for _ in range(3):  # the least of them: other programs run beside this one
            started = time.process_time()
            make("PKH a" + mark * times)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(16_000) < 24 * max(seconds(2_000), 0.01)  # eight times the marks; a quadratic loop costs 64 times
