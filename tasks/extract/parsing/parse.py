"""The parse of one text as plain lists: what the rules read of a text. Brings no model."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TokenEntity:
    """A named span: index of its first token, of the token after its last, and its label."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Parse:
    """Tokens of one text. Each list has one entry a token; heads are token indexes, of itself for a root."""

    text: str
    view: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    sentence_starts: list[int] = field(default_factory=list)
    entities: list[TokenEntity] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    left_edges: list[int] = field(default_factory=list)
    right_edges: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    def sentence_range(self, sentence: int) -> tuple[int, int]:
        """First token of a sentence and the token after its last."""
        end = self.sentence_starts[sentence + 1] if sentence + 1 < len(self.sentence_starts) else len(self)
        return self.sentence_starts[sentence], end

    def subtree(self, token: int) -> tuple[int, int]:
        """Leftmost token below `token` and the token after the rightmost."""
        return self.left_edges[token], self.right_edges[token]

    def child(self, token: int, *deps: str) -> int | None:
        """First child of `token` with one of the dependency labels."""
        for child in self.children[token]:
            if self.deps[child] in deps:
                return child
        return None
