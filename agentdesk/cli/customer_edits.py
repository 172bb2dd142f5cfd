"""Keeping customers: adding one, setting fields, logging a contact."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.customers import find_customer, print_customer
from agentdesk.cli.instants import parse_end
from agentdesk.cli.options import CustomerArgument, DryRunOption, FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.writing import write
from agentdesk.domain.quoting import quoted

if TYPE_CHECKING:
    from agentdesk.store.change import Change

FieldsArgument = Annotated[
    list[str], typer.Argument(metavar="FIELD=VALUE", help="The fields to set, as in tier=gold.")
]


def new_customer(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Full name.")] = "",
    email: Annotated[str, typer.Option("--email", metavar="ADDRESS", help="Primary e-mail address.")] = "",
    phone: Annotated[str, typer.Option("--phone", metavar="NUMBER", help="Primary phone number.")] = "",
    organization: Annotated[
        str, typer.Option("--organization", metavar="NAME", help="Added if it is new.")
    ] = "",
    external_id: Annotated[
        str, typer.Option("--external-id", metavar="ID", help="Its id in another system.")
    ] = "",
    tier: Annotated[str, typer.Option("--tier", metavar="WORD", help="As your agreements call it.")] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Add a customer.

    Example:
        agentdesk customer new --name 'Jo Doe' --email jo@example.com --organization Acme
    """
    session = session_of(ctx)

    def add(change: "Change") -> int:
        from agentdesk.services import create_customer

        customer = create_customer(
            change,
            name=name,
            email=email or None,
            phone=phone or None,
            organization=organization or None,
            external_id=external_id or None,
            tier=tier,
        )
        assert customer.id is not None
        return customer.id

    with session.desk() as desk:
        number = write(session, desk, add, summary="add a customer")
        assert number is not None
        print_customer(session, desk, number, form)


def set_fields(
    ctx: typer.Context,
    customer: CustomerArgument,
    fields: FieldsArgument,
    *,
    if_version: Annotated[
        int | None, typer.Option("--if-version", metavar="N", help="Write only at this version; else exit 4.")
    ] = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Set fields of a customer.

    Fields: name, email, phone, organization, external_id, title, language, time_zone, tier, owner, owner_since,
    owner_until, do_not_contact, warning, notes, tags. An empty value empties the field. The owner gets the new tickets
    of the customer, from owner_since until the end of owner_until.

    Example:
        agentdesk customer set jo@example.com tier=gold 'notes=Prefers the phone'
        agentdesk customer set jo@example.com owner=ana owner_until=2026-12-31
    """
    session = session_of(ctx)
    values = _values(fields)

    def edit(change: "Change") -> Any:
        from agentdesk.services import edit_customer
        from agentdesk.services.edits import agent_id

        if "owner" in values:
            handle = values.pop("owner")
            values["owner_id"] = agent_id(change, handle) if handle else None
        for name in ("owner_since", "owner_until"):
            if name in values:
                is_last = name == "owner_until"
                values[name] = parse_end(values[name], change.at, desk.zone, of=name, is_last=is_last)
        return edit_customer(change, number, values, expected_version=if_version)

    with session.desk() as desk:
        number = find_customer(desk, customer)
        done = write(session, desk, edit, summary="change a customer", dry_run=dry_run, form=form)
        if done is not None:
            print_customer(session, desk, number, form)


def log_contact(
    ctx: typer.Context,
    customer: CustomerArgument,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|-", help="What was said; - or nothing reads stdin.")
    ] = None,
    *,
    kind: Annotated[
        str, typer.Option("--kind", metavar="WORD", help="call_in, call_out, visit, order, survey, ...")
    ] = "call_in",
    channel: Annotated[
        str, typer.Option("--channel", metavar="WORD", help="phone, visit, social, ...")
    ] = "phone",
    ticket: Annotated[str, typer.Option("--ticket", metavar="TICKET", help="The ticket it was about.")] = "",
    reached: Annotated[
        bool,
        typer.Option(
            "--reached", help="The call out reached them: a first reply on the ticket, if none was yet."
        ),
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Log a call, visit or other contact that is no message.

    Example:
        agentdesk customer log jo@example.com 'Asked when the parcel comes.' --kind call_in
        agentdesk customer log 17 'Told them: tomorrow.' --kind call_out --ticket T-1042 --reached
    """
    from agentdesk.domain.references import ticket_id

    session = session_of(ctx)
    words = read_text(text, what="summary", typed=f"customer log {customer} 'Asked for a call.'")

    def log(change: "Change") -> Any:
        from agentdesk.services import log_interaction

        about = ticket_id(ticket) if ticket else None
        return log_interaction(
            change, number, kind=kind, summary=words, channel=channel, ticket_id=about, reached=reached
        )

    with session.desk() as desk:
        number = find_customer(desk, customer)
        write(session, desk, log, summary="log a contact")
        print_customer(session, desk, number, form)


def _values(fields: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for word in fields:
        name, equals, value = word.partition("=")
        if not equals:
            raise WrongUsage(f"{quoted(word)} sets nothing. Write a field and its value, as in tier=gold.")
        values[name.replace("-", "_")] = value
    if "tags" in values:
        values["tags"] = [tag.strip() for tag in values["tags"].split(",") if tag.strip()]
    if "do_not_contact" in values:
        values["do_not_contact"] = values["do_not_contact"].lower() in {"yes", "true", "1"}
    for name in ("email", "phone", "organization", "external_id"):
        if name in values:
            values[name] = values[name] or None
    return values
