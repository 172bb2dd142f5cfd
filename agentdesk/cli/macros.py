"""Macros: what is said and set every day, kept under a name."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest

if TYPE_CHECKING:
    from datetime import datetime

    from agentdesk.cli.ticket_page import When
    from agentdesk.desk import Desk
    from agentdesk.queries.macros import MacroRow
    from agentdesk.store.change import Change
    from agentdesk.store.reader import Reader

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the macro is called.")]
ChangesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD=VALUE",
        help="What it sets: status, priority, type, category, queue, assignee, tags (+vat,-old), resolution, "
        "waiting_for, wake.",
    ),
]
BodyOption = Annotated[
    str | None,
    typer.Option(
        "--body", metavar="TEXT", help="What it says, with {{placeholders}}; - reads it from stdin."
    ),
]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="TEXT", help="The tickets it is offered for first.")
]
NONE = "Add one: agentdesk macro add 'Ask for the order' --shared --body 'Which order is it?' status=pending"


def _columns(now: "datetime") -> tuple[Column, ...]:
    return (
        Column("name", "Macro"),
        Column("id"),
        Column("category", "Category"),
        Column("kind", "Says", read=_kind),
        Column("sets", "Sets"),
        Column("uses", "Used", right=True),
        Column("owner", "Whose", read=lambda one: one.owner or "everybody"),
        Column("reviewed_at", "Looked at"),
        Column("is_stale", "Stale", read=lambda one: one.is_stale(now)),
        Column("body"),
        Column("visibility"),
        Column("changes"),
        Column("is_active"),
        Column("version"),
    )


def _kind(one: "MacroRow") -> str:
    if not one.body.strip():
        return ""
    return "reply" if one.is_reply else "note"


def list_macros(
    ctx: typer.Context,
    *,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those nobody has looked at for 180 days.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="The retired ones too.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the macros, what they set, and how often each was used.

    Example:
        agentdesk macro list
        agentdesk macro list --stale
    """
    from agentdesk.queries.macros import macros

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = [one for one in macros(read, every=every) if not stale or one.is_stale(read.now)]
        hint = "All of them were looked at lately." if stale else NONE
        session.emit(rows, _columns(read.now), form, things="macros", hint=hint)


