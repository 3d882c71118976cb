"""Label Studio itself imports an export of ours and exports it again; what comes back is compared. See README.md.

Run in an environment that has Label Studio and not this library:

    python bench/consumers/through_label_studio.py EXPORTED NEW_FOLDER

EXPORTED is what ``khkr export label-studio`` wrote; NEW_FOLDER gets ``export.json`` and Label Studio's own data.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def client(data: Path) -> Any:
    """A client of Label Studio's interface inside this process: no server, no network."""
    os.environ.update(
        LABEL_STUDIO_BASE_DATA_DIR=str(data), DJANGO_SETTINGS_MODULE="core.settings.label_studio", DJANGO_DB="sqlite",
        collect_analytics="0", LATEST_VERSION_CHECK="0",
    )  # fmt: skip
    import label_studio

    home = Path(label_studio.__file__).parent
    sys.path.insert(0, str(home))
    os.chdir(home)
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from organizations.models import Organization
    from rest_framework.test import APIClient

    call_command("migrate", verbosity=0, interactive=False)
    user, _ = get_user_model().objects.get_or_create(email="a@example.org", defaults={"username": "a"})
    user.active_organization = Organization.create_organization(created_by=user, title="bench")
    user.save()
    api = APIClient()
    api.force_authenticate(user)
    return api


def main(exported: Path, folder: Path) -> None:
    """Import, export, compare."""
    folder.mkdir(parents=True)
    tasks = json.loads((exported / "tasks.json").read_text(encoding="utf-8"))
    config = (exported / "config.xml").read_text(encoding="utf-8")
    api = client(folder / "label-studio")
    project = api.post("/api/projects/", {"title": "khkr", "label_config": config}, format="json").json()["id"]
    told = api.post(f"/api/projects/{project}/import?commit_to_project=true", tasks, format="json")
    print(told.status_code, told.json())  # noqa: T201
    answer = api.get(f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    (folder / "export.json").write_bytes(content)
    (folder / "config.xml").write_text(config, encoding="utf-8")
    back = {task["data"]["title"]: task for task in json.loads(content)}
    same = sum(
        [one["result"] for one in task["annotations"]]
        == [one["result"] for one in back[task["data"]["title"]]["annotations"]]
        and task["data"] == back[task["data"]["title"]]["data"]
        for task in tasks
    )
    print(f"{same} of {len(tasks)} tasks came back with the same data and annotations")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
