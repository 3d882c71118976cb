"""Load an exported dataset folder with Hugging Face ``datasets``, offline, and compare every row with the corpus.

    pip install datasets
    khkr export dataset --out build/dataset
    python bench/datasets_offline.py build/dataset

``datasets`` is no dependency of the library: run this in an environment that has both.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": tempfile.mkdtemp()}


def main(folder: Path) -> int:
    """Every configuration of the card, and the documents against the JSON lines."""
    import datasets

    datasets.disable_progress_bars()
    wrong = 0
    for name in datasets.get_dataset_config_names(str(folder)):
        loaded = datasets.load_dataset(str(folder), name)
        sizes = ", ".join(f"{split} {rows.num_rows:,}" for split, rows in loaded.items())
        sys.stdout.write(f"{name}: {sizes}\n")
        for split, rows in loaded.items() if name == "documents" else ():
            lines = (folder / "documents" / f"{split}.jsonl").read_text(encoding="utf-8").split("\n")
            told = [json.loads(line) for line in lines if line]
            differing = sum(one != other for one, other in zip(rows.to_list(), told, strict=True))
            sys.stdout.write(f"  {split}: {differing} of {len(told)} documents differ from the JSON lines\n")
            wrong += differing
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
