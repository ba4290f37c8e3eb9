"""Addresses of one page."""

import polars as pl

SCHEMES = ("https://", "http://", "www.")
DRESSED = r"\?|[./]amp\b|^(?:m|mobile|amp)\."
"""In an address without its scheme: it may say how the page is laid out."""
HOST = r"^(?:(?:m|mobile|amp)\.)+"
"""The part of a host that only says for which device the page is laid out."""
LAYOUT = r"([?&])(?:amp|print|outputType)(?:=(?:1|true|yes|y|amp)?)?(?:&|$)"
"""A parameter that only says how the page is laid out."""
LAID_OUT = r"[./]amp(\.html?)?/?(\?|$)"
"""How the path of a page ends that is laid out for telephones (AMP)."""


def page_addresses(urls: pl.Series) -> pl.Series:
    """Of canonical addresses, what each has in common with the others of its page; null where there is none.

    http and https, "www.", a slash at the end of the path, and what asks for a telephone's or a printer's layout do not count.
    """
    pages = urls
    for scheme in SCHEMES:
        pages = pages.str.strip_prefix(scheme)
    rows = pages.str.contains(DRESSED).arg_true()
    paths = pages.scatter(rows, undress(pages.gather(rows))).str.strip_chars_end("/")
    return ("https://" + paths).rename(urls.name)


def undress(pages: pl.Series) -> pl.Series:
    """Addresses without what only says how a page is laid out."""
    paths = (
        pages.str.replace(HOST, "")
        .str.replace_all(LAYOUT, "$1")
        .str.strip_chars_end("?&")
        .str.replace(LAID_OUT, "$1$2")
    )
    return paths.str.replace("/?", "?", literal=True)
