"""Run the cells of the notebook in the present folder, and write what they show into it: `python docs/cells.py --write`.

Without `--write` it prints what each code cell shows, as JSON. A cell shows the value of its last line, as in Jupyter; what it prints
is left out. No Jupyter is needed: the notebook is JSON, and its cells are plain Python.
"""

import ast
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).with_name("first_steps.ipynb")
os.environ |= {"POLARS_TABLE_WIDTH": "120", "POLARS_FMT_STR_LEN": "60"}


def read_notebook() -> dict:
    return json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def list_code(notebook: dict) -> list[dict]:
    """The cells with code."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run_cell(source: str, names: dict[str, Any]) -> str | None:
    """Run one cell; the words of the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    return None if value is None else repr(value)


def run_cells(notebook: dict) -> list[str | None]:
    """What each cell with code shows, one after the other."""
    names: dict[str, Any] = {"__name__": "notebook"}
    return [run_cell("".join(cell["source"]), names) for cell in list_code(notebook)]


def shown_by(cell: dict) -> str | None:
    """What a cell of the notebook shows as it is written."""
    return "".join("".join(output["data"]["text/plain"]) for output in cell["outputs"]) or None


def write_outputs(notebook: dict, shown: list[str | None]) -> None:
    """Put what the cells show into the notebook, and write it."""
    for number, (cell, words) in enumerate(zip(list_code(notebook), shown, strict=True), 1):
        cell["execution_count"] = number
        data = {"text/plain": (words or "").splitlines(keepends=True)}
        output = {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data}
        cell["outputs"] = [output] if words else []
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    notebook = read_notebook()
    if sys.argv[1:] != ["--write"]:
        json.dump(run_cells(notebook), sys.stdout)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_outputs(notebook, run_cells(notebook))
        os.chdir("/")


if __name__ == "__main__":
    main()
