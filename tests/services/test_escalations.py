"""Escalations: who asks whom for what, and that the owner stays the owner."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK, Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError, NotFoundError, UndoError
from agentdesk.domain.escalation import AlreadyAskedError, NotAskedError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Escalation, Message, Notice, Ticket
from agentdesk.services.notices import ABOUT
from agentdesk.store.change import Change
from tests.conftest import NOW

AGENTS = {
    "ana": Actor(1, "ana", "Ana", Role.ADMIN),
    "ben": Actor(2, "ben", "Ben", Role.AGENT),
    "cleo": Actor(3, "cleo", "Cleo", Role.AGENT),
    "lea": Actor(4, "lea", "Lea", Role.LEAD),
}


def escalated(desk: Desk, **options: object) -> tuple[int, int]:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Token expired", assignee_id=2)
        asked = {
            "kind": "functional",
            "reason_code": "skill",
            "ask": "Confirm the expiry",
            "to_queue_id": 2,
        } | options
        escalation = services.escalate_ticket(change, ticket.id, **asked)
    assert ticket.id is not None
    assert escalation.id is not None
    return ticket.id, escalation.id


def state(desk: Desk, ticket: int, escalation: int) -> tuple[str, bool, int | None]:
    with desk.change() as change:
        row = change.get(Ticket, ticket)
        return change.get(Escalation, escalation).state, row.is_escalated, row.assignee_id


def test_the_owner_of_an_escalated_ticket_stays_the_owner(desk: Desk) -> None:
    ticket, escalation = escalated(desk)
    assert state(desk, ticket, escalation) == ("requested", True, 2)


def test_accept_then_return_gives_it_back_with_what_was_found(desk: Desk) -> None:
    ticket, escalation = escalated(desk)
    with desk.change() as change:
        services.accept_escalation(change, escalation)
    assert state(desk, ticket, escalation) == ("accepted", True, 2)
    with desk.change() as change:
        services.return_escalation(change, escalation, "Tokens last 12 h by design")
    assert state(desk, ticket, escalation) == ("returned", False, 2)


def test_a_ticket_stays_escalated_while_another_step_is_open(desk: Desk) -> None:
    ticket, first = escalated(desk)
    with desk.change() as change:
        services.escalate_ticket(
            change, ticket, kind="hierarchical", reason_code="sla_risk", ask="Decide", level="manager"
        )
        services.resolve_escalation(change, first, "done")
    assert state(desk, ticket, first) == ("resolved", True, 2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"ask": " "}, "ask"),
        ({"to_queue_id": None}, "Name a queue"),
        ({"kind": "sideways"}, "functional, hierarchical"),
        ({"reason_code": "because"}, "skill"),
        ({"level": "l9"}, "l2, l3"),
    ],
)
def test_an_escalation_that_says_too_little_is_refused(
    desk: Desk, options: dict[str, object], told: str
) -> None:
    with pytest.raises(InvalidValueError, match=told):
        escalated(desk, **options)


def test_an_unknown_receiver_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no agent 77"):
        escalated(desk, to_queue_id=None, to_agent_id=77)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({"to_agent_id": 1}, "The to cannot be “ana”. This is you: ask somebody else"),
        ({"to_agent_id": 3}, "The to cannot be “cleo”. This agent may only read, and could not answer"),
        ({"to_agent_id": 2, "level": "lead"}, "“ben”. This agent is neither a lead nor an admin"),
        ({"to_agent_id": 2, "level": "manager"}, "“ben”. This agent is neither a lead nor an admin"),
        ({"level": "vendor"}, "“vendor”. Nobody here answers for a vendor: name the outside party"),
    ],
)
def test_who_could_not_answer_is_not_asked(desk: Desk, target: dict[str, object], told: str) -> None:
    with desk.change() as change:
        services.edit_agent(change, 3, {"role": "read-only"})
    with pytest.raises(InvalidValueError, match=told):
        escalated(desk, **{"to_queue_id": None, **target})
    assert rows(desk) == []


@pytest.mark.parametrize("target", [{"to_agent_id": 4, "level": "lead"}, {"to_agent_id": 2, "level": "l2"}])
def test_a_level_beside_an_agent_who_stands_on_it_is_taken(desk: Desk, target: dict[str, object]) -> None:
    escalated(desk, **{"to_queue_id": None, **target})
    assert [one.level for one in rows(desk)] == [target["level"]]


def test_what_was_answered_is_not_answered_again(desk: Desk) -> None:
    _, escalation = escalated(desk)
    with desk.change() as change:
        services.decline_escalation(change, escalation, "Not ours")
    with pytest.raises(InvalidTransitionError, match="is declined"), desk.change() as change:
        services.accept_escalation(change, escalation)


def test_declining_wants_a_reason(desk: Desk) -> None:
    _, escalation = escalated(desk)
    with pytest.raises(InvalidValueError, match="reason"), desk.change() as change:
        services.decline_escalation(change, escalation, "")


def test_the_customer_is_told_in_the_same_submit_if_wanted(desk: Desk) -> None:
    ticket, _ = escalated(desk, tell_customer="We have asked our specialists.")
    with desk.change() as change:
        assert [m.body for m in change.find_all(Message, Message.ticket_id == ticket)] == [
            "We have asked our specialists."
        ]


def test_a_solved_ticket_is_not_escalated(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Done").id
        services.solve_ticket(change, ticket)
    with pytest.raises(InvalidTransitionError, match="Reopen it first"), desk.change() as change:
        services.escalate_ticket(change, ticket, kind="functional", reason_code="skill", ask="x", level="l2")


def as_agent(desk: Desk, handle: str) -> None:
    desk.actor = AGENTS[handle]


def join(desk: Desk, queue: int, *agents: int) -> None:
    was, desk.actor = desk.actor, AGENTS["ana"]
    with desk.change() as change:
        for agent in agents:
            services.join_queue(change, queue, agent)
    desk.actor = was


def answer(desk: Desk, handle: str, escalation: int, verb: str = "accept", *words: str) -> None:
    as_agent(desk, handle)
    with desk.change() as change:
        getattr(services, f"{verb}_escalation")(change, escalation, *words)


def rows(desk: Desk) -> list[Escalation]:
    with desk.change() as change:
        return list(change.find_all(Escalation))


def told(desk: Desk) -> list[tuple[int, str]]:
    """What those were told who are asked, or who asked; that the owner is told too has a test of its own."""
    with desk.change() as change:
        return [
            (one.agent_id, one.words)
            for one in change.find_all(Notice)
            if one.seen_at is None and one.kind != ABOUT
        ]


# The acknowledgement has a timer of its own.


def test_somebody_has_an_hour_to_answer_at_all_where_the_ticket_has_no_calendar(desk: Desk) -> None:
    escalated(desk)
    assert [one.ack_due_at for one in rows(desk)] == [NOW + timedelta(hours=1)]


def calendar_of(desk: Desk, ticket: int, hours: str) -> None:
    with desk.change() as change:
        calendar = services.add_calendar(change, name=f"Office {ticket}", zone="Europe/London", hours=hours)
        change.get(Ticket, ticket).calendar_id = calendar.id
        change.record(Event.TICKET_CHANGED, change.get(Ticket, ticket))


def asked_in(desk: Desk, hours: str) -> datetime | None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Token expired").id
    assert ticket is not None
    calendar_of(desk, ticket, hours)
    with desk.change() as change:
        return services.escalate_ticket(
            change, ticket, kind="functional", reason_code="skill", ask="Help", level="l2"
        ).ack_due_at


def test_the_hour_is_counted_in_the_calendar_of_the_ticket(desk: Desk) -> None:
    # Half past eight on a Tuesday: forty minutes until nine ten, and twenty more from ten.
    assert asked_in(desk, "Mon-Fri 08:00-09:10,10:00-17:00") == datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
    assert asked_in(desk, "Wed 09:00-17:00") == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def test_a_calendar_that_never_opens_keeps_nobody_from_asking(desk: Desk) -> None:
    assert asked_in(desk, "closed") is None


@pytest.mark.parametrize(("kept", "minutes"), [(15, 15), ("soon", 60), (0, 60), (True, 60)])
def test_the_desk_can_set_how_long_that_is_and_a_slip_in_it_stops_nobody(
    desk: Desk, kept: object, minutes: int
) -> None:
    with desk.change() as change:
        services.put_setting(change, "ack_minutes", kept, own=False)
        services.put_setting(change, "ack_minutes", 5)  # ana's own, which is not the desk's
    escalated(desk)
    assert rows(desk)[0].ack_due_at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("verb", "words"), [("accept", ()), ("decline", ("Not ours",)), ("resolve", ("Done",))]
)
def test_the_first_answer_of_the_receiver_is_the_acknowledgement(
    desk: Desk, clock: FixedClock, verb: str, words: tuple[str, ...]
) -> None:
    _, number = escalated(desk, to_queue_id=None, to_agent_id=3)
    clock.instant += timedelta(minutes=7)
    answer(desk, "cleo", number, verb, *words)
    assert rows(desk)[0].acknowledged_at == NOW + timedelta(minutes=7)


def test_a_later_answer_does_not_move_the_acknowledgement_and_a_withdrawal_is_none(
    desk: Desk, clock: FixedClock
) -> None:
    _, first = escalated(desk, to_queue_id=None, to_agent_id=3)
    _, second = escalated(desk, to_queue_id=None, to_agent_id=3)
    answer(desk, "cleo", first)
    clock.instant += timedelta(minutes=30)
    answer(desk, "cleo", first, "return", "Look again")
    answer(desk, "ana", second, "withdraw")
    assert [(one.state, one.acknowledged_at) for one in rows(desk)] == [
        ("returned", NOW),
        ("withdrawn", None),
    ]


# Chains.


def ask_further(desk: Desk, ticket: int, previous: int, **target: object) -> int:
    with desk.change() as change:
        made = services.escalate_ticket(
            change,
            ticket,
            kind="functional",
            reason_code="skill",
            ask="Further",
            previous_id=previous,
            **target,
        )
    assert made.id is not None
    return made.id


@pytest.mark.parametrize("state", ["requested", "accepted"])
def test_whoever_was_asked_may_ask_further_and_their_step_stays_as_it_was(desk: Desk, state: str) -> None:
    ticket, first = escalated(desk, to_queue_id=None, to_agent_id=3)
    if state == "accepted":
        answer(desk, "cleo", first)
    as_agent(desk, "cleo")
    second = ask_further(desk, ticket, first, to_party="the carrier")
    third = ask_further(desk, ticket, second, level="manager")
    assert [(one.id, one.previous_id, one.state) for one in rows(desk)] == [
        (first, None, state),
        (second, first, "requested"),
        (third, second, "requested"),
    ]


def test_the_step_before_must_be_one_of_the_same_ticket(desk: Desk) -> None:
    _, first = escalated(desk)
    other, _ = escalated(desk)
    with pytest.raises(InvalidValueError, match="another ticket than T-1002"):
        ask_further(desk, other, first, level="l2")
    with pytest.raises(NotFoundError, match="no escalation 77"):
        ask_further(desk, other, 77, level="l2")


@pytest.mark.parametrize(
    ("first", "again", "name"),
    [
        ({"to_queue_id": 2}, {"to_queue_id": 2, "level": "l2"}, "Billing"),
        ({"to_agent_id": 3}, {"to_agent_id": 3}, "cleo"),
        ({"to_party": "The Carrier"}, {"to_party": " the carrier "}, "the carrier"),
        ({"level": "lead"}, {"level": "lead"}, "the lead"),
    ],
)
def test_the_same_one_is_not_asked_twice_while_the_first_step_stands(
    desk: Desk, first: dict[str, object], again: dict[str, object], name: str
) -> None:
    ticket, number = escalated(desk, **{"to_queue_id": None, **first})
    with pytest.raises(AlreadyAskedError) as refused:
        ask_further(desk, ticket, number, **again)
    assert str(refused.value) == (
        f"T-1001: {name} was asked already, escalation {number} is requested. Ask somebody else, or take that back "
        f"first: agentdesk escalation withdraw {number}"
    )
    answer(desk, "lea", number, "decline", "No")
    assert ask_further(desk, ticket, number, **again) > number


def test_one_step_asks_one(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="escalate again for the other"):
        escalated(desk, to_agent_id=3)


def test_an_agent_who_left_is_not_asked(desk: Desk) -> None:
    with desk.change() as change:
        services.edit_agent(change, 3, {"is_active": False})
    with pytest.raises(InvalidValueError, match="no longer works here"):
        escalated(desk, to_queue_id=None, to_agent_id=3)


def test_another_reason_has_to_be_said_in_the_ask(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="and why, because “other” does not"):
        escalated(desk, reason_code="other", ask="")


# The owner.


@pytest.mark.parametrize("owner", [2, None])
@pytest.mark.parametrize("last", ["decline", "return", "resolve", "withdraw"])
def test_no_step_of_an_escalation_touches_the_owner(desk: Desk, owner: int | None, last: str) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Token expired", assignee_id=owner).id
        asked = services.escalate_ticket(
            change, ticket, kind="hierarchical", reason_code="skill", ask="Confirm", to_agent_id=3
        ).id
        services.escalate_ticket(
            change, ticket, kind="functional", reason_code="skill", ask="x", level="l2", previous_id=asked
        )
    if last in ("return", "withdraw"):
        answer(desk, "cleo", asked)
    answer(desk, "ana" if last == "withdraw" else "cleo", asked, last, "Words")
    with desk.change() as change:
        services.undo_change(change)
        assert change.get(Ticket, ticket).assignee_id == owner
    with desk.read() as read:
        sql = "SELECT after FROM journal WHERE entity = 'ticket' AND event NOT IN ('ticket.created', 'ticket.assigned')"
        touched = [row for (row,) in read.tuples(sql)]
    moved = [json.loads(one) if isinstance(one, str) else one for one in touched]
    assert any("is_escalated" in one for one in moved if one)
    assert [one for one in moved if one and "assignee_id" in one] == []


def test_telling_the_customer_of_a_ticket_nobody_owns_makes_it_the_repliers_and_says_so(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Token expired").id
        services.escalate_ticket(
            change, ticket, kind="functional", reason_code="skill", ask="x", level="l2", tell_customer="Soon."
        )
        assert change.get(Ticket, ticket).assignee_id == 1
        assert change.besides == "becomes yours"


# Who may answer.

ANYONE = ["ana", "ben", "cleo", "lea"]


@pytest.mark.parametrize(
    ("target", "able", "who"),
    [
        ({"to_agent_id": 3}, ["ana", "cleo", "lea"], "cleo, who was asked, a lead or an admin can"),
        ({"to_queue_id": 2}, ["ana", "cleo", "lea"], "whoever takes from Billing, a lead or an admin can"),
        ({"level": "lead"}, ["ana", "lea"], ": a lead or an admin can"),
        ({"level": "manager"}, ["ana", "lea"], ": a lead or an admin can"),
        ({"to_queue_id": 2, "level": "manager"}, ["ana", "cleo", "lea"], "whoever takes from Billing"),
        ({"level": "l2"}, ANYONE, ""),
        ({"level": "l3"}, ANYONE, ""),
        ({"to_party": "the maker", "level": "vendor"}, ANYONE, ""),
        ({"to_party": "the carrier"}, ANYONE, ""),
    ],
)
def test_only_who_was_asked_or_leads_can_answer_and_the_refusal_says_who(
    desk: Desk, target: dict[str, object], able: list[str], who: str
) -> None:
    join(desk, 2, 3)
    for handle in ANYONE:
        as_agent(desk, "ana")
        _, number = escalated(desk, **{"to_queue_id": None, **target})
        if handle in able:
            answer(desk, handle, number)
        else:
            with pytest.raises(NotAskedError) as refused:
                answer(desk, handle, number)
            assert str(refused.value).startswith(f"{handle} cannot accept escalation {number}: ")
            assert who in str(refused.value)


def test_only_who_asked_or_leads_can_withdraw(desk: Desk) -> None:
    as_agent(desk, "ben")
    _, number = escalated(desk, to_queue_id=None, to_agent_id=3)
    with pytest.raises(
        NotAskedError,
        match=f"cleo cannot withdraw escalation {number}: ben, who asked, a lead or an admin can",
    ):
        answer(desk, "cleo", number, "withdraw")
    answer(desk, "ben", number, "withdraw", "Found it myself")
    row = rows(desk)[0]
    assert (row.state, row.outcome, row.acknowledged_at) == ("withdrawn", "Found it myself", None)


def test_what_the_desk_itself_asked_can_be_withdrawn_by_leads(desk: Desk) -> None:
    desk.actor = DESK
    _, number = escalated(desk, to_queue_id=None, to_agent_id=3, trigger="sla_rule")
    with pytest.raises(NotAskedError, match="a lead or an admin can"):
        answer(desk, "ben", number, "withdraw")
    answer(desk, "lea", number, "withdraw")
    assert rows(desk)[0].from_agent_id is None


# Who is told.


def test_the_agent_who_is_asked_is_told_in_a_sentence(desk: Desk) -> None:
    escalated(desk, to_queue_id=None, to_agent_id=3, ask="Confirm\nthe expiry")
    assert told(desk) == [(3, "ana asks you: Confirm the expiry")]


def test_everybody_of_a_queue_is_told_except_who_asks_and_who_left(desk: Desk) -> None:
    join(desk, 2, 1, 2, 3)
    with desk.change() as change:
        services.edit_agent(change, 3, {"is_active": False})
    escalated(desk)
    assert told(desk) == [(2, "ana asks Billing: Confirm the expiry")]


@pytest.mark.parametrize(("level", "agents"), [("lead", [4]), ("manager", [4]), ("l2", []), ("l3", [])])
def test_the_leads_are_told_of_what_needs_authority(desk: Desk, level: str, agents: list[int]) -> None:
    escalated(desk, to_queue_id=None, level=level)
    assert [agent for agent, _ in told(desk)] == agents


def test_who_asked_is_told_of_each_answer_but_not_of_their_own(desk: Desk) -> None:
    as_agent(desk, "ben")
    _, number = escalated(desk, to_queue_id=None, to_agent_id=3)
    answer(desk, "cleo", number)
    answer(desk, "cleo", number, "return", "It is allowed")
    assert told(desk) == [
        (2, "cleo accepted what you asked"),
        (2, "cleo returned what you asked: It is allowed"),
    ]
    as_agent(desk, "lea")
    _, own = escalated(desk, to_queue_id=None, level="lead")
    answer(desk, "lea", own, "resolve", "Done myself")
    assert len(told(desk)) == 2


@pytest.mark.parametrize(("handle", "verb"), [("cleo", "accept"), ("ana", "withdraw")])
def test_what_is_answered_or_withdrawn_waits_for_nobody_of_the_queue_any_more(
    desk: Desk, handle: str, verb: str
) -> None:
    join(desk, 2, 2, 3)
    escalated(desk, ask="Another")
    with desk.change() as change:
        change.at += timedelta(minutes=1)
        number = escalated_in(change)
    assert [agent for agent, _ in told(desk)] == [2, 3, 2, 3]
    answer(desk, handle, number, verb)
    assert [words for _, words in told(desk) if "asks" in words] == ["ana asks Billing: Another"] * 2


def escalated_in(change: Change) -> int:
    ticket = services.create_ticket(change, subject="Two").id
    made = services.escalate_ticket(
        change, ticket, kind="functional", reason_code="skill", ask="Look", to_queue_id=2
    )
    assert made.id is not None
    return made.id


def test_putting_notices_away_is_no_change_that_undo_or_the_log_would_meet(desk: Desk) -> None:
    escalated(desk, to_queue_id=None, to_agent_id=3)
    escalated(desk, to_queue_id=None, to_agent_id=3)
    as_agent(desk, "cleo")
    with desk.change() as change:
        assert services.put_away(change, [1]) == 1
        assert services.put_away(change, [1]) == 0
    assert change.id is None
    with desk.change() as change:
        assert services.put_away(change) == 1
    assert told(desk) == []
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM journal WHERE actor_id = 3") == 0
        assert read.value("SELECT count(*) FROM change WHERE actor_id = 3") == 0


def test_nobody_puts_away_what_others_were_told(desk: Desk) -> None:
    escalated(desk, to_queue_id=None, to_agent_id=3)
    as_agent(desk, "ben")
    with pytest.raises(NotFoundError, match="no notice 1"), desk.change() as change:
        services.put_away(change, [1])
    with desk.change() as change:
        assert services.put_away(change) == 1  # that somebody asks about their ticket
    assert len(told(desk)) == 1


# Taking it back.


def snapshot(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    columns = {
        "ticket": "id, status, assignee_id, is_escalated, attention_key",
        "escalation": "id, state, acknowledged_at, ack_due_at, previous_id, outcome",
        "notice": "id, agent_id, words",
        "message": "id, body",
    }
    with desk.read() as read:
        return {
            name: [tuple(row) for row in read.tuples(f"SELECT {listed} FROM {name} ORDER BY id")]
            for name, listed in columns.items()
        }


@pytest.mark.parametrize("verb", ["ask", "ask further", "accept", "decline", "return", "resolve", "withdraw"])
def test_undo_and_redo_of_each_step_work_from_the_journal(desk: Desk, verb: str) -> None:
    as_agent(desk, "ben")
    ticket, number = escalated(desk, to_queue_id=None, to_agent_id=3)
    if verb in ("return", "resolve"):
        answer(desk, "cleo", number)
    as_agent(desk, "ben" if verb in ("ask", "withdraw") else "cleo")
    before = snapshot(desk)
    with desk.change() as change:
        if verb.startswith("ask"):
            services.escalate_ticket(
                change, ticket, kind="hierarchical", reason_code="sla_risk", ask="Decide", level="lead",
                previous_id=number if verb == "ask further" else None, tell_customer="Soon.",
            )  # fmt: skip
        else:
            words = () if verb == "accept" else ("Words",)
            getattr(services, f"{verb}_escalation")(change, number, *words)
    after = snapshot(desk)
    assert after != before
    with desk.change() as change:
        services.undo_change(change)
    assert snapshot(desk) == before
    with desk.change() as change:
        services.redo_change(change)
    assert snapshot(desk) == after


def test_a_step_from_which_was_asked_further_is_not_taken_back_alone(desk: Desk) -> None:
    ticket, first = escalated(desk, to_queue_id=None, to_agent_id=3)
    with desk.change() as change:
        number = change.sql("SELECT max(id) FROM change").scalar()
    ask_further(desk, ticket, first, level="l2")
    with pytest.raises(UndoError), desk.change() as change:
        services.undo_change(change, number)
    assert len(rows(desk)) == 2
