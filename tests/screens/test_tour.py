"""A practice desk that nobody can mistake, and the tour over it, played to its end by keys."""

from dataclasses import replace

import pytest
from textual.widgets import Static

from agentdesk.app import AgentDesk
from agentdesk.commands.registry import by_id
from agentdesk.commands.tour_steps import STEPS, go_on_at
from agentdesk.demo.practice import mark_practice
from agentdesk.desk import Desk
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries.desk_settings import own_setting
from agentdesk.widgets.key_bar import PRACTICE
from agentdesk.widgets.theme import THEMES, as_practice
from agentdesk.widgets.tour_line import TourLine
from tests.screens.sight import burst, seen, settled
from tests.screens.test_queue import toasts
from tests.widgets.test_theme import contrast


@pytest.fixture
def practice(desk):
    """The sample desk, which knows that it is one to practise on."""
    mark_practice(desk.store)
    opened = Desk.open(desk.settings, origin=Origin.CONSOLE, clock=desk.clock)
    yield opened
    opened.close()


def line_of(pilot):
    return pilot.app.screen.query_one(TourLine).render().plain


async def test_the_whole_tour_is_played_by_the_keys_it_names(practice):
    app = AgentDesk(practice, tour=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        for at, step in enumerate(STEPS):
            assert app.step == at, (at, step.hint, seen(pilot))
            assert line_of(pilot).startswith(f"TOUR {at + 1}/{len(STEPS)} {step.hint[:20]}")
            await burst(pilot, *step.keys)
        assert app.step is None
        assert not app.screen.query(TourLine)
        assert any("That was the tour" in one for one in toasts(pilot))
        await settled(pilot)
    with practice.read() as read:
        assert own_setting(read, "tour") == len(STEPS)


async def test_another_key_waits_and_escape_leaves_and_it_goes_on_there(practice):
    app = AgentDesk(practice, tour=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "k", "j", "r")
        assert app.step == 1
        assert "TOUR 2/" in line_of(pilot)
        app.step = 3
        await burst(pilot, "escape")
        assert app.step is None
        assert any("at step 4 of" in one for one in toasts(pilot))
        app.begin_tour()
        await settled(pilot)
        assert app.step == go_on_at(3) == 1
        assert len(app.screen_stack) == 1


def test_every_step_waits_for_something_there_is():
    known = {*by_id(), "saved", "undone", "asked", "chosen"}
    assert [
        one.waits for one in STEPS if one.waits not in known and not one.waits.startswith("screen ")
    ] == []
    assert STEPS[0].begins
    assert all(len(one.hint) < 110 for one in STEPS)


async def test_a_practice_desk_says_so_on_every_screen(practice):
    async with AgentDesk(practice).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for keys in ["2", "1"]:
            await burst(pilot, keys)
            assert f"◧ {PRACTICE}" in seen(pilot).splitlines()[0]
        await burst(pilot, "r")
        assert PRACTICE in seen(pilot).splitlines()[-1]


@pytest.mark.parametrize("name", [name for name in THEMES if name != "terminal"])
def test_the_accent_of_a_practice_desk_is_another_one_and_can_be_read(name):
    theme = THEMES[name]
    told = as_practice(theme.variables)
    assert told["here"] != theme.variables["here"]
    assert contrast(told["here-text"], told["here"]) >= 4.5


async def test_an_empty_desk_offers_one_and_a_desk_in_use_does_not(bare_desk, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    built = []
    monkeypatch.setattr(
        "agentdesk.demo.practice.build_practice", lambda settings, **_: built.append(settings.store)
    )
    bare_desk.settings = replace(bare_desk.settings, agent="ana")
    app = AgentDesk(bare_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert "d  a desk to practise on" in seen(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert "import contacts people.csv" in pilot.app.screen.query_one("#empty", Static).render().plain
        await pilot.press("d")
        await settled(pilot)
    assert app.reopen.store == built[0] == str(tmp_path / "data" / "agentdesk" / "demo.db")
    assert app.reopen.agent is None
    assert app.reopens_with_tour


async def test_a_desk_in_use_offers_none_and_says_nothing_of_practice(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        assert "offered where a desk is empty" in toasts(pilot)[0]
        assert "◧ AgentDesk" in seen(pilot)
        assert PRACTICE not in seen(pilot)
        assert pilot.app.reopen is None
