"""A ticket file opened, with the map it is read by: the one that was given, or the ready one of the system it is from."""

import shlex
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import InvalidValueError
from agentdesk.transfer.foreign_time import is_format
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.own_export import own_noun
from agentdesk.transfer.readers.json_table import JsonTable
from agentdesk.transfer.readers.sources import Source, open_source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.tickets.map import FileRules, TicketMap, load_map
from agentdesk.transfer.tickets.sources import AUTO, ReadyMap, recognise, source_names

LIST: Final = "tickets"
"""The list of a JSON object that is read where it holds several."""


@dataclass(frozen=True, slots=True)
class TicketImport:
    """What to import, and how.

    Attributes:
        path: the file; None for standard input.
        map: the map, or the file that holds it; None for the ready one of the system that the file is from.
        source: that system, or `auto` for the one whose columns it has.
        dates: how instants are written, where it is known; wins over the map.
        zone: where its clocks hang, where it is known; wins over the map.
        member: which file of an archive, sheet of a workbook or list of a JSON object.
        comments: a second file, with what was said on the tickets.
        dry_run: count, and write nothing.
        rejects: where rejected rows go; beside the file by default.
        encoding: codec, where it is known; wins over the map.
        delimiter: character or word, where it is known; wins over the map.
        stdin: the stream that stands for standard input.
    """

    path: Path | None
    map: TicketMap | Path | None
    dry_run: bool = False
    rejects: Path | None = None
    encoding: str | None = None
    delimiter: str | None = None
    stdin: BinaryIO | None = None
    source: str = AUTO
    dates: str | None = None
    zone: str | None = None
    member: str | None = None
    comments: Path | None = None


class OpenTickets(NamedTuple):
    """An open file.

    Attributes:
        source: its bytes.
        table: its rows.
        rules: the map.
        ready: the ready map, where it is one.
        notes: why it is this map.
    """

    source: Source
    table: AnyTable
    rules: TicketMap
    ready: ReadyMap | None
    notes: tuple[str, ...]


@contextmanager
def open_tickets(order: TicketImport) -> Iterator[OpenTickets]:
    """Open a file and find its map.

    Raises:
        MapError: the map cannot be followed, or none was given and no system is recognised.
        FileRefusedError: the file as a whole cannot be read.
        InvalidValueError: an unknown zone, or dates that name no day.
    """
    given = load_map(order.map) if isinstance(order.map, Path) else order.map
    with ExitStack() as stack:
        source = stack.enter_context(open_source(order.path or "-", order.stdin))
        if given is not None:
            table = _open(source, order, given.file)
            yield OpenTickets(source, table, _told(given, order), None, ())
            return
        table = _open(source, order, FileRules())
        ready, why, refusal = _recognise(table, order)
        if ready is None and order.path and order.member is None and isinstance(table, JsonTable):
            with suppress(FileRefusedError):  # there is no such list
                other = stack.enter_context(open_source(order.path))
                listed = _open(other, replace(order, member=LIST), FileRules())
                ready, why, _ = _recognise(listed, order)
                source, table = other, listed
        if ready is None:
            raise refusal
        yield OpenTickets(source, table, _told(ready.rules, order), ready, (why,))


def _open(source: Source, order: TicketImport, rules: FileRules) -> AnyTable:
    return open_table(
        source,
        encoding=order.encoding or rules.encoding,
        delimiter=order.delimiter or rules.delimiter,
        member=order.member,
    )


def _recognise(table: AnyTable, order: TicketImport) -> tuple[ReadyMap | None, str, MapError]:
    """The ready map and why, or none and the refusal."""
    systems = ", ".join(source_names())
    file = shlex.quote(str(order.path)) if order.path else "-"
    hint = (
        f"Name its --source ({systems}), or draft a map: agentdesk import tickets {file} --write-map map.toml"
    )
    refusal = MapError(table.header.label, "", "no system is recognised by its columns", hint)
    if _is_mail(order.path):
        refusal = MapError(
            table.header.label, "", "it is mail", f"Import it with: agentdesk import mail {file}"
        )
    if own_noun(table.header) == "tickets":
        hint = (
            "Tickets go from desk to desk with agentdesk export desk and agentdesk import desk; to read this list all the "
            f"same, draft a map: agentdesk import tickets {file} --write-map map.toml"
        )
        refusal = MapError(table.header.label, "", "it is a list of tickets that AgentDesk wrote", hint)
    try:
        return *recognise(table.header, order.source), refusal
    except MapError as error:
        return None, "", error


def _is_mail(path: Path | None) -> bool:
    """Whether a file is called as mail is."""
    return path is not None and path.name.lower().removesuffix(".gz").endswith((".eml", ".mbox", ".mbx"))


def _told(rules: TicketMap, order: TicketImport) -> TicketMap:
    """The map, with what was said about dates on the command line."""
    file = rules.file
    if order.dates:
        if not is_format(order.dates):
            hint = 'Write "iso", "epoch", "epoch_ms", or a format such as "%d/%m/%Y %H:%M".'
            raise InvalidValueError("date_format", order.dates, hint=hint)
        file = replace(file, dates=order.dates)
    if order.zone:
        try:
            ZoneInfo(order.zone)
        except (KeyError, OSError, ValueError):
            raise InvalidValueError("zone", order.zone, hint="Write one such as Europe/London.") from None
        file = replace(file, zone=order.zone)
    return replace(rules, file=file)
