"""Every rule in patterns/ is proven by its own examples and counter-examples."""

from pkh_extract.proof import check


def test_every_rule_holds_its_examples_and_counterexamples():
    failures = [f"{failure.rule}: {failure.reason} — {failure.text}" for failure in check()]
    assert not failures, "\n".join(failures)
