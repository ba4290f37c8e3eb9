"""The entry point of the command. It imports next to nothing: every worker process imports the module that began the run."""

from .process.garbage import search_rarely


def main() -> None:
    """`quotidian`, also as `python -m quotidian.flows`."""
    search_rarely()
    from .commands.app import main

    main()


if __name__ == "__main__":
    main()
