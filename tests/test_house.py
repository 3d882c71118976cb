"""The house rules that a machine can hold: sizes, imports, errors, the public names."""

from __future__ import annotations

import ast
import importlib.util
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kh_kr_corpus as khkr
from kh_kr_corpus import errors
from kh_kr_corpus.findings import Finding, Location

PACKAGE = Path(khkr.__file__).parent
TESTS = Path(__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = (
    "spacy pandas pyarrow duckdb rapidfuzz typer rich numpy polars altair networkx vl_convert starlette uvicorn "
    "distributed dask fsspec datasketch".split()
)

# A function that is longer than it should be, with the reason; nothing is added here lightly.
LONG_FUNCTIONS: dict[str, str] = {}


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield f"{_name(path)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_have_at_most_300_lines() -> None:
    assert {_name(p): n for p in MODULES if (n := _lines(p)) > 300} == {}


def test_functions_have_at_most_40_lines() -> None:
    found = dict(entry for path in MODULES for entry in _functions(path))
    assert {name: n for name, n in found.items() if n > 40 and name not in LONG_FUNCTIONS} == {}
    assert set(LONG_FUNCTIONS) <= {name for name, n in found.items() if n > 40}, "an excuse that nobody needs"


def test_test_files_have_at_most_400_lines() -> None:
    assert {path.name: n for path in TESTS.rglob("*.py") if (n := _lines(path)) > 400} == {}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(_tree(path))


def _calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """The file, the called name and the line of every call in a module."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            yield _name(path), name, node.lineno


def test_only_the_command_line_prints() -> None:
    prints = {f"{file}:{line}" for p in MODULES for file, name, line in _calls(p) if name == "print"}
    assert {place for place in prints if not place.startswith("cli/")} == set()


def test_only_store_files_writes() -> None:
    writing = {"write_bytes", "mkstemp", "NamedTemporaryFile", "open", "fdopen", "touch", "mkdir", "makedirs"}
    writing |= {
        "unlink",
        "rename",
        "renames",
        "fsync",
        "flock",
        "chmod",
        "fchown",
        "symlink_to",
        "rmtree",
        "truncate",
        "copyfile",
        "copytree",
        "to_csv",
        "to_parquet",
    }
    found = {(file, name) for p in MODULES for file, name, _ in _calls(p) if name in writing}
    found |= {(_name(p), "replace") for p in MODULES if "os.replace(" in p.read_text(encoding="utf-8")}
    assert {name for file, name in found if file == "store/files.py"} >= {
        "mkstemp",
        "open",
        "replace",
        "fsync",
        "unlink",
        "mkdir",
    }
    # the command line opens the null device, where output goes once the reader of a pipe has gone
    # and opens the review page in the browser; what lies in an object store is no file of this machine
    elsewhere = {
        (file, name) for file, name in found if file not in ("store/files.py", "store/folders.py", "store/log.py")
    }
    assert elsewhere <= {("cli/app.py", "open"), ("cli/review.py", "open"), ("batch/places.py", "makedirs")}


def test_write_text_means_the_safe_one() -> None:
    found = {(p, node) for p in MODULES for node in ast.walk(_tree(p)) if isinstance(node, ast.Attribute)}
    calls = {(_name(p), ast.unparse(node)) for p, node in found if node.attr == "write_text"}
    assert {call for call in calls if call[1] not in ("store.write_text", "writer.write_text")} == set()


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("yaml", ("_yaml/",)),
        ("duckdb", ("tables/",)),
        ("pyarrow", ("tables/", "query/", "batch/")),
        ("pandas", ("tables/", "query/")),
        ("altair", ("charts/",)),
        ("networkx", ("charts/",)),
        ("vl_convert", ("cli/stats.py", "cli/measures.py")),
        ("typer", ("cli/",)),
        ("rich", ("cli/",)),
        ("rapidfuzz", ("reconcile/", "annotate/", "kb/search.py")),
        ("spacy", ("annotate/", "train/", "_spacy.py")),
        ("sklearn", ("train/",)),
        ("datasketch", ("reprints.py",)),
        ("distributed", ("batch/",)),
        ("dask", ("batch/",)),
        ("fsspec", ("batch/",)),
        ("torch", ("train/vectors.py",)),
        ("starlette", ("review/",)),
        ("uvicorn", ("review/server.py",)),
        ("cassis", ("formats/xmi.py",)),
    ],
)
def test_each_heavy_library_has_its_home(library: str, homes: tuple[str, ...]) -> None:
    users = {_name(path) for path in MODULES if library in _imported(path)}
    assert {user for user in users if not user.startswith(homes)} == set()


def _loaded(code: str, names: list[str]) -> list[str]:
    """Which of the modules a fresh interpreter has loaded after running ``code``."""
    script = f"import sys\n{code}\nprint(*[n for n in {names!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout.split()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _loaded("import kh_kr_corpus", [*HEAVY, "pydantic", "yaml"]) == []
    # the check itself can fail
    assert _loaded("import yaml", ["yaml"]) == ["yaml"]


def test_loading_and_reading_a_corpus_loads_nothing_heavy(toy_root: Path) -> None:
    code = (
        f"import kh_kr_corpus as khkr\ncorpus = khkr.load({str(toy_root)!r})\n"
        "article = corpus.articles['2021-clinic-opens']\nlen(corpus.articles)\ncorpus.kb.find('KOICA')"
    )
    assert _loaded(code, HEAVY) == []


def test_a_query_loads_no_pandas(toy_root: Path) -> None:
    code = f"import kh_kr_corpus as khkr\nprint(khkr.load({str(toy_root)!r}).mentions, file=sys.stderr)"
    assert _loaded(code, ["spacy", "pandas", "polars"]) == []


def test_public_names_are_sorted_and_importable() -> None:
    assert khkr.__all__ == sorted(khkr.__all__)
    assert set(khkr.__all__) <= set(dir(khkr))
    for name in khkr.__all__:
        assert getattr(khkr, name) is not None
    assert khkr.__version__.count(".") >= 2
    assert khkr.vocab.load("kinds")["training"]
    with pytest.raises(AttributeError, match="lod"):
        khkr.lod  # noqa: B018


def test_public_names_are_known_to_type_checkers() -> None:
    block = next(node for node in _tree(PACKAGE / "__init__.py").body if isinstance(node, ast.If))
    imported = {a.asname or a.name for n in block.body if isinstance(n, ast.ImportFrom) for a in n.names}
    assert imported | {"__version__"} == set(khkr.__all__)


def test_no_module_bears_a_public_name() -> None:
    for name in set(khkr.__all__) - {"vocab"}:
        assert importlib.util.find_spec(f"kh_kr_corpus.{name}") is None


FINDING = Finding("KC201", "error", Location("a.yaml", 7, 3, "mentions[0].end"), "past the end", "use 12")
EXAMPLES: dict[type[errors.KhkrError], tuple[object, ...]] = {
    errors.InputError: ("a.txt", "not UTF-8", "save it as UTF-8"),
    errors.YamlError: ("a.yaml", 3, 9, "an alias", "write the value out", "mentions[0].end"),
    errors.InvalidFileError: ("a.yaml", (FINDING,)),
    errors.UnknownNameError: ("entity", "KOICCA", ("KOICA",)),
    errors.VersionError: ("data", "2026.11.0", "2027.02", "pip install 'kh-kr-corpus==0.1.0'"),
    errors.EnvironmentFailure: ("a.yaml", "disk full"),
    errors.RightsRefused: (("my-notes",), ("2021-clinic-opens",)),
    errors.ConflictError: ("a.yaml", "changed since it was read", "a.yaml.conflict-0a1b2c3d"),
}


def _subclasses(cls: type[errors.KhkrError]) -> set[type[errors.KhkrError]]:
    return {cls}.union(*(_subclasses(sub) for sub in cls.__subclasses__())) - {errors.KhkrError}


def test_every_error_has_an_example() -> None:
    assert set(EXAMPLES) == {cls for cls in _subclasses(errors.KhkrError) if cls.__module__.startswith("kh_kr_corpus")}


@pytest.mark.parametrize("cls", EXAMPLES, ids=lambda cls: cls.__name__)
def test_errors_survive_pickling_and_show_their_data(cls: type[errors.KhkrError]) -> None:
    error = cls(*EXAMPLES[cls])
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(back) is cls
    assert str(back) == str(error)
    assert vars(back) == vars(error)
    for value in EXAMPLES[cls]:
        assert all(str(part) in str(error) for part in (value if isinstance(value, tuple) else (value,)))
    assert cls.exit_code in (1, 2, 3, 4)
