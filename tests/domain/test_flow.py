from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.flow import Flow, FlowState, TicketPeriod, count_flow, count_flow_by_queue, read_history
from agentdesk.domain.numbers import percent_text

NIGHT = datetime(2026, 3, 2, tzinfo=UTC)
START, END = NIGHT, NIGHT + timedelta(days=1)
OPEN, DONE, GONE = FlowState.OPEN, FlowState.DONE, FlowState.GONE

hours = st.integers(-30, 40)
histories = st.lists(st.tuples(hours, st.sampled_from(FlowState)), min_size=1, max_size=8).map(
    lambda changes: [
        (NIGHT + timedelta(hours=hour), state) for hour, state in sorted(changes, key=lambda c: c[0])
    ]
)


def at(hour: float, state: FlowState) -> tuple[datetime, FlowState]:
    return NIGHT + timedelta(hours=hour), state


def flow_of(*changes: tuple[datetime, FlowState]) -> Flow:
    return count_flow([read_history(changes, START, END)])


def state_before(history: list[tuple[datetime, FlowState]], instant: datetime) -> FlowState | None:
    return next((state for when, state in reversed(history) if when < instant), None)


@given(st.lists(histories, max_size=20))
def test_opening_and_what_came_less_what_left_is_closing_for_any_histories(tickets):
    flow = count_flow(read_history(history, START, END) for history in tickets)

    assert flow.opening == sum(state_before(history, START) is OPEN for history in tickets)
    assert flow.closing == sum(state_before(history, END) is OPEN for history in tickets)
    assert flow.opening + flow.created + flow.reopened - flow.solved - flow.merged == flow.closing
    assert flow.moved == 0


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC"), histories), max_size=20))
def test_queues_add_up_to_the_desk_whatever_moved_between_them(tickets):
    read = [(began, ended, read_history(history, START, END)) for began, ended, history in tickets]
    queues = count_flow_by_queue(read)

    assert sum(queues.values(), Flow()) == count_flow(ticket for _, _, ticket in read)
    assert sum(flow.moved for flow in queues.values()) == 0


@given(st.lists(histories, max_size=20))
def test_one_period_closes_with_what_the_next_one_opens_with(tickets):
    first = count_flow(read_history(history, START, END) for history in tickets)
    second = count_flow(read_history(history, END, END + timedelta(days=1)) for history in tickets)

    assert first.closing == second.opening


@given(histories)
def test_a_ticket_counts_as_solved_only_if_its_last_solve_fell_in_the_period(history):
    solves = [
        when
        for (_, before), (when, after) in zip([(None, None), *history], history, strict=False)
        if after is DONE and before in {OPEN, None}
    ]
    ended_done = state_before(history, END) is DONE
    flow = flow_of(*history)

    if flow.solved:
        assert ended_done
        assert any(START <= when < END for when, state in history if state is DONE)
    if ended_done and any(START <= when < END for when in solves):
        assert flow.solved == 1


def test_m10_flow_closes_at_46_and_clears_four_fifths():
    flow = Flow(opening=40, created=25, reopened=3, solved=22, merged=0, closing=46)

    assert flow.moved == 0
    assert flow.net == 6
    assert flow.clearance is not None
    assert percent_text(flow.clearance) == "78.6%"


def test_a_ticket_solved_and_reopened_on_one_day_has_not_moved():
    flow = flow_of(at(-5, OPEN), at(9, DONE), at(11, OPEN))

    assert flow == Flow(opening=1, closing=1)


def test_a_ticket_reopened_and_solved_again_counts_once_on_each_side():
    flow = flow_of(at(-9, OPEN), at(-5, DONE), at(9, OPEN), at(11, DONE), at(12, OPEN), at(13, DONE))

    assert flow == Flow(reopened=1, solved=1)


def test_a_ticket_created_and_solved_in_the_period_is_both():
    assert flow_of(at(9, OPEN), at(10, DONE)) == Flow(created=1, solved=1)


def test_a_merged_ticket_left_by_merging_and_not_by_solving():
    assert flow_of(at(-9, OPEN), at(10, GONE)) == Flow(opening=1, merged=1)


def test_spam_that_came_in_the_period_is_created_and_merged_away():
    assert flow_of(at(9, OPEN), at(10, GONE)) == Flow(created=1, merged=1)


def test_merging_a_solved_ticket_moves_nothing():
    assert flow_of(at(-9, OPEN), at(-8, DONE), at(10, GONE)) == Flow()


def test_a_change_at_the_first_instant_belongs_to_the_period_and_one_at_the_end_does_not():
    assert flow_of((START, OPEN)) == Flow(created=1, closing=1)
    assert flow_of((END, OPEN)) == Flow()


def test_clearance_is_undefined_where_nothing_came():
    assert Flow(opening=4, solved=4).clearance is None


def test_a_ticket_that_changed_queue_shows_as_moved_in_both():
    stayed_open = TicketPeriod(
        existed_at_start=True,
        was_open_at_start=True,
        created_in_period=False,
        reopened_in_period=False,
        is_open_at_end=True,
        is_gone_at_end=False,
    )
    queues = count_flow_by_queue([("Billing", "Orders", stayed_open)])

    assert queues["Billing"].moved == -1
    assert queues["Orders"].moved == 1
