"""Tickets, what was said on them, and the journal as an export has them."""

from typing import Any, Final

from agentdesk.queries.exports.listing import (
    CUSTOMER,
    KEPT,
    Block,
    Column,
    Kind,
    Listing,
    instants,
    joined,
    numbers,
    texts,
)
from agentdesk.store.reader import Reader

REF: Final = Column("ticket", sql="'T-' || ticket.id")
"""The ticket a row belongs to, as people write it."""
_FILES = "SELECT message_id, name FROM attachment WHERE message_id BETWEEN :first AND :last ORDER BY message_id, id"


def _with_files(read: Reader, block: Block) -> None:
    """The names of the files of each message, which stand last."""
    files: dict[int, list[Any]] = {}
    for message_id, name in read.tuples(_FILES, {"first": block[0][0], "last": block[0][-1]}):
        files.setdefault(message_id, []).append(name)
    block[-1] = [files.get(message_id, ()) for message_id in block[0]]


TICKETS: Final = Listing(
    "ticket",
    (
        Column("id", Kind.NUMBER),
        Column("ref", sql="'T-' || ticket.id"),
        *texts("external_id", "source", "subject", "type", "status", "priority", "impact", "urgency"),
        *texts("channel", "category"),
        Column("queue", sql="queue.name"),
        Column("assignee", sql="agent.handle"),
        *CUSTOMER,
        Column("organization", sql="organization.name"),
        Column("tags", Kind.TAGS),
        *instants("due_at", "next_due_at", "wake_at"),
        Column("waiting_for"),
        *instants("waiting_since", "last_message_at", "last_reply_at", "first_replied_at"),
        *instants("solved_at", "closed_at"),
        Column("resolution_code"),
        *numbers("reopen_count", "reply_count"),
        Column("is_spam", Kind.FLAG),
        Column("is_escalated", Kind.FLAG),
        *numbers("merged_into_id", "follow_up_of_id"),
        Column("policy", sql="sla_policy.name"),
        Column("intake", Kind.OBJECT),
        Column("extra", Kind.OBJECT),
        *KEPT,
    ),
    f"{joined('queue', 'assignee', 'customer', 'organization', table='ticket')} "
    "LEFT JOIN sla_policy ON sla_policy.id = ticket.policy_id",
    asks="ticket",
)
MESSAGES: Final = Listing(
    "message",
    (
        Column("id", Kind.NUMBER),
        REF,
        *numbers("ticket_id", "customer_id"),
        *instants("at"),
        *texts("author_kind", "author_name"),
        Column("agent", sql="agent.handle"),
        *texts("visibility", "channel", "body", "recipient"),
        Column("origin_id", Kind.NUMBER),
        Column("external_id"),
        Column("extra", Kind.OBJECT),
        *instants("created_at"),
        Column("files", Kind.LIST, "NULL"),
    ),
    f"JOIN ticket ON ticket.id = message.ticket_id {joined('agent', table='message')}",
    asks="ticket",
    belongs="message.ticket_id IN ({ids})",
    fill=_with_files,
)
JOURNAL: Final = Listing(
    "journal",
    (
        Column("id", Kind.NUMBER),
        Column("change", Kind.NUMBER, "journal.change_id"),
        *instants("at"),
        Column("written_at", Kind.INSTANT, "change.at"),
        Column("actor", sql="agent.handle"),
        Column("origin", sql="change.origin"),
        *texts("event", "entity"),
        *numbers("entity_id", "version", "ticket_id", "customer_id"),
        Column("is_main", Kind.FLAG),
        Column("reason"),
        Column("before", Kind.OBJECT),
        Column("after", Kind.OBJECT),
        Column("undo_of", Kind.NUMBER, "change.undo_of_id"),
        Column("undone_by", Kind.NUMBER, "change.undone_by_id"),
    ),
    "JOIN change ON change.id = journal.change_id LEFT JOIN agent ON agent.id = journal.actor_id",
    asks="ticket",
    belongs="journal.ticket_id IN ({ids})",
)
