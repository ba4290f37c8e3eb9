"""One page has one address, however it is written."""

import pytest

from quotidian.tasks.ingest.addresses import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.COM:80/News#top", "http://example.com/News"),
        ("https://example.com:443/a?utm_source=x&id=7&fbclid=y", "https://example.com/a?id=7"),
        ("https://example.com:8443/a?b=2&a=1", "https://example.com:8443/a?a=1&b=2"),
        ("https://example.com?UTM_Campaign=x", "https://example.com/"),
        ("https://example.com/%7euser/caf\u00e9", "https://example.com/~user/caf%C3%A9"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://user@example.com:443/", "https://example.com/"),
        ("https://user:se@cret@Example.com/a?b=c@d", "https://example.com/a?b=c%40d"),
        ("https://example.com/@user", "https://example.com/@user"),
        ("ftp://user:secret@example.com/a", "ftp://example.com/a"),
        ("u", "u"),
        ("", ""),
        ("http://[bad", "http://[bad"),
        ("http://example.com:99999/a", "http://example.com:99999/a"),
        ("http://example.com/\ud800", "http://example.com/\ud800"),
        ("mailto:desk@example.com", "mailto:desk@example.com"),
        ("https:///path", "https:///path"),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_the_same_page_has_the_same_id_whatever_tracks_its_readers(read_file, sentence) -> None:
    lines = "\n".join(f'{{"text": "{sentence}", "url": "https://x.com/a{query}"}}' for query in ("", "#b"))
    one, two = read_file("a.jsonl", lines)
    assert one.url == two.url == "https://x.com/a"
