"""What a process imports, and what it does without."""

import json
import subprocess
import sys

LIBRARIES = (
    "polars",
    "pyarrow",
    "dataframely",
    "scipy",
    "spacy",
    "ftfy",
    "py3langid",
    "duckdb",
    "prefect",
)


def list_libraries(program: str) -> set[str]:
    """The libraries of LIBRARIES that a new process imports for a program."""
    ask = f"{program}; import json, sys; print(json.dumps([name for name in {LIBRARIES} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=600, check=True)
    return set(json.loads(done.stdout))


def test_the_process_that_hands_out_batches_needs_no_library_of_the_workers():
    assert list_libraries("import quotidian.flows.run") == {"polars", "pyarrow", "dataframely"}


def test_looking_for_the_current_snapshot_needs_no_library():
    assert list_libraries("import quotidian.flows.commands.published") == set()


def test_linking_needs_no_model():
    assert "spacy" not in list_libraries("from quotidian.tasks.deduplicate import compute_links")
