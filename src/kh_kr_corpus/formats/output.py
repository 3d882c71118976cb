"""Where an export goes: a new file or a new folder, there whole or not at all, and never over anything else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.store.files import replace_file
from kh_kr_corpus.store.folders import make_whole

__all__ = ["put", "put_folder", "require_new"]


def require_new(path: Path) -> None:
    """Raise :class:`InputError` where something is at ``path`` already."""
    if path.exists() or path.is_symlink():
        raise InputError(str(path), "is there already", "name a new place, or remove it")


def put(path: Path, data: bytes) -> None:
    """Make the new file ``path``."""
    require_new(path)
    replace_file(path, data, None)


def put_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make the new folder ``path`` with these files, whose names may have folders in them (``data/a.parquet``)."""
    require_new(path)
    make_whole(path, files)
