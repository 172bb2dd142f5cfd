"""What came of an import: the counts on stdout, what a person wants to hear on stderr."""

from typing import TYPE_CHECKING, Any, Final

from agentdesk.cli.failures import ExitCode
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session
from agentdesk.cli.ticket_page import fact_lines

if TYPE_CHECKING:
    from agentdesk.transfer.result import ImportResult


_MARKS: Final = {"\t": "tab", " ": "space"}


def told_fact(value: Any) -> Any:
    """A value as a person reads it: yes, 1,204, and a delimiter that leaves a trace."""
    if value is True:
        return "yes"
    return f"{value:,}" if isinstance(value, int) else _MARKS.get(value, value)


def tell_import(
    session: Session, result: "ImportResult", form: Format | None, *, with_reasons: bool = True
) -> int:
    """Print the counts, unless the data itself was printed; 3 where rows were rejected.

    Args:
        session: this run.
        result: what came of the file.
        form: `--format`; None where the data itself was printed.
        with_reasons: tell the first rejected rows; not where they are listed anyway.
    """
    told = result.as_json()
    columns = tuple(Column(key, read=_getter(key)) for key in told)
    facts = {
        key.replace("_", " ").capitalize(): told_fact(value)
        for key, value in told.items()
        if value is not False and not isinstance(value, list)
    }
    if form is not None:
        session.out.emit_one(told, columns, form, lambda: "\n".join(fact_lines(facts)))
    for note in getattr(result, "notes", ()):
        session.say(note)
    if with_reasons:
        _tell_rejected(session, result)
    if result.dry_run:
        no_file = ", no file of rejected rows either" if result.counts.rejected else ""
        session.say(f"Dry run: nothing was written{no_file}.")
    elif result.batch is not None:
        session.say(f"Import {result.batch}; undo with: agentdesk import undo {result.batch}")
    return ExitCode.PARTLY if result.counts.rejected else ExitCode.DONE


def _tell_rejected(session: Session, result: "ImportResult") -> None:
    """The first reasons, how many rows there are besides, and where they all are."""
    rejected = result.counts.rejected
    if not rejected:
        return
    for reason in result.reasons:
        session.say(reason)
    more = f", {rejected - len(result.reasons):,} more than these" if rejected > len(result.reasons) else ""
    session.say(f"Rejected rows: {rejected:,}{more}.")
    if result.rejects_file:
        them = "It is" if rejected == 1 else "They are"
        session.say(f"{them} in {result.rejects_file} with the reason: correct that file and import it.")


def _getter(key: str) -> Any:
    return lambda record: record[key]
