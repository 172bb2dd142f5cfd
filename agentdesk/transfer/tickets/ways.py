"""How customers whom a ticket file brings are reached: their address and telephone numbers, as contact points."""

from collections.abc import Iterator, Mapping
from typing import Any

from agentdesk.domain.events import Event
from agentdesk.domain.identity import normalise_phone
from agentdesk.domain.vocabulary import PointKind
from agentdesk.models import ContactPoint
from agentdesk.store.bulk import created_row, default_values, insert_rows
from agentdesk.store.change import Change
from agentdesk.transfer.tickets.new_names import NewThing


def ways_of(thing: NewThing) -> dict[str, Any]:
    """Address, first number, and what stands for a number and is none, as columns of a customer."""
    numbers = _numbers(thing)
    odd = [one for one in thing.phones if not normalise_phone(one)]
    extra = {"extra": {"phone": ", ".join(odd)}} if odd else {}
    return {"email": thing.email, "phone": next(iter(numbers.values()), None), **extra}


def write_ways(change: Change, customers: Mapping[int, NewThing], source: str) -> None:
    """Write the contact points of customers who were made.

    Args:
        change: the transaction.
        customers: by their numbers.
        source: the other system, which told of them.
    """
    shared = {
        **default_values(ContactPoint),
        "created_at": change.at,
        "updated_at": change.at,
        "source": source,
        "batch_id": change.batch_id,
    }
    rows = [
        {**shared, "customer_id": row_id, **way}
        for row_id, thing in customers.items()
        for way in _ways(thing)
    ]
    event = Event.CUSTOMER_CREATED
    told = (
        created_row(ContactPoint, {"id": row_id, **row}, change.at, event.value)
        for row_id, row in zip(insert_rows(change, ContactPoint, rows), rows, strict=True)
    )
    change.write_journal([{**one, "is_main": False} for one in told], event)


def _ways(thing: NewThing) -> Iterator[dict[str, Any]]:
    if thing.email:
        yield {
            "kind": PointKind.EMAIL.value,
            "value": thing.email,
            "normalised": thing.email,
            "is_primary": True,
        }
    for place, (key, number) in enumerate(_numbers(thing).items()):
        yield {"kind": PointKind.PHONE.value, "value": number, "normalised": key, "is_primary": place == 0}


def _numbers(thing: NewThing) -> dict[str, str]:
    """The numbers as written, by their one spelling."""
    found: dict[str, str] = {}
    for one in thing.phones:
        if key := normalise_phone(one):
            found.setdefault(key, one)
    return found
