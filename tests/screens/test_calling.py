"""The bell and the notification: off at first, for what others do, not more often than every few seconds."""

from dataclasses import replace

from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.queries.calls import Call
from agentdesk.screens import calling
from tests.screens.sample_desk import NOW
from tests.screens.sight import settled


def give_to_ana(desk, *ticket_ids):
    from agentdesk import services

    bo = Actor(2, "bo", "Bo Larsen", Role.AGENT)
    with desk.store.change(FixedClock(NOW), bo, Origin.CLI) as change:
        for ticket_id in ticket_ids:
            services.assign_ticket(change, ticket_id, to=desk.actor.id)


async def test_nothing_rings_until_it_is_wanted_and_then_once_for_all_that_came(console, desk, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    for name in ("TMUX", "VTE_VERSION", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    sent = []
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app = pilot.app
        app._driver.write = lambda data: sent.append(data) if "\x07" in data else None
        give_to_ana(desk, 1003)
        app.listen()
        await settled(pilot)
        desk.settings = replace(desk.settings, bell=True, notify=True)
        app.listen()
        await settled(pilot)
        assert sent == []
        give_to_ana(desk, 1006, 1010)
        app.listen()
        await settled(pilot)
        await pilot.pause(0.1)
        assert sent == [
            "\x1b]9;AgentDesk: T-1006 is yours: Change of delivery address (and 1 more)\x07",
            "\x07",
        ]
        give_to_ana(desk, 1020)
        app.listen()
        await settled(pilot)
        give_to_ana(desk, 1013)
        app.listen()
        await settled(pilot)
        assert len(sent) == 2  # not so soon after the first
        app._ring()
        assert sent[2:] == [
            "\x1b]9;AgentDesk: T-1020 is yours: Can two people share one seat? (and 1 more)\x07",
            "\x07",
        ]


def test_foreign_words_do_nothing_in_a_notification():
    words = calling.words_of([Call(1, "is yours: a\x1b]52;c;eA==\x07\u202eb;" + "y" * 300)])
    told = calling.notification(words, {"TERM": "foot"})
    assert told.startswith("\x1b]777;notify;AgentDesk;T-1 is yours: a")
    assert told.count("\x1b") == told.count("\x07") == 1
    assert told.count(";") == 3
    assert "\u202e" not in told


def test_tmux_passes_a_notification_on():
    told = calling.notification("hello", {"TERM": "tmux-256color", "TMUX": "x"})
    assert told == "\x1bPtmux;\x1b\x1b]9;AgentDesk: hello\x07\x1b\\"
