"""`sla explain`: every clock of a ticket as a table that a lead can add up on paper."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption, TicketArgument
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.ticket_page import clock_record, fact_lines
from agentdesk.domain.quoting import quoted
from agentdesk.domain.references import ticket_id, ticket_ref
from agentdesk.domain.safe_text import line

if TYPE_CHECKING:
    from agentdesk.domain.sla import SlaClock, TicketTimes, Took
    from agentdesk.queries.clocks import TicketClocks
    from agentdesk.queries.ticket_detail import TicketDetail

_NUMBERED = re.compile(r"(.*?)(?:\s*#\s*|\s+)0*([1-9]\d*)", re.ASCII)
"""`nrt#2`, or `next reply 2`."""
ROWS = (
    Column("start", "From"),
    Column("until", "To"),
    Column("status", "Status"),
    Column("minutes", "Min", right=True),
    Column("counted", "Counts"),
    Column("total", "Total", right=True),
    Column("mark", "Ends with"),
)
STRETCH_KEYS = (
    *("clock", "number", "from", "to", "status", "open_minutes", "counted", "why_not", "total_minutes"),
    "mark",
)
STRETCHES = tuple(Column(key, read=itemgetter(key)) for key in STRETCH_KEYS)
"""What csv and jsonl print, a stretch a line."""


def explain(
    ctx: typer.Context,
    ticket: TicketArgument,
    *,
    clock: Annotated[
        str,
        typer.Option(
            "--clock",
            metavar="CLOCK",
            help="Only these: first reply, next reply, 'next reply 2', update, solution or work; "
            "frt, nrt#2, update_gap, requester_wait and agent_work too.",
        ),
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Print every clock of a ticket as a table that adds up on paper.

    Each row is one stretch: from, to, the status, the minutes the calendar was open, whether they count, and the total
    so far. The instants at which a target was used up and broken end a row. --as-of asks of another instant; until one
    to come nothing happens. After the clocks come the times of the ticket, promised or not, in business and in calendar
    minutes.

    Example:
        agentdesk sla explain T-1042
        agentdesk sla explain T-1042 --clock 'first reply' --format csv
        agentdesk sla explain T-1042 --clock frt --as-of 2026-03-02T12:00Z
    """
    from agentdesk.cli.tickets import whole_ticket

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        whole = whole_ticket(read, ticket_id(ticket))
    detail, told = whole.ticket, whole.clocks
    shown = _chosen(told.clocks, clock)
    if form is Format.TABLE:
        _print(session, detail, told, shown)
        if not clock and told.times:
            _print_times(session, told.times)
    elif form in (Format.CSV, Format.JSONL):
        session.emit((row for one in shown for row in _stretches(told, one)), STRETCHES, form)
    else:
        session.out.emit_one(told, _columns(shown), form, str)


def _columns(shown: "tuple[SlaClock, ...]") -> tuple[Column, ...]:
    return (
        Column("ref", read=lambda told: ticket_ref(told.ticket_id)),
        Column("as_of"),
        Column("policy", read=lambda told: told.policy_ref or None),
        Column("why"),
        Column("calendar", read=lambda told: told.calendar.name),
        Column("clocks", read=lambda told: [_whole_record(told, one) for one in shown]),
        Column("times", read=lambda told: told.times and _times_record(told.times)),
    )


def _stretches(told: "TicketClocks", clock: "SlaClock") -> Iterator[dict[str, Any]]:
    for row in told.rows(clock):
        yield {
            "clock": clock.metric.value,
            "number": clock.number,
            "from": row.start,
            "to": row.until,
            "status": row.status.value,
            "open_minutes": row.open_minutes,
            "counted": row.counted,
            "why_not": row.why_not and row.why_not.value,
            "total_minutes": row.total_minutes,
            "mark": row.mark and row.mark.value,
        }


