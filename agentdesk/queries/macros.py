"""The macros an agent can use, how often each was, and what one would do to tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain import macro
from agentdesk.domain.errors import FieldChange
from agentdesk.domain.identity import name_key
from agentdesk.domain.placeholders import Filled, fill
from agentdesk.domain.when import stamp
from agentdesk.queries.intake import intakes
from agentdesk.queries.placeholder_values import values_of
from agentdesk.queries.tickets import TicketRow, by_ids
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class MacroRow:
    """One macro; `owner` is None where it is everybody's, `uses` how often it was applied and not taken back."""

    id: int
    version: int
    name: str
    category: str
    visibility: str
    body: str
    changes: dict[str, Any]
    owner: str | None
    is_active: bool
    reviewed_at: datetime | None
    created_at: datetime
    uses: int

    @property
    def sets(self) -> str:
        """What it sets, in words; empty for a template."""
        return macro.change_words(self.changes)

    @property
    def is_reply(self) -> bool:
        """Whether it says something to the customer."""
        return bool(self.body.strip()) and self.visibility == "public"

    def is_stale(self, now: datetime) -> bool:
        """Whether nobody has looked at it for half a year."""
        return macro.is_stale(self.reviewed_at, self.created_at, now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a macro would do to one ticket.

    Attributes:
        ticket: which.
        filled: its text, with what stays empty.
        moves: its fields, before and after.
        refusal: why it cannot be applied, as it reads after the reference; empty where it can.
    """

    ticket: TicketRow
    filled: Filled
    moves: tuple[FieldChange, ...]
    refusal: str

    @property
    def is_possible(self) -> bool:
        """Whether it would be applied as it stands: nothing empty goes out."""
        return not self.refusal and not self.filled.empty


_MACROS = (
    "SELECT macro.id, macro.version, macro.name, macro.category, macro.visibility, macro.body, macro.changes, "
    "agent.handle AS owner, macro.is_active, macro.reviewed_at, macro.created_at, "
    "(SELECT count(*) FROM journal JOIN change ON change.id = journal.change_id WHERE journal.entity = 'macro' "
    "AND journal.entity_id = macro.id AND journal.event = 'macro.applied' AND change.undone_by_id IS NULL) AS uses "
    "FROM macro LEFT JOIN agent ON agent.id = macro.agent_id "
    "WHERE (macro.agent_id IS NULL OR macro.agent_id = :agent_id)"
)


def macros(read: Reader, *, every: bool = False) -> list[MacroRow]:
    """The macros of the desk and of the agent who looks, by name; with `every`, the retired ones too."""
    which = "" if every else " AND macro.is_active"
    agent_id = -1 if read.agent_id is None else read.agent_id
    found = read.rows(MacroRow, f"{_MACROS}{which}", {"agent_id": agent_id})
    return sorted(found, key=lambda one: (name_key(one.name), one.owner is None, not one.is_active, one.id))


def by_use(found: Sequence[MacroRow], categories: Sequence[str]) -> list[MacroRow]:
    """The macros of these categories first, then the most used."""
    wanted = {name_key(one) for one in categories if one}
    return sorted(found, key=lambda one: (name_key(one.category) not in wanted, -one.uses))


def outcomes(
    read: Reader, row: MacroRow, ticket_ids: Sequence[int], *, me: str, zone: ZoneInfo
) -> list[Outcome]:
    """What a macro would do to these tickets, in their order."""
    values = values_of(read, ticket_ids, read.agent_id, zone)
    forms = intakes(read, list(ticket_ids))
    found = []
    for one in by_ids(read, ticket_ids):
        refusal = macro.refusal(
            row.changes,
            body=row.body,
            visibility=row.visibility,
            status=one.status,
            missing=[field.label for field in forms[one.id].missing],
        )
        state = _state(one, read.now, zone)
        moves = macro.moves(row.changes, state, me=me, now=read.now, zone=zone)
        found.append(Outcome(one, fill(row.body, values[one.id]), tuple(moves), refusal))
    return found


def _state(row: TicketRow, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    names = ("status", "priority", "type", "category", "queue", "assignee", "tags")
    wake = stamp(row.wake_at, now, zone) if row.wake_at else ""
    return {**{name: getattr(row, name) for name in names}, "wake": wake}
