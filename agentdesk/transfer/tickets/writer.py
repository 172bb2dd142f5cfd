"""Planned tickets written: what they name first, then the rows, their journal and the counts, in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from agentdesk.domain.errors import StoreError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.models import Agent, Customer, Organization, Queue, Ticket
from agentdesk.store.bulk import created_row, default_values, insert_rows, update_rows, write_history
from agentdesk.store.change import Change
from agentdesk.transfer.readers.text_spool import TextSpool
from agentdesk.transfer.tickets.history import Step
from agentdesk.transfer.tickets.known_tickets import to_columns
from agentdesk.transfer.tickets.message_writer import Said, in_order, is_echo, write_messages
from agentdesk.transfer.tickets.names import NameBook
from agentdesk.transfer.tickets.new_names import NewThing
from agentdesk.transfer.tickets.plan import TicketPlan
from agentdesk.transfer.tickets.rating_writer import Rated, write_ratings
from agentdesk.transfer.tickets.ways import ways_of, write_ways

_NAMING: Final = ("queue_id", "assignee_id", "customer_id", "organization_id")
_MODELS: Final[Mapping[str, type[SQLModel]]] = {
    "queue": Queue,
    "agent": Agent,
    "organization": Organization,
    "customer": Customer,
}
"""Parents before children."""
_EVENTS: Final = {
    "queue": Event.QUEUE_CHANGED,
    "agent": Event.AGENT_CHANGED,
    "organization": Event.ORGANIZATION_CREATED,
    "customer": Event.CUSTOMER_CREATED,
}


class TicketWriter:
    """Writes plans; what they name is made with the first of them."""

    def __init__(self, names: NameBook, source: str, spool: TextSpool) -> None:
        """Prepare.

        Args:
            names: what the plans name.
            source: the other system, which told of the addresses.
            spool: where what was said waits.
        """
        self._names = names
        self._source = source
        self._spool = spool
        self._made: dict[int, int] = {}

    def write(self, change: Change, plans: Sequence[TicketPlan]) -> None:
        """Write some plans inside a change.

        Raises:
            StoreError: somebody changed one of the tickets after it was planned.
        """
        fresh = [plan for plan in plans if plan.life is not None]
        moved = [
            plan for plan in plans if plan.known is not None and (plan.steps or plan.messages or plan.rating)
        ]
        self._make_missing(change, plans)
        rated = [*self._create(change, fresh), *self._update(change, moved)]
        write_ratings(change, rated)

    def _create(self, change: Change, plans: Sequence[TicketPlan]) -> list[Rated]:
        rows, firsts = [], []
        for plan in plans:
            assert plan.life is not None
            first = self._numbered(plan.life.created)
            last = dict(first)
            for step in plan.steps:
                last |= self._numbered(step.after)
            firsts.append(first)
            version = len(plan.steps) + 1
            rows.append({**to_columns(last), "updated_at": plan.updated_at, "version": version})
        try:
            ids = insert_rows(change, Ticket, rows)
        except IntegrityError:
            raise StoreError("Somebody imported the same tickets meanwhile. Import again.") from None
        said = self._say(
            change,
            [
                (row_id, row, plan.messages, plan.life.created_at if plan.life else None)
                for row_id, row, plan in zip(ids, rows, plans, strict=True)
            ],
        )
        journal: list[dict[str, Any]] = []
        for plan, row_id, first in zip(plans, ids, firsts, strict=True):
            assert plan.life is not None
            told = created_row(
                Ticket, {"id": row_id, **first}, plan.life.created_at, Event.TICKET_CREATED.value
            )
            told |= {"customer_id": first["customer_id"], "actor_id": None, "reason": ""}
            steps = list(self._step_rows(row_id, plan.steps, 1, first))
            journal += in_order([told], said.get(row_id, []), steps)
        write_history(change, journal, Event.TICKET_CREATED)
        return [
            (row_id, row, plan.rating)
            for row_id, row, plan in zip(ids, rows, plans, strict=True)
            if plan.rating
        ]

    def _update(self, change: Change, plans: Sequence[TicketPlan]) -> list[Rated]:
        rows: dict[int, dict[str, Any]] = {}
        found: dict[int, int] = {}
        journal: list[dict[str, Any]] = []
        spoken: list[Said] = []
        rated: list[Rated] = []
        for plan in plans:
            known = plan.known
            assert known is not None
            state = dict(known.current)
            for step in plan.steps:
                state |= self._numbered(step.after)
            state |= {"version": known.version + len(plan.steps)}
            spoken.append((known.id, state, plan.messages, known.latest))
            if plan.rating:
                rated.append((known.id, state, plan.rating))
            if plan.steps:
                rows[known.id] = {**to_columns(state), "updated_at": plan.updated_at}
                found[known.id] = known.version
                journal += self._step_rows(known.id, plan.steps, known.version, known.current)
        update_rows(change, Ticket, rows, found)
        said = self._say(change, spoken)
        write_history(
            change, [*(row for told in said.values() for row in told), *journal], Event.TICKET_CHANGED
        )
        return rated

    def _say(self, change: Change, tickets: Sequence[Said]) -> dict[int, list[dict[str, Any]]]:
        return write_messages(
            change, tickets, lambda number: number if number > 0 else self._made[number], self._spool
        )

    def _step_rows(
        self, ticket_id: int, steps: Sequence[Step], version: int, state: Mapping[str, Any]
    ) -> Iterable[dict[str, Any]]:
        customer_id = state["customer_id"]
        for number, step in enumerate(steps, start=version + 1):
            after = self._numbered(step.after)
            customer_id = after.get("customer_id", customer_id)
            actor_id = self._names.known_agent(step.by) if step.by else None
            yield {
                "at": step.at,
                "event": step.event.value,
                "actor_id": actor_id,
                "entity": "ticket",
                "entity_id": ticket_id,
                "version": number,
                "ticket_id": ticket_id,
                "customer_id": customer_id,
                "before": self._numbered(step.before),
                "after": after,
                "reason": f"by {step.by}" if step.by and actor_id is None else "",
                "is_main": not is_echo(step),
            }

    def _numbered(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """A state whose names have their final numbers."""
        told = dict(state)
        for name in _NAMING:
            number = told.get(name)
            if number is not None and number < 0:
                told[name] = self._made[number]
        return told

    def _make_missing(self, change: Change, plans: Sequence[TicketPlan]) -> None:
        wanted = dict.fromkeys(number for number in _named(plans) if number < 0)
        self._made = self._names.made(wanted)
        things = self._names.things(number for number in wanted if number not in self._made)
        companies = dict.fromkeys(
            one.organization
            for one in things.values()
            if one.organization is not None and one.organization < 0
        )
        self._made |= self._names.made(companies)
        things |= self._names.things(one for one in companies if one not in self._made)
        for entity in _MODELS:
            numbers = [number for number, thing in things.items() if thing.entity == entity]
            ids = self._make(change, entity, [things[number] for number in numbers])
            made = dict(zip(numbers, ids, strict=True))
            self._names.tell_made(made)
            self._made |= made

    def _make(self, change: Change, entity: str, things: Sequence[NewThing]) -> list[int]:
        if not things:
            return []
        model = _MODELS[entity]
        stamps = {"created_at": change.at, "updated_at": change.at}
        defaults = default_values(model)
        rows = [{**defaults, **self._columns(thing), **stamps} for thing in things]
        ids = insert_rows(change, model, rows)
        told = [
            created_row(model, {"id": row_id, **row}, change.at, _EVENTS[entity].value)
            for row_id, row in zip(ids, rows, strict=True)
        ]
        change.write_journal(told, _EVENTS[entity])
        if entity == "customer":
            write_ways(change, dict(zip(ids, things, strict=True)), self._source)
        return ids

    def _columns(self, thing: NewThing) -> dict[str, Any]:
        if thing.entity in ("queue", "organization"):
            return {"name": thing.name, "name_key": name_key(thing.name)}
        if thing.entity == "agent":
            return {"handle": thing.handle, "name": thing.name, "email": thing.email, "is_active": False}
        company = thing.organization
        return {
            "name": thing.name,
            "name_key": name_key(thing.name),
            **ways_of(thing),
            "external_id": thing.external_id,
            "organization_id": self._made[company] if company is not None and company < 0 else company,
        }


def _named(plans: Iterable[TicketPlan]) -> Iterator[int]:
    """The numbers of all that some plans name."""
    for plan in plans:
        for state in (*([plan.life.created] if plan.life else []), *(step.after for step in plan.steps)):
            yield from (number for name in _NAMING if (number := state.get(name)) is not None)
        yield from (one.agent_id for one in plan.messages if one.agent_id is not None)
