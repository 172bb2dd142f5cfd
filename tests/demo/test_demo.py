"""The sample desk keeps the laws of a real one: its rows, its messages and its journal agree."""

import json
import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.demo.build import build_demo
from agentdesk.demo.material import phrases, scenarios, texts
from agentdesk.demo.story import TRIED
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import StoreError
from agentdesk.domain.flow import FlowState, count_flow, read_history
from agentdesk.domain.identity import normalise_email
from agentdesk.domain.macro import as_texts
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries.articles import articles
from agentdesk.queries.duplicates import find_duplicates
from agentdesk.queries.macros import macros
from agentdesk.queries.views import counts, views
from agentdesk.services import create_ticket
from agentdesk.settings import Settings
from agentdesk.store.reader import instant
from agentdesk.store.store import Store
from agentdesk.tick import tick
from tests.demo.sample import NOW, copied_to, sample_desk

TABLES = (
    "agent", "queue", "queue_member", "saved_view", "organization", "customer", "contact_point", "ticket",
    "message", "escalation", "interaction", "tag", "change", "journal", "macro", "kb_article", "intake_form",
)  # fmt: skip
UNSOLVED = ("new", "open", "pending", "on_hold")


@pytest.fixture(scope="module")
def built():
    path, summary = sample_desk()
    store = Store.open(str(path))
    yield store, summary
    store.close()


@pytest.fixture
def read(built):
    with built[0].read(NOW) as reader:
        yield reader


def _dump(store):
    with store.read(NOW) as reader:
        return {name: reader.tuples(f"SELECT * FROM {name}") for name in TABLES}


def _as_dicts(read, table):
    names = [row[1] for row in read.tuples(f"PRAGMA table_info({table})")]
    return [dict(zip(names, row, strict=True)) for row in read.tuples(f"SELECT * FROM {table} ORDER BY id")]


def _histories(read):
    """Journal rows of tickets, oldest first: (at, before, after, event)."""
    found = defaultdict(list)
    sql = "SELECT entity_id, at, before, after, event FROM journal WHERE entity = 'ticket' ORDER BY at, id"
    for ticket_id, at, before, after, event in read.tuples(sql):
        found[ticket_id].append(
            (instant(at), json.loads(before or "{}") or {}, json.loads(after or "{}") or {}, event)
        )
    return found


def test_the_same_seed_and_present_give_the_same_desk(built, tmp_path):
    again = Store.open(str(tmp_path / "again.db"))
    build_demo(again, seed=7, now=NOW, login="newcomer")
    try:
        first, second = _dump(built[0]), _dump(again)
        for name in TABLES:
            assert first[name] == second[name], name
    finally:
        again.close()


@pytest.mark.parametrize(
    ("seed", "now", "zone"),
    [
        pytest.param(1, "2026-03-01T03:10:00+00:00", "UTC", marks=pytest.mark.slow),
        (99, "2026-08-17T06:40:00+00:00", "Asia/Tokyo"),
    ],
)
def test_another_seed_and_hour_keep_the_numbers_in_range(tmp_path, seed, now, zone):
    store = Store.open(str(tmp_path / "other.db"))
    present = datetime.fromisoformat(now)
    summary = build_demo(store, seed=seed, now=present, login=None, zone=ZoneInfo(zone))
    with store.read(present) as read:
        _assert_steady(_days(read, present, ZoneInfo(zone)))
        _assert_shared_fairly(read)
    store.close()
    _assert_in_range(summary)


def test_the_sample_desk_builds_on_postgresql(built, postgres_place):
    store = Store.open(postgres_place)
    try:
        assert build_demo(store, seed=7, now=NOW, login="newcomer") == built[1]
        with store.read(NOW) as read:
            assert read.value("SELECT count(*) FROM message") == built[1].messages
            sql = f"SELECT count(*) FROM message WHERE {read.matching('message', 'term')}"
            assert read.value(sql, {"term": read.search_term("limescale")}) > 5
        with store.change(FixedClock(NOW), DESK, Origin.CLI) as change:
            ticket = create_ticket(change, subject="One more")
            assert ticket.id == 1001 + built[1].tickets
    finally:
        store.close()


