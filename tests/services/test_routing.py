"""The first rule that finds a new ticket chooses its queue, where nobody named one."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import ConflictError, InvalidValueError, NotFoundError, NotPermittedError
from agentdesk.domain.events import Event
from agentdesk.domain.query.errors import QueryError
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Queue, RoutingRule, Ticket
from agentdesk.queries.routing import judged_rules, rules

SUPPORT, BILLING = 1, 2


def add(desk: Desk, name: str, when: str, queue_id: int = BILLING, position: int | None = None) -> int:
    with desk.change() as change:
        rule = services.add_rule(change, name=name, conditions=when, queue_id=queue_id, position=position)
    assert rule.id is not None
    return rule.id


def opened(desk: Desk, **told: object) -> Ticket:
    with desk.change() as change:
        return services.create_ticket(change, **{"subject": "Question", **told})


def names(desk: Desk) -> list[tuple[str, int]]:
    with desk.read() as read:
        return [(one.name, one.position) for one in rules(read)]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("invoice", {"subject": "The invoice is wrong"}),
        ("invoice", {"body": "The invoice is wrong"}),
        ("tag:vat", {"tags": ["vat"]}),
        ("priority:>=high channel:phone", {"priority": "urgent", "channel": "phone"}),
        ("is:unassigned created:today", {}),
        ("due:today", {"due_at": "soon"}),
        ("", {}),
    ],
)
def test_a_rule_sees_the_new_ticket_as_it_was_written(desk: Desk, when: str, told: dict[str, object]) -> None:
    add(desk, "It", when)
    if "due_at" in told:
        told = {"due_at": desk.clock.now()}
    assert opened(desk, **told).queue_id == BILLING


def test_a_rule_knows_the_customer_and_the_organization(desk: Desk) -> None:
    add(desk, "Acme", "organization:acme")
    with desk.change() as change:
        customer = services.create_customer(change, name="Jo", organization="Acme Ltd")
    assert opened(desk, customer_id=customer.id).queue_id == BILLING
    assert opened(desk).queue_id is None


def test_the_first_by_position_then_by_age_decides(desk: Desk) -> None:
    add(desk, "Late", "question", SUPPORT, 9)
    add(desk, "Early", "question", BILLING, 3)
    add(desk, "Same place, younger", "question", SUPPORT, 3)
    assert opened(desk).queue_id == BILLING


def test_a_queue_that_was_named_wins(desk: Desk) -> None:
    add(desk, "All", "")
    assert opened(desk, queue_id=SUPPORT).queue_id == SUPPORT


def test_where_no_rule_finds_the_ticket_it_has_no_queue(desk: Desk) -> None:
    add(desk, "Never", "invoice")
    ticket = opened(desk)
    assert (ticket.queue_id, ticket.version) == (None, 1)


def test_a_rule_that_is_off_or_whose_queue_is_closed_is_not_asked(desk: Desk) -> None:
    first = add(desk, "Off", "", SUPPORT)
    closed = add(desk, "Closed", "", BILLING)
    with desk.change() as change:
        services.edit_rule(change, first, {"is_active": False})
    assert opened(desk).queue_id == BILLING
    with desk.change() as change:
        queue = change.get(Queue, BILLING)
        queue.is_active = False
        change.record(Event.QUEUE_CHANGED, queue)
    assert opened(desk).queue_id is None
    with desk.read() as read:
        assert [(one.rule.id, one.matches, one.wins) for one in judged_rules(read, 1001)] == [
            (first, True, False),
            (closed, True, False),
        ]


def test_a_rule_is_asked_by_the_desk_and_means_the_same_whoever_opens_the_ticket(desk: Desk) -> None:
    mine = add(desk, "Mine", "assignee:ana OR is:unassigned")
    with desk.change() as change:  # only a rule written by an older or a foreign hand can be like this
        row = change.get(RoutingRule, mine)
        row.conditions = "assignee:me OR is:mine"
        change.record(Event.RULE_CHANGED, row)
    assert opened(desk, assignee_id=1).queue_id is None


def test_a_rule_that_can_no_longer_be_read_holds_nobody_up(desk: Desk) -> None:
    broken = add(desk, "Broken", "assignee:cleo OR question", SUPPORT)
    add(desk, "Rest", "", BILLING)
    with desk.change() as change:  # only a rule written by an older or a foreign hand can be like this
        row = change.get(RoutingRule, broken)
        row.conditions = "quee:x"
        change.record(Event.RULE_CHANGED, row)
    assert opened(desk).queue_id == BILLING
    with desk.read() as read:
        assert judged_rules(read, 1001)[0].fault.startswith("Column 1: there is no field")


def test_the_timeline_says_which_rule_it_was_and_one_undo_takes_all_back(desk: Desk) -> None:
    from agentdesk.queries.histories import history

    add(desk, "Invoices", "")
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Question")
    assert change.besides == "goes to Billing by the rule Invoices"
    with desk.read() as read:
        told = [(one.event, one.reason) for one in history(read, ticket.id, desk.zone)]
    assert told == [("ticket.created", ""), ("ticket.changed", "rule Invoices")]
    with desk.change() as change:
        services.undo_change(change)
        assert change.find(Ticket) is None


def test_the_follow_up_of_a_closed_ticket_without_a_queue_is_routed_by_what_was_written(desk: Desk) -> None:
    with desk.change() as change:
        closed = services.create_ticket(change, subject="Old matter")
        services.solve_ticket(change, closed.id)
        services.close_ticket(change, closed.id)
    add(desk, "Invoices", "invoice")
    with desk.change() as change:
        message = services.receive_message(change, closed.id, "Where is the invoice?")
        assert message.ticket_id != closed.id
        assert change.get(Ticket, message.ticket_id).queue_id == BILLING


def test_the_next_rule_goes_after_all_others_unless_told(desk: Desk) -> None:
    add(desk, "A", "", position=5)
    add(desk, "B", "")
    add(desk, "C", "", position=1)
    assert names(desk) == [("C", 1), ("A", 5), ("B", 6)]


def test_a_rule_is_changed_removed_and_brought_back(desk: Desk) -> None:
    number = add(desk, "A", "invoice")
    with desk.change() as change:
        rule = services.edit_rule(
            change, number, {"name": " New  name ", "conditions": "vat", "queue_id": SUPPORT, "position": 7}
        )
        assert (rule.name, rule.conditions, rule.queue_id, rule.position) == ("New name", "vat", SUPPORT, 7)
    with desk.change() as change:
        services.remove_rule(change, number)
    assert names(desk) == []
    with desk.change() as change:
        services.undo_change(change)
    assert names(desk) == [("New name", 7)]


def test_conditions_that_are_no_query_are_refused_with_their_place(desk: Desk) -> None:
    with pytest.raises(QueryError, match="Column 9"):
        add(desk, "A", "tag:vat quee:billing")
    number = add(desk, "A", "tag:vat")
    with pytest.raises(QueryError, match="no queue"), desk.change() as change:
        services.edit_rule(change, number, {"conditions": "queue:nowhere"})


def test_names_queues_and_fields_are_checked(sqlite_desk: Desk) -> None:
    number = add(sqlite_desk, "A", "")
    with pytest.raises(InvalidValueError, match="such a rule already"):
        add(sqlite_desk, " a ", "")
    with pytest.raises(InvalidValueError, match="name is missing"):
        add(sqlite_desk, " ", "")
    with pytest.raises(NotFoundError, match="no queue 99"):
        add(sqlite_desk, "B", "", 99)
    with sqlite_desk.change() as change:
        services.edit_rule(change, number, {"name": "A"})
    with pytest.raises(InvalidValueError, match="no field"), sqlite_desk.change() as change:
        services.edit_rule(change, number, {"colour": "red"})
    add(sqlite_desk, "Invoices", "")
    with pytest.raises(NotFoundError, match="Did you mean Invoices"), sqlite_desk.change() as change:
        services.rule_by_name(change, "Invoces")


def test_who_read_an_older_rule_does_not_overwrite_a_newer_one(desk: Desk) -> None:
    number = add(desk, "A", "")
    with desk.change() as change:
        services.edit_rule(change, number, {"position": 4}, expected_version=1)
    with pytest.raises(ConflictError), desk.change() as change:
        services.edit_rule(change, number, {"position": 5}, expected_version=1)


def test_only_who_may_change_the_set_up_keeps_rules(sqlite_desk: Desk) -> None:
    number = add(sqlite_desk, "A", "")
    sqlite_desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        add(sqlite_desk, "B", "")
    with pytest.raises(NotPermittedError), sqlite_desk.change() as change:
        services.edit_rule(change, number, {"position": 5})
    with pytest.raises(NotPermittedError), sqlite_desk.change() as change:
        services.remove_rule(change, number)
    assert opened(sqlite_desk).queue_id == BILLING


@pytest.mark.parametrize(
    "when",
    [
        "is:breached",
        "tag:vat OR -is:escalated",
        "has:reply",
        "T-1001",
        "updated:today",
        "assignee:me",
        "is:mine",
    ],
)
def test_what_a_new_ticket_cannot_answer_is_refused_with_its_column(desk: Desk, when: str) -> None:
    rule = add(desk, "Rest", "", BILLING)
    with pytest.raises(QueryError, match="Column"):
        add(desk, "Never", when)
    with pytest.raises(QueryError, match="Column"), desk.change() as change:
        services.edit_rule(change, rule, {"conditions": when})


def test_a_rule_has_a_place_from_0_on(desk: Desk) -> None:
    with pytest.raises(
        InvalidValueError, match=r"The position cannot be “-1”\. Write a number from 0 to 1000000\."
    ):
        add(desk, "Never", "", BILLING, -1)
    rule = add(desk, "First", "", BILLING, 0)
    with pytest.raises(InvalidValueError, match="The position"), desk.change() as change:
        services.edit_rule(change, rule, {"position": -1})
