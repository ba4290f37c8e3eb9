"""Body and edits rebuild the raw text, for every text."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.cleaned import Cleaned, Declared, Rejected
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.tables.kinds import CREDIT_KINDS, DATE_SOURCES, EDIT_KINDS

KEEP_ALL = CleanSettings(languages=())
PIECES = (
    "The minister said on Monday that talks would go on until a deal was reached with the unions.",
    "Officials in the capital declined to comment on the report, which was first published by a newspaper.",
    " date 2023-06-19 Politics",
    "date 2023-06-19",
    "Title: A headline\nURL: https://example.org/2023/06/19/a\n",
    "BEIJING (AP) — ",
    "Beijing\n\nCNN\n\n–\n\n",
    "Comment this story Comment ",
    "(Video: The Post) ",
    "Ministers agree new deal, ending long strike ",
    "unresolved. . The",
    " , ",
    " . ",
    "Reuters contributed to this report.",
    "Related: Ministers agree new deal",
    "Photo: Ann Lee / Getty Images",
    "Share",
    "About the author",
    "By ANN LEE and BOB RAY",
    "Read more",
    "Back to top button",
    "Itâ€™s a test &amp; &amp;quot;more&quot; <p>",
    "ﬁnd\u00a0\u200bit\ufeff\u00ad",
    "\r\n",
    "\r",
    "\n\n\n\n",
    "\t  ",
    "\x00\x1b\ufffd",
    "🙂👩\u200d👩\u200d👧",
    "中文新闻。",
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from("\n \t.,"), st.text(max_size=12)), max_size=25).map(
    "".join
)
DECLARED = st.builds(Declared, title=st.none() | st.sampled_from(PIECES), published=st.none() | st.text(max_size=20))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(raw=TEXTS, declared=DECLARED)
@example(raw="", declared=Declared())
@example(raw="\x00" * 20, declared=Declared())
@example(raw="\r\n\r\n.", declared=Declared())
def test_body_and_edits_rebuild_the_raw_text(raw, declared):
    outcome = clean_article(raw, declared, KEEP_ALL)
    if isinstance(outcome, Rejected):
        assert outcome.reason in {"empty", "binary", "no_text"}
        return
    assert rebuild_raw(outcome.body, outcome.edits) == raw
    check_edits(raw, outcome)
    check_credits(raw, outcome)
    assert outcome.date_source in DATE_SOURCES
    assert outcome.quality_flags == tuple(sorted(set(outcome.quality_flags)))
    assert outcome.body == outcome.body.strip()


def check_edits(raw: str, cleaned: Cleaned) -> None:
    raw_done = body_done = 0
    for edit in cleaned.edits:
        assert raw[edit.raw_start : edit.raw_end] == edit.raw_text != edit.body_text
        assert cleaned.body[edit.body_start : edit.body_end] == edit.body_text
        assert raw[raw_done : edit.raw_start] == cleaned.body[body_done : edit.body_start]
        assert edit.kind in EDIT_KINDS
        assert edit.rule
        raw_done, body_done = edit.raw_end, edit.body_end
    assert raw[raw_done:] == cleaned.body[body_done:]


def check_credits(raw: str, cleaned: Cleaned) -> None:
    for credit in cleaned.credits:
        assert credit.kind in CREDIT_KINDS
        assert 0 <= credit.raw_start <= credit.raw_end <= len(raw)
        assert credit.text
