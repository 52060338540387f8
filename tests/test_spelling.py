"""Spellings of one name inside a parent, and names that must not be taken for each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pkh_extract.gazetteer import load_gazetteer, normalise
from pkh_extract.gazetteer.spelling import Speller

DISTRICT, VILLAGE = 8, 13

# parent, level, written, registered code
SPELLINGS = [
    ("51.03", VILLAGE, "Plaga", "51.03.04.2004"),  # Pelaga
    ("51.03", VILLAGE, "Pelaga", "51.03.04.2004"),
    ("13.76", VILLAGE, "Sawah Padang Aua Kuniang", "13.76.05.1010"),
    ("13.05", DISTRICT, "Lubuak Aluang", "13.05.01"),  # Lubuk Alung
    ("13.05.01", VILLAGE, "Aia Tajun", "13.05.01.2004"),  # Aie Tajun Lubuk Alung
    ("11.08", DISTRICT, "Simpang Keuramat", "11.08.22"),
    ("17.06", DISTRICT, "Air Manjuto", "17.06.13"),  # Air Majunto
    ("74.05", DISTRICT, "Moramao", "74.05.10"),  # Moramo
    ("33.20", VILLAGE, "Teluk Awur", "33.20.11.2008"),
    ("34.04", VILLAGE, "Condong Catur", "34.04.07.2003"),
    ("73.06", DISTRICT, "Pattallassang", "73.06.13"),  # Pattallasang; Takalar has a Pattallassang
    ("16.71", DISTRICT, "Ilir Timur I", "16.71.05"),  # Ilir Timur Satu
    ("16.71", DISTRICT, "Ilir Timur 2", "16.71.06"),  # Ilir Timur Dua
    ("35.28", DISTRICT, "Palenggaan", "35.28.06"),  # Palengaan; an older register's spelling
    ("53.19", DISTRICT, "Poco Ranaka Timur", "53.19.08"),  # renamed Lamba Leda Timur
    ("12.07", DISTRICT, "Deli Toea", "12.07.22"),  # Deli Tua in the spelling before 1947
    ("11.01.01", VILLAGE, "Drien", "11.01.01.2004"),  # Gampong Drien
]

# parent, level, written: a name that is none of the parent's, or of more than one
NO_SPELLINGS = [
    ("16.71", DISTRICT, "Ilir Timur"),  # which of three?
    ("12.05", VILLAGE, "Blok 999"),
    ("34.04", VILLAGE, "Sumber"),  # Sumberadi, Sumberagung, Sumberharjo …
    ("13.05", DISTRICT, "Koto"),
    ("34.04", DISTRICT, "Brba"),  # too short to be Berbah
    ("34.04", DISTRICT, "Serbah"),  # another first letter
]


@pytest.mark.parametrize(("parent", "level", "written", "code"), SPELLINGS)
def test_spelling(parent, level, written, code):
    assert load_gazetteer().within(parent, written, level) == (code,)


@pytest.mark.parametrize(("parent", "level", "written"), NO_SPELLINGS)
def test_no_spelling(parent, level, written):
    assert load_gazetteer().within(parent, written, level) == ()


def test_a_name_that_two_villages_bear_gives_both():
    codes = load_gazetteer().within("32.03", "Simpang", VILLAGE)
    assert len(codes) == 2
    assert {code[:8] for code in codes} == {"32.03.16", "32.03.32"}


@pytest.mark.parametrize("level", [DISTRICT, VILLAGE])
def test_a_lost_letter_makes_no_name_another(level):
    """In every regency (for villages: in a sample), a name without one of its letters stands for itself or for none;
    for another only where that is its own name or the two fold alike."""
    gazetteer = load_gazetteer()
    tried = found = 0
    for regency in sorted(code for code in gazetteer.areas if len(code) == 5)[:: 1 if level == DISTRICT else 40]:
        speller = gazetteer.inside(regency, level).speller
        for key, name in speller.names.items():
            for i in range(1, len(key)):
                written = key[:i] + key[i + 1 :]
                taken = speller.closest(written)
                tried, found = tried + 1, found + (taken == key)
                alike = taken is not None and gazetteer.spelling.fold(written) in map(
                    gazetteer.spelling.fold, (taken, speller.names[taken])
                )
                assert taken in (None, key, written) or speller.owners[taken] == speller.owners[key] or alike, name
    assert found > tried / 4


LETTERS = st.text("abdegiklmnoprstu", min_size=5, max_size=12)


@st.composite
def slips(draw, name):
    """The name with one to three of its letters wrong or gone."""
    letters = list(name)
    for at in draw(st.lists(st.integers(0, len(name) - 1), min_size=1, max_size=3)):
        letters[at] = draw(st.sampled_from(["", "a", "n", "o"]))
    return "".join(letters)


@given(st.data())
def test_a_slip_is_nearer_to_its_name_than_to_any_other(data):
    """Names a letter or two apart, and one of them with a slip."""
    name = data.draw(LETTERS)
    names = sorted({name, *data.draw(st.lists(slips(name), max_size=4))})
    written = data.draw(slips(data.draw(st.sampled_from(names))))
    spelling = load_gazetteer().spelling
    found = Speller(spelling, names).closest(written)
    if found is None or spelling.fold(found) == spelling.fold(written):
        return
    distances = {name: Levenshtein.distance(name, written) for name in names}
    assert all(distances[found] < distances[name] for name in names if name != found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Soerabaja", "Surabaja"),
        ("Tjirebon", "Cirebon"),
        ("Djember", "Jember"),
        ("Bhakti", "Bakti"),
        ("Keramat", "Kramat"),
        ("Sei Bingai", "Sungai Bingai"),
        ("Kp. Baru", "Kampung Baru"),
        ("Muaro Sijunjuang", "Muara Sijunjung"),
        ("Mns. Mesjid", "Meunasah Masjid"),
        ("Ilir Barat II", "Ilir Barat Dua"),
    ],
)
def test_fold_makes_spellings_one(first, second):
    fold = load_gazetteer().spelling.fold
    assert fold(first) == fold(second)
    assert normalise(first) != normalise(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Blok 15", "Blok 16"),
        ("Ilir Barat Satu", "Ilir Barat Dua"),
        ("Purworejo", "Purwareja"),
        ("Sungai Ara", "Sungai Aro"),
        ("Ulu", "Ilir"),
    ],
)
def test_fold_keeps_names_apart(first, second):
    fold = load_gazetteer().spelling.fold
    assert fold(first) != fold(second)


@given(st.lists(st.text(alphabet="aeiourlpbtdkgsnjyxIV 12-'\n", max_size=14), max_size=6))
def test_names_fold_alike_alone_and_together(names):
    spelling = load_gazetteer().spelling
    assert spelling.fold_all(names) == [spelling.fold(name) for name in names]
