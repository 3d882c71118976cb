"""KC62x: an initiative says who does what on whose word, as codebook section 4 asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.models import Activity, Article, Entity, Initiative
from kh_kr_corpus.store import Contents, Loaded

_QUOTES = re.compile("[\"“”«»「」『』„‟]|(?<!\\w)['‘’](?=\\w)")
_SIDES = frozenset({"KR", "KH"})


def initiatives(contents: Contents, *, whole: bool = False) -> Iterator[tuple[Loaded, Article, int, Initiative]]:
    """Every initiative that nobody rejected, with its file, article and place in the list."""
    for loaded, article in articles(contents, whole=whole):
        for i, initiative in enumerate(article.initiatives):
            if initiative.review.state != "rejected":
                yield loaded, article, i, initiative


@rule("KC621")
def recommendation_is_no_pledge(contents: Contents) -> Iterator[Problem]:
    """What an author recommends has another status than `proposed`.
    Nobody has committed to it; counted as agreed, an opinion becomes policy (codebook section 4, status).

    Repair: write `status: proposed`, or correct the assertion.
    Before: {initiative: {assertion: author-recommends, status: pledged}}
    After: {initiative: {assertion: author-recommends, status: proposed}}
    """
    for loaded, _, i, one in initiatives(contents):
        if one.assertion == "author-recommends" and one.status != "proposed":
            message = f"recommended by the author, but {one.status}"
            yield loaded, ("initiatives", i, "status"), message, "write `status: proposed`, or correct the assertion"


@rule("KC622")
def quoted_without_quotes(contents: Contents) -> Iterator[Problem]:
    """A commitment is called quoted and its evidence has no quotation marks.
    `official-quoted` needs quotation marks around the commitment; without them it is the author's wording.

    Repair: write `official-reported`, or widen the evidence to the quotation.
    Before: {initiative: {assertion: official-quoted, speaker: {entity: person/chea-bopha}}}
    After: {initiative: {assertion: official-reported, speaker: {entity: person/chea-bopha}}}
    """
    for loaded, article, i, one in initiatives(contents):
        if one.assertion == "official-quoted" and article.text is not None:
            lines = {article.text.count("\n", 0, span.start) for span in one.evidence}
            read = "\n".join(line for n, line in enumerate(article.text.split("\n")) if n in lines)
            if not _QUOTES.search(read):
                message = "official-quoted, but nothing in its paragraph is in quotation marks"
                yield loaded, ("initiatives", i, "assertion"), message, "write official-reported, or move the evidence"


@rule("KC623", "info")
def official_without_speaker(contents: Contents) -> Iterator[Problem]:
    """An official's word has no speaker.
    Whose word it is decides what it weighs; an office is enough where no name is given ("a ministry spokesman").

    Repair: add `speaker` with the entity or the office as the text gives it.
    Before: {initiative: {assertion: official-reported}}
    After: {initiative: {assertion: official-reported, speaker: {office: a spokesman}}}
    """
    for loaded, _, i, one in initiatives(contents):
        if one.assertion.startswith("official") and one.speaker is None:
            message = f"{one.assertion}, but nobody is the speaker"
            yield loaded, ("initiatives", i, "assertion"), message, "add `speaker: {entity: ...}` or `{office: ...}`"


@rule("KC624", "info")
def agreed_without_instrument(contents: Contents) -> Iterator[Problem]:
    """Something is agreed and nothing says what was signed.
    A memorandum is weaker than a loan agreement, and research needs to tell them apart; `unstated` is an answer.

    Repair: add `instrument`, or correct the status.
    Before: {initiative: {status: agreed}}
    After: {initiative: {status: agreed, instrument: mou}}
    """
    for loaded, _, i, one in initiatives(contents):
        if one.status == "agreed" and one.instrument is None:
            yield loaded, ("initiatives", i, "status"), "agreed, but by no instrument", "add `instrument: ...`"
    for loaded in contents.files:
        if isinstance(loaded.model, Activity) and loaded.model.status == "agreed" and not loaded.model.instrument:
            yield loaded, ("status",), "agreed, but by no instrument", "add `instrument: ...`"


@rule("KC625", "warning")
def signed_yet_proposed(contents: Contents) -> Iterator[Problem]:
    """Something was signed and is still called proposed.
    Signed by both sides is `agreed`; what is only asked for has no instrument yet.

    Repair: correct the status, or remove the instrument.
    Before: {initiative: {status: proposed, instrument: loan-agreement}}
    After: {initiative: {status: agreed, instrument: loan-agreement}}
    """
    binding = ("loan-agreement", "grant-agreement", "treaty", "contract", "mou", "record-of-discussions")
    for loaded, _, i, one in initiatives(contents):
        if one.status == "proposed" and one.instrument in binding:
            message = f"proposed, but with the instrument {one.instrument}"
            yield loaded, ("initiatives", i, "instrument"), message, "correct the status or remove the instrument"


@rule("KC626", "warning")
def status_without_date(contents: Contents) -> Iterator[Problem]:
    """A status has no date.
    A status holds at a time, the text's unless it says otherwise; without it, an old plan looks like today's.

    Repair: add `as_of`, the text's date unless the text says otherwise.
    Before: {initiative: {as_of: }}
    After: {initiative: {as_of: "2024-05-20"}}
    """
    for loaded, article, i, one in initiatives(contents, whole=True):
        if one.as_of is None and one.review.decided and article.date:
            yield loaded, ("initiatives", i, "status"), "a status without `as_of`", f'add `as_of: "{article.date}"`'


@rule("KC627", "info")
def nobody_does_it(contents: Contents) -> Iterator[Problem]:
    """An initiative has no actor.
    A specific act has a doer, and a recommendation somebody whom it concerns; without one it is an aim, and an aim
    alone is no initiative (codebook section 4, specific).

    Repair: add the actors that the text names, or remove the initiative.
    Before: {initiative: {actors: []}}
    After: {initiative: {actors: [{entity: organisation/koica, role: implementer}]}}
    """
    for loaded, _, i, one in initiatives(contents, whole=True):
        if not one.actors and one.review.decided:
            yield loaded, ("initiatives", i), "nobody does it", "add `actors`, or remove the initiative"


def countries_of(contents: Contents, entity: Entity | None) -> set[str]:
    """The countries of an entity, of what it is part of, or of the holder of its offices."""
    found: set[str] = set()
    seen: set[str] = set()
    while entity and entity.id not in seen:
        seen.add(entity.id)
        found |= {entity.country} if entity.country else set()
        found |= {office.country for office in entity.offices if office.country}
        entity = contents.entities.get(entity.parent or "")
    return found


@rule("KC628", "warning")
def neither_side(contents: Contents) -> Iterator[Problem]:
    """No actor is Korean or Cambodian.
    An initiative is carried out, committed to or proposed by a Korean, Cambodian or joint actor; a third donor's aid
    is none (codebook section 4).

    Repair: add the actor of the two countries, or remove the initiative.
    Before: {initiative: {actors: [{entity: organisation/who, role: implementer}]}, entity: {id: organisation/who, country: CH}}
    After: {initiative: {actors: [{entity: organisation/koica, role: implementer}]}, entity: {id: organisation/who, country: CH}}
    """  # noqa: E501 - an example is one line
    for loaded, _, i, one in initiatives(contents):
        known = [contents.entities.get(actor.entity) for actor in one.actors]
        countries = [countries_of(contents, entity) for entity in known]
        if countries and all(countries) and not any(found & _SIDES for found in countries):
            yield loaded, ("initiatives", i, "actors"), "no Korean and no Cambodian actor", "add one, or remove this"


@rule("KC629", "warning")
def volunteers_elsewhere(contents: Contents) -> Iterator[Problem]:
    """Volunteers are filed under another kind than cultural-exchange.
    Volunteers are people to people, with their field in sectors and themes; experts sent to teach are training
    (codebook section 4, further decisions).

    Repair: write `kind: cultural-exchange` and keep the field in themes and sectors, or correct the modality.
    Before: {initiative: {kind: training, themes: [training], modalities: [volunteers]}}
    After: {initiative: {kind: cultural-exchange, themes: [cultural-exchange, training], modalities: [volunteers]}}
    """
    for loaded, _, i, one in initiatives(contents):
        if one.modalities == ("volunteers",) and one.kind != "cultural-exchange":
            message = f"volunteers, but kind {one.kind}"
            yield loaded, ("initiatives", i, "kind"), message, "write `kind: cultural-exchange`"
