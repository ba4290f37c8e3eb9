"""Commands are found wherever a page shows or names them."""

from pages import find_blocks, find_links, find_named_commands, split_lines

PAGE = """# Page

    indented one  # with a remark

- item

  ```sh
  fenced in a list
  ```

Read `quotidian status`, `quality.csv` and [a page](other.md#part).

| what | how |
|---|---|
| now | `make run` |

```console
$ quotidian path
```

<!-- `quotidian hidden` -->
"""


def test_blocks_are_found_indented_fenced_and_in_lists() -> None:
    found = [(block.language, block.text.strip()) for block in find_blocks(PAGE)]
    expected = [("sh", "indented one  # with a remark"), ("sh", "fenced in a list"), ("console", "$ quotidian path")]
    assert found == expected


def test_the_lines_of_a_block_are_those_of_the_page() -> None:
    lines = PAGE.splitlines()
    for block in find_blocks(PAGE):
        assert [line.strip() for line in lines[block.first : block.end] if line.strip()] == [block.text.strip()]


def test_commands_in_sentences_and_tables_are_found() -> None:
    assert find_named_commands(PAGE) == ["quotidian status", "make run"]
    assert find_links(PAGE) == ["other.md#part"]


def test_lines_come_without_remarks_and_in_one_piece() -> None:
    assert split_lines("# first\na --b  # c\n\nd \\\n  --e\n") == ["a --b", "d    --e"]
