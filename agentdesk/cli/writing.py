"""How every command writes: one change for all that was named, a plan instead where only a dry run was asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session
from agentdesk.domain.already import say_nothing_changed
from agentdesk.domain.errors import AgentDeskError, BadTicketsError, ConflictError, TicketFault
from agentdesk.domain.references import ticket_ref

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.store.change import Change

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One field as it would change."""

    ref: str
    field: str
    before: Any
    after: Any


PLAN = (
    Column("ref", "What"),
    Column("field", "Field"),
    Column("before", "Before"),
    Column("after", "After"),
)


def write(
    session: Session,
    desk: "Desk",
    operation: "Callable[[Change], Result]",
    *,
    summary: str = "",
    dry_run: bool = False,
    form: Format = Format.TABLE,
) -> Result | None:
    """Run an operation in one change and say its number; for a dry run print its plan and write nothing.

    Returns:
        What the operation returned; None for a dry run.
    """
    if dry_run:
        _rehearse(session, desk, operation, form)
        return None
    with desk.change(summary=summary) as change:
        result = operation(change)
    say_written(session, change)
    if change.goes_out_at is not None:
        session.say(f"The letter may leave at {change.goes_out_at.astimezone(desk.zone):%H:%M:%S}.")
    return result


def _rehearse(session: Session, desk: "Desk", operation: "Callable[[Change], Any]", form: Format) -> None:
    from agentdesk.bulk import names_of

    def plan(change: "Change") -> Sequence[Mapping[str, Any]]:
        operation(change)
        return change.journal

    rows = desk.rehearse(plan)
    with desk.read() as read:
        session.emit(
            _plan(rows, names_of(read)), PLAN, form, things="changes", hint="All of it is so already."
        )
    session.say("Dry run: nothing was written.")


def say_written(session: Session, change: "Change") -> None:
    """The number of a change and what else it did; where it changed nothing, that everything was so already."""
    if change.id is None:
        session.say(say_nothing_changed(change.already))
        return
    if change.besides:
        session.say(f"The ticket {change.besides}.")
    session.say_change(change.id)


def for_each(
    places: Mapping[int, str], operation: "Callable[[Change, int], Any]"
) -> "Callable[[Change], list[Any]]":
    """One operation done to every ticket, all or nothing.

    Args:
        places: where each ticket was named, by id.
        operation: what to do.

    Returns:
        A function that raises `BadTicketsError` with every ticket that cannot be changed, or the refusal itself
        where it is about what was asked and not about a ticket.
    """

    def every(change: "Change") -> list[Any]:
        done: list[Any] = []
        refused: dict[int, AgentDeskError] = {}
        for one in places:
            try:
                done.append(operation(change, one))
            except ConflictError:
                raise
            except AgentDeskError as error:
                if len(places) == 1 or str(error) in map(str, refused.values()):
                    raise
                refused[one] = error
        if refused:
            faults = [_fault(one, places[one], error) for one, error in refused.items()]
            raise BadTicketsError(faults, len(places))
        return done

    return every


def _fault(number: int, place: str, error: AgentDeskError) -> TicketFault:
    ref, said = ticket_ref(number), str(error).rstrip(".")
    why = said.removeprefix(f"{ref} ")
    return TicketFault(ref, place, why if why != said else f"is refused: {said}")


def _plan(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[Any, str]]
) -> Iterator[PlannedChange]:
    for row in rows:
        number = row["entity_id"]
        ref = ticket_ref(number) if row["entity"] == "ticket" else f"{row['entity']} {number}"
        before, after = row["before"] or {}, row["after"] or {}
        told = after if row["before"] is not None else {name: value for name, value in after.items() if value}
        for field, value in told.items():
            if field not in names:
                yield PlannedChange(ref, field, before.get(field), value)
            else:
                known = names[field]
                yield PlannedChange(
                    ref, field.removesuffix("_id"), known.get(before.get(field)), known.get(value)
                )
