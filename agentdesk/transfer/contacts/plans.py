"""Contacts by plan: what would come of a file is kept, read by people, and then applied exactly so, or refused.

Nothing is decided twice: applying is importing, with every row held against the plan inside its own transaction. Where
the store has changed at all since, the whole file is held against the plan before the first row is written.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.instants import to_iso
from agentdesk.transfer.contacts.expected import Expected, PlanMovedError
from agentdesk.transfer.contacts.importing import collector_at_rest, go_on, open_order, rehearse_contacts
from agentdesk.transfer.contacts.order import ContactImport, order_of
from agentdesk.transfer.contacts.plan_book import PlanBook
from agentdesk.transfer.contacts.plan_file import PlanError, PlanHead, PlanReader
from agentdesk.transfer.contacts.run import Start
from agentdesk.transfer.outcome import Outcome
from agentdesk.transfer.refusals import FileChangedError
from agentdesk.transfer.result import ImportResult, Progress, nothing_written
from agentdesk.transfer.unfinished import applied_by, digest_of, unfinished_by_number, unfinished_of

_NEWEST = "SELECT coalesce(max(id), 0) FROM change"


def plan_contacts(
    desk: Desk, order: ContactImport, book: PlanBook, progress: Progress | None = None
) -> tuple[PlanHead, ImportResult]:
    """Work out what would come of a file, row by row, into a book.

    Raises:
        PlanError: the file is standard input, which cannot be read a second time.
        FileRefusedError: the file cannot be read.
        FileChangedError: somebody wrote to it meanwhile.
    """
    if order.path is None:
        raise PlanError("What comes from standard input cannot be planned: name a file.")
    desk.actor.require(Permission.IMPORT)
    checked = replace(order, dry_run=False).checked()
    with desk.read() as read:
        position = int(read.value(_NEWEST))
    with open_order(checked):  # refuses what is no regular file, before its digest is taken
        digest = digest_of(order.path)
    result = rehearse_contacts(desk, checked, progress, book)
    book.finish()
    if digest_of(order.path) != digest:
        raise FileChangedError(str(order.path))
    head = PlanHead(
        kind="contacts",
        file=str(order.path.absolute()),
        sha256=digest,
        order=checked.told(),
        source=result.source,
        counts=result.counts.as_columns(),
        position=position,
        made_at=to_iso(desk.clock.now()),
    )
    return head, result


def apply_plan(
    desk: Desk,
    path: Path,
    file: Path | None = None,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Apply a plan that was saved.

    Args:
        desk: whose actor answers for it.
        path: the plan.
        file: where the file is by now; where it was, by default.
        rejects: where rejected rows go; as it was planned, by default.
        progress: told the rows done.

    Raises:
        PlanError: it is no plan.
        PlanMovedError: the file or the desk has moved on since for a row of it.
    """
    with ExitStack() as stack:
        reader, again = (stack.enter_context(closing(PlanReader(path))) for _ in range(2))
        reader.check_whole()
        order = order_of(reader.head.order)
        order = replace(order, path=file or order.path, rejects=rejects or order.rejects)
        planned = Planned(reader.head, order, path)
        return planned.apply(desk, reader.lines(), again.lines(), progress)


class Planned:
    """A plan that is about to be applied."""

    def __init__(self, head: PlanHead, order: ContactImport, path: Path | None = None) -> None:
        """Take its head; `path` is where it is kept, None where it is not."""
        self._head = head
        self._order = order
        self._path = path

    def apply(
        self, desk: Desk, lines: Iterable[str], again: Iterable[str], progress: Progress | None = None
    ) -> ImportResult:
        """Apply it.

        Args:
            desk: whose actor answers for it.
            lines: its outcomes.
            again: the same, to be gone through a second time.
            progress: told the rows done.

        Raises:
            PlanMovedError: the file or the desk has moved on since for a row of it.
            ResumeError: another process is importing this file.
        """
        desk.actor.require(Permission.IMPORT)
        head, order = self._head, self._order
        assert order.path is not None
        with open_order(order) as file, collector_at_rest():
            if digest_of(order.path) != head.sha256:
                raise PlanMovedError(f"{order.path} is not the file that was planned")
            with desk.read() as read:
                found = unfinished_of(read, "contacts", head.sha256, order.told())
                has_moved = int(read.value(_NEWEST)) != head.position
            if has_moved and found is None:
                with nothing_written(), self._told_if_applied(desk):
                    self._verify(desk, lines)
            total = head.counts.get("rows")
            start = Start(head.sha256, found, Expected(again, found.rows if found else 0), self._path)
            return go_on(
                desk, order, file, start, lambda done, _: progress(done, total) if progress else None
            )

    @contextmanager
    def _told_if_applied(self, desk: Desk) -> Iterator[None]:
        """Where the plan does not hold because it was applied, say so."""
        try:
            yield
        except PlanMovedError:
            head, path = self._head, self._path
            with desk.read() as read:
                number = applied_by(read, head.sha256, path, head.made_at) if path else None
            if number is None:
                raise
            raise PlanMovedError(f"this plan was applied, import {number}") from None

    def _verify(self, desk: Desk, lines: Iterable[str]) -> None:
        """Hold the whole file against the plan, and write nothing."""
        held = _Held(Expected(lines))
        rehearse_contacts(desk, self._order, None, held)
        held.expected.end()


class _Held:
    """Listens to a rehearsal, with the plan in hand."""

    def __init__(self, expected: Expected) -> None:
        self.expected = expected

    def wants(self, kind: str) -> bool:
        del kind
        return True

    def add(self, outcome: Outcome) -> None:
        self.expected.check([outcome])


def resume_contacts(
    desk: Desk,
    number: int,
    file: Path | None = None,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Go on with an import that was killed, stopped or broken off.

    Args:
        desk: whose actor answers for it.
        number: of the import.
        file: where its file is by now; where it was, by default.
        rejects: where rejected rows go; as it was ordered, by default.
        progress: told the rows done.

    Raises:
        NotFoundError: there is no such import.
        ResumeError: it came to its end, is still running, or its file is another one by now.
        PlanMovedError: it was the import of a plan, and the desk has moved on since.
    """
    desk.actor.require(Permission.IMPORT)
    with desk.read() as read:
        found = unfinished_by_number(read, number)
    order = order_of(found.order)
    order = replace(order, path=file or order.path, rejects=rejects or order.rejects, source=found.source)
    assert order.path is not None
    with ExitStack() as stack:
        opened = stack.enter_context(open_order(order))
        stack.enter_context(collector_at_rest())
        found.refuse_another(order.path, digest_of(order.path))
        expected, plan = None, found.details.get("plan")
        if plan:
            reader = stack.enter_context(closing(PlanReader(Path(plan))))
            expected = Expected(reader.lines(), found.rows)
        start = Start(found.file_hash, found, expected, Path(plan) if plan else None)
        return go_on(desk, order, opened, start, progress)
