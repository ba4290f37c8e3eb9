"""What Prefect records. Deployments name its flows as `quotidian.flows.recorded.quotidian` and `….quotidian_backfill`."""

from typing import Any

FLOWS = ("quotidian", "quotidian_backfill")


def __getattr__(name: str) -> Any:
    """A flow, imported when it is asked for: the server is started before Prefect's flows are there."""
    if name not in FLOWS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from quotidian.flows.recorded import flow

    return getattr(flow, name)
