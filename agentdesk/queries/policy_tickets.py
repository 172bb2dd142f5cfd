"""Which policy each open ticket has, and why; and how many keep a version that is no longer in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from agentdesk.domain.identity import name_key
from agentdesk.domain.query.words import NO_VALUE
from agentdesk.domain.references import ticket_ref
from agentdesk.queries.calendars import ALWAYS, VERSION_SIGN
from agentdesk.queries.policies import policy_by_name, policy_versions
from agentdesk.store.reader import Reader

NONE_HOLDS: Final = "no policy holds for it"


@dataclass(frozen=True, slots=True)
class PolicyTicket:
    """An open ticket and what it counts by.

    Attributes:
        policy: `Standard@2`; empty without one.
        calendar: `UK@1`; empty without a policy.
        why: the agreement that named it, or the conditions it met.
        subject: as the customer wrote it.
    """

    id: int
    policy: str
    calendar: str
    why: str
    subject: str

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.id)


_FROM = (
    "FROM ticket LEFT JOIN sla_policy ON sla_policy.id = ticket.policy_id "
    "LEFT JOIN calendar ON calendar.id = ticket.calendar_id "
    "LEFT JOIN agreement ON agreement.id = ticket.agreement_id WHERE ticket.is_open AND {where}"
)
_ROWS = (
    "SELECT ticket.id, sla_policy.name, sla_policy.number, sla_policy.conditions, calendar.name, calendar.number, "
    "agreement.id, trim(agreement.product || ' ' || agreement.plan), ticket.subject "
    f"{_FROM} ORDER BY ticket.id"
)
_COUNT = f"SELECT count(*) {_FROM}"
_BEHIND = (
    "SELECT count(*) FROM ticket JOIN {table} held ON held.id = ticket.{table_id} "
    "WHERE ticket.is_open AND held.name_key = :key AND NOT held.is_current"
)
_BEHIND_POLICY = _BEHIND.format(table="sla_policy", table_id="policy_id")
_BEHIND_CALENDAR = _BEHIND.format(table="calendar", table_id="calendar_id")


@dataclass(frozen=True, slots=True)
class PolicyTickets:
    """The open tickets that have a policy, one version of it, or none; all of them where no name is given."""

    read: Reader
    where: str

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.read.value(_COUNT.format(where=self.where)))

    def rows(self) -> Iterator[PolicyTicket]:
        """One by one, by number."""
        return map(_row, self.read.stream(_ROWS.format(where=self.where)))


def policy_tickets(read: Reader, name: str = "") -> PolicyTickets:
    """The open tickets of a policy.

    Args:
        read: the snapshot.
        name: of a policy, retired ones too; `Standard@1` for one version, `none` for tickets without any.

    Raises:
        NotFoundError: there is no such policy.
    """
    if not name:
        return PolicyTickets(read, "1 = 1")
    if name_key(name) == NO_VALUE:
        return PolicyTickets(read, "ticket.policy_id IS NULL")
    if VERSION_SIGN in name:
        ids = [policy_by_name(read, name).id]
    else:
        ids = [one.id for one in policy_versions(read, name)] or [policy_by_name(read, name).id]
    return PolicyTickets(read, f"ticket.policy_id IN ({', '.join(map(str, ids))})")


def open_behind_policy(read: Reader, name: str) -> int:
    """How many open tickets have a version of a policy that is no longer in force."""
    return int(read.value(_BEHIND_POLICY, {"key": name_key(name)}))


def open_behind_calendar(read: Reader, name: str) -> int:
    """How many open tickets count in a version of a calendar that is no longer in force."""
    return int(read.value(_BEHIND_CALENDAR, {"key": name_key(name)}))


def _row(cells: tuple[Any, ...]) -> PolicyTicket:
    ticket_id, policy, number, conditions, calendar, version, agreement, title, subject = cells
    if policy is None:
        return PolicyTicket(ticket_id, "", "", NONE_HOLDS, subject)
    hours = ALWAYS[0] if calendar is None else f"{calendar}{VERSION_SIGN}{version}"
    why = conditions or "all tickets" if agreement is None else f"agreement {title or agreement}"
    return PolicyTicket(ticket_id, f"{policy}{VERSION_SIGN}{number}", hours, why, subject)
