"""What happened with a customer, newest first: tickets, messages, contacts, orders, feedback; cut only with the exact total told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from agentdesk.domain.money import money_text
from agentdesk.domain.references import ticket_ref
from agentdesk.store.reader import Reader

Kind = Literal["opened", "solved", "message", "interaction", "order", "feedback"]
_LINE = 160
NOTE: Final = "internal note"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened; `what` is the direction, channel (`NOTE`), status or kind, `line` one line of it."""

    at: datetime
    kind: str
    id: int
    ticket_id: int | None
    what: str
    who: str
    line: str

    @property
    def is_note(self) -> bool:
        """Whether it is a note of the team."""
        return self.kind == "message" and self.what == NOTE


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest entries, and how many there are in all."""

    total: int
    entries: tuple[TimelineRow, ...]


_OPENED = (
    "SELECT created_at AS at, 'opened' AS kind, id, id AS ticket_id, status AS what, '' AS who, subject AS line "
    "FROM ticket WHERE customer_id = :id ORDER BY created_at DESC, id DESC LIMIT :limit"
)
_SOLVED = (
    "SELECT ticket.solved_at AS at, 'solved' AS kind, ticket.id, ticket.id AS ticket_id, "
    "coalesce(ticket.resolution_code, '') AS what, coalesce(agent.handle, '') AS who, ticket.subject AS line "
    "FROM ticket LEFT JOIN agent ON agent.id = ticket.assignee_id "
    "WHERE ticket.customer_id = :id AND ticket.solved_at IS NOT NULL "
    "ORDER BY ticket.solved_at DESC, ticket.id DESC LIMIT :limit"
)
_MESSAGES = (
    "SELECT message.at, 'message' AS kind, message.id, message.ticket_id, "
    "CASE WHEN message.visibility = 'internal' THEN 'internal note' ELSE message.channel END AS what, "
    "coalesce(nullif(message.author_name, ''), agent.handle, message.author_kind) AS who, "
    "substr(message.body, 1, 400) AS line "
    "FROM message LEFT JOIN agent ON agent.id = message.agent_id "
    "WHERE message.customer_id = :id ORDER BY message.at DESC, message.id DESC LIMIT :limit"
)
_INTERACTIONS = (
    "SELECT interaction.at, 'interaction' AS kind, interaction.id, interaction.ticket_id, "
    "interaction.kind AS what, coalesce(agent.handle, '') AS who, substr(interaction.summary, 1, 400) AS line "
    "FROM interaction LEFT JOIN agent ON agent.id = interaction.agent_id "
    "WHERE interaction.customer_id = :id ORDER BY interaction.at DESC, interaction.id DESC LIMIT :limit"
)
_ORDERS = (
    "SELECT at, 'order' AS kind, id, NULL AS ticket_id, status AS what, "
    "coalesce(CAST(amount_minor AS TEXT), '') || ' ' || currency AS who, "
    "coalesce(external_id, '') || ' ' || status || ' ' || substr(summary, 1, 400) AS line "
    "FROM sales_order WHERE customer_id = :id ORDER BY at DESC, id DESC LIMIT :limit"
)
_FEEDBACK = (
    "SELECT at, 'feedback' AS kind, id, ticket_id, kind AS what, '' AS who, "
    "CASE WHEN answered_at IS NULL THEN 'asked, not answered' "
    "ELSE coalesce(CAST(score AS TEXT) || ' of ' || CAST(scale_max AS TEXT) || ' ', '') || substr(verbatim, 1, 400) "
    "END AS line "
    "FROM feedback WHERE customer_id = :id ORDER BY at DESC, id DESC LIMIT :limit"
)
_SOURCES: Mapping[str, str] = {
    "opened": _OPENED,
    "solved": _SOLVED,
    "message": _MESSAGES,
    "interaction": _INTERACTIONS,
    "order": _ORDERS,
    "feedback": _FEEDBACK,
}
_TOTALS: Mapping[str, str] = {
    "opened": "SELECT count(*) FROM ticket WHERE customer_id = :id",
    "solved": "SELECT count(*) FROM ticket WHERE customer_id = :id AND solved_at IS NOT NULL",
    "message": "SELECT count(*) FROM message WHERE customer_id = :id",
    "interaction": "SELECT count(*) FROM interaction WHERE customer_id = :id",
    "order": "SELECT count(*) FROM sales_order WHERE customer_id = :id",
    "feedback": "SELECT count(*) FROM feedback WHERE customer_id = :id",
}


def timeline(
    read: Reader, customer_id: int, limit: int = 50, *, kinds: frozenset[Kind] | None = None
) -> Timeline:
    """The newest `limit` entries of a customer, and the exact number of all.

    Args:
        read: the snapshot.
        customer_id: the customer.
        limit: how many entries.
        kinds: only these; every kind unless given.
    """
    wanted = [kind for kind in _SOURCES if kinds is None or kind in kinds]
    params = {"id": customer_id, "limit": limit}
    rows = [row for kind in wanted for row in read.rows(TimelineRow, _SOURCES[kind], params)]
    rows.sort(key=lambda row: (row.at, row.kind, row.id), reverse=True)
    total = sum(int(read.value(_TOTALS[kind], {"id": customer_id})) for kind in wanted)
    return Timeline(total, tuple(_one_line(row) for row in rows[:limit]))


def _one_line(row: TimelineRow) -> TimelineRow:
    flat = " ".join(row.line.split())
    line = flat if len(flat) <= _LINE else flat[: _LINE - 1] + "…"
    if row.kind in ("opened", "solved") and row.ticket_id is not None:
        line = f"{ticket_ref(row.ticket_id)} {line}"
    who = _money(row.who) if row.kind == "order" else row.who
    return TimelineRow(row.at, row.kind, row.id, row.ticket_id, row.what, who, line)


def _money(told: str) -> str:
    """`1234.50 EUR` of `123450 EUR`; nothing where no amount is known."""
    minor, _, currency = told.partition(" ")
    return money_text(int(minor), currency) if minor else ""
