"""Applying a macro: one ticket or many, all or none, in one change."""

from typing import TYPE_CHECKING, Any

import typer

from agentdesk.cli.macros import NameArgument
from agentdesk.cli.options import DryRunOption, FormatOption, RefsArgument, VersionOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.ticket_edits import change_each

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.store.change import Change


def apply_macro(
    ctx: typer.Context,
    name: NameArgument,
    tickets: RefsArgument,
    *,
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say what a macro says and set what it sets, on one or many tickets.

    All of them change, or none: a text with an empty placeholder is not sent.

    Example:
        agentdesk macro apply 'Ask for the order' T-1042
        agentdesk ticket list 'tag:late' --format ids | agentdesk macro apply Late - --dry-run
    """

    def apply(desk: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import apply_macro as apply_one
        from agentdesk.services import macro_by_name

        number = macro_by_name(change, name).id or 0
        return apply_one(change, number, one, zone=desk.zone, expected_version=if_version)

    change_each(session_of(ctx), tickets, apply, f"macro {name}", if_version, dry_run=dry_run, form=form)
