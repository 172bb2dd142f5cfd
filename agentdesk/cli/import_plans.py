"""What would come of a file, on paper; and plans that were saved, applied; and imports that were stopped, gone on with."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.import_progress import bringing_in
from agentdesk.cli.import_results import tell_import
from agentdesk.cli.options import FormatOption, NumberArgument
from agentdesk.cli.output import Format, Output
from agentdesk.cli.session import Session, session_of

if TYPE_CHECKING:
    from agentdesk.transfer.contacts.order import ContactImport
    from agentdesk.transfer.contacts.plan_book import PlanBook
    from agentdesk.transfer.contacts.plan_file import PlanHead
    from agentdesk.transfer.outcome import Outcome
    from agentdesk.transfer.result import ImportResult

_AT_ONCE = 1000
"""Lines that are printed together."""
AgainOption = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", help="Where the file is by now; where it was, unless given."),
]
RejectsOption = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="Where rejected rows go; as it was planned.")
]


def plan_contacts(
    session: Session, order: "ContactImport", save: Path | None, form: Format, *, whole: bool
) -> int:
    """Print what would come of a file, and save it where a place is named.

    Args:
        session: this run.
        order: what to import, and how.
        save: where the plan goes; None for nowhere.
        form: `--format`; JSON lines are the plan itself.
        whole: print every row.
    """
    if save is None and not whole and form is not Format.JSONL:
        return _plan_few(session, order, form)
    from agentdesk.transfer.contacts.plan_book import PlanBook
    from agentdesk.transfer.contacts.plan_file import write_plan
    from agentdesk.transfer.contacts.plans import plan_contacts as plan

    with closing(PlanBook()) as book:
        with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
            head, result = plan(desk, order, book, progress)
        if save is not None:
            write_plan(save, head, book.lines())
        if form is Format.JSONL:
            _print_lines(session.out, _plan_lines(head, book))
        shown = form if form is not Format.JSONL else None
        code = tell_import(session, result, shown, with_reasons=form is not Format.TABLE)
        if form is Format.TABLE:
            _print_lines(session.out, _pages(book, result, whole=whole))
    if save is not None:
        session.say(f"The plan is in {save}; apply it with: agentdesk import apply {save}")
    return code


def _plan_few(session: Session, order: "ContactImport", form: Format) -> int:
    """The counts, and for a person the first few of each kind."""
    from agentdesk.transfer.contacts.importing import rehearse_contacts
    from agentdesk.transfer.contacts.plan_book import Digest, PlanBook

    with closing(PlanBook()) as book:
        digest = Digest()
        listener = (book if order.blank == "clear" else digest) if form is Format.TABLE else None
        with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
            result = rehearse_contacts(desk, order, progress, listener)
        code = tell_import(session, result, form, with_reasons=listener is None)
        if listener is digest:
            _print_lines(session.out, _text(_counts(result), digest.first.__getitem__))
        elif listener is book:
            book.finish()
            _print_lines(session.out, _pages(book, result, whole=False))
    return code


def _counts(result: "ImportResult") -> dict[str, int]:
    counts = result.counts
    return {
        "new": counts.created,
        "changed": counts.updated,
        "unchanged": counts.unchanged,
        "duplicate": counts.duplicates,
        "rejected": counts.rejected,
    }


def _pages(book: "PlanBook", result: "ImportResult", *, whole: bool) -> Iterator[str]:
    from agentdesk.transfer.contacts.plan_book import CLEARED, FEW

    def outcomes(page: str) -> "Iterable[Outcome]":
        return book.all_of(page) if whole else book.page(page, 0, FEW)

    return _text({**_counts(result), CLEARED: book.count(CLEARED)}, outcomes)


def _text(counts: dict[str, int], outcomes: "Callable[[str], Iterable[Outcome]]") -> Iterator[str]:
    """Each page that holds something, under its title, and how much there is besides."""
    from agentdesk.transfer.contacts.plan_words import EXPLAINED, TITLES, section

    for page, count in counts.items():
        if not count:
            continue
        yield f"\n{TITLES[page]} ({EXPLAINED[page]}): {count:,}"
        shown = _Seen(outcomes(page))
        yield from (f"  {one}" for one in section(page, shown))
        if shown.count < count:
            yield f"  and {count - shown.count:,} more; --all prints every one"


class _Seen:
    """Outcomes, counted as they go by."""

    def __init__(self, outcomes: "Iterable[Outcome]") -> None:
        self._outcomes = outcomes
        self.count = 0

    def __iter__(self) -> "Iterator[Outcome]":
        for one in self._outcomes:
            self.count += 1
            yield one


def _plan_lines(head: "PlanHead", book: "PlanBook") -> Iterator[str]:
    from agentdesk.transfer.contacts.plan_file import head_line

    yield head_line(head)
    yield from book.lines()


def _print_lines(out: Output, lines: Iterator[str]) -> None:
    while some := list(islice(lines, _AT_ONCE)):
        out.emit_lines(some)


def apply_plan(
    ctx: typer.Context,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="What --plan saved.")],
    file: AgainOption = None,
    *,
    rejects: RejectsOption = None,
    form: FormatOption = Format.TABLE,
) -> int:
    """Import a file exactly as it was planned, or not at all.

    If the file is another one by now, or a customer that the plan is about was changed since, one sentence says so and
    nothing is written. What else happened in the desk does not matter.

    Example:
        agentdesk import contacts contacts.csv --plan contacts.plan
        agentdesk import apply contacts.plan
    """
    from agentdesk.transfer.contacts.plans import apply_plan as apply

    session = session_of(ctx)
    with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
        result = apply(desk, plan, file, rejects, progress)
    return tell_import(session, result, form)


def resume_import(
    ctx: typer.Context,
    number: NumberArgument,
    file: AgainOption = None,
    *,
    rejects: RejectsOption = None,
    form: FormatOption = Format.TABLE,
) -> int:
    """Go on with an import that was killed, stopped or broken off.

    It goes on behind the last row that is in the desk, and ends as if it had never been stopped. Importing the same file
    in the same way does that as well.

    Example:
        agentdesk import resume 12
    """
    from agentdesk.transfer.resuming import resume_import as resume

    session = session_of(ctx)
    with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
        result = resume(desk, number, file, rejects, progress)
    return tell_import(session, result, form)
