"""Names of outlets in what pages say: behind headlines, in slogans, where an author belongs."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from .titles import read_sections

BARS = re.compile(r"(?<!\s)\s++(?:[|–—·•»:-]{1,2}\s++|[|»]\s*+)|\|\s*+")
# What else can stand before the name of the outlet at the end of a headline, and in stories too.
LAST_MARK = re.compile(r"(?<!\s)\s*+(?:[:~/>‹«]|//)\s++(?=[^:~/>‹«]++\Z)")
ENDINGS = re.compile(r"(?:\.(?:com|org|net|co|uk|in|tv|news|au|ca|ie|za|ng|ke)){1,4}\Z", re.IGNORECASE)
LEAST_CHARS = 3
# A name of an outlet has fewer words; a longer value is its name with a slogan.
SLOGAN_WORDS = 5


def fold_name(name: str) -> str:
    """A name in lower case without "the", blanks, marks and the ending of an address."""
    folded = re.sub(r"[\W_]", "", ENDINGS.sub("", name.strip().lower()))
    return folded.removeprefix("the") if len(folded) > 3 + LEAST_CHARS else folded


def name_host(url: str | None) -> str:
    """The folded name in the host of an address: kelsbycourier of www.kelsby-courier.co.uk."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return fold_name(host.removeprefix("www.").removeprefix("m."))


def fold_outlets(names: Collection[str], url: str | None) -> frozenset[str]:
    """The folded names of an article's outlet: those that are offered, their parts before a slogan, and the host."""
    parts = {part for name in names for part in (name, *BARS.split(name))}
    return frozenset(filter(None, (*map(fold_name, parts), name_host(url))))


def is_outlet(words: str, outlets: Collection[str]) -> bool:
    """Whether words name the article's outlet."""
    return len(fold_name(words)) >= LEAST_CHARS and fold_name(words) in outlets


def strip_outlet(title: str, outlets: Collection[str]) -> str:
    """A headline without the outlet, and a section before it, that stand behind a bar; or without the outlet in front of one."""
    bars = list(BARS.finditer(title))
    while bars and is_outlet(title[bars[-1].end() :], outlets):
        title = title[: bars.pop().start()]
        while bars and title[bars[-1].end() :].strip().lower() in read_sections():
            title = title[: bars.pop().start()]
    last = LAST_MARK.search(title)
    if last and last.start() and is_outlet(title[last.end() :], outlets):
        title = title[: last.start()]
    if bars and "|" in bars[0].group() and is_outlet(title[: bars[0].start()], outlets):
        title = title[bars[0].end() :]
    return title.strip()


def shorten_outlet(name: str, url: str | None) -> str:
    """The name of an outlet without its slogan: the part that stands in the host of the address."""
    host, parts = name_host(url), BARS.split(name)
    if len(parts) < 2 or len(name.split()) < SLOGAN_WORDS or not host:
        return name
    return next((part.strip() for part in parts if fold_name(part) and fold_name(part) in host), name)
