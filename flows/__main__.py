"""The entry point of the command. It imports next to nothing: every worker process imports the module that began the run."""

from .process.garbage import search_rarely
from .process.memory import keep_memory


def main() -> None:
    """`quotidian`, also as `python -m quotidian.flows`."""
    search_rarely()
    keep_memory()
    from .commands.app import main

    main()


if __name__ == "__main__":
    main()
