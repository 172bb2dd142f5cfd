"""One thing done to many tickets: rehearsed with the very operation and taken back, then done in one change.

Those that refuse are passed over and named. The rehearsal goes in portions, so that a colleague who writes meanwhile
waits for a few tickets and not for thousands.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.outcomes import Kind, Outcome, deeds_of
from agentdesk.domain.references import ticket_ref
from agentdesk.queries.people import agents, queues
from agentdesk.store.reader import Reader

if TYPE_CHECKING:
    from agentdesk.store.change import Change

Each = Callable[["Change", int], object]
"""One operation of `services/` on one ticket, closed over what is asked."""
Names = Mapping[str, Mapping[Any, str]]
PORTION: Final = 25
"""Tickets in one transaction of a rehearsal: the pen is held for some hundredths of a second."""


def names_of(read: Reader) -> dict[str, dict[Any, str]]:
    """What a plan calls agents and queues: by the column that holds their id."""
    return {
        "assignee_id": {one.id: one.handle for one in agents(read)},
        "queue_id": {one.id: one.name for one in queues(read)},
    }


def rehearse(desk: Desk, ids: Sequence[int], each: Each) -> Iterator[list[Outcome]]:
    """How it would go for every ticket, a portion at a time; nothing is written."""
    with desk.read() as read:
        names = names_of(read)
    for start in range(0, len(ids), PORTION):
        yield desk.rehearse(partial(_try_on_all, ids[start : start + PORTION], each, names))


def _try_on_all(ids: Sequence[int], each: Each, names: Names, change: "Change") -> list[Outcome]:
    return [try_on(change, one, each, names) for one in ids]


def try_on(change: "Change", ticket_id: int, each: Each, names: Names) -> Outcome:
    """Do it to one ticket and say what it did; where it is refused, the ticket is as it was before."""
    rows, already = len(change.journal), len(change.already)
    try:
        with change.attempt():
            each(change, ticket_id)
    except AgentDeskError as error:
        return Outcome(ticket_id, Kind.CANNOT, state=_why(ticket_ref(ticket_id), error.in_console))
    if written := change.journal[rows:]:
        return Outcome(ticket_id, Kind.CHANGES, deeds_of(written, names, change.actor.id))
    states = dict.fromkeys(one.state for one in change.already[already:])
    return Outcome(ticket_id, Kind.ALREADY, state=" and ".join(states) or "is so")


def _why(ref: str, said: str) -> str:
    """A refusal as it reads after the reference."""
    return said.removeprefix(f"{ref} ") if said.startswith(f"{ref} ") else f"is refused: {said}"


def for_those_that_can(
    ids: Sequence[int], each: Each, told: Callable[[int], object] = lambda _: None
) -> "Callable[[Change], list[Outcome]]":
    """One operation for a change that does it to every ticket and passes over those that refuse.

    Args:
        ids: the tickets.
        each: what to do to one.
        told: called with how many are done, before each; what it raises takes the whole change back.

    Returns:
        A function that returns those that refused: somebody may have worked on them since they were rehearsed.
    """

    def every(change: "Change") -> list[Outcome]:
        refused = []
        for done, one in enumerate(ids):
            told(done)
            outcome = try_on(change, one, each, {})
            if outcome.kind is Kind.CANNOT:
                refused.append(outcome)
        if len(ids) > 1:
            change.besides = _of_many(change.besides)
        return refused

    return every


def _of_many(besides: str) -> str:
    """What happened besides to one of them, as it is said of all; what is true of that one alone is not said."""
    return besides.replace("about it is", "about them is") if "withdrawn" in besides else ""
