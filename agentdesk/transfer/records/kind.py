"""What a kind of record is: its fields, what other systems call them, how a cell of each is read, where it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import SQLModel

from agentdesk.domain.events import Event
from agentdesk.transfer.foreign_time import TimeReader

EXTERNAL_ID = "external_id"
EXTRA = "extra"
Told = dict[str, Any]
"""Values by field or column; None where a cell is empty, no key where no column is mapped."""


class CellError(Exception):
    """What is wrong with one cell.

    Attributes:
        field: whose cell it is, where the one who reads does not know; empty else.
        reason: to be read after column and value.
        value: what stands there, where it is known.
    """

    def __init__(self, reason: str, field: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.field = field
        self.value = value
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ways:
    """How a file writes things.

    Attributes:
        times: what reads its instants.
        decimal: `.` or `,` of its amounts; empty where each has to tell by itself.
        is_iso: its instants are ISO 8601.
    """

    times: TimeReader
    decimal: str = ""
    is_iso: bool = True


Read = Callable[[str, Ways], Any]
"""A cell that is not empty becomes a value, or raises `CellError`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: as a map calls it.
        read: what makes a value of a cell.
        aliases: what other systems call it, as `compact_name` spells it, the likeliest first, a space between.
        words: the closed list it is a word of; empty where there is none.
        means: foreign words, folded, and what they mean without a map.
        is_needed: a row in which it is empty is rejected.
        joins: several columns may be one field, with this between them; empty where only one may.
        is_told: the other system's own words stay in it, so whoever imports hears which.
    """

    name: str
    read: Read
    aliases: str = ""
    words: tuple[str, ...] = ()
    means: Mapping[str, str] = field(default_factory=dict)
    is_needed: bool = False
    joins: str = ""
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        name: as the command line calls it: `orders`.
        noun: one of them, and the section of a map: `order`.
        model: where they are kept.
        fields: what they have.
        needs: why a file is refused in which none of these fields is mapped, by those fields.
        finish: columns from the values of the fields; may raise `CellError`.
        made: the event of a new one.
        changed: the event of one that changed.
        people: fields that name an agent, and the column that holds whom.
        has_ticket: whether it may be about a ticket.
        has_customer: whether it is about a customer.
        is_nobodys: whether it may do without a customer.
        natural: the column that tells one from another where no id does; empty where none does.
        is_natural_unique: whether no two can have the same.
        infer: fields that follow from how the columns are called, where no map says.
    """

    name: str
    noun: str
    model: type[SQLModel]
    fields: tuple[Field, ...]
    needs: Mapping[tuple[str, ...], str]
    finish: Callable[[Told], Told]
    made: Event
    changed: Event
    people: Mapping[str, str] = field(default_factory=dict)
    has_ticket: bool = False
    has_customer: bool = False
    is_nobodys: bool = False
    natural: str = ""
    is_natural_unique: bool = False
    infer: Callable[[Mapping[str, str]], Mapping[str, str]] = lambda _found: {}

    @property
    def by_name(self) -> dict[str, Field]:
        """The fields by what a map calls them."""
        return {one.name: one for one in self.fields}

    @property
    def has_source(self) -> bool:
        """Whether the ids of two systems are kept apart."""
        return "source" in self.model.model_fields
