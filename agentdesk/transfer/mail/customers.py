"""Whom mails name and the desk does not know, made customers: an address and a name, which a mail only claims."""

from collections.abc import Sequence
from typing import Any

from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key, normalise_name
from agentdesk.domain.vocabulary import PointKind
from agentdesk.models import ContactPoint, Customer
from agentdesk.store.bulk import created_row, default_values, insert_rows
from agentdesk.store.change import Change
from agentdesk.transfer.mail.people import Person


def add_customers(change: Change, people: Sequence[Person], source: str) -> list[int]:
    """Make customers; their ids, in order.

    Args:
        change: the transaction.
        people: nobody twice, each with the key of an address that nobody has.
        source: what told of their address.
    """
    stamps = {"created_at": change.at, "updated_at": change.at}
    rows = [{**default_values(Customer), **_columns(one), **stamps} for one in people]
    ids = insert_rows(change, Customer, rows)
    points: list[dict[str, Any]] = [
        {
            **default_values(ContactPoint),
            **stamps,
            "customer_id": row_id,
            "kind": PointKind.EMAIL.value,
            "value": one.address,
            "normalised": one.key,
            "is_primary": True,
            "source": source,
            "batch_id": change.batch_id,
        }
        for row_id, one in zip(ids, people, strict=True)
    ]
    point_ids = insert_rows(change, ContactPoint, points)
    event = Event.CUSTOMER_CREATED
    told = [
        created_row(Customer, {"id": i, **row}, change.at, event.value)
        for i, row in zip(ids, rows, strict=True)
    ]
    ways = [
        {**created_row(ContactPoint, {"id": i, **row}, change.at, event.value), "is_main": False}
        for i, row in zip(point_ids, points, strict=True)
    ]
    change.write_journal([*told, *ways], event)
    return ids


def _columns(person: Person) -> dict[str, Any]:
    name = normalise_name(person.name) or person.key
    return {"name": name, "name_key": name_key(name), "email": person.key}
