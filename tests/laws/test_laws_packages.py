"""What is installed is the tree: every package folder and every file beside its modules, and the wheel works outside of it."""

import os
import subprocess
import sys
import tomllib
import venv
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
TOOL = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
SAMPLES = "seeds/articles"
"""For trying the project out, from its tree: not installed."""


FOLDERS = ("api", "flows", "tasks", "seeds")
"""Folders of the tree that are installed; `api` is the package itself."""


def name_package(folder: Path) -> str:
    return ".".join(("quotidian", *(part for part in folder.relative_to(ROOT).parts if part != "api")))


def list_files(*beginnings: str) -> list[Path]:
    """Files of the tree in these folders, without what Python and editors leave there."""
    found = [path for beginning in beginnings for path in sorted((ROOT / beginning).rglob("*")) if path.is_file()]
    return [path for path in found if path.suffix != ".pyc" and not path.name.startswith(".")]


def test_every_package_folder_is_listed() -> None:
    modules = [path for path in list_files(*FOLDERS) if path.suffix == ".py"]
    assert sorted(TOOL["packages"]) == sorted({name_package(path.parent) for path in modules})


def is_listed(path: Path) -> bool:
    """Whether a pattern of `package-data` names a file."""
    folders = {name: ROOT / name.removeprefix("quotidian.").replace(".", "/") for name in TOOL["package-data"]}
    return any(
        path.is_relative_to(folder) and fnmatch(str(path.relative_to(folder)), pattern)
        for name, folder in folders.items()
        for pattern in TOOL["package-data"][name]
    )


def test_every_file_beside_the_modules_is_listed() -> None:
    data = [path for path in list_files(*FOLDERS) if path.suffix != ".py"]
    unlisted = [path for path in data if not is_listed(path)]
    assert all(path.is_relative_to(ROOT / SAMPLES) for path in unlisted), unlisted


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of the tree: building leaves folders behind."""
    folder = tmp_path_factory.mktemp("wheel")
    for path in [
        *map(ROOT.joinpath, ("pyproject.toml", "README.md", "LICENSE")),
        *list_files(*FOLDERS),
    ]:
        copied = folder / "tree" / path.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, folder / "tree"], check=True, timeout=600)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with nothing else but what the wheel requires."""
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, wheel], check=True, timeout=600)
    (packages,) = folder.glob("lib/python*/site-packages")
    required = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "required.pth").write_text("".join(f"{path}\n" for path in required))
    return folder


@pytest.mark.slow
def test_the_wheel_holds_the_tree(wheel: Path) -> None:
    expected = {str(path.relative_to(ROOT)).removeprefix("api/") for path in list_files(*FOLDERS)}
    held = {name.removeprefix("quotidian/") for name in ZipFile(wheel).namelist() if name.startswith("quotidian/")}
    assert held == {name for name in expected if not name.startswith(SAMPLES)}


@pytest.mark.slow
def test_the_installed_wheel_works_outside_of_the_tree(environment: Path, seeds: Path, tmp_path: Path) -> None:
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("QUOTIDIAN_", "PREFECT_", "PYTHON"))
    }

    def run(*arguments: object) -> str:
        command = [environment / "bin" / "quotidian", *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = "from quotidian.flows import settings; print(settings.__file__)"
    shown = subprocess.check_output([environment / "bin" / "python", "-c", where], cwd=tmp_path, env=own, text=True)
    assert Path(shown.strip()).is_relative_to(environment)
    assert "quotidian run FOLDER" in run("init")
    assert "5 of 5 inputs were new" in run("run", seeds, "--inline")
    assert "Antony Blinken" in run("sql", "SELECT DISTINCT speaker FROM quotations")
    assert "index.html" in run("report")
    assert "All in order" in run("check")
