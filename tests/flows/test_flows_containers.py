"""Dockerfile and compose.yaml: what they name is there, and every command line is one. tests/servers runs those of compose.yaml."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from quotidian.flows.commands.app import app

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def list_commands() -> list[list[str]]:
    """Commands of both files and of the page, each as words, those in a shell one by one."""
    page = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")
    inner = re.findall(r"^    docker (?:compose exec worker|run .* quotidian(?= quotidian)) (.*)$", page, re.MULTILINE)
    found = [json.loads(words) for words in re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)]
    found += [service["command"] for service in SERVICES.values() if "command" in service]
    scripts = [words[2].split("&&") for words in found if words[:2] == ["sh", "-c"]]
    plain = [words for words in found if words[0] != "sh"]
    return [*plain, *(shlex.split(line) for lines in [*scripts, inner] for line in lines)]


COMMANDS = list_commands()


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_is_one_of_ours_or_of_prefect(words: list[str]):
    if words[0] == "quotidian":
        if words[1:] != ["--help"]:
            app.parse_args(words[1:], exit_on_error=False, print_error=False)
        return
    assert words[0] == "prefect"
    named = [word for word in words[1:] if word != "--no-prompt"]
    command = named[: next((n for n, word in enumerate(named) if word.startswith("-") or "/" in word), len(named))]
    shown = help_of([*command[:3]])
    assert all(word in shown for word in named if word.startswith("--")), shown


def help_of(words: list[str]) -> str:
    """What the help of a command of Prefect says; words behind the command itself are none of it."""
    done = subprocess.run([BIN / "prefect", *words, "--help"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_the_image_copies_is_there_and_not_ignored():
    named = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)]
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    project = {"api", "flows", "tasks", "seeds", "pyproject.toml", "README.md", "LICENSE"}
    assert {name for names in named for name in names} - {"."} | project == kept
    assert all((ROOT / name).exists() for name in kept)


def test_services_and_volumes_that_are_named_are_there():
    assert list(SERVICES) == ["database", "server", "deploy", "worker"]
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        assert {volume.split(":")[0] for volume in service.get("volumes", ())} <= set(COMPOSE["volumes"])
    for one, other in (("deploy", "server"), ("server", "database")):
        assert "healthcheck" in SERVICES[other], one
    (port,) = SERVICES["server"]["ports"]
    assert port.startswith("127.0.0.1:")


def test_deploy_and_worker_run_where_the_image_has_its_folder():
    assert "WORKDIR /news" in DOCKERFILE
    assert SERVICES["deploy"]["volumes"] == SERVICES["worker"]["volumes"] == ["news:/news"]
    assert "/opt/quotidian/prefect.yaml" in SERVICES["deploy"]["command"][2]
    assert "COPY prefect.yaml /opt/quotidian/prefect.yaml" in DOCKERFILE


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml"])
def test_no_address_but_their_own_is_in_them(name: str):
    addresses = re.findall(r"https?://[^\s'\"]+", (ROOT / name).read_text(encoding="utf-8"))
    assert {address.split("/")[2] for address in addresses} <= {"server:4200", "127.0.0.1:4200"}
