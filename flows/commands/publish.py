"""`quotidian publish`: the current snapshot in a folder for others."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.filesize import decimal

from quotidian.flows.commands.flags import Data
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.progress import Progress
from quotidian.tasks.share.edition import copy_snapshot, write_edition


def publish(
    *,
    to: Annotated[Path, Parameter(help="New folder for the tables.")],
    without_text: Annotated[
        bool, Parameter(negative="", help="Leave out every column with words of the source, for sharing.")
    ] = False,
    json: Annotated[bool, Parameter(negative="", help="Print JSON for scripts.")] = False,
    data: Data = None,
) -> int:
    """Copy the current snapshot into a folder for others, whole or without text."""
    return publish_copy(to, without_text, json, data)


def publish_copy(to: Path, without_text: bool, json: bool, data: str | None) -> int:
    """Write the folder and say what is in it."""
    _, snapshot = require_snapshot(data)
    progress, write = Progress(), write_edition if without_text else copy_snapshot
    try:
        rows = write(snapshot, to, progress.show("files"))
    finally:
        progress.stop()
    if json:
        values = {"folder": str(to), "snapshot": str(snapshot), "without_text": without_text, "rows": rows}
        sys.stdout.write(json_.dumps(values, indent=1) + "\n")
        return 0
    size = decimal(sum(path.stat().st_size for path in to.rglob("*") if path.is_file()))
    kind = " without text" if without_text else ""
    sys.stdout.write(
        f"{len(rows)} tables, {sum(rows.values()):,} rows of snapshot {snapshot.name}{kind} in {to} ({size})\n"
    )
    return 0
