"""How much of a snapshot the report shows."""

from pydantic import BaseModel, ConfigDict, Field


class ReportSettings(BaseModel):
    """Limits that keep a report of a big archive small enough to open, send and search; each is said on the pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stories: int = Field(500, ge=0, description="Stories with a page: those with most independent articles.")
    speakers: int = Field(500, ge=0, description="People and organisations with a page: the most quoted.")
    articles: int = Field(2_000, ge=0, description="Articles with a page: those of the stories with most articles.")
    outlets: int = Field(200, ge=0, description="Outlets with a page: those with most articles.")
    rows: int = Field(200, ge=1, description="Rows of a list on the page of a story or a speaker.")
    quotations: int = Field(1_000, ge=0, description="Statements on the list of quotations: the newest.")
    searchable_statements: int = Field(
        5_000, ge=0, description="Statements that the search finds: those that most articles carry."
    )
