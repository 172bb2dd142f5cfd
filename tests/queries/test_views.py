"""The views of the queue and the top line above them."""

from datetime import UTC, datetime, timedelta

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.query import parse
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS, page
from agentdesk.queries.views import BUILT_IN, View, counts, has_moved, late_and_next, views
from tests.queries.world import NOW, ZONE, build, meaning


def test_the_counts_are_what_the_queries_find(desk: Desk) -> None:
    world = build(desk)
    with desk.read() as read:
        counted = counts(read, BUILT_IN, ZONE)
    assert counted == {view.id: len(meaning(world, parse(view.query).condition)) for view in BUILT_IN}


def test_the_top_line_says_open_late_and_next(desk: Desk) -> None:
    world = build(desk)
    unsolved = [ticket for ticket in world.tickets if ticket.is_open]
    with desk.read() as read:
        pulse = late_and_next(read)
    assert pulse.open == len(unsolved)
    assert pulse.late == len([one for one in unsolved if one.due_at and one.due_at < NOW])
    assert pulse.next_due_at == min(one.due_at for one in unsolved if one.due_at and one.due_at >= NOW)


def test_an_empty_desk_has_nothing_next(sqlite_desk: Desk) -> None:
    with sqlite_desk.read() as read:
        pulse = late_and_next(read)
        assert (pulse.open, pulse.late, pulse.next_due_at) == (0, 0, None)
        assert counts(read, [], ZONE) == {}


def test_saved_views_follow_the_built_in_ones(sqlite_desk: Desk) -> None:
    with sqlite_desk.change() as change:
        shared = services.save_view(change, name="Taxes", query="tag:vat", shared=True)
    with sqlite_desk.read() as read:
        listed = views(read)
    assert listed[: len(BUILT_IN)] == list(BUILT_IN)
    assert listed[-1] == View(
        f"view-{shared.id}", "Taxes", "tag:vat", is_saved=True, is_shared=True, version=shared.version
    )
    assert listed[-1].number == shared.id


def test_a_view_that_no_longer_reads_is_left_out_of_the_counts(sqlite_desk: Desk) -> None:
    broken = View("view-1", "Gone", "assignee:somebody-else", is_saved=True)
    with sqlite_desk.read() as read:
        assert counts(read, [broken, BUILT_IN[-1]], ZONE) == {"open": 0}


def test_the_next_promise_is_exact_to_the_second(sqlite_desk: Desk) -> None:
    due = datetime(2026, 3, 3, 9, 0, 7, tzinfo=UTC)
    with sqlite_desk.change() as change:
        services.create_ticket(change, subject="a", due_at=due)
        services.create_ticket(change, subject="b", due_at=due + timedelta(days=1))
    with sqlite_desk.read() as read:
        assert late_and_next(read).next_due_at == due


def test_breaching_shows_what_is_breached_then_critical_then_at_risk(desk: Desk) -> None:
    view = next(one for one in BUILT_IN if one.name == "Breaching")
    with desk.change() as change:
        for subject, minutes in (
            ("at risk", 200),
            ("breached", -5),
            ("calm", 241),
            ("critical", 15),
            ("late", -90),
        ):
            services.create_ticket(change, subject=subject, due_at=NOW + timedelta(minutes=minutes))
    with desk.read() as read:
        listed = page(read, compile_query(read, view.query, ZONE).where, SORTS[view.sort])
        assert [one.subject for one in listed] == ["late", "breached", "critical", "at risk"]
        assert counts(read, [view], ZONE) == {"breaching": 4}
        assert late_and_next(read).late == 2


def test_time_alone_is_seen_to_move_a_ticket(desk: Desk, clock: FixedClock) -> None:
    due = NOW + timedelta(hours=5)
    with desk.change() as change:
        services.create_ticket(change, subject="a", due_at=due)
    at_risk, critical = due - timedelta(hours=4), due - timedelta(minutes=15)
    second = timedelta(seconds=1)
    for since, now, moved in (
        (NOW, at_risk - second, False),
        (at_risk - second, at_risk, True),
        (at_risk, critical - second, False),
        (critical - second, critical, True),
        (critical, due - second, False),
        (due - second, due + second, True),
        (due + second, due + timedelta(days=9), False),
    ):
        clock.instant = now
        with desk.read() as read:
            assert has_moved(read, since) is moved, (since, now)
