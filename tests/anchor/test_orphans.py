"""A span without one sure place is an orphan with its reason, and the spans beside it stay where they are read."""

from __future__ import annotations

import pytest

from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.anchor import Copy, Moved, recognise
from kh_kr_corpus.models import Article, Evidence, Initiative, Mention, Review, Rights
from kh_kr_corpus.models.prints import withheld

CAME = "On Monday a boat with nine nurses came up the river to the town."
CREW = "The crew of the boat ...  will be taught in Seoul until the spring."
MORE = "A second boat with medicine may follow before the end of the year."
SAID = "Nobody at the ministry said what the two boats are going to cost."
TEXT = "\n".join((CAME, CREW, MORE, SAID))


def article(*marked: str, evidence: tuple[int, int] | None = None, text: str = TEXT) -> Article:
    """A text that is not stored, with mentions of ``marked`` and one initiative on ``evidence``."""
    places = [(text.index(one), text.index(one) + len(one), one) for one in marked]
    mentions = [
        Mention(id=f"m{n}", start=start, end=end, text=one, label="ORG")
        for n, (start, end, one) in enumerate(places, 1)
    ]
    reports = [
        Initiative(
            id="i1", title="A boat", kind="training", themes=("training",), sectors=("health",), status="pledged",
            assertion="author-reports", evidence=(Evidence(start=start, end=end),), review=Review(),
        )
        for start, end in ([evidence] if evidence else [])
    ]  # fmt: skip
    return withheld(
        Article(
            id="boat", title="A boat", origin="genuine", rights=Rights(text="local"), text=text,
            mentions=tuple(mentions), initiatives=tuple(reports),
        )
    )  # fmt: skip


def moved(copy: str, known: Article) -> Moved:
    [found] = recognise([Copy("a.txt", copy)], [known])
    assert found.moved, found.reason
    return found.moved


def without_print(known: Article, n: int) -> Article:
    """The article as it was stored before that sentence had a folded fingerprint."""
    assert known.fingerprints
    kept = [
        one.model_copy(update={"folded": None}) if m == n else one for m, one in enumerate(known.fingerprints.sentences)
    ]
    return known.model_copy(update={"fingerprints": known.fingerprints.model_copy(update={"sentences": tuple(kept)})})


def over(first: str, last: str) -> tuple[int, int]:
    return TEXT.index(first), TEXT.index(last) + len(last)


def test_sentences_that_no_longer_follow_each_other() -> None:
    both = article("Seoul", evidence=over(CREW, MORE))
    together = moved("Menu\n" + TEXT.replace("\n", "\n\n"), both)
    assert together.orphans == () and together.article.initiatives[0].evidence[0].end > len(CREW + MORE)
    copy = TEXT.replace(MORE, "Read this too.\n" + MORE)
    apart = moved(copy, both)
    assert [(one.span, one.reason) for one in apart.orphans] == [
        ("i1 evidence 1", "its sentences no longer follow each other"),
        ("i1", "none of its evidence has a place"),
    ]
    [(start, end)] = apart.orphans[0].candidates
    assert copy[start:end].strip() == copy[copy.index(CREW) : copy.index(SAID)].strip()
    assert not apart.orphans[1].candidates and not apart.orphans[1].counted and apart.orphans[0].counted
    assert apart.article.initiatives == () and [m.text for m in apart.article.mentions] == ["Seoul"]


def test_a_sentence_that_has_no_fingerprint() -> None:
    known = without_print(article("Monday", "Seoul", evidence=over(CAME, CREW)), 0)
    found = moved(TEXT.replace(" ", "\u00a0"), known)
    assert [(one.span, one.reason) for one in found.orphans] == [
        ("m1", "it stands in no sentence that has a fingerprint"),
        ("i1 evidence 1", "its place in its sentence is not sure"),
        ("i1", "none of its evidence has a place"),
    ]
    assert [m.text for m in found.article.mentions] == ["Seoul"]


def test_evidence_that_ends_where_no_fingerprint_is() -> None:
    known = without_print(article(evidence=over(MORE, SAID)), 3)
    assert [one.span for one in moved(TEXT.replace(" ", "\u00a0"), known).orphans] == ["i1 evidence 1", "i1"]


@pytest.mark.parametrize(
    ("part", "sure"),
    [(CREW, True), (CREW[4:], False), (CREW[:-4], False), (MORE, True), (MORE[2:], True), (MORE[:-5], True)],
)
def test_part_of_a_sentence_is_evidence_where_no_character_was_folded_away(part: str, sure: bool) -> None:
    found = moved(TEXT.replace("\n", "\r\n\r\n"), article(evidence=over(part, part)))
    if sure:
        [span] = found.article.initiatives[0].evidence
        assert (found.article.text or "")[span.start : span.end] == part
    else:
        assert found.orphans[0].reason == "its place in its sentence is not sure"


