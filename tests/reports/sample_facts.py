"""A believable Monday of a support team, by hand: flow as in golden M10, first replies as in M14."""

from datetime import UTC, datetime, timedelta

from agentdesk.domain.flow import Flow
from agentdesk.domain.vocabulary import Priority, Status
from agentdesk.queries.queue_report import (
    AgentDay,
    ClockResults,
    DatedFlow,
    OpenTicket,
    Promise,
    Quality,
    QueueFacts,
    QueueFlow,
    ReopenedTicket,
    ReportScope,
    WaitingEscalation,
)

AS_OF = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
U, H, N, L = Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW

CUSTOMERS = (
    "Nordwind Ltd",
    "M. Okafor",
    "Keller & Sons",
    "L. Haddad",
    "Jón Þórsson",
    "田中商店",
    "Acme GmbH",
)
SUBJECTS = (
    "Invoice shows the wrong VAT number",
    "Cannot sign in since this morning",
    "Parcel arrived without the charger",
    "Change of delivery address",
    "Refund has not arrived after 14 days",
)


def dated(start: datetime, *counts: int) -> DatedFlow:
    return DatedFlow(start, start + DAY, Flow(*counts))


def _backlog() -> tuple[OpenTicket, ...]:
    ages = [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 0.95, 0.96, 0.97, 0.98] + [1 + n / 6 for n in range(11)]
    ages += [3 + n / 3 for n in range(10)] + [7 + n for n in range(7)] + [14, 21.5, 26, 29.5] + [33, 47.2]
    statuses = [Status.NEW] * 6 + [Status.OPEN] * 24 + [Status.PENDING] * 10 + [Status.ON_HOLD] * 6
    owners = ("ana", "ben", "chloé", "dmitri")
    tickets = []
    for place, age in enumerate(ages):
        status = statuses[(place * 7) % len(ages)]
        created = AS_OF - timedelta(days=age)
        tickets.append(
            OpenTicket(
                id=1060 - place * 3,
                subject=SUBJECTS[place % len(SUBJECTS)],
                status=status,
                priority=(U if place in {2, 5} else H)
                if place % 6 == 2 or place == 5
                else (L if place % 5 == 4 else N),
                queue=("Billing", "Orders", "Technical")[place % 3],
                assignee=None if place in {2, 5} else owners[place % 4],
                customer=CUSTOMERS[place % len(CUSTOMERS)],
                customer_ref=f"C-{100 + place}",
                created_at=created,
                last_reply_at=None if status is Status.NEW else created + timedelta(days=age / 2),
                wake_at=AS_OF + DAY if status is Status.PENDING and place % 3 else None,
                on_hold_since=created + timedelta(hours=5) if status is Status.ON_HOLD else None,
                waiting_for=("carrier", "payment provider")[place % 2] if status is Status.ON_HOLD else "",
                is_breached=place in {2, 5, 24},
                has_category=place != 9,
            )
        )
    return tuple(tickets)


def _clocks() -> tuple[ClockResults, ...]:
    return (
        ClockResults("frt", N, 30, 1, 1, (*range(20, 80, 2), 240), 1004),
        ClockResults("frt", U, 3, 1, 1, (20, 25, 25, 102), 1017, cleared=1),
        ClockResults("frt", H, 9, 2, 1, (*range(15, 60, 5), 130, 240), 1022),
        ClockResults("frt", L, 4, 0, 0, (53, 90, 120, 300), 1009),
        ClockResults("nrt", N, 17, 2, 0, (*range(10, 95, 5), 190, 205), 998, by_solving=3),
        ClockResults("nrt", U, 2, 0, 0, (12, 31), 1017),
    )


