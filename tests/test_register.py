"""The whole register through the extractor: every regency and city, and a fixed sample of districts and villages."""

import functools
import re
from collections import Counter

import pytest

from pkh_extract.annotating.document import make_doc, value_of
from pkh_extract.gazetteer import bare, load_gazetteer

DISTRICTS, VILLAGES = 600, 1400  # sampled evenly over the register
COMPONENTS = ["pkh_lexicon", "pkh_sentences", "pkh_dates", "pkh_numbers", "pkh_places"]
REGENCIES = sorted(code for code in load_gazetteer().areas if len(code) == 5)
CARRIERS = [  # what papers put around a district or a village; {x} is its own name, {r} its regency's
    "Bantuan PKH dibagikan di {level} {x}, {r}, Senin (4/3/2024).",
    "Dinas Sosial {r} menggelar P2K2 di {level} {x} pada Senin (4/3/2024).",
    "Sebanyak 12 KPM {level} {x} {r} menerima bantuan PKH.",
]
ADDRESSES = [
    "Bantuan PKH dibagikan di {level} {x}, Kecamatan {d}, {r}, Senin (4/3/2024).",
    "Sebanyak 12 KPM {level} {x} Kec. {d} {r} menerima bantuan PKH.",
]


@functools.cache
def pipeline():
    from pkh_extract.annotating.pipeline import load

    nlp = load()
    nlp.select_pipes(enable=COMPONENTS)
    return nlp


def found(text, key="pkh_places"):
    nlp = pipeline()
    doc = nlp(make_doc(nlp, None, text))
    return [value_of(span) for span in doc.spans[key]]


def sample(codes, count):
    """Every so-manieth code, in register order."""
    codes = sorted(codes)
    return [codes[index * len(codes) // count] for index in range(count)]


def in_print(name):
    """As papers print a name: each word with a capital."""
    return re.sub(r"(?:(?<=^)|(?<=[ /]))[a-z]", lambda letter: letter.group().upper(), name)


def verdict(values, code):
    if any(value.code == code for value in values):
        return "right"
    if any(value.code is None and code in value.candidates for value in values):
        return "open"
    same_level = [value for value in values if value.code and len(value.code) == len(code)]
    return "wrong" if same_level else "missed"


@pytest.mark.parametrize("with_kind", [True, False])
def test_every_regency_and_city_is_found_or_declared_open(with_kind):
    areas = load_gazetteer().areas
    failed, opened = [], []
    for code in REGENCIES:
        name = areas[code] if with_kind else bare(areas[code])
        said = verdict(found(f"Bimtek pendamping PKH digelar di {name}, Senin (4/3/2024)."), code)
        opened += [code] if said == "open" else []
        failed += [(code, name, said)] if said not in {"right", "open"} else []
    assert failed == []
    names = Counter(bare(areas[code]) for code in REGENCIES)
    provinces = {name for code, name in areas.items() if len(code) == 2} | {"Yogyakarta"}
    shared = [code for code in REGENCIES if names[bare(areas[code])] > 1 or bare(areas[code]) in provinces]
    assert opened == ([] if with_kind else shared)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_districts_in_their_regency(carrier):
    areas = load_gazetteer().areas
    verdicts = Counter()
    for code in sample((code for code in areas if len(code) == 8), DISTRICTS):
        text = carrier.format(level="Kecamatan", x=areas[code], r=areas[code[:5]])
        verdicts[verdict(found(text), code)] += 1
    assert verdicts["wrong"] == 0
    assert verdicts["right"] >= 0.995 * DISTRICTS, verdicts


@pytest.mark.parametrize("carrier", [*CARRIERS, *ADDRESSES])
def test_villages_in_their_parents(carrier):
    gazetteer = load_gazetteer()
    verdicts, failed = Counter(), []
    for code in sample((line[:13] for line in gazetteer.villages.lines), VILLAGES):
        text = carrier.format(
            level="Kelurahan" if code[9] == "1" else "Desa",
            x=in_print(gazetteer.villages.get(code)),
            d=gazetteer.areas[code[:8]],
            r=gazetteer.areas[code[:5]],
        )
        said = verdict(found(text, "pkh_villages"), code)
        verdicts[said] += 1
        failed += [(code, text)] if said == "wrong" else []
    assert failed == []
    addressed = carrier in ADDRESSES
    assert verdicts["right"] >= (0.995 if addressed else 0.9) * VILLAGES, verdicts
    assert verdicts["right"] + verdicts["open"] >= 0.995 * VILLAGES, verdicts
