"""Nouns for speakers: a role, people in general, a document, or somebody who is not named."""

from functools import cache

from quotidian.tasks.store.facts import read_facts


@cache
def read_speaker_nouns() -> dict[str, str]:
    """Kind of speaker for each noun of seeds/speaker_nouns.csv, plurals spelled out there."""
    return {row["noun"]: row["kind"] for row in read_facts("speaker_nouns")}
