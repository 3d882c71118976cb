"""Small corpora from a line: the examples in the rules' own docstrings, laid over a copy of the toy corpus.

A fragment is a YAML mapping. ``text`` and ``again`` are articles with their mentions as ``[KOICA](ORG
organisation/koica)``, ``external`` is one whose text is not stored, with ``mark`` as its mention; ``initiative``,
``initiatives``, ``activity``, ``activities``, ``entity`` and ``other`` change one field or more of a sound record;
``article``, ``abstract``, ``language`` and ``waivers`` change the article; ``by`` and ``at`` its reviews; ``times``
adds texts that link RCA as the toy does; ``sources`` and ``splits`` stand for those files.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

from kh_kr_corpus import _yaml, store
from kh_kr_corpus._offsets import normalise
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.models.prints import prints_of
from kh_kr_corpus.store.anchors import evidence_print
from kh_kr_corpus.store.writer import canonical

MARK = re.compile(r"\[([^\]]+)\]\(([A-Z]+) ?([^)]*)\)")
TEXT = (
    "[KOICA](ORG organisation/koica) sent a boat to [Phnom Penh](GPE place/phnom-penh) in [May 2024](DATE 2024-05).\n"
    "It will teach ten nurses from [Cambodia](GPE place/cambodia) for [$50,000](MONEY 50000 USD)."
)
REVIEW = {"state": "accepted", "by": "human:Toy Annotator", "at": "2026-11-21"}
INITIATIVE = {
    "title": "A course for ten nurses", "kind": "training", "themes": ["training"], "sectors": ["health"],
    "status": "pledged", "as_of": "2024-05-20", "assertion": "author-reports",
    "actors": [{"entity": "organisation/koica", "role": "implementer"}],
    "amount": {"amount": 50000, "currency": "USD"},
}  # fmt: skip
ACTIVITY = {
    "id": "2024-boat-course", "title": "A course on a boat", "kind": "training", "themes": ["training"],
    "sectors": ["health"], "status": "pledged", "as_of": "2024-05-20",
    "participants": [{"entity": "organisation/koica", "role": "implementer"}],
    "amounts": [{"amount": 50000, "currency": "USD", "stage": "pledged", "date": "2024-05"}],
    "counts_in_totals": True, "sources": ["toy-gazette-2021"], "review": REVIEW,
}  # fmt: skip


def lay(fragment: dict[str, Any], corpus: Path) -> None:
    """Write the records of ``fragment`` into the corpus."""
    review = REVIEW | {key: fragment[key] for key in ("by", "at") if key in fragment}
    given = [fragment["initiative"]] if "initiative" in fragment else fragment.get("initiatives", [])
    changes = {key: fragment[key] for key in ("abstract", "language", "waivers") if key in fragment}
    article = _article("2024-boat", fragment.get("text", TEXT), given, review) | changes | fragment.get("article", {})
    _write(article, f"articles/2024/{'2024-boat'}.yaml", corpus)
    if "again" in fragment:
        _write(_article("2024-boat-again", fragment["again"], [], review), "articles/2024/2024-boat-again.yaml", corpus)
    if "external" in fragment:
        _write(_external(fragment["external"], fragment.get("mark")), "articles/2024/2024-external.yaml", corpus)
    for n in range(fragment.get("times", 0)):
        more = _article(f"2024-{n}", f"{n} [RCA](AGREEMENT agreement/river-clinics-agreement)", [], review)
        _write(more, f"articles/2024/2024-{n}.yaml", corpus)
    for activity in [fragment["activity"]] if "activity" in fragment else fragment.get("activities", []):
        merged = {"record": "activity", "schema_version": 1, **ACTIVITY, **activity}
        merged["amounts"] = [{**one, "sources": ["toy-gazette-2021"]} for one in merged.get("amounts") or []]
        _write(merged, f"activities/{merged['id']}.yaml", corpus)
    for key in ("entity", "other"):
        if key in fragment:
            _add_entity(fragment[key], corpus)


def _article(name: str, marked: str, initiatives: list[dict[str, Any]], review: dict[str, str]) -> dict[str, Any]:
    text, mentions = _unmarked(marked, review)
    made = []
    for n, change in enumerate(initiatives, start=1):
        evidence = [{"start": a, "end": b, "sha256": evidence_print(text, a, b)} for a, b in [_sentence(text, -1)]]
        one = {"id": f"i{n}", **INITIATIVE, "evidence": evidence, **change, "review": review}
        made.append({key: value for key, value in one.items() if value is not None})
    return {
        "record": "article", "schema_version": 1, "id": name, "title": "A boat for nurses", "origin": "genuine",
        "date": "2024-05-20", "source": "toy-gazette-2021", "codebook": "1.3",
        "rights": {"text": "included", "licence": "CC-BY-4.0"}, "text": text, "mentions": mentions, "initiatives": made,
    }  # fmt: skip


def _unmarked(marked: str, review: dict[str, str]) -> tuple[str, list[dict[str, Any]]]:
    mentions: list[dict[str, Any]] = []
    text, at = "", 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        surface, label, rest = match.groups()
        mention: dict[str, Any] = {"id": f"m{len(mentions) + 1}", "start": len(text), "end": len(text) + len(surface)}
        mention |= {"text": surface, "label": label}
        if rest and label == "MONEY":
            amount, _, currency = rest.partition(" ")
            mention["value"] = {"amount": float(amount), "currency": currency}
        elif rest:
            mention["value" if label == "DATE" else "entity"] = rest
        mentions.append(mention | {"review": review})
        text, at = text + surface, match.end()
    return text + marked[at:], mentions


def _sentence(text: str, n: int) -> tuple[int, int]:
    return list(sentences(text))[n]


def _external(text: str, mark: str | None) -> dict[str, Any]:
    text = normalise(text)
    made: dict[str, Any] = {
        "record": "article", "schema_version": 1, "id": "2024-external", "title": "A boat", "origin": "genuine",
        "date": "2024", "source": "toy-gazette-2021", "codebook": "1.3", "rights": {"text": "external"},
        "fingerprints": prints_of(text).model_dump(mode="json"),
    }  # fmt: skip
    if mark:
        start = text.index(mark)
        mention = {"id": "m1", "start": start, "end": start + len(mark), "text": mark, "label": "EVENT"}
        made["mentions"] = [mention | {"review": REVIEW}]
    return made


def _add_entity(change: dict[str, Any], corpus: Path) -> None:
    kind, _, slug = change["id"].partition("/")
    named = {"names": [{"text": slug.replace("-", " ").title(), "lang": "en", "kind": "preferred"}]}
    entity = {**named, **change, "sources": ["toy-gazette-2021"]}
    relative = f"entities/{kind}.yaml"
    path = corpus / relative
    known = _yaml.loads(path.read_text("utf-8")).data["entities"] if path.exists() else []
    kept = [one for one in known if one["id"] != entity["id"]]
    data = {"record": "entities", "schema_version": 1, "type": kind, "entities": [*kept, entity]}
    _write(data, relative, corpus)


def _write(data: dict[str, Any], relative: str, corpus: Path) -> None:
    place = PurePosixPath(relative)
    path = corpus / relative
    text = _yaml.dumps({key: value for key, value in data.items() if value is not None})
    text = canonical(store.loads(text, path, place)) or text
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
