"""The rows of the daily queue report from the store, as of now or of any past instant.

The same instant gives the same rows whatever has happened since, except that tickets of an import that was taken
back are in none of them.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agentdesk import __version__
from agentdesk.domain.attention import PROMISE, Band, band
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.flow import Flow
from agentdesk.domain.periods import Comparisons, Period, comparisons, last_working_day, working_days_before
from agentdesk.domain.sla import open_time
from agentdesk.queries.backlog import Held, Names, names, open_tickets
from agentdesk.queries.clock_facts import calendar_names, clock_results, has_policies
from agentdesk.queries.flows import MOMENT, Flows, read_flows
from agentdesk.queries.import_batches import import_batches
from agentdesk.queries.past import Since, taken_back, when
from agentdesk.queries.people import queue_by_name
from agentdesk.queries.queue_report import DatedFlow, Promise, QueueFacts, QueueFlow, ReportScope
from agentdesk.queries.queue_work import period_work, waiting_escalations
from agentdesk.queries.rulebook import rulebook
from agentdesk.queries.steps import FLOW_FIELDS
from agentdesk.store.reader import Reader

DUE_SOON = timedelta(hours=4)
_SOLVE_DAYS = 10
PROMISED = "promised_update"
"""The metric of the instant promised to the customer."""


def queue_facts(
    read: Reader,
    *,
    zone: ZoneInfo,
    as_of: datetime | None = None,
    period: Period | None = None,
    queue: str | None = None,
    organization: str = "",
    store: str = "",
) -> QueueFacts:
    """Everything the daily queue report says.

    Args:
        read: the snapshot.
        zone: of the team; its midnights bound the days.
        as_of: the instant the backlog is of; that of the snapshot unless given.
        period: what the flow is of; the last working day before `as_of` unless given.
        queue: one queue, by what people call it; None for all.
        organization: for the header; what the desk calls itself unless given.
        store: where the tickets are, as the user named it.

    Raises:
        NotFoundError: there is no such queue.
        InvalidValueError: the period begins after the as-of instant.
    """
    instant = as_of or read.now
    period = period or last_working_day(instant, zone)
    if period.start > instant:
        raise InvalidValueError("period", period.start.isoformat(), hint="It begins after the as-of instant.")
    chosen = queue_by_name(read, queue) if queue else None
    queue_id = chosen.id if chosen else None
    back = taken_back(read, "ticket", instant, FLOW_FIELDS)
    everything = open_tickets(read, instant, back)
    beside = comparisons(period, zone)
    days = working_days_before(instant, zone, _SOLVE_DAYS)
    begin = _first_creation(read, instant, back)
    known = {one for one in _all(beside, days) if begin is not None and one.end > begin}
    after = Period(period.end, instant + MOMENT) if period.end <= instant else None
    held = Counter(one.queue_id for one in everything)
    flows = read_flows(read, {period, *known, *([after] if after else [])}, instant, held, back)
    backlog = [one for one in everything if chosen is None or one.queue_id == queue_id]
    dated = {one: _dated(one, flows, queue_id) for one in {period, *known}}
    called = names(read, instant, ())
    work = period_work(read, flows, period, instant, queue_id=queue_id, called=called)
    return QueueFacts(
        scope=ReportScope(
            organization=organization or _organization(read),
            queue=called.queue(queue_id) if chosen else None,
            calendar=calendar_names(read, instant),
            zone=str(zone),
            store=store,
            tickets_read=len(flows.tickets | {one.ticket.id for one in everything}),
            version=__version__,
        ),
        as_of=instant,
        period=dated[period],
        previous=dated[beside.previous] if beside.previous in known else None,
        week_before=dated[beside.week_before] if beside.week_before in known else None,
        same_weekdays=tuple(dated[one] for one in beside.same_weekdays if one in known),
        queues=_queues(flows, period, called, queue_id),
        backlog=tuple(one.ticket for one in backlog),
        has_policies=has_policies(read, instant),
        promises=tuple(_promises(read, backlog, instant)),
        due_until=instant + DUE_SOON,
        escalations=waiting_escalations(read, instant, called, queue_id),
        clocks=clock_results(read, period, instant, back, queue_id),
        daily_solves=tuple(dated[day].flow.solved for day in days if day in known),
        agents=work.agents,
        quality=work.quality,
        since=replace(_dated(after, flows, queue_id), end=instant) if after else None,
        notes=tuple(_notes(read, period, instant)),
    )


read_facts = queue_facts
"""As every report calls its reader."""


def _all(beside: Comparisons, days: Sequence[Period]) -> set[Period]:
    week = {beside.week_before} if beside.week_before else set()
    return {beside.previous, *week, *beside.same_weekdays, *days}


def _first_creation(read: Reader, instant: datetime, back: Mapping[int, Since]) -> datetime | None:
    """When the first ticket that is known at the instant was created: before it there is nothing to compare with."""
    away = {row_id for row_id, since in back.items() if since.existed is False}
    sql = "SELECT id, created_at FROM ticket ORDER BY created_at, id LIMIT :limit"
    kept = [when(at) for row_id, at in read.tuples(sql, {"limit": len(away) + 1}) if row_id not in away]
    removed = [when(since.values["created_at"]) for since in back.values() if since.existed]
    return min((at for at in (*kept[:1], *removed) if at is not None and at <= instant), default=None)


def _dated(period: Period, flows: Flows, queue_id: int | None) -> DatedFlow:
    queues = flows.of(period)
    flow = sum(queues.values(), Flow()) if queue_id is None else queues.get(queue_id, Flow())
    return DatedFlow(period.start, period.end, flow)


def _queues(flows: Flows, period: Period, called: Names, queue_id: int | None) -> tuple[QueueFlow, ...]:
    found = {called.queue(one): flow for one, flow in flows.of(period).items() if queue_id in {None, one}}
    return tuple(QueueFlow(name, found[name]) for name in sorted(found))


def _promises(read: Reader, backlog: Sequence[Held], instant: datetime) -> list[Promise]:
    """The nearest promise of each ticket, where it is broken or has to be kept soon; late in the hours of its calendar."""
    found = []
    rules = rulebook(read)
    for one in backlog:
        due, breach = one.standing.next_due_at, one.standing.breach_at
        if due is None or due > instant + DUE_SOON:
            continue
        is_late = band(one.standing, instant) is Band.BREACHED and breach is not None
        hours = rules.calendar(one.calendar_id)
        found.append(
            Promise(
                ticket_id=one.ticket.id,
                metric=PROMISED if one.standing.next_metric == PROMISE else one.standing.next_metric,
                priority=one.ticket.priority,
                assignee=one.ticket.assignee,
                customer=one.ticket.customer,
                customer_ref=one.ticket.customer_ref,
                due_at=due,
                late_by=open_time(hours, breach, instant) if is_late and breach is not None else None,
            )
        )
    return found


def _organization(read: Reader) -> str:
    sql = "SELECT CAST(value AS TEXT) FROM setting WHERE agent_id IS NULL AND key = 'organization'"
    text = read.value(sql)
    return str(json.loads(text)) if text else "Desk"


def _notes(read: Reader, period: Period, instant: datetime) -> list[str]:
    """What a reader must know before believing the figures."""
    notes = [
        f"Import {one.batch} added {one.created} {one.kind.removesuffix('s') if one.created == 1 else one.kind} "
        f"and changed {one.updated} ({one.file_name})."
        for one in reversed(import_batches(read))
        if one.state == "done" and one.finished_at and period.start <= one.finished_at <= instant
    ]
    return ["The period is not over yet.", *notes] if period.end > instant else notes
