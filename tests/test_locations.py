"""Where the event of a short report took place: the cases of data/locations.yaml."""

from pathlib import Path

import pytest
import yaml

from pkh_extract.gazetteer import find, load_gazetteer, normalise

CASES = yaml.safe_load((Path(__file__).parent / "data" / "locations.yaml").read_text(encoding="utf-8"))
LEVELS = ("province", "regency", "district", "village")


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_location(case, extractor):
    title = case.get("title")
    record = extractor.extract(f"{title}\n\n{case['text']}" if title else case["text"], format="text")
    assert record.events, "no event"
    location = record.events[0].location
    found = [area.name for level in LEVELS if location and (area := getattr(location, level))]
    assert found == case["place"]
    assert (location.venue if location else None) == case.get("venue")
    warned = any(warning.code == "ambiguous_place" for warning in record.warnings)
    assert warned == case.get("open", False)


@pytest.mark.parametrize("case", [case for case in CASES if case["place"]], ids=lambda case: case["why"])
def test_the_expected_place_is_one_of_the_register(case):
    """A case that names no place of the register proves nothing."""
    parent = ""
    for name in case["place"]:
        codes = [place.code for place in find(name) if place.code.startswith(parent) and len(place.code) > len(parent)]
        codes = [code for code in codes if normalise(load_gazetteer().area(code).name) == normalise(name)]
        assert codes, (name, parent)
        parent = min(codes, key=len)
