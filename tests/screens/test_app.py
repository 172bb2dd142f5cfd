"""The console's frame: modes, help, palette, themes, and what happens when something fails."""

import os
import subprocess
import sys

import pytest
from textual.widgets import Static

from agentdesk.app import ROUTES, AgentDesk, run
from agentdesk.domain.errors import InvalidValueError
from agentdesk.screens.palette_things import Thing
from agentdesk.widgets.customer_card import CustomerCard
from agentdesk.widgets.finder import Finder
from agentdesk.widgets.theme import THEMES
from tests.screens.sample_desk import settings_for
from tests.screens.test_queue import settle, table, toasts


async def test_digits_change_the_mode_and_each_keeps_its_screen(console):
    async with console().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("j", "2")
        await settle(pilot)
        assert table(pilot).row.name == "Dana Kim"
        await pilot.press("4")
        await settle(pilot)
        assert "DAILY QUEUE REPORT" in pilot.app.screen.query_one("#text", Static).render().plain
        await pilot.press("3")
        await settle(pilot)
        assert "No articles yet" in pilot.app.screen.query_one("#empty", Static).render().plain
        await pilot.press("1")
        await settle(pilot)
        assert table(pilot).cursor == 1
        await pilot.press("6", *"refund", "enter")
        await settle(pilot)
        await pilot.press("1", "6")
        await settle(pilot)
        assert table(pilot).row.ticket_id == 1001


async def test_what_was_done_in_one_mode_is_seen_in_another(console, desk):
    async with console().run_test(size=(80, 24)) as pilot:
        pilot.app._leaving.set()  # nobody looks for news
        await settle(pilot)
        await pilot.press("6", *"refund", "enter", "e", *"Paid", "f2")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert table(pilot).row.subject == "Paid"


async def test_help_is_searched_by_typing_and_enter_runs(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark", *"every", "space", *"match")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert len(table(pilot).marks) == 23


async def test_the_palette_finds_a_ticket_by_its_words(console):
    async with console().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("colon", *"refund")
        await settle(pilot)
        finder = pilot.app.screen.query_one(Finder)
        assert Thing("ticket", 1001) in [one.value for one in finder.lines]


async def test_c_opens_everything_about_the_customer(console):
    async with console().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        words = "".join(
            part.render().plain for part in pilot.app.screen.query_one(CustomerCard).query(Static)
        )
        assert "Marta Ilić" in words
        assert "T-1001" in words
        await pilot.press("escape")
        await settle(pilot)
        assert table(pilot).row.id == 1001


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_draws(console, theme):
    app = console()
    app.theme = theme
    async with app.run_test(size=(180, 40)) as pilot:
        await settle(pilot)
        assert table(pilot).total == 23


async def test_no_color_draws_a_cursor_without_colour(console, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with console().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        styles = [segment.style for segment in table(pilot).render_line(1)]
        assert all(style.reverse for style in styles)


async def test_an_empty_no_color_keeps_the_colours(console, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "")
    assert not console().no_color


async def test_a_refusal_is_a_toast_and_the_console_goes_on(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)

        def refuse(change):
            raise InvalidValueError("priority", "[/]\x1b[31mhuge", ["low"])

        pilot.app.perform("Did it", refuse)
        await settle(pilot)
        assert any("priority" in one and "\x1b" not in one for one in toasts(pilot))
        assert table(pilot).total == 23


async def test_a_fault_in_a_thread_says_one_sentence_without_values(console, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)

        def fail(change):
            raise KeyError("secret of a customer")

        pilot.app.perform("Did it", fail)
        await settle(pilot)
        said = " ".join(toasts(pilot))
        assert "KeyError" in said
        assert "secret" not in said
        log = (tmp_path / "agentdesk" / "errors.log").read_text()
        assert "KeyError" in log
        assert "secret" not in log


async def test_a_fault_in_the_console_ends_it_and_prints_nothing_of_it(console, capsys):
    app = console()

    async def use():
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.call_later(lambda: 1 // 0)
            await pilot.pause(0.2)

    with pytest.raises(ZeroDivisionError):
        await use()
    assert isinstance(app.fault, ZeroDivisionError)
    assert "Traceback" not in capsys.readouterr().err


def test_an_unknown_theme_is_refused(tmp_path, desk):
    desk.settings = settings_for(tmp_path, theme="inc")
    with pytest.raises(InvalidValueError, match="ink"):
        AgentDesk(desk)


def test_without_a_terminal_the_console_refuses_with_a_sentence(tmp_path, capsys):
    assert run(settings_for(tmp_path)) == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_the_console_loads_no_orm_before_something_is_written(tmp_path, desk):
    code = (
        "import sys, agentdesk.app, agentdesk.screens.queue\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'typer', 'alembic'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_leads_to_a_screen(route):
    from importlib import import_module

    module, _, name = ROUTES[route].partition(":")
    assert hasattr(import_module(module), name)


async def test_the_console_waits_for_its_last_look_at_the_store_and_a_later_one_ends_quietly(desk, capsys):
    app = AgentDesk(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app._watch.is_alive()
    app.end_watching()
    assert not app._watch.is_alive()
    desk.close()
    app._leaving.clear()
    app._watch_store()  # one look more, as by a thread that was late: it is refused, and ends
    assert capsys.readouterr().err == ""
