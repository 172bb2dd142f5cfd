"""The fixed words of the language: states for `is:`, things for `has:`, orders for `sort:`, by entity."""

from collections.abc import Mapping
from typing import Final

from agentdesk.domain.fields import FIELDS, Entity

FLAGS: Final[Mapping[Entity, Mapping[str, str]]] = {
    "ticket": {
        "open": "not solved yet",
        "solved": "solved or closed",
        "breached": "unsolved and past a promise",
        "critical": "unsolved, nine tenths of a target used or a promise due within a quarter of an hour",
        "at_risk": "unsolved, three quarters of a target used or a promise due within four hours",
        "paused": "unsolved, and every clock stands still",
        "customer_last": "unsolved, and the customer spoke last",
        "unread": "unsolved, and something was said that I have not seen",
        "mentioned": "a note names me",
        "escalated": "somebody else was asked and has not answered",
        "escalated_to_me": "I was asked, or a queue or level of mine, and the work is not done",
        "mine": "assigned to me",
        "unassigned": "assigned to nobody",
        "snoozed": "set aside until a time that has not come",
        "spam": "marked as spam",
        "merged": "merged into another ticket",
        "linked": "linked with another ticket",
    },
    "customer": {
        "open": "has an unsolved ticket",
        "mine": "owned by me",
        "merged": "merged into another customer",
        "do_not_contact": "asked not to be contacted",
    },
}
"""What `is:` knows, with what it means."""

ALIASES: Final[Mapping[str, str]] = {"unanswered": "customer_last"}
"""Other words for the same state."""

THINGS: Final[Mapping[Entity, Mapping[str, str]]] = {
    "ticket": {
        "attachment": "a file",
        "note": "an internal note",
        "reply": "a public reply of ours",
        "draft": "an unsent text of mine",
        "interaction": "a call, visit or other contact",
    },
    "customer": {
        "ticket": "a ticket",
        "interaction": "a call, visit or other contact",
        "organization": "an organization",
    },
}
"""What `has:` knows."""

ORDERS: Final[Mapping[Entity, tuple[str, ...]]] = {
    "ticket": ("attention", *(one.name for one in FIELDS["ticket"].values() if one.sortable)),
    "customer": tuple(one.name for one in FIELDS["customer"].values() if one.sortable),
}
"""What `sort:` knows."""
MAX_DEPTH: Final = 40
MAX_TERMS: Final = 100
MAX_VALUES: Final = 200
"""Bounds of one query: levels of nesting, conditions, and values of one field."""
NO_VALUE: Final = "none"
MYSELF: Final = "me"
