"""Every rule's own example, as its page shows it: the fault is found, and its repair is sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.lint.sample import lay

from kh_kr_corpus import _yaml
from kh_kr_corpus.lint import RULES, Rule, validate

SHOWN = [one for one in RULES.values() if one.before.startswith("{")]


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_a_rule_has_an_example_and_says_how_to_mend(one: Rule) -> None:
    assert one.before and one.after and one.before != one.after
    assert one.before.startswith("{") == one.after.startswith("{")
    assert len(one.repair) >= 15 and one.repair.endswith((".", "`"))


def test_most_examples_are_run() -> None:
    assert len(SHOWN) >= 80


@pytest.mark.parametrize("one", SHOWN, ids=[one.code for one in SHOWN])
def test_before_is_found(one: Rule, toy_copy: Path) -> None:
    lay(_yaml.loads(one.before).data, toy_copy)
    found = validate(toy_copy)
    assert one.code in {finding.code for finding in found}, [str(finding) for finding in found]
    assert [str(f) for f in found if f.severity == "error" and f.code != one.code] == []
    for finding in (f for f in found if f.code == one.code):
        assert finding.severity == one.severity
        assert finding.location.field or one.code in ("KC901", "KC903")
        assert len(finding.fix) >= 8 and finding.fix != finding.message


@pytest.mark.parametrize("one", SHOWN, ids=[one.code for one in SHOWN])
def test_after_is_sound(one: Rule, toy_copy: Path) -> None:
    lay(_yaml.loads(one.after).data, toy_copy)
    found = validate(toy_copy)
    assert [str(f) for f in found if f.code == one.code or f.severity == "error"] == []
