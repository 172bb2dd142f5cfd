"""Escalations on paper: the columns of a list, and the page of one with the chain it stands in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agentdesk.cli.output import Column
from agentdesk.cli.ticket_page import fact_lines
from agentdesk.domain.escalation import ack_words, in_chains, short_span
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import block, line

if TYPE_CHECKING:
    from agentdesk.queries.escalations import EscalationRow

When = Callable[[datetime | None], str]


def list_columns(now: datetime) -> tuple[Column, ...]:
    """The columns of a list as of `now`; in eighty cells everything but the ask is whole."""
    return (
        Column("id", "No.", right=True),
        Column("ticket", "Ticket", read=lambda row: ticket_ref(row.ticket_id)),
        Column("state", "State"),
        Column("to", "Asked of"),
        Column("age", "Since", read=lambda row: short_span(row.created_at, now), right=True),
        Column("acknowledgement", "Answer", read=lambda row: ack_words(row.state, row.ack_due_at, now)),
        Column("ask", "Ask"),
        Column("subject"),
        Column("kind"),
        Column("trigger"),
        Column("level"),
        Column("reason_code"),
        Column("asked_by"),
        Column("needed_by"),
        Column("created_at"),
        Column("ack_due_at"),
        Column("acknowledged_at"),
        Column("is_overdue", read=lambda row: row.is_overdue(now)),
        Column("previous_id"),
        Column("outcome"),
        Column("version"),
    )


def escalation_page(row: "EscalationRow", steps: Sequence["EscalationRow"], now: datetime, when: When) -> str:
    """One escalation as a person reads it, and every step of its chain.

    Args:
        row: the one.
        steps: every step on its ticket.
        now: what overdue is told against.
        when: an instant on the reader's clock.
    """
    facts: dict[str, Any] = {
        "State": row.state,
        "Asked of": row.to,
        "Level": row.level,
        "Asked by": row.asked_by or "the desk",
        "Kind": row.kind,
        "Reason": row.reason_code,
        "Asked": when(row.created_at),
        "Needed by": when(row.needed_by),
        "Answer due": f"{when(row.ack_due_at)}  {ack_words(row.state, row.ack_due_at, now)}".strip(),
        "Answered": when(row.acknowledged_at),
        "Step after": row.previous_id,
    }
    head = f"Escalation {row.id} of {ticket_ref(row.ticket_id)}  {line(row.subject)}"
    lines = [head, "", *fact_lines(facts), "", block(row.ask)]
    if row.outcome:
        lines += ["", f"Outcome: {block(row.outcome)}"]
    chain = list(chain_lines(row.id, steps))
    return "\n".join([*lines, "", "Chain", *chain] if len(chain) > 1 else lines)


def chain_lines(number: int, steps: Sequence["EscalationRow"]) -> Iterator[str]:
    """The chain that a step stands in, each step one line further in than the one it was asked further from."""
    chain: list[tuple[int, EscalationRow]] = []
    for depth, step in in_chains(steps):
        if depth == 0:
            if any(one.id == number for _, one in chain):
                break
            chain = []
        chain.append((depth, step))
    for depth, step in chain:
        here = "  <- this one" if step.id == number else ""
        asked = f"{line(step.asked_by or 'the desk')} asked {line(step.to)}"
        yield f"{'  ' * (depth + 1)}{step.id}  {asked}, {step.state}{here}"
