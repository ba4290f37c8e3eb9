"""The entry point of the command. It imports nothing, since every worker process imports the module that began the run."""


def main() -> None:
    """`quotidian`, also as `python -m quotidian.flows`."""
    from .cli import main

    main()


if __name__ == "__main__":
    main()
