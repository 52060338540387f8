# ruff: noqa: E501 - one case a line reads best
"""What must hold for every text, however odd."""

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.document import evidence, make_doc
from pkh_extract.annotating.events import events
from pkh_extract.annotating.pipeline import load

WORDS = [
    "PKH",
    "KPM",
    "bimtek",
    "rakor",
    "penyaluran",
    "graduasi",
    "digelar",
    "akan",
    "ditunda",
    "diduga",
    "korupsi",
    "pendamping",
    "warga",
    "stiker",
    "rumah",
    "“",
    "”",
    '"',
    "(",
    ")",
    ".",
    ",",
    ";",
    ":",
    "/",
    "dan",
    "di",
    "tengah",
    "menerima",
    "bantuan",
    "bansos",
    "tidak",
    "mengeluh",
    "Senin",
    "(3/2)",
    "1.200",
    "keluarga",
    "harapan",
    "kata",
    "bupati",
    "P2K2",
    "verifikasi",
    "tersangka",
    "jambore",
    "agar",
    "syarat",
    "setiap",
    "membuka",
    "meninjau",
]

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def nlp():
    pipeline = load()
    for name in list(pipeline.pipe_names):
        if name not in {"pkh_lexicon", "pkh_sentences", "pkh_programs", "pkh_events"}:
            pipeline.remove_pipe(name)
    return pipeline


def _holds(found, doc):
    assert len(found) <= 3
    assert len({event.type for event in found}) == len(found)
    for event in found:
        assert 0 <= event.confidence <= 1
        assert event.term == event.span.text
        quoted = evidence(event.span)
        assert quoted.text == event.term
        assert event.span.doc is doc


@SETTINGS
@given(
    words=st.lists(st.sampled_from(WORDS), max_size=60), gap=st.sampled_from([" ", "\n\n", ""]), titled=st.booleans()
)
def test_any_order_of_words_gives_sound_events(nlp, words, gap, titled):
    text = gap.join(words)
    doc = nlp(make_doc(nlp, text[:40] if titled else None, text))
    _holds(events(doc), doc)


@SETTINGS
@given(text=st.text(max_size=200))
def test_any_text_is_read(nlp, text):
    doc = nlp(make_doc(nlp, None, f"PKH {text}"))
    _holds(events(doc), doc)


def test_the_same_text_gives_the_same_events(nlp):
    text = "Rakor PKH digelar di aula, Senin. Sebanyak 40 KPM diwisuda bupati. Penyaluran bansos masih berlangsung."
    first, second = (nlp(make_doc(nlp, "Rakor PKH", text)) for _ in range(2))
    assert [(e.type, e.term, e.status, e.confidence) for e in events(first)] == [
        (e.type, e.term, e.status, e.confidence) for e in events(second)
    ]


def test_it_runs_on_spacys_own_tokenizer_with_what_it_needs():
    bare = spacy.blank("id")
    bare.add_pipe("pkh_events")
    bare.add_pipe("pkh_lexicon", first=True)
    bare.add_pipe("pkh_programs", before="pkh_events")
    bare.add_pipe("pkh_sentences", before="pkh_programs")
    assert [event.type for event in events(bare("Bimtek pendamping PKH digelar, Senin."))] == ["training"]


TWO = [
    ("Wali Kota Buka Rakor PKH, 100 KPM Diwisuda",
     "Wali kota membuka rapat koordinasi PKH di balai kota, Senin (3/2). Dalam acara itu 100 KPM PKH diwisuda karena telah "
     "mandiri. Wisuda digelar di halaman.",
     {"coordination_meeting", "graduation"}),
    ("Pendamping PKH Ikuti Bimtek",
     "Sebanyak 40 pendamping PKH mengikuti bimtek di Hotel Sari, Senin. Di akhir acara sertifikat diserahkan kepada peserta.",
     {"training"}),
    ("Bupati Tinjau Penyaluran PKH",
     "Bupati meninjau penyaluran PKH di kantor pos, Senin. Bantuan disalurkan kepada 400 KPM.",
     {"monitoring"}),
    ("Pelatihan KPM PKH Digelar",
     "Pelatihan menjahit bagi KPM PKH digelar di balai desa, Senin. Kegiatan itu agar KPM segera graduasi.",
     {"training"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "kinds"), TWO)
def test_further_events_only_where_they_stand_by_themselves(nlp, title, text, kinds):
    assert {event.type for event in events(nlp(make_doc(nlp, title, text)))} == kinds


CLAIMS = [
    ("Dugaan Pungli PKH", "Dugaan pungli dana PKH mencuat di Desa Lor. Warga diduga dimintai uang.", True),
    ("Bupati Serahkan PKH", "Bupati menyerahkan bantuan PKH kepada warga di pendopo, Senin.", False),
    ("Warga Protes", "Warga berunjuk rasa di kantor dinas, Senin, menuntut bantuan PKH dibagikan.", False),
    ("Jaksa Tahan Tersangka", "Jaksa menahan tersangka dugaan korupsi dana PKH, Senin.", False),
]


@pytest.mark.parametrize(("title", "text", "claimed"), CLAIMS)
def test_what_is_only_somebodys_claim(nlp, title, text, claimed):
    assert events(nlp(make_doc(nlp, title, text)))[0].reported is claimed


def test_a_long_text_of_terms_takes_time_in_proportion_to_its_length(nlp):
    import time

    def seconds(times):
        text = "Rakor PKH akan digelar agar penyaluran bansos diduga dipotong warga " * times
        started = time.process_time()
        doc = nlp(make_doc(nlp, None, text))
        took = time.process_time() - started
        _holds(events(doc), doc)
        return took

    def best(times):  # of three: the collector runs when it likes
        return min(seconds(times) for _ in range(3))

    quarter = best(375)
    assert best(1500) < 12 * max(quarter, 0.05)  # quadratic work would cost sixteen times
