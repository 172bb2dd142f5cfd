"""Records from a file into the store: rows = created + updated + unchanged + duplicates + rejected, always.

Rows are written some hundred a transaction, each with how far the import has come; what was killed goes on from there.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.transfer.batch_run import left_to_go_on
from agentdesk.transfer.maps.saved_maps import find_map
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.kind import Kind
from agentdesk.transfer.records.mapping import RecordMap, guess_map, parse_record_map
from agentdesk.transfer.records.order import AUTO, RecordImport, order_of
from agentdesk.transfer.records.run import Followed, RecordRun
from agentdesk.transfer.records.seen import Seen
from agentdesk.transfer.result import ImportResult, Progress
from agentdesk.transfer.unfinished import Unfinished, digest_of, unfinished_by_number, unfinished_of


def import_records(
    desk: Desk, order: RecordImport, progress: Progress = lambda _done, _total: None
) -> ImportResult:
    """Import a file of records, losing no row.

    An import of the same file in the same way that came to no end is gone on with.

    Args:
        desk: whose actor answers for it.
        order: what to import, and how.
        progress: told the rows done after each transaction.

    Raises:
        NotPermittedError: the role does not allow imports.
        InvalidValueError: the order names an unknown word.
        NotFoundError: no map has the name it names.
        MapError: the map cannot be followed, or nobody says how dates are written.
        FileRefusedError: the file cannot be read, or not to its end; what came before stays, and can be undone.
        ResumeError: another process is importing this file.
        ImportStopped: somebody pressed Ctrl-C; what came before stays, and can be undone.
    """
    desk.actor.require(Permission.IMPORT)
    order.checked()
    with _opened(order, _given_map(desk, order, KINDS[order.kind])) as opened:
        file = opened
        if order.path and not order.dry_run:
            file = replace(file, digest=digest_of(order.path))
        if file.digest and file.told["path"]:
            with desk.read() as read:
                file = replace(file, found=unfinished_of(read, order.kind, file.digest, file.told))
        with left_to_go_on(desk, file.found):
            return RecordRun(desk, order, file, progress).carry_out()


def resume_records(
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
    """
    desk.actor.require(Permission.IMPORT)
    with desk.read() as read:
        found = unfinished_by_number(read, number)
    order = order_of(found.order)
    order = replace(order, path=file or order.path, rejects=rejects or order.rejects)
    assert order.path is not None
    with _opened(order, order.map if isinstance(order.map, RecordMap) else None, found) as opened:
        found.refuse_another(order.path, digest_of(order.path))
        return RecordRun(desk, order, opened, progress or _silent).carry_out()


def _silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def _given_map(desk: Desk, order: RecordImport, kind: Kind) -> RecordMap | None:
    if order.map is None or isinstance(order.map, RecordMap):
        return order.map
    found = find_map(desk, order.map, kind.name)
    return parse_record_map(found.text, kind, found.label)


@contextmanager
def _opened(
    order: RecordImport, rules: RecordMap | None, found: Unfinished | None = None
) -> Iterator[Followed]:
    """The file of an order, at its beginning."""
    with open_source(order.path or "-", order.stdin) as source, closing(Seen()) as seen:
        table = open_table(
            source,
            encoding=order.encoding or (rules.file.encoding if rules else None),
            delimiter=order.delimiter or (rules.file.delimiter if rules else None),
            member=order.member,
        )
        followed = rules or guess_map(KINDS[order.kind], table.header)
        if order.source != AUTO:
            followed = followed.from_source(order.source.strip() or "import")
        digest = found.file_hash if found else ""
        yield Followed(source, table, followed, seen, order.told(rules), digest, found)
