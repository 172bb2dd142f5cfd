"""The knowledge base: found by words, read, written, changed; the form of a category is filled in beside the ticket."""

from typing import Any

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.intake import parse_field
from agentdesk.queries.articles import articles
from agentdesk.queries.intake import intake_of
from agentdesk.screens.article import ArticleDialog
from agentdesk.screens.intake import IntakeDialog
from tests.screens.sight import Console, seen, settled


def write(desk: Desk, title: str, body: str = "Some words.") -> None:
    with desk.change() as change:
        services.add_article(change, title=title, body=body)


def titles(desk: Desk) -> list[str]:
    with desk.read() as read:
        return [one.title for one in articles(read)]


async def pressed(pilot: Any, *keys: str) -> None:
    """Keys one after the other; what begins with = is typed in one go."""
    for key in keys:
        await pilot.press(*(key[1:] if key.startswith("=") else [key]))
    await settled(pilot)


async def test_an_article_is_found_read_and_left_again(console: Console, desk: Desk) -> None:
    write(desk, "Token expired", "Sign out.\x1b[2J")
    write(desk, "Returns", "Thirty days.")
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "3", "slash", "=tok", "enter")
        assert "Returns" not in seen(pilot)
        assert "best match first" in seen(pilot)
        await pressed(pilot, "enter")
        assert "Sign out.␛[2J" in seen(pilot)
        await pressed(pilot, "escape", "escape")
        assert "2 articles" in seen(pilot)
        assert "last changed first" in seen(pilot)


async def test_an_article_is_written_changed_and_retired_and_each_is_taken_back(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pressed(pilot, "3")
        assert "agentdesk article new" in seen(pilot)
        await pressed(pilot, "plus")
        assert isinstance(pilot.app.screen, ArticleDialog)
        await pressed(pilot, "=How", "f2")
        assert "write its text" in seen(pilot)
        await pressed(pilot, "=So.", "f2")
        assert titles(desk) == ["How"]
        assert "customers may read it" in seen(pilot)
        await pressed(pilot, "e", "end", "=Yes", "f2")
        assert "So.Yes" in seen(pilot)
        await pressed(pilot, "x")
        assert titles(desk) == []
        await pressed(pilot, "z", "z", "z")
        assert titles(desk) == []
        await pressed(pilot, "Z")
        assert titles(desk) == ["How"]


async def test_the_form_is_filled_in_and_then_the_ticket_can_be_solved(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        fields = ("order:Order number:required", "state:State:choices=opened|broken")
        services.set_form(change, "Refunds", [parse_field(one) for one in fields])
        services.edit_ticket(change, 1001, {"category": "refunds"})
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "s", "=solved")
        assert "T-1001 cannot be solved yet: Order number of the form" in seen(pilot)
        assert "will be solved" not in seen(pilot)
        await pressed(pilot, "f2")
        assert "I fills it in" in seen(pilot)
        assert "agentdesk ticket intake" not in seen(pilot)
        await pressed(pilot, "escape", "I")
        assert isinstance(pilot.app.screen, IntakeDialog)
        assert "still needed: Order number." in seen(pilot)
        await pressed(pilot, "=77", "f2")
        with desk.read() as read:
            assert intake_of(read, 1001).values == {"order": "77"}
        await pressed(pilot, "enter", "l")
        assert "Order number    77" in seen(pilot)
        await pressed(pilot, "s", "=solved", "f2")
    with desk.read() as read:
        assert read.value("SELECT status FROM ticket WHERE id = 1001") == "solved"


async def test_of_several_the_status_says_how_many_forms_are_not_filled_in(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.set_form(change, "Refunds", [parse_field("order:Order number:required")])
        services.edit_ticket(change, 1001, {"category": "refunds"})
    async with console().run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pressed(pilot, "space", "space", "s", "=solved")
        assert "1 of 2 tickets cannot be solved yet" in seen(pilot)
        await pressed(pilot, "f2")
        assert "agentdesk ticket intake" not in seen(pilot)


async def test_a_ticket_without_a_form_says_where_one_comes_from(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "I")
        assert "A form hangs on the category" in seen(pilot)


async def test_a_category_without_a_form_is_told_in_plain_lines_with_nothing_to_save(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        services.edit_ticket(change, 1001, {"category": "Lost mail"})
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressed(pilot, "I")
        told = seen(pilot)
    assert "agentdesk intake set 'Lost mail' \\" in told
    assert "--field" in told
    assert "⏎" not in told
    assert "Cancel  esc" in told
    assert "Save" not in told


async def test_a_long_label_is_shown_whole_and_apart_from_its_value(console: Console, desk: Desk) -> None:
    long = "What the parcel looked like when it came"
    with desk.change() as change:
        fields = ("goods:State of the goods", f"parcel:{long}")
        services.set_form(change, "Refunds", [parse_field(one) for one in fields])
        services.edit_ticket(change, 1001, {"category": "refunds"})
        services.fill_form(change, 1001, {"goods": "opened", "parcel": "wet"})
    async with console().run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "l")
        told = [line.strip() for line in seen(pilot).splitlines()]
    [goods] = [line for line in told if line.startswith("State of the goods")]
    assert goods.split("  ", 1)[1].strip().startswith("opened")
    at = next(place for place, line in enumerate(told) if line.startswith(long))
    assert "wet" not in told[at]
    assert told[at + 1].startswith("wet")
