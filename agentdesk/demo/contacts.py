"""What else passes between the shop and its customers: orders, deliveries, calls, visits, surveys."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from agentdesk.demo.casting import Story
from agentdesk.demo.ledger import Ledger
from agentdesk.demo.material import people
from agentdesk.demo.persons import Person
from agentdesk.demo.slots import buy
from agentdesk.demo.staging import Colleague
from agentdesk.demo.story import Act
from agentdesk.demo.wording import fill
from agentdesk.domain.events import Event
from agentdesk.models import Interaction

_BY_AGENT = ("call_in", "call_out", "voicemail", "visit", "meeting", "gift_or_goodwill", "appointment")
_WEIGHTS = {
    "call_in": 5,
    "call_out": 4,
    "voicemail": 2,
    "payment": 3,
    "gift_or_goodwill": 1,
    "review": 1,
    "social_mention": 1,
}
_COMPANY_WEIGHTS = {**_WEIGHTS, "visit": 1, "meeting": 2, "appointment": 2}
_CHANNELS = {
    "call_in": "phone",
    "call_out": "phone",
    "voicemail": "phone",
    "visit": "visit",
    "social_mention": "social",
    "survey": "email",
    "order": "web",
    "review": "web",
    "gift_or_goodwill": "email",
    "meeting": "visit",
    "appointment": "visit",
}


def log_contacts(
    rng: Random,
    ledger: Ledger,
    persons: Sequence[Person],
    stories: Sequence[Story],
    *,
    agents: Sequence[Colleague],
    now: datetime,
) -> None:
    """Log every order with its delivery, some calls and visits, and the surveys that came back after a ticket."""
    found: list[dict[str, Any]] = []
    for person in persons:
        if rng.random() < 0.5:
            person.orders.append(
                buy(rng, now - timedelta(days=rng.uniform(3, 90)), machine=rng.random() < 0.15)
            )
        found += _orders(rng, person, now)
        found += _contacts(rng, person, now, agents)
    for story in stories:
        solved = [step.at for step in story.steps if step.act is Act.SOLVE]
        if not story.is_open and solved and rng.random() < 0.09:
            at = solved[-1] + timedelta(hours=rng.uniform(3, 40))
            found.append(_one(rng, story.person, "survey", at, story.slots, ticket_id=story.id))
    known = sorted((one for one in found if one["at"] < now), key=lambda one: (one["at"], one["customer_id"]))
    numbers = set[str]()
    for place, one in enumerate(known, start=1):
        number = one.get("external_id")
        if number in numbers:  # a system gives a number once; the shop of the sample desk may not
            one["external_id"] = None
        elif number:
            numbers.add(number)
        row = ledger.add(Interaction, place, one["at"], **one)
        ledger.created(Interaction, row, Event.INTERACTION_LOGGED, one["agent_id"], one["at"])


def _orders(rng: Random, person: Person, now: datetime) -> list[dict[str, Any]]:
    found = []
    for order in person.orders:
        summary = f"{order.number}: {order.item}, {order.price}.00 €"
        found.append(_row(person, "order", order.at, summary, external_id=order.number))
        arrives = order.at + timedelta(days=rng.uniform(1.5, 3.5))
        if rng.random() < 0.8 and arrives < now:
            found.append(_row(person, "delivery", arrives, f"{order.number} delivered to {person.city}"))
    return found


def _contacts(
    rng: Random, person: Person, now: datetime, agents: Sequence[Colleague]
) -> list[dict[str, Any]]:
    weights = _COMPANY_WEIGHTS if person.company else _WEIGHTS
    found = []
    for _ in range(rng.choices((0, 1, 2, 3), (45, 33, 15, 7))[0]):
        kind = rng.choices(list(weights), list(weights.values()))[0]
        day = (now - timedelta(days=rng.uniform(0.2, 90))).replace(
            hour=rng.randint(8, 17), minute=rng.randint(0, 59)
        )
        slots = {
            "machine": rng.choice(("Ottilie One", "Ottilie Duo")),
            "beans": rng.choice(("Lantern", "Slow Sunday")),
            "invoice": f"INV-{day:%y}-{rng.randrange(2000, 9999)}",
        }
        agent_id = rng.choice(agents).id if kind in _BY_AGENT else None
        found.append(_one(rng, person, kind, day, slots, agent_id=agent_id))
    return found


def _one(
    rng: Random, person: Person, kind: str, at: datetime, slots: dict[str, str], **more: Any
) -> dict[str, Any]:
    return _row(person, kind, at, fill(rng, rng.choice(people()["interactions"][kind]), slots), **more)


def _row(person: Person, kind: str, at: datetime, summary: str, **more: Any) -> dict[str, Any]:
    return {
        "customer_id": person.id,
        "ticket_id": None,
        "agent_id": None,
        "kind": kind,
        "channel": _CHANNELS.get(kind, "other"),
        "at": at.replace(second=0, microsecond=0),
        "summary": summary,
        **more,
    }
