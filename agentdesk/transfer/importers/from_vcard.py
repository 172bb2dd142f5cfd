"""vCards, as phones, mail programs and address books write them: the reader has made a table of them already."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_plan import NONE, ContactPlan, WayColumn, complete_plan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.header import Header
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.readers.vcard_table import EMAILS
from agentdesk.transfer.rows import Fault, Row

NAME: Final = "vcard"
LABEL: Final = "vCards"

_SIGN: Final = "vcard version"
_MEANINGLESS: Final = frozenset({"my contacts", "mycontacts"})


def sniff(header: Header) -> Sniff:
    """Go by the column that the reader of vCards makes."""
    return Sniff(100, "BEGIN:VCARD") if _SIGN in header.keys else Sniff(0, "")


def plan(header: Header) -> ContactPlan:
    """Find the columns of the reader.

    Raises:
        MissingColumnsError: it is no table of vCards, and has no column for a name, an address or a number.
    """
    places = {key: place for place, key in enumerate(header.keys)}

    def one(key: str) -> int:
        return places.get(key, NONE)

    numbers = [
        key.removesuffix(" - value") for key in places if key.startswith("phone ") and key.endswith("value")
    ]
    found = ContactPlan(
        columns=header.names,
        name=one("name"),
        name_parts=tuple(places[key] for key in ("first name", "middle name", "last name") if key in places),
        emails=tuple(WayColumn(places[key], one(f"{key} - label")) for key in EMAILS if key in places),
        phones=tuple(WayColumn(places[f"{key} - value"], one(f"{key} - label")) for key in numbers),
        organization=one("organization"),
        title=one("job title"),
        external_id=one("uid"),
        language=one("language"),
        time_zone=one("time zone"),
        tags=one("categories"),
        notes=(places["notes"],) if "notes" in places else (),
        ignored_tags=_MEANINGLESS,
        address=(one("street"), one("city"), one("region"), one("postal code"), one("country")),
    )
    complete = complete_plan(found, header)
    kept = tuple((place, name) for place, name in complete.extra if name != _SIGN)
    return replace(complete, extra=kept)


def records(header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    return assemble_contacts(plan(header), rows)
