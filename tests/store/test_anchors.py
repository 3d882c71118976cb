"""Whether spans stand where they say: each fault with its code, field, message and fix; what is sound is silent."""

from __future__ import annotations

from typing import Any

import pytest

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.models import (
    Article,
    Evidence,
    Fingerprints,
    FoldedPrint,
    Initiative,
    Mention,
    Review,
    Rights,
    ShortPrint,
)  # fmt: skip
from kh_kr_corpus.models.prints import evidence_print, prints_of
from kh_kr_corpus.store.anchors import misanchored

CAME = "On Monday a boat with nine nurses came up the river to the town."
MORE = "A second boat with medicine may follow before the end of the year."
TEXT = f"Boats\n{CAME} It is red.\n{MORE}"
AT, LAST = TEXT.index(CAME), TEXT.index(MORE)
PRINTS = prints_of(TEXT)
ANEW, AGAIN = "take the fingerprints anew from the text", "attach the text and take both anew"
OUTSIDE = "is not inside the text, or not behind the sentence before it"


def boat(**change: Any) -> Article:
    """A sound article of our own text with one mention and one initiative."""
    mention = Mention(id="m1", start=TEXT.index("river"), end=TEXT.index("river") + 5, text="river", label="LOC")
    fields = {"mentions": (mention,), "initiatives": (report(AT, AT + len(CAME)),), **change}
    return Article(id="boat", title="A boat", origin="brief", rights=Rights(text="included"), text=TEXT).model_copy(
        update=fields
    )


def report(start: int, end: int, sha256: str | None = "") -> Initiative:
    """An initiative whose evidence is there, with the fingerprint of what stands there unless another is given."""
    told = evidence_print(TEXT, start, end) if sha256 == "" else sha256
    return Initiative(
        id="i1", title="A boat", kind="training", themes=("training",), sectors=("health",), status="pledged",
        assertion="author-reports", evidence=(Evidence(start=start, end=end, sha256=told),), review=Review(),
    )  # fmt: skip


def river(start: int, text: str = "river") -> Mention:
    return Mention(id="m1", start=start, end=start + len(text), text=text, label="LOC")


def withheld(**change: Any) -> Article:
    """The same without its text."""
    return boat(text=None, rights=Rights(text="external"), fingerprints=PRINTS, **change)


def sentence(n: int, **change: Any) -> Fingerprints:
    kept = [one.model_copy(update=change) if m == n else one for m, one in enumerate(PRINTS.sentences)]
    return PRINTS.model_copy(update={"sentences": tuple(kept)})


def test_what_is_sound_is_silent() -> None:
    for article in (boat(), withheld(), boat(fingerprints=PRINTS), boat(text=None), withheld(mentions=())):
        assert list(misanchored(article)) == []
    last = river(len(TEXT) - 5, TEXT[-5:])
    assert list(misanchored(boat(mentions=(last,)))) == list(misanchored(withheld(mentions=(last,)))) == []
    whole = boat(initiatives=(report(0, len(TEXT)),))
    assert list(misanchored(whole)) == []
    short = TEXT.index("It is red.")
    assert list(misanchored(withheld(initiatives=(report(short, short + 10, None),)))) == []
    attached = withheld(initiatives=(report(short, short + 10, None),)).model_copy(update={"text": TEXT})
    assert list(misanchored(attached)) == []


