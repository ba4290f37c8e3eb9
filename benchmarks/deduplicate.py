"""Measures the room that compares articles: time and memory by size of archive, and quality on gold data.

    deduplicate.py scale [ARTICLES ...]     default 25000 100000; invented archives, one in ten articles a copy
    deduplicate.py addition [ARTICLES]      default 100000; an invented archive, of which the last day comes later
    deduplicate.py quality FOLDER [AMONG]   FOLDER has duplicates/check.jsonl and stories/check.jsonl with their
                                            gold groups; AMONG invented articles are mixed
                                            in where copies are looked for

Each measurement runs in a process of its own, which keeps memory as those of a run do, so that its peak of memory is its own. Seconds are those of the
processor (one thread), which a busy machine changes little.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
from rensa import RMinHash, RMinHashLSH
from score_chains import average_overlap, read_lines, score_chains
from synthetic import make_articles

from quotidian.flows.process.memory import keep_memory
from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.deduplicate.kept import Kept, read_kept, texts_folder, write_kept
from quotidian.tasks.deduplicate.link_articles import ArticleLinks, link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.deduplicate.sketches import StoredSketches, deduplicate_version, sketch_folder

ARTICLES = {
    "article_id": pl.String,
    "body_hash": pl.String,
    "published_date": pl.Date,
    "outlet": pl.String,
    "title": pl.String,
    "url": pl.String,
    "word_count": pl.Int64,
}
SHINGLE_WORDS = 5
PERMUTATIONS = 128
BANDS = 16
"""The usual MinHash deduplication: word 5-grams, 128 permutations, 16 bands of 8 rows (Jaccard about .7)."""
CHUNK = 2_000
BATCH_ARTICLES = 300
ADDED = 1_000
"""Articles of the last day of an invented archive."""


def write_archive(count: int, folder: Path) -> None:
    """Bodies, articles and gold of an invented archive, as Parquet files."""
    made = list(make_articles(count, copy_share=0.1))
    ids = [f"s{article.number:07d}" for article in made]
    days = [article.published_date for article in made]
    gold = [article.number if article.copy_of is None else article.copy_of for article in made]
    frame = pl.DataFrame({"article_id": ids, "published_date": days, "body": [a.body for a in made], "copy": gold})
    frame.with_columns(event=pl.Series([article.event for article in made])).write_parquet(folder / "archive.parquet")


def sketch_rows(rows: list[tuple[str, str]]) -> pl.DataFrame:
    """Sketches of (body_hash, body)."""
    sketches = [{"body_hash": key, **sketch_article(body, None, [])} for key, body in rows]
    return pl.DataFrame(sketches, schema={"body_hash": pl.String, **SKETCH_SCHEMA})


def make_frame(rows: list[tuple]) -> pl.DataFrame:
    """Articles of (article_id, published_date); nothing else is known of them."""
    schema = {name: ARTICLES[name] for name in ("article_id", "published_date")}
    return complete_frame(pl.DataFrame(rows, schema=schema, orient="row"))


def complete_frame(articles: pl.DataFrame) -> pl.DataFrame:
    """The columns of ARTICLES of articles of which article_id and published_date are known."""
    known = articles.with_columns(body_hash="article_id", word_count=0)
    return known.select(
        (pl.col(name) if name in known.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in ARTICLES.items()
    )


def measure_sketches(folder: Path) -> dict:
    """Time to sketch an archive."""
    rows = pl.read_parquet(folder / "archive.parquet", columns=["article_id", "body"]).rows()
    start = time.process_time()
    frame = sketch_rows(rows)
    seconds = time.process_time() - start
    return {"seconds": seconds, "bytes": write_sketches(frame, sketch_folder(folder, "").path)}


def write_sketches(sketches: pl.DataFrame, folder: Path) -> int:
    """Write sketches in files of about the size that batches of the work store have; return their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    before = len(list(folder.iterdir()))
    for number, batch in enumerate(sketches.iter_slices(BATCH_ARTICLES)):
        batch.sort("body_hash").write_parquet(folder / f"{before + number:06d}.parquet")
    return sum(path.stat().st_size for path in folder.iterdir())


def measure_links(folder: Path) -> dict:
    """Time to link an archive from its sketches, and how right the groups are."""
    gold = pl.read_parquet(folder / "archive.parquet", columns=["article_id", "published_date", "copy", "event"])
    seconds, links = time_links(folder, gold, Kept())
    joined = gold.join(links.articles, on="article_id")
    copies = score_pairs(joined["copy"].to_list(), joined["copy_group"].to_list())
    return {
        "seconds": seconds,
        "copies": copies,
        "stories": score_pairs(joined["event"].to_list(), joined["story_id"].to_list()),
    }


