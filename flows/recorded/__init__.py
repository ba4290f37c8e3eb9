"""What Prefect records. Deployments name `quotidian.flows.recorded.quotidian` and `….quotidian_backfill`, so both stand here too."""

from quotidian.flows.recorded.flow import quotidian, quotidian_backfill

__all__ = ["quotidian", "quotidian_backfill"]
