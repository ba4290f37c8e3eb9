"""`quotidian path`: where the current snapshot lies."""

import sys

from quotidian.flows.commands.flags import Data
from quotidian.flows.commands.published import require_pointer


def path(*, data: Data = None) -> int:
    """Print the folder of the current snapshot; resolve it once, then read all tables from there."""
    sys.stdout.write(f"{require_pointer(data)[1]}\n")
    return 0
