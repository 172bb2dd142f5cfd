"""A policy keeps every version it ever had; undo and redo move what is current, and nothing else."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidValueError, NotFoundError, NotPermittedError, UndoError
from agentdesk.domain.events import Event
from agentdesk.domain.query import QueryError
from agentdesk.domain.sla import DEFAULT_LADDER
from agentdesk.domain.sla.errors import LadderError, PolicyInUseError, TargetError
from agentdesk.domain.sla.ladder import parse_ladder
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.policies import policies, policy_versions

FRT = {"frt": {"urgent": 30, "normal": 480}}


def add(desk: Desk, name: str = "Standard", **values: object) -> int | None:
    with desk.change() as change:
        services.add_policy(change, **{"name": name, "calendar": "24x7", "targets": FRT, **values})
    return change.id


def edit(desk: Desk, **values: object) -> int | None:
    with desk.change() as change:
        services.edit_policy(change, "standard", **values)
    return change.id


def retire(desk: Desk, name: str = "Standard") -> int | None:
    with desk.change() as change:
        services.retire_policy(change, name)
    return change.id


def hold(desk: Desk) -> int | None:
    """A ticket that has the current version of the policy."""
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="x")
        ticket.policy_id = services.current_policy(change, "Standard").id
        change.record(Event.TICKET_CHANGED, ticket)
    return ticket.id


def undo(desk: Desk, number: int | None = None) -> None:
    with desk.change() as change:
        services.undo_change(change, number)


def redo(desk: Desk, number: int | None = None) -> None:
    with desk.change() as change:
        services.redo_change(change, number)


def minutes(desk: Desk) -> list[tuple[int, int, bool]]:
    """Number, minutes to the first reply of an urgent ticket, and whether it is current, of each version."""
    with desk.read() as read:
        versions = policy_versions(read, "Standard")
    return [(one.number, one.targets["frt"]["urgent"], one.is_current) for one in versions]


def urgent(length: int) -> Mapping[str, Mapping[str, int]]:
    return {"frt": {"urgent": length}}


def test_the_first_version_is_number_one_and_holds_what_was_said(desk: Desk) -> None:
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.add_policy(
            change,
            name=" Gold  care ",
            calendar=" uk ",
            targets={"agent_work": {"low": 60}, "nrt": {"low": 9, "urgent": 5}, "frt": {}},
            conditions=" queue:support tag:vat ",
            position=3,
            ladder=parse_ladder(["100% escalate lead", "75% notify assignee"]),
            by_agreement=True,
        )
    with desk.read() as read:
        [row] = policies(read)
    assert (row.name, row.number, row.ref, row.position) == ("Gold care", 1, "Gold care@1", 3)
    assert (row.calendar, row.conditions, row.by_agreement) == ("UK", "queue:support tag:vat", True)
    assert row.targets == {"nrt": {"urgent": 5, "low": 9}, "agent_work": {"low": 60}}
    assert [step.id for step in row.steps] == ["75%:notify:assignee", "100%:escalate:lead"]


def test_what_is_not_said_is_the_default_ladder_and_the_place_after_the_last(desk: Desk) -> None:
    add(desk, "First")
    add(desk, "Second", position=25)
    add(desk, "Third")
    add(desk, "Quiet", ladder=())
    with desk.read() as read:
        rows = policies(read)
    assert [(one.name, one.position) for one in rows] == [
        ("First", 10),
        ("Second", 25),
        ("Third", 35),
        ("Quiet", 45),
    ]
    assert rows[0].steps == DEFAULT_LADDER
    assert rows[3].steps == ()


def test_an_edit_adds_a_version_and_rewrites_none(desk: Desk) -> None:
    add(desk, conditions="tag:vat")
    edit(desk, targets=urgent(15))
    edit(desk, conditions="", position=7, by_agreement=True)
    assert minutes(desk) == [(1, 30, False), (2, 15, False), (3, 15, True)]
    with desk.read() as read:
        first, second, third = policy_versions(read, "STANDARD")
    assert (first.targets, second.targets) == (FRT, urgent(15))
    assert (second.conditions, second.position, second.by_agreement) == ("tag:vat", 10, False)
    assert (third.conditions, third.position, third.by_agreement) == ("", 7, True)
    assert {one.steps for one in (first, second, third)} == {DEFAULT_LADDER}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"calendar": " ALWAYS "},
        {"targets": {"frt": {"normal": 480, "urgent": 30}, "nrt": {}}},
        {"conditions": "  tags:vat   NOT queue:billing "},
        {"position": 10, "by_agreement": False},
        {"ladder": DEFAULT_LADDER[::-1]},
    ],
)
def test_an_edit_that_says_the_same_in_other_words_makes_no_version(desk: Desk, values) -> None:
    add(desk, conditions="tag:vat -queue:billing")
    assert edit(desk, **values) is None
    assert len(minutes(desk)) == 1


def test_undo_of_an_edit_brings_the_version_before_back_and_redo_the_newer_one(desk: Desk) -> None:
    add(desk)
    edit(desk, targets=urgent(15), ladder=())
    after = minutes(desk)
    for _ in range(2):
        undo(desk)
        assert minutes(desk) == [(1, 30, True)]
        redo(desk)
        assert minutes(desk) == after
    with desk.read() as read:
        assert [one.steps for one in policy_versions(read, "Standard")] == [DEFAULT_LADDER, ()]


def test_undo_of_the_first_version_frees_the_name_and_redo_takes_it_again(desk: Desk) -> None:
    added = add(desk)
    undo(desk)
    assert minutes(desk) == []
    redo(desk, added)
    assert minutes(desk) == [(1, 30, True)]


def test_an_edit_with_a_later_one_on_top_is_not_taken_back(desk: Desk) -> None:
    add(desk)
    first = edit(desk, targets=urgent(15))
    edit(desk, targets=urgent(5))
    before = minutes(desk)
    with pytest.raises(UndoError, match="worked on since"):
        undo(desk, first)
    assert minutes(desk) == before


def test_a_version_that_a_ticket_has_is_not_taken_back(desk: Desk) -> None:
    added = add(desk)
    hold(desk)
    with pytest.raises(UndoError):
        undo(desk, added)
    assert minutes(desk) == [(1, 30, True)]


def test_a_retired_policy_is_current_no_more_and_its_tickets_keep_it(desk: Desk) -> None:
    add(desk)
    number = hold(desk)
    retired = retire(desk)
    assert minutes(desk) == [(1, 30, False)]
    with desk.read() as read:
        assert policies(read) == []
        assert read.value("SELECT policy_id FROM ticket WHERE id = :id", {"id": number}) is not None
    with pytest.raises(NotFoundError, match="retired; agentdesk policy add brings it back"):
        edit(desk, targets=urgent(15))
    undo(desk, retired)
    assert minutes(desk) == [(1, 30, True)]
    redo(desk, retired)
    assert minutes(desk) == [(1, 30, False)]


def test_the_name_of_a_retired_policy_brings_it_back_with_its_next_version(desk: Desk) -> None:
    add(desk)
    retire(desk)
    back = add(desk, "STANDARD", targets=urgent(5))
    assert minutes(desk) == [(1, 30, False), (2, 5, True)]
    with desk.read() as read:
        assert policies(read)[0].name == "Standard"
    undo(desk, back)
    assert minutes(desk) == [(1, 30, False)]


def test_a_policy_that_somebody_is_entitled_to_is_not_retired(desk: Desk) -> None:
    add(desk)
    add(desk, "Gold")
    with desk.change() as change:
        jo = services.create_customer(change, name="Jo Doe")
        for last in ("", "2026-03-03", "2026-03-02"):
            services.add_agreement(
                change, customer_id=jo.id, policy="Standard", starts_on="2026-01-01", ends_on=last
            )
    with pytest.raises(PolicyInUseError, match="promised by 2 agreements: 1, 2"):
        retire(desk)
    with desk.change() as change:
        services.edit_agreement(change, 1, policy="Gold")
    with pytest.raises(PolicyInUseError, match="promised by agreement 2"):
        retire(desk)
    with desk.change() as change:
        services.end_agreement(change, 2, "2026-03-02")
    retire(desk)
    assert minutes(desk) == [(1, 30, False)]


def test_names_differ_by_more_than_case(desk: Desk) -> None:
    add(desk)
    with pytest.raises(InvalidValueError, match="such a policy already"):
        add(desk, " standard ")


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "Standard@2", "None"])
def test_a_name_that_would_mean_something_else_is_refused(sqlite_desk: Desk, name: str) -> None:
    with pytest.raises(InvalidValueError, match="name"):
        add(sqlite_desk, name)


@pytest.mark.parametrize(
    ("values", "error", "told"),
    [
        ({"calendar": "UK"}, NotFoundError, "There is no calendar UK"),
        ({"calendar": "24x7@1"}, InvalidValueError, "leave the number out"),
        ({"targets": {}}, InvalidValueError, "The target is missing. A policy promises something"),
        ({"targets": {"frt": {}}}, InvalidValueError, "promises something"),
        ({"targets": {"frt": {"urgent": 0}}}, TargetError, "frt, urgent: 0 is less than a minute"),
        ({"targets": {"csat": {"urgent": 9}}}, TargetError, "no clock measures this"),
        ({"conditions": "queue:nowhere"}, QueryError, "Column 1: there is no queue “nowhere”"),
        ({"conditions": "assignee:me"}, QueryError, "me differs with who looks"),
        ({"conditions": "status:open"}, QueryError, "status is not known of a new ticket"),
        ({"conditions": "("}, QueryError, "Column 1: the parenthesis"),
        ({"position": -1}, InvalidValueError, "from 0 to"),
        ({"position": 10**12}, InvalidValueError, "from 0 to"),
        ({"position": 20}, InvalidValueError, "Gold stands there"),
        ({"ladder": DEFAULT_LADDER * 2}, LadderError, "it is there twice"),
    ],
)
def test_what_no_policy_can_have_is_refused_and_nothing_is_written(
    desk: Desk, values: dict[str, object], error: type[Exception], told: str
) -> None:
    add(desk)
    add(desk, "Gold")
    with pytest.raises(error, match=told):
        edit(desk, **values)
    with pytest.raises(error, match=told):
        add(desk, "New", **values)
    with desk.read() as read:
        assert [one.ref for one in policies(read, every=True)] == ["Gold@1", "Standard@1"]


def test_conditions_may_name_what_the_same_change_has_just_made(desk: Desk) -> None:
    with desk.change() as change:
        services.add_queue(change, name="Returns")
        services.add_policy(change, name="Returns", calendar="24x7", targets=FRT, conditions="queue:returns")
    with desk.read() as read:
        assert policies(read)[0].conditions == "queue:returns"


def test_an_unknown_name_offers_the_nearest(sqlite_desk: Desk) -> None:
    add(sqlite_desk)
    with pytest.raises(NotFoundError, match="Did you mean Standard"):
        retire(sqlite_desk, "Standart")


def test_only_who_sets_up_the_desk_changes_policies(sqlite_desk: Desk) -> None:
    add(sqlite_desk)
    sqlite_desk.actor = Actor(4, "lea", "Lea", Role.LEAD)
    for attempt in (
        lambda: add(sqlite_desk, "Gold"),
        lambda: edit(sqlite_desk, position=3),
        lambda: retire(sqlite_desk),
    ):
        with pytest.raises(NotPermittedError):
            attempt()
    assert minutes(sqlite_desk) == [(1, 30, True)]


def test_two_who_edit_at_once_make_two_versions(desk: Desk) -> None:
    """The second waits for the first, and starts from what that left."""
    add(desk)
    with ThreadPoolExecutor(3) as several:
        assert all(several.map(lambda length: edit(desk, targets=urgent(length)), (1, 2, 3)))
    assert [(number, current) for number, _, current in minutes(desk)] == [
        (1, False),
        (2, False),
        (3, False),
        (4, True),
    ]


def test_of_several_who_add_one_name_at_once_one_does(desk: Desk) -> None:
    def attempt(length: int) -> bool:
        try:
            return add(desk, targets=urgent(length)) is not None
        except InvalidValueError:
            return False

    with ThreadPoolExecutor(4) as several:
        assert sorted(several.map(attempt, (1, 2, 3, 4))) == [False, False, False, True]
    assert len(minutes(desk)) == 1
