"""The queue of pairs of customers, and the dialog that shows all sides; driven by keys."""

from typing import Any

import pytest

from agentdesk.desk import Desk
from agentdesk.screens.customer import CustomerScreen
from agentdesk.screens.customer_merge import CustomerMergeDialog
from tests.screens.sample_desk import add_twins
from tests.screens.sight import Console, burst, seen, settled

DANA, SHOP, INITIAL = 1, 9, 10


def into(desk: Desk) -> dict[int, int | None]:
    sql = "SELECT id, merged_into_id FROM customer WHERE id IN (1, 9, 10) ORDER BY id"
    with desk.read() as read:
        return dict(read.tuples(sql))


async def pressed(pilot: Any, *keys: str) -> str:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return str(seen(pilot))


async def test_an_empty_queue_of_pairs_says_what_to_do(console: Console, desk: Desk) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        shown = await pressed(pilot, "2", "d")
        assert "Nobody looks like somebody else." in shown
        assert "customer duplicates --min 40" in shown


async def test_a_pair_is_merged_after_a_look_at_all_sides_and_z_brings_it_back(
    console: Console, desk: Desk
) -> None:
    add_twins(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        shown = await pressed(pilot, "2", "d")
        assert "2 pairs" in shown
        assert "same phone +442079460958" in shown
        shown = await pressed(pilot, "enter")
        assert "Are these 2 one person?" in shown
        assert "● Kim, Dana" in shown
        assert "Moves: 1 address or number." in shown
        shown = await pressed(pilot, "right")
        assert "● D. Kim" in shown
        await pressed(pilot, "enter")
        assert into(desk)[INITIAL] == SHOP
        with desk.read() as read:
            assert read.value("SELECT name FROM customer WHERE id = 9") == "D. Kim"
        await pressed(pilot, "z")
        assert into(desk)[INITIAL] is None
        assert "2 pairs" in await pressed(pilot, "down")


@pytest.mark.parametrize(
    ("key", "told"), [("M", "Are these 2 one person?"), ("G", "Are these 3 one person?")]
)
async def test_a_key_that_came_before_the_pairs_is_done_once_they_are_there(
    console: Console, desk: Desk, key: str, told: str
) -> None:
    add_twins(desk)
    async with console().run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await burst(pilot, "2", "d", key)
        shown = await pressed(pilot)
        assert told in shown
        assert "There is nothing in this list" not in shown


async def test_space_lets_another_one_stay(console: Console, desk: Desk) -> None:
    add_twins(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        shown = await pressed(pilot, "2", "d", "enter", "space")
        assert f"{INITIAL} D. Kim · stays" in shown
        assert shown.index(f"{SHOP} Kim, Dana") < shown.index(f"{INITIAL} D. Kim · stays")
        await pressed(pilot, "f2")
        assert into(desk)[SHOP] == INITIAL


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_who_is_who_stays_in_sight_and_in_its_order(
    console: Console, desk: Desk, size: tuple[int, int]
) -> None:
    add_twins(desk)
    names = [f"{DANA} Dana Kim", f"{SHOP} Kim, Dana", f"{INITIAL} D. Kim"]
    async with console().run_test(size=size) as pilot:
        shown = await pressed(pilot, "2", "d", "G")
        for key in ("space", "space", "end", "home", "space"):
            head = next(one for one in shown.splitlines() if names[0] in one)
            assert [head.index(one) for one in names] == sorted(head.index(one) for one in names)
            assert all(one in head for one in names)
            rows = [one for one in shown.splitlines() if "● " in one]
            assert all(one.rstrip().endswith("│") and len(one) <= size[0] for one in rows)
            stays = shown.splitlines()[shown.splitlines().index(head) + 1]
            at = pilot.app.screen._ids.index(pilot.app.screen._stays)
            assert stays.index("stays") == head.index(names[at])
            shown = await pressed(pilot, key)
        await pressed(pilot, "f2")
        assert into(desk) == {DANA: None, SHOP: DANA, INITIAL: DANA}


async def test_a_whole_group_is_merged_at_once(console: Console, desk: Desk) -> None:
    add_twins(desk)
    async with console().run_test(size=(120, 40)) as pilot:
        shown = await pressed(pilot, "2", "d", "G")
        assert "Are these 3 one person?" in shown
        shown = await pressed(pilot, "f2")
        assert into(desk) == {DANA: None, SHOP: DANA, INITIAL: DANA}
        assert "Nobody looks like somebody else." in shown
        await pressed(pilot, "z")
        assert set(into(desk).values()) == {None}


async def test_escape_merges_nobody_and_n_says_that_they_are_two_people(console: Console, desk: Desk) -> None:
    add_twins(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "2", "d", "enter", "escape")
        assert set(into(desk).values()) == {None}
        shown = await pressed(pilot, "n")
        assert "1 pair " in shown
        assert "2 pairs" in await pressed(pilot, "z")


async def test_marked_customers_are_merged_from_their_list_and_one_alone_is_not(
    console: Console, desk: Desk
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "2", "M")
        assert "Mark the customers" in str(list(pilot.app._notifications))
        shown = await pressed(pilot, "space", "space", "M")
        assert "Are these 2 one person?" in shown


async def test_what_somebody_else_has_changed_meanwhile_is_not_merged_blindly(
    console: Console, desk: Desk
) -> None:
    from agentdesk import services

    add_twins(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "2", "d", "enter")
        with desk.change() as change:
            services.edit_customer(change, SHOP, {"tier": "gold"})
        shown = await pressed(pilot, "f2")
        assert "tier" in shown
        assert set(into(desk).values()) == {None}


async def test_from_an_opened_customer_their_own_duplicates_are_merged_with_them(
    console: Console, desk: Desk
) -> None:
    add_twins(desk)
    async with console().run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "2", "slash", *"shop", "enter", "enter")
        assert isinstance(pilot.app.screen, CustomerScreen)
        shown = await pressed(pilot, "M")
        assert "Customers › Kim, Dana › Duplicates" in shown
        assert "2 pairs" in shown
        await pressed(pilot, "M")
        assert isinstance(pilot.app.screen, CustomerMergeDialog)
        await pressed(pilot, "enter")
        assert into(desk)[SHOP] == DANA or into(desk)[INITIAL] == SHOP
        await pressed(pilot, "M", "enter", "escape")
        assert set(into(desk).values()) >= {DANA}
        assert "Dana" in str(seen(pilot)).splitlines()[2]


async def test_whom_nobody_looks_like_is_told_by_name(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        shown = await pressed(pilot, "2", "j", "enter", "M")
        assert "Nobody looks like Jón Þórsson." in shown
        assert "⏎" not in shown
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, CustomerScreen)


async def test_beside_the_list_both_customers_and_every_reason_are_read_whole(
    console: Console, desk: Desk
) -> None:
    add_twins(desk)
    for size in ((80, 24), (60, 20), (120, 40)):
        async with console().run_test(size=size) as pilot:
            await pressed(pilot, "2", "d")
            await pilot.pause(0.2)
            shown = " ".join((await pressed(pilot)).split())
            for words in (
                "9 Kim, Dana",
                "10 D. Kim",
                "of 100, for",
                "same phone +442079460958",
                "same organization Hooli",
            ):
                assert words in shown, (size, words)
