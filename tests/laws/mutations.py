"""A seeded generator of broken, hostile and odd sources of every format that is read."""

import bz2
import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

WORDS = [
    "mayor",
    "bridge",
    "council",
    "said",
    "told",
    "asked",
    "reporters",
    "Monday",
    "June",
    "storm",
    "river",
    "Ann",
    "Lee",
    "Daily",
    "minister",
    "report",
    "“truce”",
    "police",
    "2,400",
    "café",
    "naïve",
    "—",
    "don’t",
    "U.S.",
    "London",
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "was",
    "for",
    "on",
    "with",
    "will",
    "after",
    "before",
    "AP",
    "Reuters",
]
HUGE = [
    "9" * 5_000,
    "1e999999",
    "-0",
    "1" + "0" * 400,
    "NaN",
    "Infinity",
    '"\\ud800"',
    "[[[[[]]]]]",
    '{"a":' * 60 + "1" + "}" * 60,
]
ODD_CODES = ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp1252", "shift_jis", "cp037", "koi8-r", "utf-8-sig", "gb18030")
Random = random.Random


def write_story(rng: Random) -> str:
    """Some paragraphs of words that look like news."""
    sentences = [
        " ".join(rng.choices(WORDS, k=rng.randint(3, 25))).capitalize() + "." for _ in range(rng.randint(1, 25))
    ]
    breaks = ["\n\n", "\n", " ", "\r\n", " . "]
    return "".join(sentence + rng.choice(breaks) for sentence in sentences)


def make_record(rng: Random) -> dict:
    """A record with usual fields, some of them of a wrong type."""
    record: dict = {"id": rng.randint(0, 99), "title": write_story(rng)[:80], "text": write_story(rng)}
    record |= {
        "url": f"https://x.com/{rng.random()}?utm_source=a#b",
        "date": "2023-06-19T10:00:00Z",
        "authors": ["A", "B"],
    }
    odd = [
        None,
        7,
        1e300,
        True,
        [],
        {},
        [1, 2],
        {"a": "b"},
        "",
        "\ud800",
        "\x00",
        "x" * 5_000,
        -1,
        "9" * 400,
        ["a", None],
    ]
    for _ in range(rng.randint(0, 3)):
        record[rng.choice(list(record))] = rng.choice(odd)
    return record


def make_text(rng: Random) -> bytes:
    return write_story(rng).encode()


def make_page(rng: Random) -> bytes:
    node = {
        "@type": "NewsArticle",
        "headline": "Head",
        "datePublished": "2023-06-19T10:00:00+02:00",
        "author": make_record(rng),
    }
    paragraphs = "".join(f"<p>{line}</p>" for line in write_story(rng).splitlines())
    return (
        f"<!DOCTYPE html><html><head><title>T</title><meta name=author content='A & B'><link rel=canonical href='http://[x'>"
        f"<script type='application/ld+json'>{json.dumps(node)}</script></head>"
        f"<body><nav><a href=/>Home</a></nav><article><h1>Head</h1>{paragraphs}</article></body></html>"
    ).encode("utf-8", "replace")


def make_hostile_page(rng: Random) -> bytes:
    tag = rng.choice(
        [
            "div",
            "b",
            "table",
            "ul",
            "a",
            "span",
            "p",
            "svg",
            "script",
            "style",
            "select",
            "template",
            "font",
            "form",
            "iframe",
            "math",
            "title",
        ]
    )
    count = rng.choice([10, 300, 5_000, 30_000])
    bodies = [
        f"<{tag}>" * count + "deep",
        f"<{tag} a='" * count,
        f"<{tag}>x</{tag}>" * count,
        "<!--" * count,
        f"<{tag} " + " ".join(f"a{n}=1" for n in range(count)) + ">x",
        "&" * count + "&#x110000;&#0;&#xD800;&amp" * 50,
        "<![CDATA[" + "x" * count,
        f"<{tag}>" + "\u202e\ufeff\u0000\u200b" * count,
        "<table>" + "<tr><td>" * count,
        f"<p>{write_story(rng)}</p><{tag}>" * 20 + "</p>" * count,
    ]
    return f"<html><head><meta charset={rng.choice(ODD_CODES)}></head><body>{rng.choice(bodies)}".encode()


