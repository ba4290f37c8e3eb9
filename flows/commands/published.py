"""The commands that look at what is published."""

import json as json_
import sys
from pathlib import Path

from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.mirror import refresh_data
from quotidian.tasks.publish.snapshot import current_snapshot
from quotidian.tasks.store.errors import UsageError


class NothingPublished(UsageError):
    """There is no snapshot yet."""


def require_snapshot(data: str | None) -> tuple[Settings, Path]:
    """Settings and the resolved current snapshot; raises NothingPublished."""
    settings = load_settings(data=data)
    refresh_data(settings.place)
    snapshot = current_snapshot(settings.place.published)
    if snapshot is None:
        raise NothingPublished(
            f"Nothing is published in {settings.place.folder} yet: start with `quotidian run SOURCE`."
        )
    return settings, snapshot


def print_path(data: str | None) -> int:
    """`quotidian path`."""
    sys.stdout.write(f"{require_snapshot(data)[1]}\n")
    return 0


def run_check(data: str | None, json: bool) -> int:
    """`quotidian check`: exit code 1 where something is off."""
    from quotidian.flows.storage.verify import list_damage
    from quotidian.tasks.publish.check import check_snapshot

    settings, snapshot = require_snapshot(data)
    refresh_data(settings.place, "archive")
    findings = list_damage(settings.place.folder) or check_snapshot(snapshot, settings.place.folder, settings.ingest)
    if json:
        sys.stdout.write(json_.dumps({"snapshot": str(snapshot), "findings": findings}, indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{finding}\n" for finding in findings) or f"All in order: {snapshot}\n")
    return int(bool(findings))
