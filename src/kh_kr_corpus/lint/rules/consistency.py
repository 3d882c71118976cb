"""KC70x: the same words mean the same thing, within a text and across the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kh_kr_corpus import vocab
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.lint.known import bears_with_title, shortens
from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.lint.rules.marking import mentions
from kh_kr_corpus.models import Mention
from kh_kr_corpus.store import Contents, Loaded

# Places and groups are named by the same words: Khmer the language and the people, Korea the country.
_LINKED = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "AGREEMENT", "PROGRAM")
_USUAL = 5
"""How often the corpus must have linked a surface one way before the other way is worth a word."""


@rule("KC701", "warning")
def linked_two_ways(contents: Contents) -> Iterator[Problem]:
    """The same surface is linked to two entities within a text.
    A writer hardly calls two things by one name in one text; one of the two links is likely a slip, and every count
    of either is wrong by it.

    Repair: correct the link that is wrong; where the text means two, waive the rule and say why.
    Before: {text: "[KOICA](ORG organisation/koica) paid. [KOICA](ORG organisation/ministry-of-health-korea) built."}
    After: {text: "[KOICA](ORG organisation/koica) paid. [KOICA](ORG organisation/koica) built."}
    """
    kb = KnowledgeBase(contents.entities.values())
    for loaded, article in articles(contents):
        links: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for n, mention in enumerate(article.mentions):
            if mention.entity and mention.review.state != "rejected":
                # a language links to its country, a people to itself: "Khmer" is both in one text (codebook section 3)
                kind = (
                    f"{mention.label} {mention.entity.partition('/')[0]}" if mention.label == "NORP" else mention.label
                )
                links[mention.text, kind][mention.entity].append(n)
        for (text, _), by_entity in links.items():
            if len(by_entity) > 1 and not any(set(kb.namesakes(entity)) & set(by_entity) for entity in by_entity):
                usual = max(by_entity, key=lambda entity: len(by_entity[entity]))
                for entity, places in by_entity.items():
                    for n in places if entity != usual else ():
                        message = f"{text!r} is linked to {usual} elsewhere in this text"
                        yield loaded, ("mentions", n, "entity"), message, "correct one of the two links"


@rule("KC702", "warning")
def labelled_two_ways(contents: Contents) -> Iterator[Problem]:
    """The same surface has two labels within a text.
    Either one of the two is a slip, or the words name two things ("Korea" never is two labels; "Sihanouk" may be).

    Repair: correct the label that is wrong; where the text means two things, waive the rule and say why.
    Before: {text: "[KOICA](ORG organisation/koica) paid. [KOICA](PROGRAM organisation/koica) built."}
    After: {text: "[KOICA](ORG organisation/koica) paid. [KOICA](ORG organisation/koica) built."}
    """
    for loaded, article in articles(contents):
        labels: dict[str, Counter[str]] = defaultdict(Counter)
        kept = [(n, m) for n, m in enumerate(article.mentions) if m.review.state != "rejected"]
        for _, mention in kept:
            labels[mention.text][mention.label] += 1
        for n, mention in kept:
            usual = labels[mention.text].most_common(1)[0][0]
            if mention.label != usual:
                message = f"{mention.text!r} is {usual} elsewhere in this text"
                yield loaded, ("mentions", n, "label"), message, f"write {usual}, or correct the others"


@rule("KC703", "info", local=False)
def linked_otherwise_in_corpus(contents: Contents) -> Iterator[Problem]:
    """The corpus links the same surface to another entity.
    What every other text means by a name this one hardly means otherwise. Namesakes that the knowledge base declares
    are left alone.

    Repair: check the link, and declare the two in `distinct_from` if both are right.
    Before: {text: "[RCA](AGREEMENT agreement/river-pact) held.", entity: {id: agreement/river-pact}, times: 6}
    After: {text: "[RCA](AGREEMENT agreement/river-clinics-agreement) held.", entity: {id: agreement/river-pact}, times: 6}
    """  # noqa: E501 - an example is one line
    kb = KnowledgeBase(contents.entities.values())
    for loaded, n, mention, usual in _unusual(contents, "entity"):
        if mention.entity and usual not in kb.namesakes(mention.entity):
            message = f"{mention.text!r} is linked to {usual} in the rest of the corpus"
            yield loaded, ("mentions", n, "entity"), message, "check the link, or declare the two in `distinct_from`"


@rule("KC704", "info", local=False)
def labelled_otherwise_in_corpus(contents: Contents) -> Iterator[Problem]:
    """The corpus gives the same surface another label.
    Labels are decided by the codebook, not by the text: what is ORG in twenty texts is hardly PROGRAM here.

    Repair: check the label against the codebook.
    Before: {text: "[RCA](PROGRAM) held.", times: 6}
    After: {text: "[RCA](AGREEMENT agreement/river-clinics-agreement) held.", times: 6}
    """
    for loaded, n, mention, usual in _unusual(contents, "label"):
        message = f"{mention.text!r} is {usual} in the rest of the corpus"
        yield loaded, ("mentions", n, "label"), message, f"write {usual} unless this text means something else"


def _unusual(contents: Contents, field: str) -> Iterator[tuple[Loaded, int, Mention, str]]:
    """Every mention whose ``field`` differs from what its surface nearly always has."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    every = [(loaded, n, m) for loaded, _, n, m in mentions(contents, *_LINKED)]
    for _, _, mention in every:
        if value := getattr(mention, field):
            seen[mention.text][value] += 1
    for loaded, n, mention in every:
        value, counts = getattr(mention, field), seen[mention.text]
        if not value or not counts:
            continue
        usual, often = counts.most_common(1)[0]
        if usual != value and often >= _USUAL and counts[value] * 10 <= often + 10 and counts[value] <= 2:
            yield loaded, n, mention, usual


