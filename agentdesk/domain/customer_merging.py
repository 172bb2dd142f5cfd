"""Which customers can become one, and what the one that stays is called, reached by and told apart by.

Where nobody chose, the survivor keeps what it has; what it lacks comes from the others, in their order. Tags, notes and
warnings of all are kept, and whoever must not be contacted once must not be contacted after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from agentdesk.domain.errors import AgentDeskError

FIELDS: Final = MappingProxyType(
    {
        "name": ("name",),
        "email": ("email",),
        "phone": ("phone",),
        "organization": ("organization_id",),
        "external_id": ("external_id",),
        "title": ("title",),
        "language": ("language",),
        "time_zone": ("time_zone",),
        "tier": ("tier",),
        "owner": ("owner_id", "owner_since", "owner_until"),
        "do_not_contact": ("do_not_contact",),
        "warning": ("warning",),
        "notes": ("notes",),
        "tags": ("tags",),
    }
)
"""What can be picked from one side or another, with its columns, the first of which says whether there is anything."""
REACHED_BY: Final = frozenset({"email", "phone"})
"""Fields that repeat the primary way of their kind."""
TOGETHER: Final = frozenset({"do_not_contact", "warning", "notes", "tags"})
"""Fields of which all sides have a part, unless one is picked."""


class CustomerMergeError(AgentDeskError):
    """Customers cannot become one as they stand."""


@dataclass(frozen=True, slots=True)
class Party:
    """A customer, as far as merging cares."""

    id: int
    name: str
    merged_into_id: int | None

    @property
    def told(self) -> str:
        """`Jo Doe (customer 12)`."""
        return f"{self.name} (customer {self.id})"


def why_not(sources: Sequence[Party], into: Party) -> str:
    """Why customers cannot be merged into another; empty where they can."""
    if not sources:
        return "Name the customers to merge, and the one they are merged into."
    if any(one.id == into.id for one in sources):
        return f"{into.told} cannot be merged into itself."
    for one in (into, *sources):
        if one.merged_into_id is not None:
            return f"{one.told} was merged into customer {one.merged_into_id} already: use that one."
    return ""


def first_with(values: Sequence[Any]) -> int:
    """The place of the first value that says anything, the survivor's being the first; 0 where none does."""
    return next((place for place, value in enumerate(values) if value), 0)


def together(field: str, values: Sequence[Any]) -> Any:
    """What all sides say of a field of `TOGETHER`, each thing once, the survivor's first."""
    if field == "do_not_contact":
        return any(values)
    if field == "tags":
        return list(dict.fromkeys(tag for tags in values for tag in tags))
    said = dict.fromkeys(str(value).strip() for value in values if value and str(value).strip())
    return ("\n\n" if field == "notes" else "; ").join(said) if len(said) > 1 else next(iter(said), values[0])


def outcome(field: str, values: Sequence[Any]) -> Any:
    """What a field is to be where nobody chose."""
    return together(field, values) if field in TOGETHER else values[first_with(values)]
