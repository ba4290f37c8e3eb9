"""The snapshot that commands look at."""

from pathlib import Path

from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.mirror import refresh_data
from quotidian.tasks.publish.history import list_snapshots
from quotidian.tasks.publish.snapshot import HOW_TO_MEND, SnapshotDamaged, current_snapshot, require_whole
from quotidian.tasks.store.errors import UsageError

_read: list[Path] = []
"""Snapshots that this command was given."""


class NothingPublished(UsageError):
    """There is no snapshot yet."""


def require_snapshot(data: str | None) -> tuple[Settings, Path]:
    """Settings and the resolved current snapshot, whose files are all there; raises NothingPublished and SnapshotDamaged."""
    settings, snapshot = require_pointer(data)
    require_whole(snapshot)
    note_reading(snapshot)
    return settings, snapshot


def note_reading(snapshot: Path | None) -> None:
    """Remember what this command reads, if anything, so that a failure can be explained by its damage."""
    if snapshot is not None:
        _read.append(snapshot)


def describe_damage() -> str | None:
    """One sentence where a file of a snapshot that this command read has other bytes than were written; reads all of them."""
    from quotidian.tasks.publish.check_published import check_files  # brings libraries, which looking does not need

    for snapshot in _read:
        for finding in check_files(snapshot):
            return f"{finding} (snapshot {snapshot.name}): {HOW_TO_MEND}"
    return None


def require_pointer(data: str | None) -> tuple[Settings, Path]:
    """Settings and the resolved current snapshot, whole or not; raises NothingPublished and SnapshotDamaged."""
    settings = load_settings(data=data)
    refresh_data(settings.place)
    snapshot, link = current_snapshot(settings.place.published), settings.place.published / "current"
    if snapshot is None and (link.is_symlink() or link.exists() or list_snapshots(settings.place.published)):
        raise SnapshotDamaged(
            f"{link} points to no snapshot: `quotidian rollback NUMBER` points it to one, and the next run that publishes to a new one."
        )
    if snapshot is None:
        raise NothingPublished(
            f"Nothing is published in {settings.place.folder} yet: start with `quotidian run SOURCE`."
        )
    return settings, snapshot
