"""`quotidian tables`: the data dictionary."""

import sys

from quotidian.tasks.tables.dictionary import print_dictionary


def tables() -> int:
    """Print the data dictionary in Markdown."""
    sys.stdout.write(print_dictionary())
    return 0
