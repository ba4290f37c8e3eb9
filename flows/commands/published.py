"""The snapshot that commands look at."""

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
