"""Our own customers: as `customer list --format csv` prints them, and as `export contacts` writes them.

What the desk counts and keeps by itself is no field of a contact, so a list that comes back unchanged changes nothing.
An export has further ways, labels and extra fields in columns of their own; they come back as they were.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from agentdesk.transfer.contact_assembly import assemble_contacts, part_label
from agentdesk.transfer.contact_plan import NONE, ContactPlan, WayColumn
from agentdesk.transfer.contact_record import Address, ContactRecord
from agentdesk.transfer.header import Header
from agentdesk.transfer.importers import from_plain
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "agentdesk"
LABEL: Final = "a list of customers of AgentDesk"

_KEPT: Final = frozenset({"id", "tier", "owner", "created_at", "updated_at", "version"})
_OWN: Final = _KEPT | {"open_tickets"}
"""Columns that a desk fills by itself, or that an import does not set."""
_EXPORTED: Final = (
    _KEPT | {"more_emails", "phone_label", "more_phones", "do_not_contact"} | frozenset(Address._fields)
)


def sniff(header: Header) -> Sniff:
    """Go by the columns that a desk fills by itself: no other system has all of them."""
    if "external_id" not in header.keys:
        return Sniff(0, "")
    if _EXPORTED.issubset(header.keys):
        return Sniff(100, "its columns more_phones and version")
    is_list = _OWN.issubset(header.keys)
    return Sniff(100, "its columns open_tickets and version") if is_list else Sniff(0, "")


def plan(header: Header) -> ContactPlan:
    """Read a list like any table, without the columns of the desk; an export by the names of its columns.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    if _EXPORTED.issubset(header.keys):
        return _plan_of_export(header)
    found = from_plain.plan(header)
    kept = tuple((place, name) for place, name in found.extra if header.keys[place] not in _OWN)
    return replace(found, extra=kept)


def _plan_of_export(header: Header) -> ContactPlan:
    places = {key: place for place, key in enumerate(header.keys)}

    def one(key: str) -> int:
        return places.get(key, NONE)

    street, city, region, postal_code, country = (one(part) for part in Address._fields)
    emails = (
        WayColumn(one("email"), label_place=one("email_label"), is_ours=True),
        WayColumn(one("more_emails"), is_ours=True),
    )
    return ContactPlan(
        columns=header.names,
        name=one("name"),
        emails=tuple(way for way in emails if way.place != NONE),
        phones=(
            WayColumn(one("phone"), label_place=one("phone_label"), is_ours=True),
            WayColumn(one("more_phones")),
        )
        if "phone" in places
        else (),
        organization=one("organization"),
        title=one("title"),
        external_id=one("external_id"),
        language=one("language"),
        time_zone=one("time_zone"),
        tags=one("tags"),
        notes=(places["notes"],) if "notes" in places else (),
        address=(street, city, region, postal_code, country),
        is_guarded=header.is_guarded,
        takes_any_number=True,
    )


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    found = assemble_contacts(plan(header), rows)
    if not _EXPORTED.issubset(header.keys):
        return found
    # The extra fields of an object of JSON were taken apart by name; it stands whole in the cell behind its columns.
    extra, phone = (header.keys.index(key) if key in header.keys else NONE for key in ("extra", "phone"))
    return (one if isinstance(one, Fault) else _completed(one, extra, phone) for one in found)


def _completed(record: ContactRecord, extra: int, phone: int) -> ContactRecord | Fault:
    """A contact with its extra fields, and with the labels of its further numbers apart from them."""
    cell = record.cells[extra].strip()
    fields = _fields(cell)
    if fields is not None and extra == NONE:
        fields = fields.get("extra") or {}
    if not isinstance(fields, dict):
        return Fault(record.line, "extra", cell, "is no JSON object", record.cells)
    leading = 1 if phone != NONE and record.cells[phone].strip() else 0
    phones = (*record.phones[:leading], *map(_told_apart, record.phones[leading:]))
    return record._replace(phones=phones, extra=fields)


def _fields(cell: str) -> dict[str, Any] | None:
    """The extra fields of a cell; None where it holds something else."""
    if not cell:
        return {}
    try:
        found = json.loads(cell)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _told_apart(phone: tuple[str, str]) -> tuple[str, str]:
    number, label = phone
    return phone if label else part_label(number)
