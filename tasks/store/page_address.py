"""Addresses of one page."""

import polars as pl


def page_address(url: pl.Expr) -> pl.Expr:
    """What a canonical address has in common with the others of its page: http and https, "www." and a slash at the end of the path do not count."""
    return (
        url.str.replace(r"^https?://(?:www\.)?", "https://")
        .str.replace("/?", "?", literal=True)
        .str.strip_chars_end("/")
    )
