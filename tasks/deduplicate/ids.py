"""Ids of things that hold across articles: hashes of the fewest facts that set them apart."""

import hashlib


def make_id(prefix: str, *facts: str) -> str:
    """`prefix` and 12 hex digits of BLAKE2b over `facts`; the same facts give the same id anywhere."""
    digest = hashlib.blake2b("\x1f".join(facts).encode("utf-8", "surrogatepass"), digest_size=6)
    return prefix + digest.hexdigest()
