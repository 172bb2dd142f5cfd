"""Which policy a ticket gets: that of its customer's agreement, else the first in order whose conditions hold, else none.

A policy whose calendar is gone is passed over, by agreements too: nobody can say in which hours it counts, and hours
that never close would promise more than anybody meant. So is one that an agreement names and that was retired.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from agentdesk.domain.identity import name_key
from agentdesk.queries.agreements import AgreementRow, active_agreement
from agentdesk.queries.calendars import is_always
from agentdesk.queries.filters import compile_query
from agentdesk.queries.past import chunks, when
from agentdesk.queries.policies import PolicyRow, policies
from agentdesk.store.reader import Reader

UTC_ZONE: Final = ZoneInfo("UTC")
"""Whose midnights bound a day in the conditions of a policy: the same wherever the one who writes sits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a ticket counts by: row numbers, of versions; `calendar_id` is None for hours that never close."""

    policy_id: int
    calendar_id: int | None
    agreement_id: int | None = None


_PARTIES = "SELECT id, customer_id, organization_id, created_at FROM ticket WHERE id IN ({ids})"


def choose_policies(
    read: Reader, ids: Iterable[int], rules: Sequence[PolicyRow] | None = None
) -> dict[int, Choice]:
    """The policy of each ticket as the rules are now; a ticket of which nothing is promised is missing.

    Args:
        read: the snapshot.
        ids: of the tickets.
        rules: other policies to choose from than those in force.
    """
    wanted = set(ids)
    hours = _current_calendars(read)
    listed = sorted(policies(read) if rules is None else rules, key=lambda one: (one.position, one.id))
    current = [one for one in listed if _can_count(one, hours)]
    if not current or not wanted:
        return {}
    by_key = {name_key(one.name): one for one in current}
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


def passed_over(read: Reader) -> list[PolicyRow]:
    """The policies in force that no ticket gets, because their calendar is gone."""
    hours = _current_calendars(read)
    return [one for one in policies(read) if not _can_count(one, hours)]


def current_calendar_id(read: Reader, name: str) -> int | None:
    """The version in force of a calendar; None for one that never closes."""
    return _current_calendars(read).get(name_key(name))


def _can_count(policy: PolicyRow, hours: dict[str, int]) -> bool:
    return is_always(policy.calendar) or name_key(policy.calendar) in hours


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


def _agreements(read: Reader, ids: Iterable[int]) -> dict[int, AgreementRow]:
    """The agreement of each ticket that has one: what its customer was entitled to on the day it was created."""
    if not read.value("SELECT 1 FROM agreement LIMIT 1"):
        return {}
    known: dict[tuple[int | None, int | None, date], AgreementRow | None] = {}
    found: dict[int, AgreementRow] = {}
    for some in chunks(ids):
        for ticket_id, customer, organization, created in read.tuples(_PARTIES.format(ids=some)):
            at = when(created)
            assert at is not None
            key = (customer, organization, at.astimezone(UTC_ZONE).date())
            if key not in known:
                known[key] = active_agreement(read, customer, key[2], organization_id=organization)
            if (agreement := known[key]) is not None:
                found[ticket_id] = agreement
    return found
