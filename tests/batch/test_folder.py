"""A batch that was stopped goes on where it was, and refuses aloud to go on with something else."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from tests.batch.killing import started
from tests.batch.samples import DOCUMENTS, asked, files, many, rows, write_jsonl

import kh_kr_corpus as khkr
from kh_kr_corpus.batch import Progress, Settings, annotate_source, folder, work
from kh_kr_corpus.errors import ConflictError, InputError, VersionError
from kh_kr_corpus.tables.parts import concatenated, dumps_part

SETTINGS = Settings(rows=3)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_jsonl(tmp_path_factory.mktemp("source") / "a.jsonl", DOCUMENTS)


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run that nobody stopped."""
    out = tmp_path_factory.mktemp("whole") / "out"
    annotate_source(str(source), out, settings=SETTINGS)
    return out


class Stopped(Exception):  # noqa: N818 - somebody's Ctrl-C
    pass


def _stopped(source: Path, out: Path, after: int) -> None:
    def stop(progress: Progress) -> None:
        if progress.documents == after:
            raise Stopped

    with pytest.raises(Stopped):
        annotate_source(str(source), out, settings=SETTINGS, told=stop)


@pytest.mark.parametrize("after", [1, 4, 7, 12])
def test_a_stopped_run_goes_on_and_ends_as_if_nothing_had_been(
    after: int, source: Path, whole: Path, tmp_path: Path
) -> None:
    _stopped(source, tmp_path / "out", after)
    with pytest.raises(InputError, match="has not run to its end"):
        khkr.load(tmp_path / "out")
    report = annotate_source(str(source), tmp_path / "out", settings=SETTINGS)
    assert report.resumed == (after - 1) // 3
    assert (report.documents, report.failed, report.parts) == (12, 0, 4)
    assert files(tmp_path / "out") == files(whole)
    again = annotate_source(str(source), tmp_path / "out", settings=SETTINGS)
    assert (again.resumed, again.documents) == (4, 12)
    assert files(tmp_path / "out") == files(whole)


