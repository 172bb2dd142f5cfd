"""A small desk full of differences, and the plain-Python meaning of a query over it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import insert

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.attention import AT_RISK_WITHIN, CRITICAL_WITHIN
from agentdesk.domain.events import Event
from agentdesk.domain.query import ast
from agentdesk.domain.vocabulary import UNSOLVED, Channel, EscalationState, Priority, Status, TicketType
from agentdesk.models import (
    Attachment,
    Blob,
    Customer,
    Escalation,
    Mention,
    Message,
    Seen,
    Ticket,
    TicketLink,
)

NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Paris")
WORDS = ("vat", "refund", "invoice", "printer", "café", "naïve", "don't", "a-b", "42", "1003")
TAGS = ("vat", "vip", "old")
CATEGORIES = ("", "billing", "Hard_ware", "100%", "Überweisung")
RISING = {"priority": tuple(reversed(Priority)), "status": tuple(Status)}


@dataclass
class World:
    """The rows as they were written."""

    tickets: list[Ticket] = field(default_factory=list)
    bodies: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    queues: dict[str, int] = field(default_factory=dict)
    seen: dict[int, datetime] = field(default_factory=dict)
    mentions: set[tuple[int, int]] = field(default_factory=set)
    escalations: list[Escalation] = field(default_factory=list)
    files: set[int] = field(default_factory=set)
    links: set[int] = field(default_factory=set)
    me: int = 1


def build(desk: Desk, size: int = 60, seed: int = 7) -> World:
    """Fill a desk with random tickets; the same seed gives the same desk."""
    dice = Random(seed)
    world = World()
    with desk.change() as change:
        for name, email in (("Ana Café", "ana@x.test"), ("Bo Refund", "bo@x.test"), ("Čeda", "ceda@x.test")):
            customer = services.create_customer(change, name=name, email=email)
            world.customers[_id(customer)] = customer
        services.join_queue(change, 2, 1)
        change.session.execute(insert(Blob).values(sha256="00", size=0, data=b""))
        for _ in range(size):
            _add_ticket(world, change, dice)
        for ticket in world.tickets:
            _relate(world, change, dice, ticket)
    with desk.read() as read:
        world.agents = {str(handle): int(one) for one, handle in read.tuples("SELECT id, handle FROM agent")}
        world.queues = {str(name): int(one) for one, name in read.tuples("SELECT id, name FROM queue")}
    return world


def _add_ticket(world: World, change: Any, dice: Random) -> None:
    def moment(chance: float, days: float = 20) -> datetime | None:
        if dice.random() > chance:
            return None
        return (NOW + timedelta(days=(dice.random() - 0.5) * days)).replace(microsecond=0)

    def edge() -> datetime:
        offsets = (
            timedelta(),
            timedelta(hours=4),
            timedelta(hours=4, seconds=1),
            timedelta(seconds=-1),
            timedelta(days=-7),
        )
        return NOW + dice.choice(offsets)

    customer = dice.choice([None, *world.customers])
    created = moment(1.0, 60) or NOW
    status = dice.choice(list(Status))
    ticket = change.add(
        Ticket(
            subject=" ".join(dice.sample(WORDS, dice.randint(1, 3))),
            type=dice.choice(list(TicketType)),
            status=status,
            priority=dice.choice(list(Priority)),
            impact=dice.choice([None, "high", "low"]),
            channel=dice.choice(list(Channel)),
            category=dice.choice(CATEGORIES),
            queue_id=dice.choice([None, 1, 2]),
            assignee_id=dice.choice([None, 1, 2, 3]),
            customer_id=customer,
            tags=dice.sample(TAGS, dice.randint(0, 2)),
            due_at=edge() if dice.random() < 0.3 else moment(0.6),
            wake_at=moment(0.3),
            waiting_since=moment(0.5),
            last_message_at=moment(0.7),
            solved_at=moment(0.5),
            reopen_count=dice.randint(0, 3),
            reply_count=dice.randint(0, 2),
            is_escalated=dice.random() < 0.2,
            is_spam=dice.random() < 0.1,
            created_at=created,
            updated_at=created + timedelta(hours=dice.randint(0, 50)),
        )
    )
    change.record(Event.TICKET_CREATED, ticket)
    world.tickets.append(ticket)
    world.bodies[_id(ticket)] = []
    for _ in range(dice.randint(0, 2)):
        body = " ".join(dice.sample(WORDS, dice.randint(1, 4)))
        visibility = dice.choice(["public", "internal"])
        message = Message(
            ticket_id=_id(ticket), customer_id=customer, at=NOW, author_kind="agent", visibility=visibility, body=body,
            created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        change.add(message)
        change.record(Event.MESSAGE_NOTED, message)
        world.bodies[_id(ticket)].append((visibility, body))


def _relate(world: World, change: Any, dice: Random, ticket: Ticket) -> None:
    """What other tables say of a ticket."""
    stamps: Any = {"created_at": NOW, "updated_at": NOW}
    number = _id(ticket)
    for agent_id in (1, 2):
        at = dice.choice([None, ticket.last_message_at, NOW, NOW - timedelta(days=5)])
        if at is not None and dice.random() < 0.6:
            change.session.execute(insert(Seen).values(agent_id=agent_id, ticket_id=number, at=at))
            world.seen |= {number: at} if agent_id == world.me else {}
    for message in change.find_all(Message, Message.ticket_id == number):
        for agent_id in dice.sample([1, 2, 3], dice.choice([0, 0, 1, 2])):
            change.add(Mention(message_id=message.id, ticket_id=number, agent_id=agent_id, **stamps))
            world.mentions.add((number, agent_id))
        if dice.random() < 0.2:
            change.add(Attachment(message_id=message.id, ticket_id=number, name="a", sha256="00", **stamps))
            world.files.add(number)
    if dice.random() < 0.4:
        asked = {"to_agent_id": None, "to_queue_id": None, "level": None}
        asked |= dice.choice(
            [{"to_agent_id": 1}, {"to_agent_id": 2}, {"to_queue_id": 1}, {"to_queue_id": 2}, {"level": "lead"}, {"level": "l2"}]
        )  # fmt: skip
        world.escalations.append(
            change.add(
                Escalation(
                    ticket_id=number, kind="functional", reason_code="other", ask="x",
                    state=dice.choice(list(EscalationState)), from_agent_id=dice.choice([None, 1, 3]), **asked, **stamps,
                )
            )
        )  # fmt: skip
    if dice.random() < 0.2:
        other = dice.choice(world.tickets)
        if other is not ticket:
            change.add(TicketLink(ticket_id=number, other_id=other.id, kind="related", **stamps))
            world.links |= {number, _id(other)}
    change.record(Event.TICKET_CHANGED, ticket)


def meaning(world: World, node: ast.Node | None) -> list[int]:
    """The ids of the tickets that a condition means, by looking at every one of them."""
    return sorted(_id(ticket) for ticket in world.tickets if node is None or _holds(world, node, ticket))


def _holds(world: World, node: ast.Node, ticket: Ticket) -> bool:
    return bool(_MEANINGS[type(node)](world, node, ticket))


def _between(_world: World, node: ast.Between, ticket: Ticket) -> bool:
    above = node.low is None or _compares(ticket, node.name, ">=", node.low)
    return above and (node.high is None or _compares(ticket, node.name, "<=", node.high))


def _word(world: World, node: ast.Word, ticket: Ticket) -> bool:
    is_number = node.text.isdecimal() and int(node.text) == ticket.id
    return is_number or any(_reads(part, node.text) for part in _texts(world, ticket))


_MEANINGS: dict[type, Callable[[World, Any, Ticket], bool]] = {
    ast.And: lambda w, n, t: all(_holds(w, part, t) for part in n.parts),
    ast.Or: lambda w, n, t: any(_holds(w, part, t) for part in n.parts),
    ast.Not: lambda w, n, t: not _holds(w, n.of, t),
    ast.Word: _word,
    ast.Phrase: lambda w, n, t: any(_reads(part, n.text) for part in _texts(w, t)),
    ast.Reference: lambda _, n, t: n.id == t.id,
    ast.Is: lambda w, n, t: _STATES[n.flag](w, t),
    ast.Has: lambda w, n, t: _THINGS[n.thing](w, t),
    ast.Match: lambda w, n, t: any(_equals(w, t, n.name, value) for value in n.values),
    ast.Compare: lambda _, n, t: _compares(t, n.name, n.operator, n.value),
    ast.Between: _between,
}


def _texts(world: World, ticket: Ticket) -> list[str]:
    customer = world.customers.get(ticket.customer_id or 0)
    own = [customer.name, customer.email or ""] if customer else []
    return [ticket.subject, *(body for _, body in world.bodies[_id(ticket)]), *own]


def _tokens(text: str) -> list[str]:
    plain = text.lower().translate(str.maketrans("éïč", "eic"))
    return re.findall(r"\w+", plain)


def _reads(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand side by side in the text; the last may be a beginning."""
    have, want = _tokens(text), _tokens(wanted)
    is_beginning = wanted.endswith("*")
    for start in range(len(have) - len(want) + 1):
        part = have[start : start + len(want)]
        if part == want or (is_beginning and part[:-1] == want[:-1] and part[-1].startswith(want[-1])):
            return True
    return False


