"""All quotations of one text as drafts: frames take their content, free segments join the speech they continue."""

from bisect import bisect_left

from quotidian.tasks.extract.quotes.after import draft_after
from quotidian.tasks.extract.quotes.before import draft_before
from quotidian.tasks.extract.quotes.claims_of_others import is_rejected
from quotidian.tasks.extract.quotes.drafts import Claims, Draft, Saying, settle_draft
from quotidian.tasks.extract.quotes.grammar import OBJECT_FORMS
from quotidian.tasks.extract.quotes.lost_marks import follow_lost_marks
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.resumed import join_continuations

BARE_PRONOUNS = OBJECT_FORMS | {"it", "this", "that", "these", "those"}


def find_sayings(page: Page, follow_lost: bool = True, keep_nested: bool = False) -> list[Saying]:
    """All sayings of one text. Frames that follow their content choose first, since they stand right behind it."""
    claims = Claims()
    drafts, rest = [], []
    for frame in page.frames:
        if page.segment_of[frame.cue] >= 0:
            continue
        draft = draft_before(page, frame, claims) if frame.kind != "noun" else None
        if draft:
            drafts.append(draft)
        else:
            rest.append(frame)
    inside = mark_content(page, drafts)
    for frame in reversed(rest):
        if inside[frame.cue] and not keep_nested:
            continue
        draft = draft_after(page, frame, claims)
        if draft:
            drafts.append(draft)
    drafts = [*drop_in_lines(page, drop_doubled_sources(page, drafts)), *draft_lines(page)]
    drafts = [draft for draft in drafts if not is_bare_pronoun(page, draft)]
    join_continuations(page, drafts)
    if follow_lost:
        follow_lost_marks(page, drafts)
    return [settle_draft(draft) for draft in (drafts if keep_nested else drop_nested(page, drafts))]


def is_bare_pronoun(page: Page, draft: Draft) -> bool:
    """Whether the content of a draft is one pronoun, of which nobody can tell what was said ("called him out", "before he announced it")."""
    ((start, end), *others) = draft.parts
    return not (others or draft.segments) and page.parse.view[start:end].lower() in BARE_PRONOUNS


def draft_lines(page: Page) -> list[Draft]:
    """What the layout gives to somebody: lines of a transcript, posts."""
    return [Draft([(line.start, line.end)], None, "line") for line in page.spoken_lines]


def drop_in_lines(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Drop what is said within such lines, and what takes their labels for content."""
    lines = page.spoken_lines
    return [d for d in drafts if not any(line.start < d.end and d.start < line.end for line in lines)]


def mark_content(page: Page, drafts: list[Draft]) -> bytearray:
    """For each token whether it stands in the words that somebody is said to have said: cues there are part of them."""
    inside = bytearray(len(page.parse))
    for draft in drafts:
        if draft.position == "after":
            fill_ranges(inside, read_token_ranges(page, draft))
    return inside


def drop_doubled_sources(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Drop "according to …", and who reported it, behind words that already have their speaker ("A, said Wang, according to the ministry", "A, Wang said on
    Friday, Interfax reported")."""
    cues = sorted(draft.frame.cue for draft in drafts if draft.position == "after" and draft.frame)
    starts = [page.parse.starts[cue] for cue in cues]
    kept = []
    for draft in drafts:
        start, end = draft.parts[0]
        holds_cue = bisect_left(starts, start) < bisect_left(starts, end)
        is_reported = draft.position == "after" and draft.frame is not None and draft.frame.lemma == "report"
        if not holds_cue or not (draft.position == "source" or is_reported):
            kept.append(draft)
    return kept


def drop_nested(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Drop sayings that stand inside another quotation ("Miller said the secretary reiterated that …").

    Annotators give one quotation to such words (86 % of inner ones are unannotated in PolNeAR). What a document or
    "according to" only passes on keeps its own speaker, and so does what stands between the parts of a quotation.
    """
    kept, inside = [], bytearray(len(page.parse) + 1)
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end, is_named(draft))):
        ranges = read_token_ranges(page, draft)
        if inside[ranges[0][0]] and inside[ranges[-1][1] - 1] and not has_maker(page, draft):
            continue
        kept.append(draft)
        if draft.position != "source":
            fill_ranges(inside, ranges)
    return kept


def is_named(draft: Draft) -> bool:
    """Whether it is what somebody calls a thing: it yields to him who judges that by the same words ("condemned what he called …")."""
    return draft.frame is not None and draft.frame.complement == "name"


def has_maker(page: Page, draft: Draft) -> bool:
    """Whether a draft is a claim that somebody else rejects, and the text names whose it is: it is kept beside the rejection."""
    frame = draft.frame
    is_claim = frame is not None and frame.kind == "noun" and frame.subject is not None
    return is_claim and is_rejected(page.parse, frame.cue)


def read_token_ranges(page: Page, draft: Draft) -> list[tuple[int, int]]:
    """First token of each part and the token after its last."""
    return [(page.token_at(start), max(page.token_at(start) + 1, page.token_at(end))) for start, end in draft.parts]


def fill_ranges(inside: bytearray, ranges: list[tuple[int, int]]) -> None:
    for first, last in ranges:
        inside[first:last] = b"\x01" * (last - first)
