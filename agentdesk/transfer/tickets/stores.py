"""What an import of tickets puts aside while it reads: one scratch, the long texts, the lists and comments that stand beside."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final, NamedTuple

from agentdesk.transfer.readers.text_spool import TextSpool
from agentdesk.transfer.tickets.beside_book import BesideBook
from agentdesk.transfer.tickets.comments import CommentBook
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.scratch import TicketScratch

_SELDOM: Final = (20_000, 20, 50)
"""Objects made before the search for unreachable cycles begins: rows are made by the thousand, and lie in none."""


class Stores(NamedTuple):
    """All of it.

    Attributes:
        scratch: rows, names, faults.
        spool: what was said.
        beside: what lists beside the tickets say of numbers.
        comments: what a second file says of conversations.
    """

    scratch: TicketScratch
    spool: TextSpool
    beside: BesideBook
    comments: CommentBook


@contextmanager
def open_stores(rules: TicketMap) -> Iterator[Stores]:
    """All of it, empty; it is gone at the end."""
    with closing(TicketScratch()) as scratch, closing(TextSpool()) as spool, _looking_seldom():
        yield Stores(scratch, spool, BesideBook(scratch, rules.beside), CommentBook(scratch))


@contextmanager
def _looking_seldom() -> Iterator[None]:
    """Look for unreachable cycles less often; as shipped, a tenth of the time went into it."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
