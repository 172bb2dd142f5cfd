"""The five-minute tour as data: what is said, what it waits for, and the keys with which a test plays it."""

from typing import Final, NamedTuple


class Step(NamedTuple):
    """One thing to try.

    Attributes:
        hint: what to do, in the words of the keys.
        waits: what has to happen: the id of a command, `screen NAME` for a screen that opens, `saved` for a change,
            `asked` for a question, `chosen` for a line of palette or help.
        keys: keys that do it.
        begins: whether a tour that was left can go on here, from the queue.
    """

    hint: str
    waits: str
    keys: tuple[str, ...]
    begins: bool = False


STEPS: Final = (
    Step("This is your queue: what is late comes first. j and k move, and so do the arrows. Press j.", "list.down", ("j",), True),
    Step("enter opens the ticket under the cursor.", "list.open", ("enter",), True),
    Step("Here is what was said, and above it what was promised. r answers the customer.", "ticket.reply", ("r",)),
    Step(
        "Write a few words. The draft keeps itself. F2 takes a last look before anything is sent.",
        "screen review",
        (*"Thank you", "f2"),
    ),
    Step("This is what the customer will read. y sends it; from a practice desk it goes nowhere.", "saved", ("y",)),
    Step("A slip? z takes your last change back, whatever it was. Press z.", "undone", ("z",)),
    Step("q goes back, everywhere.", "app.leave", ("q",)),
    Step("E asks somebody for more expertise or authority on a ticket.", "ticket.escalate", ("E",), True),
    Step(
        "The right arrow chooses whom; tab to Ask, write what you need, and F2 asks.",
        "saved",
        ("right", "tab", "tab", "tab", *"Please look", "f2"),
    ),
    Step("/ asks for other tickets: words, or fields with values.", "queue.query", ("slash",), True),
    Step("Type  priority:high  (tab completes) and press enter.", "asked", ("ctrl+u", *"priority:high", "enter")),
    Step("space marks a ticket and goes on to the next one. Mark one.", "list.mark", ("space",), True),
    Step("And another.", "list.mark", ("space",)),
    Step("Commands now work on every marked ticket. a gives them to somebody.", "screen assign", ("a",)),
    Step(
        "Type the beginning of a name and press enter: that is what would change. enter again does it.",
        "saved",
        ("b", "enter", "enter"),
    ),
    Step("One change, one undo: z takes all of it back.", "undone", ("z",)),
    Step("c shows everything about the customer of a ticket.", "ticket.customer", ("c",), True),
    Step("q brings you back.", "app.leave", ("q",)),
    Step(": finds anything: commands, tickets, customers, views. Press :", "app.palette", ("colon",), True),
    Step("Type  inbox  and press enter.", "chosen", (*"inbox", "enter")),
    Step("Here is what is asked of you. 1 brings you back to the queue.", "app.queue", ("1",)),
    Step("? shows every key that works where you are; type to search, enter runs. Press ?", "app.help", ("question_mark",), True),
    Step("That is all: everything else is a line in this list. Choose one with enter.", "chosen", (*"preview", "enter")),
)  # fmt: skip
"""In their order."""


def go_on_at(step: int) -> int:
    """Where a tour that was left at a step goes on: the last step before it that begins in the queue."""
    return max((at for at, one in enumerate(STEPS[: step + 1]) if one.begins), default=0)
