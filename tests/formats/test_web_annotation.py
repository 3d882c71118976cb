"""Web Annotations as linked data, as other clients write them, and without their texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from tests.formats.test_xmi import NAMES, TEXT, article

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats import Imported, NotCarried, Selection, export, get_format
from kh_kr_corpus.models import Article

WEB = get_format("web-annotation")
CONTEXT = json.loads((Path(__file__).parent / "web_annotation_context.json").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def read(path: Path, **labels: str) -> tuple[list[Imported], list[NotCarried]]:
    """What is read from a file or folder, and what is reported."""
    assert WEB.read is not None
    found = list(WEB.read(path, labels))
    return (
        [one for one in found if isinstance(one, Imported)],
        [one for one in found if isinstance(one, NotCarried)],
    )


def written(folder: Path, *articles: Article) -> Path:
    assert list(export(WEB, Selection(articles), folder / "out")) == []
    return folder / "out"


def loader(url: str, options: Any) -> dict[str, Any]:
    """W3C's context without the network."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def graph(file: Path) -> list[dict[str, Any]]:
    """The nodes of a file as linked data, with full IRIs."""
    data = json.loads(file.read_text(encoding="utf-8"))
    nodes: list[dict[str, Any]] = jsonld.flatten(data, options={"documentLoader": loader})
    return nodes


def test_as_linked_data_each_mention_is_an_annotation_of_its_words(tmp_path: Path) -> None:
    nodes = {node["@id"]: node for node in graph(written(tmp_path, article()) / "a-1.jsonld")}
    for mention in article().mentions:
        one = nodes[f"urn:khkr:article:a-1#{mention.id}"]
        assert one["@type"] == [f"{OA}Annotation"]
        (target,) = (nodes[link["@id"]] for link in one[f"{OA}hasTarget"])
        assert target[f"{OA}hasSource"] == [{"@id": "urn:khkr:article:a-1"}]
        selectors = [nodes[link["@id"]] for link in target[f"{OA}hasSelector"]]
        (start,), (end,) = (
            (s[f"{OA}start"] for s in selectors if f"{OA}start" in s),
            (s[f"{OA}end"] for s in selectors if f"{OA}end" in s),
        )
        assert TEXT[int(start[0]["@value"]) : int(end[0]["@value"])] == mention.text
        assert start[0]["@type"].endswith("#nonNegativeInteger")
        assert [s[f"{OA}exact"][0]["@value"] for s in selectors if f"{OA}exact" in s] == [mention.text]
        bodies = [nodes[link["@id"]] for link in one[f"{OA}hasBody"]]
        assert [body[VALUE][0]["@value"] for body in bodies if VALUE in body] == ["GPE"]
    (linked,) = (node for node in nodes.values() if node.get(f"{OA}hasPurpose") == [{"@id": f"{OA}identifying"}])
    assert linked[f"{OA}hasSource"] == [{"@id": "urn:khkr:entity:place/phnom-penh"}]


def test_every_key_that_is_written_means_something_as_linked_data(tmp_path: Path) -> None:
    """A JSON-LD processor leaves out what the context lacks: nothing that we write is left out."""
    file = written(tmp_path, article()) / "a-1.jsonld"

    def keys(value: Any) -> set[str]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return set(value if isinstance(value, dict) else ()).union(*map(keys, inner))

    told = keys(json.loads(file.read_text(encoding="utf-8")))
    assert told - set(CONTEXT["@context"]) == {"@context"}
    assert {"exact", "start", "purpose", "partOf"} <= told


def test_an_article_without_its_text_goes_and_comes_back_without_it(tmp_path: Path) -> None:
    bare = article().model_copy(update={"text": None})
    folder = written(tmp_path, bare)
    assert [file.name for file in folder.iterdir()] == ["a-1.jsonld"]
    quoted = [one for one in graph(folder / "a-1.jsonld") if {f"{OA}prefix", f"{OA}suffix"} & set(one)]
    assert quoted == []
    (found,), told = read(folder)
    assert (found.article, told) == (bare, [])
    # what was changed meanwhile can't be checked without the text, so it is reported
    file = folder / "a-1.jsonld"
    file.write_text(file.read_text(encoding="utf-8").replace('"start": 8', '"start": 9'), encoding="utf-8")
    (found,), told = read(folder)
    assert (found.article, [one.code for one in told]) == (bare, ["no-text"])


def foreign(folder: Path, *annotations: dict[str, Any] | str, text: str = TEXT) -> Path:
    """A file of another program, with the text that it is about."""
    (folder / "news.txt").write_text(text, encoding="utf-8")
    file = folder / "news.json"
    context = {"@context": "http://www.w3.org/ns/anno.jsonld"}
    file.write_text(json.dumps([{**context, **one} if isinstance(one, dict) else one for one in annotations]))
    return file


def annotation(*selectors: dict[str, Any], body: Any = None, **more: Any) -> dict[str, Any]:
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "Place"}
    target = {"source": "https://example.org/texts/news", "selector": list(selectors)}
    return {"id": "#1", "type": "Annotation", "body": tag if body is None else body, "target": target, **more}


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, **around: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


