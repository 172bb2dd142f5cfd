"""Bringing in the tickets of another system: by a ready map, by one of your own, or drafting one."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from agentdesk.cli.failures import ExitCode
from agentdesk.cli.import_progress import bringing_in
from agentdesk.cli.import_results import tell_import
from agentdesk.cli.imports import (
    DelimiterOption,
    DryRunOption,
    EncodingOption,
    FileArgument,
    MemberOption,
    RejectsOption,
)
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of


def import_tickets(
    ctx: typer.Context,
    file: FileArgument,
    *,
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="NAME",
            help="auto, freshdesk, nyc311, osticket, servicenow, zammad or zendesk.",
        ),
    ] = "auto",
    rules: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="TOML|NAME",
            help="Which column is what, and their words in ours: a file, or the name of a saved map.",
        ),
    ] = "",
    draft: Annotated[
        Path | None,
        typer.Option("--write-map", metavar="TOML", help="Write the map of the file, and import nothing."),
    ] = None,
    comments: Annotated[
        Path | None,
        typer.Option(
            "--comments", metavar="FILE", help="What was said on the tickets, where it is a second file."
        ),
    ] = None,
    dates: Annotated[
        str,
        typer.Option("--date-format", metavar="F", help="As the file writes dates: iso, or %d/%m/%Y %H:%M."),
    ] = "",
    zone: Annotated[
        str, typer.Option("--zone", metavar="ZONE", help="Where the clocks of that system hang.")
    ] = "",
    encoding: EncodingOption = "",
    delimiter: DelimiterOption = "",
    member: MemberOption = "",
    dry_run: DryRunOption = False,
    rejects: RejectsOption = None,
    form: FormatOption = Format.TABLE,
) -> int:
    """Import the tickets of another system, with their history and conversations.

    The files of Freshdesk, osTicket, ServiceNow, Zammad, Zendesk and NYC 311 are known by their columns; any other needs
    a map, which --write-map drafts. One row is one ticket; where the map names `[events] at`, one row is one change of a
    ticket, at its own instant.

    Example:
        agentdesk import tickets zendesk.json --dry-run
        agentdesk import tickets zendesk.csv --comments comments.json
        agentdesk import tickets tickets.csv --source osticket --zone Europe/Paris
        agentdesk import tickets incidents.csv --write-map ours.toml
        agentdesk import tickets incidents.csv --map ours.toml
    """
    from agentdesk.transfer.tickets.opening import TicketImport

    session = session_of(ctx)
    order = TicketImport(
        path=None if file == "-" else Path(file),
        map=None,
        source=source,
        dates=dates or None,
        zone=zone or None,
        member=member or None,
        comments=comments,
        dry_run=dry_run,
        rejects=rejects,
        encoding=encoding or None,
        delimiter=delimiter or None,
    )
    if draft is not None:
        from agentdesk.transfer.tickets.map_writing import write_map

        session.say(write_map(order, draft))
        return ExitCode.DONE
    from agentdesk.transfer.maps.saved_maps import find_map
    from agentdesk.transfer.tickets.importing import import_tickets as bring_in
    from agentdesk.transfer.tickets.map import parse_map

    with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
        if rules:
            found = find_map(desk, rules, "tickets")
            order = replace(order, map=parse_map(found.text, found.label))
        result = bring_in(desk, order, progress)
    return tell_import(session, result, form)
