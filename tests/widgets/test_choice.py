"""A choice takes page keys at any time."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets._select import SelectOverlay

from agentdesk.widgets.choice import Choice
from agentdesk.widgets.theme import DEFAULT, THEMES


class Narrow(App[None]):
    CSS = "Choice > SelectOverlay.-none { width: 0; height: 0; border: none; padding: 0; }"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES[DEFAULT].variables

    def compose(self) -> ComposeResult:
        yield Choice([("one", 1), ("two", 2)], value=1)


async def test_a_page_key_before_the_list_of_a_choice_has_room_does_nothing() -> None:
    async with Narrow().run_test() as pilot:
        choice = pilot.app.query_one(Choice)
        choice.query_one(SelectOverlay).add_class("-none")
        choice.focus()
        choice.action_show_overlay()
        await pilot.press("pagedown", "pageup")
        assert choice.query_one(SelectOverlay).has_focus
        assert choice.query_one(SelectOverlay).highlighted == 1  # the blank one is before it


async def test_a_choice_is_worked_in_its_list() -> None:
    async with Narrow().run_test() as pilot:
        choice = pilot.app.query_one(Choice)
        choice.focus()
        await pilot.press("enter", "down", "enter")
        assert (choice.chosen, choice.expanded) == (2, False)


class Whom(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES[DEFAULT].variables

    def compose(self) -> ComposeResult:
        yield Choice([("Support", 1), ("Billing", 2), ("Ben", 3)], whom=True)


async def test_letters_that_come_faster_than_the_list_opens_are_searched_in_their_order() -> None:
    async with Whom().run_test() as pilot:
        choice = pilot.app.query_one(Choice)
        choice.focus()
        await pilot.pause()
        for letter in "bil":
            choice.post_message(Key(letter, letter))
        await pilot.press("l", "enter")
        assert (choice.chosen, choice.expanded) == (2, False)


async def test_another_search_begins_where_the_list_was_closed() -> None:
    async with Whom().run_test() as pilot:
        choice = pilot.app.query_one(Choice)
        choice.focus()
        await pilot.press("b", "e", "escape", "s", "u", "enter")
        assert choice.chosen == 1
