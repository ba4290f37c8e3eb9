"""`quotidian check`: whether what is published is in order."""

import json as json_
import sys

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_pointer
from quotidian.flows.storage.mirror import refresh_data
from quotidian.flows.storage.verify import list_damage
from quotidian.tasks.publish.check import check_snapshot
from quotidian.tasks.publish.check_published import check_published


def check(*, data: Data = None, json: Json = False) -> int:
    """Check what is published: contracts, keys, slices, hashes, and that body and edits rebuild the raw text."""
    settings, snapshot = require_pointer(data)
    refresh_data(settings.place, "archive")
    findings = [*list_damage(settings.place.folder), *check_published(settings.place.published)]
    findings = findings or check_snapshot(snapshot, settings.place.folder, settings.ingest)
    if json:
        sys.stdout.write(json_.dumps({"snapshot": str(snapshot), "findings": findings}, indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{finding}\n" for finding in findings) or f"All in order: {snapshot}\n")
    return int(bool(findings))