@pytest.mark.parametrize("unit", ["code points", "utf-16"])
def test_both_ways_of_counting_are_told_apart_by_the_words(tmp_path: Path, unit: str) -> None:
    def place(name: str) -> tuple[int, int]:
        at = TEXT.index(name)
        before = len(TEXT[:at].encode("utf-16-le")) // 2 if unit == "utf-16" else at
        return before, before + len(name)

    file = foreign(tmp_path, *(annotation(position(*place(name)), quote(name)) for name in NAMES))
    (found,), told = read(file, Place="GPE")
    assert ([m.text for m in found.article.mentions], told) == (list(NAMES), [])
    assert TEXT[slice(*place("한국"))] == "한국" or unit == "utf-16"


def test_a_quote_is_placed_where_it_is_the_only_one(tmp_path: Path) -> None:
    text = "Seoul to Phnom Penh and Seoul again."
    file = foreign(
        tmp_path, annotation(quote("Phnom Penh")), annotation(quote("Seoul")),
        annotation(quote("Seoul", prefix="and ", suffix=" again")), annotation(quote("Busan")), text=text,
    )  # fmt: skip
    (found,), told = read(file, Place="GPE")
    assert [(m.start, m.text) for m in found.article.mentions] == [(9, "Phnom Penh"), (24, "Seoul")]
    assert [(one.code, one.message) for one in told] == [
        ("bad-offset", "its words stand more than once"), ("bad-offset", "its words stand nowhere"),
    ]  # fmt: skip


_HERE = position(8, 18), quote("Phnom Penh")


@pytest.mark.parametrize(
    ("odd", "codes"),
    [
        (annotation(position(8, 18), quote("Phnom Ponh")), ["bad-offset"]),
        (annotation(position(8, 180)), ["bad-offset"]),
        (annotation({"type": "XPathSelector", "value": "/p[1]"}), ["selector"]),
        (annotation({**position(8, 18), "refinedBy": position(0, 1)}), ["selector"]),
        (annotation(), ["selector"]),
        (annotation(*_HERE, body="https://example.org/review"), ["foreign-link", "unknown-label"]),
        (annotation(*_HERE, body=[], bodyValue="a comment", motivation="commenting"), ["body", "unknown-label"]),
        (annotation(*_HERE, body={"type": "TextualBody", "value": "Food"}), ["unknown-label"]),
        (annotation(*_HERE, body=[{"value": "Place"}, {"value": "City"}]), ["body"]),
        (annotation(*_HERE, created="2024-01-01", creator={"name": "A"}), ["provenance"]),
        (annotation(*_HERE, target={"source": "https://example.org/elsewhere"}), ["no-text"]),
        (annotation(*_HERE, target={"source": "https://example.org/..%2Fnews"}), ["no-text"]),
        ({"type": "Note"}, ["not-an-annotation"]),
        ("text", ["not-an-annotation"]),
    ],
)
def test_each_thing_that_is_not_carried_is_reported(
    tmp_path: Path, odd: dict[str, Any] | str, codes: list[str]
) -> None:
    plain = annotation(position(21, 22), quote(TEXT[21]))
    assert read(foreign(tmp_path, plain), Place="GPE")[1] == []
    (found,), told = read(foreign(tmp_path, plain, odd), Place="GPE")
    assert sorted(one.code for one in told) == codes
    assert TEXT[21] in [m.text for m in found.article.mentions]


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/texts/news#char=8,18",
        {"source": "https://example.org/texts/news.txt", "selector": _HERE[0]},
        {"source": {"id": "https://example.org/texts/news"}, "selector": _HERE[1]},
        [{"source": "news", "selector": [{"type": "FragmentSelector", "value": "char=8,18"}]}],
    ],
)
def test_the_forms_that_a_target_may_have(tmp_path: Path, target: Any) -> None:
    (found,), told = read(foreign(tmp_path, annotation(target=target)), Place="GPE")
    assert ([m.text for m in found.article.mentions], told) == (["Phnom Penh"], [])


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: {"type": "AnnotationPage", "items": [one]},
        lambda one: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [one]}},
    ],
)
def test_one_annotation_a_page_and_a_collection_are_read(tmp_path: Path, shape: Callable[[Any], Any]) -> None:
    file = foreign(tmp_path)
    file.write_text(json.dumps(shape(annotation(*_HERE))))
    (found,), told = read(file, Place="GPE")
    assert ([m.text for m in found.article.mentions], told) == (["Phnom Penh"], [])


def test_pages_that_lie_elsewhere_are_named(tmp_path: Path) -> None:
    file = foreign(tmp_path)
    file.write_text(json.dumps({"type": "AnnotationCollection", "first": "https://example.org/page1"}))
    assert [(one.code, one.item) for one in read(file)[1]] == [("not-an-annotation", "https://example.org/page1")]


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, '{"type": "Annotation"'])
def test_what_is_no_json_is_an_input_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(content)
    with pytest.raises(InputError, match="no JSON"):
        read(file)
