"""A new folder of files that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure, KhkrError
from kh_kr_corpus.store.files import replace_file, sync_folder

__all__ = ["make_whole"]


def make_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the new ``folder`` with ``files``: their names, which may have folders in them, and their bytes.

    Raises :class:`ConflictError` where something is there already, :class:`EnvironmentFailure` when the machine
    refuses; nothing is there then.
    """
    target = Path(os.path.realpath(folder))
    temporary = target.with_name(f".khkr-{target.name}.tmp")
    try:
        if os.path.lexists(target):
            raise ConflictError(str(folder), "is there already; nothing was written")
        shutil.rmtree(temporary, ignore_errors=True)  # what a killed process left
        for name, data in files.items():
            replace_file(temporary / name, data, None)
        os.rename(temporary, target)  # noqa: PTH104 - the call whose atomicity we rely on
        sync_folder(target.parent)
    except (OSError, KhkrError) as error:
        shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError):
            message = f"cannot be written: {error.strerror or error}; nothing was changed"
            raise EnvironmentFailure(str(folder), message) from error
        raise
