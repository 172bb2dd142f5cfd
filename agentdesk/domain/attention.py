"""Where a ticket stands in the queue, and why: stored instants that tell its band at any time, and one key that sorts.

The order (sla-and-metrics 2.5) is: the band, the nearest due instant, priority, tier, and the customer who has waited
longest for an answer. Time passing changes no row: which band a ticket is in follows from `at_risk_at`, `critical_at`
and `breach_at` when somebody looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from agentdesk.domain.vocabulary import Priority

NEVER: Final = "9" * 14
PAUSED: Final = "8" * 14
AT_RISK_WITHIN: Final = timedelta(hours=4)
"""A promise made by hand has no target to take a percentage of; four hours is the report's own horizon."""
CRITICAL_WITHIN: Final = timedelta(minutes=15)
"""The floor that other desks warn at."""
PROMISE: Final = "promise"
"""What `next_metric` says where the nearest due instant was promised by hand."""
NO_TIER: Final = 9
TIERS: Final = ("platinum", "gold", "silver", "bronze")
"""Tiers that go before others of the same priority, best first (order 5 of 2.5); every other word is none of them."""


class Band(StrEnum):
    """How near a ticket is to breaking a promise, worst first."""

    BREACHED = "breached"
    CRITICAL = "critical"
    AT_RISK = "at_risk"
    RUNNING = "running"
    PAUSED = "paused"
    NONE = "none"


class Placed(Protocol):
    """What has a place in the queue."""

    @property
    def next_due_at(self) -> datetime | None:
        """The nearest due instant."""

    @property
    def next_metric(self) -> str:
        """Which clock that is of."""

    @property
    def at_risk_at(self) -> datetime | None:
        """From when on it is at risk."""

    @property
    def critical_at(self) -> datetime | None:
        """From when on it is critical."""

    @property
    def breach_at(self) -> datetime | None:
        """After when it is breached."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The nearest of all clocks and promises of a ticket.

    Attributes:
        next_due_at: the nearest due instant of those that run; None where nothing runs.
        next_metric: which clock that is of, `PROMISE` for a promise by hand; of a paused one where all are paused.
        at_risk_at: from when on the first of them is at risk.
        critical_at: from when on the first of them is critical.
        breach_at: after when the first of them is breached, also one that stands still by now.
    """

    next_due_at: datetime | None = None
    next_metric: str = ""
    at_risk_at: datetime | None = None
    critical_at: datetime | None = None
    breach_at: datetime | None = None


NOTHING_PROMISED: Final = Standing()


def promise_standing(due_at: datetime | None) -> Standing:
    """The standing of a promise by hand: at risk four hours before, critical a quarter of an hour before."""
    if due_at is None:
        return NOTHING_PROMISED
    return Standing(due_at, PROMISE, due_at - AT_RISK_WITHIN, due_at - CRITICAL_WITHIN, due_at)


def nearest(standings: Iterable[Standing]) -> Standing:
    """The standing of a ticket that has all of these: each instant is the earliest there is."""
    told = [one for one in standings if one.next_metric]
    if not told:
        return NOTHING_PROMISED
    first = min(told, key=lambda one: (one.next_due_at is None, one.next_due_at or _FAR))
    return Standing(
        first.next_due_at,
        first.next_metric,
        _earliest(one.at_risk_at for one in told),
        _earliest(one.critical_at for one in told),
        _earliest(one.breach_at for one in told),
    )


_FAR = datetime.max.replace(tzinfo=UTC)


def _earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in instants if one is not None), default=None)


def tier_rank(tier: str) -> int:
    """The place of a tier among `TIERS`, from 1; `NO_TIER` for a word that is none of them."""
    word = tier.strip().casefold()
    return TIERS.index(word) + 1 if word in TIERS else NO_TIER


def attention_key(standing: Standing, priority: str, tier: int, waiting_since: datetime | None) -> str:
    """30 digits that sort the tickets of one band: due, priority rank, tier rank, oldest unanswered message."""
    due = PAUSED if standing.next_due_at is None and standing.next_metric else _stamp(standing.next_due_at)
    return f"{due}{Priority(priority).rank}{tier}{_stamp(waiting_since)}"


