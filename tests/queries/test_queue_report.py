"""The daily report reconciles between any instants, and says of a past instant what it said at it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.flow import Flow, FlowState, count_flow, count_flow_by_queue, read_history
from agentdesk.domain.periods import Period
from agentdesk.domain.vocabulary import UNSOLVED, Priority
from agentdesk.queries.queue_facts import queue_facts
from agentdesk.queries.queue_report import QueueFacts
from agentdesk.queries.queue_work import first_matter
from agentdesk.reports.renderers import RENDERERS
from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.run import run_report
from tests.conftest import open_desk
from tests.queries.past_driver import STEPS, do, drive, rows, seed

ZONE = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FIRST = 1001
"""The id of the first ticket of a desk."""
NAMES = {1: "Support", 2: "Billing", None: "no queue"}


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at Monday morning."""
    return FixedClock(MONDAY + 9 * HOUR)


def facts_of(desk: Desk, as_of: datetime, **options) -> QueueFacts:
    with desk.read() as read:
        return queue_facts(read, zone=ZONE, as_of=as_of, **options)


def pages(desk: Desk, as_of: datetime) -> dict[str, str]:
    with desk.read() as read:
        document = run_report(read, "queue", zone=ZONE, as_of=as_of, store="desk.db")
    return {name: renderer.render(document, RenderOptions()) for name, renderer in RENDERERS.items()}


def state(row: dict) -> FlowState:
    if row["status"] in UNSOLVED:
        return FlowState.OPEN
    return FlowState.GONE if row["is_spam"] or row["merged_into_id"] is not None else FlowState.DONE


def at(seen: dict, instant: datetime) -> dict[int, dict]:
    """What the last snapshot up to an instant showed."""
    before = [one for one in seen if one <= instant]
    return seen[max(before)]["ticket"] if before else {}


def expected_flow(seen: dict, period: Period) -> tuple[Flow, dict[str, Flow]]:
    """The flow by the definitions of the domain, from what was true after each step."""
    tickets = {ticket for one in seen.values() for ticket in one["ticket"]}
    told = []
    for ticket in tickets:
        history, queues = [], {}
        for instant in sorted(seen):
            row = seen[instant]["ticket"].get(ticket)
            if row is not None or history:
                history.append((instant, state(row) if row else FlowState.GONE))
                queues[instant] = row["queue_id"] if row else queues[max(queues)]
        period_of_ticket = read_history(history, period.start, period.end)
        began = [instant for instant in queues if instant < period.start] or list(queues)[:1]
        ended = [instant for instant in queues if instant < period.end] or list(queues)[:1]
        names = NAMES[queues[max(began)]], NAMES[queues[max(ended)]]
        told.append((*names, period_of_ticket))
    by_queue = {name: flow for name, flow in count_flow_by_queue(told).items() if flow != Flow()}
    return count_flow(one for _, _, one in told), by_queue


