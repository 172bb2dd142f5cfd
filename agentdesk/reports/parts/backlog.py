"""What is open: how much of which kind, how old, and what lies still without anybody having decided so."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

from agentdesk.domain.numbers import BUCKETS, count_ages, plain_number, round_half_up
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import UNSOLVED, Priority, Status
from agentdesk.queries.queue_report import OpenTicket, QueueFacts
from agentdesk.reports.document import Cell, Column, Kind, Section, Sentence, Table
from agentdesk.reports.listing import list_command
from agentdesk.reports.parts.action import NOBODY
from agentdesk.reports.wording import count_text

OLDEST = 10
LONG_HOLD = timedelta(days=5)
_NAMED = 8
"""Tickets that a sentence names."""


def backlog_section(facts: QueueFacts, *, redact: bool) -> Section:
    """The matrix, the ages, the oldest, and what waits without an end."""
    if not facts.backlog:
        return Section(4, "Backlog", (Sentence("No ticket is open.", ("backlog",)),))
    return Section(
        4,
        "Backlog",
        (
            _size(facts),
            _matrix(facts.backlog),
            _ages(facts),
            _oldest(facts, redact),
            *_unwoken(facts),
            _held(facts),
        ),
    )


def days_of_backlog(facts: QueueFacts) -> Fraction | None:
    """The backlog divided by the mean of daily solves; None where nothing was solved."""
    solved = sum(facts.daily_solves)
    return Fraction(len(facts.backlog) * len(facts.daily_solves), solved) if solved else None


def _size(facts: QueueFacts) -> Sentence:
    unassigned = sum(ticket.assignee is None for ticket in facts.backlog)
    said = f"{count_text(len(facts.backlog), 'ticket')}, {unassigned or 'none'} without an owner"
    days = days_of_backlog(facts)
    working_days = count_text(len(facts.daily_solves), "working day")
    if days is None:
        return Sentence(f"{said}; nothing was solved in the last {working_days}.", ("backlog", "unassigned"))
    rate = plain_number(Fraction(sum(facts.daily_solves), len(facts.daily_solves)), 1)
    pace = (
        f"{round_half_up(days, 1)} days of work at {rate} solved a day, the mean of the last {working_days}"
    )
    return Sentence(f"{said}; {pace}.", ("backlog", "unassigned", "days_of_backlog", "daily_solves"))


def _matrix(backlog: Iterable[OpenTicket]) -> Table:
    counts = {(status, priority): 0 for status in UNSOLVED for priority in Priority}
    for ticket in backlog:
        counts[ticket.status, ticket.priority] += 1

    def row(label: str, statuses: Iterable[Status]) -> tuple[Cell, ...]:
        figures = [sum(counts[status, priority] for status in statuses) for priority in Priority]
        return (label, *figures, sum(figures))

    columns = (
        Column("status"),
        *(Column(priority.value, Kind.COUNT, "backlog") for priority in Priority),
        Column("total", Kind.COUNT, "backlog"),
    )
    rows = tuple(row(status.value.replace("_", " "), [status]) for status in UNSOLVED)
    return Table("backlog", columns, rows, row("total", UNSOLVED))


def _ages(facts: QueueFacts) -> Table:
    created = count_ages(facts.as_of - ticket.created_at for ticket in facts.backlog)
    replies = [facts.as_of - ticket.last_reply_at for ticket in facts.backlog if ticket.last_reply_at]
    columns = (
        Column("days since"),
        *(Column(bucket.short, Kind.COUNT, "ageing") for bucket in BUCKETS),
        Column("never", Kind.COUNT, "ageing_reply"),
        Column("total", Kind.COUNT, "backlog"),
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("creation", *created, None, len(facts.backlog)),
        ("last reply", *count_ages(replies), len(facts.backlog) - len(replies), len(facts.backlog)),
    )
    return Table("ageing", columns, rows, metrics=("ageing_reply",))


def _oldest(facts: QueueFacts, redact: bool) -> Table:
    oldest = sorted(facts.backlog, key=lambda ticket: (ticket.created_at, ticket.id))
    rows = tuple(
        (
            ticket_ref(one.id),
            facts.as_of - one.created_at,
            one.status.value.replace("_", " "),
            one.priority.value,
            one.assignee or NOBODY,
            one.customer_ref if redact else one.customer,
            None if redact else one.subject,
        )
        for one in oldest[:OLDEST]
    )
    columns = (
        Column("oldest"),
        Column("days", Kind.DAYS, "age"),
        Column("status"),
        Column("priority"),
        Column("owner", wide=True),
        Column("customer", wide=True),
        Column("subject", wide=True),
    )
    hint = list_command(facts, sort="created")
    return Table("oldest", columns, rows, left_out=max(len(oldest) - OLDEST, 0), hint=hint)


def _unwoken(facts: QueueFacts) -> Iterator[Sentence]:
    asleep = sorted(one.id for one in facts.backlog if one.status is Status.PENDING and one.wake_at is None)
    if not asleep:
        yield Sentence("Every pending ticket has a wake-up date.")
        return
    named = ", ".join(ticket_ref(one) for one in asleep[:_NAMED])
    rest = f" and {len(asleep) - _NAMED} more" if len(asleep) > _NAMED else ""
    yield Sentence(f"{len(asleep)} pending without a wake-up date: {named}{rest}.", ("pending_unwoken",))
    if rest:
        command = list_command(facts, "status:pending", "wake:none")
        yield Sentence(f"All {len(asleep)}:", ("pending_unwoken",), command)


def _held(facts: QueueFacts) -> Table | Sentence:
    parties: dict[str, list[tuple[timedelta, int]]] = {}
    for one in facts.backlog:
        if one.status is Status.ON_HOLD and one.on_hold_since and facts.as_of - one.on_hold_since > LONG_HOLD:
            held = (facts.as_of - one.on_hold_since, -one.id)
            parties.setdefault(one.waiting_for or "nobody named", []).append(held)
    if not parties:
        return Sentence("Nothing has been on hold for more than 5 days.", ("on_hold_long",))
    longest = sorted(((max(held), party, len(held)) for party, held in parties.items()), reverse=True)
    rows = tuple((party, count, held, ticket_ref(-ticket)) for (held, ticket), party, count in longest)
    columns = (
        Column("on hold over 5 days for", wide=True),
        Column("tickets", Kind.COUNT, "on_hold_long"),
        Column("longest, days", Kind.DAYS, "on_hold_days", short="days"),
        Column("ticket"),
    )
    return Table("on_hold", columns, rows)