def time_links(folder: Path, articles: pl.DataFrame, kept: Kept) -> tuple[float, ArticleLinks]:
    """Processor seconds of linking some articles, and the links; those sketches are read that linking asks for."""
    frame = complete_frame(articles.select("article_id", "published_date"))
    start = time.process_time()
    links = link_articles(frame, StoredSketches(folder), DeduplicateSettings(), kept=kept)
    return time.process_time() - start, links


def measure_before(folder: Path) -> dict:
    """Time to link an archive without its last day; what is kept is written."""
    return measure_kept(folder, "before", -ADDED)


def measure_addition(folder: Path) -> dict:
    """Time to link the archive with its last day from there, and whether that gives what linking all at once gives."""
    return measure_kept(folder, "addition", None)


def measure_whole(folder: Path) -> dict:
    """Time to link the archive at once."""
    return measure_kept(folder / "alone", "whole", None)


def measure_kept(folder: Path, name: str, end: int | None) -> dict:
    """Time to link an archive up to an article, from what was kept in the folder before; and to read and to write what is kept."""
    archive = folder if (folder / "archive.parquet").exists() else folder.parent
    articles = pl.read_parquet(archive / "archive.parquet", columns=["article_id", "published_date"])[:end]
    settings, place = DeduplicateSettings(), folder / "links" / name
    place.mkdir(parents=True)
    deduplicate_version()  # a run asks for it several times
    start = time.process_time()
    before = {path.name for path in texts_folder(folder / "links").glob("*")}
    kept = read_kept(folder / "links", settings)
    reading = time.process_time() - start
    seconds, links = time_links(archive, articles, kept)
    links.articles.select("article_id", "copy_group", "story_id").write_parquet(archive / "links.parquet")
    start = time.process_time()
    write_kept(kept, settings, place)
    writing = time.process_time() - start
    hashes = [str(frame.hash_rows().sum()) for frame in links]
    times = {"seconds": reading + seconds + writing, "reading_kept": reading, "writing_kept": writing}
    new = (path for path in texts_folder(folder / "links").iterdir() if path.name not in before)
    own = sum(path.stat().st_size for path in (*place.iterdir(), *new))
    return times | {"new_bytes": own, "links": " ".join(hashes)}


def measure_minhash(folder: Path) -> dict:
    """Time of a plain MinHash LSH over the same texts."""
    archive = pl.read_parquet(folder / "archive.parquet", columns=["article_id", "body", "copy"])
    bodies = archive["body"].to_list()
    start = time.process_time()
    index = RMinHashLSH(0.7, PERMUTATIONS, BANDS)
    group = list(range(len(bodies)))
    for first in range(0, len(bodies), CHUNK):
        signed = RMinHash.from_token_sets([shingle(body) for body in bodies[first : first + CHUNK]], PERMUTATIONS, 1)
        for number, signature in enumerate(signed, first):
            group[number] = min([group[found] for found in index.query(signature)], default=number)
            index.insert(number, signature)
    return {"seconds": time.process_time() - start, "copies": score_pairs(archive["copy"].to_list(), group)}


def shingle(body: str) -> list[str]:
    """Word 5-grams of a text."""
    words = body.lower().split()
    return [" ".join(words[start : start + SHINGLE_WORDS]) for start in range(max(1, len(words) - SHINGLE_WORDS + 1))]


def score_pairs(gold: list, found: list) -> dict:
    """Pairs of articles in one group: in the gold, found, and both."""
    in_gold, in_found, in_both = (count_pairs(groups) for groups in (gold, found, list(zip(gold, found, strict=True))))
    precision, recall = in_both / max(in_found, 1), in_both / max(in_gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"gold": in_gold, "false": in_found - in_both, "recall": round(recall, 4), "f1": round(f1, 4)}


def count_pairs(groups: list) -> int:
    """Pairs of items that share a group."""
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


MEASURES: dict[str, Callable[[Path], dict]] = {
    "sketch": measure_sketches,
    "link": measure_links,
    "minhash": measure_minhash,
    "before": measure_before,
    "addition": measure_addition,
    "whole": measure_whole,
}
SCALED = ("sketch", "link", "minhash")