@rule("KC705", "info")
def linked_under_no_name(contents: Contents) -> Iterator[Problem]:
    """A mention is linked to an entity that has no such name.
    Either the link is wrong, or a spelling was seen that the entry doesn't keep, so that nobody finds it by that
    spelling (codebook section 3: every spelling seen).

    Repair: correct the link, or add the surface to the entity's names with its kind.
    Before: {text: "[Boat People](ORG organisation/koica) came."}
    After: {text: "[KOICA](ORG organisation/koica) came."}
    """
    for loaded, _, n, mention in mentions(contents):
        entity = contents.entities.get(mention.entity or "")
        if entity and not shortens(entity, mention.text) and not bears_with_title(entity, mention.text):
            message = f"{entity.id} has no name {mention.text!r}"
            yield loaded, ("mentions", n, "entity"), message, "correct the link, or add the name to the entity"


@rule("KC706", "info")
def unlinked_though_known(contents: Contents) -> Iterator[Problem]:
    """A mention is linked to nothing although the knowledge base has its name.
    Whoever asks for that entity does not find this text. NIL is for what has no entry yet.

    Repair: link the mention; where the text means another bearer of the name, add an entry for that one.
    Before: {text: "[KOICA](ORG) came."}
    After: {text: "[KOICA](ORG organisation/koica) came."}
    """
    kb = KnowledgeBase(contents.entities.values())
    labels = vocab.load("labels")
    for loaded, _, n, mention in mentions(contents, *_LINKED):
        if mention.entity is None and mention.review.decided:
            found = kb.find(mention.text, labels[mention.label].entity_types)
            if len(found) == 1 and not _by_demonym_only(found[0].id, mention):
                message = f"{mention.text!r} is a name of {found[0].id}"
                yield loaded, ("mentions", n, "text"), message, f"write `entity: {found[0].id}`"


def _by_demonym_only(entity_id: str, mention: Mention) -> bool:
    return mention.label != "NORP" and entity_id.startswith("group/")


@rule("KC707", "info")
def one_activity_twice(contents: Contents) -> Iterator[Problem]:
    """Two initiatives of a text report the same activity.
    A text reports a thing once, with all its evidence; reported twice, it weighs twice in every count of reports.

    Repair: join the two, or give the part that is separate an activity of its own.
    Before: {initiatives: [{activity: nurse-course}, {activity: nurse-course}]}
    After: {initiatives: [{activity: nurse-course}]}
    """
    for loaded, article in articles(contents):
        first: dict[str, str] = {}
        for i, one in enumerate(article.initiatives):
            if one.activity and one.review.state != "rejected":
                other = first.setdefault(one.activity, one.id)
                if other != one.id:
                    message = f"{other} reports {one.activity} already"
                    yield loaded, ("initiatives", i, "activity"), message, "join the two, or split the activity"
