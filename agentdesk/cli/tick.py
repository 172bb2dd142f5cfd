"""`tick`: what the desk does by itself as time passes, from cron or by hand."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import DryRunOption, FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of
from agentdesk.domain.actor import Permission
from agentdesk.domain.clock import ToldClock
from agentdesk.domain.references import ticket_ref

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.tick import Done

DONE = (
    Column("ref", "Ticket", read=lambda one: ticket_ref(one.ticket_id)),
    Column("ticket_id"),
    Column("deed", "Did", read=lambda one: one.deed.value),
    Column("words", "What"),
    Column("change_id", "Change", right=True),
)


def check_time(desk: "Desk") -> None:
    """What is done as of another instant is done to the present desk: a lead may, and nobody as of an instant to come.

    Raises:
        NotPermittedError: an agent may not.
        WrongUsage: the instant lies ahead.
    """
    if not isinstance(desk.clock, ToldClock):
        return
    desk.actor.require(Permission.TELL_TIME)
    if desk.clock.instant > desk.clock.wall.now():
        raise WrongUsage("A tick of an instant to come can only be looked at. Add --dry-run.")


def tick(ctx: typer.Context, *, dry_run: DryRunOption = False, form: FormatOption = Format.TABLE) -> None:
    """Do what is due: wake, close, warn, escalate, remind.

    Wakes tickets whose time has come, takes each step of a policy's escalation ladder once for each clock, reminds the
    leads of escalations nobody has acknowledged, and closes what was solved days ago. It is safe to run at any time, as
    often as you like and several times at once; every minute from cron is usual. Open consoles do the same.

    Example:
        agentdesk tick
        agentdesk tick --dry-run
        * * * * *  agentdesk tick --format jsonl >> tick.log
    """
    from agentdesk.tick import Deed
    from agentdesk.tick import tick as do_what_is_due

    session = session_of(ctx)
    failed: list[Done] = []

    def done() -> "Iterator[Done]":
        for one in do_what_is_due(desk, dry_run=dry_run):
            if one.deed is Deed.FAILED:
                failed.append(one)
            yield one

    with session.desk() as desk:
        if not dry_run:
            check_time(desk)
        session.emit(done(), DONE, form, things="things were due")
    for one in failed:
        session.say(f"{one.ref} was left as it is: {one.words}")
    if dry_run:
        session.say("Dry run: nothing was written.")
    if failed:
        raise typer.Exit(3)
