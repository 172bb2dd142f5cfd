"""`policy preview`: what an edit of a policy would move, and what it would have met, before anything is applied."""

from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.import_progress import watched
from agentdesk.cli.kept_versions import say_passed_over
from agentdesk.cli.options import FormatOption, LimitOption
from agentdesk.cli.output import Format
from agentdesk.cli.policies import NameArgument
from agentdesk.cli.policy_edits import (
    AgreementEdit,
    CalendarEdit,
    ConditionsEdit,
    NoLadderOption,
    PositionEdit,
    StepOption,
    TargetOption,
    told_ladder,
    told_targets,
)
from agentdesk.cli.policy_rows import count_effects, move_rows, worst_first
from agentdesk.cli.preview_page import Preview, print_preview
from agentdesk.cli.session import Session, session_of

if TYPE_CHECKING:
    from agentdesk.queries.policies import PolicyRow
    from agentdesk.store.reader import Reader


def preview_policy(
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
    days: Annotated[
        int, typer.Option("--days", min=1, max=3660, metavar="N", help="How far back to replay it.")
    ] = 90,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print which open clocks a draft of a policy would move, and what it would have met.

    The options are those of policy set; without any, the version in force is compared with what open tickets have.
    The replay counts the clocks that ended in the last days, as they were and as they would have been had the draft
    held from the creation of each ticket on. Nothing is written, not even the draft.

    Example:
        agentdesk policy preview Standard --target frt=urgent:15m,high:1h
        agentdesk policy preview Standard --calendar UK --days 30 --json
    """
    from agentdesk.queries.policies import policy_by_name
    from agentdesk.queries.policy_draft import PolicyEdit, draft_of

    session = session_of(ctx)
    targets = told_targets(target)
    edit = PolicyEdit(
        calendar, None, conditions, position, told_ladder(step, no_ladder=no_ladder), by_agreement
    )
    with session.desk() as desk, desk.read() as read:
        draft = draft_of(read, name, edit, targets)
        try:
            found = _look(session, read, policy_by_name(read, name), draft, days)
        except KeyboardInterrupt:
            raise KeyboardInterrupt("Stopped: nothing was written.") from None
        say_passed_over(session, read)
    print_preview(session, found, form, limit)


def _look(session: Session, read: "Reader", policy: "PolicyRow", draft: "PolicyRow", days: int) -> Preview:
    from agentdesk.domain.sla.moves import Effect
    from agentdesk.queries.policy_moves import Moves
    from agentdesk.queries.policy_replay import replay_policy

    moves = Moves(read, policy.name, draft)
    with watched(session, "Open tickets") as watch:
        tickets = list(moves.tickets(watch))
    with watched(session, f"Last {days} days") as watch:
        replay = replay_policy(read, draft, days, watch)
    clocks = [clock for one in tickets for clock in one.clocks]
    rows = [row for one in tickets for row in move_rows(one) if row.effect is not None]
    stays = moves.stays + sum(one.effect is Effect.STAYS for one in clocks)
    return Preview(policy, draft, days, worst_first(rows), count_effects(clocks), stays, len(tickets), replay)
