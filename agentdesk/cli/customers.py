"""Reading customers: a list, and one customer whole."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.options import CustomerArgument, FormatOption, LimitOption, QueryArgument
from agentdesk.cli.output import Column, Format
from agentdesk.cli.paging import choose_order, print_list
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.ticket_page import When, fact_lines
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.safe_text import line

if TYPE_CHECKING:
    from agentdesk.desk import Desk

EVENTS = 20
"""How many of the latest contacts a customer is shown with."""
LIST = (
    Column("id", "Id", right=True),
    Column("name", "Name"),
    Column("email", "E-mail"),
    Column("phone", "Phone"),
    Column("organization", "Organization"),
    Column("tier", "Tier"),
    Column("tags"),
    Column("owner"),
    Column("external_id"),
    Column("open_tickets", "Open", right=True),
    Column("created_at"),
    Column("updated_at"),
    Column("version"),
)
_ALL = "Ask for less, or for all: agentdesk customer list"
_FIRST = "Bring yours in: agentdesk import contacts FILE. Or add one: agentdesk customer new --name TEXT"


def list_customers(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    sort: Annotated[str, typer.Option("--sort", metavar="KEY", help="name or created; -KEY goes down.")] = "",
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the customers that match a query.

    Example:
        agentdesk customer list dupont tier:gold
        agentdesk customer list --format csv > customers.csv
    """
    from agentdesk.queries import customers
    from agentdesk.queries.filters import compile_query

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        found = compile_query(read, " ".join(query or ()), desk.zone, entity="customer")
        order = choose_order(customers, found, sort, "name")
        print_list(
            session,
            read,
            things=customers,
            found=found,
            order=order,
            columns=LIST,
            none=("customers", _ALL if query else _FIRST),
            limit=limit,
            form=form,
        )


def show_customer(
    ctx: typer.Context, customer: CustomerArgument, *, form: FormatOption = Format.TABLE
) -> None:
    """Print one customer with open tickets and recent contacts.

    Example:
        agentdesk customer show jo@example.com
        agentdesk customer show 17 --json
    """
    session = session_of(ctx)
    with session.desk() as desk:
        number = find_customer(desk, customer)
        if customer.strip().isdecimal() and int(customer) != number:
            session.say(f"Customer {int(customer)} was merged into customer {number}.")
        print_customer(session, desk, number, form)


def find_customer(desk: "Desk", text: str) -> int:
    """The id of the customer that an id, e-mail address or external id names.

    Raises:
        NotFoundError: nobody.
        AmbiguousError: several.
    """
    from agentdesk.queries.people import customer_by_text

    with desk.read() as read:
        return customer_by_text(read, text).id


def print_customer(session: Session, desk: "Desk", number: int, form: Format) -> None:
    """Print a customer as it is now.

    Raises:
        NotFoundError: there is no such customer.
    """
    from agentdesk.queries.customers import contacts, customer_detail, formers, open_tickets_of
    from agentdesk.queries.timelines import timeline

    with desk.read() as read:
        detail = customer_detail(read, number)
        if detail is None:
            raise NotFoundError("customer", number, "See: agentdesk customer list")
        record = asdict(detail) | {
            "contacts": [asdict(one) for one in contacts(read, number)],
            "merged": [asdict(one) for one in formers(read, number)],
            "tickets": [_brief(one) for one in open_tickets_of(read, number)],
            "timeline": [asdict(one) for one in timeline(read, number, EVENTS).entries],
        }
    columns = tuple(Column(key, read=_getter(key)) for key in record)
    out = session.out
    out.emit_one(record, columns, form, lambda: _page(record, out.when))


def _getter(key: str) -> Any:
    return lambda record: record[key]


def _brief(ticket: Any) -> dict[str, Any]:
    keys = ("ref", "subject", "status", "priority", "due_at", "assignee")
    return {key: getattr(ticket, key) for key in keys}


def _page(record: dict[str, Any], when: When) -> str:
    """The customer as a person reads it: facts, ways to reach them, open tickets, latest contacts."""
    facts = {
        "Id": record["id"],
        "Warning": record["warning"],
        "Do not contact": "yes" if record["do_not_contact"] else "",
        "Organization": record["organization"],
        "Title": record["title"],
        "Tier": record["tier"],
        "Language": record["language"],
        "Owner": _owner(record, when),
        "Tags": ", ".join(record["tags"]),
        "External id": record["external_id"],
        "Merged": ", ".join(f"{one['name']} ({one['id']})" for one in record["merged"]),
        "Since": when(record["created_at"]),
        "Notes": record["notes"],
    }
    reach = [
        f"{one['kind']:<7} {line(one['value'])}  {line(one['label'])}".rstrip() + _source(one)
        for one in record["contacts"]
    ]
    tickets = [
        f"{one['ref']}  {one['priority']}  {one['status']}  {line(one['subject'])}"
        for one in record["tickets"]
    ]
    events = [f"{when(one['at'])}  {_told(one)}" for one in record["timeline"]]
    lines = [line(record["name"]), "", *fact_lines(facts)]
    for title, part in (("Reach", reach), ("Open tickets", tickets), ("Latest", events)):
        if part:
            lines += ["", title, *part]
    return "\n".join(lines)


def _source(way: dict[str, Any]) -> str:
    """`  from google, import 12`; nothing where a person typed it."""
    batch = f", import {way['batch_id']}" if way["batch_id"] else ""
    return f"  from {line(way['source'])}{batch}" if way["source"] else ""


def _owner(record: dict[str, Any], when: When) -> str:
    ends = [
        f" {word} {when(record[key])}"
        for word, key in (("from", "owner_since"), ("until", "owner_until"))
        if record[key]
    ]
    return f"{record['owner'] or ''}{''.join(ends)}" if record["owner"] else ""


def _told(event: dict[str, Any]) -> str:
    keys = ("what", "who", "line") if event["what"] == "internal note" else ("kind", "what", "who", "line")
    return "  ".join(line(event[key]) for key in keys if event[key])
