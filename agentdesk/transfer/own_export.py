"""A table that is one of our own exports: its texts carry an apostrophe where a spreadsheet would run them."""

from agentdesk.queries.exports import LISTINGS
from agentdesk.transfer.csv_header import Header


def is_own_export(header: Header) -> bool:
    """Whether a header has every column of an export of ours, and is of a kind of table that is guarded."""
    keys = frozenset(header.keys)
    return header.is_guarded and any(listing.places.keys() <= keys for listing in LISTINGS.values())
