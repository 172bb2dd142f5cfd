"""Agreements: who is entitled to what from when to when, and which one counts on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.errors import NotFoundError
from agentdesk.store.reader import Reader

EXPIRING_WITHIN: Final = timedelta(days=30)
"""How long before its last day somebody should talk about the next one."""


class AgreementState(StrEnum):
    """Where an agreement stands on a day."""

    COMING = "coming"
    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement of a customer, or of everybody of an organization.

    Attributes:
        policy: the name of the policy that its tickets get.
        starts_on: its first day, as `2026-03-02`.
        ends_on: its last day; empty where it has no end.
    """

    id: int
    version: int
    customer_id: int | None
    customer: str | None
    organization_id: int | None
    organization: str | None
    product: str
    plan: str
    policy: str
    starts_on: str
    ends_on: str
    created_at: datetime

    @property
    def party(self) -> str:
        """Who it is with."""
        return self.customer or self.organization or ""

    @property
    def title(self) -> str:
        """What it is called: product and plan, else its number."""
        return " ".join(filter(None, (self.product, self.plan))) or f"agreement {self.id}"

    def is_active_on(self, day: date) -> bool:
        """Whether a day lies in it; its first and its last day do."""
        return self.starts_on <= day.isoformat() and not (self.ends_on and self.ends_on < day.isoformat())

    def state(self, day: date) -> AgreementState:
        """Where it stands on a day; it is expiring in its last 30 days."""
        if self.starts_on > day.isoformat():
            return AgreementState.COMING
        if not self.is_active_on(day):
            return AgreementState.EXPIRED
        is_ending = self.ends_on and date.fromisoformat(self.ends_on) - day < EXPIRING_WITHIN
        return AgreementState.EXPIRING if is_ending else AgreementState.ACTIVE


_SELECT = (
    "SELECT agreement.id, agreement.version, agreement.customer_id, customer.name AS customer, "
    "agreement.organization_id, organization.name AS organization, agreement.product, agreement.plan, "
    "agreement.policy, agreement.starts_on, agreement.ends_on, agreement.created_at FROM agreement "
    "LEFT JOIN customer ON customer.id = agreement.customer_id "
    "LEFT JOIN organization ON organization.id = agreement.organization_id WHERE {where} ORDER BY {order}"
)
_OWN = "agreement.customer_id = :customer_id"
_OF_THEIRS = (
    f"({_OWN} OR agreement.organization_id = "
    "(SELECT customer.organization_id FROM customer WHERE customer.id = :customer_id))"
)
_OF_ORGANIZATION = "agreement.organization_id = :organization_id"
_ACTIVE = "agreement.starts_on <= :day AND (agreement.ends_on = '' OR agreement.ends_on >= :day)"
_LATEST = "agreement.starts_on DESC, agreement.id DESC"
_OWN_FIRST = f"agreement.customer_id IS NULL, {_LATEST}"


def agreements(
    read: Reader,
    *,
    customer_id: int | None = None,
    organization_id: int | None = None,
    active_on: date | None = None,
) -> list[AgreementRow]:
    """Every agreement by number, or those that a customer is entitled to, that an organization has, that are active."""
    told: dict[str, tuple[str, Any]] = {
        "customer_id": (_OF_THEIRS, customer_id),
        "organization_id": (_OF_ORGANIZATION, organization_id),
        "day": (_ACTIVE, None if active_on is None else active_on.isoformat()),
    }
    asked = {name: pair for name, pair in told.items() if pair[1] is not None}
    where = " AND ".join(condition for condition, _ in asked.values()) or "1 = 1"
    params: Mapping[str, Any] = {name: value for name, (_, value) in asked.items()}
    return read.rows(AgreementRow, _SELECT.format(where=where, order="agreement.id"), params)


