"""The process of a temporary Prefect server: `python -m quotidian.flows.recorded.api_process PORT`.

It ends when its standard input does, so that it never outlives the run that started it, however that ends.
"""

import os
import sys
from threading import Thread

import uvicorn

from quotidian.flows.process.garbage import search_rarely


def end_with_parent(server: uvicorn.Server) -> None:
    """Wait for the end of standard input, then let the server finish what it is doing."""
    sys.stdin.buffer.read()
    server.should_exit = True


def main(port: int) -> None:
    """Serve the Prefect API on a port of the loopback address."""
    search_rarely()
    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    Thread(target=end_with_parent, args=(server,), daemon=True).start()
    server.run()
    os._exit(0)  # all is written: what is left, taking the interpreter apart, takes a second


if __name__ == "__main__":
    main(int(sys.argv[1]))
