"""Writing policies: add one, make its next version, retire it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.kept_versions import say_kept_policy
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.policies import NameArgument, print_policy
from agentdesk.cli.session import session_of
from agentdesk.cli.writing import write

if TYPE_CHECKING:
    from agentdesk.domain.sla import Ladder
    from agentdesk.domain.sla.target_words import TargetEdits
    from agentdesk.store.change import Change

CALENDAR_HELP = "Whose open hours count: the name of a calendar, or 24x7."
CONDITIONS_HELP = "Which tickets it is for, as a query that a new ticket can answer; '' is all of them."
POSITION_HELP = "Its place in the order: the lowest number that matches wins."
TargetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        metavar="CLOCK=LENGTH",
        help="first_reply (frt), next_reply (nrt), update, solution or work; one length for all, or by priority: "
        "frt=urgent:30m,high:2h. none takes a target away; may be given again.",
    ),
]
StepOption = Annotated[
    list[str] | None,
    typer.Option(
        "--step",
        metavar="STEP",
        help="A step of the ladder: '75% notify assignee', '100%+60m escalate manager'; may be given again.",
    ),
]
CalendarEdit = Annotated[str | None, typer.Option("--calendar", metavar="NAME", help=CALENDAR_HELP)]
ConditionsEdit = Annotated[str | None, typer.Option("--conditions", metavar="QUERY", help=CONDITIONS_HELP)]
PositionEdit = Annotated[int | None, typer.Option("--position", min=0, metavar="N", help=POSITION_HELP)]
AgreementEdit = Annotated[
    bool | None,
    typer.Option(
        "--by-agreement/--by-conditions", help="Whether only an agreement chooses it, or its conditions do."
    ),
]
NoLadderOption = Annotated[bool, typer.Option("--no-ladder", help="Nobody is told, nothing is escalated.")]


def add_policy(
    ctx: typer.Context,
    name: NameArgument,
    *,
    calendar: Annotated[str, typer.Option("--calendar", metavar="NAME", help=CALENDAR_HELP)],
    target: TargetOption = None,
    conditions: Annotated[str, typer.Option("--conditions", metavar="QUERY", help=CONDITIONS_HELP)] = "",
    position: Annotated[
        int | None,
        typer.Option("--position", min=0, metavar="N", help=f"{POSITION_HELP} The last unless given."),
    ] = None,
    step: StepOption = None,
    no_ladder: NoLadderOption = False,
    by_agreement: Annotated[
        bool, typer.Option("--by-agreement", help="Only an agreement chooses it, its conditions never do.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Add a policy: what is promised to which tickets.

    Unless told otherwise its ladder is: 75% notify assignee, 90% notify lead, 100% escalate lead, 100%+60m escalate
    manager. The name of a retired policy brings it back with its next version.

    Example:
        agentdesk policy add Standard --calendar UK --target frt=urgent:30m,high:2h,normal:8h,low:2d --target solution=2d
        agentdesk policy add Incidents --calendar 24x7 --conditions 'type:incident' --position 5 --target frt=15m --no-ladder
    """
    from agentdesk.domain.sla import DEFAULT_LADDER
    from agentdesk.domain.sla.target_words import merge_targets

    session = session_of(ctx)
    targets = merge_targets({}, told_targets(target))
    told = told_ladder(step, no_ladder=no_ladder)
    ladder = DEFAULT_LADDER if told is None else told

    def add(change: "Change") -> Any:
        from agentdesk.services import add_policy as add_one

        return add_one(
            change,
            name=name,
            calendar=calendar,
            targets=targets,
            conditions=conditions,
            position=position,
            ladder=ladder,
            by_agreement=by_agreement,
        )

    with session.desk() as desk:
        write(session, desk, add, summary=f"add policy {name}")
        print_policy(session, desk, name, form)


def set_policy(
    ctx: typer.Context,
    name: NameArgument,
    *,
    calendar: CalendarEdit = None,
    target: TargetOption = None,
    conditions: ConditionsEdit = None,
    position: PositionEdit = None,
    step: StepOption = None,
    no_ladder: NoLadderOption = False,
    by_agreement: AgreementEdit = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change a policy by making its next version.

    Tickets that have a former version keep it until policy apply; policy preview takes the same options and shows what
    would move. A target that is not named stays; steps replace the whole ladder.

    Example:
        agentdesk policy set Standard --target frt=urgent:15m --target work=none
        agentdesk policy set Standard --step '90% notify lead' --step '100% escalate manager'
    """
    from agentdesk.domain.sla.target_words import merge_targets

    session = session_of(ctx)
    edits, ladder = told_targets(target), told_ladder(step, no_ladder=no_ladder)
    if not edits and all(one is None for one in (calendar, conditions, position, ladder, by_agreement)):
        raise WrongUsage("Nothing is to be changed. Name what, as in: --target frt=urgent:15m")

    def edit(change: "Change") -> Any:
        from agentdesk.services import current_policy, edit_policy

        targets = merge_targets(current_policy(change, name).targets, edits) if edits else None
        return edit_policy(
            change,
            name,
            calendar=calendar,
            targets=targets,
            conditions=conditions,
            position=position,
            ladder=ladder,
            by_agreement=by_agreement,
        )

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change policy {name}")
        say_kept_policy(session, desk, name)
        print_policy(session, desk, name, form)


def retire_policy(ctx: typer.Context, name: NameArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Let a policy be chosen no more; tickets that have it keep it.

    They keep it until policy apply puts them under what is chosen for them now.

    Example:
        agentdesk policy retire Standard
    """
    session = session_of(ctx)

    def retire(change: "Change") -> str:
        from agentdesk.services import retire_policy as retire_one

        row = retire_one(change, name)
        return f"{row.name}@{row.number}"

    with session.desk() as desk:
        last = write(session, desk, retire, summary=f"retire policy {name}")
        assert last is not None
        print_policy(session, desk, last, form)


def told_targets(texts: list[str] | None) -> "TargetEdits":
    """The targets as typed.

    Raises:
        WrongUsage: one cannot be read.
    """
    from agentdesk.domain.sla.errors import TargetError
    from agentdesk.domain.sla.target_words import parse_targets

    try:
        return parse_targets(texts or ())
    except TargetError as error:
        raise WrongUsage(str(error)) from None


def told_ladder(steps: list[str] | None, *, no_ladder: bool) -> "Ladder | None":
    """The ladder as typed; None where nothing was said about it.

    Raises:
        WrongUsage: a step cannot be read.
    """
    from agentdesk.domain.sla.errors import LadderError
    from agentdesk.domain.sla.ladder import parse_ladder

    if no_ladder and steps:
        raise WrongUsage("--no-ladder has no --step. Leave one of them out.")
    if not steps and not no_ladder:
        return None
    try:
        return parse_ladder(steps or ())
    except LadderError as error:
        raise WrongUsage(str(error)) from None