def _whole_record(told: "TicketClocks", clock: "SlaClock") -> dict[str, Any]:
    rows = [
        {key: one[key] for key in STRETCH_KEYS if key not in ("clock", "number")}
        for one in _stretches(told, clock)
    ]
    pauses = [{**asdict(one), "status": one.status.value} for one in clock.pauses]
    targets = [
        {"at": one.at, "minutes": one.minutes, "priority": one.priority.value, "calendar": one.calendar.name}
        for one in clock.targets
    ]
    return {**clock_record(clock), "targets": targets, "pauses": pauses, "rows": rows}


def _times_record(times: "TicketTimes") -> dict[str, Any]:
    """Each length twice, in whole minutes; null is what has not happened, never 0."""
    from agentdesk.domain.vocabulary import Status

    def took(one: "Took | None") -> dict[str, int] | None:
        if one is None:
            return None
        return {"business_minutes": one.business_minutes, "calendar_minutes": one.calendar_minutes}

    several = ("nrt", "nrt_solved", "update_gap")
    totals = ("requester_wait", "agent_work", "agent_wait", "on_hold_time")
    resolutions = ("first_resolution", "full_resolution", "active_resolution")
    return {
        "frt": took(times.frt),
        **{name: [took(one) for one in getattr(times, name)] for name in several},
        **{name: took(getattr(times, name)) for name in (*totals, *resolutions)},
        "in_status": {status.value: took(times.in_status.get(status)) for status in Status},
        "replies": times.replies,
        "reopens": times.reopens,
        "one_touch": times.one_touch,
    }


def _chosen(clocks: "tuple[SlaClock, ...]", wanted: str) -> "tuple[SlaClock, ...]":
    if not wanted:
        return clocks
    from agentdesk.domain.sla.target_words import metric_named
    from agentdesk.domain.sla.telling import title

    words = _NUMBERED.fullmatch(wanted.strip())
    name, number = words.groups() if words else (wanted, None)
    metric = metric_named(name)
    found = tuple(one for one in clocks if one.metric is metric and number in (None, "", str(one.number)))
    if not found:
        known = ", ".join(f"{title(one)} ({one.metric.value}#{one.number})" for one in clocks) or "none"
        raise WrongUsage(f"--clock {quoted(wanted)} is no clock of this ticket. It has: {known}.")
    return found


def _print(
    session: Session, detail: "TicketDetail", told: "TicketClocks", shown: "tuple[SlaClock, ...]"
) -> None:
    from agentdesk.domain.sla.telling import told_rows

    out = session.out
    out.emit_text("\n".join(_head(detail, told)))
    if told.times is None:
        session.say(
            f"0 clocks: {detail.ref} was not there yet, it was created {out.when(detail.created_at)}."
        )
    elif not shown:
        session.say(
            "0 clocks: nothing is promised on this ticket. Policies are listed by: agentdesk policy list"
        )
    for clock in shown:
        out.emit_raw("\n")
        out.emit_text("\n".join(_facts(clock, out.width)))
        session.emit(told_rows(clock, told.rows(clock)), ROWS, Format.TABLE, things="stretches")


def _print_times(session: Session, times: "TicketTimes") -> None:
    from agentdesk.domain.sla.time_words import told_times

    session.out.emit_raw("\n")
    session.out.emit_text("\n".join(told_times(times)))


def _head(detail: "TicketDetail", told: "TicketClocks") -> Iterator[str]:
    from agentdesk.domain.sla.telling import calendar_words, full_wall

    yield f"{detail.ref}  {line(detail.subject)}"
    yield ""
    yield from fact_lines(
        {
            "Policy": told.policy_words,
            "Calendar": calendar_words(told.calendar),
            "Minutes": "open ones of the calendar; those that count add up to the total",
            "As of": full_wall(told.as_of, told.calendar.zone),
        }
    )


def _facts(clock: "SlaClock", room: int) -> Iterator[str]:
    from textwrap import wrap

    from agentdesk.domain.sla.telling import SIGNS, began_words, state_words, title

    told = (f"{SIGNS[clock.state]} {title(clock)}: {state_words(clock)}", f"  {began_words(clock)}")
    for words in told:
        yield from wrap(words, room, subsequent_indent="  ")
