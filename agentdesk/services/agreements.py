"""Product and service agreements: added, edited, ended; an ended one stays, for its time still counts."""

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.holidays import parse_date
from agentdesk.models import Agreement, Organization
from agentdesk.services.policies import current_policy
from agentdesk.services.survivors import living_customer
from agentdesk.store.change import Change

SEE = "They are listed by: agentdesk agreement list"


def add_agreement(
    change: Change,
    *,
    policy: str,
    starts_on: str,
    ends_on: str = "",
    customer_id: int | None = None,
    organization_id: int | None = None,
    product: str = "",
    plan: str = "",
) -> Agreement:
    """Entitle a customer, or everybody of an organization, to a policy.

    Args:
        change: the transaction.
        policy: its name.
        starts_on: the first day, as `2026-03-02`.
        ends_on: the last day; empty for no end.
        customer_id: the customer; exactly one of both is given.
        organization_id: the organization.
        product: what it is about.
        plan: as it was sold: `gold`.

    Raises:
        InvalidValueError: it is for nobody or for both, a date is none, or the last one comes before the first.
        NotFoundError: there is no such customer, organization or policy.
    """
    change.actor.require(Permission.CONFIGURE)
    if (customer_id is None) == (organization_id is None):
        raise InvalidValueError(
            "party", None, hint="An agreement is with one customer or with one organization."
        )
    if customer_id is not None:
        customer_id = living_customer(change, customer_id).id
    if organization_id is not None:
        change.get(Organization, organization_id)
    row = Agreement(
        customer_id=customer_id,
        organization_id=organization_id,
        product=product.strip(),
        plan=plan.strip(),
        policy=current_policy(change, policy).name,
        starts_on=_date("first day", starts_on),
        ends_on=_date("last day", ends_on) if ends_on.strip() else "",
        created_at=change.at,
        updated_at=change.at,
    )
    _check_order(row)
    change.add(row)
    change.record(Event.AGREEMENT_CHANGED, row)
    return row


def edit_agreement(
    change: Change,
    agreement_id: int,
    *,
    policy: str | None = None,
    product: str | None = None,
    plan: str | None = None,
    starts_on: str | None = None,
    ends_on: str | None = None,
    expected_version: int | None = None,
) -> Agreement:
    """Change an agreement; what is None stays as it is, an empty `ends_on` takes its end away.

    Tickets that were opened under it keep the policy they got.

    Raises:
        NotFoundError: there is no such agreement or policy.
        InvalidValueError: a date is none, or the last one comes before the first.
        ConflictError: somebody changed it meanwhile.
    """
    change.actor.require(Permission.CONFIGURE)
    row = _get(change, agreement_id, expected_version)
    if policy is not None:
        row.policy = current_policy(change, policy).name
    if product is not None:
        row.product = product.strip()
    if plan is not None:
        row.plan = plan.strip()
    if starts_on is not None:
        row.starts_on = _date("first day", starts_on)
    if ends_on is not None:
        row.ends_on = _date("last day", ends_on) if ends_on.strip() else ""
    _check_order(row)
    change.record(Event.AGREEMENT_CHANGED, row)
    return row


def end_agreement(
    change: Change, agreement_id: int, ends_on: str, *, expected_version: int | None = None
) -> Agreement:
    """Say which day is the last of an agreement.

    Raises:
        NotFoundError: there is no such agreement.
        InvalidValueError: it is no date, or one before the first day.
        ConflictError: somebody changed it meanwhile.
    """
    day = _date("last day", ends_on)
    return edit_agreement(change, agreement_id, ends_on=day, expected_version=expected_version)


def _get(change: Change, agreement_id: int, expected_version: int | None) -> Agreement:
    try:
        return change.get(Agreement, agreement_id, expected_version)
    except NotFoundError:
        raise NotFoundError("agreement", agreement_id, SEE) from None


def _date(field: str, text: str) -> str:
    return parse_date(text, field).isoformat()


def _check_order(row: Agreement) -> None:
    if row.ends_on and row.ends_on < row.starts_on:
        hint = f"Its first day is {row.starts_on}, and the last one cannot come before it."
        raise InvalidValueError("last day", row.ends_on, hint=hint)