def active_agreement(
    read: Reader, customer_id: int | None, day: date, *, organization_id: int | None = None
) -> AgreementRow | None:
    """The agreement that counts for a customer on a day: their own before their organization's, the latest start first.

    Args:
        read: the snapshot.
        customer_id: whose; None for a ticket that has only an organization.
        day: on the wall of whoever promised.
        organization_id: the organization of the ticket, where that is not the customer's.
    """
    where, params = _party(customer_id, organization_id)
    if not params:
        return None
    sql = _SELECT.format(where=f"{where} AND {_ACTIVE}", order=_OWN_FIRST)
    return read.row(AgreementRow, f"{sql} LIMIT 1", {**params, "day": day.isoformat()})


def agreement_by_id(read: Reader, agreement_id: int) -> AgreementRow:
    """The agreement with this number.

    Raises:
        NotFoundError: there is none.
    """
    sql = _SELECT.format(where="agreement.id = :id", order="agreement.id")
    row = read.row(AgreementRow, sql, {"id": agreement_id})
    if row is None:
        raise NotFoundError("agreement", agreement_id, "They are listed by: agentdesk agreement list")
    return row


@dataclass(frozen=True, slots=True)
class TicketAgreement:
    """What the customer of a ticket is entitled to, and where that stands on the day somebody looks."""

    agreement: AgreementRow
    state: AgreementState

    @property
    def told(self) -> str:
        """`Router care, policy Gold, until 2026-12-31`; that it has ended, where it has."""
        row = self.agreement
        if self.state is AgreementState.EXPIRED:
            return f"{row.title} expired on {row.ends_on}"
        until = f", until {row.ends_on}" if row.ends_on else ""
        return f"{row.title}, policy {row.policy}{until}"

    @property
    def flag(self) -> str:
        """What has to be seen before anything is promised; empty unless it has ended."""
        is_named = bool(self.agreement.product or self.agreement.plan)
        said = f"agreement {self.told}" if is_named else self.told
        return said if self.state is AgreementState.EXPIRED else ""


def agreement_of(read: Reader, ticket_id: int, day: date) -> TicketAgreement | None:
    """The agreement that a ticket came under, whatever its customer has by now; None where it came under none."""
    own_id = read.value("SELECT agreement_id FROM ticket WHERE id = :id", {"id": ticket_id})
    if own_id is None:
        return None
    own = agreement_by_id(read, own_id)
    return TicketAgreement(own, own.state(day))


_PARTIES = "SELECT agreement_id, customer_id, organization_id FROM ticket WHERE id = :id"
_ENDED = "agreement.ends_on <> '' AND agreement.ends_on < :day"


def ticket_agreement(read: Reader, ticket_id: int, day: date) -> TicketAgreement | None:
    """The agreement that a ticket came under, or that its customer has now; where all have ended, the last of them.

    One that was renewed has not ended for the customer, so a later one goes before that of the ticket.
    """
    found = read.tuples(_PARTIES, {"id": ticket_id})
    if not found:
        return None
    own_id, customer_id, organization_id = found[0]
    own = None if own_id is None else agreement_by_id(read, own_id)
    if own is None or own.state(day) is AgreementState.EXPIRED:
        own = active_agreement(read, customer_id, day, organization_id=organization_id) or own
    own = own or _last_ended(read, customer_id, organization_id, day)
    return None if own is None else TicketAgreement(own, own.state(day))


def _last_ended(
    read: Reader, customer_id: int | None, organization_id: int | None, day: date
) -> AgreementRow | None:
    where, params = _party(customer_id, organization_id)
    sql = _SELECT.format(where=f"{where} AND {_ENDED}", order="agreement.ends_on DESC, agreement.id DESC")
    return read.row(AgreementRow, f"{sql} LIMIT 1", {**params, "day": day.isoformat()}) if params else None


def _party(customer_id: int | None, organization_id: int | None) -> tuple[str, dict[str, Any]]:
    """Whose agreements count for a ticket; nothing to ask for where it is nobody's."""
    parties, params = list[str](), dict[str, Any]()
    if customer_id is not None:
        parties.append(_OWN if organization_id is not None else _OF_THEIRS)
        params["customer_id"] = customer_id
    if organization_id is not None:
        parties.append(_OF_ORGANIZATION)
        params["organization_id"] = organization_id
    return f"({' OR '.join(parties)})", params