def run_alone(measure: str, folder: Path) -> dict:
    """Run one measurement in a new process; its result, with the peak of memory in MB."""
    command = [sys.executable, __file__, "measure", measure, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run_scale(sizes: list[int]) -> None:
    """Print one line for each size and measurement, and the growth from the first size."""
    first: dict[str, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            write_archive(size, Path(name))
            for measure in SCALED:
                result = run_alone(measure, Path(name))
                growth = result["seconds"] / first.setdefault(measure, result["seconds"])
                print(f"{size:7d} {measure:8s} {growth:5.2f} times", json.dumps(result), flush=True)


def run_addition(size: int) -> None:
    """Print what it takes to link an archive without its last day, to add this, and to link all at once."""
    with tempfile.TemporaryDirectory() as name:
        write_archive(size, Path(name))
        run_alone("sketch", Path(name))
        found = {measure: run_alone(measure, Path(name)) for measure in ("before", "addition", "whole")}
    for measure, result in found.items():
        print(f"{size:7d} {measure:8s}", json.dumps({key: v for key, v in result.items() if key != "links"}))
    share = found["addition"]["seconds"] / found["whole"]["seconds"]
    print(
        f"the addition takes {share:.3f} of all, links are equal: {found['addition']['links'] == found['whole']['links']}"
    )


def link_gold(rows: list[dict], among: int) -> ArticleLinks:
    """Links of gold texts with invented articles mixed in."""
    bodies = [(row["id"], row["text"]) for row in rows]
    invented = [(f"s{a.number:07d}", a.published_date, a.body) for a in make_articles(among, seed=7)]
    articles = make_frame([(key, None) for key, _ in bodies] + [(key, day) for key, day, _ in invented])
    return link_articles(
        articles, sketch_rows(bodies + [(key, body) for key, _, body in invented]), DeduplicateSettings()
    )


def run_quality(folder: Path, among: int) -> None:
    """Print the scores of copies, stories and entities on gold data."""
    rows = read_lines(folder / "duplicates" / "check.jsonl")
    groups = dict(link_gold(rows, among).articles.select("article_id", "copy_group").iter_rows())
    gold = {row["id"]: row["copy"] for row in rows}
    print("copies", json.dumps(score_pairs([gold.get(key, key) for key in groups], list(groups.values()))), flush=True)
    rows = read_lines(folder / "stories" / "check.jsonl")
    links = link_gold(rows, 0)
    stories = dict(links.articles.select("article_id", "story_id").iter_rows())
    print("stories", average_overlap([row["event"] for row in rows], [stories[row["id"]] for row in rows]), flush=True)
    for name, scores in score_entities(rows, links).items():
        print(name, scores)


def score_entities(rows: list[dict], links: ArticleLinks) -> dict[str, dict]:
    """Scores of names chained by their exact text, and by linked entities."""
    local, spans = annotate_names(rows)
    found = link_entities(local, links.articles.join(local, on="article_id", how="semi"))
    entities = {(article, index): entity for article, index, entity in found.links.iter_rows()}
    texts = {row["id"]: row["text"] for row in rows}
    exact = {key: [(s, e, texts[key][s:e]) for s, e, _ in places] for key, places in spans.items()}
    linked = {key: [(s, e, entities[key, index]) for s, e, index in places] for key, places in spans.items()}
    return {"chains by exact name": score_chains(rows, exact), "chains linked": score_chains(rows, linked)}


def annotate_names(rows: list[dict]) -> tuple[pl.DataFrame, dict[str, list]]:
    """Local entities of the texts, and where they are mentioned: (start, end, entity_index)."""
    from quotidian.tasks.extract.annotate import annotate_text, load_model
    from quotidian.tasks.extract.settings import ExtractSettings

    settings = ExtractSettings()
    local, spans = [], {}
    for row in rows:
        found = annotate_text(row["text"], load_model(settings.model), settings)
        spans[row["id"]] = [(m.start, m.end, m.entity_index) for m in found.mentions if m.entity_index is not None]
        for index, entity in enumerate(found.entities):
            named = [m for m in found.mentions if m.entity_index == index and m.mention_kind == "name"]
            aliases = sorted({row["text"][m.start : m.end] for m in named})
            local.append((row["id"], index, entity.name, entity.type, len(named), aliases))
    types = [pl.String, pl.Int32, pl.String, pl.String, pl.Int64, pl.List(pl.String)]
    columns = ["article_id", "entity_index", "name", "type", "mention_count", "aliases"]
    return pl.DataFrame(local, schema=dict(zip(columns, types, strict=True)), orient="row"), spans


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    keep_memory()
    match arguments:
        case ["scale", *sizes]:
            run_scale([int(size) for size in sizes] or [25_000, 100_000])
        case ["addition", *sizes]:
            run_addition(int(sizes[0]) if sizes else 100_000)
        case ["quality", folder, *among]:
            run_quality(Path(folder), int(among[0]) if among else 0)
        case ["measure", measure, folder]:
            result = MEASURES[measure](Path(folder))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                json.dumps(
                    {key: round(v, 2) if isinstance(v, float) else v for key, v in result.items()} | {"peak_mb": peak}
                )
            )
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
