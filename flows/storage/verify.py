"""Before a run: are the bytes of archive, work store and snapshot still those that were written?"""

from dataclasses import dataclass
from pathlib import Path

from quotidian.tasks.ingest.forget import ForgottenDamaged, require_marks
from quotidian.tasks.publish.snapshot import current_snapshot, find_damage
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.store.soundness import Ledger, find_broken_seals, find_damaged, open_ledger, put_aside


class ArchiveDamaged(QuotidianError):
    """A file of the archive has other bytes than were written: it cannot be made again from anything here."""


@dataclass(frozen=True)
class Damage:
    """A damaged file or folder: its path below the data folder, and what became of it."""

    path: str
    action: str

    def __str__(self) -> str:
        return f"{self.path} was damaged: {self.action}."


def mend_store(data: Path) -> list[Damage]:
    """Set damaged results aside, so that they are made again; raise ArchiveDamaged where inputs themselves are.

    Only files that changed since they were last read are read. The caller holds the lock of the data folder.
    """
    ledger = open_ledger(data)
    check_archive(data, ledger)
    work = find_damaged(data / "work", ledger) + find_broken_seals(data, ledger)
    found = [Damage(name_below(path, data), f"moved to {name_below(put_aside(path, data), data)}") for path in work]
    found += note_snapshot(data, ledger)
    ledger.save()
    return found


def check_archive(data: Path, ledger: Ledger) -> None:
    """Raise ArchiveDamaged where a file of the archive is not what its name promises."""
    damaged = find_damaged(data / "archive", ledger)
    if damaged:
        more = f" and {len(damaged) - 1} more files" if len(damaged) > 1 else ""
        raise ArchiveDamaged(
            f"{damaged[0]}{more} changed on disk and cannot be trusted: put the file back from a backup, or move it away "
            "and run the sources again that it came from."
        )


def note_snapshot(data: Path, ledger: Ledger) -> list[Damage]:
    """Files of the current snapshot that are damaged: publishing links none of them, and makes a new snapshot."""
    snapshot = current_snapshot(data / "published")
    if snapshot is None:
        return []
    below = data / "published" / "snapshots" / snapshot.name
    replaced = "a new snapshot replaces this one"
    return [Damage(f"{name_below(below, data)}/{path}", replaced) for path in find_damage(below, ledger.is_sound)]


def list_damage(data: Path) -> list[str]:
    """One sentence for each file of archive and work whose bytes are not those that were written; reads all of them."""
    ledger = Ledger(data, {})
    work = find_damaged(data / "work", ledger) + find_broken_seals(data, ledger)
    wrong = [*find_damaged(data / "archive", ledger), *work]
    return [*(f"{name_below(path, data)} has other bytes than were written" for path in wrong), *list_unkept(data)]


def list_unkept(data: Path) -> list[str]:
    """What is wrong with that which keeps take-downs out."""
    try:
        require_marks(data)
    except ForgottenDamaged as error:
        return [str(error)]
    return []


def name_below(path: Path, data: Path) -> str:
    return path.relative_to(data).as_posix()
