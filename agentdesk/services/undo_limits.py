"""Why something is not taken back: the actor may not, or somebody has worked on it since."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import UndoError, WholeImportError
from agentdesk.models import ChangeRow, ImportBatch, Journal
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


def spare_import(change: Change, target: ChangeRow) -> None:
    """Refuse to take a whole import back where it was not named.

    Raises:
        WholeImportError: the change is of an import; says which.
    """
    if target.batch_id is not None:
        batch = change.get(ImportBatch, target.batch_id)
        words = f"{batch.file_name}, {batch.created:,} new, {batch.updated:,} changed"
        raise WholeImportError(target.batch_id, words)


def refuse_newer_import(change: Change, target: ChangeRow) -> None:
    """Who has just taken an import back means that step, and not an import that came later.

    Raises:
        UndoError: the last thing the actor did was to take back an import older than this one.
    """
    sql = (
        "SELECT other.batch_id FROM change mine JOIN change other ON other.id = mine.undo_of_id WHERE mine.id = "
        "(SELECT max(id) FROM change WHERE actor_id = :actor AND id <> :now) "
        "AND mine.undone_by_id IS NULL AND other.undo_of_id IS NULL"
    )
    undone = change.sql(sql, {"actor": change.actor.id, "now": change.id or 0}).scalar()
    if undone is not None and target.batch_id is not None and target.batch_id > undone:
        raise UndoError(
            f"You have just taken back import {undone}: redo brings it back. Import {target.batch_id} came after it; to "
            f"take that back as well: agentdesk import undo {target.batch_id}"
        )
