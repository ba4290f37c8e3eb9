"""`quotidian watch`: each piece of news once, as a feed and to a webhook, over failures and kills."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotidian.flows.commands import watch as command
from quotidian.flows.storage import told
from quotidian.flows.storage.told import note_news, read_entries, write_feed
from quotidian.tasks.share.watches import Watch, WatchBroken

ENTRY = "{http://www.w3.org/2005/Atom}entry"


def row(id_: str, words: str = "The quay stays shut") -> dict:
    told_of = {"article_id": "a1", "title": "Ida Holm", "outlet": "Fjord News", "published_date": "2024-05-02"}
    return {"id": id_, "news": id_, "words": words, **told_of}


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    """A webhook of this machine: `got` has what it was sent, `answers` the codes it gives next, 204 when none is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.server.got.append((self.headers["Idempotency-Key"], body))
            self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


SECRET = "f00d-token"


def watch_by_apprise(hook: HTTPServer, address: str = "json://reader:{secret}@127.0.0.1:{port}/") -> Watch:
    return Watch("quay", "", {}, None, address.format(secret=SECRET, port=hook.server_port))


def test_news_goes_through_apprise_once_and_what_was_refused_comes_again(tmp_path: Path, hook: HTTPServer) -> None:
    hook.answers = [204, 500]
    rows = [row("q1"), row("q2", "The <b>quay</b> opens\x1b")]
    first = command.tell(tmp_path, watch_by_apprise(hook), rows, from_start=True)
    assert (first["waiting"], first["problem"]) == (1, "JSON did not take it through apprise")
    for _ in range(2):
        assert command.tell(tmp_path, watch_by_apprise(hook), rows, from_start=True)["waiting"] == 0
    said = [body["message"] for _, body in hook.got]
    assert said == [said[0], said[1], said[1]]
    assert said[0] == "Ida Holm: “The quay stays shut” (Fjord News, 2024-05-02; article a1)"
    assert "<b>quay</b>" in said[1]
    assert "\x1b" not in said[1]
    assert {body["title"] for _, body in hook.got} == {"Quotidian: quay"}


