"""Routing rules: which queue a new ticket goes to when nobody named one. Names and queries are checked when saved."""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import func, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.names import checked_name
from agentdesk.domain.near import suggest
from agentdesk.models import Queue, RoutingRule
from agentdesk.queries.policy_draft import LAST_POSITION
from agentdesk.queries.routing import check_conditions
from agentdesk.store.change import Change

EDITABLE: Final = frozenset({"name", "conditions", "queue_id", "position", "is_active"})


def add_rule(
    change: Change, *, name: str, conditions: str, queue_id: int, position: int | None = None
) -> RoutingRule:
    """Add a rule, after all others unless a position is named.

    Raises:
        InvalidValueError: the name is empty, taken or none that can be shown; or no such position.
        NotFoundError: there is no such queue.
        QueryError: the conditions are no query over tickets; the sentence names the column.
    """
    change.actor.require(Permission.CONFIGURE)
    change.get(Queue, queue_id)
    check_conditions(change.reader(), conditions)
    rule = RoutingRule(
        name=_free_name(change, name),
        name_key=name_key(name),
        position=_last_position(change) + 1 if position is None else _checked_position(position),
        conditions=conditions.strip(),
        queue_id=queue_id,
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(rule)
    change.record(Event.RULE_CHANGED, rule)
    return rule


def edit_rule(
    change: Change, rule_id: int, values: Mapping[str, Any], *, expected_version: int | None = None
) -> RoutingRule:
    """Set fields of a rule; tickets that it has sent somewhere stay where they are.

    Raises:
        ConflictError: the rule changed since `expected_version`.
        InvalidValueError: a field that a rule does not have, a name as in `add_rule`, or no such position.
        NotFoundError: there is no such rule or queue.
        QueryError: the conditions are no query over tickets; the sentence names the column.
    """
    change.actor.require(Permission.CONFIGURE)
    rule = change.get(RoutingRule, rule_id, expected_version)
    if unknown := set(values) - EDITABLE:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE))
    told = dict(values)
    if "name" in told:
        told["name"] = _free_name(change, told["name"], but=rule)
        told["name_key"] = name_key(told["name"])
    if "queue_id" in told:
        change.get(Queue, told["queue_id"])
    if "position" in told:
        _checked_position(told["position"])
    if "conditions" in told:
        check_conditions(change.reader(), told["conditions"])
    for name, value in told.items():
        setattr(rule, name, value)
    change.record(Event.RULE_CHANGED, rule)
    return rule


def remove_rule(change: Change, rule_id: int) -> None:
    """Delete a rule; tickets that it has sent somewhere stay where they are.

    Raises:
        NotFoundError: there is no such rule.
    """
    change.actor.require(Permission.CONFIGURE)
    rule = change.get(RoutingRule, rule_id)
    change.remove(rule)
    change.record(Event.RULE_CHANGED, rule)


def rule_by_name(change: Change, name: str) -> RoutingRule:
    """The rule of this name, whatever its case.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
    """
    rule = change.find(RoutingRule, RoutingRule.name_key == name_key(name))
    if rule is None:
        known = [(one.name, one.name) for one in change.find_all(RoutingRule)]
        raise NotFoundError("rule", name, suggest(name, known) or "See: agentdesk rule list")
    return rule


def _free_name(change: Change, name: str, *, but: RoutingRule | None = None) -> str:
    called = checked_name(name, "A rule")
    same = change.find(RoutingRule, RoutingRule.name_key == name_key(called))
    if same is not None and same is not but:
        raise InvalidValueError("name", called, hint="There is such a rule already; see: agentdesk rule list")
    return called


def _checked_position(position: int) -> int:
    if not 0 <= position <= LAST_POSITION:
        raise InvalidValueError("position", position, hint=f"Write a number from 0 to {LAST_POSITION}.")
    return position


def _last_position(change: Change) -> int:
    return change.session.exec(select(func.max(RoutingRule.position))).one() or 0
