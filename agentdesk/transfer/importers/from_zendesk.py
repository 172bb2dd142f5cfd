"""Zendesk users, as its bulk import takes them: `name,email,external_id,details,notes,phone,role,...`.

Tags are parted by spaces or commas. `custom_fields.<key>` columns are kept as extra fields under their key;
role and restriction too, because here everybody in a file of contacts is a customer.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_plan import NONE, ContactPlan, PhoneColumn, complete_plan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.csv_header import Header
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "zendesk"
LABEL: Final = "Zendesk users"

_CUSTOM: Final = "custom_fields."
_SIGNS: Final = frozenset({"external_id", "details", "notes", "role", "restriction", "organization", "tags"})


def sniff(header: Header) -> Sniff:
    """Go by the names in their exact spelling: four of them, or a custom field, beside name and e-mail."""
    keys = frozenset(header.keys)
    if not {"name", "email"} <= keys:
        return Sniff(0, "")
    custom = [name for name in header.names if name.casefold().startswith(_CUSTOM)]
    signs = sorted(_SIGNS & keys)
    if custom:
        return Sniff(90, f"its column {custom[0]}")
    return Sniff(85, f"its columns {', '.join(signs)}") if len(signs) >= 4 else Sniff(0, "")


def plan(header: Header) -> ContactPlan:
    """Find the columns by their exact names, in any order.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    places = {key: place for place, key in enumerate(header.keys) if key}
    custom = {name: name[len(_CUSTOM) :] for name in header.names if name.casefold().startswith(_CUSTOM)}
    found = ContactPlan(
        columns=header.names,
        name=places.get("name", NONE),
        emails=((places["email"], NONE),) if "email" in places else (),
        phones=(PhoneColumn(places["phone"]),) if "phone" in places else (),
        organization=places.get("organization", NONE),
        external_id=places.get("external_id", NONE),
        language=places.get("locale", NONE),
        time_zone=places.get("time_zone", NONE),
        tags=places.get("tags", NONE),
        notes=tuple(places[key] for key in ("details", "notes") if key in places),
        tag_separators=" ",
    )
    return complete_plan(found, header, custom)


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    return assemble_contacts(plan(header), rows)
