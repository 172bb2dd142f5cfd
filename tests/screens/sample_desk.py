"""A small desk that stands still: the same tickets, people and instants in every screen test and picture."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK, Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.settings import Settings

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)

PEOPLE = (  # name, address, organization, tier
    ("Dana Kim", "dana@hooli.example", "Hooli", "gold"),
    ("Marta Ilić", "marta@acme.example", "Acme GmbH", "gold"),
    ("佐藤 花子", "hanako@stark.example", "Stark Industries", ""),
    ("Jón Þórsson", "jon@globex.example", "Globex", ""),
    ("Ola Nordmann", "ola@nordmann.example", None, ""),
    ("Noor Haddad", "noor@umbrella.example", "Umbrella Ltd", ""),
    ("Élodie Roux", "elodie@keller.example", "Keller & Sons", ""),
    ("Kofi Mensah", "kofi@initech.example", "Initech", ""),
)

TICKETS = (  # subject, person, status, priority, agent, due in minutes, minutes the customer waits
    ("Refund not received after 14 days", 1, "open", "urgent", "ana", -12, 190),
    ("[URGENT] cannot log in since the update", 0, "new", "urgent", None, 25, 78),
    ("注文 #991 が届きません", 2, "open", "high", "bo", 70, 64),
    ("API returns 500 on /v2/orders", 5, "on_hold", "high", "ana", 185, None),
    ("Invoice INV-2231 shows the wrong VAT", 7, "pending", "normal", "ana", None, None),
    ("Change of delivery address", 4, "open", "normal", "bo", 450, 30),
    ("Password reset mail never arrives", 3, "pending", "normal", "li", None, None),
    ("Order T-88 arrived broken", 6, "open", "normal", None, 1500, 20),
    ("Upgrade plan in the middle of the cycle?", 2, "open", "normal", "ana", 1600, None),
    ("Cancel my subscription", 1, "open", "normal", "bo", 2900, 55),
    ("Export of last year's tickets", 0, "pending", "low", "ana", None, None),
    ("Two charges for one order", 5, "open", "normal", None, 3000, None),
    ("Thank you, and one more question", 3, "open", "normal", "li", 3100, 12),
    ("Where can I find the contract?", 1, "open", "normal", "ana", 4400, None),
    ("Login mail arrives twice", 3, "open", "normal", "bo", 4500, None),
    ("Your chat said Tuesday [/] [red]not today[/red]", 5, "pending", "normal", "ana", None, None),
    ("Receipt for March, please", 6, "open", "low", "li", 4600, None),
    ("Slow since the weekend", 5, "on_hold", "normal", "ana", 5900, None),
    ("Wrong name on the invoice", 4, "open", "low", None, 5950, None),
    ("Can two people share one seat?", 7, "open", "normal", "bo", 6000, None),
    ("Delivery came without the cable", 6, "open", "normal", "li", 7300, None),
    ("Deutsche Version der Rechnung", 7, "open", "normal", "bo", 7400, None),
    ("Renewal: what changes?", 1, "open", "normal", "ana", 7500, None),
    ("App crashes when offline", 7, "solved", "normal", "li", None, None),
)


def settings_for(folder: Path, *, agent: str = "ana", theme: str = "ink") -> Settings:
    """Settings for a store in a folder."""
    return Settings(store=str(folder / "desk.db"), agent=agent, theme=theme, zone="Europe/Berlin")


def empty_desk(folder: Path) -> Desk:
    """A new desk with its one agent, `ana`, and nothing to do."""
    return _copied(folder, _welcomed)


def sample_desk(folder: Path) -> Desk:
    """A desk with four agents, two queues, eight customers and two dozen tickets."""
    return _copied(folder, _fill)


def clocked_desk(folder: Path, *, theme: str = "ink") -> Desk:
    """The same with business hours, a policy, and nine more tickets from 1025 on: a clock in every state."""
    return _copied(folder, _fill, _run_clocks, theme=theme)


def trial_desk(folder: Path) -> Desk:
    """The same, with something asked of ana, by her, and told to her; with all that a desk writes down once."""
    return _copied(folder, _fill, _run_clocks, _ask, _write_down, add_twins)


_MADE = TemporaryDirectory(prefix="agentdesk-sample-", ignore_cleanup_errors=True)


@cache
def _made(*steps: Callable[[Desk], None]) -> Path:
    """A store after these steps, written once and copied for every test."""
    folder = Path(_MADE.name) / "-".join(step.__name__ for step in steps)
    folder.mkdir()
    desk = _open_in(folder)
    for step in steps:
        step(desk)
    desk.close()
    return folder / "desk.db"


def _copied(folder: Path, *steps: Callable[[Desk], None], theme: str = "ink") -> Desk:
    shutil.copy(_made(*steps), folder / "desk.db")
    return _open_in(folder, theme)


def _open_in(folder: Path, theme: str = "ink") -> Desk:
    return Desk.open(settings_for(folder, theme=theme), origin=Origin.CONSOLE, clock=FixedClock(NOW))


def _welcomed(desk: Desk) -> None:
    del desk  # a new store has its first agent and queue by itself


def _run_clocks(desk: Desk) -> None:
    with _at(desk, -60 * 24) as change:
        _promise(change)
    for minutes, step in sorted(CLOCKED, key=lambda one: one[0]):
        with _at(desk, minutes) as change:
            step(change)


def _ask(desk: Desk) -> None:
    from agentdesk import services

    told = {"kind": "functional", "reason_code": "skill"}
    for who, ticket, ask, to in (
        (Actor(2, "bo", "Bo Larsen", Role.AGENT), 1003, "May we refund this?", 1),
        (Actor(2, "bo", "Bo Larsen", Role.AGENT), 1010, "May he leave at once?", 1),
        (Actor(2, "bo", "Bo Larsen", Role.AGENT), 1012, "Who charged twice?", 1),
        (Actor(1, "ana", "Ana", Role.ADMIN), 1006, "Who knows the printer?", 2),
    ):
        with desk.store.change(FixedClock(NOW), who, Origin.CONSOLE, summary="ask") as change:
            services.escalate_ticket(change, ticket, ask=ask, to_agent_id=to, **told)
            services.add_note(change, ticket, "\n".join(f"Line {at} of many." for at in range(40)))


def add_twins(desk: Desk) -> None:
    """Two more customers who may be Dana Kim, with one telephone number."""
    from agentdesk import services

    with _at(desk, -5) as change:
        services.create_customer(
            change,
            name="Kim, Dana",
            email="dana+shop@hooli.example",
            phone="+44 20 7946 0958",
            organization="Hooli",
            tags=["shop"],
        )
        services.create_customer(change, name="D. Kim", phone="+44 20 7946 0958", organization="Hooli")


def _write_down(desk: Desk) -> None:
    """A macro, an article, a form, a ticket that is part of another, and a customer who says thank you."""
    from agentdesk import services
    from agentdesk.domain.intake import parse_field

    with _at(desk, -10) as change:
        takes = {"assignee": "me", "priority": "high"}
        services.add_macro(change, name="Take on", changes=takes, shared=True)
        services.add_article(change, title="How to return an order", body="Within thirty days.")
        services.set_form(change, "Refunds", [parse_field("order:Order number")])
        services.edit_ticket(change, 1001, {"category": "refunds"})
        services.merge_tickets(change, [1022], 1020)
        services.receive_message(change, 1033, "Thank you!")


def _at(desk: Desk, minutes: int) -> AbstractContextManager[Any]:
    return desk.store.change(
        FixedClock(NOW + timedelta(minutes=minutes)), DESK, Origin.DEMO, summary="sample"
    )


def _promise(change: Any) -> None:
    from agentdesk import services
    from agentdesk.models import PolicyVersion

    services.add_calendar(
        change, name="Berlin", zone="Europe/Berlin", hours="Mon-Fri 08:00-12:00,13:00-18:00"
    )
    reply = {"urgent": 30, "high": 45, "normal": 60, "low": 240}
    wait = dict.fromkeys(reply, 480)
    policy = PolicyVersion(
        name="Standard", name_key="standard", number=1, conditions="-tag:internal", calendar="Berlin",
        targets={"frt": reply, "nrt": reply, "requester_wait": wait},
    )  # fmt: skip
    change.record(Event.SETTING_CHANGED, change.add(policy))


def _opened(subject: str, customer_id: int, priority: str = "normal") -> Callable[[Any], None]:
    def step(change: Any) -> None:
        from agentdesk import services

        services.create_ticket(
            change,
            subject=subject,
            customer_id=customer_id,
            priority=priority,
            body=f"{subject}. Can you help?",
        )

    return step


def _done(name: str, ticket_id: int, *args: Any, **named: Any) -> Callable[[Any], None]:
    def step(change: Any) -> None:
        from agentdesk import services

        getattr(services, name)(change, ticket_id, *args, **named)

    return step


def _spam(change: Any) -> None:
    from agentdesk.models import Ticket

    ticket = change.get(Ticket, 1032)
    ticket.is_spam = True
    change.record(Event.TICKET_CHANGED, ticket)


CLOCKED: tuple[tuple[int, Callable[[Any], None]], ...] = (  # minutes before NOW, which is 10:00 on the wall
    (-990, _opened("Card was charged twice", 2)),  # 1025 breached: 30 minutes on Monday, 30 today
    (-300, _opened("Where is my parcel?", 4)),  # 1026 answered before hours, asked again, waits
    (-200, _done("reply_to_ticket", 1026, "It left yesterday.", then="open")),
    (-110, _done("receive_message", 1026, "It says returned to sender.")),
    (-100, _done("reply_to_ticket", 1026, "We send it again.", then="open")),
    (-72, _done("receive_message", 1026, "Thank you. When?")),
    (-60, _opened("Cannot add a user", 6)),  # 1027 due to the minute
    (-56, _opened("Login page is blank", 8)),  # 1028 critical
    (-48, _opened("Change the plan on Friday", 7)),  # 1029 at risk
    (-45, _opened("Which address for returns?", 5)),  # 1030 answered in time, waits for the customer
    (-30, _done("reply_to_ticket", 1030, "The one on the label. Does it help?", then="pending")),
    (-40, _opened("Voucher does not work", 3, "low")),  # 1031 running
    (-39, _opened("WIN A PRIZE", 3)),  # 1032 spam
    (-38, _spam),
    (-35, _opened("How do I export?", 1)),  # 1033 solved
    (-20, _done("reply_to_ticket", 1033, "Settings, then Export.", then="solved")),
)


def _fill(desk: Desk) -> None:
    from agentdesk.models import Agent, Customer, Message, Organization, Queue, Ticket

    with desk.store.change(
        FixedClock(NOW - timedelta(days=2)), DESK, Origin.DEMO, summary="sample"
    ) as change:
        queue = change.find(Queue)
        assert queue is not None
        billing = change.add(Queue(name="Billing", name_key="billing"))
        change.record(Event.QUEUE_CHANGED, billing)
        agents = {"ana": change.find(Agent, Agent.handle == "ana")}
        for handle, name in (("bo", "Bo Larsen"), ("li", "Li Wei")):
            agents[handle] = change.add(Agent(handle=handle, name=name, role="agent"))
            change.record(Event.AGENT_CHANGED, agents[handle])
        people = []
        for name, email, organization, tier in PEOPLE:
            home = None
            if organization:
                home = change.add(Organization(name=organization, name_key=organization.lower()))
                change.record(Event.ORGANIZATION_CHANGED, home)
            person = change.add(
                Customer(
                    name=name, name_key=name.lower(), email=email, tier=tier, organization_id=home and home.id
                )
            )
            change.record(Event.CUSTOMER_CHANGED, person)
            people.append(person)
        for place, (subject, who, status, priority, handle, due, waits) in enumerate(TICKETS):
            person = people[who]
            agent = agents.get(handle)
            at = NOW - timedelta(hours=3, minutes=7 * place)
            waiting = None if waits is None else NOW - timedelta(minutes=waits)
            ticket = change.add(
                Ticket(
                    subject=subject, status=status, priority=priority, channel="email",
                    queue_id=(billing if place % 4 == 0 else queue).id, assignee_id=agent and agent.id,
                    customer_id=person.id, organization_id=person.organization_id,
                    due_at=None if due is None else NOW + timedelta(minutes=due), waiting_since=waiting,
                    last_message_at=at, created_at=at, updated_at=at, tags=["auth", "vip"] if place == 1 else [],
                    is_escalated=place in (3, 17), solved_at=at if status == "solved" else None,
                )
            )  # fmt: skip
            change.record(Event.TICKET_CREATED, ticket)
            body = f"Hello,\n\n{subject}. Can you help?\n\nKind regards\n{person.name}"
            for message in _messages(body, person.name, at, place):
                row = change.add(
                    Message(ticket_id=ticket.id, customer_id=person.id, created_at=at, **message)
                )
                change.record(
                    Event.MESSAGE_RECEIVED if row.author_kind == "customer" else Event.MESSAGE_NOTED, row
                )


def _messages(body: str, name: str, at: datetime, place: int) -> list[dict[str, object]]:
    first = {
        "at": at, "author_kind": "customer", "author_name": name, "channel": "email", "body": body,
        "visibility": "public",
    }  # fmt: skip
    if place != 1:
        return [first]
    first["body"] = (
        "Hi, since the update this morning I can no longer log in. The page says:\n\n"
        "    Error: [AUTH-12] token expired.\n\n"
        "We open at noon and forty people need this.\n\n> Dear customer,\n> we updated tonight.\n> Yours"
    )
    note = {
        "at": at + timedelta(minutes=13), "author_kind": "agent", "author_name": "Bo Larsen", "channel": "other",
        "body": "Same for tenant 9. Looks like KB-114.", "visibility": "internal",
    }  # fmt: skip
    return [first, note]