def show_macro(ctx: typer.Context, name: NameArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one macro with its text.

    Example:
        agentdesk macro show 'Ask for the order'
    """
    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        _emit(session, read, find_macro(read, name), form)


def add_macro(
    ctx: typer.Context,
    name: NameArgument,
    changes: ChangesArgument = None,
    *,
    body: BodyOption = None,
    category: CategoryOption = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="The text is a note for the team, not a reply.")
    ] = False,
    shared: Annotated[bool, typer.Option("--shared", help="For everybody, not only for you.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Add a macro: a text, fields to set, or both.

    In the text, names in double braces are filled for each ticket: {{customer.first_name}}, {{ticket.ref}},
    {{agent.name}}, {{intake.missing_questions}}; a wrong one is refused with the nearest. Without a field it is a template.

    Example:
        agentdesk macro add 'Ask for the order' --body 'Hello {{customer.first_name}}, which order is it?' status=pending
        agentdesk macro add Refund --shared --category Refunds --body - queue=Billing tags=+refund < refund.txt
    """
    session = session_of(ctx)
    text, fields = _text(body), _fields(changes)

    def add(change: "Change") -> Any:
        from agentdesk.services import add_macro as add_one

        return add_one(
            change,
            name=name,
            body=text or "",
            changes=fields or {},
            category=category or "",
            visibility="internal" if internal else "public",
            shared=shared,
        )

    with session.desk() as desk:
        write(session, desk, add, summary=f"add macro {name}")
        _print(session, desk, name, form)


def set_macro(
    ctx: typer.Context,
    name: NameArgument,
    changes: ChangesArgument = None,
    *,
    body: BodyOption = None,
    category: CategoryOption = None,
    rename: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Its new name.")] = None,
    internal: Annotated[
        bool | None, typer.Option("--internal/--public", help="Whether the text is a note or a reply.")
    ] = None,
    shared: Annotated[
        bool | None, typer.Option("--shared/--own", help="Whether it is everybody's or yours.")
    ] = None,
    sets_nothing: Annotated[
        bool, typer.Option("--sets-nothing", help="Make a template of it: it sets no field any more.")
    ] = False,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="You have looked at it, and it is still right.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change a macro.

    The fields that are named are all it sets from now on. A new text counts as a look.

    Example:
        agentdesk macro set Refund --reviewed
        agentdesk macro set Refund --body 'Your money is on its way, {{customer.first_name}}.' status=solved
    """
    session = session_of(ctx)
    fields = {} if sets_nothing else _fields(changes)
    visibility = None if internal is None else ("internal" if internal else "public")
    told: dict[str, Any] = {
        "name": rename,
        "body": _text(body),
        "category": category,
        "visibility": visibility,
    }
    told |= {"changes": fields, "shared": shared, "reviewed": reviewed or None}
    values = {field: value for field, value in told.items() if value is not None}
    if not values:
        raise WrongUsage(f"Nothing is to be changed. Name what, as in: macro set {name!r} status=pending")

    def edit(change: "Change") -> Any:
        from agentdesk.services import edit_macro, macro_by_name

        return edit_macro(change, macro_by_name(change, name).id or 0, values)

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change macro {name}")
        _print(session, desk, rename or name, form)


def retire_macro(ctx: typer.Context, name: NameArgument) -> None:
    """Offer a macro no more; what it was used for stays told.

    Example:
        agentdesk macro retire Refund
    """
    session = session_of(ctx)

    def retire(change: "Change") -> Any:
        from agentdesk.services import macro_by_name
        from agentdesk.services import retire_macro as retire_one

        return retire_one(change, macro_by_name(change, name).id or 0)

    with session.desk() as desk:
        write(session, desk, retire, summary=f"retire macro {name}")


def find_macro(read: "Reader", name: str) -> "MacroRow":
    """The agent's own macro of this name, else the one of the desk.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
    """
    from agentdesk.queries.macros import macros

    known = macros(read)
    found = next((one for one in known if name_key(one.name) == name_key(name)), None)
    if found is None:
        raise NotFoundError("macro", name, suggest(name, [(one.name, one.name) for one in known]) or NONE)
    return found


def _fields(words: list[str] | None) -> dict[str, str] | None:
    if not words:
        return None
    for word in words:
        if "=" not in word:
            raise WrongUsage(f"{word!r} sets nothing. Write a field and its value, as in status=pending.")
    return dict(word.split("=", 1) for word in words)


def _text(body: str | None) -> str | None:
    return read_text(body, what="text", typed="macro add NAME --body 'Hello.'") if body == "-" else body


def _print(session: Session, desk: "Desk", name: str, form: Format) -> None:
    with desk.read() as read:
        _emit(session, read, find_macro(read, name), form)


def _emit(session: Session, read: "Reader", row: "MacroRow", form: Format) -> None:
    out = session.out
    out.emit_one(row, _columns(read.now), form, lambda: _page(row, read.now, out.when))


def _page(row: "MacroRow", now: "datetime", when: "When") -> str:
    from agentdesk.cli.ticket_page import fact_lines

    looked = when(row.reviewed_at) or "never"
    facts = {
        "Whose": row.owner or "everybody's",
        "Category": row.category,
        "Says": _kind(row),
        "Sets": row.sets or "nothing: a template",
        "Used": f"{row.uses} times",
        "Looked at": f"{looked}, which is long ago: is it still right?" if row.is_stale(now) else looked,
    }
    return "\n".join([row.name, "", *fact_lines(facts), *(["", row.body] if row.body else [])])
