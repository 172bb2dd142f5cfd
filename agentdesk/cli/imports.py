"""Bringing files in: the counts on stdout, progress on stderr, and the number that takes everything back."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.import_progress import bringing_in, watched
from agentdesk.cli.import_results import tell_import, told_fact
from agentdesk.cli.options import FormatOption, LimitOption, NumberArgument, YesOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.ticket_page import fact_lines
from agentdesk.domain.errors import NotFoundError

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.queries.import_batches import ImportRow
    from agentdesk.services import Undone
    from agentdesk.store.reader import Reader

COUNTS = ("rows", "created", "updated", "unchanged", "duplicates", "rejected")
LIST = (
    Column("batch", "No.", right=True),
    Column("kind", "Kind"),
    Column("source"),
    Column("file_name", "File"),
    Column("encoding"),
    Column("delimiter"),
    *(Column(name, name.capitalize(), right=True) for name in COUNTS),
    Column("rejects_file"),
    Column("state", "State"),
    Column("actor", "Who"),
    Column("started_at", "When"),
    Column("finished_at"),
)


_TOLD = 5
"""Imports that came to no end, told one by one."""
_IN_PART = 3
"""The exit code of what was done in part."""
SOURCES = (
    "auto, google, outlook, outlook-web, hubspot, salesforce, zendesk, freshdesk, zammad, osticket, chatwoot, thunderbird, "
    "linkedin, vcard, agentdesk or plain"
)
"""The names of `importers.IMPORTERS`, said here because loading them would make every command slower."""

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="The file; - reads stdin.")]
EncodingOption = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="E",
        help="UTF-8 or what its mark says unless given; auto takes the best guess, and says so.",
    ),
]
DelimiterOption = Annotated[str, typer.Option("--delimiter", metavar="D", help="Guessed unless given.")]
MemberOption = Annotated[
    str,
    typer.Option(
        "--member", metavar="NAME", help="A file of a zip, a sheet of a workbook, a list of a JSON object."
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Print the same counts, and write nothing.")]
RejectsOption = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="Where rejected rows go; beside the file.")
]


class OnMatch(StrEnum):
    """What happens to a row whose customer is known already."""

    UPDATE = "update"
    SKIP = "skip"
    FAIL = "fail"


class Blank(StrEnum):
    """What an empty cell does to a value we have."""

    KEEP = "keep"
    CLEAR = "clear"


def import_contacts(
    ctx: typer.Context,
    file: FileArgument,
    *,
    source: Annotated[
        str,
        typer.Option("--source", metavar="NAME", help=f"What wrote it: {SOURCES}."),
    ] = "auto",
    match: Annotated[
        str,
        typer.Option(
            "--match",
            metavar="KEYS",
            help="What tells a known customer: email,phone,external_id; all unless given. Without any, name and company do.",
        ),
    ] = "",
    on_match: Annotated[OnMatch, typer.Option("--on-match", help="What happens to a known customer.")] = (
        OnMatch.UPDATE
    ),
    blank: Annotated[Blank, typer.Option("--blank", help="What an empty cell does to a value we have.")] = (
        Blank.KEEP
    ),
    encoding: EncodingOption = "",
    delimiter: DelimiterOption = "",
    survivor: Annotated[
        str,
        typer.Option(
            "--survivor",
            metavar="RULES",
            help="Whose word stands, by field: file, desk, or fill where ours is empty. name=desk,*=file",
        ),
    ] = "",
    member: MemberOption = "",
    dry_run: DryRunOption = False,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="PLAN", help="Write nothing, and save what would come of each row."),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Of a dry run print every row and every extra column, not the first few."),
    ] = False,
    rejects: RejectsOption = None,
    form: FormatOption = Format.TABLE,
) -> int:
    """Import a file of contacts, losing no row.

    It may be CSV, XLSX, JSON, JSONL or vCards, in gzip or zip too, and is known by what it holds. Rejected rows go to a file
    beside it, with line and reason; correct that file and import it. The exit code is 3 then.
    A dry run shows who is new, what changes from what to what, what folds, what is rejected, and what would be emptied;
    with --format jsonl it prints the plan itself. An import of the file that was stopped is gone on with.

    Example:
        agentdesk import contacts contacts.csv --dry-run
        agentdesk import contacts outlook.csv --source outlook --encoding auto
        agentdesk import contacts contacts.csv --plan contacts.plan
        agentdesk import contacts phone.vcf
        agentdesk import contacts crm.xlsx --member People
        agentdesk import contacts contacts.csv --on-match skip --json
    """
    from agentdesk.cli.import_plans import plan_contacts
    from agentdesk.transfer.contacts.importing import ContactImport
    from agentdesk.transfer.contacts.importing import import_contacts as bring_in

    session = session_of(ctx)
    order = ContactImport(
        path=_path(file),
        source=source,
        match=tuple(key.strip() for key in match.split(",") if key.strip()),
        on_match=on_match.value,
        blank=blank.value,
        survivor=survivor,
        encoding=encoding or None,
        delimiter=delimiter or None,
        member=member or None,
        dry_run=dry_run or plan is not None,
        rejects=rejects,
        names_all=every,
    )
    if order.dry_run:
        return plan_contacts(session, order, plan, form, whole=every)
    with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
        result = bring_in(desk, order, progress)
    return tell_import(session, result, form)


def list_imports(ctx: typer.Context, *, limit: LimitOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the imports so far.

    Example:
        agentdesk import list
    """
    from agentdesk.queries.import_batches import import_batches

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = import_batches(read)
        shown = session.emit(rows[: rows_wanted(limit, form)], LIST, form)
        session.say_shown(shown, len(rows))
        _tell_unfinished(session, read, rows[:shown])