def test_numbers_are_in_range_and_true(built, read):
    summary = built[1]
    _assert_in_range(summary)
    assert read.value("SELECT count(*) FROM ticket WHERE is_open") == summary.open
    assert (
        read.value("SELECT count(*) FROM ticket WHERE is_open AND breach_at < :now", {"now": NOW})
        == summary.breached
    )
    assert read.value("SELECT count(*) FROM ticket WHERE is_escalated") == summary.escalated
    assert read.value("SELECT count(*) FROM message") == summary.messages
    soon = {"now": NOW, "soon": NOW + timedelta(hours=4)}
    assert (
        8
        <= read.value("SELECT count(*) FROM ticket WHERE is_open AND due_at BETWEEN :now AND :soon", soon)
        <= 24
    )
    assert set(UNSOLVED) <= {
        row[0] for row in read.tuples("SELECT DISTINCT status FROM ticket WHERE is_open")
    }
    states = {row[0] for row in read.tuples("SELECT DISTINCT state FROM escalation")}
    assert {"requested", "accepted", "declined", "returned", "resolved"} <= states


def _assert_in_range(summary):
    assert summary.customers == 306
    assert 38 <= summary.organizations <= 44
    assert (summary.agents, summary.queues) == (8, 5)
    assert 1900 <= summary.tickets <= 2100
    assert 5000 <= summary.messages <= 10000
    assert 125 <= summary.open <= 170
    assert 8 <= summary.breached <= 40
    assert 3 <= summary.escalated <= 12


def test_nine_of_ten_first_replies_were_in_time_and_every_open_ticket_has_a_policy(read):
    met, broken = read.tuples(
        "SELECT sum(breached_at IS NULL), sum(breached_at IS NOT NULL) FROM sla_clock "
        "WHERE metric = 'frt' AND NOT is_running"
    )[0]
    assert 0.85 < met / (met + broken) < 0.99
    assert read.value("SELECT count(*) FROM ticket WHERE is_open AND policy_id IS NULL AND NOT is_spam") == 0
    assert {name for (name,) in read.tuples("SELECT name FROM sla_policy WHERE is_current")} == {
        "Standard",
        "Key accounts",
    }
    assert read.value("SELECT count(*) FROM ticket WHERE agreement_id IS NOT NULL") > 20


def test_whoever_opens_it_is_not_told_of_two_months_at_once(tmp_path):
    place = copied_to(tmp_path)
    desk = Desk(Store.open(place), Settings(store=place), FixedClock(NOW), DESK, Origin.CLI)
    done = [one.deed for one in tick(desk)]
    assert done.count("escalated") + done.count("warned") == 0
    desk.close()


def test_a_promise_that_has_passed_stays_overdue_until_an_agent_answers(read):
    passed = 0
    for ticket_id, entries in _histories(read).items():
        for at, before, after, event in entries:
            due = (before or {}).get("due_at")
            if due is None or datetime.fromisoformat(due) > at:
                continue
            passed += 1
            assert after["due_at"] is None, (ticket_id, event)
            assert event in ("message.replied", "ticket.solved", "ticket.closed", "ticket.merged"), ticket_id
    assert passed > 20


def test_a_lead_finds_late_tickets_whose_escalation_nobody_has_answered(read):
    sql = (
        "SELECT count(*) FROM ticket WHERE is_open AND is_escalated AND due_at < :now AND EXISTS "
        "(SELECT 1 FROM escalation WHERE escalation.ticket_id = ticket.id AND escalation.state = 'requested')"
    )
    assert 1 <= read.value(sql, {"now": NOW}) <= 3


def test_what_is_late_is_late_by_hours_or_a_few_days_for_all_but_a_handful(read):
    asked = "SELECT breach_at FROM ticket WHERE is_open AND breach_at < :now ORDER BY breach_at"
    late = [NOW - instant(at) for (at,) in read.tuples(asked, {"now": NOW})]
    assert len(late) > 12
    assert sum(one > timedelta(days=3) for one in late) <= 4
    assert max(late) < timedelta(days=16)


