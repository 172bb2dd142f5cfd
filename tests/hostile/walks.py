"""Ways through the console: look at everything, type everywhere, make it talk, listen to answers nobody asked for."""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from agentdesk.domain.safe_text import clip, line
from tests.hostile.hands import WAYS, Hands, key_of


async def look_at_everything(hands: Hands) -> None:
    """Every route, both ends of every list, every ticket and every view."""
    for route, way in WAYS.items():
        await hands.do(*way)
        if hands.here() != route:
            raise AssertionError(f"{way} led to {hands.here() or hands.app.screen} instead of {route}")
        await hands.press("pagedown")
        await hands.home()
    await page_through(hands)
    await read_tickets(hands)
    await look_at_customers(hands)
    for _ in hands.app.screen.views:
        await hands.do("queue.next_view")
    await hands.home()


async def page_through(hands: Hands) -> None:
    """The whole queue, with what stands beside it."""
    await hands.do("list.top")
    last = None
    while last != (row := hands.app.screen.table.row):
        last = row
        await hands.do("list.page_down")
        await hands.rest()
    await hands.do("list.bottom", "queue.preview", "list.up", "queue.preview", "list.top")


async def read_tickets(hands: Hands) -> None:
    """Open the first ticket and walk to the last; every page of some of them, the subject of each."""
    from agentdesk.queries.ticket_detail import ticket_detail

    await hands.do("list.top", "list.open")
    last = None
    while (
        hands.counts["tickets"] < hands.most_tickets and (number := hands.app.screen.acting_on()[0]) != last
    ):
        last = number
        with hands.app.desk.read() as read:
            subject = ticket_detail(read, number).subject
        if shown(subject) not in hands.text():
            hands.unlike.append(subject)
        if hands.counts["tickets"] % (3 if hands.is_thorough else 15) == 0:
            await hands.do(
                "page.next_tab", "page.next_tab", "page.next_tab", "page.down", "page.next_tab", "page.fold"
            )
        hands.counts["tickets"] += 1
        await hands.do("page.next")
    await hands.home()


def shown(text: str) -> str:
    """How a text begins on the screen, short of where it may be cut."""
    return clip(line(text), 16).rstrip("\N{HORIZONTAL ELLIPSIS}\N{ZERO WIDTH JOINER}")


async def look_at_customers(hands: Hands) -> None:
    """Down the list, the card beside it, and some of them whole."""
    await hands.do("app.customers", "list.top")
    last = None
    while last != (row := hands.app.screen.table.row):
        last = row
        if hands.is_thorough or hands.counts["customers"] < 2:
            await hands.do("customers.open", "customer.down", "customer.down", "customer.up", "customer.back")
        hands.counts["customers"] += 1
        await hands.do("list.down" if hands.is_thorough else "list.page_down")
        await hands.rest()
    await hands.home()


FIELDS = [
    route
    for route in WAYS
    if route
    not in (
        "queue",
        "customers",
        "customer",
        "knowledge",
        "reports",
        "inbox",
        "ticket",
        "bulk",
        "clocks",
        "found",
        "open_link",
        "columns",
        "bulk",
    )
]
DIALOGS = [
    route
    for route in FIELDS
    if route not in ("compose", "review", "confirm", "help", "palette", "search", "save_file")
]


async def type_everywhere(hands: Hands) -> None:
    """Hostile text into every field that has the focus: looked for, asked, and confirmed."""
    for turn, route in enumerate(FIELDS):
        await hands.do(*WAYS[route])
        for text in hands.strings[turn :: len(FIELDS)]:
            await hands.paste(text)
            await hands.rest()
            if hands.here() == route:
                hands.clear()
        await hands.home()
    for turn, text in enumerate(hands.strings):
        if turn < len(DIALOGS) or hands.is_thorough:
            await hands.do(*WAYS[DIALOGS[turn % len(DIALOGS)]])
            await hands.paste(text)
            await hands.press(key_of("dialog.confirm"))
            await hands.home()
    await ask_everything(hands)


async def ask_everything(hands: Hands) -> None:
    """Hostile text as the question of the queue."""
    for text in [*hands.strings[:: 1 if hands.is_thorough else 6], "is:open"]:
        await hands.do("queue.query")
        hands.clear()
        await hands.paste(text)
        await hands.press("enter")
        await hands.home()


async def toast_everything(hands: Hands) -> None:
    """Take, copy, note, take back: what is told carries hostile words."""
    for text in hands.strings[:: max(1, len(hands.strings) // (12 if hands.is_thorough else 2))]:
        await hands.do("list.down", "ticket.why", "ticket.copy", "ticket.take", "ticket.note")
        await hands.paste(text)
        await hands.do("editor.send")
        if hands.here() == "review":
            await hands.do("review.send")
        await hands.home()
        await hands.do("app.undo", "app.redo", "ticket.customer", "customer.copy")
        await hands.home()


def timeless(text: str) -> str:
    """A screen without its digits: clocks go on."""
    return re.sub(r"\d+", "0", text)


async def be_answered(hands: Hands) -> None:
    """Stand still on each route while a terminal answers what nobody asked; note where that moved something."""
    folder = Path(os.environ["HOSTILE_ANSWERS"])
    for route in hands.answered_on:
        await hands.do(*WAYS[route])
        hands.app.clear_notifications()  # one of another screen would go away by itself
        await hands.rest()
        before = timeless(hands.text())
        (folder / "asked").write_text(route)
        while (folder / "asked").exists():  # noqa: ASYNC110  the other side takes it away
            await asyncio.sleep(0.01)
        await hands.rest()
        if timeless(hands.text()) != before:
            hands.moved.append(route)
        await hands.home()


WALKS: dict[str, Sequence[Callable[[Hands], Awaitable[None]]]] = {
    "look": (look_at_everything,),
    "type": (type_everywhere, toast_everything),
    "answers": (be_answered,),
    "visit": (),
}
