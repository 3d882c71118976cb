"""The label of a name without a head noun: by its shape, the words around it, the model's opinion."""

from __future__ import annotations

import re

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.apposition import described
from kh_kr_corpus.annotate.chunks import Chunk
from kh_kr_corpus.annotate.known import Known, is_acronym
from kh_kr_corpus.annotate.people import korean_given, person_score
from kh_kr_corpus.annotate.words import is_common

__all__ = ["guess"]

_KOREAN_PLACE = re.compile(r"[A-Z][a-z]+-(?:si|do|gun|gu|dong|ri|eup|myeon)\Z")
_LOWER_HEADS = dict.fromkeys(
    ("programme", "program", "project", "scheme", "initiative", "fund", "window", "index"), "PROGRAM"
)
_LOWER_HEADS |= {"festival": "EVENT", "summit": "EVENT", "treaty": "AGREEMENT"}


def guess(chunk: Chunk, words: list[str], opinion: str, share: float, known: Known) -> tuple[str, float, str]:
    """Label (empty for no name), score and reason."""
    shape = person_score(chunk.inner)
    if shape >= 0.9:
        return "PERSON", shape, "rule:name-shape"
    if len(words) == 1 and _KOREAN_PLACE.match(words[0]):
        return "GPE", 0.9, "rule:place"
    said_to_be = described(chunk)
    if said_to_be and shape < 0.8:
        return said_to_be, 0.84, "rule:described"
    if len(words) >= 2 and chunk.after() in _LOWER_HEADS and not (share == 1 and opinion in ("GPE", "PERSON", "NORP")):
        return _LOWER_HEADS[chunk.after()], 0.8, "rule:head-noun"
    placed = _placed(chunk)
    if placed:
        return placed, 0.88, "rule:place"
    if len(words) == 1 and is_acronym(words[0]):
        return _acronym(opinion, share)
    if khmer := _khmer_place(chunk, words, opinion):
        return khmer
    role = chunk.before().casefold() in lexicon.words("people", "roles")
    speaks = chunk.after() in lexicon.words("people", "says") or chunk.before() in lexicon.words("people", "says")
    if 2 <= len(words) <= 4 and (role or (speaks and opinion in ("PERSON", ""))) and not any(map(is_common, words[1:])):
        return "PERSON", 0.85, "rule:person-context"
    if (shape and opinion in ("PERSON", "")) or (shape >= 0.8 and opinion in ("ORG", "GPE")):
        return "PERSON", max(shape, 0.8) if opinion else shape, "rule:name-shape"
    if opinion == "PERSON" and shape < 0.7 and any(word in lexicon.cities() for word in words):
        return "ORG", 0.7, "rule:place-inside"
    if len(words) <= 3 and all(is_common(w) for w in words) and opinion not in ("GPE", "LOC", "NORP", ""):
        return "", 0.0, ""
    before = chunk.before()
    inside = before in ("in", "near", "outside") or (len(words) == 1 and before in ("at", "from", "to"))
    if (
        inside
        and shape < 0.7
        and (opinion == "PERSON" or (opinion == "ORG" and len(words) == 1 and not any(map(is_common, words))))
    ):
        return "GPE", 0.62, "rule:place"
    if opinion and share >= 0.5:
        return opinion, 0.5 + 0.25 * share, "model"
    return _unknown(chunk, words, known)


def _khmer_place(chunk: Chunk, words: list[str], opinion: str) -> tuple[str, float, str] | None:
    """Places and waters told by their first word: "Kampong ...", "the Prek ..."."""
    if words[0] in lexicon.words("around", "khmer_waters") and len(words) in (2, 3) and chunk.before() == "the":
        return "LOC", 0.8, "rule:place"
    if (
        words[0] in lexicon.words("around", "khmer_places")
        and len(words) in (2, 3)
        and not any(map(is_common, words[1:]))
        and chunk.after() not in lexicon.words("people", "says")
    ):
        return "GPE", 0.8 if opinion == "GPE" else 0.7, "rule:place"
    return None


def _placed(chunk: Chunk) -> str:
    """GPE, LOC or FAC where the words around say so: "Sandan district", "the town of Ansan", "the Bassac river"."""
    after = chunk.after()
    if len(chunk.inner) > 3 or is_acronym(chunk.inner[-1].text):
        return ""
    if after in lexicon.words("around", "place_nouns") or (
        chunk.before() == "of" and chunk.before(2) in lexicon.words("around", "place_of")
    ):
        return "GPE"
    if after in ("and", ",") and chunk.after(3) in ("provinces", "districts", "communes", "cities", "villages"):
        return "GPE"
    if after in lexicon.words("around", "water"):
        return "LOC"
    return "FAC" if after in lexicon.words("around", "buildings") else ""


def _acronym(opinion: str, share: float) -> tuple[str, float, str]:
    if opinion in ("GPE", "PROGRAM", "AGREEMENT", "EVENT", "LOC", "FAC") and share == 1:
        return opinion, 0.55, "model"
    return "ORG", 0.62 if opinion == "ORG" else 0.5, "rule:acronym"


def _unknown(chunk: Chunk, words: list[str], known: Known) -> tuple[str, float, str]:
    """Mid-sentence capitals that nothing else explains are a name of some kind nearly always."""
    if chunk.inner[0].first and len(words) == 1:
        return "", 0.0, ""
    if known.inside(chunk.start, chunk.end):
        return "", 0.0, ""
    rare = not any(map(is_common, words))
    if rare and chunk.before() in lexicon.words("around", "prepositions") and len(words) <= 2:
        return "GPE", 0.55, "rule:place"
    if rare and 2 <= len(words) <= 3 and (korean_given(words[-1]) or chunk.after() in ("said", ",", "who")):
        return "PERSON", 0.5, "rule:capitals"
    if len(words) >= 2:
        return "ORG", 0.42, "rule:capitals"
    return ("ORG", 0.35, "rule:capitals") if rare else ("", 0.0, "")
