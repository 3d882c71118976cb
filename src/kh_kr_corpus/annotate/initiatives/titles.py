"""Short titles of initiatives that read like titles: a noun phrase or a gerund with its object."""

from __future__ import annotations

import re

from kh_kr_corpus import vocab
from kh_kr_corpus.annotate.initiatives.content import content
from kh_kr_corpus.annotate.initiatives.units import Unit

__all__ = ["MAX_TITLE", "title_of"]

MAX_TITLE = 80
_GERUNDS = {
    "send": "sending", "sent": "sending", "train": "training", "trained": "training", "teach": "teaching",
    "taught": "teaching", "coach": "coaching", "invite": "inviting", "invited": "inviting", "raise": "raising",
    "raised": "raising", "expand": "expanding", "expanded": "expanding", "admit": "admitting", "waive": "waiving",
    "share": "sharing", "shared": "sharing", "restore": "restoring", "restored": "restoring", "fund": "funding",
    "funded": "funding", "finance": "financing", "financed": "financing", "install": "installing",
    "installed": "installing", "keep": "keeping", "exchange": "exchanging", "station": "stationing",
    "recruit": "recruiting", "repatriate": "repatriating", "repatriated": "repatriating", "upgrade": "upgrading",
    "upgraded": "upgrading", "translate": "translating", "help": "helping", "helped": "helping",
}  # fmt: skip
_THINGS = (
    r"sign(?:ed|s)?|open(?:ed|s)?|launch(?:ed|es)?|inaugurat(?:ed|es?)|built|build|hand(?:ed)? over|donat(?:ed|es?)|"
    r"deliver(?:ed|s)?|provid(?:ed|es?)|(?:will )?giv(?:en|es?)|gave|host(?:ed|s)?|h(?:eld|old)|set up|set aside|"
    r"establish(?:ed)?|offer(?:ed|s)?|pledg(?:ed|es?)|propos(?:ed|es?)|suggest(?:ed)?|request(?:ed)?|conclud(?:ed|es?)|"
    r"complet(?:ed|es?)|introduc(?:ed|es?)|creat(?:ed|es?)|present(?:ed)?|start(?:ed)?|began|begin|building|installing|"
    r"developing|developed|develop|scrapped|cancelled|suspended|shelved"
)
_ACT = re.compile(rf"(?<![\w-])(?:({'|'.join(_GERUNDS)})|(?:{_THINGS}))\b(?! by\b) (?=[\w$€“])")
_STOP = re.compile(
    r"[;”“]|,(?!\d)|(?<!\bNo)\.(?!\d)| – | on (?:\w+day|\d)| \("
    r"| (?:that|which|who|after|because|while|when|whose|so that|as part|said|says)\b"
)
_ARTICLE = re.compile(r"^(?:(?:an?|the|its|their|his|her|another)\b ?)+", re.IGNORECASE)
_DANGLING = re.compile(r"(?: (?:of|in|on|at|to|for|with|by|from|and|or|the|an?|its|their|near|into|under|as))+$")


def title_of(units: list[Unit], kind: str) -> str:
    """Up to :data:`MAX_TITLE` characters: what is done, else the named scheme, else who or what it is about.

    The object of the first act is preferred to the name of a scheme, under which many things may be done.
    """
    plain = content(units[-1].text if units[-1].item else units[0].text)
    done = _object(plain)
    named = _named(units[0])
    if done and (len(done.split()) > 2 or not named):
        return done
    return named or _subject(plain) or _about(units[0], kind)


_MARKS = re.compile(r"^[“\"•–■□○①-⑳\s]+")
_FINITE = re.compile(
    r",? (?:will|would|shall|has|have|had|is|are|was|were|can|could|may|might|must|ought|sat|came|went)\b"
)
_NO_SUBJECT = re.compile(
    r"(?:on|in|at|to|for|from|since|until|if|as|when|while|after|before|here|there|then|under|with|by|of|that|looking|"
    r"it|they|we|he|she|this|these|those|both|i)\b",
    re.IGNORECASE,
)


def _subject(plain: str) -> str:
    """What stands in front of the first plain verb, where that is one short phrase: "Thirty examiners"."""
    words = _MARKS.sub("", plain)
    found = _FINITE.search(words)
    subject = _ARTICLE.sub("", _STOP.split(words[: found.start()], maxsplit=1)[0]) if found else ""
    fits = 2 <= len(subject.split()) <= 10 and "," not in subject and not _NO_SUBJECT.match(words)
    return _cut(subject) if fits else ""


def _about(unit: Unit, kind: str) -> str:
    """The kind in words with the first name beside it: "Tourism promotion: Pacific Crane Airways"."""
    label = vocab.load("kinds")[kind].label["en"]
    names = (n for n in unit.names if n.label in ("ORG", "FAC", "GPE", "LOC"))
    name = next((unit.text[n.start - unit.start : n.end - unit.start] for n in names), "")
    return _cut(f"{label}: {name}" if name else label)


_BOUNDARY = re.compile(r"(?:,)? (?:in|at|with|to|from|under|by|on|for|and|that|which|so|is|are|was|has|will|as) ")


def _object(plain: str) -> str:
    """The object of the first act: "opened a clinic in Kep on Monday" -> "Clinic in Kep"."""
    found = _ACT.search(plain)
    if not found:
        return ""
    words = _ARTICLE.sub("", _STOP.split(plain[found.end() :], maxsplit=1)[0]).strip()
    if len(words) < 4 or re.match(
        r"(?:it|them|us|that|this|to|up|in|on|by|for|at|from|and|with|since|under|as|when|after|of)\b", words
    ):
        return ""
    gerund = _GERUNDS.get(found[1] or "", "")
    return _cut(f"{gerund} {words}" if gerund else words)


def _named(unit: Unit) -> str:
    for name in unit.names:
        if name.label in ("PROGRAM", "AGREEMENT", "EVENT"):
            return _cut(unit.text[name.start - unit.start : name.end - unit.start])
    return ""


def _cut(words: str) -> str:
    """Whole words up to the limit, without a preposition left at the end, with a capital in front."""
    short = words.strip(' ,;:–-“”"')
    if len(short) > MAX_TITLE:
        short = short[: MAX_TITLE + 1].rsplit(" ", 1)[0]
        ends = [found.start() for found in _BOUNDARY.finditer(short) if found.start() >= 30]
        short = short[: ends[-1]] if ends else short
    short = _DANGLING.sub("", short.rstrip(" ,;:–-"))
    return short[:1].upper() + short[1:]
