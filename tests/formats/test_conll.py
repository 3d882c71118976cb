"""CoNLL: what another library reads in our files, and what we read in those of others."""

from __future__ import annotations

from pathlib import Path

import conllu
import pytest

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats import Imported, NotCarried, export, get_format, select
from kh_kr_corpus.formats.tokens import sentences_of, tokens_of

CONLL = get_format("conll")


def _read(path: Path, **labels: str) -> tuple[list[Imported], list[NotCarried]]:
    assert CONLL.read is not None
    found = list(CONLL.read(path, labels))
    return [one for one in found if isinstance(one, Imported)], [one for one in found if isinstance(one, NotCarried)]


def _file(folder: Path, text: str) -> Path:
    path = folder / "set.conll"
    path.write_text(text, encoding="utf-8")
    return path


def test_another_library_reads_the_same_mentions_and_text(toy: Corpus, tmp_path: Path) -> None:
    selection = select(toy, undecided=True, right="a test")
    list(export(CONLL, selection, tmp_path / "toy.conllup"))
    found: dict[str, list[tuple[str, str, str | None]]] = {}
    texts: dict[str, str] = {}
    article = ""
    for sentence in conllu.parse((tmp_path / "toy.conllup").read_text(encoding="utf-8")):
        article = sentence.metadata.get("newdoc id", article)
        for token in sentence:
            misc = token["misc"] or {}
            spaces = (misc.get("SpacesAfter") or "").replace("\\s", " ").replace("\\n", "\n")
            default = "" if misc.get("SpaceAfter") == "No" else " "
            texts[article] = texts.get(article, "") + token["form"] + (spaces or default)
            prefix, _, label = token["khkr:ner"].partition("-")
            spans = found.setdefault(article, [])
            if prefix == "B":
                spans.append((label, token["form"], misc.get("Link")))
            elif prefix == "I":
                spans[-1] = (label, spans[-1][1] + token["form"], spans[-1][2])
    attached = [one for one in selection.articles if one.text is not None]
    assert texts == {one.id: one.text for one in attached}
    ours = {
        one.id: [
            (m.label, "".join(m.text.split()), m.entity)
            for m in sorted(one.mentions, key=lambda m: m.start)
            if m.review.state != "rejected"
        ]
        for one in attached
    }
    assert found == ours
    assert sum(map(len, found.values())) > 15


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (("B-GPE", "I-GPE", "O", "B-GPE"), ["a b", "d"]),  # IOB2
        (("I-GPE", "I-GPE", "B-GPE", "O"), ["a b", "c"]),  # IOB1
        (("B-GPE", "E-GPE", "S-GPE", "S-GPE"), ["a b", "c", "d"]),  # BIOES
        (("B-GPE", "L-GPE", "U-GPE", "O"), ["a b", "c"]),  # BILOU
        (("I-GPE", "I-ORG", "O", "I-ORG"), ["a", "b", "d"]),  # no B at all
    ],
)
def test_every_scheme_is_read(tags: tuple[str, ...], spans: list[str], tmp_path: Path) -> None:
    lines = "".join(f"{word} NN {tag}\n" for word, tag in zip("abcd", tags, strict=True))
    (found,), reports = _read(_file(tmp_path, f"-DOCSTART- -X- O\n\n{lines}"))
    assert [m.text for m in found.article.mentions] == spans
    assert {one.code for one in reports} == {"spaces", "column"}
    assert found.article.text == "a b c d"


def test_a_hash_is_a_token_where_tokens_are(tmp_path: Path) -> None:
    (found,), reports = _read(_file(tmp_path, "# source = us\n#\tO\n#Angkor\tB-FAC\n#\tO\nat\tO\n"))
    assert found.article.text == "# #Angkor # at"
    assert [m.text for m in found.article.mentions] == ["#Angkor"]
    assert {one.code for one in reports} == {"comment", "spaces"}


def test_one_character_a_line_with_its_spaces(tmp_path: Path) -> None:
    """As Korean data sets are written: nothing is put between the tokens."""
    tagged = zip("서울은 수도다", ("B-GPE", "I-GPE", *"OOOOO"), strict=True)
    (found,), reports = _read(_file(tmp_path, "## one\n" + "".join(f"{sign}\t{tag}\n" for sign, tag in tagged)))
    assert found.article.text == "서울은 수도다"
    assert [mention.text for mention in found.article.mentions] == ["서울"]
    assert [one.code for one in reports] == ["comment"]


def test_a_comment_with_the_text_says_where_spaces_are(tmp_path: Path) -> None:
    """As Universal NER writes: numbers, tags, two more columns, the text in a comment."""
    rows = "1\tDanish\tO\t-\t-\n2\tSeoul\tB-GPE\t-\tanna\n3\t.\tO\t-\t-\n"
    (found,), reports = _read(_file(tmp_path, f"# sent_id = a\n# text = Danish Seoul.\n{rows}"))
    assert found.article.text == "Danish Seoul."
    assert [(mention.text, mention.start) for mention in found.article.mentions] == [("Seoul", 7)]
    assert [one.code for one in reports] == ["column"]


def test_what_is_not_read_is_told_with_its_line(tmp_path: Path) -> None:
    (found,), reports = _read(_file(tmp_path, "Seoul\tB-location\nhosts\tO\nKOICA\tB-ORG\textra\nit\tO\n"))
    assert found.article.mentions == ()
    assert [(one.code, one.where.rpartition(":")[2]) for one in reports if one.code != "spaces"] == [
        ("unreadable-line", "3"),
        ("unknown-label", "1"),
    ]
    (found,), reports = _read(_file(tmp_path, "Seoul\tB-location\nhosts\tO\n"), location="GPE")
    assert [m.label for m in found.article.mentions] == ["GPE"]


def test_a_file_without_tags_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column holds IOB tags"):
        _read(_file(tmp_path, "Seoul hosts it\n"))
    with pytest.raises(InputError, match="no column holds IOB tags"):
        _read(_file(tmp_path, ""))


def test_an_edited_tag_is_a_new_annotation(toy: Corpus, tmp_path: Path) -> None:
    article = next(one for one in toy.articles if one.attached and one.mentions[0].review.decided)
    list(export(CONLL, select(toy, articles=[article], right="a test"), tmp_path / "one.conllup"))
    text = (tmp_path / "one.conllup").read_text(encoding="utf-8")
    old = article.mentions[0].label
    (found,), _ = _read(_file(tmp_path, text.replace(f"\tB-{old}", "\tB-EVENT", 1)))
    first, *others = found.article.mentions
    assert (first.id, first.label, first.review.state) == (article.mentions[0].id, "EVENT", "suggested")
    assert any(one.review.decided for one in others)


@pytest.mark.parametrize("text", ["", " ", "\n", "ខ្មែរ។", "- a. B.\n- c", "e\u0301 \u200b한"])
def test_sentences_and_tokens_cover_the_text(text: str) -> None:
    bounds = sentences_of(text, [])
    assert "".join(text[a:b] for a, b in bounds) == text
    words = "".join(text[a:b] for start, end in bounds for a, b in tokens_of(text, start, end, ()))
    assert words == "".join(text.split())
