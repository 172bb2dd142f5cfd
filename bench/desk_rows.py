"""The rows of the large desk: one ticket at a time, with its journal and its first message."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from agentdesk.domain.attention import attention_key
from agentdesk.domain.instants import to_iso, to_store
from agentdesk.domain.vocabulary import UNSOLVED, Priority, Status

NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
FIRST_ID = 1001
OPEN_SHARE = 0.02
MINUTES = 700 * 24 * 60
"""How long the desk has been in use."""
WORDS = (
    "refund", "invoice", "parcel", "login", "password", "filter", "pump", "grinder", "order", "delivery", "broken",
    "late", "wrong", "app", "update",
)  # fmt: skip
INSERTS = {
    "agent": "INSERT INTO agent (id, created_at, updated_at, version, handle, name, role, is_active) "
    "VALUES (?,?,?,?,?,?,?,?)",
    "queue": "INSERT INTO queue (id, created_at, updated_at, version, name, name_key, description, is_active) "
    "VALUES (?,?,?,?,?,?,?,?)",
    "customer": "INSERT INTO customer (id, created_at, updated_at, version, name, name_key, email, title, language, "
    "time_zone, tier, do_not_contact, warning, notes, tags, extra) VALUES (?,?,?,1,?,?,?,'','','','',0,'','','[]','{}')",
    "ticket": "INSERT INTO ticket (id, created_at, updated_at, version, source, subject, status, priority, queue_id, "
    "assignee_id, customer_id, due_at, waiting_since, solved_at, is_open, priority_rank, attention_key, type, channel, "
    "category, tags, waiting_for, reopen_count, reply_count, is_spam, is_escalated, extra) "
    "VALUES (?,?,?,1,'',?,?,?,?,?,?,?,?,?,?,?,?,'question','email','','[]','',0,0,0,0,'{}')",
    "journal": "INSERT INTO journal (change_id, at, actor_id, event, is_main, entity, entity_id, ticket_id, before, "
    "after, reason) VALUES (1,?,?,?,1,'ticket',?,?,?,?,'')",
    "message": "INSERT INTO message (created_at, updated_at, ticket_id, customer_id, at, author_kind, author_name, "
    "visibility, channel, body) VALUES (?,?,?,?,?,?,?,'public','email',?)",
}


@dataclass(slots=True)
class Batch:
    """Rows for `INSERTS`, gathered ticket by ticket."""

    tickets: list[tuple[Any, ...]] = field(default_factory=list)
    journal: list[tuple[Any, ...]] = field(default_factory=list)
    messages: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, rng: random.Random, place: int, count: int, customers: int) -> None:
        """One more ticket: every fiftieth is open, four of five of those have a promise."""
        number, created = FIRST_ID + place, NOW - timedelta(minutes=MINUTES * (count - place) / count)
        is_open = rng.random() < OPEN_SHARE
        status = rng.choice(UNSOLVED) if is_open else Status.CLOSED
        priority = rng.choices(list(Priority), (2, 10, 70, 18))[0]
        due = NOW + timedelta(minutes=rng.randrange(-600, 9000)) if is_open and rng.random() < 0.8 else None
        solved = None if is_open else min(created + timedelta(minutes=rng.randrange(30, 6000)), NOW)
        queue, agent, customer = rng.randrange(1, 11), rng.randrange(1, 21), rng.randrange(1, customers + 1)
        assignee = None if is_open and rng.random() < 0.2 else agent
        subject = " ".join(rng.choices(WORDS, k=4))
        made = to_store(created)
        self.tickets.append(
            (
                number, made, to_store(solved or created), subject, status, priority, queue, assignee, customer,
                to_store(due) if due else None, made if is_open else None, to_store(solved) if solved else None,
                int(is_open), priority.rank, attention_key(due, priority, created if is_open else None),
            )
        )  # fmt: skip
        after = f'{{"status": "new", "priority": "{priority}", "queue_id": {queue}, "subject": "{subject}"}}'
        self.journal.append((made, None, "ticket.created", number, number, None, after))
        if solved:
            self._solve(number, agent, solved)
        body = f"My {subject} is a problem."
        self.messages.append((made, made, number, customer, made, "customer", f"Customer {customer}", body))

    def _solve(self, number: int, agent: int, solved: datetime) -> None:
        before = '{"status": "open", "solved_at": null}'
        after = f'{{"status": "solved", "solved_at": "{to_iso(solved)}"}}'
        self.journal.append((to_store(solved), agent, "ticket.solved", number, number, before, after))
