"""What reading headlines and captions costs, beside the extraction of the bodies: `python benchmarks/display.py DATA` of a published data folder."""

import argparse
import time
from pathlib import Path

import polars as pl

from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import load_settings
from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.display.display_rows import list_display, read_display_quotes
from quotidian.tasks.extract.index import index_articles
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.extract.work import extract_folder
from quotidian.tasks.publish.chunks import ANY

BODIES = 100
"""Bodies that are extracted again to compare with."""


def main() -> None:
    """Print processor milliseconds for each headline or caption, and their share of what the bodies of as many articles take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    index = index_articles(data, versions_of(load_settings(data=str(data))))
    cleaned = clean_folder(data, ANY).read(index.select("input_id", file="clean_file"))
    articles = cleaned.join(index.select("input_id", "article_id"), on="input_id")
    bodies = extract_folder(data, ANY).read(index.select("body_hash", file="extract_file").unique("body_hash"))
    texts = [one for row in articles.select("title", "metadata").iter_rows() for one in list_display(*row)]
    start = time.process_time()
    found = read_display_quotes(articles, bodies)
    spent = time.process_time() - start
    settings, some = ExtractSettings(), bodies["body"].head(BODIES).to_list()
    model = load_model(settings.model)
    annotate_text(some[0], model, settings)
    start = time.process_time()
    for body in some:
        annotate_text(body, model, settings)
    whole = (time.process_time() - start) / len(some) * articles.height
    counts = found.group_by("where").agg(pl.len()).sort("where").rows()
    print(f"{articles.height:,} articles, {len(texts):,} headlines and captions; quotations: {dict(counts)}")
    print(f"{1000 * spent / max(1, len(texts)):.2f} ms each, {spent / whole:.2%} of the time of annotate_text")


if __name__ == "__main__":
    main()
