"""The entry point of the command. It imports nothing, since every worker process imports the module that began the run."""

import gc


def main() -> None:
    """`quotidian`, also as `python -m quotidian.flows`."""
    from .cli import main

    try:
        main()
    finally:
        gc.freeze()  # the last look for garbage finds nothing and takes up to a third of a second


if __name__ == "__main__":
    main()
