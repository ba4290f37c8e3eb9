"""The reading copy: as long as the text, smoothed where scraping broke it."""

import pytest

from quotidian.tasks.extract.parsing.view import smooth_text


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("“Yes,” he said.", '"Yes," he said.'),
        ("the farmers’ vote", "the farmers' vote"),
        ("''Yes,'' he said.", ' "Yes," he said.'.replace(' "Yes," ', ' "Yes,"  ')),
        ("It ended. . The next day", "It ended.   The next day"),
        ("in the north of November. , said Rudolf", "in the north of November , said Rudolf".replace("r ,", "r  ,")),
        ("the strait. of Hormuz", "the strait  of Hormuz"),
        ("cannot trust [ours]he said", "cannot trust [ours,he said"),
        ("Novak came. Novaks’ visit ended. Novak left.", "Novak came. Novak's visit ended. Novak left."),
        ("The Novaks’ house. Novak and Novak.", "The Novaks' house. Novak and Novak."),
        ("the U.S. officials", "the U.S. officials"),
    ],
)
def test_smooths_what_is_broken(text, view):
    assert smooth_text(text) == view
    assert len(view) == len(text)


@pytest.mark.parametrize("text", ["", "x" * 1000, "\x00\r\n\t", "'" * 501, "“”" * 300, ". " * 400, "é" * 250])
def test_keeps_the_length(text):
    assert len(smooth_text(text)) == len(text)


def test_long_runs_are_cut():
    assert max(len(piece) for piece in smooth_text("y" * 5000).split(" ")) < 200
