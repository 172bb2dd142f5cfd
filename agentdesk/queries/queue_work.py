"""Who solved what in a period, what came back and why, and which questions nobody has answered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.domain.periods import Period
from agentdesk.domain.vocabulary import EscalationState
from agentdesk.queries.backlog import Names, customer_ref, names
from agentdesk.queries.flows import MOMENT, Flows
from agentdesk.queries.past import chunks, rows_at, taken_back, values_at
from agentdesk.queries.queue_report import AgentDay, Quality, ReopenedTicket, WaitingEscalation
from agentdesk.queries.steps import Step
from agentdesk.store.reader import Reader

_REASON = 120
"""Characters of a customer's words that stand for the reason."""
_SALUTATION = 5
"""Most words of a salutation."""
_AFTER_A_NAME = (",", "!", "，", "、", "！")  # noqa: RUF001  full width
_GREETING_WORDS = (
    "hello hi hey dear good greetings hallo guten liebe lieber sehr moin bonjour bonsoir salut cher chère madame "
    "monsieur hola buenos buenas estimado estimada olá bom boa ciao buongiorno salve gentile hej dag beste "
    "здравствуйте добрый привет merhaba γεια"
)
_GREETINGS = frozenset(_GREETING_WORDS.split())
_GREETINGS_UNSPACED = ("こんにちは", "お世話", "您好", "你好", "안녕하세요")


@dataclass(frozen=True, slots=True)
class Work:
    """What was done in a period."""

    agents: tuple[AgentDay, ...]
    quality: Quality


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A ticket when the period ended."""

    reply_count: int
    reopen_count: int
    assignee_id: int | None
    customer_id: int | None
    last_message_at: datetime | None

    @property
    def is_silent(self) -> bool:
        """Nobody wrote anything that is known of."""
        return self.last_message_at is None and not self.reply_count


@dataclass(frozen=True, slots=True)
class _Escalation:
    ticket_id: int
    level: str | None
    from_agent_id: int | None
    to_queue_id: int | None
    to_agent_id: int | None
    to_party: str
    reason_code: str
    state: str
    created_at: datetime


def period_work(
    read: Reader,
    flows: Flows,
    period: Period,
    instant: datetime,
    *,
    queue_id: int | None,
    called: Names,
) -> Work:
    """What the agents did in a period, and how well it held.

    Args:
        read: the snapshot.
        flows: of this period, among others.
        period: the period.
        instant: the as-of instant.
        queue_id: one queue; None for all. What was solved belongs to the queue it was in when the period ended,
            what came back to the one it came back to.
        called: the names at `instant`.
    """
    solved = {
        ticket
        for ticket, (_, queue, one) in flows.tickets_of(period).items()
        if one.left and not one.is_gone_at_end and queue_id in {None, queue}
    }
    solves = {
        step.ticket_id: step for step in flows.steps(period) if step.is_solve and step.ticket_id in solved
    }
    reopenings = [
        step for step in flows.steps(period) if step.is_reopening and queue_id in {None, step.queue_now}
    ]
    last_reopenings = {step.ticket_id: step for step in reopenings}
    end = min(period.end - MOMENT, instant)
    outcomes = rows_at(read, _Outcome, "ticket", end, solved | last_reopenings.keys())
    solvers = _solvers(read, solves, outcomes)
    undone = _solved_before(read, last_reopenings)
    did, back = Counter(solvers.values()), Counter(undone.values())
    handles = sorted((called.agent(one) or "", one) for one in did.keys() | back.keys() if one is not None)
    told = [outcomes[ticket] for ticket in solved if ticket in outcomes and not outcomes[ticket].is_silent]
    return Work(
        agents=tuple(AgentDay(handle, did[one], back[one]) for handle, one in handles),
        quality=Quality(
            solved=len(solved),
            one_touch=sum(one.reply_count <= 1 and not one.reopen_count for one in told),
            zero_reply=sum(not one.reply_count for one in told),
            reopen_events=len(reopenings),
            reopened=_reopened(read, last_reopenings, outcomes, undone, instant=instant, called=called),
            silent=sum(ticket in outcomes and outcomes[ticket].is_silent for ticket in solved),
        ),
    )


def _solvers(
    read: Reader, solves: Mapping[int, Step], outcomes: Mapping[int, _Outcome]
) -> dict[int, int | None]:
    """Who solved each ticket; where a history from elsewhere does not say it, the owner."""
    imported: set[int] = set()
    for some in chunks({step.change_id for step in solves.values() if step.change_id and not step.actor_id}):
        sql = f"SELECT id FROM change WHERE id IN ({some}) AND batch_id IS NOT NULL"
        imported |= {row_id for (row_id,) in read.stream(sql)}
    return {
        ticket: outcomes[ticket].assignee_id
        if step.actor_id is None and step.change_id in imported and ticket in outcomes
        else step.actor_id
        for ticket, step in solves.items()
    }


_SOLVES = (
    "SELECT entity_id, at, actor_id FROM journal WHERE entity = 'ticket' AND entity_id IN ({ids}) "
    "AND after ->> 'status' = 'solved' AND before IS NOT NULL AND event <> 'change.undone' ORDER BY entity_id, at, id"
)


def _solved_before(read: Reader, reopenings: Mapping[int, Step]) -> dict[int, int | None]:
    """Who had solved each ticket that came back, as far as it is known."""
    found: dict[int, int | None] = dict.fromkeys(reopenings)
    for some in chunks(reopenings):
        rows = read.stream(_SOLVES.format(ids=some))
        found |= {ticket: actor_id for ticket, at, actor_id in rows if at <= reopenings[ticket].at}
    return found


_REASONS = (
    "SELECT journal.change_id, journal.reason, message.body, ticket.subject FROM journal "
    "LEFT JOIN message ON journal.entity = 'message' AND message.id = journal.entity_id "
    "JOIN ticket ON ticket.id = journal.ticket_id "
    "WHERE journal.is_main AND journal.ticket_id IN ({tickets}) AND journal.at = :at ORDER BY journal.id"
)


def _reopened(
    read: Reader,
    reopenings: Mapping[int, Step],
    outcomes: Mapping[int, _Outcome],
    solvers: Mapping[int, int | None],
    *,
    instant: datetime,
    called: Names,
) -> tuple[ReopenedTicket, ...]:
    owners = {ticket: outcomes[ticket].customer_id for ticket in reopenings if ticket in outcomes}
    customers = names(read, instant, owners.values())
    return tuple(
        ReopenedTicket(
            ticket_id=ticket,
            solved_by=called.agent(solvers[ticket]),
            customer=customers.customer(owners.get(ticket)),
            customer_ref=customer_ref(owners.get(ticket)),
            reason=_reason(read, step),
        )
        for ticket, step in sorted(reopenings.items())
    )


def _reason(read: Reader, step: Step) -> str:
    """What was said when a ticket came back: the agent's reason, else what the customer wrote, else the subject."""
    rows = list(read.stream(_REASONS.format(tickets=step.ticket_id), {"at": step.at}))
    said = [reason or body or "" for change_id, reason, body, _ in rows if change_id == step.change_id]
    first = next(filter(None, map(first_matter, reversed(said))), rows[-1][3] if rows else "")
    return first if len(first) <= _REASON else f"{first[: _REASON - 1]}…"