def make_json(rng: Random) -> bytes:
    records = [make_record(rng) for _ in range(rng.randint(0, 6))]
    return json.dumps(
        rng.choice([records, records and records[0], {"articles": records}]), indent=rng.choice([None, 1])
    ).encode()


def make_json_lines(rng: Random) -> bytes:
    lines = [json.dumps(make_record(rng)) for _ in range(rng.randint(1, 6))]
    if rng.random() < 0.3:
        lines[0] = lines[0][:-1] + f', "n": {rng.choice(HUGE)}}}'
    return "\n".join(lines).encode()


def make_csv(rng: Random) -> bytes:
    rows = [make_record(rng) for _ in range(rng.randint(1, 5))]
    cells = [['"' + str(v).replace('"', rng.choice(['""', '"'])) + '"' for v in row.values()] for row in rows]
    mark = rng.choice(",;\t|")
    return "\n".join(mark.join(row) for row in [list(rows[0]), *cells]).encode("utf-8", "replace")


def make_parquet(rng: Random) -> bytes:
    count = rng.randint(0, 5)
    text: pa.Array = pa.array([write_story(rng) for _ in range(count)])
    columns = {"text": rng.choice([text, text.dictionary_encode(), pa.array([b"x"] * count), pa.array(range(count))])}
    columns["date"] = rng.choice(
        [pa.array([2**60] * count, pa.timestamp("ns")), pa.array([None] * count), pa.array([1.5] * count)]
    )
    columns["authors"] = pa.array([["A"], [], None, ["B", None], ["C"]][:count], pa.list_(pa.string()))
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression=rng.choice(["snappy", "zstd", "none"]))
    return file.getvalue()


def make_feed(rng: Random) -> bytes:
    story = write_story(rng)
    content = rng.choice(
        [f"<![CDATA[<p>{story}</p>]]>", story.replace("&", ""), f"&lt;p&gt;{story}&lt;/p&gt;", "&a;&b;&x;"]
    )
    doctype = rng.choice(
        ["", '<!DOCTYPE rss [<!ENTITY a "&b;&b;&b;&b;"><!ENTITY b "&c;&c;&c;&c;&c;&c;&c;"><!ENTITY c "bombbomb">]>']
    )
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = rng.choice([doctype, doctype, f'<!DOCTYPE rss [<!ENTITY e0 "boom">{bomb}<!ENTITY a "&e11;">]>'])
    items = (
        f"<item><title>T</title><link>https://x.com/a?fbclid=1</link><description>{content}</description></item>"
        * rng.randint(0, 3)
    )
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><content type='html'>{content}</content></entry></feed>"
    rss = f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>"
    return f"<?xml version='1.0' encoding='{rng.choice(ODD_CODES)}'?>{doctype}{rng.choice([rss, atom])}".encode()


def make_warc(rng: Random) -> bytes:
    records = []
    for number in range(rng.randint(1, 4)):
        body = rng.choice([make_page, make_hostile_page, make_text])(rng)
        packing = rng.choice(
            ["", "", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Transfer-Encoding: chunked\r\n"]
        )
        if "gzip" in packing:
            body = gzip.compress(body, mtime=0)
        block = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={rng.choice(ODD_CODES)}\r\n{packing}\r\n".encode()
            + body
        )
        head = f"WARC/1.{rng.randint(0, 1)}\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.com/{number}\r\n"
        length = rng.choice([len(block)] * 8 + [0, -1, len(block) * 2, 10**18, "x"])
        records.append(f"{head}Content-Length: {length}\r\n\r\n".encode() + block + b"\r\n\r\n")
    return b"".join(gzip.compress(record, mtime=0) for record in records) if rng.random() < 0.4 else b"".join(records)