def test_the_operating_system_user_is_an_agent_with_tickets(read):
    agent_id = read.value("SELECT id FROM agent WHERE login = 'newcomer'")
    assert (
        read.value("SELECT count(*) FROM ticket WHERE is_open AND assignee_id = :who", {"who": agent_id}) >= 8
    )


def test_folding_the_journal_gives_every_ticket_as_it_stands(read):
    histories = _histories(read)
    for row in _as_dicts(read, "ticket"):
        entries = histories[row["id"]]
        assert entries[0][3] == "ticket.created"
        assert entries[0][0] == instant(row["created_at"])
        state = {}
        for _, before, after, _ in entries:
            assert {name: state.get(name) for name in before} == before, row["id"]
            state |= after
        assert row["version"] == len([one for one in entries if one[2] and one[3] != "ticket.policy"])
        for name, value in state.items():
            stands = row[name]
            if name.endswith("_at") or name == "waiting_since":
                assert (value and datetime.fromisoformat(value)) == (stands and instant(stands)), (
                    row["id"],
                    name,
                )
            else:
                assert value == (json.loads(stands) if name in ("tags", "extra", "intake") else stands), (
                    row["id"],
                    name,
                )


def test_nothing_happens_before_a_ticket_or_after_now(read):
    for ticket_id, entries in _histories(read).items():
        instants = [entry[0] for entry in entries]
        assert instants == sorted(instants), ticket_id
        assert instants[-1] <= NOW
    assert instant(read.value("SELECT max(at) FROM journal")) <= NOW
    assert instant(read.value("SELECT min(created_at) FROM ticket")) >= NOW - timedelta(days=61)
    assert instant(read.value("SELECT max(created_at) FROM ticket")) >= NOW - timedelta(hours=3)


def test_messages_and_ticket_agree(read):
    messages = defaultdict(list)
    for one in _as_dicts(read, "message"):
        messages[one["ticket_id"]].append(one)
    solves = dict(
        read.tuples("SELECT entity_id, max(at) FROM journal WHERE event = 'ticket.solved' GROUP BY entity_id")
    )
    for ticket in _as_dicts(read, "ticket"):
        said = messages[ticket["id"]]
        assert said, ticket["id"]
        assert said[0]["author_kind"] == "customer"
        assert said[0]["at"] == ticket["created_at"]
        assert [one["at"] for one in said] == sorted(one["at"] for one in said)
        assert all(one["body"].strip() for one in said)
        replies = [one for one in said if one["author_kind"] == "agent" and one["visibility"] == "public"]
        assert ticket["reply_count"] == len(replies)
        assert ticket["first_replied_at"] == (replies[0]["at"] if replies else None)
        assert ticket["last_reply_at"] == (replies[-1]["at"] if replies else None)
        assert ticket["last_message_at"] == said[-1]["at"]
        done_with = max(replies[-1]["at"] if replies else "", solves.get(ticket["id"], ""))
        assert ticket["waiting_since"] == (_waiting_since(said, done_with) if ticket["is_open"] else None)


def _waiting_since(said, after):
    return next((one["at"] for one in said if one["author_kind"] == "customer" and one["at"] > after), None)


def test_states_carry_what_belongs_to_them(read):
    for one in _as_dicts(read, "ticket"):
        assert (one["status"] == "new") <= (one["assignee_id"] is None and one["reply_count"] == 0)
        assert (one["status"] == "on_hold") == bool(one["waiting_for"])
        assert (one["solved_at"] is not None) <= (one["status"] in ("solved", "closed"))
        assert (one["status"] == "closed") == (one["closed_at"] is not None)
        if one["status"] == "solved":
            assert instant(one["solved_at"]) > NOW - timedelta(days=7, hours=2)
        if one["wake_at"] is not None:
            assert one["status"] in ("pending", "on_hold")
            assert instant(one["wake_at"]) > NOW


def test_the_desk_is_steady_over_the_last_four_weeks(read):
    _assert_steady(_days(read, NOW, ZoneInfo("UTC")))


