"""Every rule in patterns/ is proven by its own examples and counter-examples."""

from pkh_extract.proof import check


def test_every_rule_holds_its_examples_and_counterexamples():
    failures = [f"{failure.rule}: {failure.reason} — {failure.text}" for failure in check()]
    assert not failures, "\n".join(failures)


def test_a_phrase_of_two_rules_is_told(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "- id: figure_classifier.own\n"
        "  phrases: [Jajaran, kerabat]\n"
        "  examples: [{text: Rakor dihadiri 26 kerabat pendamping PKH., finds: kerabat}]\n",
        "utf-8",
    )
    told = [failure for failure in check(str(tmp_path)) if failure.rule == "figure_classifier.own"]
    assert [(failure.text, "figure_classifier.group" in failure.reason) for failure in told] == [("Jajaran", True)]
