"""How well promises were kept, by clock and priority, with and without those that are broken and still running.

Overall figures hide a priority that fails, so each priority has its row and `all` comes after them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from agentdesk.domain.metrics import METRICS
from agentdesk.domain.numbers import TOO_FEW, hours_text, median, percentile, share
from agentdesk.domain.references import ticket_ref
from agentdesk.queries.queue_report import ClockResults, QueueFacts
from agentdesk.reports.document import Cell, Column, Kind, Section, Sentence, Table

ALL = "all"
_ORDER = {metric: place for place, metric in enumerate(METRICS)}
_COLUMNS = (
    Column("clock", wide=True),
    Column("priority"),
    Column("n", Kind.COUNT, "completed"),
    Column("met", Kind.COUNT, "met"),
    Column("breach", Kind.COUNT, "breach"),
    Column("attain.", Kind.PERCENT, "attainment"),
    Column("with open", Kind.PERCENT, "attainment_with_open", short="w.open"),
    Column("median", Kind.MINUTES, "median"),
    Column("p90", Kind.MINUTES, "p90"),
)


@dataclass(frozen=True, slots=True)
class SlaRow:
    """The results of one clock at one priority, or at all of them."""

    metric: str
    priority: str
    met: int
    breached: int
    running_breached: int
    minutes: tuple[int, ...]
    cleared: int
    by_solving: int

    @property
    def completed(self) -> int:
        """Clocks that were fulfilled, in time or not."""
        return self.met + self.breached

    @property
    def attainment(self) -> Fraction | None:
        """Of the completed clocks."""
        return share(self.met, self.completed)

    @property
    def attainment_with_open(self) -> Fraction | None:
        """Of the completed clocks and those still running past their target (M14)."""
        return share(self.met, self.completed + self.running_breached)

    @property
    def median(self) -> Fraction | None:
        """In business minutes."""
        return median(self.minutes)

    @property
    def p90(self) -> int | None:
        """In business minutes, nearest rank."""
        return percentile(self.minutes, 90)


def sla_rows(clocks: Iterable[ClockResults]) -> list[SlaRow]:
    """A row for each clock and priority, urgent first, and after them the row of all priorities."""
    ordered = sorted(clocks, key=lambda one: (_ORDER[one.metric], one.priority.rank))
    rows: list[SlaRow] = []
    for metric in dict.fromkeys(one.metric for one in ordered):
        own = [one for one in ordered if one.metric == metric]
        rows += [_row(metric, one.priority.value, [one]) for one in own]
        rows.append(_row(metric, ALL, own))
    return rows


def _row(metric: str, priority: str, clocks: Sequence[ClockResults]) -> SlaRow:
    return SlaRow(
        metric,
        priority,
        met=sum(one.met for one in clocks),
        breached=sum(one.breached for one in clocks),
        running_breached=sum(one.running_breached for one in clocks),
        minutes=tuple(minutes for one in clocks for minutes in one.minutes),
        cleared=sum(one.cleared for one in clocks),
        by_solving=sum(one.by_solving for one in clocks),
    )


def sla_section(facts: QueueFacts) -> Section:
    """The table, what in it is too thin to judge, and the ticket that waited longest."""
    title = "SLA of the period"
    if not facts.has_policies:
        return Section(
            3,
            title,
            (Sentence("No SLA policy is set up: only what was promised to a customer can be overdue."),),
        )
    rows = sla_rows(facts.clocks)
    if not rows:
        return Section(
            3, title, (Sentence("No clock was completed in the period and none is running late."),)
        )
    metrics = tuple(dict.fromkeys(row.metric for row in rows))
    notes = (*_thin(rows), *_longest(facts.clocks), _cleared(rows), *_by_solving(rows))
    table = Table("sla", _COLUMNS, tuple(_cells(row) for row in rows), notes=notes, metrics=metrics)
    return Section(3, title, (table,))


def _cells(row: SlaRow) -> tuple[Cell, ...]:
    return (
        METRICS[row.metric].label,
        row.priority,
        row.completed,
        row.met,
        row.breached,
        row.attainment,
        row.attainment_with_open,
        None if row.median is None else timedelta(minutes=float(row.median)),
        None if row.p90 is None else timedelta(minutes=row.p90),
    )


def _thin(rows: list[SlaRow]) -> list[Sentence]:
    thin = [
        f"{METRICS[row.metric].label} {row.priority} (n={row.completed})"
        for row in rows
        if row.completed < TOO_FEW
    ]
    return [Sentence(f"Too few to judge: {', '.join(thin)}.", ("completed",))] if thin else []


def _cleared(rows: list[SlaRow]) -> Sentence:
    """Said even of none: who changes targets cannot hide a breach, and a reader can see that nobody tried (R9)."""
    count = sum(row.cleared for row in rows if row.priority == ALL)
    still = ", counted as breached" if count else ""
    return Sentence(f"Breaches cleared by retarget: {count}{still}.", ("cleared_by_retarget",))


def _by_solving(rows: list[SlaRow]) -> list[Sentence]:
    told = [
        f"{METRICS[row.metric].label} {row.by_solving}"
        for row in rows
        if row.priority == ALL and row.by_solving
    ]
    return (
        [Sentence(f"Completed by solving, without a reply: {', '.join(told)}.", ("by_solving",))]
        if told
        else []
    )


def _longest(clocks: Iterable[ClockResults]) -> list[Sentence]:
    worst: dict[str, tuple[int, int]] = {}
    for one in clocks:
        if one.worst_ticket_id is not None and one.minutes:
            candidate = (max(one.minutes), -one.worst_ticket_id)
            worst[one.metric] = max(worst.get(one.metric, candidate), candidate)
    named = [
        f"{METRICS[metric].label} {ticket_ref(-worst[metric][1])} {hours_text(timedelta(minutes=worst[metric][0]))}"
        for metric in sorted(worst, key=_ORDER.__getitem__)
    ]
    return [Sentence(f"Longest: {', '.join(named)}.", tuple(worst))] if named else []
