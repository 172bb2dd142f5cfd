"""What a map of tickets may speak of: our fields, and how each is read from a cell."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from agentdesk.domain.vocabulary import Channel, Level3, LinkKind, Priority, Resolution, Status, TicketType

WORDS: Final = MappingProxyType(
    {
        "status": Status,
        "priority": Priority,
        "type": TicketType,
        "channel": Channel,
        "impact": Level3,
        "urgency": Level3,
        "resolution": Resolution,
    }
)
"""Fields that hold one word of a closed list."""
OPTIONAL_WORDS: Final = frozenset({"impact", "urgency", "resolution"})
"""Those of them that may be empty."""
TEXTS: Final = ("subject", "category", "waiting_for")
NAMES: Final = (
    "queue",
    "assignee",
    "customer",
    "customer_email",
    "customer_id",
    "customer_phone",
    "organization",
)
"""Fields that name something else: a queue, an agent, a customer by name, by address, by the id it has elsewhere.

A telephone number finds nobody: it goes to a customer who is to be made.
"""
TIMES: Final = (
    "created_at",
    "updated_at",
    "solved_at",
    "closed_at",
    "due_at",
    "first_replied_at",
    "last_reply_at",
    "last_message_at",
)
NUMBERS: Final = ("reopen_count", "reply_count")
TAGS: Final = "tags"
EXTERNAL_ID: Final = "external_id"
ALSO_ID: Final = "also_id"
"""A second id of a ticket, by which others of the file name it."""
LINKS: Final = MappingProxyType({"caused_by": LinkKind.CAUSED_BY, "related": LinkKind.RELATED})
"""Fields that name another ticket of the same system, and how the two belong together."""
FIELDS: Final = (
    EXTERNAL_ID, *TEXTS[:1], *WORDS, *NAMES, *TEXTS[1:], TAGS, *TIMES, *NUMBERS, ALSO_ID, *LINKS
)  # fmt: skip
"""Every key of `[ticket]`."""
RENAMED: Final = ("queue", "assignee", "customer", "organization", "category", "waiting_for")
"""Fields without a closed list whose foreign words may be given others in `[values.*]`."""
ANY_OTHER: Final = "*"
"""The foreign word in `[values.*]` that stands for every one that is not there."""
COLUMN_OF: Final = MappingProxyType({"resolution": "resolution_code"})
"""Where our column is called otherwise."""


def words_of(field: str) -> list[str]:
    """The words a field may hold, in the order of the desk."""
    words: type[StrEnum] = WORDS[field]
    return [str(word) for word in words]


def fold_word(text: str) -> str:
    """The form by which a foreign word is found in a map: without case and runs of white space."""
    return " ".join(text.split()).casefold()