def _open(ticket: Ticket) -> bool:
    return ticket.status in UNSOLVED


def _due_within(ticket: Ticket, low: datetime | None, high: datetime) -> bool:
    due = ticket.due_at
    return _open(ticket) and due is not None and (low is None or due >= low) and due <= high


def _is_news(world: World, ticket: Ticket) -> bool:
    looked = world.seen.get(_id(ticket))
    return looked is None or (ticket.last_message_at is not None and looked < ticket.last_message_at)


def _asked(world: World, ticket: Ticket) -> list[Escalation]:
    open_ones = ("requested", "accepted")
    return [one for one in world.escalations if one.ticket_id == ticket.id and one.state in open_ones]


def _is_asked(world: World, ticket: Ticket, agent_id: int) -> bool:
    """By name, or as one of a queue or level that somebody else asked; ana (1) is in Billing (2) and an admin."""
    for one in _asked(world, ticket):
        levels = ("l2", "l3", "lead", "manager") if agent_id in (1, 4) else ("l2", "l3")
        is_mine = (one.to_queue_id == 2 and agent_id == 1) or (
            one.to_queue_id is None and one.to_agent_id is None and one.level in levels
        )
        if one.to_agent_id == agent_id or (is_mine and one.from_agent_id != agent_id):
            return True
    return False


