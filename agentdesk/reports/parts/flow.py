"""Where tickets came from and went: for the desk beside earlier periods, and queue by queue.

Each row adds up to its closing, and the queues add up to the total; only the row of medians need not.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from agentdesk.domain.flow import Flow
from agentdesk.domain.numbers import median
from agentdesk.queries.queue_report import DatedFlow, OpenTicket, QueueFacts
from agentdesk.reports.document import Cell, Column, Kind, Section, Sentence, Table
from agentdesk.reports.wording import period_text, weekday_text

_Figure = int | Fraction | None


def flow_section(facts: QueueFacts) -> Section:
    """The period, the one before, the one a week before, and the median of the same weekday."""
    dated = [flow for flow in (facts.period, facts.previous, facts.week_before) if flow]
    # A Monday of a desk that rests on weekends may be both the day before and the week before.
    distinct = {(flow.start, flow.end): flow for flow in dated}.values()
    is_moved = any(flow.flow.moved for flow in [*distinct, *facts.same_weekdays])
    rows = [(_label(flow, facts), *_figures(flow.flow, is_moved=is_moved)) for flow in distinct]
    notes: tuple[Sentence, ...] = ()
    if facts.same_weekdays:
        weekday = weekday_text(facts.period.start.astimezone(ZoneInfo(facts.scope.zone)).date())
        history = [_figures(flow.flow, is_moved=is_moved) for flow in facts.same_weekdays]
        rows.append((f"{weekday} median", *map(_median, zip(*history, strict=True))))
        count = len(history)
        said = (
            f"{weekday} median: the middle of the {count} before"
            if count > 1
            else f"{weekday} median: only 1 before"
        )
        notes = (Sentence(f"{said}; medians need not add up."),)
    notes += _since_then(facts)
    return Section(1, "Flow", (Table("flow", _columns(is_moved=is_moved), tuple(rows), notes=notes),))


def _since_then(facts: QueueFacts) -> tuple[Sentence, ...]:
    """What leads from the closing of the period to the backlog of the as-of instant, where anything does."""
    now, closing, went = len(facts.backlog), facts.period.flow.closing, _went_since(facts)
    if now == closing and not went:
        return ()
    much = f"{abs(now - closing)} {'more' if now > closing else 'fewer'}" if now != closing else "as many"
    than = "as" if now == closing else "than"
    said = f"Open at the as-of instant: {now}, {much} {than} at the closing of {_label(facts.period, facts)}."
    return (Sentence(" ".join([said, *went]), ("backlog", "closing")),)


def _went_since(facts: QueueFacts) -> tuple[str, ...]:
    """What moved between the end of the period and the as-of instant, from when to when; nothing where nothing did."""
    if facts.since is None:
        return ()
    flow = facts.since.flow
    moves = {
        "created": flow.created,
        "reopened": flow.reopened,
        "solved": flow.solved,
        "merged": flow.merged,
        "moved in": max(flow.moved, 0),
        "moved out": max(-flow.moved, 0),
    }
    said = ", ".join(f"{count} {name}" for name, count in moves.items() if count)
    return (f"From {_label(facts.since, facts)}: {said}.",) if said else ()


def queue_section(facts: QueueFacts) -> Section:
    """A row for each queue and their sum."""
    flows = queue_flows(facts)
    held: dict[str, list[OpenTicket]] = {queue: [] for queue in flows}
    for ticket in facts.backlog:
        held[ticket.queue].append(ticket)
    rows = tuple(_queue_row(name, flow, held[name], facts.as_of) for name, flow in flows.items())
    total = _queue_row("total", sum(flows.values(), Flow()), facts.backlog, facts.as_of)
    if not rows:
        return Section(5, "Queues", (Sentence("There is no queue with tickets."),))
    columns = (
        Column("queue", wide=True),
        Column("opening", Kind.COUNT, "opening"),
        Column("created", Kind.COUNT, "created"),
        Column("solved", Kind.COUNT, "solved"),
        Column("other", Kind.CHANGE, "other"),
        Column("closing", Kind.COUNT, "closing"),
        Column("late now", Kind.COUNT, "backlog_breached", short="late"),
        Column("oldest, days", Kind.DAYS, "age", short="oldest"),
    )
    return Section(5, "Queues", (Table("queues", columns, rows, total),))


def queue_flows(facts: QueueFacts) -> dict[str, Flow]:
    """The flow of every queue that moved in the period or has open tickets now, by name."""
    known = {queue.queue: queue.flow for queue in facts.queues}
    names = known.keys() | {ticket.queue for ticket in facts.backlog}
    return {name: known.get(name, Flow()) for name in sorted(names)}


def _columns(*, is_moved: bool) -> tuple[Column, ...]:
    moved = (Column("moved", Kind.CHANGE, "moved"),) if is_moved else ()
    return (
        Column("period", wide=True),
        Column("opening", Kind.COUNT, "opening"),
        Column("created", Kind.COUNT, "created"),
        Column("reopened", Kind.COUNT, "reopened"),
        Column("solved", Kind.COUNT, "solved"),
        Column("merged", Kind.COUNT, "merged"),
        *moved,
        Column("closing", Kind.COUNT, "closing"),
        Column("net", Kind.CHANGE, "net"),
        Column("cleared", Kind.PERCENT, "clearance"),
    )


def _figures(flow: Flow, *, is_moved: bool) -> tuple[_Figure, ...]:
    moved = (flow.moved,) if is_moved else ()
    went = (flow.opening, flow.created, flow.reopened, flow.solved, flow.merged)
    return (*went, *moved, flow.closing, flow.net, flow.clearance)


def _median(figures: Sequence[_Figure]) -> _Figure:
    return median(figure for figure in figures if figure is not None)


def _label(flow: DatedFlow, facts: QueueFacts) -> str:
    return period_text(flow.start, flow.end, facts.scope.zone)


def _queue_row(name: str, flow: Flow, held: Sequence[OpenTicket], as_of: datetime) -> tuple[Cell, ...]:
    return (
        name,
        flow.opening,
        flow.created,
        flow.solved,
        flow.reopened - flow.merged + flow.moved,
        flow.closing,
        sum(ticket.is_breached for ticket in held),
        max((as_of - ticket.created_at for ticket in held), default=None),
    )
