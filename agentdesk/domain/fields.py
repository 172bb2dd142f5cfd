"""What a ticket and a customer are made of, as plain data: names, labels, kinds, choices and roles.

The query language, the columns of lists, the edit forms and the exports all read this catalogue, so that a field is
known everywhere or nowhere. It is literal because the console reads it before any table is imported; a test keeps it
in step with the tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from agentdesk.domain.vocabulary import Channel, Level3, Priority, Resolution, Status, TicketType

Kind = Literal[
    "text",
    "words",
    "choice",
    "instant",
    "agent",
    "queue",
    "customer",
    "organization",
    "policy",
    "number",
    "tags",
    "flag",
]
"""How a value is typed and compared; `words` is text that the full-text index holds."""
Role = Literal["editable", "searchable", "exported", "sortable"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one entity.

    Attributes:
        name: what people type: `assignee`.
        label: what people read: `Assignee`.
        kind: how its values are typed.
        column: the column of the table: `assignee_id`.
        choices: every value a `choice` can have, in the order of their scale where `is_ordered`.
        is_ordered: `>=` means something: the choices rise from first to last.
        roles: what may be done with it.
        aliases: other words for the same field in a query.
    """

    name: str
    label: str
    kind: Kind
    column: str
    roles: frozenset[Role] = frozenset()
    choices: tuple[str, ...] = ()
    is_ordered: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def editable(self) -> bool:
        """Whether a form may change it."""
        return "editable" in self.roles

    @property
    def searchable(self) -> bool:
        """Whether the query language knows it."""
        return "searchable" in self.roles

    @property
    def exported(self) -> bool:
        """Whether an export has a column of it."""
        return "exported" in self.roles

    @property
    def sortable(self) -> bool:
        """Whether `sort:` accepts it."""
        return "sortable" in self.roles


def _roles(letters: str) -> frozenset[Role]:
    """`e` editable, `s` searchable, `x` exported, `o` offered as an order."""
    names: dict[str, Role] = {"e": "editable", "s": "searchable", "x": "exported", "o": "sortable"}
    return frozenset(names[letter] for letter in letters)


def _field(name: str, label: str, kind: Kind, roles: str, *columns: str) -> Field:
    """A field of one column; the words after the column are other names for it in a query."""
    column, *aliases = columns or (name,)
    return Field(name, label, kind, column, _roles(roles), aliases=tuple(aliases))


def _choice(
    name: str,
    label: str,
    roles: str,
    choices: Iterable[str],
    *,
    column: str = "",
    is_ordered: bool = False,
) -> Field:
    listed = tuple(str(one) for one in choices)
    return Field(name, label, "choice", column or name, _roles(roles), listed, is_ordered)


_RISING_PRIORITY = tuple(reversed(Priority))
_RISING_LEVEL = tuple(reversed(Level3))

_TICKET: tuple[Field, ...] = (
    _field("id", "Ticket", "number", "sxo", "id", "ref", "ticket"),
    _field("subject", "Subject", "words", "esx"),
    _choice("status", "Status", "esxo", Status, is_ordered=True),
    _choice("priority", "Priority", "esxo", _RISING_PRIORITY, is_ordered=True),
    _choice("type", "Type", "esx", TicketType),
    _choice("impact", "Impact", "esx", _RISING_LEVEL, is_ordered=True),
    _choice("urgency", "Urgency", "esx", _RISING_LEVEL, is_ordered=True),
    _choice("channel", "Channel", "esx", Channel),
    _field("category", "Category", "text", "esx"),
    _field("queue", "Queue", "queue", "esxo", "queue_id"),
    _field("assignee", "Assignee", "agent", "esxo", "assignee_id", "agent"),
    _field("customer", "Customer", "customer", "esx", "customer_id", "from", "contact"),
    _field("organization", "Organization", "organization", "sx", "organization_id", "org", "company"),
    _field("tags", "Tags", "tags", "esx", "tags", "tag"),
    _field("due", "Due", "instant", "sxo", "next_due_at", "next_due"),
    _field("promised", "Promised by", "instant", "esx", "due_at", "promise"),
    _field("wake", "Wakes", "instant", "esx", "wake_at", "snoozed_until"),
    _field("created", "Created", "instant", "sxo", "created_at"),
    _field("updated", "Last change", "instant", "sxo", "updated_at"),
    _field("waiting", "Customer waiting since", "instant", "sxo", "waiting_since"),
    _field("waiting_for", "Waiting for", "text", "esx"),
    _field("last_message", "Last message", "instant", "sxo", "last_message_at"),
    _field("last_reply", "Last reply", "instant", "sx", "last_reply_at"),
    _field("first_reply", "First reply", "instant", "sx", "first_replied_at"),
    _field("solved", "Solved", "instant", "sx", "solved_at"),
    _field("closed", "Closed", "instant", "sx", "closed_at"),
    _choice("resolution", "Resolution", "esx", Resolution, column="resolution_code"),
    _field("reopens", "Reopened", "number", "sx", "reopen_count"),
    _field("replies", "Replies", "number", "sx", "reply_count"),
    _field("source", "Source", "text", "sx"),
    _field("external", "Number elsewhere", "text", "sx", "external_id", "external_id"),
    _field("version", "Version", "number", "x"),
    _field("spam", "Spam", "flag", "", "is_spam"),
    _field("escalated", "Escalated", "flag", "x", "is_escalated"),
    _field("open", "Unsolved", "flag", "", "is_open"),
    _field("merged_into", "Merged into", "number", "sx", "merged_into_id"),
    _field("follows", "Follows up", "number", "sx", "follow_up_of_id"),
    _field("clock", "Next clock", "text", "sx", "next_metric"),
    _field("policy", "Policy", "policy", "sx", "policy_id", "sla"),
)

