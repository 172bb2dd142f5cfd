"""What an agent does in a day, task by task. Tickets are reached as an agent reaches them: from where the last one was left."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.day.typist import Typist

TRIAGE = "triaged: owner, priority, tag, status"
REPLY = "replied, read once more and sent"
BULK = "solved together, marked one by one"
ESCALATE = "escalated to another queue with words"
MERGE, APART = "merged into another ticket", "taken apart again"
DRAFT = "draft found again after SIGKILL"
WORDS = "Thank you for your message. We have looked into it and it is on its way. Kind regards"
CONFIRM = "dialog.confirm"


@dataclass(frozen=True)
class Amount:
    """How much of everything."""

    triaged: int = 60
    replied: int = 30
    solved: int = 10
    merged: int = 3
    escalated: int = 4
    drafts: int = 2


def whole_day(
    typist: Typist, open_now: Callable[[], Sequence[str]], people: Sequence[str], amount: Amount
) -> None:
    """All of it.

    Args:
        typist: Who types; the console is not open yet.
        open_now: Tickets that are new or open, `T-1042`, whenever it is asked.
        people: Handles of two agents.
        amount: How much.
    """
    typist.place.start()
    typist.see("T-")
    triage(typist, people, amount.triaged)
    refs = open_now()
    reply(typist, refs[: amount.replied])
    escalate(typist, refs[: amount.escalated])
    merge(typist, refs[-2 * amount.merged :])
    solve_together(typist, amount.solved)
    recover(typist, open_now()[: amount.drafts])
    typist.press("app.quit")


def triage(typist: Typist, people: Sequence[str], count: int) -> None:
    """Down the list on the open ticket: owner, priority, a tag, and every third waits for the customer."""
    typist.press("list.top", "list.open")
    typist.see("Conversation")
    done: set[str] = set()
    for at in range(count):
        ref = here(typist)
        with typist.doing(TRIAGE):
            typist.press("ticket.assign")
            typist.choose(people[at % len(people)])
            typist.press("enter")
            typist.press("ticket.priority")
            typist.choose(("high", "low")[at % 2])
            typist.press(CONFIRM)
            typist.press("ticket.tags")
            typist.choose(f"seen{at}")
            typist.press("enter", CONFIRM)
            typist.see(f"Tagged {ref}")
            if at % 3 == 0 and "\n  on hold" not in typist.place.text():
                typist.press("ticket.status")
                typist.choose("hold")
                typist.press("enter")
                typist.write("the carrier")
                typist.press("enter")
                typist.see(f"Set {ref} to on hold")
        done.add(ref)
        while at < count - 1 and here(typist) in done:  # one that stands lower by now comes by again
            before = here(typist)
            typist.press("page.next")
            typist.wait(lambda before=before: here(typist) != before)
    home(typist)


def here(typist: Typist) -> str:
    """The ticket that is open."""
    found = re.search(r"› (T-\d+)", typist.place.text())
    return found[1] if found else ""


def go_to(typist: Typist, ref: str) -> None:
    """Open a ticket by its number."""
    typist.press("app.goto")
    typist.choose(ref)
    typist.see(f"{ref} ")
    typist.press("enter")
    typist.see(f"› {ref}")


def home(typist: Typist) -> None:
    """Back to the list."""
    typist.press("escape")
    typist.see("Filter")


def reply(typist: Typist, refs: Sequence[str]) -> None:
    """Answer, look once more, send."""
    for ref in refs:
        go_to(typist, ref)
        with typist.doing(REPLY):
            typist.press("ticket.reply")
            typist.see("Keep & leave")
            typist.write(f"{WORDS}, {ref}")
            typist.press("editor.send", "review.send")
            typist.see(f"Replied to {ref}", "Send anyway")
            if "Send anyway" in typist.place.text():  # the desk escalated it by itself meanwhile
                typist.press(CONFIRM)
        typist.see(f"Replied to {ref}")
        home(typist)


def escalate(typist: Typist, refs: Sequence[str]) -> None:
    """Ask another queue."""
    for ref in refs:
        go_to(typist, ref)
        with typist.doing(ESCALATE):
            typist.press("ticket.escalate")
            typist.choose("bill")
            typist.press("enter", "tab")
            typist.choose("defect")
            typist.press("enter", "tab", "tab")
            typist.write(f"Please look at {ref}.")
            typist.press(CONFIRM)
        typist.see("scalated")
        home(typist)


def solve_together(typist: Typist, count: int) -> None:
    """Mark so many from the top of those that need no form, solve them in one change."""
    typist.press("queue.query", "ctrl+u")
    typist.write("is:open -category:Machine -category:Return")
    typist.press("enter")
    typist.see("-category:Return  ")
    typist.press("list.top")
    with typist.doing(BULK, count):
        typist.press(*["list.mark"] * count)
        typist.see(f"{count} marked")
        typist.press("ticket.status")
        typist.choose("solved")
        typist.see("will be solved")
        typist.press(CONFIRM)
        typist.see("become solved")
        typist.press(CONFIRM)
    typist.see(f"Set {count} tickets to solved")
    typist.press("escape")
    home(typist)


def merge(typist: Typist, refs: Sequence[str]) -> None:
    """Every second ticket into the one before it; the last is taken apart again."""
    for into, ref in zip(refs[::2], refs[1::2], strict=True):
        go_to(typist, ref)
        with typist.doing(MERGE):
            typist.press("ticket.merge")
            typist.choose(into)
            typist.see(f"into {into}")
            typist.press("enter", CONFIRM)
        typist.see("Merged")
        home(typist)
    go_to(typist, refs[-1])
    with typist.doing(APART):
        typist.press("page.unmerge", "enter")
    typist.see(" out of ")
    home(typist)


def recover(typist: Typist, refs: Sequence[str]) -> None:
    """Write until the draft is kept, lose the console, open it again, and go on writing."""
    for ref in refs:
        go_to(typist, ref)
        typist.press("ticket.reply")
        typist.see("Keep & leave")
        typist.write(f"Half a letter on {ref}")
        typist.see("draft saved")
        typist.place.kill()
        typist.place.start()
        typist.see("T-")
        go_to(typist, ref)
        with typist.doing(DRAFT):
            typist.press("ticket.reply")
        typist.see(f"Half a letter on {ref}")
        typist.press("editor.leave")
        typist.see("Draft kept")
        home(typist)
