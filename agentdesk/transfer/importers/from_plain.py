"""Any table with columns for people, whatever they are called; what has no place is kept as extra fields."""

from collections.abc import Iterable, Iterator
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_columns import find_roles
from agentdesk.transfer.contact_plan import NONE, ContactPlan, PhoneColumn, complete_plan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.csv_header import Header
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "plain"
LABEL: Final = "a table of contacts"

_NEEDED: Final = (
    "name",
    "first",
    "last",
    "email",
    "phone",
    "phone:work",
    "phone:mobile",
    "phone:home",
    "phone:other",
)
_PHONES: Final = ("phone", "phone:work", "phone:mobile", "phone:home", "phone:other")
_ADDRESS: Final = ("street", "city", "region", "postal_code", "country")


def sniff(header: Header) -> Sniff:
    """Take every file that no other format claims."""
    roles = find_roles(header.names)
    known = [header.names[roles[role][0]] for role in _NEEDED if role in roles]
    return Sniff(1, f"its columns {', '.join(known[:3])}" if known else "no known column")


def plan(header: Header) -> ContactPlan:
    """Give each column the role its name says; the best spelling wins where one place has two candidates.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    roles = find_roles(header.names)

    def one(role: str) -> int:
        return roles[role][0] if role in roles else NONE

    street, city, region, postal_code, country = (one(role) for role in _ADDRESS)
    found = ContactPlan(
        columns=header.names,
        name=one("name"),
        name_parts=tuple(one(role) for role in ("first", "middle", "last") if role in roles),
        emails=tuple((place, NONE) for place in roles.get("email", ())),
        phones=tuple(
            PhoneColumn(place, label=role.partition(":")[2])
            for role in _PHONES
            for place in roles.get(role, ())
        ),
        organization=one("organization"),
        title=one("title"),
        external_id=one("external_id"),
        language=one("language"),
        time_zone=one("time_zone"),
        tags=one("tags"),
        notes=tuple(roles.get("notes", ())),
        address=(street, city, region, postal_code, country)
        if any(role in roles for role in _ADDRESS)
        else None,
    )
    return complete_plan(found, header)


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    return assemble_contacts(plan(header), rows)
