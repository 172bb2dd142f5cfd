"""Saved views: kept whole, in an order of their owner, changed only by who has them, and taken back."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import ConflictError, InvalidValueError, NotFoundError, NotPermittedError
from agentdesk.domain.query import QueryError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.views import BUILT_IN, View, views


def saved(desk: Desk) -> list[View]:
    with desk.read() as read:
        return views(read)[len(BUILT_IN) :]


def names(desk: Desk) -> list[str]:
    return [one.name for one in saved(desk)]


def keep(desk: Desk, name: str, query: str = "tag:vat", **more) -> int:
    with desk.change() as change:
        return services.save_view(change, name=name, query=query, **more).id or 0


def act(desk: Desk, operation: str, *args, **named) -> None:
    with desk.change() as change:
        getattr(services, operation)(change, *args, **named)


def undo(desk: Desk) -> None:
    act(desk, "undo_change")


def as_ben(desk: Desk) -> None:
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)


def test_a_view_is_kept_with_its_order_columns_and_headings(desk: Desk) -> None:
    number = keep(desk, " My  VAT ", sort="-created", columns=["due", "subject"], group_by="queue")
    assert saved(desk) == [
        View(
            f"view-{number}", "My VAT", "tag:vat", "-created", is_saved=True, columns=("due", "subject"),
            group_by="queue", version=1,
        )
    ]  # fmt: skip
    assert saved(desk)[0].number == number


def test_the_same_name_again_replaces_it_where_it_stands(sqlite_desk: Desk) -> None:
    first = keep(sqlite_desk, "VAT")
    keep(sqlite_desk, "Other")
    assert keep(sqlite_desk, "vat", "is:open", sort="due") == first
    assert [(one.name, one.query, one.sort) for one in saved(sqlite_desk)] == [
        ("VAT", "is:open", "due"),
        ("Other", "tag:vat", "attention"),
    ]
    undo(sqlite_desk)
    assert saved(sqlite_desk)[0].query == "tag:vat"


def test_an_order_in_the_question_becomes_that_of_the_view(sqlite_desk: Desk) -> None:
    keep(sqlite_desk, "VAT", "tag:vat sort:-created")
    assert [(one.query, one.sort) for one in saved(sqlite_desk)] == [("tags:vat", "-created")]


def test_the_views_of_the_desk_stand_before_ones_own_and_each_kind_is_put_in_order(desk: Desk) -> None:
    ids = {name: keep(desk, name, shared=name.isupper()) for name in ("a", "b", "C", "D", "e")}
    assert names(desk) == ["C", "D", "a", "b", "e"]
    act(desk, "move_view", ids["e"], 1)
    act(desk, "move_view", ids["C"], 99)
    assert names(desk) == ["D", "C", "e", "a", "b"]
    undo(desk)
    undo(desk)
    assert names(desk) == ["C", "D", "a", "b", "e"]
    with pytest.raises(InvalidValueError, match="The first one is 1"):
        act(desk, "move_view", ids["a"], 0)


def test_renaming_and_deleting_are_taken_back(desk: Desk) -> None:
    number = keep(desk, "VAT")
    act(desk, "edit_view", number, {"name": "Taxes"}, expected_version=1)
    assert names(desk) == ["Taxes"]
    act(desk, "remove_view", number, expected_version=2)
    assert names(desk) == []
    undo(desk)
    assert names(desk) == ["Taxes"]
    undo(desk)
    assert names(desk) == ["VAT"]


def test_a_stale_hand_changes_nothing(sqlite_desk: Desk) -> None:
    number = keep(sqlite_desk, "VAT")
    act(sqlite_desk, "edit_view", number, {"query": "is:open"})
    for operation, more in (("remove_view", ()), ("move_view", (1,)), ("edit_view", ({"name": "x"},))):
        with pytest.raises(ConflictError):
            act(sqlite_desk, operation, number, *more, expected_version=1)


def test_somebody_elses_own_view_is_not_there(sqlite_desk: Desk) -> None:
    mine, ours = keep(sqlite_desk, "Mine alone"), keep(sqlite_desk, "Ours", shared=True)
    as_ben(sqlite_desk)
    assert names(sqlite_desk) == ["Ours"]
    with pytest.raises(NotFoundError):
        act(sqlite_desk, "remove_view", mine)
    keep(sqlite_desk, "mine ALONE")
    act(sqlite_desk, "edit_view", ours, {"name": "Ours too"})
    assert names(sqlite_desk) == ["Ours too", "mine ALONE"]


@pytest.mark.parametrize("name", ["", "mine", "All open", "escalated", "OURS", "a\x1bb", "x" * 61])
def test_a_name_that_is_none_or_taken_is_refused(sqlite_desk: Desk, name: str) -> None:
    keep(sqlite_desk, "Ours", shared=True)
    number = keep(sqlite_desk, "VAT")
    with pytest.raises(InvalidValueError):
        keep(sqlite_desk, name)
    with pytest.raises(InvalidValueError):
        act(sqlite_desk, "edit_view", number, {"name": name})
    assert names(sqlite_desk) == ["Ours", "VAT"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"query": "statsu:open"}, QueryError),
        ({"sort": "colour"}, InvalidValueError),
        ({"columns": ["due", "a b"]}, InvalidValueError),
        ({"columns": [f"c{'x' * at}" for at in range(25)] * 2 + ["\x1b"]}, InvalidValueError),
        ({"group_by": "\x1b"}, InvalidValueError),
    ],
)
def test_what_a_list_cannot_show_is_refused(sqlite_desk: Desk, values: dict, error: type[Exception]) -> None:
    number = keep(sqlite_desk, "VAT")
    with pytest.raises(error):
        act(sqlite_desk, "edit_view", number, values)
    with pytest.raises(error):
        keep(sqlite_desk, "New", **{"query": "is:open", **values})
    with pytest.raises(InvalidValueError, match="no field"):
        act(sqlite_desk, "edit_view", number, {"position": 3})


def test_who_may_only_read_saves_nothing(sqlite_desk: Desk) -> None:
    number = keep(sqlite_desk, "VAT")
    sqlite_desk.actor = Actor(1, "ana", "Ana", Role.READ_ONLY)
    for operation, more in (
        ("remove_view", (number,)),
        ("move_view", (number, 1)),
        ("edit_view", (number, {})),
    ):
        with pytest.raises(NotPermittedError):
            act(sqlite_desk, operation, *more)
