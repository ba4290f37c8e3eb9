"""What may come in, and under which field names."""

from pydantic import BaseModel, ConfigDict, Field

ONLY_READING = frozenset({"file_seconds", "max_rejects", "max_archive_depth", "max_compression_ratio"})
"""Settings that change which inputs come in, and nothing of those that do."""


class IngestSettings(BaseModel):
    """Limits and field names of the sources."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_record_bytes: int = Field(
        2_000_000,
        gt=0,
        lt=2**31,
        description="A larger text, page or record is rejected, in bytes; of a page, scripts, styles and drawings do not count. "
        "The longest news articles have under 200,000.",
    )
    max_page_bytes: int = Field(
        16_000_000,
        gt=0,
        lt=2**31,
        description="A larger page is rejected whatever it holds, in bytes; of 501 real pages the largest has 3,000,000, nine tenths script.",
    )
    max_document_bytes: int = Field(
        64_000_000,
        gt=0,
        lt=2**31,
        description="A larger feed, or JSON object that wraps its records, is rejected, in bytes; it is read whole.",
    )
    max_compression_ratio: int = Field(
        200,
        gt=0,
        description="A compressed source that unpacks to more than this many times its size is rejected; news packs 3 to 30 fold.",
    )
    file_seconds: float = Field(
        120,
        gt=0,
        le=86_400,
        description="How long reading one file may take before the rest of it is rejected, in seconds of processor time; "
        "each 500 kB read or unpacked give it one second more.",
    )
    max_rejects: int = Field(
        10_000,
        ge=1,
        description="So many rejects of one file are kept one by one; the rest of them are counted, in one more.",
    )
    max_archive_depth: int = Field(2, ge=1, le=10, description="Archives in archives are read to this depth.")
    keep_summaries: bool = Field(False, description="Keep feed entries that hold a summary only.")
    summary_words: int = Field(
        200, ge=0, description="A feed's description with so many words counts as full text; teasers have under 100."
    )
    text_fields: tuple[str, ...] = Field(
        (
            *(
                "text",
                "body",
                "content",
                "maintext",
                "article_text",
                "article_body",
                "full_text",
                "body_text",
                "content_text",
            ),
            *("main_text", "clean_text", "cleaned_text", "plain_text", "raw_text", "content_html", "body_html"),
            *("text_content", "main_content", "article_content", "post_content", "page_content", "story_text"),
            *("news_text", "extracted_text", "article_full_text", "fulltext_content", "body_xml", "article", "story"),
            *("document", "paragraphs", "txt", "transcript", "html", "raw_html"),
        ),
        description="Fields that may hold the text of a record, the first that holds one wins. Of all names here case, blanks "
        "and underscores do not matter.",
    )
    title_fields: tuple[str, ...] = Field(
        (
            *("title", "headline", "heading", "article_title", "web_title", "head_line", "news_title", "post_title"),
            *("page_title", "main_headline", "title_text", "title_raw", "og_title", "hed", "headlines", "header"),
            "dc_title",
        ),
        description="Fields for the headline.",
    )
    url_fields: tuple[str, ...] = Field(
        (
            *("url", "link", "article_url", "canonical_url", "permalink", "web_url", "page_url", "href", "canonical"),
            *("canonical_link", "article_link", "source_url", "original_url", "story_url", "news_url", "post_url"),
            *("final_url", "requested_url", "external_url", "share_url", "target_url", "uri", "loc"),
        ),
        description="Fields for the address.",
    )
    published_fields: tuple[str, ...] = Field(
        (
            *("published", "date", "date_publish", "published_date", "published_at", "date_published", "publish_date"),
            *(
                "pub_date",
                "publication_date",
                "date_posted",
                "posted_at",
                "web_publication_date",
                "datetime",
                "timestamp",
            ),
            *("publish_time", "published_time", "pub_time", "published_on", "published_utc", "published_timestamp"),
            *("first_published", "first_published_at", "datetime_published", "publication_datetime", "post_date"),
            *("posted", "posted_on", "issued", "article_date", "news_date", "display_date", "release_date", "seendate"),
            *("date_time", "first_published_date", "first_publication_date", "publish_date_time", "publish_datetime"),
            *("publication_time", "article_published_time", "article_published_at", "dc_date"),
        ),
        description="Fields for the date.",
    )
    outlet_fields: tuple[str, ...] = Field(
        (
            *("outlet", "source", "publisher", "outlet_name", "source_name", "site_name", "publication", "newspaper"),
            *("media_name", "news_source", "publisher_name", "publication_name", "source_title", "news_outlet"),
            *("media_outlet", "media", "website", "og_site_name", "feed_title", "site", "provider", "brand", "channel"),
            *("journal", "source_domain", "domain", "domain_name", "hostname"),
        ),
        description="Fields for the publisher.",
    )
    byline_fields: tuple[str, ...] = Field(
        (
            *("byline", "author", "authors", "author_name", "author_names", "creator", "writer", "dc_creator"),
            *("author(s)", "author_list", "authors_list", "article_author", "news_author", "writers", "writer_name"),
            *("journalist", "reporter", "columnist", "by"),
        ),
        description="Fields for the authors.",
    )
    section_fields: tuple[str, ...] = Field(
        (
            *("section", "category", "article_section", "section_name", "news_desk", "primary_section", "categories"),
            *("desk", "department", "topic", "rubric"),
        ),
        description="Fields for the section.",
    )
    captured_fields: tuple[str, ...] = Field(
        (
            *("captured", "date_download", "crawled_at", "scraped_at", "fetched_at", "retrieved_at", "crawl_date"),
            *("date_crawled", "date_captured", "downloaded_at"),
        ),
        description="Fields for the moment when a crawler saw the article.",
    )
    id_fields: tuple[str, ...] = Field(
        ("id", "article_id", "uuid", "guid"), description="Fields for the record's own id."
    )
    records_fields: tuple[str, ...] = Field(
        (
            *("articles", "items", "records", "results", "data", "response", "hits", "_embedded", "posts", "docs"),
            *("documents", "stories", "entries", "edges", "nodes", "payload"),
        ),
        description="Fields that hold the records where one JSON object wraps them all; they may lie in each other.",
    )