def monday_morning() -> QueueFacts:
    """The report at half past eight on Tuesday about Monday."""

    def promise(  # noqa: PLR0917  a row of the table below
        ticket: int, metric: str, priority: Priority, owner: str | None, who: int, due: int, late: int | None
    ):
        return Promise(
            ticket,
            metric,
            priority,
            owner,
            CUSTOMERS[who],
            f"C-{who}",
            AS_OF + timedelta(minutes=due),
            None if late is None else timedelta(minutes=late),
        )

    return QueueFacts(
        scope=ReportScope("Support", None, "UK", "Europe/London", "desk.db", 1204, "0.1.0"),
        as_of=AS_OF,
        period=dated(MONDAY, 40, 25, 3, 22, 0, 46),
        previous=dated(MONDAY - 3 * DAY, 36, 22, 1, 19, 0, 40),
        week_before=dated(MONDAY - 7 * DAY, 41, 24, 2, 26, 1, 40),
        same_weekdays=(
            dated(MONDAY - 7 * DAY, 41, 24, 2, 26, 1, 40),
            dated(MONDAY - 14 * DAY, 37, 21, 2, 23, 0, 37),
            dated(MONDAY - 21 * DAY, 38, 19, 3, 22, 0, 38),
            dated(MONDAY - 28 * DAY, 35, 21, 1, 23, 0, 34),
        ),
        queues=(
            QueueFlow("Orders", Flow(15, 11, 2, 9, 0, 19)),
            QueueFlow("Billing", Flow(13, 6, 1, 6, 0, 13)),
            QueueFlow("Technical", Flow(12, 8, 0, 7, 0, 14)),
        ),
        backlog=_backlog(),
        has_policies=True,
        promises=(
            promise(1045, "frt", U, None, 0, -950, 42),
            promise(1054, "frt", H, None, 1, -920, 15),
            promise(988, "frt", N, "ben", 2, -1030, 130),
            promise(1050, "nrt", U, None, 3, 110, None),
            promise(1039, "frt", H, "chloé", 4, 130, None),
            promise(1027, "requester_wait", N, "ana", 5, 175, None),
            promise(1031, "nrt", N, "dmitri", 6, 200, None),
            promise(1012, "promised_update", L, "ana", 2, 235, None),
        ),
        due_until=AS_OF + timedelta(hours=4, minutes=30),
        escalations=(
            WaitingEscalation(
                1022, "manager", "customer_requested_manager", "ana", "ops", AS_OF - timedelta(hours=17)
            ),
        ),
        clocks=_clocks(),
        daily_solves=(22, 19, 25, 24, 23, 26, 21, 23, 25, 22),
        agents=(
            AgentDay("ana", 9, 1),
            AgentDay("ben", 6, 0, is_off=True),
            AgentDay("chloé", 4, 2),
            AgentDay("dmitri", 3, 0),
        ),
        quality=Quality(
            solved=22,
            one_touch=12,
            zero_reply=1,
            reopen_events=4,
            reopened=(
                ReopenedTicket(973, "ana", "Acme GmbH", "C-6", "The new invoice has the same mistake"),
                ReopenedTicket(981, "chloé", "L. Haddad", "C-3", "Still cannot sign in"),
                ReopenedTicket(964, "chloé", "Nordwind Ltd", "C-0", "The second parcel is missing too"),
            ),
        ),
        notes=("Import 12 of Mon 2 Mar added 20 tickets (contacts.csv).",),
    )


def empty_desk() -> QueueFacts:
    """A desk on its first morning: no ticket, no policy, no past."""
    return QueueFacts(
        scope=ReportScope("Support", None, "UK", "Europe/London", "desk.db", 0, "0.1.0"),
        as_of=AS_OF,
        period=dated(MONDAY),
        previous=None,
        week_before=None,
        same_weekdays=(),
        queues=(),
        backlog=(),
        has_policies=False,
        promises=(),
        due_until=AS_OF + timedelta(hours=4, minutes=30),
        escalations=(),
        clocks=(),
        daily_solves=(),
        agents=(),
        quality=Quality(solved=0, one_touch=0, zero_reply=0, reopen_events=0, reopened=()),
    )
