"""A map put into a file of its own: the ready one where the system is recognised, else a draft. Nothing is overwritten."""

from pathlib import Path
from typing import Final

from agentdesk.transfer.maps.draft import draft_map, is_understood
from agentdesk.transfer.maps.look import look_at, refuse_existing, write_new
from agentdesk.transfer.own_export import own_noun
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.tickets.opening import TicketImport
from agentdesk.transfer.tickets.sources import recognise

_OURS: Final = "agentdesk"
"""The source of what another desk exported, whatever its file is called."""


def write_map(order: TicketImport, target: Path) -> str:
    """Write a map for a file; what to say of it.

    Args:
        order: the file, and how it is read.
        target: where the map goes.

    Raises:
        MapError: the target exists or cannot be written, or the file is not of the system that was named.
        FileRefusedError: the file cannot be read.
    """
    refuse_existing(target)
    text, told = _text(order, target)
    write_new(target, text)
    return told


def _text(order: TicketImport, target: Path) -> tuple[str, str]:
    then = f"then import with --map {target} --dry-run."
    with open_source(order.path or "-", order.stdin) as source:
        table = open_table(source, encoding=order.encoding, delimiter=order.delimiter, member=order.member)
        ready, _ = recognise(table.header, order.source)
        if ready is not None:
            return ready.text, f"{target} is the ready map for {ready.title}: change it, {then}"
        name = order.path.name if order.path else "standard input"
        seen = look_at(table)
        told = f"{target} is a draft: read it, {then}"
        if not is_understood(seen):
            told = f"{target} is an empty draft: no column of {name} was understood. Write into it which column is what, {then}"
        system = _OURS if own_noun(table.header) == "tickets" else ""
        return draft_map(seen, name, is_told=bool(order.encoding), source=system), told
