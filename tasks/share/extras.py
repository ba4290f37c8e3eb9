"""Libraries that only some exports need, named with the extra that brings them."""

import importlib
from types import ModuleType

from quotidian.tasks.store.errors import UsageError


class ExtraMissing(UsageError):
    """A library is not installed that what was asked for needs."""


def import_extra(module: str, extra: str) -> ModuleType:
    """Import a module of an extra; raises ExtraMissing with the command that installs it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise ExtraMissing(f"This needs {module.split('.')[0]}: pip install 'quotidian[{extra}]'.") from None
