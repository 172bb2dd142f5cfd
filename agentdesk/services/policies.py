"""What is promised to whom: added, edited by adding the next version, retired; promises keep the version they began with."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.names import checked_name
from agentdesk.domain.near import suggest
from agentdesk.domain.query.words import NO_VALUE
from agentdesk.domain.sla import DEFAULT_LADDER, Step
from agentdesk.domain.sla.errors import PolicyInUseError
from agentdesk.domain.sla.ladder import as_rows, ladder_of
from agentdesk.domain.sla.target_words import TargetRows
from agentdesk.models import Agreement, PolicyVersion
from agentdesk.queries.calendars import VERSION_SIGN
from agentdesk.queries.policy_draft import (
    LAST_POSITION,
    PolicyContent,
    PolicyEdit,
    checked_calendar,
    checked_conditions,
    checked_position,
    checked_targets,
)
from agentdesk.store.change import Change

TAKEN = "There is such a policy already; an edit makes its next version."
GAP: Final = 10
"""Between the last policy and a new one, so that another fits between them later."""


def add_policy(
    change: Change,
    *,
    name: str,
    calendar: str,
    targets: TargetRows,
    conditions: str = "",
    position: int | None = None,
    ladder: Iterable[Step] = DEFAULT_LADDER,
    by_agreement: bool = False,
) -> PolicyVersion:
    """Add a policy, or bring a retired one back with its next version.

    Args:
        change: the transaction.
        name: what people call it.
        calendar: the name of a calendar, or `24x7`.
        targets: minutes by metric and priority.
        conditions: which tickets it is for, as a query that a new ticket can answer; empty for all.
        position: its place in the order, the lowest that matches wins; after the last one unless given.
        ladder: who is told and who takes over as a target is used up.
        by_agreement: only an agreement chooses it.

    Raises:
        InvalidValueError: the name is empty, taken, none that can be shown, or means something else; the position is taken.
        NotFoundError: there is no such calendar.
        QueryError: the conditions are no query, or ask for what a new ticket does not have.
        TargetError: there is no such metric or priority, or a target is less than a minute.
        LadderError: a step is there twice.
    """
    change.actor.require(Permission.CONFIGURE)
    called = checked_name(name, "A policy")
    _check_name(called)
    former = change.find_all(PolicyVersion, PolicyVersion.name_key == name_key(called))
    if any(one.is_current for one in former):
        raise InvalidValueError("name", called, hint=TAKEN)
    read = change.reader()
    content = PolicyContent(
        _next_position(change) if position is None else checked_position(read, position, ""),
        checked_conditions(read, conditions),
        checked_calendar(read, calendar),
        checked_targets(targets),
        as_rows(ladder_of(ladder)),
        by_agreement,
    )
    try:
        # The name that agreements know it by stays as it was.
        return _add_version(
            change, former[-1].name if former else called, _next_number(change, name_key(called)), content
        )
    except IntegrityError:
        # Somebody was quicker: the name was free when we looked.
        raise InvalidValueError("name", called, hint=TAKEN) from None


def edit_policy(
    change: Change,
    name: str,
    *,
    calendar: str | None = None,
    targets: TargetRows | None = None,
    conditions: str | None = None,
    position: int | None = None,
    ladder: Iterable[Step] | None = None,
    by_agreement: bool | None = None,
) -> PolicyVersion:
    """Make the next version of a policy; what is None stays as it is, what is given replaces all of its kind.

    Returns:
        The version that is current now: the same one as before, if nothing about it is different.

    Raises:
        NotFoundError: there is no such policy, or no such calendar.
        InvalidValueError: the position is taken, or no target is left.
        QueryError: the conditions are no query, or ask for what a new ticket does not have.
        TargetError: there is no such metric or priority, or a target is less than a minute.
        LadderError: a step is there twice.
    """
    change.actor.require(Permission.CONFIGURE)
    now = current_policy(change, name)
    before = PolicyContent(
        now.position, now.conditions, now.calendar, now.targets, now.ladder, now.by_agreement
    )
    edit = PolicyEdit(calendar, targets, conditions, position, ladder, by_agreement)
    content = edit.onto(change.reader(), before, now.name_key)
    if content == before:
        return now
    now.is_current = False
    change.session.flush()  # the database knows one current version of a name, never two
    return _add_version(change, now.name, _next_number(change, now.name_key), content)


def retire_policy(change: Change, name: str) -> PolicyVersion:
    """Let a policy be chosen no more; tickets that have it keep it, and its versions stay.

    Raises:
        NotFoundError: there is no such policy.
        PolicyInUseError: an agreement that has not ended names it.
    """
    change.actor.require(Permission.CONFIGURE)
    now = current_policy(change, name)
    entitled = change.find_all(
        Agreement,
        Agreement.policy == now.name,
        or_(Agreement.ends_on == "", Agreement.ends_on >= change.at.date().isoformat()),
    )
    if entitled:
        raise PolicyInUseError(now.name, [one.id for one in entitled if one.id is not None])
    now.is_current = False
    change.record(Event.POLICY_CHANGED, now)
    return now


def current_policy(change: Change, name: str) -> PolicyVersion:
    """The current version of a policy, locked: what an edit starts from.

    Raises:
        NotFoundError: there is none, or it was retired; the sentence offers the nearest names.
    """
    wanted = (PolicyVersion.name_key == name_key(name), col(PolicyVersion.is_current))
    locking = select(PolicyVersion).where(*wanted).with_for_update()
    while True:
        if (locked := change.session.exec(locking).first()) is not None:
            return locked
        # Whoever had the lock before us may have made a version that is newer than our statement.
        if change.find(PolicyVersion, *wanted) is None:
            break
    if change.find(PolicyVersion, PolicyVersion.name_key == name_key(name)) is not None:
        raise NotFoundError(
            "policy", name, "It was retired; agentdesk policy add brings it back under its name."
        )
    near = suggest(name, [(one.name, one.name) for one in _everyone(change)])
    raise NotFoundError("policy", name, near or "Add one: agentdesk policy add --help")


def _everyone(change: Change) -> Sequence[PolicyVersion]:
    return change.find_all(PolicyVersion, col(PolicyVersion.is_current))


def _check_name(name: str) -> None:
    if not name_key(name):
        raise InvalidValueError("name", name, hint="A policy needs a name.")
    if VERSION_SIGN in name:
        raise InvalidValueError("name", name, hint=f"{VERSION_SIGN} names a version, as in Standard@2.")
    if name_key(name) == NO_VALUE:
        raise InvalidValueError(
            "name", name, hint=f"policy:{NO_VALUE} finds the tickets that have no policy."
        )


def _next_position(change: Change) -> int:
    return min(max((one.position for one in _everyone(change)), default=0) + GAP, LAST_POSITION)


def _add_version(change: Change, name: str, number: int, content: PolicyContent) -> PolicyVersion:
    row = PolicyVersion(
        name=name,
        name_key=name_key(name),
        number=number,
        position=content.position,
        conditions=content.conditions,
        calendar=content.calendar,
        targets=content.targets,
        ladder=content.ladder,
        by_agreement=content.by_agreement,
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(row)
    change.record(Event.POLICY_CHANGED, row)
    return row


def _next_number(change: Change, key: str) -> int:
    numbers: Sequence[int] = change.session.exec(
        select(PolicyVersion.number).where(PolicyVersion.name_key == key)
    ).all()
    return max(numbers, default=0) + 1