def test_a_mention_with_namesakes_in_its_sentence_is_where_it_was_read() -> None:
    """Two places within what folding may have moved it: nobody can say which; the candidates are both."""
    text = TEXT.replace(CREW, "The crew of boat by boat by boat   will be   taught   in Seoul   until the   spring.")
    start = text.index("boat by boat ") + len("boat by ")
    mention = Mention(id="m1", start=start, end=start + 4, text="boat", label="ORG")
    found = moved(text.replace("\n", "\n\n"), article(text=text).model_copy(update={"mentions": (mention,)}))
    [orphan] = found.orphans
    assert (orphan.span, orphan.surface, orphan.reason) == ("m1", "boat", "its place in its sentence is not sure")
    whole = found.article.text or ""
    assert len(orphan.candidates) == 3 and all(whole[a:b] == "boat" for a, b in orphan.candidates)


def test_at_most_five_candidates() -> None:
    text = TEXT.replace(CREW, "boat, boat, boat, boat, boat, boat, boat, boat and one more were there.")
    known = article("Seoul", text=text + "\nThey are learning their new trade in Seoul this whole year long.")
    mention = known.mentions[0].model_copy(update={"start": len(CAME) + 1, "end": len(CAME) + 5, "text": "boat"})
    copy = (known.model_copy(update={"mentions": (mention,)}), text.replace("one more", "two more"))
    [orphan] = moved(copy[1], copy[0]).orphans
    assert orphan.reason == "its sentence is not in the copy, or not in one sure place"
    assert [b - a for a, b in orphan.candidates] == [4] * 5 and len(set(orphan.candidates)) == 5


def test_no_space_stands_at_the_ends_of_the_text() -> None:
    """A first and a last sentence that were edited don't tell where the text begins and ends."""
    copy = f"  By our reporter\n{CAME[:-1]} hall.\n{CREW}\n{MORE}\n{SAID}\n{CAME[:-1]} square\u3000\n\u2003"
    known = article(text="\n".join((CAME, CREW, MORE, SAID, "This is the end of the story of the two boats.")))
    text = moved(copy, known).article.text
    assert text == normalise(copy).strip() != normalise(copy)


def test_the_page_around_a_text_is_cut_by_what_was_read_before_its_first_sentence() -> None:
    text = "1. " + TEXT + "\n* * *"
    assert next(sentences(text))[0] == 3
    page = f"Home\n\n{text.replace(' ', chr(160))}\n\nMore on boats"
    found = moved(page, article("Seoul", text=text)).article.text or ""
    assert found == normalise(page)[6 : 6 + len(text)]


OTHER = "Meanwhile the market of the old quarter was open as ever."


@pytest.mark.parametrize(
    ("copy", "exact", "other"),
    [
        (TEXT.replace(SAID, OTHER), 3, 0),
        (TEXT.replace(CREW, OTHER + "\n" + CREW).replace(SAID, OTHER), 1, 2),
        (TEXT.replace("nine nurses", "nine\u00a0nurses"), 2, 1),  # at the same place in other typography
        (TEXT.replace("nine nurses", "nine  nurses"), 0, 3),
    ],
)
def test_what_stands_where_it_stood_is_counted_apart(copy: str, exact: int, other: int) -> None:
    known = article("nine nurses", "Seoul", evidence=over(MORE, MORE))
    found = moved(copy, known)
    assert (found.exact, found.moved, found.orphans, found.same_text) == (exact, other, (), False)
    new = found.article
    assert new.text == copy and new.fingerprints and new.fingerprints.length == len(copy)
    assert [(m.id, m.label, m.text) for m in new.mentions] == [
        ("m1", "ORG", copy[new.mentions[0].start : new.mentions[0].end]), ("m2", "ORG", "Seoul"),
    ]  # fmt: skip
    assert [m.start for m in new.mentions] == [copy.index("nine"), copy.index("Seoul")]
    assert [m.end - m.start for m in new.mentions] == [len(m.text) for m in new.mentions]
    [span] = new.initiatives[0].evidence
    assert (span.start, span.end) == (copy.index(MORE), copy.index(MORE) + len(MORE))
    assert span.sha256 == fingerprint(MORE)[:16] and new.initiatives[0].title == "A boat"


# -- a copy within other text, in other typography ------------------------------------------------------------


