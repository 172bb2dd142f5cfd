"""Why a ticket stands above its neighbour: told by the first rule in which they differ, and always true."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.attention import Standing, attention_key
from agentdesk.domain.order_reasons import why_above

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("UTC")


@dataclass(frozen=True)
class Ticket:
    ref: str = "T-1"
    next_due_at: datetime | None = None
    next_metric: str = ""
    at_risk_at: datetime | None = None
    critical_at: datetime | None = None
    breach_at: datetime | None = None
    priority: str = "normal"
    tier: int = 9
    waiting_since: datetime | None = None

    @property
    def attention_key(self) -> str:
        standing = Standing(self.next_due_at, self.next_metric)
        return attention_key(standing, self.priority, self.tier, self.waiting_since)


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def running(minutes: int, **named: object) -> Ticket:
    return Ticket(next_due_at=at(minutes), next_metric="frt", **named)  # type: ignore[arg-type]


LATE = running(-60, breach_at=at(-60))
LATER = running(300, breach_at=at(-9000))
PAUSED = Ticket(next_metric="frt")


@pytest.mark.parametrize(
    ("upper", "lower", "told"),
    [
        (LATE, running(60, at_risk_at=at(-1)), "breached goes before at risk"),
        (running(60), running(90), "its clock is due first, 10:00 before 10:30"),
        (LATE, LATER, "08:00 before 14:00 (NEXT DUE tells when the first promise was broken"),
        (running(60), PAUSED, "it has a clock that runs, which goes before a paused one"),
        (running(60), Ticket(), "it has a clock that runs, which goes before nothing promised"),
        (PAUSED, Ticket(), "a paused clock goes before nothing promised"),
        (running(60, priority="high"), running(60), "both are due at once, and high goes before normal"),
        (running(60, tier=1), running(60), "its customer has the better tier"),
        (running(60, waiting_since=at(-9)), running(60), "its customer has waited longer"),
        (running(60), running(60), "it is the older ticket"),
    ],
)
def test_the_first_rule_in_which_they_differ_is_told(upper: Ticket, lower: Ticket, told: str) -> None:
    assert told in why_above(upper, lower, NOW, ZONE)


def test_only_where_the_column_would_mislead_it_is_explained() -> None:
    earlier = running(-90, breach_at=at(-90))
    assert "NEXT DUE" not in why_above(earlier, LATE, NOW, ZONE)


minutes = st.none() | st.integers(-300, 300)


@given(minutes, minutes, st.sampled_from(["high", "normal"]), minutes, minutes)
def test_every_pair_has_a_reason(
    due: int | None, other: int | None, priority: str, breach: int | None, wait: int | None
) -> None:
    instants = [None if one is None else at(one) for one in (due, other, breach, wait)]
    upper = Ticket("T-1", instants[0], "frt", breach_at=instants[2], priority=priority)
    lower = Ticket("T-2", instants[1], "frt", waiting_since=instants[3])
    assert why_above(upper, lower, NOW, ZONE, by_band=False).startswith("T-1 goes before T-2: ")
