"""The error report: every error once, the costly ones first, and no words of texts that are not ours."""

from __future__ import annotations

import pytest

from kh_kr_corpus.evaluate import Reading, confusions, total
from kh_kr_corpus.evaluate.confusions import context
from kh_kr_corpus.models import Article

from .gold import TEXT, article, initiative, mention

GOLD = article(
    mention("Dara", entity="person/dara"), mention("Minsu"), mention("Seoul", "GPE"), mention("Kampot", "GPE"),
    initiatives=(initiative("training", 0, 24), initiative("tourism-promotion", 25, len(TEXT))),
)  # fmt: skip
GOT = article(
    mention("Dara", entity="person/minsu", score=0.9),
    mention("Minsu in Seoul", score=0.9),
    mention("They", "ORG", score=0.9),
    mention("Kampot", "LOC", score=0.9),
    initiatives=(initiative("infrastructure", 0, 24, score=0.9),),
)


def told(gold: Article = GOLD, got: Article = GOT, most: int | None = None) -> list[tuple[str, str, str, str, int]]:
    return [(c.measure, c.what, c.gold, c.got, c.cost) for c in confusions([Reading(gold, got)], most)]


def test_every_error_is_told_once() -> None:
    assert sorted(told()) == [
        ("initiative", "kind", "training", "infrastructure", 2),
        ("initiative", "missed", "tourism-promotion", "", 1),
        ("link", "entity", "PERSON", "PERSON", 2),
        ("span", "bounds", "PERSON", "PERSON", 2),
        ("span", "label", "GPE", "LOC", 2),
        ("span", "missed", "GPE", "", 1),
        ("span", "proposed", "", "ORG", 1),
    ]


def test_the_cost_of_names_is_what_the_score_loses() -> None:
    micro = total([Reading(GOLD, GOT)]).micro
    assert sum(cost for measure, *_, cost in told() if measure == "span") == micro.extra + micro.missed


def test_no_error_no_report() -> None:
    assert told(GOLD, GOLD) == []


def test_the_costly_come_first_and_the_rest_is_cut() -> None:
    readings = [Reading(GOLD, article(*GOLD.mentions[:2], initiatives=GOLD.initiatives)), Reading(GOLD, GOLD)]
    worst = confusions([*readings, Reading(article(mention("Dara")), article())], 1)
    assert [(c.gold, c.cost, c.count, len(c.places)) for c in worst] == [("GPE", 2, 2, 2)]


def test_a_wrong_field_of_an_initiative_found() -> None:
    gold = article(initiatives=(initiative("training", 0, 24),))
    got = article(initiatives=(initiative("training", 0, 24, score=0.9, status="pledged"),))
    assert told(gold, got) == [("initiative", "status", "completed", "pledged", 1)]


def test_the_context_shows_the_name_and_a_few_words() -> None:
    start = TEXT.index("Seoul")
    assert context(GOLD, start, start + 5) == "Dara met Minsu in [Seoul]. They left for Kampot."
    assert context(GOLD, start, start + 5, around=1) == "in [Seoul]."
    long = article(text=" ".join(f"w{n}" for n in range(40)))
    shown = context(long, 0, len(long.text or ""))
    assert shown is not None and "…" in shown and len(shown.split()) < 20


@pytest.mark.parametrize("rights", ["external", "local"])
def test_words_of_others_are_never_shown(rights: str) -> None:
    theirs = GOLD.model_copy(update={"rights": GOLD.rights.model_copy(update={"text": rights})})
    report = repr(confusions([Reading(theirs, GOT)], None))
    assert not [word for word in ("Dara met", "Minsu", "Seoul", "Kampot") if word in report]
    # the same report on a text of ours has them
    assert "Minsu in Seoul" in repr(confusions([Reading(GOLD, GOT)], None))
