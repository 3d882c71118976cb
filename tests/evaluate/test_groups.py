"""Names seen in training and names not seen, genres apart."""

from __future__ import annotations

from kh_kr_corpus.evaluate import Count, Reading, Seen, by_field, by_seen, total

from .gold import article, mention

TRAINING = [article(mention("Dara", entity="person/dara"), mention("Kampot", "GPE"))]


def test_seen_goes_by_entity_and_for_nil_by_surface() -> None:
    seen = Seen.of(TRAINING)
    assert seen.has(mention("Dara", entity="person/dara"))
    assert not seen.has(mention("Dara", entity="person/another-dara"))
    assert seen.has(mention("Kampot", "GPE"))
    assert not seen.has(mention("Seoul", "GPE"))


def test_undecided_names_of_training_teach_nothing() -> None:
    assert not Seen.of([article(mention("Seoul", "GPE", score=0.9))]).surfaces


def test_each_name_counts_on_one_side() -> None:
    gold = article(mention("Dara", entity="person/dara"), mention("Minsu"), mention("Seoul", "GPE"))
    got = article(
        mention("Dara", entity="person/dara", score=0.9),
        mention("Minsu in Seoul", score=0.9),  # both bounds wrong: its gold is unseen
        mention("Kampot", "GPE", score=0.9),  # no gold; its surface is seen
    )
    groups = by_seen([Reading(gold, got)], Seen.of(TRAINING))
    assert total(groups["seen"]).micro == Count(right=1, extra=1, missed=0)
    assert total(groups["unseen"]).micro == Count(right=0, extra=1, missed=2)


def test_a_wrong_link_does_not_move_a_name_to_the_other_side() -> None:
    gold = article(mention("Minsu", entity="person/minsu"))
    got = article(mention("Minsu", entity="person/dara", score=0.9))
    groups = by_seen([Reading(gold, got)], Seen.of(TRAINING))
    assert total(groups["unseen"]).micro == Count(1, 0, 0)
    assert total(groups["unseen"]).link_accuracy == 0.0
    assert total(groups["seen"]).micro == Count()


def test_dates_and_amounts_are_neither() -> None:
    text = "In May 2021 they paid $5 million."
    dated = article(mention("May 2021", "DATE", text=text), mention("$5 million", "MONEY", text=text), text=text)
    groups = by_seen([Reading(dated, dated)], Seen.of(TRAINING))
    assert [total(group).micro for group in groups.values()] == [Count(), Count()]


def test_genres_apart_add_up_to_the_whole() -> None:
    one, two = article(mention("Dara")), article(mention("Minsu"), genre="speech")
    readings = [Reading(one, one), Reading(two, article()), Reading(two, two)]
    groups = by_field(readings, lambda a: a.genre)
    assert {name: total(group).micro for name, group in groups.items()} == {
        "speech": Count(1, 0, 1),
        "wire": Count(1, 0, 0),
    }
