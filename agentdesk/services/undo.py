"""Taking changes back, and doing them again, from the journal alone.

A field goes back only if it still holds what the change left there; otherwise somebody has worked on it since, and
nothing is taken back silently. Undoing an undo is the redo. A text that is taken back is its author's draft again.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import NotFoundError, StuckError, UndoError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ChangeRow, ImportBatch, ImportChunk, Journal
from agentdesk.services import drafts
from agentdesk.services.batch_words import reverted
from agentdesk.services.batches import Undone, undo_batch
from agentdesk.services.outbox import refuse_gone_out, renew_window
from agentdesk.services.undo_limits import (
    check_right,
    refuse_newer_import,
    refuse_touched_since,
    spare_import,
)
from agentdesk.services.undo_names import MODELS, SHOWN, deeds, mains_of, named, sentence
from agentdesk.services.unmerging import stays
from agentdesk.services.words_back import LETTER, UNSENT, YOURS, bring_words_back, keep_unsent, words_of
from agentdesk.store import history
from agentdesk.store.change import Change

__all__ = ["Undone", "next_undo", "redo_change", "undo_batch", "undo_change"]
SEE = "The numbers are listed by: agentdesk log"


def undo_change(
    change: Change, number: int | None = None, *, beside: Collection[int] = (), spares_imports: bool = False
) -> Undone:
    """Take back a change by number, or the actor's last one that still stands. An import is taken back whole.

    Args:
        change: the transaction.
        number: which change; the last one unless given.
        beside: changes that are passed over in looking for the last one: they were refused before.
        spares_imports: refuse to take back an import that was only the last change, and not named.

    Raises:
        WholeImportError: the last one is an import, and those are spared.
        StuckError: the last one cannot be taken back, and there is one before it; nothing was changed.
        NotFoundError: there is no such change.
        NotPermittedError: it is somebody else's, or of the set-up, and the actor may not.
        UndoError: it was taken back already, or somebody has worked on the same fields since; nothing was changed.
    """
    change.actor.require(Permission.WORK)
    if number is None:
        return _undo_last(change, beside, spares_imports=spares_imports)
    target = _numbered(change, number)
    if target.undone_by_id is not None:
        raise UndoError(f"Change {target.id} was taken back already, by change {target.undone_by_id}.")
    return _undo(change, target)


def next_undo(change: Change, *, beside: Collection[int] = ()) -> str:
    """What `undo_change` would take back, in words; empty where there is nothing. Nothing is changed.

    Args:
        change: the transaction.
        beside: see `undo_change`.
    """
    change.actor.require(Permission.WORK)
    target = _last_standing(change, beside)
    return "" if target is None else target.summary or _words_for(change, target)


def _undo(change: Change, target: ChangeRow) -> Undone:
    if target.batch_id is not None:
        return undo_batch(change, target.batch_id)
    return _take_back(change, target)


def _undo_last(change: Change, beside: Collection[int], *, spares_imports: bool = False) -> Undone:
    """The last that stands; where it is stuck, nothing, but the refusal names the one before it."""
    target = _last_standing(change, beside)
    if target is None or target.id is None:
        raise UndoError("There is nothing of yours to take back.")
    number = target.id
    refuse_newer_import(change, target)
    if spares_imports:
        spare_import(change, target)
    try:
        with change.attempt():
            return _undo(change, target)
    except UndoError as error:
        before = _last_standing(change, {*beside, number})
        if before is None:
            raise
        raise StuckError(str(error), number, before.id or 0, _words_for(change, before)) from None


def _words_for(change: Change, target: ChangeRow) -> str:
    """What taking it back would take back."""
    if target.batch_id is not None:
        return f"import {target.batch_id}"
    rows = _rows_of(change, target)
    return ", ".join(words_of(rows)[:SHOWN]) or sentence(change, rows)


def _rows_of(change: Change, target: ChangeRow) -> Sequence[Journal]:
    """The journal of a change, the last row first."""
    wanted = select(Journal).where(Journal.change_id == target.id).order_by(col(Journal.id).desc())
    return change.session.exec(wanted).all()


def redo_change(change: Change, number: int | None = None) -> Undone:
    """Do again what was taken back: by the number of the undoing change, or the actor's last undo.

    Raises:
        UndoError: nothing was taken back, or something newer has been done since.
    """
    change.actor.require(Permission.WORK)
    if number is not None:
        target = _numbered(change, number)
        if target.undone_by_id is not None and target.undo_of_id is None:
            target = change.get(ChangeRow, target.undone_by_id)
    else:
        target = _last_undo(change)
    if target.undo_of_id is None or target.undone_by_id is not None:
        raise UndoError("There is nothing to do again.")
    return _take_back(change, target)


def _numbered(change: Change, number: int) -> ChangeRow:
    try:
        return change.get(ChangeRow, number)
    except NotFoundError:
        raise NotFoundError("change", number, SEE) from None


def _last_standing(change: Change, beside: Collection[int] = ()) -> ChangeRow | None:
    """The actor's last change that stands, but for those beside; None where there is none."""
    return change.session.exec(
        select(ChangeRow)
        .where(
            ChangeRow.actor_id == change.actor.id,
            col(ChangeRow.undone_by_id).is_(None),
            col(ChangeRow.undo_of_id).is_(None),
            col(ChangeRow.id).not_in(list(beside)),
        )
        .order_by(col(ChangeRow.id).desc())
        .limit(1)
    ).first()


