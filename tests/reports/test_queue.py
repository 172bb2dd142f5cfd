from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentdesk.domain.flow import Flow, TicketPeriod, count_flow, count_flow_by_queue
from agentdesk.domain.vocabulary import UNSOLVED, Priority, Status
from agentdesk.queries.queue_report import OpenTicket, QueueFacts, QueueFlow
from agentdesk.reports.document import Document, Kind, Table
from agentdesk.reports.queue import build
from agentdesk.reports.renderers import RENDERERS
from agentdesk.reports.renderers.base import RenderOptions
from tests.reports.golden_files import assert_golden
from tests.reports.sample_facts import AS_OF, DAY, MONDAY, dated, empty_desk, monday_morning

NASTY = st.text(max_size=30) | st.sampled_from(
    ["\x1b[31mred", "=1+1", "a|b", "\u202egnp.exe", "田中" * 20, "x" * 90]
)


@st.composite
def tickets(draw: st.DrawFn, number: int) -> OpenTicket:
    status = draw(st.sampled_from(UNSOLVED))
    age = draw(st.timedeltas(timedelta(), timedelta(days=90)))
    return OpenTicket(
        id=number + 1,
        subject=draw(NASTY),
        status=status,
        priority=draw(st.sampled_from(Priority)),
        queue=draw(st.sampled_from(["Billing", "Orders", "倉庫"])),
        assignee=draw(st.none() | st.sampled_from(["ana", "ben"])),
        customer=draw(NASTY),
        customer_ref="C-1",
        created_at=AS_OF - age,
        last_reply_at=draw(st.none() | st.just(AS_OF - age / 2)),
        on_hold_since=AS_OF - age if status is Status.ON_HOLD else None,
        waiting_for=draw(NASTY),
        is_breached=draw(st.booleans()),
    )


@st.composite
def periods(draw: st.DrawFn) -> TicketPeriod:
    existed = draw(st.booleans())
    was_open = existed and draw(st.booleans())
    reopened = existed and not was_open and draw(st.booleans())
    is_present = was_open or reopened or not existed
    is_open = is_present and draw(st.booleans())
    return TicketPeriod(
        existed_at_start=existed,
        was_open_at_start=was_open,
        created_in_period=not existed,
        reopened_in_period=reopened,
        is_open_at_end=is_open,
        is_gone_at_end=is_present and not is_open and draw(st.booleans()),
    )


@st.composite
def any_facts(draw: st.DrawFn) -> QueueFacts:
    sample = monday_morning()
    names = st.sampled_from(["Billing", "Orders", "倉庫"])
    moves = draw(st.lists(st.tuples(names, names, periods()), max_size=30))
    queues = count_flow_by_queue(moves)
    size = draw(st.integers(0, 15))
    return replace(
        sample,
        period=replace(sample.period, flow=count_flow(period for _, _, period in moves)),
        queues=tuple(QueueFlow(name, flow) for name, flow in queues.items()),
        backlog=tuple(draw(tickets(number)) for number in range(size)),
        has_policies=draw(st.booleans()),
        notes=tuple(draw(st.lists(NASTY, max_size=2))),
    )


def table(document: Document, name: str) -> Table:
    found = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    return next(block for block in found if block.name == name)


def text_of(facts: QueueFacts) -> str:
    return RENDERERS["text"].render(build(facts), RenderOptions())


@given(any_facts())
@settings(max_examples=60, deadline=None)
def test_every_total_row_is_the_sum_of_its_rows(facts):
    for section in build(facts).sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.total:
                for place, column in enumerate(block.columns):
                    if column.kind in {Kind.COUNT, Kind.CHANGE}:
                        assert block.total[place] == sum(row[place] or 0 for row in block.rows), (
                            block.name,
                            column,
                        )


