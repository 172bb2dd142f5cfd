"""What an import will do with each ticket of a file, decided before anything is written; a dry run ends here."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from agentdesk.models import Ticket
from agentdesk.store.bulk import default_values, journaled
from agentdesk.transfer.result import Counts
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.future import FutureBook
from agentdesk.transfer.tickets.history import (
    Life,
    Snapshot,
    State,
    Step,
    UndatedError,
    follow,
    read_life,
    snapshots_of_log,
)
from agentdesk.transfer.tickets.kept_here import KeptHere
from agentdesk.transfer.tickets.known_tickets import KnownTicket
from agentdesk.transfer.tickets.links import Wanted
from agentdesk.transfer.tickets.messages import ForeignMessage
from agentdesk.transfer.tickets.news import (
    changed_here,
    newer_of_log,
    newer_of_row,
    rebase,
    refuse_other_zone,
)
from agentdesk.transfer.tickets.ratings import RatingBook, RatingNews
from agentdesk.transfer.tickets.row_history import OF_TALK, snapshots_of_row
from agentdesk.transfer.tickets.row_store import StoredTicket
from agentdesk.transfer.tickets.rows import RowReader


@dataclass(slots=True)
class TicketPlan:
    """One ticket.

    Attributes:
        external_id: its id in the other system.
        known: the ticket as the desk has it; None for a new one, and where nothing is to be written.
        life: of a new ticket.
        steps: what is added to the journal after the creation.
        messages: what was said, and the desk has not yet.
        links: what joins it to other tickets, and the desk has not yet.
        rating: what the customer said of the help, and the desk has not yet.
        updated_at: when it last changed there.
        counts: what becomes of its rows.
        faults: its rows, where it is not taken.
    """

    external_id: str
    known: KnownTicket | None = None
    life: Life | None = None
    steps: list[Step] = field(default_factory=list)
    messages: list[ForeignMessage] = field(default_factory=list)
    links: Sequence[Wanted] = ()
    rating: RatingNews | None = None
    updated_at: datetime | None = None
    counts: Counts = field(default_factory=Counts)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        """Whether anything is to be written."""
        return self.life is not None or bool(self.steps or self.messages or self.links or self.rating)


@dataclass(slots=True)
class Planner:
    """Plans the tickets of one file.

    Attributes:
        reader: what read it.
        source: the other system.
        is_log: many rows make one ticket.
        now: the instant of the import.
        heard: ids of messages that the desk has.
        kept: what people here changed, and the file says otherwise.
        future: tickets that tell of instants that are still to come.
    """

    reader: RowReader
    source: str
    is_log: bool
    now: datetime
    heard: Container[str] = frozenset()
    kept: KeptHere = field(default_factory=KeptHere)
    future: FutureBook = field(default_factory=FutureBook)
    _empty: State = field(init=False)

    def __post_init__(self) -> None:
        """Know what a ticket looks like about which nothing is known."""
        filler = {"id": None, "subject": "", "created_at": self.now, "updated_at": self.now, "version": 1}
        self._empty = journaled(Ticket, {**default_values(Ticket), **filler})
        del self._empty["id"]
        self._empty["source"] = self.source

    def plan(
        self,
        tickets: Iterable[StoredTicket],
        known: Mapping[int, KnownTicket],
        links: Mapping[str, Sequence[Wanted]],
        ratings: RatingBook | None = None,
    ) -> Iterator[TicketPlan]:
        """One plan for each ticket, in order.

        Args:
            tickets: some of the file.
            known: those that the desk has, by their numbers.
            links: what joins them to others, and the desk has not yet, by their ids.
            ratings: what the desk knows of their ratings.
        """
        for external_id, known_id, rows in tickets:
            self.future.look(external_id, rows, self.now)
            here = None if known_id is None else known[known_id]
            plan = TicketPlan(external_id, here, links=links.get(external_id, ()))
            plan.rating = ratings.news(external_id, rows) if ratings is not None else None
            try:
                if plan.known is None:
                    self._plan_new(plan, rows)
                else:
                    self._plan_known(plan, plan.known, rows)
            except UndatedError as error:
                plan.faults = [row.fault(str(error)) for row in rows]
                plan.counts = Counts(rejected=len(rows))
                plan.messages, plan.links, plan.rating = [], (), None
            if not plan.is_news:
                plan.known = None  # thousands may wait for the one that fills their transaction
            yield plan

    def notes(self) -> Iterator[str]:
        """What is to be said of the tickets that were planned."""
        yield from self.kept.notes()
        yield from self.future.notes()

    def _plan_new(self, plan: TicketPlan, rows: Sequence[ForeignRow]) -> None:
        snapshots = self._snapshots(rows)
        created_at = rows[0].times.get("created_at", snapshots[0].at)
        empty = {
            **self._empty,
            "external_id": plan.external_id,
            "extra": self.reader.leftovers(rows[-1].cells),
        }
        life = plan.life = read_life(snapshots, created_at, empty)
        plan.steps = life.steps
        plan.messages = [one for row in rows for one in row.messages if one.key not in self.heard]
        updated = rows[-1].times.get("updated_at")
        plan.updated_at = max(at for at in (life.last_at, updated, life.created_at) if at is not None)
        if self.is_log:
            changed = {step.place for step in life.steps} - {0}
            plan.counts = Counts(created=1, updated=len(changed), unchanged=len(rows) - 1 - len(changed))
        else:
            plan.counts = Counts(created=1)

    def _snapshots(self, rows: Sequence[ForeignRow]) -> list[Snapshot]:
        return snapshots_of_log(rows) if self.is_log else snapshots_of_row(rows[0])

    def _plan_known(self, plan: TicketPlan, known: KnownTicket, rows: Sequence[ForeignRow]) -> None:
        until, base = known.past[-1]
        if self.is_log:
            news = newer_of_log(snapshots_of_log(rows), known.past)
        else:
            refuse_other_zone(rows[0], base)
            news = newer_of_row(rows[0], base, until, self.now)
        extra = self.reader.leftovers(rows[-1].cells)
        if news or (not self.is_log and extra != base.get("extra")):
            news = self._with_extra(news, extra, until)
        plan.messages = [one for row in rows for one in row.messages if one.key not in self.heard]
        here = changed_here(base, known.current)
        told = list(follow(dict(base), news, until))
        self.kept.look(known, told, here)
        steps = rebase(told, dict(known.current), known.latest, self.now, here)
        plan.steps = steps = list(_heard_here(steps, known.current))
        if steps:
            plan.updated_at = max(datetime.fromisoformat(known.current["updated_at"]), steps[-1].at)
        changed = len({step.place for step in steps}) or int(bool(plan.messages or plan.links or plan.rating))
        plan.counts = Counts(updated=changed, unchanged=len(rows) - changed)

    def _with_extra(
        self, news: Sequence[Snapshot], extra: Mapping[str, Any], until: datetime
    ) -> list[Snapshot]:
        """The newest row says what the columns hold that no field takes."""
        last = news[-1] if news else Snapshot(max(until, self.now), {})
        told = Snapshot(
            last.at,
            {**last.values, "extra": dict(extra)},
            last.solved_at,
            last.closed_at,
            last.place,
            last.by,
        )
        return [*news[:-1], told]


def _heard_here(steps: Iterable[Step], current: State) -> Iterator[Step]:
    """Who waits for whom is as the desk knows it, where somebody spoke here since."""
    said_here = current.get("last_message_at")
    for step in steps:
        said_there = step.after.get("last_message_at")
        if said_here and said_there and said_there < said_here:
            kept = {name: value for name, value in step.after.items() if name not in OF_TALK}
            if kept:
                yield replace(step, after=kept, before={name: step.before[name] for name in kept})
        else:
            yield step
