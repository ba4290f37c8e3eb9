"""Settings that steer how copies, stories, entities and statements are found across articles."""

from pydantic import BaseModel, ConfigDict, Field


class DeduplicateSettings(BaseModel):
    """Thresholds of the room; the measurements behind them are in `benchmarks/deduplicate.py`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_words: int = Field(
        20, ge=1, description="Articles with fewer content words are compared for exact copies only."
    )
    near_containment: float = Field(
        0.6, ge=0, le=1, description="Share of the word pairs of the shorter text that a near copy has in the longer."
    )
    rewritten_alignment: float = Field(
        0.45,
        ge=0,
        le=1,
        description="Share of the longer text's content words that a rewritten copy has in the same order.",
    )
    member_alignment: float = Field(
        0.33, ge=0, le=1, description="The same for a text that is a copy of another copy of the original."
    )
    story_days: int = Field(3, ge=0, description="Most days between two articles that count as being on one event.")
    story_cosine: float = Field(
        0.3, ge=0, le=1, description="Least average cosine between two groups of articles on one event."
    )
    story_cohesion: float = Field(
        0.75,
        ge=0,
        le=1,
        description="How similar two groups of articles on one event must be, relative to the looser one within itself.",
    )
    statement_overlap: float = Field(
        0.5, ge=0, le=1, description="Weighted share of the shorter quotation's content words that stand in the longer."
    )
    statement_words: int = Field(
        4,
        ge=1,
        description="Different content words below which a quotation is joined with one of the same words only.",
    )
