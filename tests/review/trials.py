"""Reviewing while everything happens to the files: the same trial in memory and on disk.

Whatever a curator was told is saved is, at the end of every step, in the file, or on its way there, or shown as a
conflict with both versions. The one exception: somebody changed it by hand after it had reached the file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from kh_kr_corpus.models import Article, Evidence, Initiative, Mention, Rights, Suggestion
from kh_kr_corpus.review import Articles, Desk, renewed
from kh_kr_corpus.review.changes import Item
from kh_kr_corpus.review.compaction import compacted
from kh_kr_corpus.review.decisions import AcceptAbove, Decision, Judge, Note, SetInitiative, SetMention, Step
from kh_kr_corpus.review.desk import Result
from kh_kr_corpus.review.journal import PLACE, open_log
from kh_kr_corpus.store.anchors import evidence_print
from kh_kr_corpus.store.files import revision_of

TEXT = "Seoul sent nurses to Phnom Penh. 한국국제협력단 paid. ភ្នំពេញ thanked 😀 Seoul again in 2021 and 2022."
WORDS = [(n, n + len(word)) for word in set(TEXT.split()) for n in [TEXT.index(word)]]
KINDS = ("training", "humanitarian-aid")
KEPT = 7
LABELS = ("ORG", "GPE", "PERSON", "DATE")
BY = ("human:Chan Dara", "human:Sok Toy")


def suggestions(rng: random.Random, first: int = 1) -> tuple[Mention, ...]:
    """What a machine says of the text this time."""
    spans = sorted(rng.sample(WORDS, rng.randint(1, 6)))
    made = []
    for n, (start, end) in enumerate(spans, first):
        told = Suggestion(by=f"khkr@{rng.randint(1, 3)}", score=rng.randint(0, 100) / 100, reason="model")
        made.append(
            Mention(id=f"m{n}", start=start, end=end, text=TEXT[start:end], label=rng.choice(LABELS), suggestion=told)
        )
    return tuple(made)


def reports(rng: random.Random) -> tuple[Initiative, ...]:
    """The initiatives that a machine finds in the text this time."""
    told = Suggestion(by=f"khkr@{rng.randint(1, 3)}", score=rng.randint(0, 100) / 100, reason="model")
    return tuple(
        Initiative(
            id=f"i{n}", title="Help", kind=(kind := rng.choice(KINDS)), themes=(kind,), sectors=("health",),
            status="pledged", assertion="author-reports", suggestion=told,
            evidence=(Evidence(start=start, end=end, sha256=evidence_print(TEXT, start, end)),),
        )
        for n, (start, end) in enumerate(rng.sample(WORDS, rng.randint(0, 2)), 1)
    )  # fmt: skip


def article(rng: random.Random) -> Article:
    """A text that nobody has reviewed."""
    return Article(
        id="trial", title="Trial", origin="brief", rights=Rights(text="included", licence="CC-BY-4.0"), text=TEXT,
        mentions=suggestions(rng), initiatives=reports(rng),
    )  # fmt: skip


class Memory:
    """A shelf without a disk."""

    root = Path()

    def __init__(self, first: Article) -> None:
        self.now, self.count = first, 0

    def ids(self) -> Iterator[str]:
        yield "trial"

    def key(self, article_id: str) -> str:
        return article_id

    def revision(self, _: str) -> str:
        return f"{self.count}"

    def read(self, article_id: str) -> tuple[str, Article]:
        return self.revision(article_id), self.now

    def write(self, article: Article, revision: str | None) -> None:
        assert revision == self.revision("trial"), "one thread: nobody can have come between"
        self.now, self.count = article, self.count + 1


class MemoryLog:
    """A journal without a disk; it outlives the desk, as a file does."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def read(self) -> list[str]:
        return list(self.lines)

    def append(self, lines: list[str], *, durable: bool = True) -> None:  # noqa: ARG002
        self.lines += lines

    def close(self) -> None:
        pass


def _items(article: Article) -> dict[str, Item]:
    items: tuple[Item, ...] = (*article.mentions, *article.initiatives)
    return {item.id: item for item in items}


Renew = Callable[[Article, Article], Article]


