"""JSON as pages write it by hand: with comments, loose or lost commas, marks inside of words, and ends that are missing."""

import re
from typing import Any

from .records import replace_surrogates

# Deeper parts are left out; the vocabulary of pages needs five.
MAX_DEPTH = 40
# What stands before a value, and with commas what stands between two parts.
BEFORE = re.compile(r"(?:[\s\ufeff]|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--|-->)*+")
BETWEEN = re.compile(BEFORE.pattern.replace("[", "[,;", 1))
START = re.compile(r"[{\[]")
BARE = re.compile(r"[^\s,:{}\[\]\"'“”]*+")
# Before these a mark ends a text; before other words it is one of the text.
FOLLOWING = r"""\s{0,200}(?:[}\]:]|\Z|,\s{0,200}(?:["'“{}\[\]/\d,-]|true|false|null|\Z)|"[@\w$-]{1,40}"\s{0,20}:|,\s{0,200}[A-Za-z_$][\w$]{0,40}\s{0,20}:\s{0,20}["'{\[\d]|/[/*])"""
TEXTS = {
    opening: re.compile(rf"((?:[^{ends}\\]|\\.|[{ends}](?!{FOLLOWING}))*+)(?:[{ends}]|\\?\Z)", re.DOTALL)
    for opening, ends in (('"', '"'), ("'", "'"), ("“", "“”"))
}
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "": None}


def read_loose_values(text: str) -> list[Any]:
    """The objects and lists of a text that is almost JSON, as far as they can be made out; in time that grows with its length."""
    reader, values = LooseReader(text), []
    while reader.find_start():
        values.append(reader.read_value(0))
    return values


class LooseReader:
    """Reads one value after the other; every call goes forward or ends."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0

    def find_start(self) -> bool:
        """Go to the next object or list; whether there is one."""
        self.skip()
        start = START.search(self.text, self.place)
        self.place = start.start() if start else len(self.text)
        return start is not None

    def skip(self, between: re.Pattern[str] = BETWEEN) -> str:
        """Go behind what stands between two parts; the character there, empty at the end."""
        match = between.match(self.text, self.place)
        self.place = match.end() if match else self.place
        return self.text[self.place : self.place + 1]

    def read_value(self, depth: int) -> Any:
        """The value at this place; None for what is none."""
        char = self.skip(BEFORE)
        if depth > MAX_DEPTH:
            self.place = len(self.text)
        elif char == "{":
            return self.read_object(depth)
        elif char == "[":
            return self.read_list(depth)
        elif char and char in TEXTS:
            return self.read_text(char)
        return read_word(self.read_bare())

    def read_object(self, depth: int) -> dict[str, Any]:
        """An object, up to its bracket, that of a list around it, or the end."""
        self.place += 1
        found: dict[str, Any] = {}
        while (char := self.skip()) not in ("", "}") and not (char == "]" and depth):
            key = self.read_text(char) if char in TEXTS else self.read_bare()
            if self.skip(BEFORE) == ":":
                self.place += 1
                found.setdefault(key, self.read_value(depth + 1))
            elif not key:
                self.place += 1
        self.place += char == "}"
        return found

    def read_list(self, depth: int) -> list[Any]:
        """A list, up to its bracket, that of an object around it, or the end."""
        self.place += 1
        found = []
        while (char := self.skip()) not in ("", "]") and not (char == "}" and depth):
            before = self.place
            found.append(self.read_value(depth + 1))
            self.place += self.place == before
        self.place += char == "]"
        return found

    def read_text(self, mark: str) -> str:
        """A text between marks; one that is not ended goes to the end."""
        self.place += 1
        match = TEXTS[mark].match(self.text, self.place)
        self.place = match.end() if match else len(self.text)
        return replace_surrogates(ESCAPE.sub(read_escape, match[1])) if match else ""

    def read_bare(self) -> str:
        """A word without marks; empty for none."""
        match = BARE.match(self.text, self.place)
        self.place = match.end() if match else self.place
        return match[0] if match else ""


def read_escape(match: re.Match[str]) -> str:
    """What an escape means; a character that needs none stands for itself."""
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else ESCAPED.get(code, code)


def read_word(word: str) -> Any:
    """The value of a word without marks: a figure, true, false, nothing, or the word."""
    if word in WORDS:
        return WORDS[word]
    return int(word) if word.isascii() and word.isdigit() and len(word) < 20 else word
