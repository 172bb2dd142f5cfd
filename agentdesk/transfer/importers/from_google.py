"""Google Contacts, before 2023 (`E-mail 1 - Type`) and since (`E-mail 1 - Label`).

Groups of columns are numbered and repeat as needed. Several values of one kind share a cell, joined by ` ::: `,
and the label of the preferred one begins with a star.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_plan import NONE, ContactPlan, WayColumn, complete_plan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.header import Header
from agentdesk.transfer.importers import from_plain
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "google"
LABEL: Final = "Google Contacts"

_NUMBERED: Final = re.compile(r"(e-mail|phone) (\d+) - value")
_ADDRESS: Final = ("street", "city", "region", "postal code", "country")
_ONLY_GOOGLE: Final = ("yomi name", "phonetic first name", "group membership", "file as")


def sniff(header: Header) -> Sniff:
    """Go by the numbered columns, or by those that no other system has."""
    for name, key in zip(header.names, header.keys, strict=True):
        if _NUMBERED.fullmatch(key):
            return Sniff(98, f"its column {name}")
    signs = [key for key in _ONLY_GOOGLE if key in header.keys]
    return Sniff(96, f"its columns {' and '.join(signs)}") if len(signs) >= 2 else Sniff(0, "")


def plan(header: Header) -> ContactPlan:
    """Find the columns of either generation.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    if not sniff(header).score:  # somebody said that it is Google's: its columns were named anew
        return from_plain.plan(header)
    places = {key: place for place, key in enumerate(header.keys) if key}

    def one(*keys: str) -> int:
        return next((places[key] for key in keys if key in places), NONE)

    def label(group: str, number: str) -> int:
        return one(f"{group} {number} - label", f"{group} {number} - type")

    numbered = [(match[1], match[2], places[match[0]]) for match in map(_NUMBERED.fullmatch, places) if match]
    parts = (
        one("first name", "given name"),
        one("middle name", "additional name"),
        one("last name", "family name"),
    )
    street, city, region, postal_code, country = (one(f"address 1 - {part}") for part in _ADDRESS)
    address = (street, city, region, postal_code, country)
    found = ContactPlan(
        columns=header.names,
        name=one("name"),
        name_parts=tuple(place for place in parts if place >= 0),
        emails=tuple(WayColumn(place, label(group, n)) for group, n, place in numbered if group == "e-mail"),
        phones=tuple(WayColumn(place, label(group, n)) for group, n, place in numbered if group == "phone"),
        organization=one("organization name", "organization 1 - name"),
        title=one("organization title", "organization 1 - title"),
        language=one("language"),
        tags=one("labels", "group membership"),
        notes=(places["notes"],) if "notes" in places else (),
        ignored_tags=frozenset({"mycontacts", "my contacts"}),
        address=address if any(place >= 0 for place in address) else None,
    )
    return complete_plan(found, header)


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    return assemble_contacts(plan(header), rows)
