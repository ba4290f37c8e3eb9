"""Names and passwords in addresses, which belong into no table, log or message."""

import re

# From the two slashes to the last @ before the path; a password may hold an @ itself.
USER = re.compile(r"(?<=://)[^/?#\s\"']*@")


def hide_users(words: str) -> str:
    """The words with three stars for the user and password of each address."""
    return USER.sub("***@", words)


def drop_users(address: str) -> str:
    """An address without user and password."""
    return USER.sub("", address, count=1)


def hide_in(value: object) -> object:
    """A value of lists, objects and words with all addresses in it hidden."""
    if isinstance(value, str):
        return hide_users(value)
    if isinstance(value, dict):
        return {key: hide_in(inner) for key, inner in value.items()}
    return [hide_in(inner) for inner in value] if isinstance(value, list | tuple) else value
