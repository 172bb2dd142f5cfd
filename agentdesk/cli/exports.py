"""Getting everything out: rows on stdout or in a file that appears whole, how many on stderr."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.export_format import ExportFormat, chosen_format
from agentdesk.cli.export_place import PACKED, named_place, packed, place_of
from agentdesk.cli.options import QueryArgument
from agentdesk.cli.session import Session, session_of

if TYPE_CHECKING:
    from agentdesk.transfer.exports import Exported


RowOption = Annotated[
    ExportFormat | None,
    typer.Option("--format", help="Told by the end of FILE, else csv; --json is short for json."),
]
ThreadOption = Annotated[
    ExportFormat | None,
    typer.Option("--format", help="Told by the end of FILE, else csv; md writes threads to read."),
]
WordsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="QUERY", help="Words of the text. Leave out for all.")
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="Written whole or not at all, for you alone; else, or with -, stdout."
    ),
]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Written whole or not at all; with md a folder, such as threads, gets a file a ticket.",
    ),
]
RawOption = Annotated[
    bool, typer.Option("--raw", help="CSV without the apostrophe before =, +, - and @; for programs only.")
]
MarkOption = Annotated[
    bool, typer.Option("--bom", help="CSV that begins with a mark, by which Excel knows UTF-8.")
]
PublicOption = Annotated[bool, typer.Option("--public-only", help="Without internal notes.")]
_NOUNS: Final = {
    "feedback": ("piece of feedback", "pieces of feedback"),
    "journal": ("entry of the journal", "entries of the journal"),
}
"""One and many of what is not told by an `s`."""
RAW = "--raw: text that begins a formula is not guarded. Name the file *.raw.csv, and open it in no spreadsheet."


def export_contacts(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export customers with every way to reach them.

    QUERY is asked of customers, as in customer list.

    Example:
        agentdesk export contacts --out contacts.csv
        agentdesk export contacts tier:gold --format jsonl
    """
    _export_rows(ctx, "contacts", query, form, out, raw=raw, bom=bom)


def export_organizations(
    ctx: typer.Context,
    query: WordsArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export organizations.

    Example:
        agentdesk export organizations --out organizations.csv
    """
    _export_rows(ctx, "organizations", query, form, out, raw=raw, bom=bom)


def export_tickets(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    public_only: PublicOption = False,
    out: FolderOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: ThreadOption = None,
) -> None:
    """Export tickets, one row each; or as Markdown, each with all that was said.

    QUERY is asked of tickets, as in ticket list.

    Example:
        agentdesk export tickets created:-7d --out week.xlsx
        agentdesk export tickets tag:vat --format md --public-only --out threads
    """
    _export_threads(ctx, "tickets", query, form, out, public_only=public_only, raw=raw, bom=bom)


def export_messages(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    public_only: PublicOption = False,
    out: FolderOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: ThreadOption = None,
) -> None:
    """Export what was said on tickets, internal notes among it.

    QUERY is asked of the tickets the messages belong to.

    Example:
        agentdesk export messages customer:jo@example.com --public-only --out said.csv
    """
    _export_threads(ctx, "messages", query, form, out, public_only=public_only, raw=raw, bom=bom)


def export_feedback(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export ratings, answers to surveys and reviews.

    QUERY is asked of the customers they come from.

    Example:
        agentdesk export feedback --out feedback.csv
    """
    _export_rows(ctx, "feedback", query, form, out, raw=raw, bom=bom)


def export_orders(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export orders.

    QUERY is asked of the customers they come from.

    Example:
        agentdesk export orders organization:Acme --format jsonl
    """
    _export_rows(ctx, "orders", query, form, out, raw=raw, bom=bom)


def export_calls(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export calls and voicemails with their times in seconds.

    QUERY is asked of the customers they were with.

    Example:
        agentdesk export calls --out calls.xlsx
    """
    _export_rows(ctx, "calls", query, form, out, raw=raw, bom=bom)


def export_articles(
    ctx: typer.Context,
    query: WordsArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export the articles of the knowledge base, retired ones among them.

    Example:
        agentdesk export articles --format jsonl --out articles.jsonl
    """
    _export_rows(ctx, "articles", query, form, out, raw=raw, bom=bom)


def export_journal(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    out: OutOption = None,
    raw: RawOption = False,
    bom: MarkOption = False,
    form: RowOption = None,
) -> None:
    """Export who changed what and when, each field before and after.

    QUERY is asked of the tickets that were changed; without one, everything of the desk is told.

    Example:
        agentdesk export journal --format jsonl --out journal.jsonl
    """
    _export_rows(ctx, "journal", query, form, out, raw=raw, bom=bom)


def _export_threads(
    ctx: typer.Context,
    what: str,
    query: list[str] | None,
    form: ExportFormat | None,
    out: Path | None,
    *,
    public_only: bool,
    raw: bool,
    bom: bool,
) -> None:
    out = named_place(out)
    if chosen_format(form, out) != ExportFormat.MD:
        _export_rows(ctx, what, query, form, out, public_only=public_only, raw=raw, bom=bom)
        return
    from agentdesk.transfer.exports import Export
    from agentdesk.transfer.tickets.threads import write_folder, write_threads

    session, order = session_of(ctx), Export(what, " ".join(query or ()), public_only)
    with session.desk() as desk:
        if out is not None and (out.is_dir() or not out.suffix):
            _tell(session, write_folder(desk, order, out), out)
            return
        with place_of(session, out, what) as file, packed(file, out) as place:
            done = write_threads(desk, order, place)
    _tell(session, done, out)


def _export_rows(
    ctx: typer.Context,
    what: str,
    query: list[str] | None,
    form: ExportFormat | None,
    out: Path | None,
    *,
    raw: bool,
    bom: bool,
    public_only: bool = False,
) -> None:
    from agentdesk.transfer.exporters.protocol import Style
    from agentdesk.transfer.exports import Export, export_records

    out = named_place(out)
    chosen = chosen_format(form, out)
    if out is None and chosen == ExportFormat.XLSX:
        raise WrongUsage("A workbook goes to a file: add --out FILE.xlsx.")
    if out is not None and chosen == ExportFormat.XLSX and out.suffix.lower() == PACKED:
        raise WrongUsage(f"A workbook is packed by itself: name it {out.with_suffix('')}")
    session, order = session_of(ctx), Export(what, " ".join(query or ()), public_only)
    if raw and chosen == ExportFormat.CSV:
        session.say(RAW)
    with session.desk() as desk, place_of(session, out, what) as file, packed(file, out) as place:
        done = export_records(desk, order, chosen, place, Style(is_raw=raw, has_mark=bom))
    _tell(session, done, out)


def _tell(session: Session, done: "Exported", out: Path | None) -> None:
    """How many there were, exactly, and where they are."""
    for note in done.notes:
        session.say(note)
    count = f"{done.count:,} {_noun(done.things, done.count)}"
    session.say(f"{count} exported." if out is None else f"{count} exported to {out}.")


def _noun(things: str, count: int) -> str:
    one, many = _NOUNS.get(things, (things.removesuffix("s"), things))
    return one if count == 1 else many
