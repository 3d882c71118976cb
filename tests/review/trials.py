"""Reviewing while everything happens to the files: the same trial in memory and on disk.

Whatever a curator was told is saved is, at the end of every step, in the file, or on its way there, or shown as a
conflict with both versions. The one exception: somebody changed it by hand after it had reached the file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from kh_kr_corpus.models import Article, Mention, Rights, Suggestion
from kh_kr_corpus.review import Articles, Desk, renewed
from kh_kr_corpus.review.changes import Item
from kh_kr_corpus.review.decisions import AcceptAbove, Decision, Judge, Note, SetMention, Step
from kh_kr_corpus.review.desk import Result
from kh_kr_corpus.store.files import revision_of

TEXT = "Seoul sent nurses to Phnom Penh. 한국국제협력단 paid. ភ្នំពេញ thanked 😀 Seoul again in 2021 and 2022."
WORDS = [(n, n + len(word)) for word in set(TEXT.split()) for n in [TEXT.index(word)]]
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


def article(rng: random.Random) -> Article:
    """A text that nobody has reviewed."""
    rights = Rights(text="included", licence="CC-BY-4.0")
    return Article(id="trial", title="Trial", origin="brief", rights=rights, text=TEXT, mentions=suggestions(rng))


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


Renew = Callable[[Article, Article], Article]


class Trial:
    """One text under review. ``told`` is what curators were told is saved, by item."""

    def __init__(self, rng: random.Random, desk: Callable[[], Desk], renew: Renew = renewed) -> None:
        self.rng, self._desk, self._renew = rng, desk, renew
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
        (start, end), label = rng.choice(WORDS), rng.choice(LABELS)
        made: Decision = AcceptAbove(key=self._key(), op="accept-above", score=rng.random())
        dice = rng.randrange(10)
        if dice < 2:
            made = Step(key=self._key(), op="undo" if dice else "redo")
        elif dice == 2 and len(items) < 25:
            made = SetMention(key=self._key(), op="mention", start=start, end=end, label=label)
        elif dice < 5 and one:
            made = SetMention(key=self._key(), op="mention", seen=one, start=start, end=end, label=label)
        elif dice == 5 and one:
            made = Note(key=self._key(), op="note", seen=one, note=rng.choice(("a", "b", None)))
        elif dice < 9 and one:
            made = Judge(key=self._key(), op="judge", seen=one, state="accepted" if rng.random() < 0.5 else "rejected")
        outcome = self.desk.decide("trial", [made], rng.choice(BY))
        for result in outcome.results:
            self.conflicts += result.result == "conflict"
            self._tell(result)

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
        fresh = filed.model_copy(update={"mentions": suggestions(self.rng)})
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
        """The server is killed, and started again."""
        self.desk.journal.close()
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
        present = {mention.id: mention for mention in self.desk.sheet("trial").article.mentions}
        disputed = {dispute.change.id for dispute in self.desk.journal.open_disputes("trial")}
        return [i for i, item in self.told.items() if present.get(i) != item and i not in disputed]

    def lost_in_file(self) -> list[str]:
        """The same, once everything has been written."""
        self.flush()
        _, filed = self.desk.shelf.read("trial")
        present = {mention.id: mention for mention in filed.mentions}
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
    return Trial(rng, lambda: Desk(shelf, log=log), renew)


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

    return Trial(rng, desk, renew)


def digest(path: Path) -> str:
    """The state of a file."""
    return revision_of(path.read_bytes())
