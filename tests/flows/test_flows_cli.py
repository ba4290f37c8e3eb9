"""The command, as a person and as a script uses it."""

import importlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cyclopts import App
from filelock import FileLock

from quotidian.flows.commands import app as app_module

BIN = Path(sys.executable).parent
COMMANDS = [name for group in app_module.COMMANDS.values() for name in group]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A data folder with the seeds published."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    command = [BIN / "quotidian", "run", seeds, "--inline", "--data", folder]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    (folder / "summary.txt").write_text(done.stdout)
    return folder


def test_the_summary_says_what_was_done_and_where(data: Path) -> None:
    summary = (data / "summary.txt").read_text()
    assert re.search(r"articles +5\b", summary)
    assert "5 of 5 inputs were new" in summary
    assert str(data / "published" / "snapshots" / "000001-") in summary
    assert re.search(r"ingest [\d.]+ s, clean [\d.]+ s, extract [\d.]+ s", summary)
    assert summary.count("“") >= 3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(quotidian, command: str) -> None:
    shown = quotidian(command, "--help").stdout
    assert "Usage: quotidian" in shown
    assert "[default: None]" not in shown
    assert "[default: False]" not in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(command: str) -> None:
    (group,) = (commands for commands in app_module.COMMANDS.values() if command in commands)
    name = command.replace("-", "_")
    function = getattr(importlib.import_module(f"quotidian.flows.commands.{name}"), name)
    words = function.help if isinstance(function, App) else function.__doc__
    assert words.splitlines()[0] == group[command]


def test_every_group_of_commands_has_an_example_that_is_one_of_its_commands(quotidian) -> None:
    shown = quotidian("--help").stdout
    for group, example in app_module.EXAMPLES.items():
        assert f"Example: {example}" in shown
        assert example.split()[1] in app_module.COMMANDS[group]


def test_help_imports_no_heavy_library() -> None:
    program = (
        "import sys; from quotidian.flows.commands.app import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'polars', 'prefect', 'pydantic', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=600)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_second_run_says_that_nothing_is_new(quotidian, data: Path, seeds: Path) -> None:
    done = quotidian("run", seeds, "--inline", "--data", data)
    assert "Nothing to do: all 5 inputs" in done.stdout
    values = json.loads(quotidian("run", seeds, "--inline", "--data", data, "--json").stdout)
    assert (values["inputs_new"], values["is_new"], values["batches"]["extract"]) == (0, False, 0)


def test_a_folder_without_articles_is_said(quotidian, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "There was no article to read in empty. " in quotidian("run", "empty", "--inline", "--workers", 1).stdout


def test_path_resolves_the_current_snapshot(quotidian, data: Path) -> None:
    assert Path(quotidian("path", "--data", data).stdout.strip()) == (data / "published" / "current").resolve()


def test_check_passes_and_fails(quotidian, data: Path, tmp_path: Path) -> None:
    assert "All in order" in quotidian("check", "--data", data).stdout
    subprocess.run(["cp", "-r", data, tmp_path / "copy"], check=True)
    path = next((tmp_path / "copy" / "published" / "snapshots").rglob("quotes/*/part-0.parquet"))
    path.write_bytes(path.read_bytes() + b"x")
    found = json.loads(quotidian("check", "--data", tmp_path / "copy", "--json", code=1).stdout)
    assert "other bytes" in found["findings"][0]


def test_status_counts_by_day(quotidian, data: Path) -> None:
    text = quotidian("status", "--data", data).stdout
    assert re.search(r"2023-06-19 +4 +0 +4 +0", text)
    assert re.search(r"no date +1 +0 +1 +0", text)
    days = json.loads(quotidian("status", "--data", data, "--json").stdout)["days"]
    assert sum(day["published"] for day in days) == 5


def test_what_another_version_has_to_clean_again_stands_under_its_published_day(quotidian, data: Path) -> None:
    done = quotidian("status", "--data", data, "--json", QUOTIDIAN_CLEAN__REMOVE_DATELINES="broken")
    rows = [(row["day"], row["archived"], row["pending"], row["published"]) for row in json.loads(done.stdout)["days"]]
    assert rows == [("2023-06-19", 4, 4, 4), (None, 1, 1, 1)]


def test_status_of_an_empty_folder(quotidian) -> None:
    assert "none yet" in quotidian("status").stdout
    assert json.loads(quotidian("status", "--ledger", "--json").stdout) == []
    assert "all days" in quotidian("status", "--ledger").stdout


def test_show_prints_an_article_by_name_or_id(quotidian, data: Path) -> None:
    text = quotidian("show", "004_872f9c0a431594a8.txt", "--data", data).stdout
    assert "It is absolutely vital that we have this kind of communication" in " ".join(text.split())
    values = json.loads(quotidian("show", "004_872f9c0a431594a8.txt", "--data", data, "--json").stdout)
    assert values["article"]["agency"]
    again = quotidian("show", values["article"]["article_id"][:8], "--data", data).stdout
    assert again == text


def test_show_tells_quotations_of_the_headline(quotidian, tmp_path: Path) -> None:
    words = (
        "Mayor Ann Castle met the council of Marlow on Monday. “We will stay,” Castle said. Nobody else spoke that day."
    )
    (tmp_path / "in.jsonl").write_text(json.dumps({"title": "Castle: ‘We will stay’", "text": words}))
    quotidian("run", "in.jsonl", "--inline")
    assert "Castle [title, direct] We will stay" in quotidian("show", "in.jsonl").stdout


def test_annotate_keeps_ids_order_and_offsets(quotidian, tmp_path: Path) -> None:
    texts = [f"Mayor Ann Smith said the bridge {n} would open in May.  It is safe, she said." for n in range(40)]
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    quotidian("annotate", "in.jsonl", "out.jsonl", "--workers", "2")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == list(range(40))
    for row, text in zip(rows, texts, strict=True):
        assert all(text[start:end].strip() == text[start:end] for start, end in row["sentences"])
        assert {"Ann Smith"} == {text[s:e] for s, e, label in row["entities"] if label == "PERSON"}
        assert {quote["speaker"] for quote in row["quotes"]} == {"Ann Smith"}
        assert set(row["quotes"][0]) >= {"spans", "kind", "is_marked", "cue", "speaker_start", "speaker_end", "speaker"}


def test_annotate_reads_standard_input(quotidian) -> None:
    line = json.dumps({"id": "a", "text": "“The old steps are shut,” said Ida Marsh."}, ensure_ascii=False)
    assert json.loads(quotidian("annotate", "-", stdin=f"\ufeff{line}").stdout)["quotes"][0]["speaker"] == "Ida Marsh"


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": 1}', '{"id": 1, "text": 2}'])
def test_annotate_names_the_line_that_is_wrong(quotidian, tmp_path: Path, line: str) -> None:
    (tmp_path / "in.jsonl").write_text(f'{{"id": 0, "text": "Hello."}}\n{line}\n')
    assert "in.jsonl, line 2, is no JSON object" in quotidian("annotate", "in.jsonl", "out.jsonl", code=2).stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "nowhere"), 2, "nowhere does not exist: name a file or a folder"),
        (("run", "nowhere", "--inline"), 2, "nowhere does not exist"),
        (("path",), 2, "Nothing is published in data yet: start with `quotidian run SOURCE`"),
        (("show", "x"), 2, "Nothing is published"),
        (("annotate", "nowhere.jsonl"), 2, "nowhere.jsonl does not exist: name a file of JSON lines"),
        (("annotate", "in.jsonl", "--bogus"), 2, "--bogus is no option of annotate"),
        (("fetch", "nowhere.csv", "--to", "in"), 2, "nowhere.csv does not exist: name a CSV file of feeds"),
        (("reproduce", "nobody"), 2, "No archived input begins with nobody"),
        (("backfill", "in", "--from", "2023-06-01", "--to", "2023-06-02", "--inline"), 2, "write {date} into it"),
        (("run", "landing/{date}", "--inline"), 2, "needs a day: add --date"),
        (("run", "landing/{date}", "--inline", "--date", "noon"), 2, "--date noon is no day"),
        (("backfill", "{date}", "--from", "2023-06-02", "--to", "2023-06-01", "--inline"), 2, "turn them around"),
    ],
)
def test_mistakes_get_one_sentence(quotidian, arguments: tuple, code: int, words: str) -> None:
    done = quotidian(*arguments, code=code)
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_model_is_named(quotidian, seeds: Path) -> None:
    done = quotidian("run", seeds, "--inline", code=2, QUOTIDIAN_EXTRACT__MODEL="en_core_web_huge")
    assert "en_core_web_huge" in done.stderr


