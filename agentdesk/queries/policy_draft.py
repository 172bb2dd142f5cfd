"""What a policy would become: an edit checked and merged with the version in force, nothing of it written.

An edit makes its next version from this, and a preview shows what that would move.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.identity import name_key
from agentdesk.domain.query.at_creation import parse_rule
from agentdesk.domain.sla import Step
from agentdesk.domain.sla.ladder import as_rows, ladder_of
from agentdesk.domain.sla.target_words import TargetEdits, TargetRows, merge_targets
from agentdesk.queries.calendars import VERSION_SIGN, calendar_by_name
from agentdesk.queries.filters import compile_query
from agentdesk.queries.policies import PolicyRow, policies, policy_by_name
from agentdesk.store.reader import Reader

DRAFT_ID: Final = 0
"""The row number of a version that is in no store."""
LAST_POSITION: Final = 1_000_000
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class PolicyContent:
    """Everything a version says, as it is stored."""

    position: int
    conditions: str
    calendar: str
    targets: dict[str, dict[str, int]]
    ladder: list[dict[str, Any]]
    by_agreement: bool


@dataclass(frozen=True, slots=True)
class PolicyEdit:
    """What is asked for; what is None stays as it is, what is given replaces all of its kind."""

    calendar: str | None = None
    targets: TargetRows | None = None
    conditions: str | None = None
    position: int | None = None
    ladder: Iterable[Step] | None = None
    by_agreement: bool | None = None

    def onto(self, read: Reader, before: PolicyContent, own_key: str) -> PolicyContent:
        """The content after the edit; equal to `before` where nothing about it is different.

        Raises:
            NotFoundError: there is no such calendar.
            InvalidValueError: the position is taken, or no target is left.
            QueryError: the conditions are no query, or ask for what a new ticket does not have.
            TargetError: there is no such metric or priority, or a target is less than a minute.
            LadderError: a step is there twice.
        """
        given: dict[str, Any] = {}
        if self.calendar is not None:
            given["calendar"] = checked_calendar(read, self.calendar)
        if self.targets is not None:
            given["targets"] = checked_targets(self.targets)
        if self.conditions is not None and parse_rule(self.conditions) != parse_rule(before.conditions):
            given["conditions"] = checked_conditions(read, self.conditions)
        if self.position is not None:
            given["position"] = checked_position(read, self.position, own_key)
        if self.ladder is not None:
            given["ladder"] = as_rows(ladder_of(self.ladder))
        if self.by_agreement is not None:
            given["by_agreement"] = self.by_agreement
        return replace(before, **given)


def draft_of(read: Reader, name: str, edit: PolicyEdit, target_edits: TargetEdits) -> PolicyRow:
    """The next version of a policy as an edit would make it; the version in force where nothing would be different.

    Args:
        read: the snapshot.
        name: of a policy; a draft starts from its version in force.
        edit: what is asked for; its targets are those of `target_edits`.
        target_edits: minutes by metric and priority, None takes one away; what is not named stays.

    Raises:
        NotFoundError: there is no such policy, or it was retired.
        InvalidValueError: a version is named; and what `PolicyEdit.onto` refuses.
    """
    if VERSION_SIGN in name:
        hint = "A draft starts from the version in force: leave the number out."
        raise InvalidValueError("name", name, hint=hint)
    now = policy_by_name(read, name)
    before = PolicyContent(
        now.position, now.conditions, now.calendar, now.targets, list(now.ladder), now.by_agreement
    )
    if target_edits:
        edit = replace(edit, targets=merge_targets(now.targets, target_edits))
    after = edit.onto(read, before, name_key(now.name))
    if after == before:
        return now
    return replace(
        now,
        id=DRAFT_ID,
        number=now.number + 1,
        position=after.position,
        conditions=after.conditions,
        calendar=after.calendar,
        targets=after.targets,
        ladder=tuple(after.ladder),
        by_agreement=after.by_agreement,
        created_at=read.now,
    )


def checked_calendar(read: Reader, name: str) -> str:
    """The calendar as it spells itself: a name, because each ticket gets the version that is current then."""
    if VERSION_SIGN in name:
        hint = "Each ticket gets the version of its day: leave the number out."
        raise InvalidValueError("calendar", name, hint=hint)
    return calendar_by_name(read, name, _UTC).name


def checked_conditions(read: Reader, text: str) -> str:
    """The conditions; names of agents and queues have to be known."""
    parse_rule(text)
    compile_query(read, text, _UTC)
    return text.strip()


def checked_targets(targets: TargetRows) -> dict[str, dict[str, int]]:
    """The targets in their order, at least one."""
    told = merge_targets({}, targets)
    if not told:
        raise InvalidValueError("target", None, hint="A policy promises something: --target frt=4h")
    return told


def checked_position(read: Reader, position: int, own_key: str) -> int:
    """A place nobody else has: between two policies at one place their age would decide, and an edit change it."""
    if not 0 <= position <= LAST_POSITION:
        raise InvalidValueError("position", position, hint=f"Write a number from 0 to {LAST_POSITION}.")
    for one in policies(read):
        if one.position == position and name_key(one.name) != own_key:
            raise InvalidValueError(
                "position", position, hint=f"{one.name} stands there. Take another number."
            )
    return position
