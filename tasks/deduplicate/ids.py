"""Ids of things that hold across articles: hashes of the fewest facts that set them apart."""

import hashlib

import polars as pl


def make_id(prefix: str, *facts: str) -> str:
    """`prefix` and 12 hex digits of BLAKE2b over `facts`; the same facts give the same id anywhere."""
    digest = hashlib.blake2b("\x1f".join(facts).encode("utf-8", "surrogatepass"), digest_size=6)
    return prefix + digest.hexdigest()


def make_ids(prefix: str, facts: pl.Series) -> pl.Series:
    """`make_id` of many facts, one after the other."""
    digests = [hashlib.blake2b(fact, digest_size=6).hexdigest() for fact in facts.cast(pl.Binary).to_list()]
    return prefix + pl.Series(digests, dtype=pl.String)
