"""Builds the distributions once and tests exactly those files, as somebody would who has nothing but them.

    python .ci/dist.py build dist        # sdist from the tree, wheel from the sdist, and a look into both
    python .ci/dist.py try dist/*.whl    # a bare environment outside the tree: no extras first, then each extra

``try`` takes the Python that runs it, so that one wheel is tried with each version. ``--lowest`` takes the lowest
versions that pyproject.toml admits (needs uv).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "kh_kr_corpus"

SMOKE = """
import kh_kr_corpus as khkr
from pathlib import Path
corpus = khkr.load()
assert "site-packages" in str(corpus.root), corpus.root
loans = corpus.activities.where(actor="KOICA", kind="training")
found = khkr.Annotator().annotate("KOICA will train 40 officials in Siem Reap.", title="A note", date="2026-05-04")
assert [m.text for m in found.mentions][:2] == ["KOICA", "Siem Reap"], found.mentions
assert found.initiatives and len(loans.to_pandas()) == len(loans) > 0
assert corpus.sql("select count(*) from sources").rows[0][0] == len(corpus.sources)
khkr.load(version=corpus.release.version)
assert (Path(khkr.__file__).parent / "py.typed").exists()
print(f"library {khkr.__version__}, data {corpus.release.version}: {len(corpus.articles)} articles,",
      f"{len(corpus.activities)} activities; annotated: {[(m.text, m.entity) for m in found.mentions][:2]}")
"""
CHANGED = """
import kh_kr_corpus as khkr, sys
try:
    khkr.load(sys.argv[1], version=sys.argv[2])
except khkr.InvalidFileError as error:
    print("refused:", str(error).partition("KC171: ")[2].partition(";")[0])
else:
    sys.exit("a changed file was not noticed")
"""
# The extra, what shows that it is missing, and what shows that it works.
EXTRAS = {
    "batch": (
        "from kh_kr_corpus.cli import main; main(['batch', 'texts', '--out', 'made'])",
        "from kh_kr_corpus.cli import main; main(['batch', '--help'])",
    ),
    "charts": (
        "import kh_kr_corpus as khkr; khkr.load().timeline()",
        "import kh_kr_corpus as khkr; c = khkr.load(); c.timeline(); print(c.network())",
    ),
    "formats": (
        "from kh_kr_corpus.cli import main; main(['export', 'xmi', '--out', 'made'])",
        "from kh_kr_corpus.cli import main; main(['export', 'xmi', 'split=dev', '--out', 'made'])",
    ),
    "polars": (
        "import kh_kr_corpus as khkr; khkr.load().activities.to_polars()",
        "import kh_kr_corpus as khkr; print(khkr.load().activities.to_polars().shape)",
    ),
    "review": (
        "from kh_kr_corpus.cli import main; main(['review', 'corpus', '--no-browser'])",
        "import kh_kr_corpus.review.app as app; print('review page:', app.__name__)",
    ),
    "train": (
        "from kh_kr_corpus.cli import main; main(['train', '--output', '.'])",
        "from kh_kr_corpus.cli import main; main(['train', '--help'])",
    ),
}


def say(text: str) -> None:
    """A line of the transcript."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(*command: object, cwd: Path, fails: bool = False) -> str:
    """What a command prints, stripped of what would let it see this tree; shows it, and stops where it fails."""
    seen = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(  # noqa: S603 - commands of this file
        [str(part) for part in command], cwd=cwd, env=seen, capture_output=True, text=True, check=False
    )
    told = (done.stdout + done.stderr).strip()
    if (done.returncode == 0) is fails:
        raise SystemExit(f"{' '.join(map(str, command))}\nexit code {done.returncode}\n{told}")
    return told


def build(target: Path) -> None:
    """The sdist from the tree, and the wheel from the sdist, so that nothing is in one and missing in the other."""
    if target.exists() and any(target.iterdir()):
        raise SystemExit(f"{target} is not empty: what is published is built once")
    target.mkdir(parents=True, exist_ok=True)
    hatch = (sys.executable, "-m", "hatchling", "build")
    run(*hatch, "-t", "sdist", "-d", target.resolve(), cwd=ROOT)
    [sdist] = target.glob("*.tar.gz")
    with tempfile.TemporaryDirectory() as folder:
        shutil.unpack_archive(sdist, folder)
        [inside] = Path(folder).iterdir()
        run(*hatch, "-t", "wheel", "-d", target.resolve(), cwd=inside)
        same_data(
            ROOT / "data", {p.relative_to(inside / "data").as_posix(): p.read_bytes() for p in files(inside / "data")}
        )
    [wheel] = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        prefix = f"{PACKAGE}/data/"
        same_data(
            ROOT / "data", {n.removeprefix(prefix): archive.read(n) for n in archive.namelist() if n.startswith(prefix)}
        )
        names = set(archive.namelist())
    strange = {name for name in names if not name.startswith((f"{PACKAGE}/", f"{PACKAGE}-"))}
    if strange or f"{PACKAGE}/py.typed" not in names:
        raise SystemExit(f"the wheel has no py.typed, or what does not belong in it: {strange}")
    for path in (sdist, wheel):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        say(f"{path.name}  {path.stat().st_size / 1e6:.1f} MB  sha256 {digest}")