def check_flows(desk: Desk, clock: FixedClock, steps: list[tuple[str, int, int]]) -> None:
    seed(desk)
    # What comes and goes within one instant was never seen at any.
    seen = drive(desk, clock, [(name, which, max(hours, 1)) for name, which, hours in steps])
    instants = sorted(seen)
    middle = instants[len(instants) // 2]
    bounds = [instants[0] - HOUR, instants[len(instants) // 3], middle, instants[-1] + HOUR]
    for start in bounds:
        for end in bounds:
            if start >= end:
                continue
            period = Period(start, end)
            facts = facts_of(desk, clock.instant + HOUR, period=period)
            flow, queues = expected_flow(seen, period)
            assert facts.period.flow == flow, period
            assert {one.queue: one.flow for one in facts.queues} == queues
            assert facts.period.flow.moved == 0
            assert facts.since
            assert (facts.since.flow.opening, facts.since.flow.closing) == (flow.closing, len(facts.backlog))
            assert sum((one.flow for one in facts.queues), Flow()) == flow
            for name, one in queues.items():
                if name != NAMES[None]:
                    assert facts_of(desk, clock.instant + HOUR, period=period, queue=name).period.flow == one
    for instant in instants:
        backlog = (
            facts_of(desk, instant, period=Period(bounds[0], instant)).backlog if instant > bounds[0] else ()
        )
        then = {key: row for key, row in at(seen, instant).items() if state(row) is FlowState.OPEN}
        assert [one.id for one in backlog] == sorted(then)
        assert {one.id: (one.status, one.queue) for one in backlog} == {
            key: (row["status"], NAMES[row["queue_id"]]) for key, row in then.items()
        }


class TestAnyHistory:
    @given(steps=STEPS)
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_the_flow_between_any_two_instants_is_that_of_the_states_seen_at_them(
        self, tmp_path_factory, steps: list[tuple[str, int, int]]
    ):
        clock = FixedClock(MONDAY + 9 * HOUR)
        desk = open_desk(str(tmp_path_factory.mktemp("flow") / "desk.db"), clock)
        try:
            check_flows(desk, clock, steps)
        finally:
            desk.close()

    @given(steps=STEPS, later=STEPS)
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_report_of_the_past_is_the_same_in_every_format_after_more_work(
        self, tmp_path_factory, steps: list[tuple[str, int, int]], later: list[tuple[str, int, int]]
    ):
        clock = FixedClock(MONDAY + 9 * HOUR)
        desk = open_desk(str(tmp_path_factory.mktemp("pages") / "desk.db"), clock)
        try:
            seed(desk)
            for step in steps:
                do(desk, clock, step)
            then = clock.instant
            said = pages(desk, then)
            clock.instant += timedelta(minutes=1)
            for step in later:
                do(desk, clock, step)
            assert pages(desk, then) == said
        finally:
            desk.close()

    def test_both_databases_reconcile_and_keep_what_they_said(self, desk: Desk, clock: FixedClock):
        names = [
            "create",
            "create_quiet",
            "assign",
            "escalate",
            "reply_wait",
            "move",
            "create",
            "undo",
            "redo",
        ]
        names += [
            "reply_solve",
            "reopen",
            "solve",
            "edit",
            "undo",
            "redo",
            "receive",
            "close",
            "hold",
            "rename",
        ]
        steps = [(name, place % 3, 5) for place, name in enumerate(names)]
        check_flows(desk, clock, steps)
        then = clock.instant
        said = pages(desk, then)
        clock.instant += HOUR
        for step in steps:
            do(desk, clock, step)
        assert pages(desk, then) == said


class TestFacts:
    def test_a_desk_without_tickets_says_so_and_compares_with_nothing(self, desk: Desk):
        facts = facts_of(desk, MONDAY + 33 * HOUR)

        assert facts.period.start == MONDAY
        assert facts.period.flow == Flow()
        assert (facts.previous, facts.week_before, facts.same_weekdays, facts.daily_solves) == (
            None,
            None,
            (),
            (),
        )

    def test_promises_to_customers_are_overdue_by_the_clock(self, desk: Desk, clock: FixedClock):
        with desk.change() as change:
            for hours, priority in ((1, "urgent"), (5, "low"), (30, "normal")):
                services.create_ticket(
                    change, subject=f"In {hours}", priority=priority, due_at=change.at + hours * HOUR
                )
        facts = facts_of(desk, clock.instant + 2 * HOUR)

        assert [(one.ticket_id, one.priority, one.late_by) for one in facts.promises] == [
            (FIRST, Priority.URGENT, HOUR),
            (FIRST + 1, Priority.LOW, None),
        ]
        assert [one.is_breached for one in facts.backlog] == [True, False, False]
        assert not facts.has_policies
        assert facts.clocks == ()

    def test_a_solve_counts_for_the_agent_and_a_reopening_for_the_one_who_had_solved(
        self, desk: Desk, clock: FixedClock
    ):
        seed(desk)
        with desk.change() as change:
            for place in range(3):
                services.create_ticket(change, subject=f"No {place}", customer_id=1, body="Help", queue_id=1)
        with desk.change() as change:
            for ticket in (FIRST, FIRST + 1, FIRST + 2):
                services.reply_to_ticket(change, ticket, "So.", then="solved")
        clock.instant += HOUR
        with desk.change() as change:
            services.receive_message(change, FIRST + 1, "\n Still broken \nand more")
        with desk.change() as change:
            services.solve_ticket(change, FIRST + 1)
            services.reopen_ticket(change, FIRST + 2, reason="wrong ticket")
        clock.instant += DAY
        facts = facts_of(desk, clock.instant)

        assert facts.period.flow == Flow(created=3, solved=2, closing=1)
        assert [(one.agent, one.solved, one.reopened) for one in facts.agents] == [("ana", 2, 2)]
        assert (facts.quality.solved, facts.quality.one_touch, facts.quality.reopen_events) == (2, 1, 2)
        assert [
            (one.ticket_id, one.solved_by, one.customer, one.reason) for one in facts.quality.reopened
        ] == [
            (FIRST + 1, "ana", "Dana Kim", "Still broken"),
            (FIRST + 2, "ana", "Dana Kim", "wrong ticket"),
        ]

    def test_what_was_solved_without_any_message_is_silent(self, desk: Desk, clock: FixedClock):
        with desk.change() as change:
            services.create_ticket(change, subject="By phone")
            services.create_ticket(change, subject="By mail", body="Help")
        with desk.change() as change:
            services.solve_ticket(change, FIRST)
            services.reply_to_ticket(change, FIRST + 1, "So.", then="solved")
        quality = facts_of(desk, clock.instant, period=Period(MONDAY, MONDAY + DAY)).quality

        assert (quality.solved, quality.silent, quality.one_touch, quality.zero_reply) == (2, 1, 1, 0)

    def test_a_saturday_is_between_friday_and_sunday(self, desk: Desk, clock: FixedClock):
        clock.instant = MONDAY + 5 * DAY + 10 * HOUR
        with desk.change() as change:
            services.create_ticket(change, subject="On Saturday")
        clock.instant += DAY
        facts = facts_of(desk, clock.instant)

        assert facts.period.start == MONDAY + 4 * DAY
        assert facts.since
        assert (facts.since.start, facts.since.end) == (MONDAY + 5 * DAY, clock.instant)
        assert facts.since.flow == Flow(created=1, closing=1)

    def test_undoing_a_solve_takes_it_out_of_the_flow_from_then_on(self, desk: Desk, clock: FixedClock):
        with desk.change() as change:
            services.create_ticket(change, subject="One", queue_id=1)
        with desk.change() as change:
            services.solve_ticket(change, FIRST)
        solved = clock.instant
        clock.instant += HOUR
        with desk.change() as change:
            services.undo_change(change)
        monday = Period(MONDAY, MONDAY + DAY)

        assert facts_of(desk, solved, period=monday).period.flow == Flow(created=1, solved=1)
        after = facts_of(desk, clock.instant, period=monday)
        assert after.period.flow == Flow(created=1, closing=1)
        assert after.quality.reopen_events == 0

    def test_an_escalation_waits_until_it_is_answered(self, desk: Desk, clock: FixedClock):
        with desk.change() as change:
            services.create_ticket(change, subject="One", queue_id=2)
            services.escalate_ticket(
                change,
                FIRST,
                kind="hierarchical",
                reason_code="commercial_decision",
                ask="May I?",
                to_agent_id=4,
            )
        asked = clock.instant
        clock.instant += HOUR
        with desk.change() as change:
            services.accept_escalation(change, 1)

        waiting = facts_of(desk, asked).escalations
        assert [(one.ticket_id, one.asked_by, one.asked_of, one.since) for one in waiting] == [
            (FIRST, "ana", "lea", asked)
        ]
        assert facts_of(desk, asked, queue="Support").escalations == ()
        assert facts_of(desk, clock.instant).escalations == ()

    def test_days_on_hold_count_from_the_last_move_to_on_hold(self, desk: Desk, clock: FixedClock):
        with desk.change() as change:
            services.create_ticket(change, subject="One")
        for hours in (1, 2):
            clock.instant += hours * HOUR
            with desk.change() as change:
                services.set_status(change, FIRST, "on_hold", waiting_for="carrier")
            held = clock.instant
            clock.instant += HOUR
            with desk.change() as change:
                services.wake_ticket(change, FIRST)
        clock.instant = held + HOUR / 2
        [ticket] = facts_of(desk, clock.instant).backlog

        assert (ticket.on_hold_since, ticket.waiting_for) == (held, "carrier")

    def test_a_period_that_lasts_until_after_the_instant_is_said_not_to_be_over(
        self, desk: Desk, clock: FixedClock
    ):
        facts = facts_of(desk, clock.instant, period=Period(MONDAY, MONDAY + DAY))

        assert "The period is not over yet." in facts.notes

    def test_a_period_after_the_instant_and_an_unknown_queue_are_refused(self, desk: Desk, clock: FixedClock):
        with pytest.raises(InvalidValueError, match="It begins after the as-of instant"):
            facts_of(desk, clock.instant, period=Period(clock.instant + HOUR, clock.instant + DAY))
        with pytest.raises(NotFoundError, match="Billing"):
            facts_of(desk, clock.instant, queue="Biling")

    def test_the_days_beside_it_are_those_of_the_calendar(self, desk: Desk, clock: FixedClock):
        start = clock.instant
        for days in range(35):
            clock.instant = start + days * DAY
            with desk.change() as change:
                ticket = services.create_ticket(change, subject=f"Day {days}")
                services.solve_ticket(change, ticket.id)
        facts = facts_of(desk, start + 34 * DAY)

        assert facts.period.start == datetime(2026, 4, 2, 23, tzinfo=UTC)  # Friday, by then in summer time
        assert facts.previous is not None
        assert facts.previous.start == datetime(2026, 4, 1, 23, tzinfo=UTC)
        assert [one.start.day for one in facts.same_weekdays] == [27, 20, 13, 6]
        assert facts.daily_solves == (1,) * 10
        assert facts.same_weekdays[0].flow == replace(Flow(), created=1, solved=1)
        assert len(rows(desk, "ticket")) == 35


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Hello,\n\nthe parcel is still missing.", "the parcel is still missing."),
        ("Sehr geehrte Frau Braun,\ndie Tasse fehlt.", "die Tasse fehlt."),
        ("Bonjour Zoé\n\nLa machine fuit.\nMerci", "La machine fuit."),
        ("It broke again.\nRegards", "It broke again."),
        ("Where is it?\nJo", "Where is it?"),
        ("> you wrote\nStill broken", "Still broken"),
        ("Still broken", "Still broken"),
        ("Still broken\nand more", "Still broken"),
        ("Hello,", ""),
        ("", ""),
        ("The new invoice has the same mistake\nas the old one", "The new invoice has the same mistake"),
    ],
)
def test_a_reason_is_about_the_matter_and_no_salutation(text: str, matter: str) -> None:
    assert first_matter(text) == matter
