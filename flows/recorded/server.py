"""The Prefect server of a recorded run: the configured one, else a temporary one of our own.

Prefect would import its server twice, once here and once in the process that it starts. Started by us while
this process still imports, it costs about half the time.
"""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from quotidian.tasks.store.errors import QuotidianError

STARTUP_SECONDS = 120  # a fresh PREFECT_HOME migrates its database first: 16 s on a quiet machine
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
}


class ServerFailed(QuotidianError):
    """The temporary Prefect server did not start."""


def prefect_home() -> Path:
    return Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect").expanduser()


def read_toml(path: Path) -> dict:
    """The file's content; nothing where it is absent or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def configured_api() -> bool:
    """Whether a Prefect server is named in any of the places where Prefect looks for settings.

    Prefect itself could only be asked by importing it, and that is meant to happen while the server starts.
    """
    profiles = read_toml(prefect_home() / "profiles.toml")
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active", "")
    named = (
        os.environ.get("PREFECT_API_URL"),
        read_toml(Path("prefect.toml")).get("api", {}).get("url"),
        read_toml(Path("pyproject.toml")).get("tool", {}).get("prefect", {}).get("api", {}).get("url"),
        profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL"),
        Path(".env").is_file() and "PREFECT_API_URL" in Path(".env").read_text(encoding="utf-8", errors="replace"),
    )
    return any(named)


def free_port() -> int:
    """A port of the loopback address that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server(port: int) -> subprocess.Popen:
    """A Prefect API process on loopback, with the database of PREFECT_HOME and without the web page."""
    own = {
        "PREFECT_UI_ENABLED": "0",
        "PREFECT_SERVER_UI_ENABLED": "0",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "quotidian.flows.recorded.api_process", str(port)],
        env=os.environ | own,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def await_server(server: subprocess.Popen, url: str) -> None:
    """Wait until the server answers; raises ServerFailed."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if urllib.request.urlopen(f"{url}/health", timeout=5).status == 200:
                return
        time.sleep(0.05)
    server.kill()
    words = (server.stderr.read() if server.stderr else b"").decode(errors="replace").strip().splitlines()
    raise ServerFailed(
        f"The temporary Prefect server did not start ({words[-1] if words else 'it said nothing'}): use --inline to run without one."
    )


@contextlib.contextmanager
def starting_server() -> Iterator[None]:
    """Import Prefect within: a temporary server starts meanwhile and is ready when the block ends.

    Where a server is configured, nothing is started. The environment is set before Prefect reads it; the
    server ends with this process. Two first starts at once would race to make the same database, so a start
    holds a lock.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    if configured_api():
        yield
        return
    prefect_home().mkdir(parents=True, exist_ok=True)
    os.environ["PREFECT_API_URL"] = url = f"http://127.0.0.1:{(port := free_port())}/api"
    with FileLock(prefect_home() / ".quotidian-start.lock"):
        server = start_server(port)
        atexit.register(stop_server, server)  # before Prefect registers the sending of its last logs: runs after it
        yield
        await_server(server, url)


def stop_server(server: subprocess.Popen) -> None:
    """End the server by ending its input; what it recorded is in its database already."""
    server.stdin.close()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
