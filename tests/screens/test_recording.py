"""Keys are recorded as they were meant, shown before they are played, and stopped by the first thing that differs."""

from agentdesk.screens.recording import Struck, told
from tests.screens.sight import burst, seen, settled
from tests.screens.test_queue import table, toasts


async def done(pilot):
    """Wait until what is played has ended."""
    await settled(pilot)
    await settled(pilot)


def priorities(desk, *ticket_ids):
    with desk.read() as read:
        listed = ", ".join(map(str, ticket_ids))
        return [
            one for (one,) in read.tuples(f"SELECT priority FROM ticket WHERE id IN ({listed}) ORDER BY id")
        ]


async def test_a_dialog_is_recorded_and_played_on_every_marked_ticket(console, desk):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "f9", "u", *"low", "enter")
        assert "● REC" in seen(pilot).splitlines()[0]
        assert toasts(pilot)[0].startswith("Set the priority of T-1001") or priorities(desk, 1001) == ["low"]
        await burst(pilot, "f9")
        assert toasts(pilot) == ["Recorded 5 keys; @ plays them."]
        assert "● REC" not in seen(pilot)
        await burst(pilot, "z")
        await burst(pilot, "j", "space", "space", "at")
        picture = seen(pilot)
        assert "Priority" in picture
        assert "“low”" in picture
        assert "Once on each of the 2 tickets marked." in picture
        await burst(pilot, "enter")
        await done(pilot)
        assert "Played 2 of 2 times; 2 changes, z takes each back." in toasts(pilot)[-1]
        assert priorities(desk, 1001, 1002, 1003) == ["urgent", "low", "low"]
        await burst(pilot, "z", "z")
        assert priorities(desk, 1002, 1003) == ["urgent", "high"]


async def test_a_refusal_stops_it_and_is_told(console, desk):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        pilot.app.recorded = [
            Struck("j", "j", "QueueScreen", False, ["Down"]),
            Struck("c", "c", "QueueScreen", False, ["Customer"]),
            Struck("j", "j", "QueueScreen", False, ["Down"]),
        ]
        await burst(pilot, "at", "enter")
        await done(pilot)
        assert "Played 0 of 1 times." in toasts(pilot)[-1]
        assert "Stopped: j Down was recorded on another screen" in toasts(pilot)[-1]
        await burst(pilot, "q")
        pilot.app.recorded = [
            *(Struck("space", " ", "QueueScreen", False, ["Mark"]) for _ in "12"),
            Struck("r", "r", "QueueScreen", False, ["Reply"]),
        ]
        await burst(pilot, "at", "enter")
        await done(pilot)
        assert "Stopped: r Reply: 2 tickets are marked; this works on one." in toasts(pilot)[-1]


async def test_nothing_is_played_where_nothing_was_recorded_or_recording_goes_on(console):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "at")
        assert "No keys are recorded" in toasts(pilot)[-1]
        await burst(pilot, "f9", "at")
        assert "F9 ends that" in toasts(pilot)[-1]
        await burst(pilot, "f9")
        assert toasts(pilot)[-1] == "No key was recorded."
        assert table(pilot).cursor == 0


def test_letters_that_are_written_stand_together():
    keys = [
        Struck("slash", "/", "Q", False, ["Filter"]),
        *(Struck(letter, letter, "Q", True) for letter in "ab"),
        Struck("", "pasted", "Q", True),
        Struck("enter", "\r", "Q", False),
        Struck("x", "x", "Q", True),
    ]
    assert told(keys) == [("/", "Filter"), ("“abpasted”", "is written"), ("enter", ""), ("“x”", "is written")]


async def test_what_changed_nothing_is_told_so_and_z_says_first_what_lies_behind_it(console, desk):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "j", "u", *"low", "enter")
        await burst(pilot, "f9", "u", *"low", "enter", "f9")
        await burst(pilot, "at", "enter")
        await done(pilot)
        assert "Played once; nothing changed." in toasts(pilot)[-1]
        await burst(pilot, "z")
        assert toasts(pilot)[-1].startswith(
            "What was played changed nothing. z again takes back: Set T-1002 to low"
        )
        assert priorities(desk, 1002) == ["low"]
        await burst(pilot, "z")
        assert priorities(desk, 1002) == ["urgent"]


async def test_taking_back_is_no_nothing(console, desk):
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "u", *"low", "enter", "f9", "z", "f9", "Z", "at", "enter")
        await done(pilot)
        assert toasts(pilot)[-1] == "Played once."
        assert priorities(desk, 1001) == ["urgent"]
