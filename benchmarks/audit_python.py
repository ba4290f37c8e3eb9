"""Known holes of this Python in the modules that read archives (from the CVE records); `make audit` prints them.

None of them reaches a source: headers of tar are read one block at a time, and what entries of a zip share is counted each time
(docs/security.md). They are named because other programs on the same Python have them too.
"""

import platform
import sys

HOLES = (
    ((3, 11, 8), "CVE-2024-0450", "zipfile unpacks entries that share their bytes"),
    ((3, 11, 10), "CVE-2024-6232", "tarfile reads extended headers in quadratic time"),
    ((3, 11, 14), "CVE-2025-8194", "tarfile goes back for ever over a negative size"),
    ((3, 11, 14), "CVE-2025-8291", "zipfile finds another directory than other programs do"),
)
"""First patch level of Python 3.11 without it, its name, and what it is."""


def list_holes(version: tuple[int, int, int]) -> list[str]:
    """One line for each hole of a Python 3.11."""
    return [
        f"{name}: {what}; mended in Python {'.'.join(map(str, fixed))}"
        for fixed, name, what in HOLES
        if version[:2] == fixed[:2] and version < fixed
    ]


def main() -> None:
    """Print the holes of the Python that runs this."""
    holes = list_holes(sys.version_info[:3])
    word = "no known hole" if not holes else "known holes"
    print("\n  ".join([f"Python {platform.python_version()}: {word} in tarfile and zipfile", *holes]))


if __name__ == "__main__":
    main()
