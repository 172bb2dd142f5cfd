"""Reading policies: all of them in their order, and one with its targets, its ladder and its versions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.kept_versions import say_passed_over
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.table import Cells, draw
from agentdesk.cli.ticket_page import fact_lines
from agentdesk.domain.identity import name_key
from agentdesk.domain.safe_text import line

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.queries.policies import PolicyRow

NONE = (
    "Add one: agentdesk policy add Standard --calendar 24x7 --target frt=urgent:1h,high:4h,normal:8h,low:24h"
)
Held = Callable[["PolicyRow"], int]
"""How many unsolved tickets a policy, or one version of it, holds."""
_STORED = (
    "number",
    "position",
    "conditions",
    "by_agreement",
    "calendar",
    "targets",
    "ladder",
    "is_current",
    "created_at",
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the policy is called.")]


def list_policies(
    ctx: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Former versions and retired policies too.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the policies in their order: the first one that matches a ticket is the one it gets.

    Targets are told by priority, from urgent to low, in working time of the calendar; - is no promise.

    Example:
        agentdesk policy list
        agentdesk policy list --all --json
    """
    from agentdesk.queries.policies import open_tickets_by_name, open_tickets_by_version, policies

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = policies(read, every=every)
        counts = _of_version(open_tickets_by_version(read)) if every else _of_name(open_tickets_by_name(read))
        say_passed_over(session, read)
    session.emit(rows, _columns(counts, form, by_version=every), form, things="policies", hint=NONE)


def show_policy(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Standard, or its version Standard@2.")],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print one policy with its targets, its ladder, its versions and how many open tickets have it.

    Example:
        agentdesk policy show Standard
        agentdesk policy show Standard@1 --json
    """
    session = session_of(ctx)
    with session.desk() as desk:
        print_policy(session, desk, name, form)


def print_policy(session: Session, desk: "Desk", name: str, form: Format) -> None:
    """Print a policy as it is now.

    Raises:
        NotFoundError: there is no such policy.
    """
    from agentdesk.queries.policies import (
        open_tickets_by_name,
        open_tickets_by_version,
        policy_by_name,
        policy_versions,
    )

    with desk.read() as read:
        row = policy_by_name(read, name)
        versions = policy_versions(read, row.name)
        every, own = _of_name(open_tickets_by_name(read)), _of_version(open_tickets_by_version(read))
    told = [{"ref": one.ref, "created_at": one.created_at, "open_tickets": own(one)} for one in versions]
    columns = (*_columns(every, form), Column("versions", read=lambda _: told))
    out = session.out
    out.emit_one(row, columns, form, lambda: _page(row, versions, every(row), own, out.when))


def _of_version(counts: Mapping[int, int]) -> Held:
    return lambda row: counts.get(row.id, 0)


def _of_name(counts: Mapping[str, int]) -> Held:
    return lambda row: counts.get(name_key(row.name), 0)


def _columns(held: Held, form: Format, *, by_version: bool = False) -> tuple[Column, ...]:
    """What a person reads in words, a program gets as it is stored."""
    count = Column("open_tickets", "Open", read=held, right=True)
    names = (Column("name"), Column("ref", "Policy"))
    names = names[::-1] if by_version else names
    if form is Format.TABLE:
        return (*names, *_WORDS, *((Column("is_current", "Current"),) if by_version else ()), count)
    return (*names, *map(Column, _STORED), count)


def _for_whom(row: "PolicyRow") -> str:
    if row.by_agreement:
        return "agreements"
    return row.conditions or "all tickets"


def _targets_told(row: "PolicyRow") -> str:
    from agentdesk.domain.sla.target_words import say_targets

    return say_targets(row.targets)


_WORDS = (
    Column("position", "Order", right=True),
    Column("conditions", "For", read=_for_whom),
    Column("calendar", "Calendar"),
    Column("targets", "Targets", read=_targets_told),
)


def _page(row: "PolicyRow", versions: "Sequence[PolicyRow]", total: int, held: Held, when: Any) -> str:
    current = next((one.ref for one in versions if one.is_current), "")
    state = "current" if row.is_current else f"former; current is {current}" if current else "retired"
    facts = {
        "Version": f"{row.number}, {state}, since {when(row.created_at)}",
        "Order": row.position,
        "For": _for_whom(row),
        "Calendar": row.calendar,
        "Open tickets": f"{total}, of which {held(row)} have this version" if total else "0",
    }
    steps = [one.told for one in row.steps] or ["none: nobody is told"]
    former = [f"{line(one.ref)}  {when(one.created_at)}  open tickets {held(one)}" for one in versions]
    lines = [line(row.name), "", *fact_lines(facts), "", "Targets, in working time of the calendar"]
    lines += [*_targets(row.targets), "", "Ladder", *steps, "", "Versions", *former]
    return "\n".join(lines)


def _targets(targets: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    from agentdesk.domain.attention import METRIC_WORDS
    from agentdesk.domain.minutes import say_minutes
    from agentdesk.domain.vocabulary import Priority

    head = Cells(("Clock", *Priority), (False, *(True for _ in Priority)))
    rows = [
        (METRIC_WORDS[metric], *(say_minutes(told[one]) if one in told else "-" for one in Priority))
        for metric, told in targets.items()
    ]
    return (text.rstrip("\n") for text in draw(head, rows, None, bold=False))
