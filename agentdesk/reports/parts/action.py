"""What cannot wait: promises broken and about to be, urgent work without an owner, questions without an answer."""

from collections.abc import Sequence

from agentdesk.domain.metrics import METRICS
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Priority
from agentdesk.queries.queue_report import OpenTicket, Promise, QueueFacts
from agentdesk.reports.document import Cell, Column, Kind, Section, Sentence, Table
from agentdesk.reports.listing import OVERDUE, due_term, list_command, list_these
from agentdesk.reports.wording import count_text, instant_text

CAP = 10
"""Rows of each list; what is left out is counted below it."""
NOBODY = "nobody"
_PROMISE = (Column(""), Column("ticket"))
_WHO = (
    Column("promise", wide=True),
    Column("priority"),
    Column("owner", wide=True),
    Column("customer", wide=True),
)


def overdue_promises(facts: QueueFacts) -> list[Promise]:
    """Promises that are broken, the most overdue first."""
    late = [(promise.late_by, promise) for promise in facts.promises if promise.late_by is not None]
    late.sort(key=lambda pair: (-pair[0], pair[1].ticket_id, pair[1].metric))
    return [promise for _, promise in late]


def due_promises(facts: QueueFacts) -> list[Promise]:
    """Promises to keep within the next 4 hours, the nearest first."""
    due = [promise for promise in facts.promises if promise.late_by is None]
    return sorted(due, key=lambda promise: (promise.due_at, promise.ticket_id, promise.metric))


def unassigned_urgent(facts: QueueFacts) -> list[OpenTicket]:
    """Urgent and high tickets without an owner, urgent and then old ones first."""
    pressing = {Priority.URGENT, Priority.HIGH}
    found = [ticket for ticket in facts.backlog if ticket.assignee is None and ticket.priority in pressing]
    return sorted(found, key=lambda ticket: (ticket.priority.rank, ticket.created_at, ticket.id))


def action_section(facts: QueueFacts, *, redact: bool) -> Section:
    """The four lists, each only where it has something."""
    found = (_overdue(facts, redact), _due(facts, redact), _unassigned(facts, redact), _escalations(facts))
    blocks: list[Table | Sentence] = [table for table in found if table]
    if not blocks:
        calm = "is overdue or due soon" if facts.has_policies else "promised is due soon"
        blocks.append(Sentence(f"Nothing {calm}, nothing pressing is without an owner."))
    return Section(2, "Needs action now", tuple(blocks))


def _overdue(facts: QueueFacts, redact: bool) -> Table | None:
    late = overdue_promises(facts)
    rows = [("!", ticket_ref(one.ticket_id), one.late_by, *_who(one, redact)) for one in late]
    columns = (*_PROMISE, Column("late by", Kind.MINUTES, "late_by"), *_WHO)
    caption = Sentence(
        f"{count_text(len(late), 'promise')} overdue; late by hours:minutes of {_hours(facts)}", ("overdue",)
    )
    return _capped("overdue", columns, rows, caption, list_command(facts, OVERDUE))


def _due(facts: QueueFacts, redact: bool) -> Table | None:
    due = due_promises(facts)
    rows = [("~", ticket_ref(one.ticket_id), one.due_at, *_who(one, redact)) for one in due]
    columns = (*_PROMISE, Column("due", Kind.INSTANT), *_WHO)
    until = instant_text(facts.due_until, facts.scope.zone, facts.as_of)
    caption = Sentence(f"{len(due)} due before {until}", ("due_soon",))
    return _capped("due", columns, rows, caption, list_command(facts, due_term(facts)))


def _unassigned(facts: QueueFacts, redact: bool) -> Table | None:
    found = unassigned_urgent(facts)
    rows = [
        (
            "!",
            ticket_ref(one.id),
            facts.as_of - one.created_at,
            one.priority.value,
            one.queue,
            one.customer_ref if redact else one.customer,
            None if redact else one.subject,
        )
        for one in found
    ]
    columns = (
        *_PROMISE,
        Column("age, days", Kind.DAYS, "age", short="days"),
        Column("priority"),
        Column("queue", wide=True),
        Column("customer", wide=True),
        Column("subject", wide=True),
    )
    caption = Sentence(f"{len(found)} urgent or high without an owner", ("unassigned_urgent",))
    hint = list_command(facts, "assignee:none", "priority:>=high")
    return _capped("unassigned", columns, rows, caption, hint)


def _escalations(facts: QueueFacts) -> Table | None:
    waiting = sorted(facts.escalations, key=lambda one: (one.since, one.ticket_id, one.level))
    rows = [
        (
            "!",
            ticket_ref(one.ticket_id),
            one.since,
            one.level,
            one.reason.replace("_", " "),
            one.asked_by,
            one.asked_of,
        )
        for one in waiting
    ]
    columns = (
        *_PROMISE,
        Column("asked", Kind.INSTANT),
        Column("level"),
        Column("reason", wide=True),
        Column("by", wide=True),
        Column("asked of", wide=True),
    )
    tickets = len({one.ticket_id for one in waiting})
    where = f", on {count_text(tickets, 'ticket')}" if tickets != len(waiting) else ""
    said = f"{count_text(len(waiting), 'escalation')} not answered{where}"
    caption = Sentence(said, ("escalations_waiting",))
    return _capped("escalations", columns, rows, caption, list_these(one.ticket_id for one in waiting))


def _hours(facts: QueueFacts) -> str:
    return "business time" if facts.scope.calendar else "the clock"


def _who(promise: Promise, redact: bool) -> tuple[Cell, ...]:
    return (
        METRICS[promise.metric].label,
        promise.priority.value,
        promise.assignee or NOBODY,
        promise.customer_ref if redact else promise.customer,
    )


def _capped(
    name: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], caption: Sentence, hint: str
) -> Table | None:
    if not rows:
        return None
    left_out = max(len(rows) - CAP, 0)
    return Table(name, columns, tuple(rows[:CAP]), caption=caption, left_out=left_out, hint=hint)
