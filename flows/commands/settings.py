"""`quotidian settings`: the settings in force."""

import sys

from quotidian.flows.commands.flags import Data
from quotidian.flows.settings import load_settings


def settings(*, data: Data = None) -> int:
    """Print the settings in force as JSON, from flags, environment, quotidian.toml and defaults."""
    sys.stdout.write(load_settings(data=data).model_dump_json(indent=1) + "\n")
    return 0