def _stamp(instant: datetime | None) -> str:
    return NEVER if instant is None else instant.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def band(one: Placed, now: datetime) -> Band:
    """The band of a ticket at an instant; what promises nothing is never shown as a green one (R13).

    Whatever happens at the very instant of `breach_at` is met (R4); the other instants begin their band.
    """
    if one.breach_at is not None and one.breach_at < now:
        return Band.BREACHED
    if one.critical_at is not None and one.critical_at <= now:
        return Band.CRITICAL
    if one.at_risk_at is not None and one.at_risk_at <= now:
        return Band.AT_RISK
    if one.next_due_at is not None:
        return Band.RUNNING
    return Band.PAUSED if one.next_metric else Band.NONE


def span(delta: timedelta) -> str:
    """A duration in the shortest words that matter at a desk: `0:25`, `7:30`, `3d`."""
    minutes = int(abs(delta).total_seconds()) // 60
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)}d"
    return f"{minutes // 60}:{minutes % 60:02d}"


BAND_SIGNS: Final = {
    Band.BREACHED: "▲",
    Band.CRITICAL: "◆",
    Band.AT_RISK: "◇",
    Band.RUNNING: "▪",
    Band.PAUSED: "‖",
}
"""What stands for a band beside its words; no two have the same sign, because colour is never alone."""


def due_words(one: Placed, status: str, now: datetime) -> str:
    """The nearest clock as sign and words: `▲ −0:12`, `◆ due`, `◇ 0:25`, `▪ 3d`, `‖ paused`, `· none`, `✓ done`.

    Only a ticket that waits and of which nothing was promised says no more than that it waits.
    """  # noqa: RUF002  a minus sign, as wide as a digit
    if status in ("solved", "closed"):
        return "✓ done"
    stands = band(one, now)
    if stands is Band.NONE:
        return "‖ waits" if status in ("pending", "on_hold") else "· none"
    return f"{BAND_SIGNS[stands]} {_left(one, stands, now)}"


def _left(one: Placed, stands: Band, now: datetime) -> str:
    if stands is Band.BREACHED and one.breach_at is not None:
        return f"−{span(now - one.breach_at)}"  # noqa: RUF001  a minus sign, as wide as a digit
    if stands is Band.PAUSED or one.next_due_at is None:
        return "paused"
    return "due" if one.next_due_at <= now else span(one.next_due_at - now)


METRIC_WORDS: Final = {
    "frt": "first reply",
    "nrt": "next reply",
    "update_gap": "next update",
    "requester_wait": "solution",
    "agent_work": "work",
    PROMISE: "promise",
}
"""What a clock waits for, in words that follow `due`."""
_BAND_WORDS: Final = {
    Band.BREACHED: "breached",
    Band.CRITICAL: "critical, due in",
    Band.AT_RISK: "at risk, due in",
    Band.RUNNING: "due in",
}


ORDER_WORDS: Final = (
    "The order: breached, critical, at risk, running, paused, nothing promised; "
    "then the nearest due, priority, tier, the longest wait."
)
"""The rule of the queue in one sentence, for whoever asks why a ticket stands where it does."""


def why_here(one: Placed, priority: str, tier: str, waiting_since: datetime | None, now: datetime) -> str:
    """The place in the queue in words: `first reply breached 0:42 ago; high; gold; customer waiting 3:10`."""
    parts = [_clock_words(one, now), priority]
    if tier_rank(tier) != NO_TIER:
        parts.append(tier.strip().lower())
    if waiting_since is not None:
        parts.append(f"customer waiting {span(now - waiting_since)}")
    return "; ".join(parts)


def _clock_words(one: Placed, now: datetime) -> str:
    stands = band(one, now)
    if stands is Band.NONE:
        return "nothing promised"
    what = METRIC_WORDS.get(one.next_metric, one.next_metric)
    if stands is Band.PAUSED:
        return f"{what} paused"
    if stands is Band.BREACHED:
        assert one.breach_at is not None
        return f"{what} breached {span(now - one.breach_at)} ago"
    if one.next_due_at is None or one.next_due_at <= now:
        return f"{what} due now"
    return f"{what} {_BAND_WORDS[stands]} {span(one.next_due_at - now)}"
