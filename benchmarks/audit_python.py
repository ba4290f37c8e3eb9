"""Known holes of this Python in the modules that read archives (from the CVE records); `make audit` names them and fails.

None of them is known to reach a source: headers of tar are read one block at a time, nothing is extracted, and what entries of
a zip share is counted each time (docs/security.md). The audit fails all the same, as it does for a dependency: other programs
run on the same Python, and the cure is a newer patch level.
"""

import sys

HOLES = (
    ((3, 11, 8), "CVE-2024-0450", "zipfile unpacks entries that share their bytes"),
    ((3, 11, 10), "CVE-2024-6232", "tarfile reads extended headers in quadratic time"),
    ((3, 11, 13), "CVE-2025-4517", "tarfile writes outside of the folder that it extracts to, whatever the filter"),
    ((3, 11, 13), "CVE-2025-4330", "tarfile extracts links that lead outside, whatever the filter"),
    ((3, 11, 13), "CVE-2025-4138", "tarfile extracts links that lead outside, whatever the filter"),
    ((3, 11, 13), "CVE-2024-12718", "tarfile changes rights and times of files outside, whatever the filter"),
    ((3, 11, 13), "CVE-2025-4435", "tarfile extracts members that a filter refused"),
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


def describe_python(version: tuple[int, int, int]) -> str:
    """What is known of a Python, in a line, and a line for each hole."""
    name, holes = ".".join(map(str, version)), list_holes(version)
    if version[:2] not in {fixed[:2] for fixed, *_ in HOLES}:
        return f"Python {name}: only the holes of 3.11 are listed here; ask whoever provides this Python"
    if not holes:
        return f"Python {name}: none of the holes listed here in tarfile and zipfile"
    return "\n  ".join([f"Python {name} has known holes in tarfile and zipfile; install a newer 3.11", *holes])


def main() -> int:
    """Print the holes of the Python that runs this; the exit code is 1 where it has any, as far as its version tells."""
    version = sys.version_info[:3]
    print(describe_python(version))
    return 1 if list_holes(version) else 0


if __name__ == "__main__":
    sys.exit(main())
