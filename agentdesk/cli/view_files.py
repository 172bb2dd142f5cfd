"""Saved views as a file, so that they can move to another desk: JSON, one object a view."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.views import find_views, print_views
from agentdesk.cli.writing import write
from agentdesk.domain.errors import AgentDeskError, InvalidValueError

if TYPE_CHECKING:
    from agentdesk.queries.views import View
    from agentdesk.store.change import Change

KINDS: dict[str, type] = {
    "name": str,
    "query": str,
    "sort": str,
    "columns": list,
    "group_by": str,
    "shared": bool,
}
"""What an object has; all but the name and the query may be left out."""
MOST = 1_000


def export_views(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Which; all saved ones unless named.")
    ] = None,
) -> None:
    """Print saved views as JSON that `view import` reads.

    Example:
        agentdesk view export > views.json
        agentdesk view export VAT Returns
    """
    session = session_of(ctx)
    with session.desk() as desk:
        found = find_views(desk, names or [], saved=True)
    session.out.emit_raw(json.dumps([_record(one) for one in found], indent=2) + "\n")


def import_views(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What was exported; - reads stdin.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would change, and write nothing.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Save the views of a file, all or none; a view of the same name is replaced.

    Example:
        agentdesk view import views.json
        agentdesk view export | agentdesk --store other.db view import -
    """
    session = session_of(ctx)
    told = _read(file)

    def save(change: "Change") -> Any:
        from agentdesk.services import save_view

        for place, one in enumerate(told, start=1):
            try:
                save_view(change, **one)
            except AgentDeskError as error:
                raise InvalidValueError(
                    "view", one["name"], hint=f"It is view {place} of {file}. {error}"
                ) from None

    with session.desk() as desk:
        write(session, desk, save, summary=f"import {len(told)} views", dry_run=dry_run, form=form)
        if not dry_run and told:
            print_views(session, desk, form, [one["name"] for one in told])


def _is_whole(name: str, value: Any) -> bool:
    if name == "columns":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    return isinstance(value, KINDS[name])


def _record(view: "View") -> dict[str, Any]:
    return {
        "name": view.name,
        "query": view.query,
        "sort": view.sort,
        "columns": list(view.columns),
        "group_by": view.group_by,
        "shared": view.is_shared,
    }


def _read(file: str) -> list[dict[str, Any]]:
    try:
        told = json.loads(_text(file))
    except UnicodeError:
        raise WrongUsage(f"{file} is not UTF-8.") from None
    except RecursionError:
        raise WrongUsage(f"{file} is no list of views. See: agentdesk view export") from None
    except ValueError as error:
        raise WrongUsage(f"{file} is no JSON: {error}.") from None
    if not isinstance(told, list) or len(told) > MOST:
        raise WrongUsage(f"{file} is no list of up to {MOST} views. See: agentdesk view export")
    return [_checked(file, place, one) for place, one in enumerate(told, start=1)]


def _text(file: str) -> str:
    if file == "-":
        return read_text("-", what="list of views", typed="view import views.json")
    return Path(file).read_text(encoding="utf-8-sig")


def _checked(file: str, place: int, one: Any) -> dict[str, Any]:
    where = f"View {place} of {file}"
    if not isinstance(one, dict) or not {"name", "query"} <= one.keys():
        raise WrongUsage(f"{where} has no name or no query. See: agentdesk view export")
    for name, value in one.items():
        if name not in KINDS:
            raise WrongUsage(f"{where} has a {name}, which no view has. There are: {', '.join(KINDS)}.")
        if not _is_whole(name, value):
            raise WrongUsage(
                f"{where}: its {name} cannot be {json.dumps(value)[:40]}. See: agentdesk view export"
            )
    return one