_STATES: dict[str, Callable[[World, Ticket], bool]] = {
    "open": lambda _, t: _open(t),
    "solved": lambda _, t: not _open(t),
    "breached": lambda _, t: _open(t) and t.due_at is not None and t.due_at < NOW,
    "critical": lambda _, t: _due_within(t, NOW, NOW + CRITICAL_WITHIN),
    "at_risk": lambda _, t: (
        _due_within(t, NOW, NOW + AT_RISK_WITHIN) and not _due_within(t, NOW, NOW + CRITICAL_WITHIN)
    ),
    "paused": lambda _, _t: False,
    "customer_last": lambda _, t: _open(t) and t.waiting_since is not None,
    "unread": lambda w, t: _open(t) and _is_news(w, t),
    "mentioned": lambda w, t: (_id(t), w.me) in w.mentions,
    "escalated_to_me": lambda w, t: _is_asked(w, t, w.me),
    "linked": lambda w, t: _id(t) in w.links,
    "escalated": lambda _, t: t.is_escalated,
    "mine": lambda w, t: t.assignee_id == w.me,
    "unassigned": lambda _, t: t.assignee_id is None,
    "snoozed": lambda _, t: _open(t) and t.wake_at is not None and t.wake_at > NOW,
    "spam": lambda _, t: t.is_spam,
    "merged": lambda _, t: t.merged_into_id is not None,
}
_THINGS: dict[str, Callable[[World, Ticket], bool]] = {
    "attachment": lambda w, t: _id(t) in w.files,
    "note": lambda w, t: any(seen == "internal" for seen, _ in w.bodies[_id(t)]),
    "reply": lambda _, t: t.reply_count > 0,
    "draft": lambda _, _t: False,
    "interaction": lambda _, _t: False,
}
_COLUMNS = {
    "due": "next_due_at",
    "promised": "due_at",
    "created": "created_at",
    "updated": "updated_at",
    "wake": "wake_at",
    "solved": "solved_at",
}


