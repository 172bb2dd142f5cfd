"""Help, palette and reasons, by keys."""

import pytest

from agentdesk.commands.needs import NEEDS
from agentdesk.commands.registry import PLACES, SCOPES, by_id, in_place
from agentdesk.domain.safe_text import cells
from agentdesk.screens.help import command_lines
from agentdesk.screens.palette_things import Thing
from agentdesk.screens.reasons import NEEDS as REASONS
from agentdesk.widgets.bar import fit
from agentdesk.widgets.finder import Finder
from agentdesk.widgets.fitting import fitting
from agentdesk.widgets.key_bar import MOST, KeyBar
from tests.screens.sight import burst, seen, settled
from tests.screens.test_queue import table, toasts


def words_of(lines):
    return [one.text.plain for one in lines]


def ids_of(lines):
    return [one.value.id for one in lines if one.value is not None]


def test_every_need_is_of_a_command_and_has_a_sentence():
    assert {one for ids in NEEDS.values() for one in ids} <= set(by_id())
    assert set(NEEDS) <= set(REASONS)


@pytest.mark.parametrize("typed", ["E", "ctrl+s", "^s", "esc", "F8", "f8", ","])
def test_help_finds_a_command_by_its_key(typed):
    place = "dialog" if "s" in typed else "queue"
    first = command_lines(place, typed, {}, {})
    assert first[0].text.plain == f"On {typed}"
    assert ids_of(first)[0] in {
        "ticket.escalate",
        "dialog.confirm",
        "queue.back",
        "dialog.cancel",
        "app.theme",
        "app.preferences",
    }


def test_help_finds_a_command_by_words_of_its_sentence_and_a_slip_is_forgiven():
    assert ids_of(command_lines("queue", "every match", {}, {})) == ["queue.mark_all"]
    assert "ticket.priority" in ids_of(command_lines("queue", "priorty", {}, {}))


def test_help_of_a_list_finds_what_works_once_a_ticket_is_opened():
    found = command_lines("queue", "apart", {}, {})
    assert ids_of(found) == ["page.unmerge"]
    assert found[0].text.plain == "On a ticket you have opened"


def test_what_fits_best_comes_first():
    names = ["Unassign", "Assign", "Ask for assistance", "Sign off"]
    assert fitting("assi", names, name=str) == ["Assign", "Ask for assistance", "Unassign"]
    assert fitting("", names, name=str) == names


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("place", PLACES)
def test_the_footer_never_overflows_and_has_at_most_seven_keys(place, width):
    bar = KeyBar(place, {})
    ranks = bar._ranks()
    kept = fit([bar._piece(one, ranks[one.id]) for one in bar._listed()], width - 2)
    assert len(kept) <= MOST
    assert sum(one.width + one.gap for one in kept) - (kept[-1].gap if kept else 0) <= width - 2
    if "app" in PLACES[place]:
        assert any("Help" in text for one in kept for text, _ in one.parts)
    assert all(cells(text) == len(text) for one in kept for text, _ in one.parts)


async def test_a_command_that_cannot_be_given_says_why_when_its_key_is_pressed(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "space", "space", "r")
        assert toasts(pilot) == ["2 tickets are marked; this works on one. esc unmarks."]
        keys = {
            text: style for piece in pilot.app.screen.query_one(KeyBar)._pieces for text, style in piece.parts
        }
        assert keys["r"] == "$faint"
        assert keys["a"] == "bold $here"
        await burst(pilot, "question_mark", *"reply")
        assert "Reply: 2 tickets are marked; this works on one" in seen(pilot)
        await burst(pilot, "enter")
        assert toasts(pilot) == ["2 tickets are marked; this works on one. esc unmarks."]
        await burst(pilot, "escape", "colon", *"put all away", "enter")
        assert toasts(pilot) == ["Put all away: Works on notices in the inbox."]
        keys = {
            text: style for piece in pilot.app.screen.query_one(KeyBar)._pieces for text, style in piece.parts
        }
        assert keys["r"] == "bold $here"


async def test_the_palette_finds_commands_views_agents_themes_and_preferences(console, desk):
    from agentdesk import services

    with desk.change() as change:
        services.save_view(change, name="[red]Vat", query="invoice")
    async with console().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for typed, wanted in [
            ("contr", ("theme", "contrast")), ("bell", ("setting", "bell")), ("hooli", ("customer", 1)),
        ]:  # fmt: skip
            await burst(pilot, "colon", *typed)
            found = [one.value for one in pilot.app.screen.query_one(Finder).lines]
            assert Thing(*wanted) in found, typed
            await pilot.press("escape")
        await burst(pilot, "colon", *"larsen", "enter")
        assert {row.assignee for row in table(pilot).pages._pages[0]} == {"bo"}
        await burst(pilot, "colon", *"[red]", "enter")
        assert pilot.app.screen.view.name == "[red]Vat"
        await burst(pilot, "colon")
        lines = pilot.app.screen.query_one(Finder).lines
        assert words_of(lines)[0] == "Lately"
        assert [one.value for one in lines[1:3]] == [Thing("view", "view-1"), Thing("agent", "bo")]


async def test_the_palette_finds_people_and_organizations_by_beginnings_of_words(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for typed, wanted in [
            ("nordm", ("customer", 5)), ("Ola Nor", ("customer", 5)), ("mar ili", ("customer", 2)),
            ("umbre", ("organization", "Umbrella Ltd")), ("cance", ("ticket", 1010)),
        ]:  # fmt: skip
            await burst(pilot, "colon", *typed)
            found = [one.value for one in pilot.app.screen.query_one(Finder).lines]
            assert Thing(*wanted) in found, typed
            await pilot.press("escape")


async def test_an_organization_of_the_palette_leads_to_who_is_in_it(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await burst(pilot, "colon", *"umbre")
        lines = pilot.app.screen.query_one(Finder).lines
        steps = [one.value for one in lines if one.value is not None].index(
            Thing("organization", "Umbrella Ltd")
        )
        await burst(pilot, *["down"] * steps, "enter")
        assert pilot.app.screen.query_text == 'organization:"Umbrella Ltd"'


def test_every_place_has_its_commands_in_the_palette():
    assert {one.id for place in PLACES for one in in_place(place)} == {
        one.id for scope in SCOPES.values() for one in scope.commands
    }


async def test_the_palette_says_that_more_customers_fit_than_it_shows(console, desk):
    from agentdesk import services

    with desk.change() as change:
        for number in range(6):
            services.create_customer(change, name=f"Okon {number}")
    async with console().run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.press("colon", *"okon")
        await pilot.pause(0.3)
        await settled(pilot)
        told = " ".join(seen(pilot).replace("│", " ").split())
        assert told.count("customer Okon") == 4
        assert "… and more: customers. Type on; 6 searches all that was written, / in the customers" in told
        await pilot.press("space", "3")
        await pilot.pause(0.3)
        await settled(pilot)
        assert "and more" not in seen(pilot)