def show_import(ctx: typer.Context, number: NumberArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one import with its counts.

    Example:
        agentdesk import show 12 --json
    """
    from agentdesk.queries.import_batches import import_batch

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        row = import_batch(read, number)
        if row is None:
            raise NotFoundError("import", number, "See: agentdesk import list")
        _tell_unfinished(session, read, [row])
    out = session.out
    facts = {column.key.replace("_", " ").capitalize(): told_fact(column.of(row)) for column in LIST}
    facts |= {"Started at": out.when(row.started_at), "Finished at": out.when(row.finished_at)}
    out.emit_one(row, LIST, form, lambda: "\n".join(fact_lines(facts)))


def _tell_unfinished(session: Session, read: "Reader", rows: "list[ImportRow]") -> None:
    """How each of the last imports that came to no end is gone on with; or who is still at it."""
    from agentdesk.transfer.unfinished import ResumeError, unfinished_by_number

    for row in [one for one in rows if one.state in ("running", "interrupted")][:_TOLD]:
        try:
            unfinished_by_number(read, row.batch).refuse_running(read.now)
        except ResumeError as error:
            session.say(str(error))
        else:
            session.say(
                f"Import {row.batch} came to no end: go on with `agentdesk import resume {row.batch}`, or take it back "
                f"with `agentdesk import undo {row.batch}`."
            )


def undo_import(
    ctx: typer.Context,
    number: NumberArgument,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Also what was changed since; customers with tickets stay.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Print every row that stays or is lost, not a few lines.")
    ] = False,
    yes: YesOption = False,
    form: FormatOption = Format.TABLE,
) -> int:
    """Take back everything one import did.

    What was worked on since stays, and is listed, and the exit code is 3; --force takes it back too, also afterwards, and
    lists what is lost; many rows that stay for one reason are counted in one line. It asks nothing, because `agentdesk redo` brings it all back; --yes is accepted for scripts that
    say it everywhere.

    Example:
        agentdesk import undo 12
    """
    del yes
    from agentdesk.cli.changes import print_undone

    session = session_of(ctx)
    with session.desk() as desk:
        undone = _take_back(session, desk, number, force=force)
        way = "" if force else "; repeat with --force to take it back too"
        said, whole = f"Took back {undone.sentence}.", None if every else "--all"
        print_undone(session, undone, undone.number, form, said, way=way, whole=whole)
    return _IN_PART if undone.left else 0


def _take_back(session: Session, desk: "Desk", number: int, *, force: bool) -> "Undone":
    """All of it in one transaction: whoever stops it finds the import whole, or gone if it was done already."""
    from agentdesk.queries.import_batches import import_batch
    from agentdesk.services.undo import undo_batch

    try:
        with watched(session, "Taking back") as progress, desk.change() as change:
            return undo_batch(change, number, progress, force=force)
    except KeyboardInterrupt:
        with desk.read() as read:
            row = import_batch(read, number)
        if row is not None and row.state == "undone":
            told = f"Import {number} was taken back before it could be stopped. Bring it back with `agentdesk redo`."
        else:
            told = f"Stopped: nothing was taken back, import {number} stands as it did."
        raise KeyboardInterrupt(told) from None


def _path(file: str) -> Path | None:
    return None if file == "-" else Path(file)
