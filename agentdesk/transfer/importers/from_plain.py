"""Any table with columns for people, whatever they are called; what has no place is kept as extra fields."""

from collections.abc import Iterable, Iterator
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_columns import find_roles
from agentdesk.transfer.contact_plan import ContactPlan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.header import Header
from agentdesk.transfer.importers.columns import plan_by_role, told
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "plain"
LABEL: Final = "a table of contacts"

_NEEDED: Final = ("name", "first", "last", "email", "phone")
"""What makes a table one of contacts, whatever it is for."""


def sniff(header: Header) -> Sniff:
    """Take every file that no other format claims."""
    roles = find_roles(header.names)
    known = [roles[role][0] for role in roles if role.partition(":")[0] in _NEEDED]
    return Sniff(1, told(header, known[:3]) if known else "no known column")


def plan(header: Header) -> ContactPlan:
    """Give each column the role its name says; the best spelling wins where one place has two candidates.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    return plan_by_role(header, find_roles(header.names))


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    return assemble_contacts(plan(header), rows)
