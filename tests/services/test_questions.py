"""What an agent has asked: newest first, each once, for that agent alone, and nothing that undo would take back."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK, Actor
from agentdesk.domain.errors import UndoError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.questions import asked_before
from agentdesk.services.questions import LONGEST, MOST


def ask(desk: Desk, *texts: str, entity="ticket") -> None:
    for text in texts:
        with desk.change() as change:
            services.remember_question(change, text, entity)
        assert change.id is None


def asked(desk: Desk, entity="ticket") -> list[str]:
    with desk.read() as read:
        return asked_before(read, entity)


def test_the_newest_comes_first_and_each_once(desk: Desk) -> None:
    assert asked(desk) == []
    ask(desk, "tag:vat", "is:open", "  ", ' café "x y" ', "tag:vat", "x" * (LONGEST + 1))
    assert asked(desk) == ["tag:vat", 'café "x y"', "is:open"]


def test_there_are_only_so_many(sqlite_desk: Desk) -> None:
    ask(sqlite_desk, *(f"id:{number}" for number in range(MOST + 3)))
    assert len(asked(sqlite_desk)) == MOST
    assert asked(sqlite_desk)[0] == f"id:{MOST + 2}"


def test_they_are_an_agents_own_and_those_over_customers_are_others(sqlite_desk: Desk) -> None:
    ask(sqlite_desk, "is:open")
    ask(sqlite_desk, "tier:gold", entity="customer")
    sqlite_desk.actor = Actor(2, "ben", "Ben", Role.READ_ONLY)
    ask(sqlite_desk, "is:mine")
    assert (asked(sqlite_desk), asked(sqlite_desk, "customer")) == (["is:mine"], [])
    sqlite_desk.actor = DESK
    ask(sqlite_desk, "is:spam")
    assert asked(sqlite_desk) == []


def test_asking_is_nothing_that_can_be_taken_back(sqlite_desk: Desk) -> None:
    with sqlite_desk.change() as change:
        services.save_view(change, name="VAT", query="tag:vat")
    ask(sqlite_desk, "is:open")
    with sqlite_desk.change() as change:
        assert "view" in services.undo_change(change).sentence
    with sqlite_desk.change() as change, pytest.raises(UndoError):
        services.undo_change(change)
    assert asked(sqlite_desk) == ["is:open"]