def test_a_missing_article_is_named(quotidian, data: Path) -> None:
    assert "No published article is called nobody" in quotidian("show", "nobody", "--data", data, code=2).stderr


def test_a_second_writer_is_told_who_holds_the_folder(quotidian, data: Path, seeds: Path) -> None:
    with FileLock(data / ".lock"):
        (data / ".lock.holder").write_text('{"pid": 7, "host": "desk", "purpose": "quotidian run landing"}')
        done = quotidian("run", seeds, "--inline", "--data", data, code=3)
        assert json.loads(quotidian("status", "--data", data, "--json").stdout)["running"]
    (data / ".lock.holder").unlink()
    assert "`quotidian run landing` (process 7 on desk)" in done.stderr


def test_a_full_disk_leaves_the_current_snapshot(quotidian, data: Path, seeds: Path, tmp_path: Path) -> None:
    before = quotidian("path", "--data", data).stdout
    (tmp_path / "new.txt").write_text("The mayor said that the bridge would open soon. " * 5_000)
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000)); import quotidian.flows.commands.app as c; sys.argv[0] = 'quotidian'; c.main()"
    command = [sys.executable, "-c", limit, "run", tmp_path / "new.txt", "--inline", "--data", data]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=600)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr
    assert quotidian("path", "--data", data).stdout == before
    assert "All in order" in quotidian("check", "--data", data).stdout


def test_lines_that_come_back_are_proposed(quotidian, tmp_path: Path) -> None:
    rows = [
        {
            "text": f"The mayor said that bridge {n} would open soon.\n\nYour voice for Dover and the coast",
            "source": "D",
        }
        for n in range(4)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    quotidian("run", "in.jsonl", "--inline")
    lines = quotidian("learn-junk", "--min-count", "4").stdout.splitlines()
    assert lines[0].startswith("phrase,")
    assert sum("your voice for dover and the coast" in line.lower() for line in lines[1:]) == 1
    assert "0 lines proposed" in quotidian("learn-junk", "--min-count", "5", "--to", "found.csv").stdout


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(data: Path, seeds: Path, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"The mayor said that bridge {number} would open soon. " * 2_000)
    command = [BIN / "quotidian", "run", tmp_path, "--inline", "--data", tmp_path / ".data"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, start_new_session=True)
    while not (tmp_path / ".data" / "work" / "clean").exists():
        time.sleep(0.05)
        assert process.poll() is None
    os.killpg(process.pid, 2)
    _, words = process.communicate(timeout=600)
    assert process.returncode == 130
    assert words == "quotidian: stopped; what was finished is kept, the same command goes on from there.\n"