class Trial:
    """One text under review. ``told`` is what curators were told is saved, by item."""

    def __init__(
        self, rng: random.Random, desk: Callable[[], Desk], shorten: Callable[[], None], renew: Renew = renewed
    ) -> None:
        self.rng, self._desk, self.shorten, self._renew = rng, desk, shorten, renew
        self.log = MemoryLog()
        self.desk = desk()
        self.seen = self.desk.sheet("trial").article
        self.told: dict[str, Item] = {}
        self.key = self.steps = self.conflicts = 0

    # -- what can happen ---------------------------------------------------------------------------------

    def look(self) -> None:
        """A window loads the page; until then it shows something older."""
        self.seen = self.desk.sheet("trial").article

    def decide(self) -> None:
        """A curator decides on what the window shows."""
        rng, items = self.rng, self.seen.mentions
        one = rng.choice(items) if items else None
        every: tuple[Item, ...] = (*items, *self.seen.initiatives)
        either = rng.choice(every) if every else None
        (start, end), label = rng.choice(WORDS), rng.choice(LABELS)
        made: Decision = AcceptAbove(key=self._key(), op="accept-above", score=rng.random())
        dice = rng.randrange(10)
        if dice < 2:
            made = Step(key=self._key(), op="undo" if dice else "redo")
        elif dice == 2 and len(items) < 25:
            made = SetMention(key=self._key(), op="mention", start=start, end=end, label=label)
        elif dice < 5 and one:
            made = SetMention(key=self._key(), op="mention", seen=one, start=start, end=end, label=label)
        elif dice == 5 and either:
            made = Note(key=self._key(), op="note", seen=either, note=rng.choice(("a", "b", None)))
        elif dice < 8 and either:
            state: Literal["accepted", "rejected"] = "accepted" if rng.random() < 0.5 else "rejected"
            made = Judge(key=self._key(), op="judge", seen=either, state=state)
        elif dice == 8:
            made = self._report(start, end)
        outcome = self.desk.decide("trial", [made], rng.choice(BY))
        for result in outcome.results:
            self.conflicts += result.result == "conflict"
            self._tell(result)

    def _report(self, start: int, end: int) -> SetInitiative:
        """A new initiative, while there are few, or another kind or evidence for one."""
        found = self.seen.initiatives
        seen = self.rng.choice(found) if found and (len(found) > 8 or self.rng.random() < 0.6) else None
        kind = self.rng.choice(KINDS)
        fields = {
            "title": "Help", "kind": kind, "themes": [kind], "sectors": ["health"], "status": "pledged",
            "assertion": "author-reports", "evidence": [{"start": start, "end": end}],
        }  # fmt: skip
        return SetInitiative(key=self._key(), op="initiative", seen=seen, fields=fields)

    def settle(self) -> None:
        """Somebody chooses between two versions; what is not kept was given up by a person."""
        for dispute in self.desk.journal.open_disputes("trial")[:1]:
            result = self.desk.settle("trial", dispute.seq, "mine" if self.rng.random() < 0.5 else "theirs", BY[0])
            self.told.pop(dispute.change.id, None)
            self._tell(result)

    def flush(self) -> None:
        self.desk.flush("trial")

    def rerun(self) -> None:
        """Another program annotates the text anew."""
        _, filed = self.desk.shelf.read("trial")
        fresh = filed.model_copy(update={"mentions": suggestions(self.rng), "initiatives": reports(self.rng)})
        self._write(self._renew(filed, fresh))

    def by_hand(self) -> None:
        """Somebody changes one mention in an editor."""
        _, filed = self.desk.shelf.read("trial")
        if not filed.mentions:
            return
        n = self.rng.randrange(len(filed.mentions))
        one = filed.mentions[n]
        changed = one.model_copy(update={"label": self.rng.choice(LABELS)})
        if self.told.get(one.id) == one and changed != one:
            del self.told[one.id]  # it had reached the file: this is a person's later word
        self._write(filed.model_copy(update={"mentions": (*filed.mentions[:n], changed, *filed.mentions[n + 1 :])}))

    def crash(self) -> None:
        """The server is killed, and started again; the journal may have grown so long that it is made shorter."""
        self.desk.journal.close()
        if self.rng.random() < 0.3:
            self.shorten()
        self.desk = self._desk()
        self.desk.flush_all()

    # -- what must hold ----------------------------------------------------------------------------------

    def step(self) -> None:
        """One thing that happens, chosen by the trial's own dice."""
        what = self.rng.choice(
            (self.decide,) * 6 + (self.look,) * 4 + (self.flush, self.rerun, self.by_hand, self.crash, self.settle)
        )
        what()
        self.steps += 1

    def going(self, steps: int) -> Iterator[int]:
        """Take steps, and stop for a look after each."""
        for n in range(steps):
            self.step()
            yield n

    def lost(self) -> list[str]:
        """The items on which a saved decision is neither kept nor shown as a conflict."""
        present = _items(self.desk.sheet("trial").article)
        disputed = {dispute.change.id for dispute in self.desk.journal.open_disputes("trial")}
        return [i for i, item in self.told.items() if present.get(i) != item and i not in disputed]

    def lost_in_file(self) -> list[str]:
        """The same, once everything has been written."""
        self.flush()
        _, filed = self.desk.shelf.read("trial")
        present = _items(filed)
        disputed = {dispute.change.id for dispute in self.desk.journal.open_disputes("trial")}
        return [i for i, item in self.told.items() if present.get(i) != item and i not in disputed]

    def _tell(self, result: Result) -> None:
        for change in result.changes:
            self.told.pop(change.id, None)
            if change.after is not None and change.after.review.decided:  # else it was taken back
                self.told[change.id] = change.after

    def _write(self, article: Article) -> None:
        revision, filed = self.desk.shelf.read("trial")
        if article != filed:
            self.desk.shelf.write(article, revision)

    def _key(self) -> str:
        self.key += 1
        return f"trial-key-{self.key}"


def in_memory(seed: int, renew: Renew = renewed) -> Trial:
    """A trial without a disk: thousands of steps a second."""
    rng = random.Random(seed)  # noqa: S311
    shelf, log = Memory(article(rng)), MemoryLog()

    def shorten() -> None:
        log.lines = compacted(log.lines, KEPT)

    trial = Trial(rng, lambda: Desk(shelf, log=log), shorten, renew)
    trial.log = log
    return trial


def on_disk(seed: int, root: Path, renew: Renew = renewed) -> Trial:
    """A trial in a corpus of its own at ``root``."""
    from kh_kr_corpus import store

    rng = random.Random(seed)  # noqa: S311
    root.mkdir(parents=True)
    (root / "schema.yaml").write_text(store.dumps_schema(), encoding="utf-8")
    store.write(article(rng), root)

    def desk() -> Desk:
        shelf = Articles(root)
        list(shelf.ids())
        return Desk(shelf)

    return Trial(rng, desk, lambda: open_log(root / PLACE, long=0, kept=KEPT).close(), renew)


def digest(path: Path) -> str:
    """The state of a file."""
    return revision_of(path.read_bytes())
