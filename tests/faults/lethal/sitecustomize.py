"""Put on the path of a run by a test: some articles kill, starve or break the process that works on them.

Each article says in its text what it does: LETHAL-CLEAN, LETHAL-EXTRACT (dead at once, as by the system), GREEDY
(takes more memory than the process may have), ONCE (dead the first time only), BROKEN (an error of the code), ENDLESS (a pattern
that never ends and holds the interpreter all the while), SLOW (the same, the first time only).
"""

import importlib.abc
import importlib.util
import os
import re
import resource
import signal
import sys
from pathlib import Path

LIMIT_BYTES = 6_000_000_000


def strike(text: str, room: str) -> None:
    """Do to this process what the text says."""
    mark = Path(os.environ["LETHAL_MARK"])
    if f"LETHAL-{room}" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if f"ONCE-{room}" in text and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if f"GREEDY-{room}" in text:
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
        bytearray(LIMIT_BYTES)
    if f"ENDLESS-{room}" in text or (f"SLOW-{room}" in text and not mark.exists()):
        mark.touch()
        re.match(r"(a+)+$", "a" * 64 + "b")
    if f"BROKEN-{room}" in text:
        raise ZeroDivisionError("a broken rule")


def arm_clean(module) -> None:
    """Strike when an article's payload is read to be cleaned."""
    read_article = module.read_article

    def read(payload, *args):
        strike(payload.decode(errors="replace"), "CLEAN")
        return read_article(payload, *args)

    module.read_article = read


def arm_extract(module) -> None:
    """Strike when a body is annotated."""
    annotate_text = module.annotate_text

    def annotate(text, *args):
        strike(text, "EXTRACT")
        return annotate_text(text, *args)

    module.annotate_text = annotate


ARMED = {"quotidian.tasks.clean.row": arm_clean, "quotidian.tasks.extract.row": arm_extract}


class Armourer(importlib.abc.MetaPathFinder):
    """Arms the modules of ARMED when they are imported."""

    def find_spec(self, name, path, target=None):
        if name not in ARMED:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        execute = spec.loader.exec_module

        def execute_and_arm(module) -> None:
            execute(module)
            ARMED[name](module)

        spec.loader.exec_module = execute_and_arm
        return spec


sys.meta_path.insert(0, Armourer())
