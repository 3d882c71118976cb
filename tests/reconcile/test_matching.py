"""Matching: no match beats a wrong one, everything has its reasons, and the judged pairs hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reconcile.pairs import Pair, read_pairs

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.reconcile import Entry, Sum, entries_of, of_activity, reconcile, reconcile_entries
from kh_kr_corpus.reconcile.entry import sectors_of_purpose
from kh_kr_corpus.reconcile.features import FEATURES, Judge
from kh_kr_corpus.reconcile.scoring import WEIGHTS, score
from kh_kr_corpus.reconcile.words import Weights, likeness, numbers, words

KOICA = "organisation/korea-international-cooperation-agency"


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load()


@pytest.fixture(scope="module")
def judge(shipped: Corpus) -> Judge:
    return Judge(shipped.kb, [of_activity(activity) for activity in shipped.activities])


def entry(title: str, **known: object) -> Entry:
    return Entry(id=title, titles=(title,), **known)  # type: ignore[arg-type]


def test_what_every_title_has_tells_nothing_and_misprints_fall_together() -> None:
    assert words("The Project for Strengthening of the Korea-Cambodia Friendship") == {"friendship"}
    assert words("EastCambodia Gelogical Mapping") & words("Geological mapping") == {"geological", "mapping"}
    weigh = Weights(["road", "road", "road", "hospital of Kampong Chhnang"])
    rare, _ = likeness(words("Chhnang road"), words("Chhnang hospital"), weigh)
    common, _ = likeness(words("Chhnang road"), words("Takeo road"), weigh)
    assert rare > common > 0
    assert likeness(words("A dam"), words("A dam"), weigh) == (1.0, ("dam",))


def test_numbers_tell_roads_and_phases_apart() -> None:
    assert numbers("National Road 2 and 22, second phase 2015") == {2, 22}
    assert numbers("지방도로 개선사업(4차)") == {4}


@pytest.mark.parametrize(
    ("feature", "ours", "theirs", "value"),
    [
        ("year", {"years": (2007, 2009)}, {"years": (2009, 2009)}, 1.0),
        ("year", {"years": (2007, 2009)}, {"years": (2013, 2013)}, -1.0),
        ("year", {}, {"years": (2013, 2013)}, 0.0),
        ("amount", {"sums": (Sum(100, "USD"),)}, {"sums": (Sum(100, "USD", 2001),)}, 1.0),
        ("amount", {"sums": (Sum(100, "USD", 2000),)}, {"sums": (Sum(100, "USD", 2001),)}, 0.0),
        ("amount", {"sums": (Sum(100, "USD"),)}, {"sums": (Sum(10_000, "USD"),)}, -0.7),
        ("amount", {"sums": (Sum(100, "USD"),)}, {"sums": (Sum(115_000, "KRW"),)}, 0.5),
        ("amount", {"sums": (Sum(100, "USD"),)}, {"sums": (Sum(115_000, "KRW"), Sum(10_000, "USD"))}, -0.7),
        ("actor", {"actors": (KOICA,)}, {"actors": ("KOICA",)}, 0.3),
        ("actor", {"actors": (KOICA,)}, {"actors": ("Export-Import Bank of Korea",)}, -1.0),
        ("actor", {"actors": (KOICA, "World Vision Korea")}, {"actors": ("World Vision Korea",)}, 1.0),
        ("sector", {"sectors": frozenset({"health"})}, {"sectors": frozenset({"transport"})}, -1.0),
        ("modality", {"modalities": frozenset({"relief"})}, {"modalities": frozenset({"in-kind"})}, -0.3),
        ("place", {"places": ("place/phnom-penh",)}, {"places": ("Siem Reap province",)}, -1.0),
    ],
)
def test_features_speak_for_against_or_not_at_all(
    judge: Judge, feature: str, ours: dict[str, object], theirs: dict[str, object], value: float
) -> None:
    compared = {one.feature: one for one in judge.compare(entry("One", **ours), entry("Other", **theirs))}
    assert tuple(compared) == FEATURES
    assert compared[feature].value == value
    assert compared[feature].why


def test_no_weight_is_negative_and_more_for_it_is_never_less_sure(judge: Judge) -> None:
    assert set(WEIGHTS) == set(FEATURES)
    assert min(WEIGHTS.values()) >= 0
    ours = entry("Solar stations at Koh Sla", years=(2012, 2012), sums=(Sum(2.2e6, "USD"),))
    chances = [
        score(judge.compare(ours, entry(title, **known)))
        for title, known in (
            ("Bridge", {}), ("Solar lights", {}), ("Solar stations at Koh Sla", {}),
            ("Solar stations at Koh Sla", {"years": (2012, 2012)}),
            ("Solar stations at Koh Sla", {"years": (2012, 2012), "sums": (Sum(2.2e6, "USD"),)}),
        )
    ]  # fmt: skip
    assert chances == sorted(chances)
    assert chances[-1] > 0.9 > 0.1 > chances[0]


def test_two_activities_that_fit_alike_leave_the_entry_open(shipped: Corpus) -> None:
    twin = {"years": (2003, 2003), "sums": (Sum(17_714, "USD"),), "actors": (KOICA,)}
    asked = [entry("Saemaul expert in Cambodia", **twin)]
    alone = [Entry("one", ("A Saemaul expert sent",), **twin)]  # type: ignore[arg-type]
    assert reconcile_entries(alone, asked, shipped.kb).decisions[0].activity == "one"
    both = [*alone, Entry("two", ("Saemaul expert sent",), **twin)]  # type: ignore[arg-type]
    decision = reconcile_entries(both, asked, shipped.kb).decisions[0]
    assert (decision.outcome, decision.activity) == ("open", None)
    assert "fits as well" in decision.why


def test_a_round_amount_of_one_year_alone_is_no_match(shipped: Corpus) -> None:
    known = {"years": (2014, 2014), "sums": (Sum(5_500_000, "USD"),), "actors": (KOICA, "World Vision Korea")}
    ours = [Entry("one", ("Eye centre",), **known)]  # type: ignore[arg-type]
    named = reconcile_entries(ours, [entry("Eye clinic", **known)], shipped.kb).decisions[0]
    assert named.outcome == "match"
    other = reconcile_entries(ours, [entry("Dredging of a river", **known)], shipped.kb).decisions[0]
    assert other.candidates[0].score >= 0.7
    assert (other.outcome, other.why[:33]) == ("open", "neither name nor place in common;")


def test_what_has_no_counterpart_is_listed_on_either_side(shipped: Corpus) -> None:
    found = reconcile_entries(
        [Entry("bridge", ("A bridge in Takeo",)), Entry("clinic", ("Eye clinic",), (2012, 2012), (Sum(9, "USD"),))],
        [entry("Eye clinic", years=(2012, 2012), sums=(Sum(9, "USD"),)), entry("Weather radar")],
        shipped.kb,
    )
    assert found.matches["activity"] == ["clinic"]
    assert found.without_activity["entry"] == ["Weather radar"]
    assert found.without_entry["activity"] == ["bridge"]
    assert len(found.table) == 2
    assert "no activity shares" in found.without_activity["reasons"][0]


def test_own_records_find_their_activities_and_none_a_wrong_one(shipped: Corpus) -> None:
    coded = {record.id: record.activity for record in shipped.records}
    large = {"2003-koica-volunteers", "1994-koica-invited-trainees"}
    decisions = reconcile(shipped).decisions
    matched = [decision for decision in decisions if decision.activity]
    wrong = [decision.entry.id for decision in matched if decision.activity != coded[decision.entry.id]]
    small = [one for one in decisions if coded[one.entry.id] and coded[one.entry.id] not in large]
    assert len(wrong) <= 1
    assert sum(one.activity is not None for one in small) / len(small) >= 0.75
    unknown = [decision for decision in decisions if coded[decision.entry.id] is None]
    assert [decision for decision in unknown if decision.activity] == []


def chances(corpus: Corpus, pairs: list[Pair]) -> list[float]:
    judge = Judge(corpus.kb, [*map(of_activity, corpus.activities), *(pair.entry for pair in pairs)])
    return [score(judge.compare(pair.activity, pair.entry)) for pair in pairs]


def test_the_judged_pairs_of_both_splits_are_as_many_as_was_asked_and_share_nothing(shipped: Corpus) -> None:
    dev, test = read_pairs(shipped, "dev"), read_pairs(shipped, "test")
    for same in (True, False):
        assert sum(pair.same is same for pair in (*dev, *test)) >= 60
    assert {pair.activity.id for pair in dev}.isdisjoint(pair.activity.id for pair in test)
    assert {pair.entry.id for pair in dev}.isdisjoint(pair.entry.id for pair in test)


def test_on_the_development_pairs_matches_are_right_and_names_alone_are_not(shipped: Corpus) -> None:
    pairs = read_pairs(shipped, "dev")
    said = [chance >= 0.7 for chance in chances(shipped, pairs)]
    wrong = sum(yes and not pair.same for yes, pair in zip(said, pairs, strict=True))
    right = sum(yes and pair.same for yes, pair in zip(said, pairs, strict=True))
    assert right / (right + wrong) >= 0.95
    assert right / sum(pair.same for pair in pairs) >= 0.7
    weigh = Weights([title for pair in pairs for title in (*pair.activity.titles, *pair.entry.titles)])
    alike = [
        max(likeness(words(pair.activity.title), words(title), weigh)[0] for title in pair.entry.titles) >= 0.5
        for pair in pairs
        if pair.entry.titles
    ]
    named = [pair.same for pair in pairs if pair.entry.titles]
    assert sum(yes and not same for yes, same in zip(alike, named, strict=True)) >= 5, "the control must fail"


def test_a_file_says_by_its_name_what_it_is(shipped: Corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not say what it is"):
        entries_of(shipped, tmp_path / "file.docx")
    assert len(entries_of(shipped)) == 584


def test_purposes_lead_to_sectors_even_when_withdrawn_or_of_three_digits() -> None:
    assert sectors_of_purpose("15110") == {"public-administration", "digital"}
    assert sectors_of_purpose("74010") == {"disaster-risk"}
    assert sectors_of_purpose("313") == {"fisheries"}
    assert sectors_of_purpose("99999") == frozenset()
