"""What a frame of saying is: a cue in the parse with its subject and the clause or phrase that it introduces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue. Token indexes; `subject` is the head of the phrase that says it by the grammar, `content` that of what was said.

    `cue_start` and `cue_end` span the cue with its particle; `kind` is verb, noun or source ("according to"); `complement`
    tells what `content` is and `rest` what else belongs to it; `left` is the first token of the phrase where the subject
    stands apart from the cue or was found by words alone. Who speaks is for `speakers/attribute.py` to decide.
    """

    cue: int
    lemma: str
    kind: str
    cue_start: int
    cue_end: int
    subject: int | None = None
    content: int | None = None
    complement: str = ""
    is_passive: bool = False
    rest: tuple[int, ...] = ()
    needs_marks: bool = False
    left: int | None = None
