"""One ticket on paper: its JSON, and the page a person reads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agentdesk.cli.output import Column
from agentdesk.domain.escalation import in_chains
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import block, line

if TYPE_CHECKING:
    from agentdesk.domain.sla import SlaClock
    from agentdesk.queries.agreements import TicketAgreement
    from agentdesk.queries.attachments import FileRow
    from agentdesk.queries.clocks import TicketClocks
    from agentdesk.queries.escalations import EscalationRow
    from agentdesk.queries.intake import Intake
    from agentdesk.queries.relations import Group, Relation
    from agentdesk.queries.ticket_detail import MessageRow, TicketDetail

When = Callable[[datetime | None], str]


@dataclass(frozen=True, slots=True)
class WholeTicket:
    """A ticket with its messages and escalations."""

    ticket: "TicketDetail"
    messages: "tuple[MessageRow, ...]"
    escalations: "tuple[EscalationRow, ...]"
    clocks: "TicketClocks"
    agreement: "TicketAgreement | None" = None
    """The one it came under."""
    agreement_today: "TicketAgreement | None" = None
    """What its customer is entitled to by now."""
    groups: "tuple[Group, ...]" = ()
    """What belongs to it, but for the other tickets of its customer."""
    intake: "Intake | None" = None
    """The form of its category and the values it has."""
    files: "tuple[FileRow, ...]" = ()
    """What came or went with its messages."""

    def files_with(self, message: "MessageRow") -> list[dict[str, Any]]:
        """The files of a message; those that another system named and did not send have no number."""
        keys = ("id", "name", "media_type", "size")
        here = [
            {key: getattr(one, key) for key in keys} for one in self.files if one.message_id == message.id
        ]
        return [
            *here,
            *(dict.fromkeys(keys) | {"name": str(name)} for name in message.extra.get("files", ())),
        ]

    @property
    def agreement_words(self) -> str:
        """The one it came under, and another one that its customer has today."""
        own, today = self.agreement, self.agreement_today
        if today is None or (own is not None and own.agreement.id == today.agreement.id):
            return "" if own is None else own.told
        return f"{own.told if own is not None else 'none'}; its customer today: {today.told}"


def _of(name: str) -> Column:
    return Column(name, read=lambda whole: getattr(whole.ticket, name))


def _customer(whole: WholeTicket) -> dict[str, Any] | None:
    ticket = whole.ticket
    if ticket.customer_id is None:
        return None
    return {"id": ticket.customer_id, "name": ticket.customer, "email": ticket.customer_email}


def _messages(whole: WholeTicket) -> list[dict[str, Any]]:
    keys = ("id", "at", "author", "author_kind", "visibility", "channel", "recipient", "flags", "body")
    return [
        {
            **{key: getattr(message, key) for key in keys},
            "from": _ref(message.from_id),
            "files": whole.files_with(message),
        }
        for message in whole.messages
    ]


def _ref(number: int | None) -> str | None:
    return None if number is None else ticket_ref(number)


def _refs(whole: WholeTicket, key: str) -> list[str]:
    return [one.ticket.ref for group in whole.groups if group.key == key for one in group.rows]


def _links(whole: WholeTicket) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.link_kind,
            "words": one.why,
            "ref": one.ticket.ref,
            "subject": one.ticket.subject,
            "status": one.ticket.status,
        }
        for group in whole.groups
        for one in group.rows
        if one.link_kind
    ]


def _agreement(one: "TicketAgreement | None") -> dict[str, Any] | None:
    if one is None:
        return None
    keys = ("id", "party", "product", "plan", "policy", "starts_on", "ends_on")
    told = {key: getattr(one.agreement, key) for key in keys}
    return {**told, "state": one.state.value}


TICKET_COLUMNS = (
    Column("ref", read=lambda whole: ticket_ref(whole.ticket.id)),
    *map(_of, ("id", "subject", "type", "status", "priority", "impact", "urgency", "channel")),
    *map(_of, ("category", "queue", "assignee")),
    Column("customer", read=_customer),
    *map(_of, ("organization", "tags", "created_at", "updated_at", "first_replied_at", "solved_at")),
    *map(_of, ("closed_at", "due_at", "next_due_at", "wake_at", "reopen_count", "version")),
    Column("policy", read=lambda whole: whole.clocks.policy_ref or None),
    Column("agreement", read=lambda whole: _agreement(whole.agreement)),
    Column("agreement_today", read=lambda whole: _agreement(whole.agreement_today)),
    Column("intake", read=lambda whole: whole.intake.values if whole.intake else {}),
    Column("clocks", read=lambda whole: [clock_record(one) for one in whole.clocks.clocks]),
    Column("messages", read=_messages),
    Column("escalations", read=lambda whole: [asdict(one) for one in whole.escalations]),
    Column("merged_into", read=lambda whole: _ref(whole.ticket.merged_into_id)),
    Column("merged", read=lambda whole: _refs(whole, "merged")),
    Column("follows", read=lambda whole: _ref(whole.ticket.follow_up_of_id)),
    Column(
        "follow_ups",
        read=lambda whole: [
            one for one in _refs(whole, "follow_ups") if one != _ref(whole.ticket.follow_up_of_id)
        ],
    ),
    Column("links", read=_links),
    *map(_of, ("source", "external_id", "extra")),
)
EVENT_COLUMNS = (
    Column("change_id", "Change", right=True),
    Column("at", "When"),
    Column("written_at", "Written"),
    Column("actor"),
    Column("event"),
    Column("sentence", "What"),
    Column("reason", "Why"),
    Column("fields", read=lambda row: [asdict(one) for one in row.fields]),
)


def ticket_page(whole: WholeTicket, when: When) -> str:
    """The ticket as a person reads it: facts, escalations, then the conversation, oldest first."""
    ticket = whole.ticket
    facts = {
        "Status": ticket.status,
        "Priority": ticket.priority,
        "Type": ticket.type,
        "Customer": _who(ticket),
        "Organization": ticket.organization,
        "Agreement": whole.agreement_words,
        "Queue": ticket.queue,
        "Assignee": ticket.assignee,
        "Promised by": when(ticket.due_at),
        "Wakes": when(ticket.wake_at),
        "Tags": ", ".join(ticket.tags),
        "Created": when(ticket.created_at),
        "Solved": when(ticket.solved_at),
        **_form(whole.intake),
        "Elsewhere": f"{ticket.source} {ticket.external_id}" if ticket.external_id else "",
    }
    lines = [f"{ticket_ref(ticket.id)}  {line(ticket.subject)}", "", *fact_lines(facts)]
    if kept := list(fact_lines(ticket.extra)):
        lines += ["", f"-- Kept from {line(ticket.source)}", *kept]
    lines += _clocks(whole.clocks)
    for group in whole.groups:
        lines += ["", f"-- {group.title}", *(_relation(one) for one in group.rows)]
    for depth, escalation in in_chains(whole.escalations):
        lines += ["", *_escalation(escalation, depth, when)]
    for message in whole.messages:
        lines += ["", *_message(message, when), *map(_file, whole.files_with(message))]
    return "\n".join(lines)


def _relation(one: "Relation") -> str:
    status = one.ticket.status.replace("_", " ")
    return " ".join(filter(None, (one.why, one.ticket.ref, f"({status})", line(one.ticket.subject))))


def _form(intake: "Intake | None") -> dict[str, str]:
    needed = {one.label for one in intake.missing} if intake else set()
    told = intake.told if intake else []
    return {
        label: value or ("needed before it is solved" if label in needed else "") for label, value in told
    }


def _clocks(told: "TicketClocks") -> Sequence[str]:
    from agentdesk.domain.sla.telling import SIGNS, state_words, title

    if not told.clocks:
        return ()
    head = f"-- Clocks by {line(told.policy_ref)}, in {line(told.calendar.name)}, {told.calendar.zone.key}"
    return ["", head, *(f"{SIGNS[one.state]} {title(one)}: {state_words(one)}" for one in told.clocks)]


def clock_record(clock: "SlaClock") -> dict[str, Any]:
    """A clock as JSON prints it; times are whole minutes of working time, a warning that never comes is null."""
    from agentdesk.domain.sla import Threshold
    from agentdesk.domain.sla.standing import reached

    passed = reached(clock)
    return {
        "metric": clock.metric.value,
        "number": clock.number,
        "target_minutes": clock.target_minutes,
        "started_at": clock.started_at,
        "at_risk_at": passed.get(Threshold.AT_RISK),
        "critical_at": passed.get(Threshold.CRITICAL),
        "due_at": clock.due_at,
        "elapsed_minutes": clock.elapsed_minutes,
        "paused_minutes": clock.paused_minutes,
        "state": clock.state.value,
        "is_paused": clock.is_paused,
        "fulfilled_at": clock.fulfilled_at,
        "fulfilled_by": clock.fulfilled_by and clock.fulfilled_by.value,
        "breached_at": clock.breached_at,
        "breach_cause": clock.breach_cause and clock.breach_cause.value,
        "overdue_minutes": clock.overdue_minutes,
        "cleared_by_retarget": clock.cleared_by_retarget,
        "verdict": clock.verdict and clock.verdict.value,
        "cancelled_at": clock.cancelled_at,
        "cancel_reason": clock.cancel_reason and clock.cancel_reason.value,
        "calendar": clock.calendar.name,
    }


def fact_lines(facts: dict[str, Any]) -> Iterator[str]:
    """`Label    value` for every fact that has a value."""
    room = max(map(len, facts), default=0)
    for label, value in facts.items():
        if value not in (None, ""):
            yield f"{line(label):<{room}}  {line(value)}"


def _who(ticket: "TicketDetail") -> str:
    address = f" <{ticket.customer_email}>" if ticket.customer_email else ""
    return f"{ticket.customer or ''}{address}"


def _escalation(row: "EscalationRow", depth: int, when: When) -> Sequence[str]:
    after = f" (further from {row.previous_id})" if depth else ""
    asked = f"{line(row.asked_by or 'the desk')} asked {line(row.to)}{after}"
    head = f"-- Escalation {row.id}, {row.state}, {when(row.created_at)}: {asked}"
    outcome = [f"Outcome: {line(row.outcome)}"] if row.outcome else []
    return [head, block(row.ask), *outcome]


def _file(told: dict[str, Any]) -> str:
    kept = (
        "not in the export it came from"
        if told["id"] is None
        else f"{told['size']:,} bytes, file {told['id']}"
    )
    return f"   File: {line(told['name'])} ({kept})"


def _message(message: "MessageRow", when: When) -> Sequence[str]:
    origin = f", from {ticket_ref(message.from_id)}" if message.from_id is not None else ""
    internal = f"forwarded to {line(message.recipient)}" if message.recipient else "internal note"
    note = internal if message.visibility == "internal" else message.channel
    return [
        f"-- {line(message.author)} ({message.author_kind}, {note}), {when(message.at)}, message {message.id}{origin}",
        *(f"   ! {line(flag)}" for flag in message.flags),
        block(message.body),
    ]
