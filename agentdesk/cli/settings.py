"""What the desk chooses for everybody: list, set, bring the default back."""

from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.store.change import Change

KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help="As setting list prints it.")]
LIST = (
    Column("key", "Key", read=lambda row: row.setting.key),
    Column("value", "Value"),
    Column("is_set", "Set"),
    Column("default", "Default", read=lambda row: row.setting.default),
    Column("type", read=lambda row: row.setting.kind),
    Column("range", "Range", read=lambda row: row.setting.range),
    Column("about", "What", read=lambda row: row.setting.about),
)


def list_settings(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the settings of the desk, with what each may be.

    Example:
        agentdesk setting list
        agentdesk setting list --json
    """
    from agentdesk.queries.desk_settings import desk_settings

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        session.emit(desk_settings(read), LIST, form, things="settings")


def set_setting(
    ctx: typer.Context,
    key: KeyArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="A whole number, or words.")],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Choose something for the whole desk.

    Example:
        agentdesk setting set close_after_days 14
        agentdesk setting set organization 'Acme Support'
    """
    session = session_of(ctx)

    def put(change: "Change") -> None:
        from agentdesk.services import set_desk_setting

        set_desk_setting(change, key, value)

    with session.desk() as desk:
        write(session, desk, put, summary=f"set {key} to {value}")
        _print(session, desk, key, form)


def unset_setting(ctx: typer.Context, key: KeyArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Bring the default of a setting back.

    Example:
        agentdesk setting unset close_after_days
    """
    session = session_of(ctx)

    def unset(change: "Change") -> None:
        from agentdesk.services import unset_desk_setting

        unset_desk_setting(change, key)

    with session.desk() as desk:
        write(session, desk, unset, summary=f"unset {key}")
        _print(session, desk, key, form)


def _print(session: Session, desk: "Desk", key: str, form: Format) -> None:
    from agentdesk.domain.desk_settings import desk_setting_of
    from agentdesk.queries.desk_settings import desk_settings

    with desk.read() as read:
        row = next(one for one in desk_settings(read) if one.setting == desk_setting_of(key))
    default = "" if row.is_set else ", the default"
    session.out.emit_one(row, LIST, form, lambda: f"{row.setting.key}  {row.value}{default}")
