"""Importing a library without what it brings along and nothing here uses, where that takes most of its time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def standing_in(modules: dict[str, ModuleType | None]) -> Iterator[None]:
    """Within, imports of these modules find what stands in for them; None makes them fail, as if not installed.

    What is imported already stays, and afterwards the real modules can be imported.
    """
    hidden = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(hidden)
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
