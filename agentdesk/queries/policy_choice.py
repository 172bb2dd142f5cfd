"""Which policy a ticket gets: that of its customer's agreement, else the first in order whose conditions hold, else none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from agentdesk.domain.identity import name_key
from agentdesk.queries.calendars import is_always
from agentdesk.queries.filters import compile_query
from agentdesk.queries.past import chunks, when
from agentdesk.store.reader import Reader

UTC_ZONE: Final = ZoneInfo("UTC")
"""Whose midnights bound a day in the conditions of a policy: the same wherever the one who writes sits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a ticket counts by: row numbers, of versions; `calendar_id` is None for hours that never close."""

    policy_id: int
    calendar_id: int | None
    agreement_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Current:
    id: int
    name_key: str
    conditions: str
    calendar: str
    by_agreement: bool


@dataclass(frozen=True, slots=True)
class _Agreement:
    id: int
    customer_id: int | None
    organization_id: int | None
    policy: str
    starts_on: str
    ends_on: str


_CURRENT = "SELECT id, name_key, conditions, calendar, by_agreement FROM sla_policy WHERE is_current ORDER BY position, id"
_AGREEMENTS = "SELECT id, customer_id, organization_id, policy, starts_on, ends_on FROM agreement ORDER BY starts_on DESC, id DESC"
_PARTIES = "SELECT id, customer_id, organization_id, created_at FROM ticket WHERE id IN ({ids})"


def choose_policies(read: Reader, ids: Iterable[int]) -> dict[int, Choice]:
    """The policy of each ticket as the rules are now; a ticket of which nothing is promised is missing."""
    wanted = set(ids)
    current = read.rows(_Current, _CURRENT)
    if not current or not wanted:
        return {}
    hours = _current_calendars(read)
    by_key = {one.name_key: one for one in current}
    found: dict[int, Choice] = {}
    for ticket_id, agreement in _agreements(read, wanted).items():
        if (policy := by_key.get(name_key(agreement.policy))) is not None:
            found[ticket_id] = Choice(policy.id, hours.get(name_key(policy.calendar)), agreement.id)
    for policy in current:
        left = wanted - found.keys()
        if left and not policy.by_agreement:
            choice = Choice(policy.id, hours.get(name_key(policy.calendar)))
            found |= dict.fromkeys(_matching(read, policy.conditions, left), choice)
    return found


def _current_calendars(read: Reader) -> dict[str, int]:
    return {
        key: number
        for number, key in read.tuples("SELECT id, name_key FROM calendar WHERE is_current")
        if not is_always(key)
    }


def _matching(read: Reader, conditions: str, ids: Iterable[int]) -> list[int]:
    where = compile_query(read, conditions, UTC_ZONE).where
    return [
        int(one)
        for some in chunks(ids)
        for (one,) in read.tuples(
            f"SELECT ticket.id FROM ticket WHERE ticket.id IN ({some}) AND ({where.sql})", where.params
        )
    ]


def _agreements(read: Reader, ids: Iterable[int]) -> dict[int, _Agreement]:
    """The agreement of each ticket: the customer's own before the organization's, the newest of several."""
    agreements = read.rows(_Agreement, _AGREEMENTS)
    found: dict[int, _Agreement] = {}
    for some in chunks(ids) if agreements else ():
        for ticket_id, customer, organization, created in read.tuples(_PARTIES.format(ids=some)):
            at = when(created)
            assert at is not None
            own = [one for one in agreements if one.customer_id == customer and customer is not None]
            shared = [one for one in agreements if one.organization_id == organization and organization]
            if (one := _active(own, at) or _active(shared, at)) is not None:
                found[ticket_id] = one
    return found


def _active(agreements: Sequence[_Agreement], at: datetime) -> _Agreement | None:
    day = at.astimezone(UTC_ZONE).date().isoformat()
    return next(
        (one for one in agreements if one.starts_on <= day and (not one.ends_on or day <= one.ends_on)), None
    )