def files(folder: Path) -> list[Path]:
    """The files of a corpus; hidden ones are nobody's."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]


def same_data(ours: Path, packed: dict[str, bytes]) -> None:
    """Stop unless the corpus is packed whole, byte for byte."""
    wanted = {path.relative_to(ours).as_posix(): path.read_bytes() for path in files(ours)}
    wrong = sorted(name for name in wanted.keys() | packed.keys() if wanted.get(name) != packed.get(name))
    if wrong:
        raise SystemExit(f"{len(wrong)} files of the corpus are not packed as they are, such as {wrong[0]}")


def attempt(wheel: Path, lowest: bool) -> None:
    """Install the wheel where nothing else is, and use it."""
    with tempfile.TemporaryDirectory(prefix="khkr-dist-") as folder:
        place = Path(folder)
        run(sys.executable, "-m", "venv", place / "venv", cwd=place)
        scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python, khkr = scripts / "python", scripts / "khkr"

        bounds = ("--constraint", lowest_versions(place)) if lowest else ()

        def install(what: str) -> None:
            started = time.monotonic()
            run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *bounds, what, cwd=place)
            say(f"$ pip install '{what.replace(str(wheel.parent), 'dist')}'   ({time.monotonic() - started:.0f} s)")

        say(run(python, "--version", cwd=place))
        install(str(wheel))
        say("$ khkr --version\n" + run(khkr, "--version", cwd=place))
        say("$ python smoke.py\n" + run(python, "-c", SMOKE, cwd=place))
        root = Path(run(python, "-c", "import kh_kr_corpus as k; print(k.load().root)", cwd=place))
        say(f"$ khkr validate {root.relative_to(place)}\n" + run(khkr, "validate", root, cwd=place).splitlines()[-1])
        say("$ khkr cite\n" + run(khkr, "cite", cwd=place))
        changed_is_noticed(root, python, khkr, place)
        for extra, (missing, _) in EXTRAS.items():
            told = run(python, "-c", missing, cwd=place, fails=True).splitlines()[-1]
            if f"pip install 'kh-kr-corpus[{extra}]'" not in told:
                raise SystemExit(f"without the extra {extra}: {told}")
            say(f"without [{extra}]: {told}")
        for extra, (_, works) in EXTRAS.items():
            install(f"{wheel}[{extra}]")
            say(f"with [{extra}]: " + run(python, "-W", "ignore", "-c", works, cwd=place).splitlines()[0])


def lowest_versions(place: Path) -> Path:
    """The lowest versions that pyproject.toml admits, of those with a wheel for this Python."""
    found = place / "lowest.txt"
    asked = ("--all-extras", "--resolution", "lowest-direct", "--only-binary", ":all:", "--no-header", "--no-annotate")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    run(
        "uv",
        "pip",
        "compile",
        "--quiet",
        *asked,
        "--python-version",
        version,
        "-o",
        found,
        ROOT / "pyproject.toml",
        cwd=place,
    )
    return found


def changed_is_noticed(root: Path, python: Path, khkr: Path, place: Path) -> None:
    """One byte of a released corpus changed; a version that is not released yet is released in a copy for that."""
    copy = place / "copy"
    shutil.copytree(root, copy)
    release = json.loads(run(khkr, "cite", "--corpus", copy, "--format", "datacite", cwd=place))
    if release["version"].endswith("-dev"):
        run(khkr, "release", copy, "--date", time.strftime("%Y-%m-%d"), cwd=place)
    version = release["version"].removesuffix("-dev")
    run(python, "-c", f"import kh_kr_corpus as k; k.load({str(copy)!r}, version={version!r})", cwd=place)
    path = copy / "sources.yaml"
    path.write_bytes(path.read_bytes() + b"\n")
    say("$ one byte added to sources.yaml of a released copy\n" + run(python, "-c", CHANGED, copy, version, cwd=place))


def main(arguments: list[str]) -> None:
    """What the first argument says."""
    match arguments:
        case ["build", target]:
            build(Path(target))
        case ["try", wheel]:
            attempt(Path(wheel).resolve(), lowest=False)
        case ["try", "--lowest", wheel]:
            attempt(Path(wheel).resolve(), lowest=True)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