def test_a_killed_run_sends_through_apprise_once(tmp_path: Path, hook: HTTPServer, monkeypatch) -> None:
    def kill(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(command, "send_entries", kill)
        with pytest.raises(KeyboardInterrupt):
            command.tell(tmp_path, watch_by_apprise(hook), [row("q1")], from_start=True)
    for _ in range(2):
        command.tell(tmp_path, watch_by_apprise(hook), [row("q1")], from_start=True)
    assert len(hook.got) == 1


def test_no_word_of_an_address_is_told(tmp_path: Path, hook: HTTPServer, monkeypatch, caplog, capfd) -> None:
    monkeypatch.setenv("QUAY_MAIL", watch_by_apprise(hook).apprise)
    hook.answers = [500]
    caplog.set_level("DEBUG")
    result = command.tell(tmp_path, watch_by_apprise(hook, "$QUAY_MAIL"), [row("q1")], from_start=True)
    assert result["waiting"] == 1
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*") if path.is_file())
    told_of = [str(result), written, caplog.text, *capfd.readouterr()]
    assert not [text for text in told_of if SECRET in text]


@pytest.mark.parametrize(
    "address",
    ["$QUAY_NOWHERE", "no address", f"nosuch://{SECRET}@host"],
    ids=["no variable", "no scheme", "no service"],
)
def test_an_address_that_cannot_be_used_is_refused(tmp_path: Path, hook: HTTPServer, address: str) -> None:
    with pytest.raises(WatchBroken) as refused:
        command.tell(tmp_path, watch_by_apprise(hook, address), [row("q1")], from_start=True)
    assert SECRET not in str(refused.value)
    assert not (tmp_path / "watches").exists()


def watch_for(hook: HTTPServer | None) -> Watch:
    return Watch("quay", "", {}, f"http://127.0.0.1:{hook.server_port}/" if hook else None)


def test_news_is_posted_once_and_what_a_webhook_refused_comes_again(tmp_path: Path, hook: HTTPServer) -> None:
    hook.answers = [204, 500]
    first = command.tell(tmp_path, watch_for(hook), [row("q1"), row("q2")], from_start=True)
    assert (first["waiting"], first["problem"]) == (1, "the webhook answered 500")
    again = command.tell(tmp_path, watch_for(hook), [row("q1"), row("q2")], from_start=True)
    assert (again["waiting"], again["news"]) == (0, [])
    command.tell(tmp_path, watch_for(hook), [row("q1"), row("q2")], from_start=True)
    assert [key for key, _ in hook.got] == ["quay:q1", "quay:q2", "quay:q2"]
    assert hook.got[0][1]["text"] == "Ida Holm: “The quay stays shut” (Fjord News, 2024-05-02; article a1)"


@pytest.mark.parametrize("killed_at", ["known", "feed", "post"])
def test_a_killed_run_loses_nothing_and_tells_nothing_twice(
    tmp_path: Path, hook: HTTPServer, monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    real = told.write_text

    def kill(*arguments: object) -> None:
        raise KeyboardInterrupt

    def write(path: Path, text: str) -> None:
        if killed_at == "known" and path.suffix == ".txt":
            kill()
        real(path, text)

    with monkeypatch.context() as patch:
        patch.setattr(told, "write_text", write)
        if killed_at != "known":
            patch.setattr(command, {"feed": "write_feed", "post": "send_entries"}[killed_at], kill)
        with pytest.raises(KeyboardInterrupt):
            command.tell(tmp_path, watch_for(hook), [row("q1")], from_start=True)
    for _ in range(2):
        command.tell(tmp_path, watch_for(hook), [row("q1")], from_start=True)
    assert [key for key, _ in hook.got] == ["quay:q1"]
    assert len(read_entries(tmp_path, "quay")) == 1


def test_the_first_run_knows_what_is_there_and_the_second_tells_what_came(tmp_path: Path, hook: HTTPServer) -> None:
    assert command.tell(tmp_path, watch_for(hook), [row("q1")], from_start=False)["first"]
    assert [e["id"] for e in command.tell(tmp_path, watch_for(hook), [row("q1"), row("q2")], False)["news"]] == ["q2"]
    assert [key for key, _ in hook.got] == ["quay:q2"]


def test_a_feed_is_valid_xml_whatever_was_said_and_the_same_from_the_same_entries(tmp_path: Path) -> None:
    words = 'It was </content><script> & "so"\x00\x1b[31m'
    note_news(tmp_path, "quay", {"q1"}, [row("q1", words)], "2024-05-02T10:00:00Z", False)
    feed = write_feed(tmp_path, "quay").read_bytes()
    (entry,) = ElementTree.fromstring(feed).findall(ENTRY)
    assert entry.findtext("{http://www.w3.org/2005/Atom}id") == "urn:quotidian:watch:quay:q1"
    assert "</content><script> &" in entry.findtext("{http://www.w3.org/2005/Atom}content")
    assert write_feed(tmp_path, "quay").read_bytes() == feed


def test_settled_entries_are_let_go_and_waiting_ones_never(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "FEED_ENTRIES", 2)
    note_news(tmp_path, "quay", set(), [row("w1")], "2024-05-02T10:00:00Z", True)
    for n in range(4):
        note_news(tmp_path, "quay", set(), [row(f"q{n}")], "2024-05-02T10:00:00Z", False)
    assert [entry["id"] for entry in read_entries(tmp_path, "quay")] == ["w1", "q1", "q2", "q3"]


def test_the_command_shows_tells_and_forgets(archive: Path, tmp_path: Path, quotidian) -> None:
    (tmp_path / "watches").mkdir()
    (tmp_path / "watches" / "brown.toml").write_text('kind = "said_by"\nname = "Tom Brown"', encoding="utf-8")
    data = ("--data", archive)
    assert "first run" in quotidian("watch", "--dry-run", *data).stdout
    assert not (archive / "watches").exists()
    shown = quotidian("watch", "--dry-run", "--from-start", "--json", *data).stdout
    news = json.loads(shown)[0]["news"]
    said = quotidian("watch", "--from-start", *data).stdout
    assert f"brown: {len(news)} new" in said
    assert "before the winter" in said
    assert "brown: 0 new" in quotidian("watch", *data).stdout
    assert (archive / "watches" / "told" / "brown.atom").exists()


def test_no_watch_is_said_in_a_sentence(archive: Path, quotidian) -> None:
    assert "has no watch" in quotidian("watch", "--data", archive, code=2).stderr
