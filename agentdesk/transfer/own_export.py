"""A table that is one of our own exports: its texts carry an apostrophe where a spreadsheet would run them."""

from typing import Final

from agentdesk.queries.exports import LISTINGS
from agentdesk.transfer.header import Header

_OBJECTS: Final = ("extra", "intake")
"""Columns that are objects in JSON, of which a table sees the parts, or nothing where they are empty."""


def own_noun(header: Header) -> str:
    """Which export of ours has every column of a header, whatever the kind of file; empty where none has."""
    keys = frozenset(header.keys if header.is_guarded else (*header.keys, *_OBJECTS))
    return next((noun for noun, listing in LISTINGS.items() if listing.places.keys() <= keys), "")


def is_own_export(header: Header) -> bool:
    """Whether a header has every column of an export of ours, and is of a kind of table that is guarded."""
    return header.is_guarded and own_noun(header) != ""