@given(any_facts())
@settings(max_examples=60, deadline=None)
def test_flow_queues_and_backlog_reconcile_in_the_json(facts):
    data = build(facts).data
    flow, backlog = data["flow"], data["backlog"]

    assert (
        flow["opening"] + flow["created"] + flow["reopened"] - flow["solved"] - flow["merged"]
        == flow["closing"]
    )
    for count in ("opening", "created", "solved", "closing"):
        assert sum(queue[count] for queue in data["queues"]) == flow[count]
    for parts in (backlog["by_status"].values(), backlog["by_priority"].values()):
        assert sum(parts) == backlog["total"]
    assert sum(bucket["count"] for bucket in backlog["ageing"]) == backlog["total"]


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_workload_of_all_agents_and_of_nobody_is_the_backlog(facts):
    if facts.backlog:
        total = table(build(facts), "agents").total
        assert total is not None
        assert sum(total[1:4]) == len(facts.backlog)


@given(any_facts(), st.integers(60, 140), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_line_of_the_page_is_wider_than_asked_and_none_holds_a_control_character(facts, width, is_ascii):
    from agentdesk.domain.safe_text import cells

    page = RENDERERS["text"].render(build(facts), RenderOptions(width=width, ascii=is_ascii))

    assert max(map(cells, page.split("\n"))) <= width
    assert not any(ord(letter) < 32 and letter != "\n" for letter in page)
    assert page.isascii() or not is_ascii


@pytest.mark.parametrize(
    ("name", "format_name", "options"),
    [
        ("queue.txt", "text", RenderOptions()),
        ("queue-60-ascii.txt", "text", RenderOptions(width=60, ascii=True)),
        ("queue.md", "md", RenderOptions()),
        ("queue.csv", "csv", RenderOptions()),
        ("queue.json", "json", RenderOptions()),
    ],
)
def test_the_daily_page_is_as_it_was_approved(name, format_name, options):
    assert_golden(name, RENDERERS[format_name].render(build(monday_morning()), options))


def test_an_empty_desk_has_a_page_too():
    assert_golden("queue-empty.txt", RENDERERS["text"].render(build(empty_desk()), RenderOptions()))


def test_a_redacted_page_names_no_customer_and_quotes_none():
    facts = monday_morning()
    page = RENDERERS["text"].render(build(facts, redact=True), RenderOptions(width=200))

    assert not [one.customer for one in facts.backlog if one.customer in page]
    assert not [one.subject for one in facts.backlog if one.subject in page]
    assert not [one.reason for one in facts.quality.reopened if one.reason in page]
    assert "C-145" in page
    assert "Nordwind Ltd" in RENDERERS["text"].render(build(facts), RenderOptions(width=200))


def test_the_headline_says_what_is_open_late_next_and_unowned():
    assert build(monday_morning()).headline.text == (
        "46 open, up 6 since the start of Mon 2 Mar. 3 promises overdue, 5 due before 13:00. "
        "2 urgent or high without an owner. 1 escalation not answered."
    )


def test_without_a_policy_nothing_is_called_on_time():
    document = build(replace(monday_morning(), has_policies=False, promises=(), clocks=()))

    page = RENDERERS["text"].render(document, RenderOptions(width=140))

    assert "Nothing promised is due before 13:00." in document.headline.text
    assert "overdue" not in document.headline.text
    assert page.count("No SLA policy is set up") == 1
    assert document.data["sla"] == []


def test_overdue_promises_are_listed_most_overdue_first_and_the_rest_is_counted():
    facts = monday_morning()
    late = tuple(replace(facts.promises[0], ticket_id=n, late_by=timedelta(minutes=n)) for n in range(1, 38))
    overdue = table(build(replace(facts, promises=late)), "overdue")

    assert len(overdue.rows) == 10
    assert all(above[2] > below[2] for above, below in pairwise(overdue.rows))
    assert overdue.left_out_note
    assert overdue.left_out_note.whole == (
        "27 more of 37 not shown: agentdesk ticket list 'is:open is:breached' --as-of 2026-03-03T08:30Z"
    )


def test_sums_that_do_not_hold_are_said_and_not_hidden():
    facts = monday_morning()
    broken = replace(facts, period=replace(facts.period, flow=replace(facts.period.flow, closing=48)))

    off_by_one = replace(facts, period=replace(facts.period, flow=replace(facts.period.flow, closing=47)))

    assert "The flow does not add up: 2 tickets unexplained." in build(broken).data["notes"]
    assert "The flow does not add up: 1 ticket unexplained." in build(off_by_one).data["notes"]


def test_one_queue_alone_shows_what_moved_in_and_out():
    facts = monday_morning()
    one = replace(
        facts,
        scope=replace(facts.scope, queue="Billing"),
        period=replace(facts.period, flow=Flow(opening=13, created=6, reopened=1, solved=6, closing=13)),
    )
    flow = table(build(one), "flow")
    moved = [column.title for column in flow.columns].index("moved")

    assert flow.rows[0][moved] == -1
    assert build(one).data["notes"] == build(facts).data["notes"]


def test_the_json_has_exactly_the_keys_scripts_were_promised():
    data = build(monday_morning()).data

    assert list(data) == ["report", "as_of", "period", "flow", "backlog", "sla", "queues", "agents", "notes"]
    assert list(data["flow"]) == [
        "opening",
        "created",
        "reopened",
        "solved",
        "merged",
        "closing",
        "clearance",
    ]
    assert list(data["backlog"]) == ["total", "unassigned", "by_status", "by_priority", "ageing"]
    assert list(data["backlog"]["by_status"]) == [status.value for status in Status]
    assert list(data["backlog"]["by_priority"]) == [priority.value for priority in Priority]
    assert [bucket["bucket"] for bucket in data["backlog"]["ageing"]][-1] == "[30,inf)"
    assert data["as_of"] == "2026-03-03T08:30:00+00:00"
    assert data["flow"]["clearance"] == 0.786


def test_m14_attainment_of_all_first_replies_is_in_the_json_with_and_without_open_breaches():
    frt = next(
        r for r in build(monday_morning()).data["sla"] if (r["metric"], r["priority"]) == ("frt", "all")
    )

    assert (frt["completed"], frt["met"], frt["breached"]) == (50, 46, 4)
    assert (frt["attainment"], frt["attainment_with_open"]) == (0.92, 0.868)


def test_few_solves_are_not_judged():
    facts = monday_morning()
    few = replace(facts, quality=replace(facts.quality, solved=4))

    assert "Shares of n=4: too few to judge." in RENDERERS["text"].render(build(few), RenderOptions())


def test_a_single_earlier_weekday_is_said_to_be_single():
    facts = monday_morning()
    page = RENDERERS["text"].render(
        build(replace(facts, same_weekdays=facts.same_weekdays[:1])), RenderOptions()
    )

    assert "Mon median: only 1 before" in page


def test_the_same_period_is_not_compared_twice():
    facts = monday_morning()
    document = build(replace(facts, previous=facts.week_before, same_weekdays=()))

    assert [row[0] for row in table(document, "flow").rows] == ["Mon 2 Mar", "Mon 23 Feb"]


def test_a_backlog_without_solves_has_no_days():
    facts = replace(monday_morning(), daily_solves=(0, 0, 0))

    assert "nothing was solved in the last 3 working days" in RENDERERS["text"].render(
        build(facts), RenderOptions()
    )


def test_a_ticket_on_hold_for_five_days_is_not_yet_long_on_hold():
    facts = monday_morning()
    held = replace(
        facts.backlog[0], status=Status.ON_HOLD, waiting_for="carrier", on_hold_since=AS_OF - 5 * DAY
    )
    longer = replace(held, on_hold_since=AS_OF - 5 * DAY - timedelta(minutes=1))

    assert "Nothing has been on hold for more than 5 days." in RENDERERS["text"].render(
        build(replace(facts, backlog=(held,))), RenderOptions()
    )
    assert table(build(replace(facts, backlog=(longer,))), "on_hold").rows[0][:2] == ("carrier", 1)


def test_the_page_leads_from_the_closing_of_the_period_to_what_is_open_now():
    facts = monday_morning()
    assert "Open at the as-of instant" not in RENDERERS["text"].render(build(facts), RenderOptions())
    later = replace(facts, backlog=facts.backlog[:-2])
    page = " ".join(RENDERERS["text"].render(build(later), RenderOptions()).split())
    assert "Open at the as-of instant: 44, 2 fewer than at the closing of Mon 2 Mar." in page


def test_the_bridge_names_from_when_to_when_and_what_moved():
    facts = monday_morning()
    # As many open as before is not nothing done.
    since = replace(dated(MONDAY + DAY, 46, 5, 1, 6, 0, 46), end=AS_OF)
    page = " ".join(text_of(replace(facts, since=since)).split())

    assert "46, as many as at the closing of Mon 2 Mar. From Tue 3 Mar 00:00 to Tue 3 Mar 08:30: " in page
    assert "08:30: 5 created, 1 reopened, 6 solved." in page


def test_a_report_after_a_weekend_says_why_it_is_about_friday():
    facts = monday_morning()
    sunday = replace(facts, period=dated(MONDAY - 3 * DAY, 36, 22, 1, 19, 0, 40), as_of=AS_OF - 2 * DAY)
    explicit = replace(facts, period=dated(MONDAY - 4 * DAY), as_of=AS_OF - 2 * DAY)

    assert "period Fri 2026-02-27 (last working day)" in text_of(sunday)
    assert "last working day)" not in text_of(facts)
    assert "last working day)" not in text_of(explicit)


@pytest.mark.parametrize("width", [60, 72, 80, 140])
def test_the_flow_has_the_same_words_at_every_width_and_in_every_scope(width):
    facts = monday_morning()
    one = replace(
        facts,
        scope=replace(facts.scope, queue="Billing"),
        period=replace(facts.period, flow=Flow(opening=13, created=6, reopened=1, solved=6, closing=13)),
    )
    for some in (facts, one):
        page = RENDERERS["text"].render(build(some), RenderOptions(width=width))
        flow = page.partition("1 FLOW")[2].partition("2 NEEDS")[0]
        assert not {"open", "new", "back", "close"} & set(flow.split())
        assert {"opening", "created", "reopened", "closing"} <= set(flow.split())


def test_solved_tickets_without_messages_tell_nothing_of_one_touch():
    facts = monday_morning()
    imported = replace(facts.quality, solved=439, one_touch=0, zero_reply=0, silent=439)
    row = table(build(replace(facts, quality=imported)), "quality").rows[0]
    partly = replace(facts.quality, one_touch=10, silent=2)

    assert row[:4] == (439, None, None, None)
    assert (
        "439 of 439 solved tickets have no messages; one-touch and first reply cannot be known."
        in build(replace(facts, quality=imported)).data["notes"]
    )
    assert table(build(replace(facts, quality=partly)), "quality").rows[0][2] == Fraction(1, 2)
    assert (
        "2 of 22 solved tickets have no messages; one-touch and first reply of them cannot be known."
        in build(replace(facts, quality=partly)).data["notes"]
    )


def test_breaches_cleared_by_retarget_are_counted_even_where_there_are_none():
    facts = monday_morning()
    none = replace(facts, clocks=tuple(replace(one, cleared=0, by_solving=0) for one in facts.clocks))

    assert "Breaches cleared by retarget: 1, counted as breached." in text_of(facts)
    assert "Breaches cleared by retarget: 0." in text_of(none)
    assert "Completed by solving, without a reply: next reply 3." in text_of(facts)
    assert "Completed by solving" not in text_of(none)
