"""What reports ask of clocks: where tickets stood at any past instant, and which clocks were completed in a period.

The rows that are kept say it for every ticket nothing has happened to since; of the others the same function computes
it anew from the journal, as of then.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.attention import Standing, nearest, promise_standing
from agentdesk.domain.periods import Period
from agentdesk.domain.sla import ClockMetric, FulfilledBy, SlaClock, Verdict, clock_state
from agentdesk.domain.sla.standing import standing_of
from agentdesk.domain.vocabulary import Priority
from agentdesk.queries.past import chunks, values_at
from agentdesk.queries.queue_report import ClockResults
from agentdesk.queries.rulebook import ALWAYS, Rulebook, rulebook
from agentdesk.queries.ticket_events import ticket_events
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class _Ended:
    """A clock that was completed, or one that is over its target and was not."""

    ticket_id: int
    metric: str
    priority: str
    minutes: int | None
    """Business minutes used; None while it runs."""
    is_breached: bool
    is_cleared: bool
    """Its breach is on record, and the target in force shows it no more."""
    by_solving: bool
    """Nobody replied, which was what it waited for."""


_ENDED = (
    "SELECT ticket_id, metric, priority_at_start, used_minutes, breached_at IS NOT NULL, is_sticky, "
    "fulfilled_by = 'solved' FROM sla_clock "
    "WHERE fulfilled_at >= :start AND fulfilled_at < :end AND fulfilled_at <= :instant AND cancelled_at IS NULL"
)
_LATE = (
    "SELECT ticket_id, metric, priority_at_start, NULL, TRUE, FALSE, FALSE FROM sla_clock "
    "WHERE is_running AND is_paused = {paused} AND at_risk_at <= :instant AND started_at <= :instant "
    "AND (breached_at < :instant OR (breach_cause = 'retarget' AND breached_at = :instant))"
)
_STICKY = (
    "SELECT ticket_id FROM sla_clock "
    "WHERE is_running AND is_paused = {paused} AND is_sticky AND breached_at <= :instant"
)
"""A breach under a former target: whether the one in force shows it at an instant is computed, for no row tells it."""
_REPLIES = (ClockMetric.FRT, ClockMetric.NRT)


def standings_at(
    read: Reader, instant: datetime, promised: Mapping[int, datetime | None]
) -> dict[int, Standing]:
    """Where open tickets stood at an instant.

    Args:
        read: the snapshot.
        instant: what happened at this very instant has happened.
        promised: what was promised by hand by then, of each ticket that is asked about.
    """
    rules = rulebook(read)
    return {
        ticket_id: nearest([promise_standing(promised[ticket_id]), *map(standing_of, clocks)])
        for ticket_id, clocks in _clocks_at(read, instant, promised, rules)
    }


def has_policies(read: Reader, instant: datetime) -> bool:
    """Whether any policy had been set up by then."""
    known = "SELECT 1 FROM sla_policy WHERE created_at <= :instant LIMIT 1"
    return bool(read.tuples(known, {"instant": instant}))


def calendar_names(read: Reader, instant: datetime) -> str:
    """The calendars that the policies in force count in, by name; empty where nothing is promised by policy."""
    asked = "SELECT DISTINCT calendar FROM sla_policy WHERE is_current AND created_at <= :instant ORDER BY calendar"
    return ", ".join(str(name) for (name,) in read.tuples(asked, {"instant": instant}))


def clock_results(
    read: Reader, period: Period, instant: datetime, touched: Iterable[int], queue_id: int | None
) -> tuple[ClockResults, ...]:
    """The clocks completed in a period, and those that run on over their target, by metric and priority at their start.

    Args:
        read: the snapshot.
        period: when they were completed.
        instant: the as-of instant; nothing later is seen.
        touched: the tickets that something has happened to since.
        queue_id: only of tickets in this queue at `instant`; None for all.
    """
    moved = set(touched) | _sticky(read, instant)
    found = [one for one in _kept(read, period, instant) if one.ticket_id not in moved]
    found += _computed(read, period, instant, moved)
    if queue_id is not None:
        queues = values_at(read, "ticket", ["queue_id"], instant, {one.ticket_id for one in found})
        found = [one for one in found if queues.get(one.ticket_id, [None])[0] == queue_id]
    groups: dict[tuple[str, str], list[_Ended]] = {}
    for one in found:
        groups.setdefault((one.metric, one.priority), []).append(one)
    return tuple(_results(*key, some) for key, some in sorted(groups.items()))


def _sticky(read: Reader, instant: datetime) -> set[int]:
    """The tickets of which a breach under a former target is on record."""
    asked = (_STICKY.format(paused=paused) for paused in ("FALSE", "TRUE"))
    return {int(one) for sql in asked for (one,) in read.tuples(sql, {"instant": instant})}


def _kept(read: Reader, period: Period, instant: datetime) -> Iterator[_Ended]:
    bounds = {"start": period.start, "end": period.end, "instant": instant}
    running = (_LATE.format(paused=paused) for paused in ("FALSE", "TRUE"))
    for sql in (_ENDED, *running):
        for ticket_id, metric, priority, minutes, *told in read.stream(sql, bounds):
            is_breached, is_cleared, is_solved = map(bool, told)
            by_solving = is_solved and metric in _REPLIES
            yield _Ended(ticket_id, metric, priority, minutes, is_breached, is_cleared, by_solving)


def _computed(read: Reader, period: Period, instant: datetime, ids: set[int]) -> list[_Ended]:
    if not ids or not read.value("SELECT 1 FROM sla_policy LIMIT 1"):
        return []
    found: list[_Ended] = []
    for ticket_id, clocks in _clocks_at(read, instant, ids, rulebook(read)):
        found += [ended for clock in clocks if (ended := _ended(ticket_id, clock, period)) is not None]
    return found


def _ended(ticket_id: int, clock: SlaClock, period: Period) -> _Ended | None:
    is_breached = clock.verdict is Verdict.BREACHED
    told = (ticket_id, clock.metric.value, clock.priority_at_start.value)
    if clock.is_running:
        return _Ended(*told, None, is_breached, clock.cleared_by_retarget, False) if is_breached else None
    if clock.fulfilled_at is None or clock.cancelled_at is not None:
        return None
    if not period.start <= clock.fulfilled_at < period.end:
        return None
    by_solving = clock.metric in _REPLIES and clock.fulfilled_by is FulfilledBy.SOLVED
    return _Ended(*told, clock.elapsed_minutes, is_breached, clock.cleared_by_retarget, by_solving)


def _clocks_at(
    read: Reader, instant: datetime, ids: Iterable[int], rules: Rulebook
) -> Iterator[tuple[int, tuple[SlaClock, ...]]]:
    for some in chunks(ids):
        numbers = [int(one) for one in some.split(",")]
        stories = ticket_events(read, numbers, rules, instant)
        for number in numbers:
            yield number, clock_state(stories.get(number, ()), ALWAYS, None, instant)


def _results(metric: str, priority: str, clocks: list[_Ended]) -> ClockResults:
    done = [one for one in clocks if one.minutes is not None]
    worst = min(done, key=lambda one: (-(one.minutes or 0), one.ticket_id), default=None)
    return ClockResults(
        metric=metric,
        priority=Priority(priority),
        met=sum(not one.is_breached for one in done),
        breached=sum(one.is_breached for one in done),
        running_breached=sum(one.minutes is None for one in clocks),
        minutes=tuple(sorted(one.minutes or 0 for one in done)),
        worst_ticket_id=None if worst is None else worst.ticket_id,
        cleared=sum(one.is_cleared for one in clocks),
        by_solving=sum(one.by_solving for one in done),
    )
