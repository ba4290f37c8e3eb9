"""Rules as readings: small named functions in order, each with an example of its own and what it gives there.

A *reading* looks at one place and answers, or gives None; of an order of readings the first that answers wins. A *move* takes
what was found so far as its last argument and gives it back, moved or as it was; an order of moves is folded from left to
right. So every decision has a name, can be counted and left out: the tests run each example with its rule and without,
and `benchmarks/rules.py` does so over annotated news.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its function, whether it reads or moves, an example, and the quotations that are found there."""

    function: Callable
    is_move: bool
    example: str
    gives: str

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def place(self) -> str:
        """The module that holds the rule, below the extract room."""
        return self.function.__module__.partition(".extract.")[2]

    def fires(self, arguments: tuple, answer: Any) -> bool:
        """Whether an answer is one: a reading's that is not None, a move's that is not what it was given."""
        return answer != arguments[-1] if self.is_move else answer is not None


RULES: list[Rule] = []
"""Every rule, as far as its module is loaded."""


def reading(example: str, gives: str) -> Callable[[Function], Function]:
    """Note a reading with its example; the quotations there stand as `[speaker] words`, with " · " between two."""
    return note_rule(False, example, gives)


def move(example: str, gives: str) -> Callable[[Function], Function]:
    """Note a move with its example."""
    return note_rule(True, example, gives)


def note_rule(is_move: bool, example: str, gives: str) -> Callable[[Function], Function]:
    def note(function: Function) -> Function:
        RULES.append(Rule(function, is_move, example, gives))
        return function

    return note


class Order:
    """Rules in the order in which they are asked."""

    __slots__ = ("rules",)

    def __init__(self, *rules: Callable) -> None:
        self.rules = rules
        ORDERS.append(self)

    def first(self, *arguments: Any) -> Any:
        """The first answer of its readings, or None."""
        for read in self.rules:
            answer = read(*arguments)
            if answer is not None:
                return answer
        return None

    def fold(self, place: Any, about: Any, found: Any) -> Any:
        """What was found, moved by each of its moves in turn."""
        for shift in self.rules:
            found = shift(place, about, found)
        return found


ORDERS: list[Order] = []


@contextmanager
def put_in_place(function: Callable, others: tuple[Callable, ...]) -> Iterator[None]:
    """Have `others` stand wherever a rule stands, for as long as the context lasts: none to leave it out, one to watch it."""
    before = [order.rules for order in ORDERS]
    for order in ORDERS:
        order.rules = tuple(new for old in order.rules for new in (others if old is function else (old,)))
    try:
        yield
    finally:
        for order, rules in zip(ORDERS, before, strict=True):
            order.rules = rules
