"""What has to be there before a command can be given: one table, so that the lists of commands stay lists.

`screens.reasons` says what is missing, by these names.
"""

from typing import Final

NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "ticket": (
        "ticket.assign",
        "ticket.take",
        "ticket.status",
        "ticket.priority",
        "ticket.tags",
        "ticket.snooze",
        "ticket.escalate",
        "ticket.macro",
        "ticket.merge",
        "ticket.thanks",
        "ticket.copy",
    ),
    "one": ("ticket.reply", "ticket.note", "ticket.forward", "ticket.edit", "ticket.clocks"),
    "customer": ("ticket.customer",),
    "why": ("ticket.why",),
    "new": ("queue.practice",),
    "walk": ("page.next", "page.previous"),
    "row": (
        "customers.open",
        "customers.copy",
        "duplicates.merge",
        "duplicates.group",
        "duplicates.distinct",
        "duplicates.one",
        "duplicates.other",
        "inbox.copy",
        "answers.accept",
        "answers.decline",
        "answers.return",
        "answers.resolve",
        "answers.withdraw",
        "answers.further",
        "notices.seen",
        "imports.undo",
        "imports.force",
        "imports.resume",
    ),
    "plan": ("plan.apply",),
}
"""Ids of commands by what they need."""

_BY_ID: Final = {command_id: need for need, ids in NEEDS.items() for command_id in ids}


def need_of(command_id: str) -> str:
    """What a command needs; empty where it can always be given."""
    return _BY_ID.get(command_id, "")
