"""The page of the architecture draws the tree as it is."""

import re

from pages import ROOT, read_page

LINE = re.compile(r"^( *)(\w+)/", re.MULTILINE)


def list_drawn() -> list[str]:
    """Folders of the tree that the page draws, by their path."""
    drawn = read_page("docs/architecture.md").split("```text\n")[1].split("```")[0]
    above, found = {}, []
    for blanks, name in LINE.findall(drawn):
        above[len(blanks)] = name
        found.append("/".join(above[depth] for depth in sorted(above) if depth <= len(blanks)))
    return found


def test_every_folder_with_code_is_drawn() -> None:
    code = {
        path.parent.relative_to(ROOT).as_posix()
        for top in ("api", "flows", "tasks")
        for path in (ROOT / top).rglob("*.py")
    }
    assert {*list_drawn()} - {"seeds"} == code


def test_rooms_are_drawn_in_the_order_of_their_walls() -> None:
    rooms = [path.removeprefix("tasks/") for path in list_drawn() if path.count("/") == 1 and path.startswith("tasks/")]
    order = (ROOT / "tests/laws/test_laws_imports.py").read_text(encoding="utf-8")
    assert "ROOMS = (" + ", ".join(f'"{room}"' for room in rooms) + ")" in order
