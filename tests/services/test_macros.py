"""Macros: checked when saved, applied as one change, told on the ticket, counted, and taken back by one undo."""

from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidTransitionError, InvalidValueError, NotFoundError
from agentdesk.domain.placeholders import EmptyPlaceholderError, UnknownPlaceholderError
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Macro, Message, Ticket
from agentdesk.queries.histories import history
from agentdesk.queries.macros import by_use, macros, outcomes

ZONE = ZoneInfo("Europe/London")
BODY = "Dear {{customer.first_name}},\n\n{{ticket.ref}} waits for your order number.\n\n{{agent.name}}"


def a_ticket(desk: Desk, name: str | None = "Dana Kim", **fields: object) -> int:
    with desk.change() as change:
        whose = services.create_customer(change, name=name).id if name else None
        ticket = services.create_ticket(
            change, subject="Late", customer_id=whose, body="Where is it?", **fields
        )
        return ticket.id or 0


def a_macro(desk: Desk, **told: object) -> int:
    with desk.change() as change:
        return services.add_macro(change, **{"name": "Ask", "shared": True, **told}).id or 0


def test_applying_says_sets_and_tells_and_one_undo_takes_all_back(desk: Desk) -> None:
    changes = {
        "status": "Pending",
        "priority": "high",
        "tags": "+order,-old",
        "queue": "billing",
        "assignee": "me",
    }
    macro = a_macro(desk, body=BODY, changes={**changes, "wake": "2d"})
    number = a_ticket(desk, tags=["old"])
    with desk.change() as change:
        services.apply_macro(change, macro, number, zone=ZONE)
    with desk.change() as change:
        ticket = change.get(Ticket, number)
        assert (ticket.status, ticket.priority, ticket.tags) == ("pending", "high", ["order"])
        assert (ticket.queue_id, ticket.assignee_id, ticket.wake_at is not None) == (2, 1, True)
        said = change.find_all(Message, Message.ticket_id == number)[-1]
        assert said.body == f"Dear Dana,\n\nT-{number} waits for your order number.\n\nAna"
        assert said.visibility == "public"
    with desk.read() as read:
        [told] = [one for one in history(read, number) if one.event == "macro.applied"]
        assert (told.sentence, told.reason) == ("ana applied a macro", "Ask")
        assert [(one.name, one.uses) for one in macros(read)] == [("Ask", 1)]
    with desk.change() as change:
        services.undo_change(change)
    with desk.change() as change:
        ticket = change.get(Ticket, number)
        assert (ticket.status, ticket.priority, ticket.tags, ticket.assignee_id) == (
            "new",
            "normal",
            ["old"],
            None,
        )
    with desk.read() as read:
        assert macros(read)[0].uses == 0


def test_what_is_empty_is_not_sent(desk: Desk) -> None:
    macro = a_macro(desk, body=BODY, changes={"priority": "high"})
    number = a_ticket(desk, name=None)
    with (
        pytest.raises(EmptyPlaceholderError, match=r"T-\d+ has no value for \{\{customer.first_name\}\}"),
        desk.change() as change,
    ):
        services.apply_macro(change, macro, number, zone=ZONE)
    with desk.change() as change:
        assert change.get(Ticket, number).priority == "normal"


def test_an_internal_macro_is_a_note_and_stops_no_wait(desk: Desk) -> None:
    macro = a_macro(desk, body="Called {{customer.name}}.", visibility="internal")
    number = a_ticket(desk)
    with desk.change() as change:
        services.apply_macro(change, macro, number, zone=ZONE)
        assert change.get(Ticket, number).waiting_since is not None
        assert change.find_all(Message, Message.ticket_id == number)[-1].visibility == "internal"