def test_spans_are_counted_from_the_beginning_of_the_text_and_not_of_the_page() -> None:
    known = article("Nobody", "nine nurses", evidence=over(CAME, MORE))
    copy = TEXT.replace("nine nurses", "nine\u00a0nurses").replace(" the town", "\u2003the\u2003town")
    found = moved(f"Home | News\n\n{copy}\nMore on boats", known)
    assert found.article.text == copy and found.orphans == ()
    assert [copy[m.start : m.end] for m in found.article.mentions] == ["Nobody", "nine\u00a0nurses"]
    [span] = found.article.initiatives[0].evidence
    covered = copy[: copy.index(MORE) + len(MORE)]
    assert (span.start, span.end, span.sha256) == (0, len(covered), fingerprint(covered)[:16])


def test_short_evidence_gets_no_fingerprint_that_could_be_undone() -> None:
    [span] = (
        moved(TEXT.replace("\n", "\n\n"), article(evidence=over(MORE[:13], MORE[:13]))).article.initiatives[0].evidence
    )
    assert span.sha256 is None


def test_a_text_whose_first_sentence_was_edited_begins_where_the_copy_does() -> None:
    copy = TEXT.replace("Monday", "Tuesday")
    found = moved(copy, article("On", "boat", evidence=over(CAME, CAME)))
    assert found.article.text == copy
    on, boat, report, _ = found.orphans
    assert on.candidates == ((0, 2),)
    assert boat.candidates == ((copy.index("boat"), copy.index("boat") + 4),)  # none of those in sentences with a place
    assert report.candidates == ((0, copy.index(CREW)),)
    assert {one.surface for one in found.orphans} == {"On", "boat", ""} and report.surface == ""


def test_what_cannot_be_cut_without_another_normal_form_is_not_cut() -> None:
    known = article("Seoul", text="1. " + TEXT)
    copy = "Home\n\n\ufeff. " + TEXT
    found = moved(copy, known)
    assert found.article.text == copy
    assert [copy[m.start : m.end] for m in found.article.mentions] == ["Seoul"]


def test_sentences_that_follow_each_other_may_stand_without_a_space() -> None:
    found = moved(TEXT.replace("\n", ""), article(evidence=over(CREW, MORE)))
    [span] = found.article.initiatives[0].evidence
    assert (found.article.text or "")[span.start : span.end] == CREW + MORE and found.orphans == ()


@pytest.mark.parametrize(("gone", "copy"), [(SAID, "\n".join((CAME, CREW, MORE))), (CREW, CAME + MORE + SAID)])
def test_evidence_that_was_left_out_without_a_trace_has_no_candidate(gone: str, copy: str) -> None:
    found = moved(copy, article(evidence=over(gone, gone)))
    assert [(one.span, one.candidates) for one in found.orphans] == [("i1 evidence 1", ()), ("i1", ())]


@pytest.mark.parametrize(("left", "right"), [(1, 0), (0, 1)])
def test_evidence_that_reaches_into_the_space_between_sentences(left: int, right: int) -> None:
    start, end = over(CREW, CREW)
    copy = TEXT.replace("nine nurses", "nine\u00a0\u00a0nurses")
    [orphan, _] = moved(copy, article(evidence=(start - left, end + right))).orphans
    assert orphan.reason == "its place in its sentence is not sure"
    assert orphan.candidates == ((copy.index(CREW) - 1, copy.index(MORE)),)


@pytest.mark.parametrize("marked", ["Nobody", "boats", "cost"])
def test_a_mention_with_a_namesake_further_away_than_folding_moves_is_sure(marked: str) -> None:
    said = "Nobody said Nobody of those boats like other boats at any cost will cost."
    text = TEXT.replace(SAID, said)
    places = [text.index(marked), text.rindex(marked)]
    mentions = tuple(
        Mention(id=f"m{n}", start=at, end=at + len(marked), text=marked, label="ORG") for n, at in enumerate(places, 1)
    )
    copy = text.replace("\n", "\n\n")
    found = moved(copy, article(text=text).model_copy(update={"mentions": mentions}))
    assert [m.start for m in found.article.mentions] == [copy.index(marked), copy.rindex(marked)]


def test_candidates_are_counted_from_the_beginning_of_the_text_as_well() -> None:
    copy = TEXT.replace("crew of", "men on")
    found = moved(f"Home | News\n\n{copy}", article("Seoul", "crew", evidence=over(CREW, CREW)))
    assert found.article.text == copy
    seoul, crew, report, _ = found.orphans
    assert seoul.candidates == ((copy.index("Seoul"), copy.index("Seoul") + 5),)
    assert crew.candidates == ()
    assert report.candidates == ((copy.index("The men") - 1, copy.index(MORE)),)


def test_what_stands_only_behind_the_next_sentence_is_no_candidate() -> None:
    copy = TEXT.replace("a boat with nine", "a ship with nine")
    [orphan] = moved(copy, article("boat")).orphans
    assert orphan.reason == "its sentence is not in the copy, or not in one sure place" and orphan.candidates == ()
