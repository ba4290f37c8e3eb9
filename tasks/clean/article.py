"""One article: from the raw text to body, metadata, credits and edits."""

from collections.abc import Callable, Iterable

from quotidian.tasks.tables.kinds import METADATA_FIELDS

from .article_notes import find_article_notes
from .author_notes import list_people
from .cleaned import Cleaned, Declared, Rejected
from .datelines import REMOVED_RULES, find_dateline, find_split_dateline
from .encoding import repair_encoding
from .facts import Notes
from .findings import Finding
from .header import find_header
from .junk import find_junk_lines
from .language import detect_language, is_unwanted
from .metadata import read_captured, weigh_metadata
from .notices import find_notice
from .passages import find_closing_credits, find_embedded_headlines, find_passages
from .quality import count_words, flag_quality, is_binary, rate_translation, spell_plainly
from .settings import CleanSettings
from .spacing import close_head, repair_spacing, repair_stops
from .trace import Change, Trace, apply_changes, finish_edits, rebuild_raw, start_trace

__all__ = ["clean_article", "rebuild_raw"]


def clean_article(raw: str, declared: Declared, settings: CleanSettings) -> Cleaned | Rejected:
    """Body, metadata, credits and edits of an article, or why there is none.

    Depends on nothing but its arguments and the files of seeds/. Never raises on odd text. Reasons: empty (no
    text came in), binary (no text at all), notice (a bot check, an error, a question for consent), no_text (nothing
    but junk came in), language (none of settings.languages).
    """
    if not raw.strip():
        return Rejected("empty", f"{len(raw)} characters, all blank")
    if is_binary(raw):
        return Rejected("binary", "more than a tenth of the characters are controls or were unreadable")
    notes = Notes()
    trace = repair_raw(raw)
    if notice := find_notice(trace.text, declared.headline):
        return Rejected("notice", f"a notice of the site ({notice}) and no article")
    trace = repair_text(remove_findings(trace, notes, declared, settings))
    if not any(map(str.isalnum, trace.text)):
        return Rejected("no_text", f"nothing left of {len(raw)} characters")
    language, score = detect_language(trace.text)
    if is_unwanted(trace.text, language, score, settings):
        return Rejected("language", f"{language} ({score:.2f})")
    return describe_article(trace, notes, declared, language, score, settings)


def repair_raw(raw: str) -> Trace:
    """The raw text with encoding and blanks in order, every word of it still there."""
    return close_head(repair_spacing(repair_encoding(start_trace(raw))))


def remove_findings(trace: Trace, notes: Notes, declared: Declared, settings: CleanSettings) -> Trace:
    """The text without header, junk and credits; what was found in them goes to `notes`."""
    title, people = declared.headline, list_people(declared.authors)

    def find_lines(trace: Trace) -> list[Finding]:
        more = (settings.junk_phrases, settings.kept_lines)
        return find_junk_lines(trace.lines, title or notes.first("title"), *more, people)

    def find_place(trace: Trace) -> list[Finding]:
        return [] if notes.first("dateline_place") else find_dateline(trace.text)

    steps: tuple[Callable[[Trace], Iterable[Finding]], ...] = (
        lambda trace: find_header(trace.text),
        find_place,
        lambda trace: find_split_dateline(trace.text),
        lambda trace: find_article_notes(trace.lines),
        find_lines,
        lambda trace: find_passages(trace.text),
        lambda trace: find_embedded_headlines(trace.text),
        lambda trace: find_closing_credits(trace.text),
        find_place,
    )
    for find in steps:
        trace = remove(trace, find(trace), notes, settings)
    return trace


def remove(trace: Trace, findings: Iterable[Finding], notes: Notes, settings: CleanSettings) -> Trace:
    """The text without the findings that the settings want removed, its blanks in order."""
    findings = list(findings)
    for finding in findings:
        notes.add(trace, finding)
    wanted = [finding for finding in findings if is_removed(finding, settings)]
    if not wanted:
        return trace
    changes = [Change(f.start, f.end, f.text, f.rule, f.kind, f.score) for f in wanted]
    return repair_spacing(apply_changes(trace, changes))


def is_removed(finding: Finding, settings: CleanSettings) -> bool:
    """Whether the settings want a finding out of the body."""
    if finding.rule == "article_note":
        return False
    if finding.rule == "headline":
        return settings.remove_titles
    if finding.rule in REMOVED_RULES["all"]:
        return settings.remove_credits and finding.rule in REMOVED_RULES[settings.remove_datelines]
    if finding.kind == "credit":
        return settings.remove_credits
    return settings.remove_junk or finding.kind == "header"


def repair_text(trace: Trace) -> Trace:
    """The text with its stops and blanks in order."""
    return repair_spacing(repair_stops(trace))


def describe_article(
    trace: Trace, notes: Notes, declared: Declared, language: str | None, score: float | None, settings: CleanSettings
) -> Cleaned:
    """The cleaned article of a finished text."""
    body, edits = trace.text, finish_edits(trace)
    plain = spell_plainly(body)
    word_count = count_words(plain)
    metadata = weigh_metadata(declared, notes)
    translation_rate = rate_translation(body, plain, word_count, edits)
    flags = flag_quality(body, trace.lines, edits, word_count, translation_rate, settings, declared.is_paywalled)
    return Cleaned(
        body=body,
        edits=edits,
        credits=notes.credits(),
        metadata=metadata.offers,
        **{field: metadata.values.get(field) for field in METADATA_FIELDS if field != "published"},
        published_date=metadata.moment.day,
        published_at=metadata.moment.at,
        captured_at=read_captured(declared),
        date_source=metadata.date_source,
        language=language,
        language_score=score,
        quality_flags=tuple(sorted({*flags, *metadata.date_flaws})),
        translation_rate=round(translation_rate, 4),
        removed_chars=sum(max(0, len(edit.raw_text) - len(edit.body_text)) for edit in edits),
        word_count=word_count,
    )