def test_a_macro_that_finds_all_as_it_sets_it_is_no_use(desk: Desk) -> None:
    macro = a_macro(desk, changes={"priority": "normal"})
    number = a_ticket(desk)
    with desk.change() as change:
        services.apply_macro(change, macro, number, zone=ZONE)
        assert change.id is None
        assert change.already


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": ""}, "A macro needs a name"),
        ({"changes": {"colour": "red"}}, "There is no field"),
        ({"changes": {"status": "pendng"}}, "cannot be"),
        ({"changes": {"status": "closed"}}, "opens, sets aside or solves"),
        ({"changes": {"status": "on_hold"}}, "waits for somebody"),
        ({"changes": {"tags": "vat"}}, "adds and takes off"),
        ({"changes": {"wake": "2026-05-01"}}, "many days"),
        ({"changes": {"wake": "2d", "status": "solved"}}, "Only what waits"),
        ({"changes": {"resolution": "fixed"}}, "status=solved"),
        ({"changes": {"priority": "high"}, "visibility": "secret"}, "visibility cannot be"),
        ({}, "Write what it says"),
    ],
)
def test_what_makes_no_sense_is_refused_when_it_is_saved(
    sqlite_desk: Desk, told: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidValueError, match=said):
        a_macro(sqlite_desk, **told)


def test_unknown_names_are_refused_when_it_is_saved(sqlite_desk: Desk) -> None:
    with pytest.raises(UnknownPlaceholderError, match=r"customer\.first_name"):
        a_macro(sqlite_desk, body="Dear {{customer.frist_name}}")
    with pytest.raises(NotFoundError, match="Billing"):
        a_macro(sqlite_desk, changes={"queue": "Biling"})
    with pytest.raises(NotFoundError, match="agent"):
        a_macro(sqlite_desk, changes={"assignee": "nobody-here"})


def test_what_is_ones_own_is_seen_by_oneself_and_goes_before_what_is_shared(desk: Desk) -> None:
    shared, own = a_macro(desk, body="all"), a_macro(desk, body="mine", shared=False)
    with desk.change() as change:
        assert services.macro_by_name(change, "ask").id == own
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with desk.change() as change:
        assert services.macro_by_name(change, "ASK").id == shared
        with pytest.raises(NotFoundError):
            services.edit_macro(change, own, {"body": "theirs"})
    with desk.read() as read:
        assert [one.id for one in macros(read)] == [shared]


def test_a_name_is_taken_once(desk: Desk) -> None:
    first = a_macro(desk, body="x")
    with pytest.raises(InvalidValueError, match="There is such a macro"):
        a_macro(desk, name=" ask ", body="y")
    with desk.change() as change:
        services.retire_macro(change, first)
    with desk.change() as change, pytest.raises(NotFoundError, match="It was retired"):
        services.macro_by_name(change, "Ask")
    assert a_macro(desk, body="y") != first


def test_looking_at_it_says_when(desk: Desk) -> None:
    macro = a_macro(desk, body="x")
    with desk.change() as change:
        row = change.get(Macro, macro)
        row.reviewed_at = None
        services.edit_macro(change, macro, {"reviewed": True})
        assert row.reviewed_at == change.at


def test_a_preview_says_what_applying_does(desk: Desk) -> None:
    macro = a_macro(desk, body=BODY, changes={"status": "pending", "assignee": "me", "tags": "+order"})
    good, nameless, done = a_ticket(desk), a_ticket(desk, name=None), a_ticket(desk)
    with desk.change() as change:
        services.solve_ticket(change, done)
    with desk.read() as read:
        told = outcomes(read, macros(read)[0], [good, nameless, done], me="ana", zone=ZONE)
    moves = [(one.field, one.before, one.after) for one in told[0].moves]
    assert moves == [("status", "new", "pending"), ("assignee", "nobody", "ana"), ("tags", "—", "#order")]
    assert [one.is_possible for one in told] == [True, False, False]
    assert [one.name for one in told[1].filled.empty] == ["customer.first_name"]
    assert told[2].refusal == "is solved and cannot become pending"
    with desk.change() as change:
        services.apply_macro(change, macro, good, zone=ZONE)
    for refused in (nameless, done):
        with pytest.raises((EmptyPlaceholderError, InvalidTransitionError)), desk.change() as change:
            services.apply_macro(change, macro, refused, zone=ZONE)


def test_the_macros_of_a_category_come_first_and_then_the_most_used(desk: Desk) -> None:
    for name, category in (("a", ""), ("b", ""), ("c", "Returns")):
        a_macro(desk, name=name, category=category, changes={"tags": f"+{name}"})
    number = a_ticket(desk)
    with desk.change() as change:
        services.apply_macro(change, 2, number, zone=ZONE)
    with desk.read() as read:
        assert [one.name for one in by_use(macros(read), ["returns"])] == ["c", "b", "a"]
