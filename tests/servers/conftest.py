"""A Prefect server with deployments and a worker, a news site with a feed, and an S3 server, all on loopback."""

import json
import math
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from pages import read_lines
from ports import free_port

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LAST_STEP = "prefect worker start --pool quotidian"
CREDENTIALS = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
PAGES = 24
PAGE_SECONDS = 0.05
FEEDS = ("/feed", "/world/rss", "/atom.xml")
STORY = """<html lang="en"><head><title>Harbour bridge {n} reopens</title></head><body><article>
<h1>Harbour bridge {n} reopens</h1>
<p>The harbour bridge number {n} reopened on Tuesday after two years of repairs, the city said.</p>
<p>"We are glad to give the bridge back to the people who need it," said mayor Anna Lindqvist at the ceremony.</p>
<p>The repairs took longer than planned because engineers found cracks in the northern pier last spring.</p>
</article></body></html>"""


def end(process: subprocess.Popen) -> None:
    """End a process and what it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Office:
    """A Prefect server, and a folder with the project's prefect.yaml and a landing folder."""

    def __init__(self, folder: Path) -> None:
        from quotidian.flows.recorded.server import QUIET

        self.folder = folder
        self.port = free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))}
        path = f"{BIN}{os.pathsep}{clean['PATH']}"
        self.environment = (
            clean | QUIET | {"PREFECT_HOME": str(folder / "home"), "PATH": path, "QUOTIDIAN_WORKERS": "1"}
        )
        self.running: list[subprocess.Popen] = []

    def follow(self, line: str, code: int = 0) -> str:
        """Do what a line of docs/schedule.md says, at this server's port; what keeps running is ended with the office."""
        line = line.replace(":4200", f":{self.port}")
        if line.startswith("export "):
            self.environment |= dict(word.split("=") for word in shlex.split(line)[1:])
        elif line.startswith("prefect server start"):
            self.running.append(self.start(*shlex.split(line)[1:], "--port", str(self.port), "--no-ui"))
            self.await_api()
        elif line.startswith("prefect worker start"):
            self.running.append(self.start(*shlex.split(line)[1:]))
        else:
            return self.run(["bash", "-c", line], code)
        return ""

    def run(self, command: list, code: int) -> str:
        """Run a command to its end; return what it prints."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, *arguments: str) -> subprocess.Popen:
        command = [BIN / "prefect", *arguments]
        with (self.folder / f"{arguments[0]}.log").open("wb") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def prefect(self, *arguments: str, code: int = 0) -> str:
        return self.run([BIN / "prefect", "--no-prompt", *arguments], code)

    def ask(self, path: str) -> list[dict]:
        request = urllib.request.Request(f"{self.api}/{path}/filter", b"{}", {"Content-Type": "application/json"})
        return json.loads(urllib.request.urlopen(request, timeout=600).read())

    def await_api(self) -> None:
        for _ in range(3_000):
            try:
                urllib.request.urlopen(f"{self.api}/health", timeout=5)
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
            if self.running[-1].poll() is not None:
                break
        pytest.fail((self.folder / "server.log").read_text())


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Office]:
    """Server, work pool, deployments and a worker, as docs/schedule.md says."""
    with open_office(tmp_path_factory.mktemp("office"), seeds) as office:
        shutil.copy(ROOT / "prefect.yaml", office.folder)
        lines = read_lines("docs/schedule.md")
        for line in lines[: lines.index(LAST_STEP) + 1]:
            office.follow(line)
        yield office


@pytest.fixture(scope="module")
def bare_office(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Office]:
    """An office in which nothing runs yet."""
    with open_office(tmp_path_factory.mktemp("containers"), seeds) as office:
        yield office


@contextmanager
def open_office(folder: Path, seeds: Path) -> Iterator[Office]:
    """An office with news in its landing folder; what runs in it is ended with it."""
    shutil.copytree(seeds, folder / "landing" / "2023-06-19")
    office = Office(folder)
    try:
        yield office
    finally:
        for process in reversed(office.running):
            end(process)


class News(BaseHTTPRequestHandler):
    """A feed of stories, each of which takes a moment, and nothing else."""

    server: "NewsServer"

    def do_GET(self) -> None:
        if self.path in FEEDS:
            items = "".join(f"<item><link>/{n}</link></item>" for n in range(PAGES))
            self.reply(200, f'<rss version="2.0"><channel>{items}</channel></rss>')
        elif self.path[1:].isdigit():
            self.server.wait_in_line()
            time.sleep(PAGE_SECONDS)
            self.reply(200, STORY.format(n=self.path[1:]))
        else:
            self.reply(404, "")

    def reply(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


class NewsServer(ThreadingHTTPServer):
    """Answers as many requests for stories as `answered` says, and the others once `opened` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), News)
        self.answered, self.opened, self.asked = math.inf, Event(), 0

    def wait_in_line(self) -> None:
        self.asked += 1
        if self.asked > self.answered:
            self.opened.wait()

    def handle_error(self, *_: object) -> None:
        """A killed client hangs up."""


@pytest.fixture
def news() -> Iterator[NewsServer]:
    """The server of the feed; it answers everything."""
    server = NewsServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.opened.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def feeds(news: NewsServer, tmp_path: Path) -> Path:
    """A list with the feed of a server that runs."""
    path = tmp_path / "feeds.csv"
    path.write_text(f"url,outlet\nhttp://127.0.0.1:{news.server_port}/feed,Harbour Post\n")
    return path


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Wait until the server answers."""
    for _ in range(3_000):
        assert process.poll() is None, "the server has ended"
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server does not answer")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of an S3 server."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/moto-api/", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def s3(endpoint: str, monkeypatch) -> Iterator[str]:
    """The same, with an environment that leads to it."""
    s3fs = pytest.importorskip("s3fs")
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    s3fs.S3FileSystem.clear_instance_cache()
    yield endpoint
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def desk(s3: str) -> Iterator[Any]:
    """An empty bucket."""
    import s3fs

    files = s3fs.S3FileSystem()
    files.mkdir("bucket")
    yield files
    files.rm("bucket", recursive=True)


@pytest.fixture
def on(quotidian, desk, tmp_path: Path) -> Callable:
    """on(machine, ...): the command on a machine with a mirror of its own."""

    def run(machine: str, *arguments: object, code: int = 0):
        own = {name: os.environ[name] for name in CREDENTIALS} | {"XDG_CACHE_HOME": tmp_path / machine}
        return quotidian(*arguments, "--data", "s3://bucket/quotidian", code=code, **own)

    return run


@pytest.fixture
def quotidian(quotidian_process):
    """The command in a process of its own."""
    return quotidian_process
