"""Keys of one burst: each goes to the screen that the key before it opened, and none is lost."""

import threading

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from agentdesk.desk import Desk
from agentdesk.screens import type_ahead
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.ticket import TicketScreen
from agentdesk.widgets.finder import Finder
from agentdesk.widgets.replies import DeafParser
from tests.screens.sight import Console, burst, settled
from tests.screens.test_compose import kept, said, ticket

SIZE = (80, 24)


async def test_words_typed_with_the_key_that_opens_the_composer_are_in_it(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "enter", *"rHello")
        assert pilot.app.screen.query_one(TextArea).text == "Hello"
        await burst(pilot, "escape", "escape", *"nsame here")
        assert pilot.app.screen.query_one(TextArea).text == "same here"


async def test_every_letter_of_a_long_burst_is_there_in_order(console: Console) -> None:
    words = "The quick brown fox jumps over the lazy dog. " * 5
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "r", *words)
        assert pilot.app.screen.query_one(TextArea).text == words


@pytest.mark.parametrize(
    ("keys", "typed"),
    [("abo", "bo"), ("tvip", "vip"), ("wtomorrow", "tomorrow"), ("g1003", "1003"), ("+Hello", "Hello")],
)  # fmt: skip
async def test_words_typed_with_the_key_that_opens_a_dialog_are_in_it(
    console: Console, keys: str, typed: str
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, *keys)
        fields = [*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)]
        values = [one.value if isinstance(one, Input) else one.text for one in fields]
        assert typed in values


async def test_words_typed_with_the_key_that_opens_help_and_palette_are_in_it(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        for key in ("?", ":"):
            await burst(pilot, key, *"mark")
            assert pilot.app.screen.query_one(Finder).text == "mark"
            await burst(pilot, "escape")


async def test_a_ticket_is_found_opened_and_answered_in_one_burst(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, *"g1003", "enter", *"rOn its way", "f2", "y", "escape")
        assert said(desk, 1003)[-1].body == "On its way"
        assert ticket(desk, 1003).status == "pending"


async def test_a_question_is_asked_and_its_first_ticket_opened_in_one_burst(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "/", *["backspace"] * 10, *"subscription", "enter", "enter")
        assert isinstance(pilot.app.screen, TicketScreen)
        assert pilot.app.screen.acting_on() == [1010]


async def test_the_key_after_another_view_acts_on_that_view(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "]", "r")
        other = pilot.app.screen.ticket_id
        await burst(pilot, "escape")
        assert pilot.app.screen.acting_on() == [other]


async def test_keys_typed_before_the_first_screen_are_kept_for_it(console: Console) -> None:
    app = console()
    app.post_message(events.Key("r", "r"))
    for sign in "early":
        app.post_message(events.Key(sign, sign))
    async with app.run_test(size=SIZE) as pilot:
        await burst(pilot)
        assert isinstance(app.screen, ComposeScreen)
        assert app.screen.text == "early"


async def test_what_is_pasted_keeps_its_place_among_the_keys(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        for event in (
            events.Key("r", "r"),
            events.Key("a", "a"),
            events.Paste("pasted"),
            events.Key("z", "z"),
        ):
            pilot.app.post_message(event)
        await burst(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "apastedz"


async def test_leaving_at_once_keeps_what_was_typed_before_it(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        for key in ("r", *"half", "ctrl+q"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(200):
            if pilot.app._exit:
                break
            await pilot.pause(0.05)
    assert kept(desk).body == "half"


async def test_enter_in_the_palette_waits_for_what_the_words_find(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, ":", *"subscription", "enter", "r")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert pilot.app.screen.ticket_id == 1010


async def test_long_work_does_not_hold_the_keyboard(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "PATIENCE", 0.1)
    go_on = threading.Event()
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        pilot.app.perform("Took long", lambda change: go_on.wait(20))
        pilot.app.post_message(events.Key("r", "r"))
        while not isinstance(pilot.app.screen, ComposeScreen):
            await pilot.pause(0.05)
        go_on.set()
        await settled(pilot)


async def test_keys_after_an_operation_act_on_what_it_has_left(console: Console, desk: Desk) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, *"Nn", *"mine now", "f2", "y")
        number = pilot.app.screen.acting_on()[0]
        assert ticket(desk, number).assignee == "ana"
        assert said(desk, number)[-1].body == "mine now"


async def sent(pilot: Pilot[int], bytes_of_a_packet: str) -> None:
    """What a terminal sends at once goes the way of a driver: through the parser."""
    parser = DeafParser()
    for event in [*parser.feed(bytes_of_a_packet), *parser.feed("")]:
        pilot.app.post_message(event)
    await burst(pilot)


@pytest.mark.parametrize(("after", "moved"), [("jj", 2), ("j", 1), ("G", 0), ("2", 0), ("/", 0)])
async def test_a_letter_in_one_packet_with_escape_is_not_typed_but_follows_it(
    console: Console, desk: Desk, after: str, moved: int
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        table = pilot.app.screen.table
        await burst(pilot, "r", *"half")
        await sent(pilot, f"\x1b{after}")
        assert kept(desk).body == "half"
        assert not isinstance(pilot.app.screen, ComposeScreen)
        assert table.cursor == moved
        assert pilot.app.current_mode == ("customers" if after == "2" else "queue")
        assert isinstance(pilot.app.focused, Input) is (after == "/")


@pytest.mark.parametrize("packet", ["\x1bj\x1b", "\x1bj\x1bj\x1b", "\x1b\x1bj\x1b", "\x1b/\x1b"])
async def test_escapes_round_a_letter_in_one_packet_are_escapes_and_write_nothing(
    console: Console, desk: Desk, packet: str
) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        table = pilot.app.screen.table
        await burst(pilot, "r", *"half")
        await sent(pilot, packet)
        assert kept(desk).body == "half"
        assert pilot.app.focused is table
        assert table.cursor == packet.count("j")


def test_an_escape_in_what_is_pasted_is_no_key() -> None:
    parser = DeafParser()
    begun = [*parser.feed("\x1b[200~one"), *parser.feed("\x1bx\x1b[31m\x1b[201~"), *parser.feed("j\x1b")]
    keys = [one.key for one in begun if isinstance(one, events.Key)]
    assert keys[-1] == "j"
    assert not [one for one in keys if "escape" in one or "alt" in one]


async def test_an_alt_letter_changes_no_text_that_stays(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await burst(pilot, "n", *"@b")
        await sent(pilot, "\x1bx")  # escape closes the offered names and leaves the note open
        assert pilot.app.screen.query_one(TextArea).text == "@b"
        await burst(pilot, "x")
        assert pilot.app.screen.query_one(TextArea).text == "@bx"


async def test_an_alt_letter_that_is_bound_is_left_alone(console: Console) -> None:
    async with console().run_test(size=SIZE) as pilot:
        await settled(pilot)
        pilot.app.set_keymap({"app.help": "alt+j"})
        await sent(pilot, "\x1bj")
        assert type(pilot.app.screen).__name__ == "HelpScreen"
