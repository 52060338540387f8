"""Articles that name no social aid get their record without a document; the record is the one they would have."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.programs.silence import silence
from pkh_extract.extractor import Extractor
from pkh_extract.rules import load_rules

EXTRACTOR = Extractor()
SILENT = "Harga cabai naik sejak Senin (5/3/2024), kata 12 pedagang Pasar Baru, Kota Padang. Keluarga mereka rugi."
RULES = [rule for rule in load_rules().values() if rule.family.startswith("program")]
PHRASES = sorted({phrase for rule in RULES for phrase in rule.phrases})
EXAMPLES = [example.text for rule in RULES for example in rule.examples]
WORDS = sorted({word for phrase in PHRASES for word in phrase.split()})
GLUES = [" ", " ", " ", "-", "/", "\n\n", ". ", "_", "2", "(", "İ", "\u0301", " dan "]
PIECES = st.sampled_from(WORDS) | st.sampled_from(PHRASES) | st.sampled_from(EXAMPLES) | st.just("40 warga")


@st.composite
def told(draw):
    pieces = draw(st.lists(PIECES, max_size=6))
    glue = draw(st.sampled_from(GLUES))
    change = draw(st.sampled_from((str, str.upper, str.title)))
    return change(glue.join(pieces))


@given(told(), st.none() | told())
@settings(max_examples=300)
def test_the_record_is_that_of_the_whole_pipeline(text, title):
    short = EXTRACTOR.extract(text, format="text", title=title)
    assert short == EXTRACTOR.annotate(text, format="text", title=title)._.pkh_record


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_a_rule_finds_is_never_passed_over(example):
    found = EXTRACTOR.annotate(example, format="text")
    if found.spans["pkh_programs"] or found._.pkh_record.kpm:
        assert not silence()(example)


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        (SILENT, True),
        ("Ibu-ibu PKK di desa itu memasak; buruh kena PHK.", True),  # slips are believed only behind the long form
        ("Mereka berharap program berjalan.", True),
        ("ANGGOTA P.K.H. BUBAR", True),  # three tokens of a letter each
        ("Ia penerima pkh.", False),
        ("KPM-PKH", False),
        ("pkh2024", False),
        ("_PKH_", False),
        ("Program\n\nKeluarga  HARAPAN", False),
        ("Sebanyak 30 keluarga\tpenerima manfaat", False),
    ],
)
def test_words_tell(text, silent):
    assert silence()(text) is silent
    assert silence()("Judul", text) is silence()(text, "Judul") is silent


def test_the_pipeline_is_not_even_loaded():
    own = Extractor()
    record = own.extract(SILENT, source="a.txt")
    assert "nlp" not in own.__dict__
    assert (record.relevant, record.article.text, record.article.source) == (False, SILENT, "a.txt")
    assert record.extractor == own.extract("Pendamping PKH hadir.").extractor


@pytest.mark.parametrize(
    "rule",
    [
        "{id: program.own, code: PIP, phrases: ['247']}",
        "{id: program.own, code: PIP, phrases: [программа]}",
        "{id: program.own, code: PIP, tokens: [[{IS_UPPER: true}, {IS_DIGIT: true}]]}",
    ],
)
def test_a_rule_of_ones_own_without_plain_words_has_every_article_read(tmp_path, rule):
    (tmp_path / "own.yaml").write_text(f"- {rule}\n", encoding="utf-8")
    assert not silence(str(tmp_path))(SILENT)
    text = "Kelas ПРОГРАММА 247 dibuka, RT 5."
    assert Extractor(tmp_path).extract(text, format="text").programs == ["PIP"]


def test_a_rule_of_ones_own_counts(tmp_path):
    (tmp_path / "own.yaml").write_text("- {id: program.own, code: PIP, phrases: [harga cabai]}\n", encoding="utf-8")
    assert silence()(SILENT)
    assert not silence(str(tmp_path))(SILENT)
