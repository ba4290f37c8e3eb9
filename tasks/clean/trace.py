"""A text that remembers the raw text it came from, through any number of cleaning steps.

Each step looks at `trace.text` and gives back changes in its offsets; `apply_changes` composes them with all
earlier ones, so that at the end one list of edits leads from the raw text to the body and back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .cleaned import Edit
from .lines import Line, split_lines


@dataclass(frozen=True, slots=True)
class Change:
    """text[start:end] is to become `text`; '' takes it away."""

    start: int
    end: int
    text: str
    rule: str
    kind: str
    score: float | None = None


@dataclass(frozen=True)
class Trace:
    """A text and the edits that lead to it from `raw`, in order and without overlap."""

    raw: str
    text: str
    edits: tuple[Edit, ...] = ()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the text."""
        return split_lines(self.text)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the raw text; a span that cuts an edit takes all of it in."""
        return self._raw_start(start), max(self._raw_start(start), self._raw_end(end))

    def _raw_start(self, point: int) -> int:
        place = bisect_right(self.edits, point, key=lambda edit: edit.body_start) - 1
        if place < 0:
            return point
        edit = self.edits[place]
        return edit.raw_start if point < edit.body_end else point - edit.body_end + edit.raw_end

    def _raw_end(self, point: int) -> int:
        place = bisect_left(self.edits, point, key=lambda edit: edit.body_end)
        if place == len(self.edits):
            last = self.edits[-1] if self.edits else None
            return point - last.body_end + last.raw_end if last else point
        edit = self.edits[place]
        return edit.raw_end if point > edit.body_start else point - edit.body_start + edit.raw_start


def start_trace(raw: str) -> Trace:
    """The raw text, unchanged so far."""
    return Trace(raw, raw)


def apply_changes(trace: Trace, changes: Iterable[Change]) -> Trace:
    """The trace after `changes`, which are offsets of trace.text; where two overlap, the one that starts first stays.

    A change that cuts an earlier edit is joined with it to one edit under the later rule.
    """
    chosen = choose_changes(trace.text, changes)
    if not chosen:
        return trace
    parts, edits, done, shift = [], [], 0, 0
    for group in group_overlaps(trace.edits, chosen):
        start, end, text, ruling = join_group(trace.text, group)
        raw_start, raw_end = raw_bounds(trace, group, start, end)
        parts += [trace.text[done:start], text]
        place = start + shift
        raw = trace.raw[raw_start:raw_end]
        edits.append(
            Edit(raw_start, raw_end, place, place + len(text), raw, text, ruling.rule, ruling.kind, ruling.score)
        )
        done, shift = end, shift + len(text) - (end - start)
    parts.append(trace.text[done:])
    return Trace(trace.raw, "".join(parts), tuple(edits))


def choose_changes(text: str, changes: Iterable[Change]) -> list[Change]:
    """Changes in order, without those that change nothing or overlap an earlier one."""
    chosen: list[Change] = []
    done = 0
    for change in sorted(changes, key=lambda change: (change.start, -change.end)):
        if change.start < done or text[change.start : change.end] == change.text:
            continue
        chosen.append(change)
        done = change.end
    return chosen


Span = tuple[int, int, Edit | Change]


def group_overlaps(edits: Sequence[Edit], changes: Sequence[Change]) -> Iterable[list[Span]]:
    """Earlier edits and new changes in the order of the text, those that overlap together in one group."""
    spans: list[Span] = [(edit.body_start, edit.body_end, edit) for edit in edits]
    spans += [(change.start, change.end, change) for change in changes]
    spans.sort(key=lambda span: (span[0], span[1], isinstance(span[2], Change)))
    group: list[Span] = []
    end = 0
    for span in spans:
        if group and span[0] >= end:
            yield group
            group = []
        group.append(span)
        end = max(end, span[1]) if len(group) > 1 else span[1]
    if group:
        yield group


def join_group(text: str, group: list[Span]) -> tuple[int, int, str, Edit | Change]:
    """Start, end and new text of one group of overlapping edits and changes, and which of them names it."""
    start, end = group[0][0], max(span[1] for span in group)
    changes = [span[2] for span in group if isinstance(span[2], Change)]
    if not changes:
        edit = group[0][2]
        return start, end, text[start:end], edit
    parts, done = [], start
    for change in changes:
        parts += [text[done : change.start], change.text]
        done = change.end
    parts.append(text[done:end])
    removals = [span[2] for span in group if isinstance(span[2], Edit) and span[2].kind != "spacing"]
    ruling = max(changes, key=lambda change: change.end - change.start)
    if removals and ruling.kind == "spacing":
        ruling = removals[0]
    return start, end, "".join(parts), ruling


def raw_bounds(trace: Trace, group: list[Span], start: int, end: int) -> tuple[int, int]:
    """Where a group starts and ends in the raw text."""
    edits = [span[2] for span in group if isinstance(span[2], Edit)]
    if not edits:
        return trace.raw_span(start, end) if start < end else (trace._raw_start(start),) * 2
    first, last = edits[0], edits[-1]
    return first.raw_start - (first.body_start - start), last.raw_end + (end - last.body_end)


def finish_edits(trace: Trace) -> tuple[Edit, ...]:
    """The edits, each cut to what it really changes; spacing that touches a removal is counted to it."""
    finished: list[Edit] = []
    for edit in map(trim_edit, trace.edits):
        if edit.raw_text == edit.body_text:
            continue
        if finished and can_join(finished[-1], edit):
            finished[-1] = join_edits(finished[-1], edit)
        else:
            finished.append(edit)
    return tuple(finished)


def trim_edit(edit: Edit) -> Edit:
    """The edit without what its raw and its new text share at both ends."""
    raw, body = edit.raw_text, edit.body_text
    if not body:
        return edit
    most = min(len(raw), len(body))
    head = next((i for i in range(most) if raw[i] != body[i]), most)
    tail = next((i for i in range(most - head) if raw[-1 - i] != body[-1 - i]), most - head)
    if not head and not tail:
        return edit
    return Edit(
        edit.raw_start + head,
        edit.raw_end - tail,
        edit.body_start + head,
        edit.body_end - tail,
        raw[head : len(raw) - tail],
        body[head : len(body) - tail],
        edit.rule,
        edit.kind,
        edit.score,
    )


def can_join(left: Edit, right: Edit) -> bool:
    """Whether two edits touch and are one removal: of one rule, or one of them only blanks."""
    if left.raw_end != right.raw_start or left.body_end != right.body_start:
        return False
    if (left.rule, left.kind) == (right.rule, right.kind):
        return True
    return (is_blank(left) or is_blank(right)) and not (left.body_text or right.body_text)


def is_blank(edit: Edit) -> bool:
    return edit.kind == "spacing" and not edit.raw_text.strip()


def join_edits(left: Edit, right: Edit) -> Edit:
    """Two touching edits as one, under the rule of the one that is more than blanks."""
    ruling = right if is_blank(left) else left
    return Edit(
        left.raw_start,
        right.raw_end,
        left.body_start,
        right.body_end,
        left.raw_text + right.raw_text,
        left.body_text + right.body_text,
        ruling.rule,
        ruling.kind,
        join_scores(left.score, right.score),
    )


def join_scores(left: float | None, right: float | None) -> float | None:
    """The less sure of two scores."""
    scores = [score for score in (left, right) if score is not None]
    return min(scores, default=None)


def rebuild_raw(body: str, edits: Iterable[Edit]) -> str:
    """The raw text, from the body and its edits."""
    parts, done = [], 0
    for edit in edits:
        parts += [body[done : edit.body_start], edit.raw_text]
        done = edit.body_end
    parts.append(body[done:])
    return "".join(parts)
