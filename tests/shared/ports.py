"""Ports for servers. The module that finds them imports Prefect, which collecting tests need not wait for."""


def free_port() -> int:
    """A port of the loopback address that is free now."""
    from quotidian.flows.recorded import server

    return server.free_port()