CASES: dict[str, tuple[Article, tuple[str, tuple[str | int, ...], str, str]]] = {
    "not normalised": (
        boat(text=TEXT + "\n"),
        ("KC206", ("text",), "the text is not normalised",
         "store it as codebook section 1 normalises it; offsets count in that text"),
    ),
    "of another text": (
        boat(fingerprints=PRINTS.model_copy(update={"text": fingerprint("another")}), mentions=(river(999),)),
        ("KC207", ("fingerprints", "text"), "the fingerprint is of another text", "attach the very text"),
    ),
    "mention behind the end": (
        boat(mentions=(river(TEXT.index("river")), river(len(TEXT) - 4))),
        ("KC202", ("mentions", 1, "end"), f"{len(TEXT) + 1} is not inside the text, which has {len(TEXT)} code points",
         "correct the span"),
    ),
    "the same without the text": (
        withheld(mentions=(river(len(TEXT) - 4),)),
        ("KC202", ("mentions", 0, "end"), f"{len(TEXT) + 1} is not inside the text, which has {len(TEXT)} code points",
         "correct the span"),
    ),
    "other words": (
        boat(mentions=(river(0),)),
        ("KC201", ("mentions", 0, "text"), "the quote is 'river' but the text has 'Boats'",
         f"the nearest place of the quote is start: {TEXT.index('river')}, end: {TEXT.index('river') + 5}"),
    ),
    "other words that may not be told": (
        boat(mentions=(river(0),), rights=Rights(text="external")),
        ("KC201", ("mentions", 0, "text"), "the quote is 'river' but the text has other words",
         f"the nearest place of the quote is start: {TEXT.index('river')}, end: {TEXT.index('river') + 5}"),
    ),
    "words that stand nowhere": (
        boat(mentions=(river(0, "raft"),)),
        ("KC201", ("mentions", 0, "text"), "the quote is 'raft' but the text has 'Boat'",
         "the quote stands nowhere in the text; remove the mention or mend the text"),
    ),
    "the nearest of several, before": (
        boat(mentions=(river(TEXT.index("boat") + 3, "boat"),)),
        ("KC201", ("mentions", 0, "text"), "the quote is 'boat' but the text has 't wi'",
         f"the nearest place of the quote is start: {TEXT.index('boat')}, end: {TEXT.index('boat') + 4}"),
    ),
    "the nearest of several, behind": (
        boat(mentions=(river(TEXT.rindex("boat") - 9, "boat"),)),
        ("KC201", ("mentions", 0, "text"), "the quote is 'boat' but the text has 'A se'",
         f"the nearest place of the quote is start: {TEXT.rindex('boat')}, end: {TEXT.rindex('boat') + 4}"),
    ),
    "evidence of nothing": (
        boat(initiatives=(report(7, 7, "0" * 16),)),
        ("KC202", ("initiatives", 0, "evidence", 0, "end"), "[7, 7) covers nothing",
         "the end lies behind the start; correct the span"),
    ),
    "evidence behind the end": (
        withheld(initiatives=(report(AT, AT + len(CAME)), report(AT, len(TEXT) + 1, None))),
        ("KC202", ("initiatives", 1, "evidence", 0, "end"),
         f"{len(TEXT) + 1} is not inside the text, which has {len(TEXT)} code points", "correct the span"),
    ),
    "other evidence": (
        boat(initiatives=(report(AT, AT + len(CAME), "0" * 16),)),
        ("KC205", ("initiatives", 0, "evidence", 0, "sha256"),
         f"[{AT}, {AT + len(CAME)}) is not the text that was read as evidence",
         f"move the span back to its sentence, or accept this one with sha256: {fingerprint(CAME)[:16]}"),
    ),
    "evidence without its fingerprint": (
        boat(initiatives=(report(TEXT.index("It is"), LAST - 1, None),)),
        ("KC205", ("initiatives", 0, "evidence", 0, "sha256"),
         f"[{TEXT.index('It is')}, {LAST - 1}) is not the text that was read as evidence",
         f"move the span back to its sentence, or accept this one with sha256: {fingerprint('It is red.')[:16]}"),
    ),
    "without the text, another sentence's fingerprint": (
        withheld(initiatives=(report(AT, AT + len(CAME), fingerprint(MORE)[:16]),)),
        ("KC205", ("initiatives", 0, "evidence", 0, "sha256"),
         f"[{AT}, {AT + len(CAME)}) and the fingerprints of sentences contradict each other", AGAIN),
    ),
    "without the text, a sentence's fingerprint at another place": (
        withheld(initiatives=(report(AT + 1, AT + len(CAME), fingerprint(CAME)[:16]),)),
        ("KC205", ("initiatives", 0, "evidence", 0, "sha256"),
         f"[{AT + 1}, {AT + len(CAME)}) and the fingerprints of sentences contradict each other", AGAIN),
    ),
    "a sentence before the one before": (
        boat(text=None, fingerprints=sentence(1, start=AT + 5)),
        ("KC202", ("fingerprints", "sentences", 1, "end"), f"[{AT + 5}, {len(TEXT)}) {OUTSIDE}", ANEW),
    ),
    "a sentence behind the end": (
        boat(text=None, fingerprints=sentence(1, end=len(TEXT) + 1)),
        ("KC202", ("fingerprints", "sentences", 1, "end"), f"[{LAST}, {len(TEXT) + 1}) {OUTSIDE}", ANEW),
    ),
    "a short one of nothing": (
        boat(text=None, fingerprints=PRINTS.model_copy(update={
            "short": (ShortPrint(start=5, end=5, folded=PRINTS.short[0].folded),)})),
        ("KC202", ("fingerprints", "short", 0, "end"), f"[5, 5) {OUTSIDE}", ANEW),
    ),
    "folded to more than there is": (
        boat(text=None, fingerprints=sentence(0, folded=FoldedPrint(length=len(CAME) + 1, sha256="0" * 16))),
        ("KC207", ("fingerprints", "sentences", 0, "folded", "length"),
         f"folded, {len(CAME)} characters are never {len(CAME) + 1}", ANEW),
    ),
    "of another sentence": (
        boat(fingerprints=sentence(1, sha256=fingerprint("another"))),
        ("KC207", ("fingerprints", "sentences", 1, "sha256"), "the fingerprint is of another sentence",
         "attach the very text"),
    ),
    "folded of another sentence": (
        boat(fingerprints=sentence(0, folded=FoldedPrint(length=len(CAME), sha256="0" * 16))),
        ("KC207", ("fingerprints",), "a fingerprint of folded text is of other sentences", ANEW),
    ),
    "folded of another short one": (
        boat(fingerprints=PRINTS.model_copy(update={"short": (
            PRINTS.short[0].model_copy(update={"folded": FoldedPrint(length=5, sha256="0" * 16)}),)})),
        ("KC207", ("fingerprints",), "a fingerprint of folded text is of other sentences", ANEW),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("article", "problem"), CASES.values(), ids=CASES)
def test_each_fault_is_told_once(article: Article, problem: tuple[str, tuple[str | int, ...], str, str]) -> None:
    assert list(misanchored(article)) == [problem]


def test_a_span_that_just_fits_beside_one_that_does_not() -> None:
    """Every fault of a text is told, in the order of the file."""
    article = boat(
        mentions=(river(0), river(TEXT.index("river")), river(len(TEXT) - 4)),
        initiatives=(report(AT, AT + len(CAME)), report(3, 3, "0" * 16), report(LAST, len(TEXT), "0" * 16)),
    )
    assert [(code, path) for code, path, _, _ in misanchored(article)] == [
        ("KC201", ("mentions", 0, "text")),
        ("KC202", ("mentions", 2, "end")),
        ("KC202", ("initiatives", 1, "evidence", 0, "end")),
        ("KC205", ("initiatives", 2, "evidence", 0, "sha256")),
    ]


def test_older_fingerprints_without_folded_ones_are_sound() -> None:
    bare = [one.model_copy(update={"folded": None}) for one in PRINTS.sentences]
    assert list(misanchored(boat(fingerprints=PRINTS.model_copy(update={"sentences": tuple(bare), "short": ()})))) == []


@pytest.mark.parametrize(
    ("text", "at", "nearest"),
    [
        ("Ships\n" + TEXT, 3, 0),
        (TEXT + "\nShips, Ships", len(TEXT) - 9, len(TEXT) + 1),
        (TEXT + "\nShips, Ships, Ships", len(TEXT) + 9, len(TEXT) + 8),
    ],
)
def test_the_nearest_place_may_be_the_first_or_any(text: str, at: int, nearest: int) -> None:
    [(_, _, _, fix)] = misanchored(boat(text=text, mentions=(river(at, "Ships"),), initiatives=()))
    assert fix == f"the nearest place of the quote is start: {nearest}, end: {nearest + 5}"
