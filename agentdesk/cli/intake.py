"""Intake forms: what has to be known before a ticket of a category is solved, and filling it in."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption, TicketArgument, VersionOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest
from agentdesk.domain.references import ticket_id

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.queries.intake import FormRow
    from agentdesk.store.change import Change

CategoryArgument = Annotated[
    str, typer.Argument(metavar="CATEGORY", help="The category of the tickets it is for.")
]
LIST = (
    Column("category", "Category"),
    Column("id"),
    Column("required", "Needed", read=lambda one: [two.label for two in one.fields if two.required]),
    Column("optional", "Welcome", read=lambda one: [two.label for two in one.fields if not two.required]),
    Column("fields", read=lambda one: [two.as_row() for two in one.fields]),
)
FIELDS = (
    Column("name", "Field"),
    Column("label", "Label"),
    Column("required", "Needed"),
    Column("choices", "Choices"),
    Column("asked", "Question to the customer"),
)
VALUES = (
    Column("name", "Field", read=lambda row: row[0].name),
    Column("label", "Label", read=lambda row: row[0].label),
    Column("required", "Needed", read=lambda row: row[0].required),
    Column("value", "Value", read=lambda row: row[1]),
)
NONE = "Make one: agentdesk intake set Return --field 'order_number:Order number:required'"


def list_forms(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print which categories have a form, and what it asks for.

    Example:
        agentdesk intake list
    """
    from agentdesk.queries.intake import forms

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        session.emit(forms(read), LIST, form, things="forms", hint=NONE)


def show_form(ctx: typer.Context, category: CategoryArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print the fields of one form.

    Example:
        agentdesk intake show Return
    """
    session = session_of(ctx)
    with session.desk() as desk:
        session.emit(_form(desk, category).fields, FIELDS, form, things="fields")


def set_form(
    ctx: typer.Context,
    category: CategoryArgument,
    *,
    field: Annotated[
        list[str],
        typer.Option(
            "--field",
            metavar="NAME:LABEL[:required][:choices=A|B][:ask=QUESTION]",
            help="A field; may be given again for the next one.",
        ),
    ],
    form: FormatOption = Format.TABLE,
) -> None:
    """Say what has to be known before a ticket of a category is solved.

    The fields that are named are the whole form; what it asked for before is replaced, what tickets hold stays.

    A field that can only be a few things is written state:State:choices=opened|broken; ask= says how the customer is asked.

    Example:
        agentdesk intake set Return --field 'order_number:Order number:required' --field 'colour:Colour'
        agentdesk intake set Return --field 'order_number:Order number:required:ask=Which order is it about?'
    """
    from agentdesk.domain.intake import parse_field

    session = session_of(ctx)
    fields = [parse_field(one) for one in field]

    def put(change: "Change") -> Any:
        from agentdesk.services import set_form as set_one

        return set_one(change, category, fields)

    with session.desk() as desk:
        write(session, desk, put, summary=f"set the form {category}")
        _warn_unused(session, desk, category)
        session.emit(_form(desk, category).fields, FIELDS, form, things="fields")


def _warn_unused(session: Session, desk: "Desk", category: str) -> None:
    """Say that no ticket is of the category, with the nearest that tickets have."""
    from agentdesk.queries.intake import categories

    with desk.read() as read:
        known = categories(read)
    if name_key(category) not in map(name_key, known):
        near = suggest(category, [(one, one) for one in known])
        session.say(f"No ticket has the category “{category}” yet. {near}".rstrip())


def remove_form(ctx: typer.Context, category: CategoryArgument) -> None:
    """Ask for nothing any more; what tickets hold of the form stays.

    Example:
        agentdesk intake remove Return
    """
    session = session_of(ctx)

    def remove(change: "Change") -> Any:
        from agentdesk.services import remove_form as remove_one

        return remove_one(change, category)

    with session.desk() as desk:
        write(session, desk, remove, summary=f"remove the form {category}")


def fill_in(
    ctx: typer.Context,
    ticket: TicketArgument,
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=VALUE", help="Values; leave them out to see what there is."),
    ] = None,
    *,
    if_version: VersionOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Fill in the form of a ticket, or print it.

    Which fields there are says the form of its category. An empty value takes one away.

    Example:
        agentdesk ticket intake T-1042 order_number=AB-77 state=opened
        agentdesk ticket intake T-1042
    """
    session = session_of(ctx)
    number = ticket_id(ticket)
    for word in fields or ():
        if "=" not in word:
            raise WrongUsage(
                f"{word!r} fills nothing in. Write a field and its value, as in order_number=77."
            )
    texts = dict(word.split("=", 1) for word in fields or ())

    def fill(change: "Change") -> Any:
        from agentdesk.services import fill_form

        return fill_form(change, number, texts, expected_version=if_version)

    with session.desk() as desk:
        if texts:
            write(session, desk, fill, summary="fill in the form")
        _print_values(session, desk, number, form)


def _print_values(session: Session, desk: "Desk", number: int, form: Format) -> None:
    from agentdesk.cli.tickets import whole_ticket
    from agentdesk.queries.intake import intake_of

    with desk.read() as read:
        whole_ticket(read, number)
        found = intake_of(read, number)
    rows = [(one, str(found.values.get(one.name) or "")) for one in found.fields]
    hint = f"The category {found.category or 'it has not'} has no form; see: agentdesk intake list"
    session.emit(rows, VALUES, form, things="fields", hint=hint)
    if found.missing:
        left = ", ".join(one.label for one in found.missing)
        session.say(f"Before it can be solved, there is still missing: {left}.")


def _form(desk: "Desk", category: str) -> "FormRow":
    from agentdesk.queries.intake import forms

    with desk.read() as read:
        known = forms(read)
    found = next((one for one in known if one.category_key == name_key(category)), None)
    if found is None:
        near = suggest(category, [(one.category, one.category) for one in known])
        raise NotFoundError("form for", category, near or NONE)
    return found
