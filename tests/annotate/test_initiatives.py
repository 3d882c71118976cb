from __future__ import annotations

import hashlib

import pytest

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.models import Article, Initiative

LEAD = "South Korea and Cambodia work together in many fields. "


def read(annotator: Annotator, text: str, date: str = "2024-05-15") -> Article:
    return annotator.annotate(LEAD + text, date=date)


def only(annotator: Annotator, text: str) -> Initiative:
    found = read(annotator, text).initiatives
    assert len(found) == 1, [i.title for i in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("KOICA will send forty Cambodian nurses to a six-week training course in Busan.", "training", "pledged"),
        (
            "KOICA handed over a flood early-warning system with 20 sirens in Battambang on 3 May.",
            "resilience",
            "completed",
        ),
        ("Seoul and Phnom Penh signed a memorandum on a digital identity portal on Monday.", "e-government", "agreed"),
        (
            "The Korean loan of $30 million for a bridge in Battambang was cancelled in March.",
            "infrastructure",
            "cancelled",
        ),
        ("Cambodia has asked South Korea for a larger quota of migrant workers.", "labour-mobility", "proposed"),
        ("Korean volunteers are coaching football at a Cambodian school.", "cultural-exchange", "implementing"),
        (
            "The Korean Red Cross sent relief goods worth $50,000 to flooded villages in Kampong Thom.",
            "humanitarian-aid",
            "completed",
        ),
        (
            "The police agencies of South Korea and Cambodia will share fingerprint data of suspects in online scams.",
            "security-cooperation",
            "pledged",
        ),
    ],
)
def test_kind_and_status(annotator: Annotator, text: str, kind: str, status: str) -> None:
    found = only(annotator, text)
    assert (found.kind, found.status) == (kind, status)


@pytest.mark.parametrize(
    "text",
    [
        "Japan will build a hospital in Battambang with a grant of $9 million from JICA.",
        "Ties between the two countries rest on mutual respect and long friendship.",
        "North Korean workers left a restaurant in Battambang in 2019.",
        "Cambodia will build a road to Battambang with its own money.",
        "Bilateral trade between the two countries reached $900 million last year.",
    ],
)
def test_what_is_no_initiative(annotator: Annotator, text: str) -> None:
    assert read(annotator, text).initiatives == ()


def test_a_text_on_somebody_else_has_none(annotator: Annotator) -> None:
    text = "Japan opened a school in Battambang. Half the teachers came from Tokyo, others from South Korea."
    assert annotator.annotate(text).initiatives == ()


def test_evidence_is_whole_sentences_with_their_hash(annotator: Annotator) -> None:
    text = "KOICA will build a clinic in Battambang. The clinic will cost $2 million and open in 2026."
    article = read(annotator, text)
    (found,) = article.initiatives
    assert article.text is not None
    for span in found.evidence:
        covered = article.text[span.start : span.end]
        assert covered.endswith(".")
        assert span.sha256 == hashlib.sha256(covered.encode()).hexdigest()[:16]
    assert len(found.evidence) == 2
    assert found.amount is not None
    assert (found.amount.amount, found.amount.currency) == (2e6, "USD")
    assert ("organisation/koica", "funder") in {(p.entity, p.role) for p in found.actors}
    assert found.place == ("place/battambang",)


def test_what_an_author_recommends(annotator: Annotator) -> None:
    article = annotator.annotate(
        LEAD + "I say so. Cambodia should ask KOICA to train two hundred village auditors.", genre="op-ed"
    )
    (found,) = article.initiatives
    assert (found.assertion, found.status) == ("author-recommends", "proposed")


def test_a_joint_statement_is_its_own_word(annotator: Annotator) -> None:
    text = "Joint Statement\n\nThe two sides agreed that Korea will finance a hospital in Cambodia for $8 million."
    assert [i.assertion for i in annotator.annotate(text).initiatives] == ["document"]


def test_scores_are_probabilities_and_weights_say_what_they_mean(annotator: Annotator) -> None:
    found = only(annotator, "KOICA will train sixty Cambodian judges in Seoul.")
    assert found.score is not None
    assert 0 < found.score <= 1


def test_an_opinion_piece_is_known_by_its_author_line(annotator: Annotator) -> None:
    """What its author thinks possible is recommended and proposed, in the author's name."""
    text = (
        "Cambodia and South Korea have much to gain from tourism.\n\n"
        "The two tourism ministries should hold a travel fair with Korean agencies in Siem Reap every spring.\n\n"
        "Nhem Rithy is a lecturer at a private university in Phnom Penh."
    )
    found = [i for i in annotator.annotate(text, title="More visitors").initiatives if i.kind == "tourism-promotion"]
    assert found and {(i.status, i.assertion) for i in found} == {("proposed", "author-recommends")}


def test_items_keep_the_word_of_the_sentence_that_leads_in(annotator: Annotator) -> None:
    """Run-in items under an attributed lead-in are the official's reported word; without one they are the author's."""
    items = (
        "Training: South Korea will offer forty scholarships to Cambodian officials.\n\n"
        "Flood warning: South Korea will help Cambodia to build a flood early warning system."
    )
    lead = "In Phnom Penh, Ambassador Nam Jin-woo reaffirmed South Korea's commitment to Cambodia.\n\n"
    told = annotator.annotate(lead + items, title="Pledges").initiatives
    assert {i.kind for i in told} >= {"training", "resilience"}
    assert {i.assertion for i in told if i.kind in ("training", "resilience")} == {"official-reported"}
    plain = annotator.annotate("Help for Cambodia is planned in South Korea.\n\n" + items, title="Plans").initiatives
    assert {i.assertion for i in plain} == {"author-reports"}
