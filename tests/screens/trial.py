"""A trial of one command by one key: the way to where it works, what is seen once it was pressed, and how it is taken back.

Law: what is looked for is not there before the key and is there after it; a key that does nothing cannot pass.
A step of a way is the id of a command (its first key is pressed), `=words` (they are pasted), or a key.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from textual.widgets import ContentSwitcher, OptionList, TextArea

from agentdesk.desk import Desk
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.conversation import ConversationView
from tests.held import Held, apart, held
from tests.hostile.hands import Hands, key_of

UNDO, NOTHING, ASKS = "z brings it back", "it changes nothing", "it asks first"
AGAIN = "Z brings it back"
"""How a command is taken back."""
MOST = 4
"""Changes that are made on the way to a trial and taken back after it."""


@dataclass(frozen=True)
class Sight:
    """What can be seen and told of the console at one moment."""

    route: str
    text: str
    words: str
    facts: dict[str, Any]


Seen = Callable[[Sight, Sight], bool]
"""Whether the second moment shows what the first did not."""


@dataclass(frozen=True)
class Trial:
    """One command.

    Attributes:
        seen: what the key does.
        way: steps from the queue to where it is pressed.
        then: steps that finish what it begins.
        back: how it is taken back; one of `UNDO`, `AGAIN`, `ASKS`, `NOTHING`.
        tidy: steps that put back what is no change.
        meanwhile: what somebody else does before the key.
    """

    seen: Seen
    way: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    back: str = NOTHING
    tidy: tuple[str, ...] = ()
    meanwhile: Callable[[Desk], AbstractContextManager[None]] = nullcontext


# What is seen.


def at(route: str) -> Seen:
    """Another screen or dialog is in front."""
    return lambda before, after: after.route == route != before.route


def says(words: str) -> Seen:
    """A toast tells it."""
    return lambda before, after: words in after.words and words not in before.words


def shows(words: str) -> Seen:
    """It stands on the screen."""
    return lambda before, after: words in after.text and words not in before.text


def turns(fact: str, to: Any = None) -> Seen:
    """A fact is another one, or this one."""

    def seen(before: Sight, after: Sight) -> bool:
        now = after.facts[fact]
        return now != before.facts[fact] and to in (None, now)

    return seen


def moves(by: Callable[[Sight], int]) -> Seen:
    """The cursor moves so many rows, as far as there are rows."""

    def seen(before: Sight, after: Sight) -> bool:
        here, last = before.facts["cursor"], before.facts["total"] - 1
        return after.facts["cursor"] == max(0, min(last, here + by(before))) != here

    return seen


# Doing it.


async def walk(hands: Hands, steps: tuple[str, ...]) -> None:
    """Take the steps."""
    for step in steps:
        if step.startswith("="):
            await hands.paste(step[1:])
        elif "." in step:
            await hands.press(key_of(step))
        else:
            await hands.press(step)
        await hands.rest()


def look(hands: Hands) -> Sight:
    """What is there now."""
    app = hands.app
    words = " ".join(note.message for note in app._notifications)
    return Sight(hands.here(), hands.text(), words, _facts(app))


def _facts(app: Any) -> dict[str, Any]:
    screen = app.screen
    facts: dict[str, Any] = {"theme": app.theme, "is leaving": app._exit, "focus": type(app.focused).__name__}
    facts["ticket"] = getattr(screen, "acting_on", list)()
    facts["choices"] = [one.chosen for one in screen.query(Choice)]
    facts["highlighted"] = [one.highlighted for one in screen.query(OptionList)]
    facts["selected"] = [one.selected_text for one in screen.query(TextArea)]
    facts["clock"] = getattr(screen, "_chosen", None)
    facts["panes"] = [pane.display for pane in screen.query(ConversationView)]
    facts["page"] = [one.current for one in screen.query(ContentSwitcher)]
    facts["scroll"] = [round(one.scroll_offset.y) for one in screen.query("*") if one.max_scroll_y]
    facts["view"] = getattr(getattr(screen, "view", None), "id", None)
    facts["tab"] = getattr(screen, "page_name", None)
    table = getattr(screen, "table", None)
    if table is not None:
        facts |= {"cursor": table.cursor, "total": table.total, "rows": table.rows_shown}
        facts["marks"] = len(table.marks)
    return facts


async def start_again(hands: Hands) -> None:
    """Back to the queue with nothing marked, on its first row."""
    await hands.home()
    table = hands.app.screen.table
    table.unmark()
    table.go(0)
    hands.app.clear_notifications()
    await hands.rest()


async def take_back(hands: Hands) -> None:
    """Take the last change back; of a whole import it is asked first."""
    await walk(hands, ("app.undo",))
    if hands.here() == "confirm":
        await walk(hands, ("dialog.confirm",))


async def try_key(hands: Hands, trial: Trial, key: str, start: Held, *, is_twin: bool) -> list[str]:
    """Press one key of a command where it works; what was wrong, in words.

    Args:
        hands: They stand anywhere in the console.
        trial: What is tried.
        key: One of its keys.
        start: What the store holds between two trials.
        is_twin: Whether it was tried to the end by another key: then it is enough that this one does the same.
    """
    await start_again(hands)
    desk = hands.app.desk
    await walk(hands, trial.way)
    place = desk.settings.store
    with trial.meanwhile(desk):
        before, rows = look(hands), held(place)
        await hands.press(key)
        await hands.rest()
        after, wrong = look(hands), list[str]()
        if not trial.seen(before, after):
            wrong.append(f"was not seen to do anything; on {after.route}: {after.words or after.facts}")
        if not is_twin:
            await walk(hands, trial.then)
            wrong += await _try_back(hands, trial, place, rows)
    await walk(hands, trial.tidy)
    if trial.meanwhile is not nullcontext:
        hands.app.reread()
    await start_again(hands)
    for _ in range(MOST):
        if not apart(start, held(place)):
            return wrong
        await take_back(hands)
    return [*wrong, f"left something behind: {apart(start, held(place))}"]


async def _try_back(hands: Hands, trial: Trial, place: str, rows: Held) -> list[str]:
    if trial.back == ASKS:
        is_asked = hands.here() == "confirm"
        await walk(hands, ("dialog.cancel",))
        return [] if is_asked and not apart(rows, held(place)) else ["does not ask, or changes something"]
    if trial.back == NOTHING:
        return [f"changes something: {apart(rows, held(place))}"] if apart(rows, held(place)) else []
    if not apart(rows, held(place)):
        return ["changes nothing that could be taken back"]
    await hands.home()
    await (take_back(hands) if trial.back == UNDO else walk(hands, ("app.redo",)))
    left = apart(rows, held(place))
    return [f"{trial.back} only in part: {left}; {look(hands).words}"] if left else []
