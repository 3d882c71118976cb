"""Whose affair a text is and who acts: what keeps look-alikes out, and what carries over between sentences."""

from __future__ import annotations

import pytest

from kh_kr_corpus.annotate import Annotator

CRIME = (
    "Police in Busan arrested six men accused of running phone fraud from a hotel in Cambodia.\n\n"
    "Prosecutors said the men had taken 90 million won from pensioners.\n\n"
    "A court in Seoul sentenced a seventh man, who worked for the ring in Battambang, to four years."
)
COURTESY = (
    "The Korean ambassador paid a farewell call on the governor of Battambang.\n\n"
    "The governor praised the Korean people and recalled many years of friendship.\n\n"
    "Both voiced the hope that Korean investors would come to Cambodia in larger numbers.\n\n"
    "South Korea remains one of Cambodia’s largest investors, and two-way trade stood at $500 million."
)
OTHERS = (
    "South Korea and Laos signed a memorandum on a rice research station on Monday.\n\n"
    "Under the memorandum Seoul will train 40 Lao agronomists and give Laos $6 million.\n\n"
    "Laos, Thailand and Cambodia share the Mekong.\n\nLaos expects the station to open in 2027."
)


@pytest.mark.parametrize("text", [CRIME, COURTESY, OTHERS], ids=["crime", "courtesy", "others"])
def test_look_alikes_have_none(annotator: Annotator, text: str) -> None:
    """Courts of one country, compliments and totals, Korea's work with somebody else."""
    assert annotator.annotate(text, date="2024-05-15").initiatives == ()


def test_a_cooperation_of_police_is_one(annotator: Annotator) -> None:
    text = "South Korea and Cambodia agreed on a joint task force against online scams. It will have twelve officers."
    assert [i.kind for i in annotator.annotate(text).initiatives] == ["security-cooperation"]


def test_the_project_carries_its_korean_body_over(annotator: Annotator) -> None:
    """A sentence on "the project" names no party; the funder stands in the one in front."""
    text = (
        "KOICA opened a hospital wing in Battambang on 3 May for $4 million from South Korea to Cambodia.\n\n"
        "Under the project’s second part, Green Lantern, 60 midwives are attending evening classes in Phnom Penh."
    )
    training = [i for i in annotator.annotate(text, date="2024-05-15").initiatives if i.kind == "training"]
    assert len(training) == 1
    assert "organisation/koica" in {p.entity for p in training[0].actors}


def test_who_says_it_does_not_decide_what_it_is_about(annotator: Annotator) -> None:
    text = (
        "South Korea and Cambodia are friends. "
        "Two Korean airlines will fly to Battambang every day, said the chief commercial officer of a bank in Cambodia."
    )
    assert [i.kind for i in annotator.annotate(text).initiatives] == ["tourism-promotion"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("BUSAN (Yonhap) — KOICA opened a 30-bed clinic in Battambang on Monday.", "30-bed clinic in Battambang"),
        (
            "KOICA will send nine nurses to a hospital in Battambang, officials said.",
            "Sending nine nurses to a hospital in Battambang",
        ),
    ],
)
def test_titles_read_like_titles(annotator: Annotator, text: str, title: str) -> None:
    """No dateline, no attribution, no dots: the object of the act."""
    article = annotator.annotate(text + " South Korea and Cambodia are friends.", date="2024-05-15")
    assert [i.title for i in article.initiatives] == [title]


def test_a_long_title_ends_with_a_whole_phrase(annotator: Annotator) -> None:
    text = (
        "South Korea and Cambodia signed a memorandum of understanding on the joint restoration of the eastern gallery "
        "of a temple in the forest north of Battambang and on the training of masons."
    )
    (found,) = annotator.annotate(text).initiatives
    assert len(found.title) <= 80
    assert not found.title.endswith(("...", " of", " the", " and", ","))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("KOICA and the Ministry of Health signed an agreement to build a hospital in Battambang on 3 May 2024.", None),
        ("KOICA will train Cambodian nurses in Busan in the second half of 2026.", "2026-07/2026-12"),
        ("KOICA will train Cambodian nurses in Busan from 2025 to 2027.", "2025/2027"),
    ],
)
def test_only_the_things_own_period(annotator: Annotator, text: str, period: str | None) -> None:
    """The day of a signature is not the period of what was signed."""
    found = annotator.annotate(text, date="2024-05-15").initiatives
    assert [i.period for i in found] == [period]


def test_a_month_of_no_known_year_with_a_length_is_no_crash(annotator: Annotator) -> None:
    text = "A KOICA doctor will come to the hospital in Kampot in September for a year to train its nurses."
    assert annotator.annotate(text).initiatives
    dated = annotator.annotate(text, date="2019-03-01").initiatives
    assert {one.period for one in dated} == {"2019-09/2020-09"}
