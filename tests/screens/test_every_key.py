"""Every key that is offered is pressed where it works, is seen to do something, and what it does is taken back.

Also that its action is there on each screen where it is bound, and that no footer is wider than its screen.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from agentdesk.app import ROUTES, AgentDesk
from agentdesk.commands.command import Command
from agentdesk.commands.registry import PLACES, SCOPES, all_commands, by_id
from agentdesk.screens.customer import CustomerScreen
from agentdesk.screens.customers import CustomersScreen
from agentdesk.screens.inbox import InboxScreen
from agentdesk.screens.knowledge import KnowledgeScreen
from agentdesk.screens.reports import ReportsScreen
from agentdesk.widgets.query_bar import QueryBar
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.word_line import WordLine
from tests.held import held
from tests.hostile.hands import Hands
from tests.screens.every_key import TRIALS
from tests.screens.sample_desk import trial_desk
from tests.screens.trial import Trial, look, try_key

KEEPERS = {"app": [AgentDesk], "list": [LineTable], "reading": [ReportsScreen]}
KEEPERS |= {"knowledge": [KnowledgeScreen]}
KEEPERS |= {"typing": [WordLine], "asking": [QueryBar]}
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


# Pressed.

SIZES = {"clocks": (80, 16)}
"""Where a page has to be low to have something to scroll."""
APART = ("app.quit",)
"""What ends the console: each key of it in a console of its own."""
BY_PALETTE = "enter"


@asynccontextmanager
async def console_on(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hands]:
    desk = trial_desk(folder)
    try:
        async with AgentDesk(desk).run_test(size=size, notifications=True) as pilot:
            pilot.app.animation_level = "none"
            pilot.app._leaving.set()  # nobody looks for news but who asks
            hands = Hands(pilot, {"strings": []})
            await hands.settle()
            yield hands
    finally:
        desk.close()


def trial_of(command: Command) -> Trial:
    assert command.id in TRIALS, f"TRIALS in tests/screens/every_key.py has no way to try {command.id}"
    return TRIALS[command.id]


def keys_of(command: Command) -> list[str]:
    """Its keys; a command without one is chosen in the palette, to which its way leads."""
    return [] if command.id in APART else (command.keys or BY_PALETTE).split(",")


def on_page(trial: Trial) -> Trial:
    return replace(trial, way=("list.open", *trial.way))


ON_PAGE = "on an open ticket"
TRIED = [(scope, "in its place") for scope in SCOPES] + [
    pytest.param("ticket", ON_PAGE, marks=pytest.mark.slow)
]


@pytest.mark.parametrize(("scope", "where"), TRIED)
async def test_every_key_is_seen_to_do_what_it_says_and_is_taken_back(
    scope: str, where: str, tmp_path: Path
) -> None:
    wrong = []
    async with console_on(tmp_path, SIZES.get(scope, (80, 24))) as hands:
        start = held(tmp_path / "desk.db")
        for command in SCOPES[scope].commands:
            trial = trial_of(command)
            for at, key in enumerate(keys_of(command)):
                tried, is_twin = (on_page(trial), True) if where == ON_PAGE else (trial, at > 0)
                told = await try_key(hands, tried, key, start, is_twin=is_twin)
                wrong += [f"{command.id} by {key} {words}" for words in told]
    assert wrong == []


@pytest.mark.parametrize("key", [key for name in APART for key in by_id()[name].keys.split(",")])
async def test_a_key_that_ends_the_console_ends_it(key: str, tmp_path: Path) -> None:
    async with console_on(tmp_path) as hands:
        before = look(hands)
        await hands.press(key)
        assert TRIALS["app.quit"].seen(before, look(hands))


def test_the_trial_of_a_command_that_is_gone_is_taken_out() -> None:
    assert set(TRIALS) <= set(by_id())


def test_a_command_without_a_trial_fails_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(TRIALS, "ticket.take")
    with pytest.raises(AssertionError, match=r"no way to try ticket\.take"):
        trial_of(by_id()["ticket.take"])
