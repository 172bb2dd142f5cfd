"""Our own list of customers, as `customer list --format csv` prints it.

What the desk counts and keeps by itself is no field of a contact, so a list that comes back unchanged changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_plan import ContactPlan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.csv_header import Header
from agentdesk.transfer.importers import from_plain
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "agentdesk"
LABEL: Final = "a list of customers of AgentDesk"

_OWN: Final = frozenset({"id", "tier", "owner", "open_tickets", "created_at", "updated_at", "version"})
"""Columns that a desk fills by itself, or that an import does not set."""


def sniff(header: Header) -> Sniff:
    """Go by the columns that a desk fills by itself: no other system has all of them."""
    is_ours = _OWN.issubset(header.keys) and "external_id" in header.keys
    return Sniff(100, "its columns open_tickets and version") if is_ours else Sniff(0, "")


def plan(header: Header) -> ContactPlan:
    """Read it like any table, without the columns of the desk.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    found = from_plain.plan(header)
    kept = tuple((place, name) for place, name in found.extra if header.keys[place] not in _OWN)
    return replace(found, extra=kept)


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    return assemble_contacts(plan(header), rows)
