"""Bringing in organizations, orders, feedback, calls and articles: one command each, and all alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from agentdesk.cli.failures import ExitCode
from agentdesk.cli.import_progress import bringing_in
from agentdesk.cli.import_results import tell_import
from agentdesk.cli.imports import (
    Blank,
    DelimiterOption,
    DryRunOption,
    EncodingOption,
    FileArgument,
    MemberOption,
    OnMatch,
    RejectsOption,
)
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of

MapOption = Annotated[
    str,
    typer.Option(
        "--map",
        metavar="TOML|NAME",
        help="Which column is what: a file, or the name of a saved map. By the names of the columns unless given.",
    ),
]
DraftOption = Annotated[
    Path | None,
    typer.Option("--write-map", metavar="TOML", help="Draft a map from the file, and import nothing."),
]
SourceOption = Annotated[
    str,
    typer.Option(
        "--source", metavar="NAME", help="The other system; ids are matched within it. auto: the map's word."
    ),
]
OnMatchOption = Annotated[OnMatch, typer.Option("--on-match", help="What happens to what is there already.")]
BlankOption = Annotated[Blank, typer.Option("--blank", help="What an empty cell does to a value we have.")]


def _command(kind: str, told: str) -> Callable[..., int]:
    """The command of one kind of record."""

    def bring_in(
        ctx: typer.Context,
        file: FileArgument,
        *,
        rules: MapOption = "",
        draft: DraftOption = None,
        source: SourceOption = "auto",
        on_match: OnMatchOption = OnMatch.UPDATE,
        blank: BlankOption = Blank.KEEP,
        encoding: EncodingOption = "",
        delimiter: DelimiterOption = "",
        member: MemberOption = "",
        dry_run: DryRunOption = False,
        rejects: RejectsOption = None,
        form: FormatOption = Format.TABLE,
    ) -> int:
        session, path = session_of(ctx), None if file == "-" else Path(file)
        if draft is not None:
            from agentdesk.transfer.records.draft import write_record_map

            write_record_map(
                kind,
                path,
                draft,
                encoding=encoding or None,
                delimiter=delimiter or None,
                member=member or None,
            )
            session.say(f"{draft} is a draft: read it, then import with --map {draft} --dry-run.")
            return ExitCode.DONE
        from agentdesk.transfer.records.importing import import_records
        from agentdesk.transfer.records.order import RecordImport

        order = RecordImport(
            kind=kind,
            path=path,
            map=rules or None,
            source=source,
            on_match=on_match.value,
            blank=blank.value,
            encoding=encoding or None,
            delimiter=delimiter or None,
            member=member or None,
            dry_run=dry_run,
            rejects=rejects,
        )
        with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
            result = import_records(desk, order, progress)
        return tell_import(session, result, form)

    bring_in.__doc__ = told
    return bring_in


import_organizations = _command(
    "organizations",
    """Import organizations, known again by id, name or mail domain.

    Rejected rows go to a file beside it, with line and reason; correct that file and import it. The exit code is 3 then.

    Example:
        agentdesk import organizations accounts.csv --dry-run
        agentdesk import organizations accounts.xlsx --source salesforce
    """,
)
import_orders = _command(
    "orders",
    """Import the orders of a shop or an ERP.

    Customers are found by id, e-mail address, phone number or name; import the contacts first. Rejected rows go to a file
    beside it, with line and reason; correct that file and import it. The exit code is 3 then.

    Example:
        agentdesk import orders orders.csv --write-map shop.toml
        agentdesk import orders orders.csv --map shop.toml --dry-run
    """,
)
import_feedback = _command(
    "feedback",
    """Import ratings, answers to surveys and reviews.

    An answer without a score and without words counts as asked and not answered. A file with two kinds of scores is
    imported twice, by two maps.

    Example:
        agentdesk import feedback survey.csv --write-map csat.toml
        agentdesk import feedback survey.csv --map csat.toml
    """,
)
import_calls = _command(
    "calls",
    """Import the calls of a telephone system.

    Waiting, talking, holding and wrapping up are seconds, mm:ss or hh:mm:ss. Customers are found by their number.

    Example:
        agentdesk import calls calls.csv --map pbx
    """,
)
import_articles = _command(
    "articles",
    """Import the articles of another knowledge base.

    They are known again by their id there, or by their title.

    Example:
        agentdesk import articles articles.json --source helpcenter
    """,
)
