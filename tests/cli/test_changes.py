"""``khkr diff``, ``merge`` and ``migrate`` as people and git call them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from kh_kr_corpus import store
from kh_kr_corpus.models import Article, Mention, Review

BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"
ACTIVITY = "activities/nurse-course.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_mention(root: Path, text: str, label: str, by: str) -> None:
    """What one annotator does: one more mention, with the next free id."""
    loaded = store.read_file(root / BRIEF, root)
    assert isinstance(loaded.model, Article) and loaded.model.text
    article = loaded.model
    review = Review(state="accepted", by=by, at="2026-11-22")
    name, start = f"m{len(article.mentions) + 1}", (article.text or "").index(text)
    new = Mention(id=name, start=start, end=start + len(text), text=text, label=label, review=review)
    mentions = tuple(sorted((*article.mentions, new), key=lambda m: m.start))
    store.write(article.model_copy(update={"mentions": mentions}), root, revision=loaded.revision)


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=check, capture_output=True, text=True)  # noqa: S603, S607
    return done.stdout + done.stderr


@pytest.fixture
def repository(toy_copy: Path) -> Path:
    """The toy corpus under git, with our merge driver, on a branch for each of two people."""
    git(toy_copy, "init", "-q", "-b", "main")
    driver = f"env PYTHONPATH={os.pathsep.join(sys.path)} {sys.executable} -m kh_kr_corpus merge %O %A %B %P"
    git(toy_copy, "config", "merge.khkr.driver", driver)
    (toy_copy / ".gitattributes").write_text("*.yaml merge=khkr\n", encoding="utf-8")
    git(toy_copy, "add", "-A")
    git(toy_copy, "commit", "-qm", "base")
    for name in ("one", "two"):
        git(toy_copy, "branch", name)
    return toy_copy


def test_two_people_annotate_one_article(khkr: Run, repository: Path) -> None:
    """The control first: git alone makes a conflict of it, or two mentions m9."""
    for name, (text, label) in {"one": ("forty", "ORG"), "two": ("nurses", "EVENT")}.items():
        git(repository, "switch", "-q", name)
        add_mention(repository, text, label, f"human:{name}")
        git(repository, "commit", "-qam", name)
    git(repository, "config", "merge.khkr.driver", "git merge-file %A %O %B")
    assert "CONFLICT" in git(repository, "merge", "one", check=False)
    git(repository, "merge", "--abort")
    driver = f"env PYTHONPATH={os.pathsep.join(sys.path)} {sys.executable} -m kh_kr_corpus merge %O %A %B %P"
    git(repository, "config", "merge.khkr.driver", driver)
    told = git(repository, "merge", "-m", "both", "one", check=False)
    assert "CONFLICT" not in told, told
    article = store.read_file(repository / BRIEF, repository).model
    assert isinstance(article, Article)
    ids = [mention.id for mention in article.mentions]
    assert len(ids) == len(set(ids)) == 10
    assert {m.review.by for m in article.mentions if m.id in ("m9", "m10")} == {"human:one", "human:two"}
    assert khkr("validate", repository, "--level", "error").code == 0
    assert khkr("fmt", "--check", repository).code == 0


def test_a_disagreement_is_a_conflict_that_can_be_reviewed(khkr: Run, repository: Path) -> None:
    for name, label in {"one": "FAC", "two": "PROGRAM"}.items():
        git(repository, "switch", "-q", name)
        edit(repository / BRIEF, "text: RCA, label: AGREEMENT", f"text: RCA, label: {label}")
        git(repository, "commit", "-qam", name)
    told = git(repository, "merge", "one", check=False)
    assert "CONFLICT" in told and "mention m5" in told
    text = (repository / BRIEF).read_text("utf-8")
    lines = text.split("\n")
    begin, middle, end = (
        next(n for n, x in enumerate(lines) if x.startswith(mark)) for mark in ("<<<<<<<", "=======", ">>>>>>>")
    )
    assert (middle - begin, end - middle) == (2, 2)
    assert "PROGRAM" in lines[begin + 1] and "FAC" in lines[middle + 1]
    assert text.count("<<<<<<<") == 1
    found = khkr("validate", repository / BRIEF, "--format", "json").rows
    assert found[0]["code"] == "KC001" and found[0]["line"] in (begin + 1, begin + 2)
    chosen = [line for n, line in enumerate(lines) if n not in (begin, middle, middle + 1, end)]
    (repository / BRIEF).write_text("\n".join(chosen), encoding="utf-8")
    assert khkr("fmt", "--check", repository / BRIEF).code == 0


def test_what_is_invalid_together_is_a_conflict(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    """One renames the kind, the other drops it from the themes: each is sound, both are not."""
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    text = (toy_copy / ACTIVITY).read_text("utf-8").replace("themes: [training]", "themes: [training, resilience]")
    for path in (base, ours, theirs):
        path.write_text(text, encoding="utf-8")
    edit(ours, "kind: training", "kind: resilience")
    edit(theirs, "themes: [training, resilience]", "themes: [training]")
    outcome = khkr("merge", base, ours, theirs, "a.yaml")
    assert outcome.code == 1 and "together" in outcome.err
    assert "<<<<<<< ours" in ours.read_text("utf-8")


def test_a_version_that_is_no_yaml_is_not_lost(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    ours, theirs, empty = (tmp_path / name for name in ("ours", "theirs", "empty"))
    text = (toy_copy / ACTIVITY).read_text("utf-8")
    ours.write_text(text + "note: [", encoding="utf-8")
    theirs.write_text(text, encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    assert khkr("merge", empty, ours, theirs).code == 1
    assert "note: [" in ours.read_text("utf-8")
    ours.write_text(text, encoding="utf-8")
    assert khkr("merge", empty, ours, theirs).code == 0  # both made the same file
    assert ours.read_text("utf-8") == text


def test_diff_speaks_of_annotations(khkr: Run, toy_root: Path, toy_copy: Path) -> None:
    assert khkr("diff", toy_root, toy_copy, "--exit-code").code == 0
    add_mention(toy_copy, "forty", "ORG", "human:A")
    edit(toy_copy / BRIEF, "    status: pledged", "    status: agreed")
    edit(toy_copy / "entities/place.yaml", "country: KH", "country: TH")
    outcome = khkr("diff", toy_root, toy_copy, "--exit-code")
    assert outcome.code == 1
    assert "+ mention m9" in outcome.out
    assert "~ initiative i1 'Forty nurses are to be taught': status: pledged -> agreed" in outcome.out
    assert "~ entity place/" in outcome.out and "country: KH -> TH" in outcome.out
    rows = khkr("diff", toy_root, toy_copy, "--format", "json").rows
    assert [(row["what"], row["action"]) for row in rows if row["what"] == "mention"] == [("mention", "added")]


def test_diff_tells_moved_mentions_from_new_ones(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    new.write_text((toy_root / BRIEF).read_text("utf-8").replace("start: 57, end: 70", "start: 58, end: 71"), "utf-8")
    assert "> mention m2 'February 2022': moved from [57, 70) to [58, 71)" in khkr("diff", toy_root / BRIEF, new).out
    new.write_text((toy_root / BRIEF).read_text("utf-8").replace("id: m8,", "id: m18,"), "utf-8")
    assert "~ mention m18 '2022–2024': id: m8 -> m18" in khkr("diff", toy_root / BRIEF, new).out


def test_diff_with_a_commit(khkr: Run, repository: Path) -> None:
    edit(repository / ACTIVITY, "status: ", "status: suspended # ")
    (repository / "activities/2020-river-clinics-ceiling.yaml").unlink()
    outcome = khkr("diff", repository, "--since", "HEAD")
    assert "-> suspended" in outcome.out and "- activity 2020-river-clinics-ceiling" in outcome.out
    assert khkr("diff", repository).code == 2
    assert khkr("diff", repository, "--since", "nothing").code == 2


def test_migrate_renames_after_a_dry_run(khkr: Run, toy_copy: Path) -> None:
    before = {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")}
    order = ("--rename", "activity:nurse-course=2020-river-clinics-ceiling")
    outcome = khkr("migrate", toy_copy, *order, "--dry-run")
    assert outcome.code == 0 and "would change" in outcome.out
    assert {path: path.read_bytes() for path in before} == before
    counted = khkr("migrate", toy_copy, *order, "--format", "json").rows
    assert sum(row["changes"]["activity"] for row in counted) >= 1
    changed = {path for path in before if path.read_bytes() != before[path]}
    assert {str(path) for path in changed} == {row["path"] for row in counted}
    assert khkr("fmt", "--check", toy_copy).code == 0
    assert "nurse-course" not in (toy_copy / BRIEF).read_text("utf-8")
    for wrong in ("activity:nurse-course=nobody", "mention:a=b", "activity", "kind:training=x"):
        assert khkr("migrate", toy_copy, "--rename", wrong).code == 2


def test_migrate_makes_an_old_file_readable(khkr: Run, toy_copy: Path) -> None:
    path = toy_copy / ACTIVITY
    text = path.read_text("utf-8")
    edit(path, "schema_version: 1\n", "")
    assert khkr("validate", path).code == 1
    assert "1 schema_version added" in khkr("migrate", toy_copy).out
    assert path.read_text("utf-8") == text
    edit(path, "schema_version: 1", "schema_version: 9")
    outcome = khkr("migrate", toy_copy)
    assert outcome.code == 1 and "newer release" in outcome.err and "nothing was written" in outcome.err


def test_migrate_writes_nothing_when_one_file_would_not_be_valid(khkr: Run, toy_copy: Path) -> None:
    edit(toy_copy / ACTIVITY, "schema_version: 1\n", "")
    edit(toy_copy / BRIEF, "schema_version: 1\n", "")
    edit(toy_copy / BRIEF, "genre: brief", "genre: breif")
    before = (toy_copy / ACTIVITY).read_bytes()
    assert khkr("migrate", toy_copy).code == 1
    assert (toy_copy / ACTIVITY).read_bytes() == before
