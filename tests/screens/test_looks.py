"""How screens look where it matters: whole to the edges, nothing cut in silence, one form for every instant."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, TextArea

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.intake import parse_field
from tests.screens.sample_desk import NOW
from tests.screens.sight import Console, burst, seen, settled
from tests.screens.test_ticket import open_ticket

SMALL = (80, 24)


async def test_a_customer_and_the_articles_reach_the_right_edge(console: Console) -> None:
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "c")
        assert pilot.app.screen.query_one("#body").region.right == 80
        await burst(pilot, "escape", "3")
        assert pilot.app.screen.query_one("#list").region.right == 80


async def test_an_event_tells_instants_by_their_day_as_the_head_does(console: Console, desk: Desk) -> None:
    with desk.change() as change:
        services.edit_ticket(change, 1003, {"due_at": NOW + timedelta(days=5)})
    async with console().run_test(size=SMALL) as pilot:
        await open_ticket(pilot, 1003)
        assert "→ 8 Mar 10:00" in seen(pilot)
        await burst(pilot, "l", "l")
        assert "→ 8 Mar 10:00" in seen(pilot)


async def test_what_happened_to_a_customer_is_told_by_day_and_hour(console: Console) -> None:
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "c")
        assert "Customers › " in seen(pilot)
        assert "2026-0" not in seen(pilot)
        assert "+ opened" in seen(pilot)


async def test_a_list_of_macros_and_what_they_do_fit_the_smallest_window(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        for place in range(8):
            services.add_macro(change, name=f"Ask {place}", body="Line.\n" * 12, shared=True)
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "r")
        await burst(pilot, "f6")
        assert pilot.app.screen.query_one("#dialog-body", VerticalScroll).max_scroll_y == 0
        assert "It goes where the cursor is" in seen(pilot)


async def test_a_field_stands_apart_from_the_list_above_it(console: Console) -> None:
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "u")
        lines = [line.strip(" │") for line in seen(pilot).splitlines()]
    why = next(at for at, line in enumerate(lines) if line.startswith("Why"))
    assert not lines[why - 1]
    assert lines[why].endswith("optional, for the history")


async def test_a_long_question_of_a_form_says_that_it_goes_on(console: Console, desk: Desk) -> None:
    question = "Which of the two serial numbers on the back of the machine is the longer one?"
    with desk.change() as change:
        services.set_form(change, "Refunds", [parse_field(f"serial:Serial number:required:ask={question}")])
        services.edit_ticket(change, 1001, {"category": "refunds"})
    async with console().run_test(size=SMALL) as pilot:
        await open_ticket(pilot, 1001)
        await burst(pilot, "I")
        (line,) = [one for one in seen(pilot).splitlines() if "Which of the two" in one]
        assert re.search(r"…\s+needed", line)


async def test_a_page_that_is_read_names_the_keys_that_turn_and_leave_it(
    console: Console, desk: Desk
) -> None:
    with desk.change() as change:
        number = services.add_article(change, title="Descaling", body="Every twelve weeks.").id
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        pilot.app.show("found", [number])
        await settled(pilot)
        footer = seen(pilot).splitlines()[-1]
        assert "PgDn Page down" in footer
        assert "q Leave" in footer
        await burst(pilot, "q")
        assert "Descaling" not in seen(pilot)


async def test_what_the_search_takes_is_told_whole_in_the_smallest_window(console: Console) -> None:
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "6")
        assert "· enter the hits · o the best first\n" in seen(pilot)


@pytest.mark.parametrize("keys", [("c",), ("colon", "r")], ids=["the past of a customer", "the palette"])
async def test_without_colour_the_row_of_a_list_is_underlined(console: Console, monkeypatch, keys) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, *keys)
        listed = pilot.app.screen.query_one(OptionList)
        assert all(one.style.underline for one in listed.render_line(0) if one.text.strip())
        assert not any(one.style.underline for one in listed.render_line(1))


async def test_without_colour_one_sees_where_one_types(console: Console, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "g", "d")
        typed = list(pilot.app.screen.query_one(Input).render_line(0))
        assert [one.text for one in typed if one.style.underline] == [" "]


async def test_high_contrast_is_kept_where_nothing_is_typed_yet(desk: Desk, console: Console) -> None:
    desk.settings = replace(desk.settings, theme="contrast")
    async with console().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await burst(pilot, "plus")
        for box, part in ((Input, "input--placeholder"), (TextArea, "text-area--placeholder")):
            style = pilot.app.screen.query(box).last().get_component_styles(part)
            assert style.color.hex.lower() == "#cccccc"


async def test_the_card_of_a_customer_is_as_high_as_their_past(console: Console) -> None:
    async with console().run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        await burst(pilot, "c")
        page = pilot.app.screen
        assert page.query_one("#card").region.bottom == page.query_one("#timeline").region.bottom
