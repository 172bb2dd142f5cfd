"""The rows of the large desk: one ticket at a time, with its journal and its first message."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from agentdesk.domain.attention import NO_TIER, NOTHING_PROMISED, Standing, attention_key
from agentdesk.domain.instants import to_iso, to_store
from agentdesk.domain.vocabulary import UNSOLVED, Priority, Status

NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
FIRST_ID = 1001
OPEN_SHARE = 0.02
INSTANTS = ("next_due_at", "at_risk_at", "critical_at", "breach_at")
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
    "assignee_id, customer_id, next_due_at, at_risk_at, critical_at, breach_at, next_metric, waiting_since, solved_at, "
    "is_open, priority_rank, attention_key, policy_id, calendar_id, type, channel, category, tags, waiting_for, "
    "reopen_count, reply_count, is_spam, is_escalated, tier_rank, extra) VALUES (?,?,?,1,'',?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
    "?,?,1,1,'question','email','','[]','',0,0,0,0,9,'{}')",
    "clock": "INSERT INTO sla_clock (ticket_id, metric, number, started_at, target_minutes, policy_id, calendar_id, "
    "priority_at_start, due_at, at_risk_at, critical_at, breached_at, is_sticky, is_running, is_paused, fulfilled_at, "
    "used_minutes) VALUES (?,'requester_wait',1,?,480,1,1,?,?,?,?,?,0,?,0,?,?)",
    "calendar": "INSERT INTO calendar (id, created_at, updated_at, version, name, name_key, number, zone, hours, holidays, "
    "exceptions, is_current) VALUES (1,?,?,1,'Office','office',1,'Europe/London','Mon-Fri 08:00-18:00','[]','{}',1)",
    "policy": "INSERT INTO sla_policy (id, created_at, updated_at, version, name, name_key, number, position, conditions, "
    "calendar, targets, ladder, by_agreement, is_current) VALUES (1,?,?,1,'Standard','standard',1,10,'','Office',"
    """'{"requester_wait": {"urgent": 480, "high": 480, "normal": 480, "low": 480}}','[]',0,1)""",
    "journal": "INSERT INTO journal (change_id, at, actor_id, event, is_main, entity, entity_id, ticket_id, before, "
    "after, reason) VALUES (1,?,?,?,1,'ticket',?,?,?,?,'')",
    "message": "INSERT INTO message (created_at, updated_at, ticket_id, customer_id, at, author_kind, author_name, "
    "visibility, channel, body) VALUES (?,?,?,?,?,?,?,'public','email',?)",
}


@dataclass(slots=True)
class Batch:
    """Rows for `INSERTS`, gathered ticket by ticket."""

    tickets: list[tuple[Any, ...]] = field(default_factory=list)
    clocks: list[tuple[Any, ...]] = field(default_factory=list)
    journal: list[tuple[Any, ...]] = field(default_factory=list)
    messages: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, rng: random.Random, place: int, count: int, customers: int) -> None:
        """One more ticket: every fiftieth is open, four of five of those have a clock that runs."""
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
        standing = _standing(rng, due)
        instants = [_stored(getattr(standing, name)) for name in INSTANTS]
        waiting = created if is_open else None
        self.tickets.append(
            (
                number, made, to_store(solved or created), subject, status, priority, queue, assignee, customer,
                *instants, standing.next_metric, _stored(waiting), _stored(solved), int(is_open), priority.rank,
                attention_key(standing, priority, NO_TIER, waiting),
            )
        )  # fmt: skip
        if due or solved:
            used = None if solved is None else (solved - created) // timedelta(minutes=1)
            self.clocks.append((number, made, priority, *instants, int(is_open), _stored(solved), used))
        after = (
            f'{{"status": "new", "priority": "{priority}", "queue_id": {queue}, "subject": "{subject}", '
            '"policy_id": 1, "calendar_id": 1}'
        )
        self.journal.append((made, None, "ticket.created", number, number, None, after))
        if solved:
            self._solve(number, agent, solved)
        body = f"My {subject} is a problem."
        self.messages.append((made, made, number, customer, made, "customer", f"Customer {customer}", body))

    def _solve(self, number: int, agent: int, solved: datetime) -> None:
        before = '{"status": "open", "solved_at": null}'
        after = f'{{"status": "solved", "solved_at": "{to_iso(solved)}"}}'
        self.journal.append((to_store(solved), agent, "ticket.solved", number, number, before, after))


def _standing(rng: random.Random, due: datetime | None) -> Standing:
    if due is None:
        return NOTHING_PROMISED
    left = timedelta(minutes=rng.randrange(10, 480))
    return Standing(due, "requester_wait", due - left / 4, due - left / 10, due)


def _stored(instant: datetime | None) -> str | None:
    return None if instant is None else to_store(instant)
