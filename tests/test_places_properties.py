"""Whatever the text says, places stay in the register, parents agree, and nothing is raised."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.document import value_of
from pkh_extract.annotating.places.choose import event_location
from pkh_extract.gazetteer import load_gazetteer

LEVEL_WORDS = [
    "Desa", "desa", "Kelurahan", "Kel.", "Nagari", "Gampong", "Kampung", "Dusun", "Lembang", "Negeri", "Kades",
    "Kepala Desa (Kades)", "Kantor Desa", "Kecamatan", "Kec.", "Distrik", "Camat", "Kabupaten", "Kab.", "Kota",
    "Provinsi", "Bupati", "Wali Kota", "Pemkab", "Dinas Sosial", "Polres", "Jalan", "Sungai", "Aula", "Hotel",
]  # fmt: skip
NAMES = [
    "Bogor", "Banjar", "Gorontalo", "Malang", "Sumber", "Baru", "Aman", "Sidomulyo", "Wonorejo", "Bantur", "Bugbug",
    "Karangasem", "Kota Baru", "Gale-gale", "To'yasa Akung", "T. Jambo Aye", "HSS", "Jakarta", "Papua", "Simpang",
    "Muko-Muko", "Tojo Una-Una", "Ilir Timur I", "Anu", "İzmir", "ﬁ",
]  # fmt: skip
FILLERS = [
    "di", "ke", "dari", "dan", ",", ".", "(", ")", "/", "-", "–", "se-", "\n\n", "12 KPM", "RT 02", "Senin (4/3/2024)",
    "bansos PKH dibagikan", "menggelar bimtek PKH", "ditemui", "seperti", "berasal", "warga", "pendamping", "kata",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*LEVEL_WORDS, *NAMES, *FILLERS]), max_size=40).map(" ".join)


@settings(max_examples=300)
@given(TEXTS | st.text(max_size=80))
def test_places_of_any_text(annotate, text):
    gazetteer = load_gazetteer()
    doc = annotate(text)
    for key in ("pkh_places", "pkh_villages"):
        spans = list(doc.spans[key])
        assert all(first.end <= second.start for first, second in itertools.pairwise(spans))
        for span in spans:
            place = value_of(span)
            codes = [*place.candidates, *([place.code] if place.code else [])]
            assert all(gazetteer.area(code) is not None for code in codes)
            assert place.code is None or place.candidates == () or place.code in place.candidates


@settings(max_examples=300)
@given(TEXTS)
def test_the_levels_of_a_location_contain_each_other(annotate, text):
    location = event_location(annotate(text))
    if location is None:
        return
    levels = [location.village, location.district, location.regency, location.province]
    codes = [area.code for area in levels if area is not None]
    assert all(inner.startswith(outer) for inner, outer in itertools.pairwise(codes))
    first = next((i for i, area in enumerate(levels) if area is not None), len(levels))
    assert all(area is not None for area in levels[first:])
    assert location.evidence.text in text


@given(
    st.sampled_from(["Desa", "Kelurahan", "Kampung", "Nagari"]), st.sampled_from(["Sidomulyo", "Sukamaju", "Mekarsari"])
)
def test_a_name_of_many_villages_is_never_guessed(annotate, word, name):
    doc = annotate(f"Bansos PKH dibagikan di {word} {name}, Senin (4/3/2024).")
    assert all(value_of(span).code is None for span in doc.spans["pkh_villages"])
    assert event_location(doc) is None
