"""The clocks of one ticket at an instant, computed from its journal by the one function that decides: nothing is read off a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.sla import (
    Calendar,
    ExplainRow,
    Policy,
    SlaClock,
    TicketEvent,
    TicketTimes,
    clock_state,
    explain,
    ticket_times,
)
from agentdesk.domain.sla.targets import Standing, read_targets
from agentdesk.queries.past import values_at
from agentdesk.queries.rulebook import ALWAYS, rulebook
from agentdesk.queries.ticket_events import ticket_events
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class TicketClocks:
    """What was promised on a ticket and where each promise stands.

    Attributes:
        ticket_id: the ticket.
        as_of: the instant it was asked for.
        policy: the one in force, None where nothing is promised.
        conditions: why it is this one: the query the ticket met, empty for all tickets.
        agreement: the plan or product of the agreement that named it, None where no agreement did.
        calendar: the hours it counts in.
        clocks: by metric and number.
    """

    ticket_id: int
    as_of: datetime
    policy: Policy | None
    agreement: str | None
    calendar: Calendar
    clocks: tuple[SlaClock, ...]
    events: tuple[TicketEvent, ...]

    @property
    def policy_ref(self) -> str:
        """`Standard@2`; empty without a policy."""
        return "" if self.policy is None else f"{self.policy.name}@{self.policy.version}"

    @property
    def why(self) -> str:
        """Why this policy, in words that follow its name."""
        if self.policy is None:
            return "no policy holds for it"
        if self.agreement is not None:
            return f"agreement {self.agreement}".strip()
        return self.policy.conditions or "all tickets"

    @property
    def policy_words(self) -> str:
        """The policy and why: `Standard@2 (agreement Support Gold)`."""
        return self.why if self.policy is None else f"{self.policy_ref} ({self.why})"

    def rows(self, clock: SlaClock) -> tuple[ExplainRow, ...]:
        """The table of one of its clocks."""
        return explain(clock, self.events)

    @property
    def times(self) -> TicketTimes | None:
        """How long things took, promised or not, in the hours it counts in; None before it was created."""
        return ticket_times(self.events, self.calendar, self.as_of)


_AGREEMENT = "SELECT trim(product || ' ' || plan) FROM agreement WHERE id = :id"


def ticket_clocks(read: Reader, ticket_id: int, now: datetime | None = None) -> TicketClocks:
    """The clocks of a ticket as they stood at `now`, the snapshot's present unless given."""
    instant = now or read.now
    events = ticket_events(read, [ticket_id], rulebook(read), instant).get(ticket_id, ())
    standing = _in_force(events, instant)
    agreement = _agreement(read, ticket_id, instant) if standing and standing.policy else None
    return TicketClocks(
        ticket_id=ticket_id,
        as_of=instant,
        policy=standing.policy if standing else None,
        agreement=agreement,
        calendar=standing.calendar if standing else ALWAYS,
        clocks=clock_state(events, ALWAYS, None, instant),
        events=events,
    )


def _agreement(read: Reader, ticket_id: int, instant: datetime) -> str | None:
    """The agreement that named the policy of a ticket, at that instant."""
    [number] = values_at(read, "ticket", ["agreement_id"], instant, [ticket_id]).get(ticket_id, [None])
    found = None if number is None else read.value(_AGREEMENT, {"id": number})
    return None if found is None else str(found)


def _in_force(events: Sequence[TicketEvent], now: datetime) -> Standing | None:
    standings = read_targets(events, None, ALWAYS, now).standings
    return standings[-1] if standings else None