def _equals(world: World, ticket: Ticket, name: str, value: str | None) -> bool:
    if name in _COLUMNS:
        return _same_time(getattr(ticket, _COLUMNS[name]), value)
    if name in _RELATES:
        return _RELATES[name](world, ticket, value)
    if value is None:
        empty = {"tags": [], "category": ""}.get(name)
        return bool(getattr(ticket, _IDS.get(name, name)) == empty)
    if name in _READS:
        return bool(_READS[name](world, ticket, value))
    return bool(getattr(ticket, name) == value)


def _agent(world: World, value: str) -> int:
    return world.me if value == "me" else world.agents[value]


_RELATES: dict[str, Callable[[World, Ticket, str | None], bool]] = {
    "mentions": lambda w, t, value: (
        not any(number == t.id for number, _ in w.mentions)
        if value is None
        else (_id(t), _agent(w, value)) in w.mentions
    ),
    "escalated_to": lambda w, t, value: (
        not _asked(w, t) if value is None else _is_asked(w, t, _agent(w, value))
    ),
}
_IDS = {"assignee": "assignee_id", "queue": "queue_id", "customer": "customer_id"}
_READS: dict[str, Callable[[World, Ticket, str], bool]] = {
    "tags": lambda _, t, value: value in t.tags,
    "category": lambda _, t, value: value.lower() in t.category.lower(),
    "assignee": lambda w, t, value: t.assignee_id == _agent(w, value),
    "queue": lambda w, t, value: t.queue_id == w.queues[value.title()],
    "customer": lambda w, t, value: (
        t.customer_id in [one for one, row in w.customers.items() if row.email == value]
    ),
    "reopens": lambda _, t, value: t.reopen_count == int(value),
}


def _same_time(at: datetime | None, value: str | None) -> bool:
    if value is None or at is None:
        return value is None and at is None
    start, end = _stretch(value)
    return min(start, NOW) <= at <= max(start, NOW) if start == end else start <= at < end


def _compares(ticket: Ticket, name: str, operator: str, value: str) -> bool:
    if name in RISING:
        scale = RISING[name]
        have, want = scale.index(getattr(ticket, name)), scale.index(value)
        return {">": have > want, ">=": have >= want, "<": have < want, "<=": have <= want}[operator]
    if name == "reopens":
        have, want = ticket.reopen_count, int(value)
        return {">": have > want, ">=": have >= want, "<": have < want, "<=": have <= want}[operator]
    at = getattr(ticket, _COLUMNS[name])
    if at is None:
        return False
    start, end = _stretch(value)
    if start == end:
        return {">": at > start, ">=": at >= start, "<": at < start, "<=": at <= start}[operator]
    return {">": at >= end, ">=": at >= start, "<": at < start, "<=": at < end}[operator]


def _stretch(value: str) -> tuple[datetime, datetime]:
    """The few times that the random queries name, worked out by hand."""
    spans = {"-7d": timedelta(days=-7), "4h": timedelta(hours=4), "-90m": timedelta(minutes=-90)}
    if value in spans:
        return NOW + spans[value], NOW + spans[value]
    day = {"today": "2026-03-03", "yesterday": "2026-03-02"}.get(value, value)
    start = datetime.combine(datetime.fromisoformat(day).date(), time(), ZONE)
    return start, start + timedelta(days=1)


def _id(row: Any) -> int:
    return int(row.id)