def test_a_killed_process_leaves_nothing_that_is_not_whole(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", many(60))
    lines = started("batch", str(source), "--out", str(tmp_path / "out"), "--rows", "5")
    assert 2 <= lines < 12
    report = annotate_source(str(source), tmp_path / "out", settings=Settings(rows=5))
    assert report.resumed == lines
    assert [row["id"] for row in rows(tmp_path / "out", "articles")] == [f"doc-{n}" for n in range(60)]


def test_a_part_without_its_line_is_made_again(source: Path, whole: Path, tmp_path: Path) -> None:
    """What a machine leaves that stopped between the files of a part, or in the middle of its line."""
    _stopped(source, tmp_path / "out", 7)
    torn = tmp_path / "out" / "mentions" / "part-000002.parquet"
    torn.write_bytes(b"PAR1 and no more")
    with (tmp_path / "out" / "parts.jsonl").open("ab") as log:
        log.write(b'{"number": 2, "dig')
    # going by the files that are there, as a simpler program would, takes the torn one for finished
    there = sorted(path.name for path in (tmp_path / "out" / "mentions").iterdir())
    assert there == [f"part-00000{n}.parquet" for n in range(3)]
    annotate_source(str(source), tmp_path / "out", settings=SETTINGS)
    for table in ("articles", "mentions", "initiatives", "errors"):
        assert rows(tmp_path / "out", table) == rows(whole, table)


def test_another_source_setting_or_annotator_is_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "a.jsonl"
    mine.write_bytes(source.read_bytes())
    out = tmp_path / "out"
    _stopped(mine, out, 7)
    before = files(out)
    same_size = source.read_bytes().replace(b"water", b"Water", 1)
    for change, words in ((source.read_bytes() + b"\n", "another source"), (same_size, "the source has changed")):
        mine.write_bytes(change)
        with pytest.raises(ConflictError, match=words):
            annotate_source(str(mine), out, settings=SETTINGS)
    mine.write_bytes(source.read_bytes())
    with pytest.raises(ConflictError, match="another settings"):
        annotate_source(str(mine), out, settings=Settings(rows=4))
    with monkeypatch.context() as patched:
        patched.setattr(folder, "annotator_fingerprint", lambda: "khkr@9.9.9 0")
        with pytest.raises(ConflictError, match="another annotator"):
            annotate_source(str(mine), out, settings=SETTINGS)
    assert files(out) == before
    assert annotate_source(str(mine), out, settings=SETTINGS).resumed == 2


def test_two_processes_never_write_one_folder(source: Path, tmp_path: Path) -> None:
    refused: list[BaseException] = []

    def second(_: Progress) -> None:
        if not refused:
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()

    def other() -> None:
        try:
            annotate_source(str(source), tmp_path / "out", settings=SETTINGS)
        except ConflictError as error:
            refused.append(error)

    annotate_source(str(source), tmp_path / "out", settings=SETTINGS, told=second)
    assert "another process has it open" in str(refused[0])


def test_a_batch_is_no_version_of_a_corpus(whole: Path) -> None:
    with pytest.raises(VersionError, match="states no version"):
        khkr.load(whole, version="2026.11.0")


def test_what_was_written_can_be_loaded_and_asked(whole: Path) -> None:
    corpus = khkr.load(whole)
    assert len(corpus.articles) == 12
    article = corpus.articles["doc-0"]
    assert article == khkr.Annotator().annotate(
        DOCUMENTS[0]["text"], id="doc-0", title=DOCUMENTS[0]["title"], date=DOCUMENTS[0]["date"]
    )
    assert article.rights.text == "local"
    suggested = corpus.mentions.where(review="suggested", entity="KOICA")
    assert len(suggested) == 6
    koica = next(iter(suggested)).entity
    query = f"select id from '{whole}/mentions/*.parquet' where entity = '{koica}' order by id"  # noqa: S608 - ours
    assert asked(query) == [{"id": f"{m.article}#{m.id}"} for m in sorted(suggested, key=lambda m: (m.article, m.id))]


def test_a_damaged_part_is_told(whole: Path, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(whole, tmp_path / "out"))
    (copy / "articles" / "part-000001.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"part-000001\.parquet: is no Parquet file"):
        khkr.load(copy)


def test_parts_are_the_same_bytes_for_the_same_rows() -> None:
    import pyarrow as pa

    lists = pa.array([["x"], [], None])
    table = pa.table({"a": ["x", "y", None], "b": lists, "c": lists.cast(pa.large_list(pa.large_string()))})
    split = pa.concat_tables([table.slice(0, 1), table.slice(1)])
    assert dumps_part(table) == dumps_part(split)
    # as after a slice was halved because its worker died
    assert concatenated([dumps_part(table.slice(0, 1)), dumps_part(table.slice(1))]) == dumps_part(table)


def test_the_manifest_says_what_was_done(whole: Path) -> None:
    told = json.loads((whole / "batch.json").read_text("utf-8"))
    assert told["parts"] == 4
    assert told["rows"]["documents"] == 12
    assert told["rows"]["mentions"] == len(rows(whole, "mentions"))
    assert told["annotator"].startswith("khkr@")


def test_reprints_are_marked_across_parts(tmp_path: Path) -> None:
    article = " ".join(one["text"] for one in many(12))
    documents = many(7)
    documents[1] = {"id": "later", "date": "2020-05-02", "text": f"SEOUL (Agency) - {article}"}
    documents[6] = {"id": "first", "date": "2020-05-01", "text": article}
    source = write_jsonl(tmp_path / "a.jsonl", documents)
    report = annotate_source(str(source), tmp_path / "out", settings=Settings(rows=2))
    assert report.reprints == 1
    query = f"""select a.id, r.duplicate_of from '{tmp_path}/out/articles/*.parquet' a
                left join '{tmp_path}/out/reprints.parquet' r using (id) where r.cluster is not null order by all"""  # noqa: S608
    assert asked(query) == [{"id": "first", "duplicate_of": None}, {"id": "later", "duplicate_of": "first"}]
    corpus = khkr.load(tmp_path / "out")
    assert corpus.reprints()["duplicate_of"] == ["first", None]


def test_an_annotator_keeps_no_word_of_the_parts_behind_it(tmp_path: Path) -> None:
    strings = work._annotator().nlp.vocab.strings
    before = len(strings)
    documents = [{"text": f"Mr Sok{n} Chan{n} of KOICA{n} met Kim{n} in Village{n}."} for n in range(40)]
    annotate_source(str(write_jsonl(tmp_path / "a.jsonl", documents)), tmp_path / "out", settings=Settings(rows=10))
    assert len(strings) == before
    # without a zone, each new word stays
    work._annotator().annotate(documents[0]["text"])
    assert len(strings) > before
