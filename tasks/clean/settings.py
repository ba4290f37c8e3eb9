"""Settings of the clean room."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class CleanSettings(BaseModel):
    """What is kept and what is flagged. Changing one changes the version of the room."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    languages: tuple[str, ...] = Field(("en",), description="Languages to keep, ISO 639-1; empty keeps all.")
    language_score: float = Field(0.8, ge=0, le=1, description="How sure the detector must be to reject an article.")
    language_letters: int = Field(100, ge=0, description="Letters below which no article is rejected for its language.")
    junk_phrases: tuple[str, ...] = Field(
        (), description="Whole lines to remove beside those of seeds/junk_phrases.csv."
    )
    kept_lines: tuple[str, ...] = Field(
        (), description="Whole lines that are part of a story, whatever they look like."
    )
    remove_junk: bool = Field(True, description="Take out junk lines and junk inside paragraphs.")
    remove_credits: bool = Field(True, description="Take out datelines, bylines, contributor lines and photo credits.")
    remove_datelines: Literal["broken", "agency", "all"] = Field(
        "agency",
        description="Datelines to take out: those that scraping broke, also whole ones with an agency such as "
        "'BEIJING (AP) —', or also whole ones without. All are noted as credits.",
    )
    remove_titles: bool = Field(True, description="Take the headline out of the body; it stands in title.")
    short_words: int = Field(50, ge=0, description="Words below which an article is flagged too_short.")
    list_share: float = Field(0.6, ge=0, le=1, description="Share of lines that are no sentences, for list_or_table.")
