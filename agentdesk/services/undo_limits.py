"""Why something is not taken back: the actor may not, or somebody has worked on it since."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import UndoError
from agentdesk.models import ChangeRow, Journal
from agentdesk.services.undo_names import named
from agentdesk.store.change import Change

_SET_UP: Final = frozenset(
    {
        "agent",
        "queue",
        "queue_member",
        "calendar",
        "sla_policy",
        "agreement",
        "routing_rule",
        "setting",
        "intake_form",
    }
)
"""What only those may take back who may change the desk's set-up."""


def check_right(change: Change, target: ChangeRow, rows: Sequence[Journal]) -> None:
    """To take something back needs what doing it needs, and somebody else's deed a lead.

    Raises:
        NotPermittedError: the actor may not.
    """
    if any(row.entity in _SET_UP and not _is_own_choice(change, row) for row in rows):
        change.actor.require(Permission.CONFIGURE)
    if target.actor_id != change.actor.id:
        change.actor.require(Permission.TAKE_BACK)


def refuse_touched_since(change: Change, row: Journal) -> None:
    """A row made by the change may go only if nobody else's change still stands on it.

    Raises:
        UndoError: one does; names that change.
    """
    newer = change.session.exec(
        select(Journal.change_id)
        .join(ChangeRow, col(ChangeRow.id) == col(Journal.change_id))
        .where(
            Journal.entity == row.entity,
            Journal.entity_id == row.entity_id,
            col(Journal.change_id) > row.change_id,
            col(ChangeRow.undone_by_id).is_(None),
            col(ChangeRow.undo_of_id).is_(None),
        )
        .limit(1)
    ).first()
    if newer is not None:
        raise UndoError(f"{named(change, row)} was worked on since (change {newer}). Take that back first.")


def _is_own_choice(change: Change, row: Journal) -> bool:
    told = {**(row.before or {}), **(row.after or {})}
    return row.entity == "setting" and change.actor.id is not None and told.get("agent_id") == change.actor.id