def make_archive(rng: Random, depth: int = 0) -> bytes:
    """A zip or tar of files of any format, archives among them."""
    names = [
        "a.txt",
        "b/c.html",
        "../up.txt",
        "/abs.txt",
        "C:\\d.txt",
        "e.jsonl",
        ".hidden",
        "f\x01\udcff.txt",
        "x" * 300,
        "f.csv",
    ]
    entries = [
        (
            rng.choice(names),
            make_archive(rng, depth + 1) if depth < 4 and rng.random() < 0.3 else make_sample(rng, PLAIN)[1],
        )
        for _ in range(rng.randint(0, 4))
    ]
    file = io.BytesIO()
    if rng.random() < 0.5:
        with zipfile.ZipFile(
            file, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
        ) as archive:
            for name, payload in dict(entries).items():
                archive.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode()), payload)
    else:
        with tarfile.open(fileobj=file, mode=rng.choice(["w", "w:gz"])) as archive:
            for name, payload in entries:
                entry = tarfile.TarInfo(name)
                entry.size = len(payload)
                entry.type = rng.choice([tarfile.REGTYPE] * 8 + [tarfile.SYMTYPE, tarfile.CHRTYPE])
                archive.addfile(entry, io.BytesIO(payload))
    return file.getvalue()


def make_packed(rng: Random) -> bytes:
    """A packed file of any format, perhaps a bomb, perhaps packed again and again."""
    payload = rng.choice(
        [make_sample(rng, PLAIN)[1], b"The mayor said so. " * 2_000_000 if rng.random() < 0.05 else b""]
    )
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        pack = rng.choice(
            [lambda b: gzip.compress(b, mtime=0), lambda b: pa.compress(b, codec="zstd", asbytes=True), bz2.compress]
        )
        payload = pack(payload)
    return payload


PLAIN: dict[str, Callable[[Random], bytes]] = {
    "txt": make_text,
    "html": make_page,
    "htm": make_hostile_page,
    "json": make_json,
    "jsonl": make_json_lines,
    "csv": make_csv,
    "parquet": make_parquet,
    "xml": make_feed,
    "warc": make_warc,
}
FORMATS = PLAIN | {"zip": make_archive, "gz": make_packed}


def make_sample(rng: Random, formats: dict[str, Callable[[Random], bytes]]) -> tuple[str, bytes]:
    ending = rng.choice(list(formats))
    return ending, formats[ending](rng)


def flip_bits(rng: Random, payload: bytearray) -> None:
    for _ in range(rng.randint(1, 20)):
        payload[rng.randrange(len(payload))] ^= 1 << rng.randrange(8)


def cut(rng: Random, payload: bytearray) -> None:
    del payload[rng.randrange(len(payload)) :]


def drop(rng: Random, payload: bytearray) -> None:
    start = rng.randrange(len(payload))
    del payload[start : start + rng.randint(1, 200)]


def repeat(rng: Random, payload: bytearray) -> None:
    start = rng.randrange(len(payload))
    payload[start:start] = payload[start : start + rng.randint(1, 500)] * rng.randint(1, 50)


def insert(rng: Random, payload: bytearray) -> None:
    odd = [
        b"\x00" * 50,
        rng.randbytes(30),
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b'"' * 9,
        b"]]>",
    ]
    odd += [
        b"\xed\xa0\x80",
        b"</script>",
        rng.choice(HUGE).encode(),
        b"\r" * 20,
        "\U0001f600".encode() * 20,
        b"x" * 100_000,
    ]
    start = rng.choice([0, rng.randrange(len(payload))])
    payload[start:start] = rng.choice(odd)


def recode(rng: Random, payload: bytearray) -> None:
    payload[:] = payload.decode("utf-8", "replace").encode(rng.choice(ODD_CODES), "replace")


def mutate(seed: int) -> tuple[str, bytes]:
    """(name, bytes) of one odd source: a sample of some format, mutated up to three times, perhaps with a wrong ending."""
    rng = Random(seed)
    ending, sample = make_sample(rng, FORMATS)
    payload = bytearray(sample)
    for _ in range(rng.randint(0, 3)):
        if payload:
            rng.choice([flip_bits, flip_bits, cut, drop, repeat, insert, recode])(rng, payload)
    if rng.random() < 0.2:
        ending = rng.choice([*FORMATS, "txt.gz", "", "pdf"])
    return f"{seed}.{ending}", bytes(payload)
