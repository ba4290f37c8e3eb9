"""How feeds and their pages are fetched: politeness and limits."""

from importlib.metadata import version

from pydantic import BaseModel, ConfigDict, Field


class FetchSettings(BaseModel):
    """Politeness and limits of `quotidian fetch`. None of them changes a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_agent: str = Field(
        f"Quotidian/{version('quotidian')}",
        min_length=1,
        pattern=r"^[!-~]([ -~]*[!-~])?$",
        description="How the fetcher names itself; add an address where webmasters can reach you. "
        "What stands before the first slash is the name that robots.txt may address.",
    )
    delay_seconds: float = Field(
        2, ge=0, le=3600, description="Pause between two requests to one host; a longer Crawl-delay of its own wins."
    )
    max_delay_seconds: float = Field(
        60,
        ge=0,
        le=3600,
        description="Longest pause that is kept for one host: one with a longer Crawl-delay is not visited, "
        "one with a longer Retry-After is put off to a later run.",
    )
    requests_at_once: int = Field(16, ge=1, le=256, description="Requests under way at once, each to another host.")
    connect_seconds: float = Field(10, gt=0, description="Time to reach a host.")
    read_seconds: float = Field(20, gt=0, description="Longest silence in a response.")
    request_seconds: float = Field(60, gt=0, description="Time for one request from first to last byte.")
    run_seconds: float = Field(3600, gt=0, description="Time for a whole fetch; what is left is done by the next.")
    tries: int = Field(3, ge=1, le=10, description="Requests for one address in one run, where it may help to repeat.")
    backoff_seconds: float = Field(1, ge=0, description="Pause before the second try; it doubles with each further.")
    page_runs: int = Field(3, ge=1, description="Runs that try a page before it is given up.")
    host_failures: int = Field(3, ge=1, description="Pages of a host that fail in a row before it is left in peace.")
    max_redirects: int = Field(5, ge=0, le=20, description="Redirects followed from one address.")
    max_feed_bytes: int = Field(5_000_000, gt=0, description="A longer feed fails, in bytes after decompression.")
    max_page_bytes: int = Field(
        2_000_000,
        gt=0,
        description="A longer page fails, in bytes after decompression: `run` takes none that is longer.",
    )
    max_feed_pages: int = Field(500, ge=1, description="Links taken from one feed at once, the first ones.")
    pages_a_file: int = Field(200, ge=1, description="Pages in one WARC file; a killed fetch loses the last file only.")
    file_bytes: int = Field(100_000_000, gt=0, description="A WARC file ends after so many bytes of pages.")
    allow_private: bool = Field(
        False, description="Fetch from addresses that are not globally routable too, such as an intranet's."
    )
