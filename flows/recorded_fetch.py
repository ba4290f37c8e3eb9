"""The flow of feeds, where deployments look for it: `quotidian.flows.recorded_fetch.quotidian_fetch`."""

from quotidian.flows.recorded.fetch import quotidian_fetch

__all__ = ["quotidian_fetch"]