def first_matter(text: str) -> str:
    """The first line of a message that is about the matter: no salutation, no quote; empty where there is none.

    A salutation is a line of at most five words that ends as one does (`Dear Jo,`) or begins with a greeting.
    """
    lines = [one.strip() for one in text.splitlines() if one.strip() and not one.lstrip().startswith(">")]
    return next(iter(lines[1 if lines and _is_salutation(lines[0]) else 0 :]), "")


def _is_salutation(text: str) -> bool:
    words = text.split()
    if len(words) > _SALUTATION or len(text) > _REASON // 3 or text.endswith("?"):
        return False
    first = words[0].strip(",.!:;").casefold()
    return text.endswith(_AFTER_A_NAME) or first in _GREETINGS or text.startswith(_GREETINGS_UNSPACED)


def waiting_escalations(
    read: Reader, instant: datetime, called: Names, queue_id: int | None
) -> tuple[WaitingEscalation, ...]:
    """The escalations that nobody had answered at an instant, oldest first.

    Args:
        read: the snapshot.
        instant: the as-of instant.
        called: the names at `instant`.
        queue_id: only of tickets in this queue; None for all.
    """
    requested = {row_id for (row_id,) in read.stream("SELECT id FROM escalation WHERE state = 'requested'")}
    touched = taken_back(read, "escalation", instant, ()).keys()
    waiting = [
        one
        for one in rows_at(read, _Escalation, "escalation", instant, requested | touched).values()
        if one.state == EscalationState.REQUESTED
    ]
    places = _queues_of(read, instant, {one.ticket_id for one in waiting})
    return tuple(
        WaitingEscalation(
            ticket_id=one.ticket_id,
            level=one.level or "",
            reason=one.reason_code,
            asked_by=called.agent(one.from_agent_id) or "the desk",
            asked_of=_asked_of(one, called),
            since=one.created_at,
        )
        for one in sorted(waiting, key=lambda one: (one.created_at, one.ticket_id))
        if one.ticket_id in places and queue_id in {None, places[one.ticket_id]}
    )


def _queues_of(read: Reader, instant: datetime, ids: Iterable[int]) -> dict[int, Any]:
    return {
        row_id: queue for row_id, (queue,) in values_at(read, "ticket", ["queue_id"], instant, ids).items()
    }


def _asked_of(one: _Escalation, called: Names) -> str:
    if one.to_agent_id is not None:
        return called.agent(one.to_agent_id) or ""
    if one.to_queue_id is not None:
        return called.queue(one.to_queue_id)
    return one.to_party or one.level or ""
