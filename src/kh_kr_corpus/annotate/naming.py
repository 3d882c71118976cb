"""What a capitalised sequence names: by its head noun, its shape, the words around it, the model's opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.apposition import described
from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.chunks import Chunk, head_index
from kh_kr_corpus.annotate.guess import guess
from kh_kr_corpus.annotate.known import Known, head_label, is_acronym, veto
from kh_kr_corpus.annotate.people import is_title, person_score, split_titles
from kh_kr_corpus.annotate.words import is_common, is_opener, singular

__all__ = ["name_chunk"]

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")


def name_chunk(chunk: Chunk, known: Known) -> Iterator[Candidate]:
    """The names in one capitalised sequence."""
    trimmed = _without_opener(chunk, known)
    if trimmed is None or _is_portfolio(trimmed):
        yield veto(chunk.start, chunk.end)
        return
    label, _ = _by_head(trimmed)
    titled = is_title(trimmed.inner[0].text)
    if label and not (titled and not _head_governs(trimmed)):
        yield from _name_part(trimmed, titled=False, known=known)
        return
    for part, after_title in split_titles(trimmed):
        yield from _name_part(part, after_title, known)


def _head_governs(chunk: Chunk) -> bool:
    """ "Prime Minister's Office", "General Department of Taxation": titles that belong to a body's name."""
    words = [word.text for word in chunk.inner]
    return any(w in ("’s", "'s") for w in words) or words[0].rstrip(".") in lexicon.words("people", "weak_titles")


def _without_opener(chunk: Chunk, known: Known) -> Chunk | None:
    """Without the ordinary word that opens the sentence; None when nothing is left."""
    begin = chunk.begin
    first = chunk.words[begin]
    if not first.first or (first.start, first.end) in known.listed or person_score(chunk.inner) >= 0.7:
        return chunk
    rest = chunk.cut(begin + 1, chunk.stop) if begin + 1 < chunk.stop else None
    label, share = known.opinion(first.start, first.end)
    if rest is None:
        plain = is_common(first.text) and not is_acronym(first.text)
        return None if plain and not (label and share == 1) else chunk
    if is_opener(first.text):
        return rest
    given = rest.inner[0].text
    if len(rest.inner) == 1 and (
        given in lexicon.words("people", "khmer_given") or rest.after() in lexicon.words("people", "says")
    ):
        return chunk if not is_title(first.text) and not is_common(given) else rest
    ordinary = is_common(first.text) and not head_label(rest.inner[-1].text) and not is_title(first.text)
    if ordinary and _by_head(chunk)[0] == "" and not label and rest.inner[0].alpha:
        return rest
    return chunk


def _is_portfolio(chunk: Chunk) -> bool:
    """ "Minister of | Civil Service": a field, not a body."""
    if not all(is_common(word.text) for word in chunk.inner if word.alpha):
        return False
    k = chunk.begin - 1
    while k > 0 and (
        chunk.words[k].text in ("and", ",") or (chunk.words[k].capital and is_common(chunk.words[k].text))
    ):
        k -= 1
    office = chunk.words[k - 1].text.casefold() if k > 0 else ""
    return chunk.words[max(k, 0)].text in ("of", "for") and office in (
        "minister",
        "ministers",
        "secretary",
        "secretaries",
    )


def _by_head(chunk: Chunk) -> tuple[str, str]:
    """Label and head noun of a name, empty where it has none."""
    words = chunk.words
    head = head_index(words, chunk.begin, chunk.stop)
    inner = [word.text for word in chunk.inner]
    for k in (head, chunk.stop - 1):
        word = words[k].text
        if word.isdigit() and k - 2 >= chunk.begin:
            word = words[k - 1].text if words[k - 1].text not in ("No", ".") else words[k - 2].text
            if word == "No":
                word = words[k - 3].text if k - 3 >= chunk.begin else word
        label = head_label(word)
        if word == "Building" and k > chunk.begin and words[k - 1].text in lexicon.words("heads", "built"):
            return "", ""
        if label:
            if word == "House" and "of" in inner:
                label = "ORG"
            return label, word
    for label in ("LOC", "FAC", "GPE"):
        if inner[0] in str(lexicon.table("heads")["leading"][label]).split() and len(inner) > 1:
            return label, inner[0]
    return "", ""


def _name_part(chunk: Chunk, titled: bool, known: Known) -> Iterator[Candidate]:
    chunk = _split_demonym(chunk)
    if chunk.stop <= chunk.begin:
        return
    label, head = _by_head(chunk)
    if label and not titled:
        yield from _headed(chunk, label, head, known)
    elif any(word.text in "–-—" for word in chunk.inner):
        yield from _halves(chunk, known)
    else:
        yield from _plain(chunk, titled, known)


