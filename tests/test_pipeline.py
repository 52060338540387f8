"""The pipeline as a spaCy citizen: factories, saving, piping, strangers' tokenizers, the record on the document."""

from __future__ import annotations

import pickle

import pytest
import spacy

import pkh_extract
from pkh_extract.annotating.document import evidence, make_doc
from pkh_extract.annotating.pipeline import COMPONENTS
from pkh_extract.extractor import Extractor

TEXT = (
    "AGAM – Dinas Sosial Kabupaten Agam menyalurkan bantuan Program Keluarga Harapan (PKH) kepada 6.275 KPM di Kantor "
    "Pos Lubuk Basung, Selasa (5/3/2024). Dana yang cair Rp 5,4 miliar. Mereka didampingi 71 pendamping PKH."
)


def dump(record: pkh_extract.Record) -> dict[str, object]:
    return record.model_dump(exclude={"article"})


def test_the_whole_pipeline_works_on_spacys_own_tokenizer():
    stranger = spacy.blank("id")
    for name in COMPONENTS:
        stranger.add_pipe(name)
    record = stranger(TEXT)._.pkh_record
    assert [figure.value for figure in record.kpm] == [6275]
    assert record.events[0].type == "distribution"


def test_saved_and_loaded_it_gives_the_same_records(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.pipe_names == nlp.pipe_names
    assert [token.text for token in again.tokenizer(TEXT)] == [token.text for token in nlp.tokenizer(TEXT)]
    assert dump(again(TEXT)._.pkh_record) == dump(nlp(TEXT)._.pkh_record)


def test_piping_gives_what_calling_gives(nlp):
    texts = [TEXT, "", "Tidak ada apa-apa di sini.", TEXT.replace("6.275", "9.623")]
    assert [dump(doc._.pkh_record) for doc in nlp.pipe(texts, batch_size=2)] == [
        dump(nlp(text)._.pkh_record) for text in texts
    ]


def test_title_and_text_are_quoted_each_in_its_field(nlp):
    doc = nlp(make_doc(nlp, "118 KPM PKH Agam Mundur", TEXT))
    assert doc._.pkh_record.article.text == TEXT
    for span in doc.spans["pkh_numbers"]:
        quote = evidence(span)
        source = {"title": "118 KPM PKH Agam Mundur", "text": TEXT}[quote.field]
        assert source[quote.start : quote.end] == quote.text == span.text


def test_the_document_and_the_extractor_agree(nlp, extractor):
    assert dump(extractor.extract(TEXT)) | {"warnings": []} == dump(nlp(TEXT)._.pkh_record) | {"warnings": []}


SILENT = "Harga cabai naik sejak Senin (5/3/2024), kata 12 pedagang Pasar Baru, Kota Padang. Mereka rugi Rp 3 juta."


@pytest.mark.parametrize("text", [SILENT, SILENT.replace("cabai", "kayu sitaan Satgas PKH")])
def test_an_article_without_social_aid_is_answered_early_with_the_record_it_would_have(nlp, extractor, text):
    early = extractor.annotate(text)
    assert "pkh_programs" in early.spans
    assert "pkh_dates" not in early.spans
    assert early._.pkh_record.programs == early._.pkh_record.events == early._.pkh_record.amounts == []
    assert dump(early._.pkh_record) == dump(nlp(text)._.pkh_record)


@pytest.mark.parametrize("told", ["Ia penerima BPNT.", "Ada 30 KPM bansos.", "Pendamping PKH hadir."])
def test_a_word_of_social_aid_has_all_components_run(extractor, told):
    assert "pkh_dates" in extractor.annotate(f"{SILENT} {told}").spans


def test_components_of_others_run_over_every_article():
    seen = []

    @spacy.Language.component("test_pipeline_counts")
    def counts(doc):
        seen.append(doc.text)
        return doc

    own = Extractor()
    own.nlp.add_pipe("test_pipeline_counts")
    own.extract(SILENT)
    assert seen == [SILENT]


def test_a_vocabulary_that_has_grown_large_is_made_anew_and_records_stay_the_same(monkeypatch):
    own = Extractor()
    before, first = own.extract(TEXT), own.nlp
    monkeypatch.setattr("pkh_extract.extractor.MOST_FORMS", 0)
    assert own.extract(TEXT) == before
    assert own.nlp is not first
    own.nlp.add_pipe("sentencizer")
    changed = own.nlp
    own.extract(TEXT)
    assert own.nlp is changed  # what somebody has added is not lost


def test_an_extractor_may_be_sent_to_another_process(extractor):
    again = pickle.loads(pickle.dumps(extractor))
    assert again.extract(TEXT) == extractor.extract(TEXT)


def test_rules_of_ones_own_replace_and_remove(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "- id: kpm_measure.served\n  disabled: true\n"
        "- id: money_kind.total\n  kind: other\n  phrases: [cair]\n"
        "  examples:\n    - {text: 'Dana PKH cair Rp 5 miliar.', finds: 'Rp 5 miliar'}\n",
        encoding="utf-8",
    )
    usual, own = Extractor().extract(TEXT), Extractor(tmp_path).extract(TEXT)
    assert usual.kpm[0].rule == "kpm_measure.served" != own.kpm[0].rule
    assert (usual.amounts[0].kind, own.amounts[0].kind) == ("total", "other")
    assert usual.extractor.patterns != own.extractor.patterns


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        ("- id: kpm_measure.served\n  phrases: oops\n", "kpm_measure.served"),
        ("- phrases: [x]\n", "number 1"),
        ("just: a mapping\n", "list of rules"),
        ("- id: [\n", "no readable YAML"),
        ("- id: a.b\n- id: a.b\n", "unique"),
        ("- id: date_choice.own\n", "no 'weight', which is a number"),
        ("- id: event.own.noun\n  kind: noun\n  weight: 2\n  phrases: [x]\n", "no 'type'"),
        (
            "- id: event.own.noun\n  type: trainning\n  kind: noun\n  weight: 2\n  phrases: [x]\n",
            "'trainning'.*training",
        ),
        ("- id: money_kind.own\n  kind: total\n  wieght: 2\n  phrases: [x]\n", "know no 'wieght', only.*weight"),
        ("- id: people_all.own\n  staff: true\n  phrases: [x]\n", "know no 'staff'"),
        ("- id: furniture.own\n  where: whole\n  pattern: '(abc'\n", "a regular expression"),
        ("- id: people_all.own\n  tokens: [[{LOWER: {REGEX: '(abc'}}]]\n", "no regular expression"),
        ("- id: people_all.own\n  tokens: [[{LOWRE: semua}]]\n", "LOWRE"),
        ("- id: people_all.own\n  tokens: [[{LOWER: semua, OP: '{x'}]]\n", "says no number of times"),
        ("- id: people_all.own\n  phrases: ['']\n", "empty"),
        ("- id: people_all.gone\n  disabled: true\n", "no rule of that name"),
    ],
)
def test_a_wrong_rule_file_is_told_in_one_sentence(tmp_path, yaml, told):
    (tmp_path / "own.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(pkh_extract.PatternError, match=told) as caught:
        Extractor(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_rule_folder_is_told(tmp_path):
    with pytest.raises(pkh_extract.PatternError, match="No pattern folder"):
        Extractor(tmp_path / "nowhere")
