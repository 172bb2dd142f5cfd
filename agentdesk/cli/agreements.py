"""Agreements: which customer or organization is entitled to which policy, and how long."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption, NumberArgument
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.store.change import Change

NONE = "Add one: agentdesk agreement add --organization Acme --policy Gold --from 2026-01-01"
CustomerOption = Annotated[
    str, typer.Option("--customer", metavar="CUSTOMER", help="Id, e-mail address, external id or name.")
]
OrganizationOption = Annotated[
    str, typer.Option("--organization", metavar="NAME", help="Everybody who belongs to it.")
]
POLICY_HELP = "The policy that the tickets get."
PRODUCT_HELP = "What it is about."
PLAN_HELP = "As it was sold: gold."
FIRST_HELP = "Its first day: 2026-01-01."
LAST_HELP = "Its last day"


def list_agreements(
    ctx: typer.Context,
    *,
    customer: CustomerOption = "",
    organization: OrganizationOption = "",
    active: Annotated[bool, typer.Option("--active", help="Only those that today lies in.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the agreements, and where each stands today: coming, active, expiring within 30 days or expired.

    Those of a customer include those of their organization.

    Example:
        agentdesk agreement list --active
        agentdesk agreement list --customer jo@example.com --json
    """
    from agentdesk.queries.agreements import agreements

    session = session_of(ctx)
    with session.desk() as desk:
        today = _today(desk)
        customer_id, organization_id = _party(desk, customer, organization)
        with desk.read() as read:
            rows = agreements(
                read,
                customer_id=customer_id,
                organization_id=organization_id,
                active_on=today if active else None,
            )
    hint = "See them all: agentdesk agreement list" if customer or organization or active else NONE
    session.emit(rows, _columns(today), form, things="agreements", hint=hint)


def add_agreement(
    ctx: typer.Context,
    *,
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help=POLICY_HELP)],
    customer: CustomerOption = "",
    organization: OrganizationOption = "",
    product: Annotated[str, typer.Option("--product", metavar="TEXT", help=PRODUCT_HELP)] = "",
    plan: Annotated[str, typer.Option("--plan", metavar="TEXT", help=PLAN_HELP)] = "",
    first: Annotated[
        str, typer.Option("--from", metavar="DATE", help=f"{FIRST_HELP} Today unless given.")
    ] = "",
    last: Annotated[
        str, typer.Option("--until", metavar="DATE", help=f"{LAST_HELP}; without one it has no end.")
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Entitle a customer, or everybody of an organization, to a policy.

    Of several that are active the customer's own counts before the organization's, and the latest start first.

    Example:
        agentdesk agreement add --organization Acme --policy Gold --plan gold --from 2026-01-01 --until 2026-12-31
        agentdesk agreement add --customer jo@example.com --policy Standard
    """
    session = session_of(ctx)
    if bool(customer) == bool(organization):
        raise WrongUsage("Name one --customer or one --organization, as in: --organization Acme")

    with session.desk() as desk:
        today = _today(desk)
        customer_id, organization_id = _party(desk, customer, organization)

        def add(change: "Change") -> int | None:
            from agentdesk.services import add_agreement as add_one

            return add_one(
                change,
                policy=policy,
                customer_id=customer_id,
                organization_id=organization_id,
                product=product,
                plan=plan,
                starts_on=first or today.isoformat(),
                ends_on=last,
            ).id

        number = write(session, desk, add, summary=f"add agreement with {customer or organization}")
        assert number is not None
        _print(session, desk, number, form)


def set_agreement(
    ctx: typer.Context,
    number: NumberArgument,
    *,
    policy: Annotated[str | None, typer.Option("--policy", metavar="NAME", help=POLICY_HELP)] = None,
    product: Annotated[str | None, typer.Option("--product", metavar="TEXT", help=PRODUCT_HELP)] = None,
    plan: Annotated[str | None, typer.Option("--plan", metavar="TEXT", help=PLAN_HELP)] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help=FIRST_HELP)] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=f"{LAST_HELP}; '' takes its end away.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change an agreement; tickets that were opened under it keep the policy they got.

    Example:
        agentdesk agreement set 3 --policy Gold --until 2027-12-31
    """
    session = session_of(ctx)
    if all(one is None for one in (policy, product, plan, first, last)):
        raise WrongUsage("Nothing is to be changed. Name what, as in: --policy Gold")

    def edit(change: "Change") -> Any:
        from agentdesk.services import edit_agreement

        return edit_agreement(
            change, number, policy=policy, product=product, plan=plan, starts_on=first, ends_on=last
        )

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change agreement {number}")
        _print(session, desk, number, form)


def end_agreement(
    ctx: typer.Context,
    number: NumberArgument,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=f"{LAST_HELP}, still inside it.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Say which day is the last of an agreement.

    Example:
        agentdesk agreement end 3 --on 2026-12-31
    """
    session = session_of(ctx)

    def end(change: "Change") -> Any:
        from agentdesk.services import end_agreement as end_one

        return end_one(change, number, on)

    with session.desk() as desk:
        write(session, desk, end, summary=f"end agreement {number}")
        _print(session, desk, number, form)


def _today(desk: "Desk") -> date:
    return desk.clock.now().astimezone(desk.zone).date()


def _party(desk: "Desk", customer: str, organization: str) -> tuple[int | None, int | None]:
    from agentdesk.queries.organizations import organization_by_name
    from agentdesk.queries.people import customer_by_text

    with desk.read() as read:
        return (
            customer_by_text(read, customer).id if customer else None,
            organization_by_name(read, organization).id if organization else None,
        )


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column("id", "N", right=True),
        Column("party", "With"),
        Column("customer_id"),
        Column("customer"),
        Column("organization_id"),
        Column("organization"),
        Column("product", "Product"),
        Column("plan", "Plan"),
        Column("policy", "Policy"),
        Column("starts_on", "From"),
        Column("ends_on", "Until"),
        Column("state", "State", read=lambda row: row.state(today).value),
        Column("created_at"),
        Column("version"),
    )


def _print(session: Session, desk: "Desk", number: int, form: Format) -> None:
    """One agreement prints as the object it is."""
    from agentdesk.queries.agreements import agreement_by_id

    with desk.read() as read:
        row = agreement_by_id(read, number)
    if form is Format.JSON:
        session.out.emit_one(row, _columns(_today(desk)), form, str)
    else:
        session.emit([row], _columns(_today(desk)), form)
