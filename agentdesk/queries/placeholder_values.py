"""What the placeholders of a text stand for, for one ticket or for many, as the agent who looks would write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from agentdesk.domain.desk_settings import ORGANIZATION
from agentdesk.domain.placeholders import first_word, last_word
from agentdesk.domain.references import ticket_ref
from agentdesk.queries.desk_settings import desk_settings
from agentdesk.queries.intake import Intake, intakes
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class _Facts:
    id: int
    subject: str
    status: str
    priority: str
    type: str
    category: str
    waiting_for: str
    created_at: datetime
    due_at: datetime | None
    next_due_at: datetime | None
    queue: str | None
    customer: str | None
    email: str | None
    phone: str | None
    title: str | None
    organization: str | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class _Agent:
    name: str
    email: str | None


_FACTS = (
    "SELECT ticket.id, ticket.subject, ticket.status, ticket.priority, ticket.type, ticket.category, "
    "ticket.waiting_for, ticket.created_at, ticket.due_at, ticket.next_due_at, queue.name AS queue, "
    "customer.name AS customer, customer.email, customer.phone, customer.title, "
    "organization.name AS organization, agent.name AS assignee FROM ticket "
    "LEFT JOIN queue ON queue.id = ticket.queue_id LEFT JOIN customer ON customer.id = ticket.customer_id "
    "LEFT JOIN organization ON organization.id = ticket.organization_id "
    "LEFT JOIN agent ON agent.id = ticket.assignee_id WHERE ticket.id IN "
)
_AGENT = "SELECT name, email FROM agent WHERE id = :id"


def values_of(
    read: Reader, ticket_ids: Sequence[int], agent_id: int | None, zone: ZoneInfo
) -> dict[int, dict[str, str]]:
    """The value of every placeholder, by ticket; blank where there is none.

    Args:
        read: the snapshot.
        ticket_ids: which tickets.
        agent_id: who writes.
        zone: whose days.
    """
    if not ticket_ids:
        return {}
    listed = ",".join(str(int(one)) for one in ticket_ids)
    around = _around(read, agent_id, zone)
    forms = intakes(read, list(ticket_ids))
    found = read.rows(_Facts, f"{_FACTS}({listed})")
    return {one.id: {**around, **_values(one, forms[one.id], zone)} for one in found}


def _around(read: Reader, agent_id: int | None, zone: ZoneInfo) -> dict[str, str]:
    """What is the same on every ticket."""
    writer = read.row(_Agent, _AGENT, {"id": -1 if agent_id is None else agent_id})
    name = writer.name if writer else ""
    organization = next(one.value for one in desk_settings(read) if one.setting.key == ORGANIZATION)
    today = read.now.astimezone(zone)
    return {
        "agent.name": name,
        "agent.first_name": first_word(name),
        "agent.email": (writer.email if writer else None) or "",
        "desk.organization": str(organization),
        "today": _day(read.now, zone),
        "today.weekday": f"{today:%A}",
    }


def _values(one: _Facts, form: Intake, zone: ZoneInfo) -> dict[str, str]:
    return {
        "customer.name": one.customer or "",
        "customer.first_name": first_word(one.customer),
        "customer.last_name": last_word(one.customer),
        "customer.email": one.email or "",
        "customer.phone": one.phone or "",
        "customer.title": one.title or "",
        "organization.name": one.organization or "",
        "ticket.ref": ticket_ref(one.id),
        "ticket.subject": one.subject,
        "ticket.status": one.status.replace("_", " "),
        "ticket.priority": one.priority,
        "ticket.type": one.type,
        "ticket.category": one.category,
        "ticket.waiting_for": one.waiting_for,
        "ticket.opened": _day(one.created_at, zone),
        "ticket.promised": _moment(one.due_at, zone),
        "ticket.next_due": _moment(one.next_due_at, zone),
        "queue.name": one.queue or "",
        "assignee.name": one.assignee or "",
        "assignee.first_name": first_word(one.assignee),
        "intake.missing_questions": form.questions,
    }


def _day(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def _moment(instant: datetime | None, zone: ZoneInfo) -> str:
    return "" if instant is None else f"{_day(instant, zone)}, {instant.astimezone(zone):%H:%M}"