def _last_undo(change: Change) -> ChangeRow:
    last = change.session.exec(
        select(ChangeRow).where(ChangeRow.actor_id == change.actor.id).order_by(col(ChangeRow.id).desc())
    )
    for row in last:
        if row.undone_by_id is not None:
            continue
        if row.undo_of_id is None:
            break
        if _is_undo(change, row):
            return row
    raise UndoError("There is nothing to do again.")


def _is_undo(change: Change, row: ChangeRow) -> bool:
    """An undo takes back an ordinary change; a redo takes back an undo."""
    original = change.session.get(ChangeRow, row.undo_of_id)
    return original is not None and original.undo_of_id is None


def _take_back(change: Change, target: ChangeRow) -> Undone:
    rows, batch = _rows_of(change, target), _import_of(change, target)
    if not rows and batch is None:
        raise NotFoundError("change", target.id, SEE)
    check_right(change, target, rows)
    refuse_gone_out(change, rows)
    number = change.undo_of_id = target.id
    change.summary = (
        f"undo {target.summary}" if target.undo_of_id is None else target.summary.replace("undo ", "redo ", 1)
    )
    unsent = keep_unsent(change, rows)
    try:
        for row in rows:
            _revert(change, row)
    except IntegrityError:
        raise UndoError(
            f"Change {number} made something that is used elsewhere by now. Nothing was changed."
        ) from None
    renew_window(change, rows)
    change.record(Event.CHANGE_UNDONE, None, reason=f"change {target.id}")
    assert change.id is not None
    _link(change, target)
    if batch is not None:
        rest = "; redo once more brings back what went before" if batch.state == "undone" else ""
        return Undone(change.id, reverted(batch, rows) + rest, [], is_whole=True)
    words = _words_moved(change, rows)
    is_whole = bool(words) or (target.undo_of_id is None and _opened_a_ticket(rows))
    told = words or sentence(change, rows)
    if target.origin == Origin.TICK and target.undo_of_id is None:
        told, is_whole = f"{told}; the desk does not do this step again by itself", True
    return Undone(change.id, told + unsent, [], is_whole=is_whole, is_draft=YOURS in words)


def _import_of(change: Change, target: ChangeRow) -> ImportBatch | None:
    """The import that an undo took back, or a redo brought back."""
    while target.undo_of_id is not None:
        target = change.get(ChangeRow, target.undo_of_id)
    return None if target.batch_id is None else change.get(ImportBatch, target.batch_id)


def _opened_a_ticket(rows: Sequence[Journal]) -> bool:
    """Then the ticket is gone, and where its fields stood before that says nothing."""
    return any(row.entity == "ticket" and row.before is None and row.after is not None for row in rows)


def _words_moved(change: Change, rows: Sequence[Journal]) -> str:
    """What went with messages and escalations that were taken back, or made again; empty where there were none."""
    told = bring_words_back(change, rows)
    mains = [one for one in mains_of(change, rows) if one.entity != "message"]
    if told:
        more = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        return ", ".join([*deeds(mains), *told[:SHOWN]]) + more
    return sentence(change, rows) if any(one.entity == "escalation" for one in mains) else ""


def _link(change: Change, target: ChangeRow) -> None:
    """Mark what was taken back; a redo makes the original stand again."""
    target.undone_by_id = change.id
    if target.undo_of_id is None:
        return
    original = change.get(ChangeRow, target.undo_of_id)
    original.undone_by_id = other = _undone_beside(change, target)
    if original.batch_id is not None:
        if other is None:
            stopped = change.find(ImportChunk, ImportChunk.batch_id == original.batch_id)
            change.get(ImportBatch, original.batch_id).state = "interrupted" if stopped else "done"
        change.sql(
            "UPDATE change SET undone_by_id = :other WHERE batch_id = :batch",
            {"batch": original.batch_id, "other": other},
        )


def _undone_beside(change: Change, target: ChangeRow) -> int | None:
    """Another undo of the same import that still stands: one took what could go, the other the rest, by force."""
    sql = "SELECT max(id) FROM change WHERE undo_of_id = :original AND undone_by_id IS NULL AND id <> :target"
    number = change.sql(sql, {"original": target.undo_of_id, "target": target.id}).scalar()
    return None if number is None else int(number)


def _revert(change: Change, row: Journal) -> None:
    if row.entity == LETTER or (row.before is None and row.after is None):
        return  # an event that changed no field
    if row.entity == UNSENT:
        drafts.restore_draft(change, row.before or {})
        return
    model = MODELS[row.entity]
    table: Table = SQLModel.metadata.tables[row.entity]
    current = None if row.after is None else change.session.get(model, _key(model, row), with_for_update=True)
    if row.after is None:
        values = {name: history.decode(table, name, value) for name, value in (row.before or {}).items()}
        change.session.add(model(**values))
    elif current is None:
        raise UndoError(f"{named(change, row)} is gone. Nothing was changed.")
    elif row.entity == "ticket" and stays(change, row, current):  # type: ignore[arg-type]  # a ticket
        return
    elif row.before is None:
        refuse_touched_since(change, row)
        change.session.delete(current)
    else:
        _restore(change, current, table, row)
    change.session.flush()


def _restore(change: Change, current: Any, table: Table, row: Journal) -> None:
    for name, value in (row.after or {}).items():
        if history.encode(getattr(current, name)) != value:
            raise UndoError(
                f"{named(change, row)}: {history.public_name(name, row.entity).replace('_', ' ')} was changed again since. "
                "Nothing was taken back."
            )
        setattr(current, name, history.decode(table, name, (row.before or {}).get(name)))


def _key(model: type[SQLModel], row: Journal) -> Any:
    keys = [column.name for column in inspect(model).primary_key]
    return row.entity_id if keys == ["id"] else tuple((row.after or row.before or {})[name] for name in keys)
