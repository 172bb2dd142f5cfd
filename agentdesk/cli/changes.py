"""The journal from the command line: undo, redo, the log; and search over everything."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.options import FormatOption, LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format, without_blank
from agentdesk.cli.session import Session, session_of
from agentdesk.domain.left_behind import fold_left

if TYPE_CHECKING:
    from agentdesk.services import Undone
    from agentdesk.store.reader import Reader

CHANGES = (
    Column("number", "Change", right=True),
    Column("at", "When"),
    Column("told_at", "Told as of"),
    Column("actor", "Who"),
    Column("origin", "By"),
    Column("summary", "What"),
    Column("undone", "Undone"),
)
HITS = (
    Column("ref", "Ref"),
    Column("kind", "Kind"),
    Column("id", "No.", right=True),
    Column("title", "Title", read=lambda hit: hit.title.removeprefix(f"{hit.ref} ")),
    Column("excerpt", "Excerpt"),
    Column("at", "When"),
)
UNDONE = (
    Column("number", "Change", right=True),
    Column("sentence", "What"),
    Column("left", "Left as it is"),
    Column("lost", "Lost with it"),
)
ChangeArgument = Annotated[
    int | None, typer.Argument(metavar="N", help="The change; your last one unless given.")
]


def undo(ctx: typer.Context, number: ChangeArgument = None, *, form: FormatOption = Format.TABLE) -> None:
    """Take a change back: your last one, or the one with a number.

    Example:
        agentdesk undo
        agentdesk undo 42
    """
    from agentdesk.services import undo_change

    _back(session_of(ctx), undo_change, "Took back", number, form)


def redo(ctx: typer.Context, number: ChangeArgument = None, *, form: FormatOption = Format.TABLE) -> None:
    """Do again what was undone.

    Example:
        agentdesk redo
    """
    from agentdesk.services import redo_change

    _back(session_of(ctx), redo_change, "Did again", number, form)


def log(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Only changes with these words: a ticket, an agent, an import."),
    ] = None,
    *,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the latest changes and who made them.

    When is the instant of writing; a change that was told another one by --as-of shows both.

    Example:
        agentdesk log
        agentdesk log T-1042 --json
    """
    from agentdesk.queries.changes import recent
    from agentdesk.queries.store_facts import row_counts

    session = session_of(ctx)
    words = " ".join(query or ()).casefold().split()
    wanted = rows_wanted(limit, form)
    with session.desk() as desk, desk.read() as read:
        total = row_counts(read, ["change"])["change"]
        rows = recent(read, total if words or wanted is None else wanted)
        if words:
            rows = [one for one in rows if _has(one, words)]
            total = len(rows)
        hint = "All of them are listed by: agentdesk log" if words else ""
        rows = rows[:wanted]
        shown = session.emit(
            rows, without_blank(CHANGES, "told_at", rows, form), form, things="changes", hint=hint
        )
        session.say_shown(shown, total)


def search(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help='Words, "a phrase", begin*.')],
    *,
    best: Annotated[
        bool, typer.Option("--best", help="The best match first, among the newest hits.")
    ] = False,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Look only in: ticket, message, customer, organization, article. Repeatable."),
    ] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Search tickets, messages, customers, organizations and articles at once.

    A ticket is found by its subject and by its customer.

    Example:
        agentdesk search 'invoice 2026-114' --best
    """
    from agentdesk.queries import search as searching
    from agentdesk.queries.search_kinds import KINDS

    session = session_of(ctx)
    wanted = rows_wanted(limit, form) or 1_000_000
    words, kinds = " ".join(text), _kinds(kind, list(KINDS))
    with session.desk() as desk, desk.read() as read:
        hits = searching.search(read, words, limit=wanted + 1, kinds=kinds, is_best=best)
        session.emit(hits[:wanted], HITS, form, things="")
        if not hits and form is Format.TABLE:
            session.say(_nothing_found(read, words))
        if len(hits) > wanted:
            session.say_shown(wanted, searching.count(read, words, kinds))


def _kinds(wanted: list[str] | None, known: list[str]) -> list[str]:
    from agentdesk.domain.errors import InvalidValueError

    for one in wanted or ():
        if one not in known:
            raise InvalidValueError("kind", one, known)
    return wanted or known


def _nothing_found(read: "Reader", text: str) -> str:
    """What to try where a search finds nothing."""
    from agentdesk.domain.near import did_you_mean
    from agentdesk.domain.quoting import quoted
    from agentdesk.queries.customers import near_customers

    hint = did_you_mean(near_customers(read, text)) or "Try fewer words, or the beginning of one: invo*"
    return f"0 hits for {quoted(text)}. {hint}"


def _has(one: Any, words: list[str]) -> bool:
    told = f"{one.number} {one.actor} {one.origin} {one.summary}".casefold()
    return all(word in told for word in words)


def print_undone(
    session: Session,
    undone: "Undone",
    number: int | None,
    form: Format,
    said: str = "",
    *,
    way: str = "",
    whole: str | None = "--json",
) -> None:
    """Print what was taken back, what stays, and the number of this change.

    Args:
        session: this run.
        undone: what came of it.
        number: the change.
        form: `--format`.
        said: the first line; what was taken back unless given.
        way: how what stays is taken back too, where that can be.
        whole: the option that prints every row that stays or is lost, not a few lines; None where it was given.
    """
    free = [one for one in undone.left if one not in undone.bound]
    lines = [
        said or undone.sentence,
        *(f"left as it is: {one}{way}" for one in _few(free, whole)),
        *(f"left as it is: {one}" for one in _few(undone.bound, whole)),
        *(f"lost with it: {one}" for one in _few(undone.lost, whole)),
    ]
    session.out.emit_one(undone, UNDONE, form, lambda: "\n".join(lines))
    session.say_change(number)


def _few(told: list[str], whole: str | None) -> list[str]:
    """The lines about rows, folded unless all were asked for."""
    if whole is None:
        return told
    return [f"{one}; {whole} prints every one" if one.endswith(" more") else one for one in fold_left(told)]


def _back(session: Session, operation: Any, verb: str, number: int | None, form: Format) -> None:
    from agentdesk.queries.undone import undone_words

    with session.desk() as desk:
        with desk.change() as change:
            undone: Undone = operation(change, number)
        with desk.read() as read:
            words = undone_words(read, undone, desk.clock.now(), desk.zone)
        print_undone(session, undone, change.id, form, f"{verb}: {words}.")
