"""KC21x: what is a name and what is none, and where a name begins and ends (codebook section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus.kb.names import name_key, without_honorifics
from kh_kr_corpus.lint.known import bears
from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.models import Article, Mention
from kh_kr_corpus.store import Contents, Loaded

_BARE = frozenset(
    "ministry;government;embassy;agency;parliament;central bank;bank;university;school;hospital;party;court;capital;"
    "country;city;province;district;region;river;temple;bridge;airport;ambassador;minister;prime minister;president;"
    "king;meeting;summit;festival;war;crisis;agreement;treaty;memorandum;memorandum of understanding;mou;programme;"
    "program;project;fund;policy;plan;law;training programmes;committee;commission;institute;company;covid-19;visa;"
    "national assembly building;delegation;task force;joint committee;two countries;both countries".split(";")
)
_DEMONYM_GOVERNMENT = re.compile(r"(?i)^(?:north |south )?(?:korean|cambodian|khmer|seoul|phnom penh) government$")
_BRACKETED = re.compile(r"\s\(([A-Z][A-Za-z.&-]*[A-Z][A-Za-z]*)\)$")
_ARTICLE = re.compile(r"(?i)^(?:the|a|an)\s+(?=\S)")
_JOSA = re.compile(r"(?:에서|으로|에게|까지|부터|은|는|이|가|을|를|의|에|와|과|로|도)\Z")


def mentions(contents: Contents, *labels: str) -> Iterator[tuple[Loaded, Article, int, Mention]]:
    """Every mention that nobody rejected, with its file, article and place in the list; only those ``labels``."""
    for loaded, article in articles(contents):
        for n, mention in enumerate(article.mentions):
            if mention.review.state != "rejected" and (not labels or mention.label in labels):
                yield loaded, article, n, mention


@rule("KC210")
def title_inside(contents: Contents) -> Iterator[Problem]:
    """A person's name holds a title or an honorific.
    The same person with and without it would be two surfaces, and a search for the name would miss one. Titles stay
    outside (codebook section 2, PERSON).

    Repair: begin the span at the name.
    Before: {text: "[H.E. Chea Bopha](PERSON person/chea-bopha) spoke."}
    After: {text: "H.E. [Chea Bopha](PERSON person/chea-bopha) spoke."}
    """
    for loaded, _, n, mention in mentions(contents, "PERSON"):
        key = name_key(mention.text)
        bare = without_honorifics(key)
        entity = contents.entities.get(mention.entity or "")
        if bare != key and not (entity and bears(entity, mention.text)):
            message = f"{mention.text!r} holds a title"
            yield loaded, ("mentions", n, "text"), message, f"mark only the name: {bare.title()}"


@rule("KC211")
def common_noun(contents: Contents) -> Iterator[Problem]:
    """A common noun is marked as a name.
    "The ministry", "the capital", "last year's meeting" name nobody; counted as names they would drown those that do
    (codebook section 2, column "no").

    Repair: remove the mention, or widen it to the name that it is a part of.
    Before: {text: "The [ministry](ORG) will pay."}
    After: {text: "The ministry will pay."}
    """
    for loaded, _, n, mention in mentions(contents):
        if mention.label not in ("MONEY", "DATE") and _ARTICLE.sub("", mention.text).casefold() in _BARE:
            entity = contents.entities.get(mention.entity or "")
            if not (entity and bears(entity, mention.text)):
                message = f"{mention.text!r} is a common noun, not a name"
                yield loaded, ("mentions", n, "text"), message, "remove the mention, or take the whole name"


@rule("KC212")
def article_inside(contents: Contents) -> Iterator[Problem]:
    """A name begins with an article.
    "The Mekong" and "Mekong" would be two surfaces of one name. The article stays outside, unless it is part of a
    name that the knowledge base has with it, and in dates ("the 1990s").

    Repair: begin the span behind the article, or record the name with its article.
    Before: {text: "He crossed [the Kingdom](GPE place/cambodia)."}
    After: {text: "He crossed the [Kingdom](GPE place/cambodia)."}
    """
    for loaded, _, n, mention in mentions(contents):
        if mention.label in ("MONEY", "DATE") or not (match := _ARTICLE.match(mention.text)):
            continue
        entity = contents.entities.get(mention.entity or "")
        if not entity and mention.text.startswith("The "):
            continue  # the title of a paper or an exhibition
        if not (entity and any(name.text.casefold() == mention.text.casefold() for name in entity.names)):
            fix = f"mark {mention.text[match.end() :]!r}"
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} begins with an article", fix


@rule("KC213")
def demonym_government(contents: Contents) -> Iterator[Problem]:
    """ "The Korean government" is marked as a body.
    It is no name (codebook section 2, demonyms): only the NORP is marked. "Royal Government of Cambodia" is a name.

    Repair: mark the demonym alone, as a NORP.
    Before: {text: "The [Cambodian government](ORG) agreed."}
    After: {text: "The [Cambodian](NORP place/cambodia) government agreed."}
    """
    for loaded, _, n, mention in mentions(contents):
        if _DEMONYM_GOVERNMENT.match(_ARTICLE.sub("", mention.text)):
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} is no name", "mark only the demonym, as NORP"


@rule("KC214")
def demonym_inside(contents: Contents) -> Iterator[Problem]:
    """A demonym in front of a body's name is marked with it.
    It stays outside and is a NORP of its own, unless the body's own name has it (codebook section 2, demonyms).

    Repair: mark the demonym as NORP and the name alone, or record the longer form as a name of the entity.
    Before: {text: "The [Cambodian Ministry of Health](ORG organisation/ministry-of-health-cambodia) agreed."}
    After: {text: "The [Cambodian](NORP place/cambodia) [Ministry of Health](ORG organisation/ministry-of-health-cambodia) agreed."}
    """  # noqa: E501 - an example is one line
    demonyms = {word.casefold() for entity in contents.entities.values() for word in entity.demonyms}
    for loaded, _, n, mention in mentions(contents, "ORG", "PROGRAM", "AGREEMENT"):
        first, _, rest = mention.text.partition(" ")
        entity = contents.entities.get(mention.entity or "")
        if first.casefold() in demonyms and entity and not bears(entity, mention.text) and bears(entity, rest):
            message = f"{first!r} stands in front of the name and is no part of it"
            yield loaded, ("mentions", n, "text"), message, f"mark {first!r} as NORP and {rest!r} alone"


@rule("KC215")
def acronym_inside(contents: Contents) -> Iterator[Problem]:
    """A name holds its own acronym in brackets.
    The acronym is a second mention and the brackets are outside, or a search for it would not find it.

    Repair: end the name before the bracket and mark the acronym on its own.
    Before: {text: "The [River Clinics Agreement (RCA)](AGREEMENT agreement/river-clinics-agreement) holds."}
    After: {text: "The [River Clinics Agreement](AGREEMENT agreement/river-clinics-agreement) ([RCA](AGREEMENT agreement/river-clinics-agreement)) holds."}
    """  # noqa: E501 - an example is one line
    for loaded, _, n, mention in mentions(contents):
        if match := _BRACKETED.search(mention.text):
            message = f"{mention.text!r} holds its acronym"
            yield loaded, ("mentions", n, "text"), message, f"mark {match[1]!r} as a mention of its own"


@rule("KC216")
def line_break_inside(contents: Contents) -> Iterator[Problem]:
    """A mention runs over a line break.
    Names end where a line ends; formats that keep one line a sentence can't say anything else.

    Repair: mark the two parts, or only the one that is the name.
    Before: {text: "In [Phnom\\nPenh](GPE place/phnom-penh)."}
    After: {text: "In [Phnom Penh](GPE place/phnom-penh)."}
    """
    for loaded, _, n, mention in mentions(contents):
        if "\n" in mention.text:
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} holds a line break", "end it at the line's end"


@rule("KC217", "warning")
def particle_inside(contents: Contents) -> Iterator[Problem]:
    """A Korean name is marked with the particle that follows it.
    Korean writes particles onto names; with it inside, every case of a name is another surface.

    Repair: end the span before the particle.
    Before: {text: "[프놈펜에서](GPE place/phnom-penh) 열렸다.", language: ko}
    After: {text: "[프놈펜](GPE place/phnom-penh)에서 열렸다.", language: ko}
    """
    for loaded, _, n, mention in mentions(contents):
        entity = contents.entities.get(mention.entity or "")
        bare = _JOSA.sub("", mention.text)
        if entity and bare != mention.text and not bears(entity, mention.text) and bears(entity, bare):
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} ends in a particle", f"mark {bare!r}"
