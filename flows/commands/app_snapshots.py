"""The commands that compare, switch and remove snapshots."""

from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from quotidian.flows.commands.flags import Data, Json


def register(app: App) -> None:
    """Add the commands to the app."""
    for command in (diff, rollback, prune, forget):
        app.command(command)


def diff(
    old: Annotated[
        str | None, Parameter(help="Snapshot: number, name or hash (default: the one before the current one).")
    ] = None,
    new: Annotated[str | None, Parameter(help="Snapshot to compare it with (default: the current one).")] = None,
    /,
    *,
    table: Annotated[str | None, Parameter(help="Only this table, with the columns that changed.")] = None,
    rows: Annotated[bool, Parameter(negative="", help="List the changed rows by key.")] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show which rows were added, are gone or changed between two snapshots, and why."""
    from quotidian.flows.commands.diff import show_diff

    return show_diff([name for name in (old, new) if name is not None], table, rows, data, json)


def rollback(
    snapshot: Annotated[
        str | None, Parameter(help="Snapshot: number, name or hash (default: the one before the current one).")
    ] = None,
    /,
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Make an earlier snapshot the current one, at once for all tables; nothing is removed."""
    from quotidian.flows.commands.rollback import rollback

    return rollback(snapshot, data, json)


def prune(
    *,
    keep: Annotated[
        int, Parameter(validator=Number(gte=1), help="How many of the newest snapshots stay, besides the current one.")
    ],
    grace: Annotated[
        float,
        Parameter(validator=Number(gte=0), help="Minutes for which a snapshot stays after it stopped being current."),
    ] = 60,
    work: Annotated[
        bool, Parameter(negative="", help="Also remove work of versions that neither settings nor snapshots use.")
    ] = False,
    dry_run: Annotated[bool, Parameter(negative="", help="Only list what would go, with its size.")] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Remove old snapshots, never the current one nor one that is being read."""
    from quotidian.flows.commands.prune import prune

    return prune(keep, grace, work, dry_run, data, json)


def forget(
    article: Annotated[
        str | None,
        Parameter(help="article_id, source name, or address; without one, a take-down that was stopped is finished."),
    ] = None,
    /,
    *,
    yes: Annotated[bool, Parameter(negative="", help="Remove it; without this, only show what would go.")] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Take an article down: from the archive, all work and all snapshots, for good, also when its source comes again."""
    from quotidian.flows.commands.forget import forget

    return forget(article, yes, data, json)
