"""Customers and the ways to reach them; an e-mail address belongs to one customer only."""

from collections.abc import Mapping, Sequence
from typing import Any

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError, InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import email_fault, name_key, normalise_email, normalise_phone
from agentdesk.domain.vocabulary import PointKind, Role
from agentdesk.models import Agent, ContactPoint, Customer
from agentdesk.services.organizations import find_or_add_organization
from agentdesk.store.change import Change

EDITABLE = frozenset(
    {
        "name",
        "external_id",
        "title",
        "language",
        "time_zone",
        "tier",
        "owner_id",
        "owner_since",
        "owner_until",
        "do_not_contact",
        "warning",
        "notes",
        "tags",
        "email",
        "phone",
        "organization",
    }
)


class AddressTakenError(AgentDeskError):
    """An e-mail address belongs to another customer already."""

    def __init__(self, email: str, owner: str, owner_id: int) -> None:
        super().__init__(f"{email} belongs to {owner} (customer {owner_id}) already. Use that customer.")


def create_customer(
    change: Change,
    *,
    name: str,
    email: str | None = None,
    phone: str | None = None,
    organization: str | None = None,
    external_id: str | None = None,
    title: str = "",
    language: str = "",
    time_zone: str = "",
    tier: str = "",
    notes: str = "",
    tags: Sequence[str] = (),
) -> Customer:
    """Add a customer; an organization not known by that name is added with them.

    Raises:
        AddressTakenError: the e-mail address belongs to somebody else.
        InvalidValueError: no name, or an address that cannot be one.
    """
    change.actor.require(Permission.WORK)
    shown = name.strip() or (email or "").strip()
    if not shown:
        raise InvalidValueError("name", name, hint="A customer needs a name or an e-mail address.")
    company = (
        find_or_add_organization(change, organization) if organization and organization.strip() else None
    )
    customer = Customer(
        name=shown,
        name_key=name_key(shown),
        external_id=external_id,
        organization_id=company.id if company else None,
        title=title,
        language=language,
        time_zone=time_zone,
        tier=tier,
        notes=notes,
        tags=list(tags),
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(customer)
    _reach(change, customer, PointKind.EMAIL, email)
    _reach(change, customer, PointKind.PHONE, phone)
    change.record(Event.CUSTOMER_CREATED, customer)
    return customer


def edit_customer(
    change: Change, customer_id: int, values: Mapping[str, Any], *, expected_version: int | None = None
) -> Customer:
    """Set fields of a customer; `email` and `phone` replace the primary ones, the old ones are kept as others.

    Raises:
        ConflictError: the customer changed since `expected_version`.
        InvalidValueError: a field that cannot be set, an address that cannot be one, an owner who no longer works
            here, may only read, or whose time ends before it begins.
    """
    change.actor.require(Permission.WORK)
    customer = change.get(Customer, customer_id, expected_version)
    if customer.merged_into_id is not None:
        raise InvalidValueError(
            "customer", customer_id, hint=f"It was merged into customer {customer.merged_into_id}."
        )
    if unknown := set(values) - EDITABLE:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE))
    for name, value in values.items():
        set_customer_field(change, customer, name, value)
    since, until = customer.owner_since, customer.owner_until
    if since is not None and until is not None and until <= since:
        raise InvalidValueError("owner_until", until.isoformat(), hint="It is not after owner_since.")
    change.record(Event.CUSTOMER_CHANGED, customer)
    return customer


def set_customer_field(change: Change, customer: Customer, name: str, value: Any) -> None:
    """Set one of `EDITABLE`; whoever calls it records the event.

    Raises:
        InvalidValueError: it cannot hold the value.
        AddressTakenError: the address belongs to somebody else.
    """
    if name == "organization":
        customer.organization_id = find_or_add_organization(change, value).id if value else None
    elif name in ("email", "phone"):
        _reach(change, customer, PointKind(name), value)
    else:
        if name == "name" and not str(value).strip():
            raise InvalidValueError("name", value, hint="It cannot be empty.")
        if name == "owner_id" and value is not None:
            _check_owner(change.get(Agent, value))
        setattr(customer, name, value)
        customer.name_key = name_key(customer.name)


def _check_owner(agent: Agent) -> None:
    if not agent.is_active:
        raise InvalidValueError("owner", agent.handle, hint="This agent no longer works here.")
    if agent.role == Role.READ_ONLY:
        raise InvalidValueError(
            "owner", agent.handle, hint="This agent may only read, and could not answer them."
        )


def _reach(change: Change, customer: Customer, kind: PointKind, value: str | None) -> None:
    """Make `value` the primary point of its kind, on the customer and among the contact points."""
    assert customer.id is not None
    shown = (value or "").strip() or None
    key = _normalised(kind, shown) if shown else None
    for point in change.find_all(
        ContactPoint, ContactPoint.customer_id == customer.id, ContactPoint.kind == kind
    ):
        point.is_primary = point.normalised == key
    setattr(customer, kind.value, key if kind is PointKind.EMAIL else shown)
    if shown is None or key is None:
        return
    owner = _owner(change, kind, key)
    if owner is not None and owner != customer.id and kind is PointKind.EMAIL:
        raise AddressTakenError(key, change.get(Customer, owner).name, owner)
    same = change.find(
        ContactPoint,
        ContactPoint.customer_id == customer.id,
        ContactPoint.kind == kind,
        ContactPoint.normalised == key,
    )
    if same is None:
        change.add(
            ContactPoint(
                customer_id=customer.id,
                kind=kind,
                value=shown,
                normalised=key,
                is_primary=True,
                created_at=change.at,
                updated_at=change.at,
            )
        )


def _owner(change: Change, kind: PointKind, key: str) -> int | None:
    point = change.find(ContactPoint, ContactPoint.kind == kind, ContactPoint.normalised == key)
    return point.customer_id if point else None


def _normalised(kind: PointKind, text: str) -> str:
    key = normalise_email(text) if kind is PointKind.EMAIL else normalise_phone(text)
    if key is None:
        hint = email_fault(text) if kind is PointKind.EMAIL else "This is no telephone number."
        raise InvalidValueError(kind.value, text, hint=hint)
    return key
