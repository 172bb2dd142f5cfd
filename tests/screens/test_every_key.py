"""Every key that is offered does something: its action is there, on each screen where it is bound."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from agentdesk.app import ROUTES, AgentDesk
from agentdesk.commands.registry import PLACES, SCOPES, all_commands
from agentdesk.screens.customer import CustomerScreen
from agentdesk.screens.customers import CustomersScreen
from agentdesk.screens.inbox import InboxScreen
from agentdesk.screens.knowledge import KnowledgeScreen
from agentdesk.screens.reports import ReportsScreen
from agentdesk.widgets.table import LineTable

KEEPERS = {"app": [AgentDesk], "list": [LineTable], "reading": [ReportsScreen]}
KEEPERS |= {"knowledge": [KnowledgeScreen]}
KEEPERS |= {"notices": [InboxScreen]}
KEEPERS |= {"customers": [CustomersScreen], "customer": [CustomerScreen]}


def screens_of(scope: str) -> list[type]:
    """The screens whose place has a scope of commands."""
    if scope in KEEPERS:
        return KEEPERS[scope]
    found = []
    for target in ROUTES.values():
        module, _, name = target.partition(":")
        kind = getattr(import_module(module), name)
        if scope in PLACES.get(getattr(kind, "place", ""), ()):
            found.append(kind)
    return found


@pytest.mark.parametrize("scope", SCOPES)
def test_every_command_has_its_action_wherever_it_works(scope: str) -> None:
    kinds = screens_of(scope)
    assert kinds
    for kind in kinds:
        for one in SCOPES[scope].commands:
            name = one.action.partition("(")[0]
            assert hasattr(kind, f"action_{name}"), f"{one.id} does nothing on {kind.__name__}"


def test_no_key_is_offered_for_what_is_not_there_yet() -> None:
    promised = re.compile("later|not yet|not there|coming")
    assert [one.id for one in all_commands() if promised.search(one.help)] == []


def test_every_route_that_a_screen_asks_for_is_known() -> None:
    sources = Path(import_module("agentdesk.screens").__path__[0]).glob("*.py")
    asked = {
        route
        for source in sources
        for route in re.findall(
            r'(?:console\.show|self\.show|self\._ask)\(\s*"(\w+)"', source.read_text("utf-8")
        )
    }
    assert asked
    assert asked <= set(ROUTES)
