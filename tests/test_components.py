"""Components in strangers' pipelines: what each needs before it, and what lasts of a document that is written."""

from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import pkh_extract
from pkh_extract.annotating.document import accepted, make_doc
from pkh_extract.annotating.needs import NEEDS, all_needs
from pkh_extract.annotating.pipeline import COMPONENTS
from pkh_extract.extractor import Extractor

TEXT = (
    "AGAM – Dinas Sosial Kabupaten Agam menyalurkan bantuan Program Keluarga Harapan (PKH) kepada 6.275 KPM di Kantor "
    "Pos Lubuk Basung, Rabu (5/3/2024). Dana yang cair Rp 5,4 miliar. Mereka didampingi 71 pendamping PKH."
)
SILENT = "Harga cabai naik sejak Senin (5/3/2024), kata 12 pedagang."


def pipeline(*names: str) -> spacy.Language:
    nlp = spacy.blank("id")
    for name in names:
        nlp.add_pipe(name)
    return nlp


def test_needs_stand_before_what_needs_them():
    assert tuple(NEEDS) == COMPONENTS
    assert all(COMPONENTS.index(need) < COMPONENTS.index(name) for name in NEEDS for need in NEEDS[name])
    assert all_needs("pkh_record") == list(COMPONENTS[:-1])


@pytest.mark.parametrize("name", COMPONENTS)
def test_alone_a_component_says_what_it_needs_and_with_that_it_runs(nlp, name):
    needs = all_needs(name)
    for text in ("", " ", TEXT):
        if needs:
            with pytest.raises(pkh_extract.PipelineError) as caught:
                nlp.get_pipe(name)(nlp.make_doc(text))
            assert f"{name} needs {', '.join(needs)} before it" in str(caught.value)
        doc = nlp.make_doc(text)
        for one in (*needs, name):
            doc = nlp.get_pipe(one)(doc)
        assert doc.text == text


@pytest.mark.parametrize("name", ["pkh_money", "pkh_record"])
def test_so_it_does_in_a_strangers_pipeline(name):
    with pytest.raises(pkh_extract.PipelineError, match=f"{name} needs pkh_lexicon, "):
        pipeline(name)(TEXT)


def test_only_what_is_missing_is_named():
    missing = "pkh_money needs pkh_programs, pkh_dates, pkh_numbers before it"
    with pytest.raises(pkh_extract.PipelineError, match=missing):
        pipeline("pkh_lexicon", "pkh_sentences", "pkh_money")(TEXT)


def test_sentences_may_be_anybodys():
    nlp = pipeline("sentencizer", "pkh_lexicon", "pkh_programs", "pkh_events")
    assert [span.label_ for span in nlp(TEXT).spans["pkh_events"]] == ["distribution"]


def test_spacy_knows_what_is_read_and_set():
    assert pipeline("pkh_money").analyze_pipes()["problems"] == {"pkh_money": ["doc.spans"]}
    assert pkh_extract.load().analyze_pipes()["attrs"]["doc._.pkh_record"]["assigns"] == ["pkh_record"]


def read_back(nlp: spacy.Language, doc: Doc) -> list[Doc]:
    """The document after each way of writing it."""
    binary = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    return [
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        *DocBin().from_bytes(binary).get_docs(nlp.vocab),
        pickle.loads(pickle.dumps(doc)),
        doc.copy(),
    ]


@pytest.mark.parametrize("asked", [True, False], ids=["record asked for", "record not asked for"])
@pytest.mark.parametrize("text", [TEXT, SILENT, ""])
def test_a_written_document_has_its_record_warnings_and_spans(nlp, text, asked):
    doc, wanted = nlp(text), nlp(text)
    record = wanted._.pkh_record
    if asked:
        assert doc._.pkh_record == record
    for again in read_back(nlp, doc):
        assert again._.pkh_record == record
        assert list(again._.pkh_warnings or ()) == list(doc._.pkh_warnings or ())
        for key in doc.spans:
            assert [(span.text, span.label_, span.id_) for span in again.spans[key]] == [
                (span.text, span.label_, span.id_) for span in doc.spans[key]
            ]
        assert accepted(again) == []


def test_the_extractors_document_keeps_its_article(nlp, extractor):
    doc = extractor.annotate(TEXT, source="a.txt", title="Bansos PKH Cair")
    for again in read_back(nlp, doc):
        assert again._.pkh_record == extractor.extract(TEXT, source="a.txt", title="Bansos PKH Cair")


def test_a_document_without_a_record_has_none(nlp):
    nothing = pipeline("pkh_lexicon", "pkh_sentences", "pkh_programs")(TEXT)
    assert nothing._.pkh_record is None
    assert [again._.pkh_record for again in read_back(nlp, nothing)] == [None] * 4
    own = Extractor()
    own.nlp.remove_pipe("pkh_record")
    with pytest.raises(pkh_extract.PipelineError, match="has no record"):
        own.extract(TEXT)


def test_what_was_read_back_can_be_annotated_again(nlp):
    doc = nlp(make_doc(nlp, "118 KPM PKH Agam Mundur", TEXT, "2024-03-06"))
    for again in read_back(nlp, doc):
        assert nlp(again)._.pkh_record == doc._.pkh_record


def test_piping_on_two_processes_gives_what_calling_gives(nlp):
    texts = [TEXT, SILENT, TEXT.replace("6.275", "9.623")]
    assert [doc._.pkh_record for doc in nlp.pipe(texts, n_process=2)] == [nlp(text)._.pkh_record for text in texts]


def test_what_others_hang_on_a_document_is_theirs(nlp):
    doc = nlp(TEXT)
    doc.user_data["theirs"] = {"json": 1, "list": [1, None]}
    (again, *_) = read_back(nlp, doc)
    assert again.user_data["theirs"] == {"json": 1, "list": [1, None]}
    doc.user_data["theirs"] = object()
    with pytest.raises(TypeError, match="object"):
        doc.to_bytes()