def _split_demonym(chunk: Chunk) -> Chunk:
    """Without the demonym in front, unless the rest is no name by itself or the two make an official name."""
    demonyms = lexicon.words("places", "demonyms")
    inner = [word.text for word in chunk.inner]
    n = 2 if " ".join(inner[:2]) in demonyms else 1 if inner[0] in demonyms or singular(inner[0]) in demonyms else 0
    if not n:
        return chunk
    rest = inner[n:]
    outside = str(lexicon.table("heads")["demonym_outside"]).split()
    head = head_index(chunk.words, chunk.begin, chunk.stop) - chunk.begin
    if rest and (head_label(inner[head]) or head_label(rest[-1])):
        body = inner[head] in outside and (len(rest) > 1 or inner[head] in ("Government", "Parliament", "Senate"))
        return chunk.cut(chunk.begin + n, chunk.stop) if body else chunk
    return chunk.cut(chunk.begin + n, chunk.stop)


def _headed(chunk: Chunk, label: str, head: str, known: Known) -> Iterator[Candidate]:
    words = [word.text for word in chunk.inner]
    if len(words) == 1 and (words[0] in lexicon.words("words", "bare") or head):
        opinion, share = known.opinion(chunk.start, chunk.end)
        if words[0] not in lexicon.words("words", "bare") and share == 1 and not chunk.inner[0].first:
            yield Candidate(chunk.start, chunk.end, opinion, 0.45, "model")
        else:
            yield veto(chunk.start, chunk.end)
        return
    score = 0.86
    opinion, share = known.opinion(chunk.start, chunk.end)
    if opinion == label:
        score += 0.08 * share
    if opinion == "PERSON" and share == 1 and label in ("FAC", "LOC") and person_score(chunk.inner) > 0.9:
        label, score = "PERSON", 0.7
    label = known.listed.get((chunk.start, chunk.end)) or _fund_or_body(chunk, label, head)
    said_to_be = described(chunk)
    if said_to_be in ("ORG", "PROGRAM") and label in ("EVENT", "FAC", "LOC", "PROGRAM", "ORG"):
        label = said_to_be  # "an economist at Red River Forum"
    ordinal = _ORDINAL.match(chunk.before())
    if ordinal and (label == "EVENT" or (label == "ORG" and head in ("Committee", "Commission", "Council"))):
        yield Candidate(_ordinal_start(chunk), chunk.end, "EVENT", round(score, 3), "rule:head-noun")
        return
    yield Candidate(chunk.start, chunk.end, label, round(score, 3), "rule:head-noun")


def _ordinal_start(chunk: Chunk) -> int:
    """ "The 4th Farm Forum": the number belongs to a meeting's name; a committee that is counted is a meeting."""
    return chunk.words[chunk.begin - 1].start


def _fund_or_body(chunk: Chunk, label: str, head: str) -> str:
    """A fund or foundation that acts is a body; one that is drawn on is a programme."""
    acts = {"sent", "said", "gave", "paid", "donated", "will", "has", "is", "announced", "provided"}
    if head in ("Fund", "Grant") and (chunk.after() in acts or any(w.text in "’'" for w in chunk.inner)):
        return "ORG"
    if head == "System" and any(word.text in ("University", "Hospital", "Bank") for word in chunk.inner):
        return "ORG"
    if head == "Network" and any(word.text in lexicon.words("around", "systems") for word in chunk.inner):
        return "PROGRAM"
    return label


def _halves(chunk: Chunk, known: Known) -> Iterator[Candidate]:
    """ "Korea–Cambodia" without a head noun: two names."""
    begin = chunk.begin
    for k in range(chunk.begin, chunk.stop + 1):
        if k == chunk.stop or chunk.words[k].text in "–-—":
            if k > begin:
                yield from _plain(chunk.cut(begin, k), titled=False, known=known)
            begin = k + 1


def _plain(chunk: Chunk, titled: bool, known: Known) -> Iterator[Candidate]:
    """A name without a head noun."""
    words = [word.text for word in chunk.inner]
    if (chunk.start, chunk.end) in known.listed and not titled:
        if chunk.after() in lexicon.words("around", "water"):
            yield Candidate(chunk.start, chunk.end, "LOC", 0.96, "rule:place")  # "the Takeo river"
        return
    if known.tiles(chunk):
        yield from known.pair(chunk)
        return
    if all(word in lexicon.words("words", "bare") or is_title(word) or len(word) < 2 for word in words):
        yield veto(chunk.start, chunk.end)
        return
    if titled and all(is_common(w) and w not in lexicon.words("people", "korean_surnames") for w in words):
        yield veto(chunk.start, chunk.end)
        return
    opinion, share = known.opinion(chunk.start, chunk.end)
    if titled and len(words) <= 5 and not (len(words) == 1 and is_acronym(words[0]) and opinion != "PERSON"):
        yield Candidate(chunk.start, chunk.end, "PERSON", 0.93, "rule:title")
        return
    label, score, reason = guess(chunk, words, opinion, share, known)
    if label:
        yield Candidate(chunk.start, chunk.end, label, score, reason)
    elif opinion:
        yield veto(chunk.start, chunk.end)