_CUSTOMER: tuple[Field, ...] = (
    _field("id", "Customer", "number", "sx"),
    _field("name", "Name", "text", "esxo"),
    _field("email", "E-mail", "text", "esx"),
    _field("phone", "Phone", "text", "esx"),
    _field("organization", "Organization", "organization", "esx", "organization_id", "org", "company"),
    _field("title", "Title", "text", "esx"),
    _field("language", "Language", "text", "esx"),
    _field("time_zone", "Time zone", "text", "esx"),
    _field("tier", "Tier", "text", "esx"),
    _field("owner", "Owner", "agent", "esx", "owner_id"),
    _field("owner_since", "Owner from", "instant", "esx", "owner_since"),
    _field("owner_until", "Owner until", "instant", "esx", "owner_until"),
    _field("tags", "Tags", "tags", "esx", "tags", "tag"),
    _field("warning", "Warning", "text", "esx"),
    _field("notes", "Notes", "text", "esx"),
    _field("external", "Number elsewhere", "text", "sx", "external_id", "external_id"),
    _field("do_not_contact", "Do not contact", "flag", "ex"),
    _field("created", "Created", "instant", "sxo", "created_at"),
    _field("updated", "Last change", "instant", "sx", "updated_at"),
    _field("version", "Version", "number", "x"),
    _field("merged_into", "Merged into", "number", "sx", "merged_into_id"),
)

INTERNAL: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "ticket": frozenset(
            {
                *(
                    "extra",
                    "priority_rank",
                    "tier_rank",
                    "attention_key",
                    "at_risk_at",
                    "critical_at",
                    "breach_at",
                ),
                *("calendar_id", "agreement_id", "intake"),
            }
        ),
        "customer": frozenset({"extra", "name_key"}),
    }
)
"""Columns that no face names: derived ones, and what an import kept for itself."""

Entity = Literal["ticket", "customer"]
FIELDS: Final[Mapping[str, Mapping[str, Field]]] = MappingProxyType(
    {
        "ticket": MappingProxyType({field.name: field for field in _TICKET}),
        "customer": MappingProxyType({field.name: field for field in _CUSTOMER}),
    }
)
"""Every field by entity and name."""
RELATIONS: Final[Mapping[str, Mapping[str, Field]]] = MappingProxyType(
    {
        "ticket": MappingProxyType(
            {
                "mentions": _field("mentions", "Mentions", "agent", "s"),
                "escalated_to": _field("escalated_to", "Escalated to", "agent", "s"),
            }
        ),
        "customer": MappingProxyType({}),
    }
)
"""What is asked for like a field and is held by other tables than the entity's own."""
TICKET_FIELDS: Final = FIELDS["ticket"]
CUSTOMER_FIELDS: Final = FIELDS["customer"]

_BY_WORD = {
    entity: {word: field for field in fields.values() for word in (field.name, *field.aliases)}
    for entity, fields in FIELDS.items()
}
_BY_COLUMN = {entity: {field.column: field for field in fields.values()} for entity, fields in FIELDS.items()}


def field_named(word: str, entity: Entity = "ticket") -> Field | None:
    """The field people call `word` (its name or another word for it), or None."""
    return _BY_WORD[entity].get(word.lower().replace("-", "_"))


def field_of_column(column: str, entity: Entity = "ticket") -> Field | None:
    """The field that a column holds, or None for a column no face names."""
    return _BY_COLUMN[entity].get(column)


def label_of_column(column: str, entity: str = "ticket") -> str:
    """What to call a column in a sentence: its label in lower case, or the column in words."""
    field = _BY_COLUMN.get(entity, {}).get(column)
    return field.label.lower() if field else column.removesuffix("_id").replace("_", " ")
