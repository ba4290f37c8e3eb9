"""Strings that are hard for a pattern, made from the pattern itself."""

from collections.abc import Iterator
from itertools import pairwise
from re import _constants as op
from re import _parser as parser
from typing import Any

Tree = Any
"""What the parser of `re` makes of a pattern: a sequence of (operation, value)."""

SAMPLES, CLASS_SAMPLES = 4, 12
TAILS = ("\x00", " xyz")
"""Ends on which most patterns fail, after they have matched all before."""

# What classes of the whole alphabet are tried with: letters, figures, blanks and the marks that patterns speak of.
ALPHABET = "aA7 -.,'(\"[/|@\n"
IN_CATEGORY = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_NOT_WORD: lambda c: not c.isalnum() and c != "_",
}
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# Repeats of fewer turns add a constant.
FEW = 4


def list_adversaries(pattern: str, flags: int, most: int) -> list[tuple[str, str]]:
    """Pairs of a start and of what is repeated after it, at most `most`.

    Repeated are the body of each repeat (a string for each of its alternatives and kinds of characters) after what
    stands before it and by itself, the bodies of neighbours together, the words of the pattern, and all of it.
    """
    tree = parser.parse(pattern, flags)
    repeats = list(find_repeats(tree))
    bodies = [make_samples(body) for _, body in repeats]
    found = [(before, sample) for (before, _), samples in zip(repeats, bodies, strict=True) for sample in samples]
    found += [("", left + right) for one, two in pairwise(bodies) for left in one[:2] for right in two[:2]]
    found += [("", samples[0] + other) for samples in bodies for other in samples[1:]]
    found += [("", before[-12:] + sample) for before, sample in list(found)]
    found += [("", sample) for sample in make_samples(tree)] + [("", f"{word} ") for word in find_words(tree)]
    unique = list(dict.fromkeys((before, sample) for before, sample in found if sample))
    return unique[:: max(1, -(-len(unique) // most))]


def build_adversary(start: str, pump: str, tail: str, size: int) -> str:
    """A string of so many characters: the start, then the pump over and over, then the tail."""
    room = size - len(tail)
    return (start + pump * (room // len(pump) + 1))[:room] + tail


def make_samples(tree: Tree) -> list[str]:
    """Short strings that a tree matches, lookarounds aside, with other alternatives in each: few unless it is one class."""
    parts = [sample_item(kind, value) for kind, value in tree]
    turns = min(SAMPLES if len(parts) > 1 else CLASS_SAMPLES, max(map(len, parts), default=1))
    return list(dict.fromkeys("".join(part[turn % len(part)] for part in parts) for turn in range(turns)))


def sample_item(kind: Any, value: Any) -> list[str]:
    """Strings for one item of a tree; an empty one for places and lookarounds."""
    if kind is op.LITERAL:
        return [chr(value)]
    if kind in (op.ANY, op.NOT_LITERAL, op.IN):
        return list(pick_characters(kind, value))
    if kind is op.BRANCH:
        return [sample for branch in value[1] for sample in make_samples(branch)[:2]]
    if kind in REPEATS:
        return [sample * max(1, value[0]) for sample in make_samples(value[2])]
    return make_samples(list_inner(kind, value)[0]) if kind in (op.SUBPATTERN, op.ATOMIC_GROUP) else [""]


def pick_characters(kind: Any, value: Any) -> list[str]:
    """Characters of each kind that a class holds."""
    if kind is op.ANY:
        return ["a", "A", " ", "-"]
    if kind is op.NOT_LITERAL:
        return [c for c in ALPHABET if ord(c) != value][:SAMPLES]
    literals = [chr(v if k is op.LITERAL else v[0]) for k, v in value if k in (op.LITERAL, op.RANGE)]
    if value[0][0] is not op.NEGATE:
        return list(dict.fromkeys([*literals, *(c for c in ALPHABET if is_in(c, value))])) or ["~"]
    return [c for c in ALPHABET if not is_in(c, value[1:])][:SAMPLES] or ["~"]


def is_in(character: str, items: Tree) -> bool:
    """Whether a character is of a class."""
    return any(
        (kind is op.LITERAL and ord(character) == value)
        or (kind is op.RANGE and value[0] <= ord(character) <= value[1])
        or (kind is op.CATEGORY and IN_CATEGORY[value](character))
        for kind, value in items
    )


def list_inner(kind: Any, value: Any) -> list[Tree]:
    """The trees inside one item."""
    if kind is op.BRANCH:
        return value[1]
    if kind in REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def find_repeats(tree: Tree, before: str = "") -> Iterator[tuple[str, Tree]]:
    """The body of each repeat of more than a few turns, with a string for what stands before it."""
    for kind, value in tree:
        if kind in REPEATS and value[1] > FEW:
            yield before, value[2]
        for inner in list_inner(kind, value):
            yield from find_repeats(inner, before)
        before += sample_item(kind, value)[0]


def find_words(tree: Tree) -> Iterator[str]:
    """The runs of letters in a pattern."""
    run = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            run += chr(value)
            continue
        if len(run) > 1:
            yield run
        run = ""
        for inner in list_inner(kind, value):
            yield from find_words(inner)
    if len(run) > 1:
        yield run