def test_tickets_take_hours_days_or_weeks(read):
    spans = sorted(
        (instant(ended) - instant(created)) / timedelta(days=1)
        for created, ended in read.tuples(
            "SELECT created_at, solved_at FROM ticket WHERE solved_at IS NOT NULL"
        )
    )
    assert 0.4 < spans[len(spans) // 2] < 2
    assert spans[len(spans) * 9 // 10] > 7
    ages = [
        (NOW - instant(row[0])).days for row in read.tuples("SELECT created_at FROM ticket WHERE is_open")
    ]
    for low, high in ((0, 1), (1, 3), (3, 7), (7, 14), (14, 30)):
        assert sum(low <= age < high for age in ages) >= 8, (low, high)
    assert any(age >= 30 for age in ages)


def test_work_is_shared_fairly(read):
    _assert_shared_fairly(read)


def test_some_pressing_tickets_have_no_owner(read):
    sql = (
        "SELECT count(*) FROM ticket WHERE is_open AND assignee_id IS NULL AND priority IN ('urgent', 'high')"
    )
    assert 1 <= read.value(sql) <= 3


def _assert_shared_fairly(read):
    sql = "SELECT count(*) FROM ticket WHERE is_open AND assignee_id IS NOT NULL GROUP BY assignee_id"
    loads = [row[0] for row in read.tuples(sql)]
    assert len(loads) == 8
    assert max(loads) <= 2 * min(loads)


def _assert_steady(flows):
    """What comes in and what is solved keep pace: by Little's law the backlog then stays where it is."""
    mean = sum(flow.closing for _, flow in flows) / len(flows)
    assert 125 <= mean <= 165
    for day, flow in flows:
        assert 0.75 * mean <= flow.closing <= 1.25 * mean, day
        if day.weekday() < 5:
            assert flow.created >= 30, day
            assert 0.74 <= flow.solved / (flow.created + flow.reopened) <= 1.26, day
        else:
            assert flow.solved <= flow.created + flow.reopened, day


def _days(read, now, zone):
    """The flow of each whole day of the last four weeks."""
    changes = _states(read)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight - timedelta(days=back) for back in range(28, 0, -1)]
    return [
        (day, count_flow(read_history(one, day, day + timedelta(days=1)) for one in changes)) for day in days
    ]


def _states(read):
    """When each ticket was open, done or gone."""
    changes = []
    for entries in _histories(read).values():
        states, merged = [], False
        for at, _, after, _ in entries:
            merged = merged or bool(after.get("merged_into_id")) or bool(after.get("is_spam"))
            if "status" in after:
                kind = FlowState.OPEN if after["status"] in UNSOLVED else FlowState.DONE
                states.append((at, FlowState.GONE if merged else kind))
        changes.append(states)
    return changes


def test_the_flow_of_every_week_reconciles(read):
    changes = _states(read)
    closing = 0
    for day in range(-62, 1, 3):
        start = NOW + timedelta(days=day)
        flow = count_flow(read_history(one, start, start + timedelta(days=3)) for one in changes)
        assert flow.moved == 0
        assert flow.opening == closing
        closing = flow.closing
    assert closing == read.value("SELECT count(*) FROM ticket WHERE is_open")


def test_escalations_and_marks_agree(read):
    marked = {row[0] for row in read.tuples("SELECT id FROM ticket WHERE is_escalated")}
    waiting = {
        row[0]
        for row in read.tuples("SELECT ticket_id FROM escalation WHERE state IN ('requested', 'accepted')")
    }
    assert marked == waiting
    for one in _as_dicts(read, "escalation"):
        assert one["ask"]
        assert (one["state"] in ("declined", "returned", "resolved", "withdrawn")) == bool(one["outcome"])
        assert (one["state"] in ("requested", "withdrawn")) == (one["acknowledged_at"] is None)
        assert one["ack_due_at"] > one["created_at"]


def test_words_are_found_by_full_text(read):
    sql = f"SELECT count(*) FROM message WHERE {read.matching('message', 'term')}"
    assert read.value(sql, {"term": read.search_term("limescale")}) > 5
    sql = f"SELECT count(*) FROM ticket WHERE {read.matching('ticket', 'term')}"
    assert read.value(sql, {"term": read.search_term("invoice")}) > 5


def test_conversations_read_like_letters(read):
    bodies = [row[0] for row in read.tuples("SELECT body FROM message")]
    for body in bodies:
        assert not re.search(r"lorem|ipsum|[{}\[\]^]|@\w+ [A-Z]|  ", body), body
    assert len(set(bodies)) > len(bodies) * 0.8
    assert sum("\n> " in body for body in bodies) > 100
    assert sum("\n-- \n" in body for body in bodies) > 100


def test_customers_are_of_many_places_and_nobody_real(read):
    rows = read.tuples("SELECT name, email, phone, language FROM customer")
    assert len({row[3] for row in rows}) >= 15
    for email in [row[1] for row in rows if row[1]]:
        assert normalise_email(email) == email
        assert re.search(r"[@.]example\.(com|org|net)$", email)
    fictional = r"\+44 20 7946 0|\+1 212 555 01|\+49 30 23125 |\+33 1 99 00 |\+46 8 465 004 "
    assert all(re.match(fictional, re.sub("^00", "+", row[2])) for row in rows if row[2])
    assert sum(not row[0].isascii() for row in rows) > 100


def test_one_day_was_bad(read):
    days = Counter(row[0] for row in read.tuples("SELECT date(created_at) FROM ticket"))
    busiest, second = (count for _, count in days.most_common(2))
    assert busiest > second * 1.2


def test_the_saved_views_have_something_to_show(read):
    shown = [view for view in views(read) if view.is_saved]
    assert len(shown) == 2
    assert all(counts(read, shown, ZoneInfo("UTC")).values())


def test_a_store_in_use_is_refused(built):
    with pytest.raises(StoreError):
        build_demo(built[0], seed=1, now=NOW, login=None)


def test_every_scenario_can_be_told():
    known = [one for one in scenarios() if one.id != "spam"]
    assert len(known) >= 45
    assert {one.language for one in known} >= {"en", "de", "fr", "es", "ja"}
    for one in known:
        laid = {word for text in texts(one) for word in re.findall(r"(?:^| )\^([a-z]+)", text)}
        needed = {word for text in texts(one) for word in re.findall(r"(?:^|[a-z] )@([a-z]+) ", text)}
        assert needed <= laid | {TRIED}, one.id
        assert one.subject, one.id
        assert one.moods, one.id
        assert one.resolve or one.hold, one.id
        assert bool(one.ask) <= bool(one.answer), one.id
        assert bool(one.hold) == bool(one.waiting_for), one.id
        assert bool(one.again) <= bool(one.again_reply), one.id
        assert one.language in phrases()


def test_the_library_is_used_and_each_part_of_it_can_be_saved_as_it_is(built, tmp_path):
    with built[0].read(NOW) as reader:
        kept = macros(reader)
        assert 10 <= len(kept) <= 14
        assert any(one.uses > 5 for one in kept)
        assert any(one.is_stale(NOW) for one in kept)
        assert 14 <= len(articles(reader)) <= 17
        assert next(one.ref for one in articles(reader, "e07", best=True)) == "KB-1"
    empty = Store.open(str(tmp_path / "again.db"))
    with empty.change(FixedClock(NOW), DESK, Origin.CLI) as change:
        services.add_queue(change, name="Billing")
        for one in kept:
            told = {
                "name": one.name,
                "body": one.body,
                "category": one.category,
                "visibility": one.visibility,
            }
            services.add_macro(change, **told, changes=as_texts(one.changes), shared=True)
    empty.close()


def test_what_is_solved_has_its_form_filled_in(read):
    for one in _as_dicts(read, "ticket"):
        needed = {"Machine": "serial", "Return": "order_number"}.get(one["category"])
        if needed and one["solved_at"]:
            assert json.loads(one["intake"])[needed]


def test_a_few_customers_came_twice_and_are_found_by_what_they_share(read):
    with find_duplicates(read) as found:
        pairs = list(found)
    told = " ".join(one.why for one in pairs)
    assert 5 <= len(pairs) <= 8
    assert len({one.group for one in pairs}) < len(pairs)  # of one there are three
    for words in (
        "same phone",
        "but for dots or a tag",
        "but for its ending",
        "sounds alike",
        "but for order",
    ):
        assert words in told
    twice = {one.other_id for one in pairs}
    assert all(
        read.value("SELECT count(*) FROM ticket WHERE customer_id = :id", {"id": one}) == 0 for one in twice
    )
