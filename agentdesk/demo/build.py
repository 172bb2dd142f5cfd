"""Builds the sample desk: the same seed and the same present give the same desk, row for row.

It writes like an import, in bulk, in one change of origin `demo`, into an empty store.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlmodel import SQLModel

from agentdesk.demo import (
    contacts,
    enclosures,
    escalating,
    library,
    linking,
    promises,
    seeing,
    service_levels,
    staff,
    staging,
    telling,
)
from agentdesk.demo.casting import Story, invent_stories
from agentdesk.demo.doubles import come_again
from agentdesk.demo.ledger import Ledger, Row
from agentdesk.demo.persons import invent_companies, invent_people
from agentdesk.demo.story import Act, Step
from agentdesk.desk import settle
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import StoreError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import (
    Agent,
    Agreement,
    Article,
    Attachment,
    Blob,
    CalendarVersion,
    ContactPoint,
    Customer,
    Escalation,
    IntakeForm,
    Interaction,
    Macro,
    Message,
    Organization,
    PolicyVersion,
    Queue,
    QueueMember,
    RoutingRule,
    SavedView,
    Seen,
    Setting,
    Shift,
    Tag,
    Ticket,
    TicketLink,
)
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import count
from agentdesk.store import fulltext
from agentdesk.store.change import Change
from agentdesk.store.store import Store

_ORDER: tuple[type[SQLModel], ...] = (
    CalendarVersion,
    PolicyVersion,
    Agent,
    Shift,
    Queue,
    RoutingRule,
    SavedView,
    Macro,
    Article,
    IntakeForm,
    Organization,
    Customer,
    ContactPoint,
    Agreement,
    Ticket,
    Message,
    Blob,
    Attachment,
    Escalation,
    Interaction,
    TicketLink,
    Setting,
)
"""Tables in the order in which they may refer to each other."""
_DUPLICATES = 9


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What there is now."""

    customers: int
    organizations: int
    agents: int
    queues: int
    tickets: int
    messages: int
    open: int
    breached: int
    escalated: int


def build_demo(
    store: Store, *, seed: int, now: datetime, login: str | None, zone: tzinfo = UTC
) -> DemoSummary:
    """Fill an empty store with a desk of the last 60 days.

    Args:
        store: a store that was just created, without agents.
        seed: decides everything that chance decides.
        now: the present; the newest ticket is a few minutes old.
        login: the operating-system user that the first agent answers to.
        zone: where the desk works; its clock says when people are at their desks.

    Raises:
        StoreError: there are agents in the store already.
    """
    rng = Random(seed)  # noqa: S311  a sample, not a secret
    ledger = Ledger()
    present = now.astimezone(UTC).replace(microsecond=0)
    agents = staff.hire(ledger, present, login)
    queues, members = staff.set_up_queues(ledger, present, agents)
    companies = invent_companies(rng, present)
    persons = invent_people(rng, present, companies)
    staff.enter_companies(ledger, companies)
    staff.enter_people(ledger, [*persons, *come_again(persons)])
    stories = invent_stories(rng, present, zone, persons)
    escalating.escalate_some(rng, present, stories)
    staging.give_to_agents(rng, stories, agents)
    staging.lay_out(rng, stories, present, zone)
    stories = _with_duplicates(rng, stories)
    promises.make_promises(rng, stories, present, zone)
    staging.write_all(rng, stories, agents)
    telling.number(stories)
    teller = telling.Teller(ledger, queues, {one.id: one for one in agents})
    tickets = [teller.tell(story) for story in stories]
    linking.link_some(ledger, stories, present)
    contacts.log_contacts(rng, ledger, persons, stories, agents=agents, now=present)
    service_levels.promise_by_policy(ledger, present, zone)
    service_levels.agree_with_key_accounts(ledger, present, companies)
    service_levels.plan_work(ledger, present, zone, agents, queues)
    library.keep_library(ledger, present, agents)
    library.tell_uses(ledger, stories)
    enclosures.enclose(ledger, stories, present)
    ledger.settle()
    store.settle = settle
    with store.change(FixedClock(now), DESK, Origin.DEMO, summary="built the sample desk") as change:
        _load(change, ledger, members)
        read_before = seeing.seen_rows(ledger.rows[Ticket], ledger.rows[Agent], present)
        change.session.connection().execute(insert(Seen), list(read_before))
    with store.change(FixedClock(now), DESK, Origin.DEMO) as change:
        service_levels.take_past_steps(change)
    with store.read(now) as read:
        late = count(read, compile_query(read, "is:breached", ZoneInfo("UTC")).where)
    return _summary(ledger, tickets, late)


def _with_duplicates(rng: Random, stories: list[Story]) -> list[Story]:
    """Some people write twice about one matter; the second ticket is merged into the first."""
    fit = [
        one
        for one in stories
        if not one.is_open and one.channel == "email" and one.steps[-1].act is Act.CLOSE
    ]
    copies = []
    for story in rng.sample(fit, _DUPLICATES):
        answer = story.steps[1].at
        at = story.at + (answer - story.at) / 2
        merged = at + timedelta(minutes=rng.uniform(10, 90))
        opening = Step(Act.OPEN, story.steps[0].words, at=at.replace(microsecond=0))
        ending = Step(Act.MERGE, at=merged.replace(microsecond=0), agent_id=story.owner_id, value=story)
        copies.append(
            Story(
                at=opening.at,
                person=story.person,
                scenario=story.scenario,
                mood=story.mood,
                priority=story.priority,
                channel="web",
                slots=story.slots,
                subject=story.subject,
                tags=[],
                steps=[opening, ending],
                threads=story.threads,
                is_open=False,
                queue=story.queue,
                owner_id=story.owner_id,
            )
        )
    return sorted([*stories, *copies], key=lambda one: one.at)


def _load(change: Change, ledger: Ledger, members: list[Row]) -> None:
    connection = change.session.connection()
    if connection.execute(select(func.count()).select_from(Agent)).scalar_one():
        raise StoreError(
            "The sample desk needs a new store, this one is in use. Name another file with --path."
        )
    for model in _ORDER:
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        connection.execute(insert(table), ledger.rows[model])
        if model is Queue:
            connection.execute(insert(QueueMember), members)
        if not change.is_sqlite and "id" in table.c:
            # Rows that bring their ids do not move a sequence of PostgreSQL.
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))
    connection.execute(insert(Tag), ledger.tags)
    change.write_journal(ledger.journal, Event.TICKET_CREATED)
    if change.is_sqlite:
        for entity in fulltext.COLUMNS:
            fulltext.learn_after(connection.exec_driver_sql, entity, 0)


def _summary(ledger: Ledger, tickets: list[Row], late: int) -> DemoSummary:
    backlog = [one for one in tickets if one["is_open"]]
    return DemoSummary(
        customers=len(ledger.rows[Customer]),
        organizations=len(ledger.rows[Organization]),
        agents=len(ledger.rows[Agent]),
        queues=len(ledger.rows[Queue]),
        tickets=len(tickets),
        messages=len(ledger.rows[Message]),
        open=len(backlog),
        breached=late,
        escalated=sum(one["is_escalated"] for one in backlog),
    )
