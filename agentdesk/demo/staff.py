"""The desk itself: agents, queues, who takes from which, and two shared views; and the customers as rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from agentdesk.demo.ledger import Ledger, Row
from agentdesk.demo.material import people
from agentdesk.demo.persons import Company, Person
from agentdesk.demo.staging import Colleague
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key, normalise_email, normalise_phone
from agentdesk.models import Agent, ContactPoint, Customer, Organization, Queue, SavedView

_AGE = timedelta(days=1100)


def hire(ledger: Ledger, now: datetime, login: str | None) -> list[Colleague]:
    """Every agent; the first one answers to the operating-system user `login`."""
    found = []
    since = (now - _AGE).replace(microsecond=0)
    for place, one in enumerate(people()["agent"], start=1):
        row = ledger.add(
            Agent,
            place,
            since,
            handle=one["handle"],
            name=one["name"],
            email=f"{one['handle']}@desk.example.com",
            login=login if place == 1 else None,
            role=one["role"],
        )
        ledger.created(Agent, row, Event.AGENT_CHANGED, None, since)
        queues, languages = tuple(one["queues"]), tuple(one["languages"])
        found.append(Colleague(place, one["handle"], one["name"], one["role"], queues, languages))
    return found


def set_up_queues(
    ledger: Ledger, now: datetime, agents: Sequence[Colleague]
) -> tuple[dict[str, int], list[Row]]:
    """The queues by name, and who takes from them."""
    since = (now - _AGE).replace(microsecond=0)
    queues: dict[str, int] = {}
    for place, one in enumerate(people()["queue"], start=1):
        row = ledger.add(
            Queue,
            place,
            since,
            name=one["name"],
            name_key=name_key(one["name"]),
            description=one["description"],
        )
        ledger.created(Queue, row, Event.QUEUE_CHANGED, None, since)
        queues[one["name"]] = place
    members = [{"queue_id": queues[name], "agent_id": agent.id} for agent in agents for name in agent.queues]
    for place, one in enumerate(people()["view"], start=1):
        row = ledger.add(SavedView, place, since, name=one["name"], query=one["query"], position=place)
        ledger.created(SavedView, row, Event.VIEW_CHANGED, None, since)
    return queues, members


def enter_companies(ledger: Ledger, companies: Sequence[Company]) -> None:
    """Organizations as rows."""
    for one in companies:
        row = ledger.add(
            Organization,
            one.id,
            one.created_at,
            name=one.name,
            name_key=name_key(one.name),
            domains=[one.domain],
            tier=one.tier,
            tags=[one.kind],
        )
        ledger.created(Organization, row, Event.ORGANIZATION_CREATED, None, one.created_at)


def enter_people(ledger: Ledger, persons: Sequence[Person]) -> None:
    """Customers as rows, with the ways to reach them."""
    points = 0
    for one in persons:
        row = ledger.add(
            Customer,
            one.id,
            one.created_at,
            external_id=f"C-{10_000 + one.id}",
            name=one.name,
            name_key=name_key(one.name),
            email=normalise_email(one.email) if one.email else None,
            phone=one.phone,
            organization_id=one.company.id if one.company else None,
            title=one.title,
            language=one.language,
            time_zone=one.zone,
            tier=one.tier,
            warning=one.warning,
            notes=one.notes,
            tags=list(one.tags),
        )
        ledger.created(Customer, row, Event.CUSTOMER_CREATED, None, one.created_at)
        for kind, value, key in (
            ("email", one.email, row["email"]),
            ("phone", one.phone, normalise_phone(one.phone) if one.phone else None),
        ):
            if not value or key is None:
                continue
            points += 1
            point = ledger.add(
                ContactPoint,
                points,
                one.created_at,
                customer_id=one.id,
                kind=kind,
                value=value,
                normalised=key,
                is_primary=True,
            )
            ledger.created(ContactPoint, point, Event.CUSTOMER_CREATED, None, one.created_at, is_main=False)
