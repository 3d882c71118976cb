"""KC17x what was released stays: files, ids, and what became of withdrawn ones."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.errors import near
from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.models import Release
from kh_kr_corpus.store import Contents, Loaded, unlike_release
from kh_kr_corpus.store.ids import ids_of, read_ids


def _release(contents: Contents) -> Iterator[tuple[Loaded, Release]]:
    for loaded in contents.files:
        if isinstance(loaded.model, Release):
            yield loaded, loaded.model


@rule("KC171", local=False)
def not_as_released(contents: Contents) -> Iterator[Problem]:
    """A file of a released version is not as it was released.
    A version that is cited has to stay what it was when it was cited. Once it has a date, every file is held to the
    checksums in MANIFEST.sha256.

    Repair: begin a new version in release.yaml, without a date; in an installed corpus, install it anew.
    Before: activities/2022-nurse-course.yaml changed after version 2026.11.0 was released
    After: the same change, with version 2027.2.0 in front of 2026.11.0
    """
    for loaded, release in _release(contents):
        for finding in unlike_release(contents.root, release):
            yield loaded, ("versions", 0), finding.message, finding.fix


@rule("KC172", local=False)
def released_id_gone(contents: Contents) -> Iterator[Problem]:
    """An id that was released is gone, and nothing says why.
    Somebody may have cited it. A record that turned out to be another one's double is withdrawn in favour of that
    one; a mention or an initiative that was wrong is rejected and stays.

    Repair: give the record back its id, reject the mention instead of removing it, or name the id under `withdrawn`
    in release.yaml, with its replacement and the reason.
    Before: activity:2021-clinic removed after version 2026.11.0
    After: withdrawn: {id: "activity:2021-clinic", to: "activity:2021-clinic-opens", why: the same thing}
    """
    for loaded, release in _release(contents):
        register = read_ids(contents.root)
        now = ids_of(contents)
        named = {one.id for one in release.withdrawn}
        for name, released in register.items():
            gone = [f"{name}#{part}" for part in sorted(released.parts - now.get(name, frozenset()))]
            for missing in gone if name in now else [name]:
                if missing not in named and not _broken(contents, name):
                    message = f"{missing} was released in version {released.version} and is gone"
                    close = [one for one in near(missing, now) if one.partition(":")[0] == name.partition(":")[0]]
                    hint = f"; near it is {close[0]}" if close and missing == name else ""
                    yield loaded, ("versions",), message + hint, "bring it back, or name it under `withdrawn`"


_TABLES = {"article": "articles", "activity": "activities", "entity": "entities", "source": "sources"}


def _broken(contents: Contents, name: str) -> bool:
    """Whether the record stands in a file that can't be read, which is told there."""
    kind, _, record_id = name.partition(":")
    return name not in ids_of(contents) and contents.knows(_TABLES[kind], record_id)


@rule("KC173", local=False)
def withdrawn_in_use(contents: Contents) -> Iterator[Problem]:
    """A withdrawn id is in use, or its replacement does not exist.
    Whoever cited the id would be led to something else, or nowhere. An id names one thing for ever.

    Repair: give the new record an id of its own; name a replacement that exists, or none.
    Before: withdrawn: {id: "activity:2021-clinic"}, and an activity 2021-clinic
    After: withdrawn: {id: "activity:2021-clinic"}, and an activity 2021-second-clinic
    """
    for loaded, release in _release(contents):
        now = ids_of(contents)
        known = {*now, *(f"{name}#{part}" for name, parts in now.items() for part in parts)}
        withdrawn = {one.id for one in release.withdrawn}
        for n, one in enumerate(release.withdrawn):
            if one.id in known:
                yield loaded, ("withdrawn", n, "id"), f"{one.id} is withdrawn and in use", "give the record another id"
            if one.to and release.withdrawn_to(one.id) not in known:
                close = near(one.to, now)
                fix = f"did you mean {close[0]}?" if close else "name a record that exists, or leave `to` out"
                what = "leads nowhere" if one.to in withdrawn else "does not exist"
                yield loaded, ("withdrawn", n, "to"), f"the replacement {one.to} {what}", fix
