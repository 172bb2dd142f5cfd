"""A story becomes a ticket: each step changes the row as the service of the same name would, and is journaled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.demo.asking import tell_escalation
from agentdesk.demo.casting import Story
from agentdesk.demo.ledger import Ledger, Row
from agentdesk.demo.library import answers_of
from agentdesk.demo.staging import Colleague
from agentdesk.demo.story import Act, Step
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Status
from agentdesk.models import Message, Ticket

FIRST_ID = 1001
_SAYING = (Act.OPEN, Act.WRITE, Act.NOTE, Act.REPLY, Act.ASK, Act.HOLD, Act.SOLVE)


@dataclass(slots=True)
class Teller:
    """Tells stories into a ledger."""

    ledger: Ledger
    queues: dict[str, int]
    agents: dict[int, Colleague]

    def tell(self, story: Story) -> Row:
        """The ticket of a story, with its messages and its history."""
        ticket = self.ledger.add(
            Ticket,
            story.id,
            story.at,
            subject=story.subject,
            type=story.scenario.type,
            priority=story.priority,
            channel=story.channel,
            category=story.scenario.category,
            queue_id=self.queues[story.queue],
            customer_id=story.person.id,
            organization_id=story.person.company.id if story.person.company else None,
            tags=list(story.tags),
            due_at=story.due_at,
            waiting_since=story.at,
            last_message_at=story.at,
        )
        self.ledger.created(Ticket, ticket, Event.TICKET_CREATED, None, story.at)
        for step in story.steps:
            _TOLD[step.act](self, story, ticket, step)
        return ticket

    def change(
        self, ticket: Row, event: Event, step: Step, *, reason: str = "", is_main: bool = True, **values: Any
    ) -> None:
        """Change the ticket at the instant of a step."""
        self.ledger.changed(
            Ticket,
            ticket,
            event,
            step.agent_id,
            at=step.at,
            values=values,
            is_main=is_main,
            reason=reason,
        )

    def open(self, story: Story, ticket: Row, step: Step) -> None:
        """The first message."""
        self.say(story, ticket, step, Event.TICKET_CREATED, is_main=False)

    def write(self, story: Story, ticket: Row, step: Step) -> None:
        """The customer writes: whatever waited or was solved is open again."""
        was = ticket["status"]
        event = Event.TICKET_REOPENED if was == Status.SOLVED else Event.MESSAGE_RECEIVED
        self.say(story, ticket, step, event)
        values: dict[str, Any] = {
            "status": _after(ticket, Action.CUSTOMER_MESSAGE),
            "wake_at": None,
            "waiting_for": "",
            "last_message_at": step.at,
            "waiting_since": ticket["waiting_since"] or step.at,
        }
        if was == Status.SOLVED:
            values |= {"reopen_count": ticket["reopen_count"] + 1, "solved_at": None, "resolution_code": None}
        self.change(ticket, event, step, is_main=False, **values)

    def note(self, story: Story, ticket: Row, step: Step) -> None:
        """An internal note."""
        self.say(story, ticket, step, Event.MESSAGE_NOTED)
        self.change(ticket, Event.MESSAGE_NOTED, step, is_main=False, last_message_at=step.at)

    def reply(self, story: Story, ticket: Row, step: Step) -> None:
        """A public answer keeps what was promised."""
        self.say(story, ticket, step, Event.MESSAGE_REPLIED)
        self.change(
            ticket,
            Event.MESSAGE_REPLIED,
            step,
            is_main=False,
            status=_after(ticket, Action.REPLY),
            reply_count=ticket["reply_count"] + 1,
            first_replied_at=ticket["first_replied_at"] or step.at,
            last_reply_at=step.at,
            last_message_at=step.at,
            waiting_since=None,
            due_at=None,
        )

    def ask(self, story: Story, ticket: Row, step: Step) -> None:
        """A reply after which the ticket waits for the customer."""
        self.reply(story, ticket, step)
        status = _after(ticket, Action.ASK)
        self.change(
            ticket, Event.TICKET_STATUS, step, reason="with the reply", status=status, wake_at=step.wake_at
        )

    def hold(self, story: Story, ticket: Row, step: Step) -> None:
        """A reply after which the ticket waits for somebody outside."""
        self.reply(story, ticket, step)
        self.change(
            ticket,
            Event.TICKET_STATUS,
            step,
            reason="with the reply",
            status=_after(ticket, Action.HOLD),
            waiting_for=story.scenario.waiting_for,
            wake_at=step.wake_at,
        )

    def wake(self, _: Story, ticket: Row, step: Step) -> None:
        """The wake-up time has come."""
        status = _after(ticket, Action.WAKE)
        self.change(ticket, Event.TICKET_WOKEN, step, status=status, wake_at=None, waiting_for="")

    def solve(self, story: Story, ticket: Row, step: Step) -> None:
        """Solved, with or without a last reply; whoever solves it has filled in its form."""
        if step.body:
            self.reply(story, ticket, step)
        if not ticket["intake"] and (answers := answers_of(story)):
            self.change(ticket, Event.TICKET_INTAKE, step, intake=answers)
        self.change(
            ticket,
            Event.TICKET_SOLVED,
            step,
            reason="with the reply" if step.body else "",
            status=_after(ticket, Action.SOLVE),
            resolution_code=step.value or story.scenario.resolution,
            solved_at=step.at,
            due_at=None,
            wake_at=None,
            waiting_since=None,
            waiting_for="",
        )

    def close(self, _: Story, ticket: Row, step: Step) -> None:
        """Closed by the desk itself a week later."""
        self.change(ticket, Event.TICKET_CLOSED, step, status=_after(ticket, Action.CLOSE), closed_at=step.at)

    def discard(self, _: Story, ticket: Row, step: Step) -> None:
        """Merged into an earlier ticket, or spam."""
        ended: dict[str, Any] = {"closed_at": step.at, "due_at": None, "wake_at": None, "waiting_since": None}
        if step.act is Act.SPAM:
            status = _after(ticket, Action.SPAM)
            self.change(
                ticket, Event.TICKET_CLOSED, step, reason="spam", status=status, is_spam=True, **ended
            )
        else:
            assert isinstance(step.value, Story)
            status, into = _after(ticket, Action.MERGE), step.value.id
            reason = f"same matter as {ticket_ref(into)}"
            self.change(
                ticket, Event.TICKET_MERGED, step, reason=reason, status=status, merged_into_id=into, **ended
            )
            ref = ticket_ref(ticket["id"])
            self.ledger.mentioned(into, Event.TICKET_MERGED_IN, step.agent_id, step.at, ref)

    def edit(self, _: Story, ticket: Row, step: Step) -> None:
        """A single field: owner, queue, priority, promise."""
        if step.act is Act.TAKE:
            status = _after(ticket, Action.ASSIGN)
            self.change(ticket, Event.TICKET_ASSIGNED, step, status=status, assignee_id=step.agent_id)
        elif step.act is Act.RELEASE:
            self.change(ticket, Event.TICKET_ASSIGNED, step, assignee_id=None)
        elif step.act is Act.MOVE:
            self.change(ticket, Event.TICKET_CHANGED, step, queue_id=self.queues[str(step.value)])
        else:
            values: dict[str, Any] = {"due_at" if step.act is Act.PROMISE else "priority": step.value}
            self.change(ticket, Event.TICKET_CHANGED, step, **values)

    def escalate(self, story: Story, ticket: Row, step: Step) -> None:
        """Somebody else is asked, or answers."""
        tell_escalation(self.ledger, self.queues, self.agents, story=story, ticket=ticket, step=step)

    def say(self, story: Story, ticket: Row, step: Step, event: Event, *, is_main: bool = True) -> None:
        """A message of a step, by whoever takes it."""
        agent = self.agents[step.agent_id] if step.agent_id is not None else None
        message = self.ledger.add(
            Message,
            step.message_id,
            step.at,
            ticket_id=story.id,
            customer_id=story.person.id,
            at=step.at,
            author_kind="agent" if agent else "customer",
            author_name=agent.name if agent else story.person.name,
            agent_id=step.agent_id,
            visibility="internal" if step.act is Act.NOTE else "public",
            channel="email" if agent else ticket["channel"],  # forms are answered by e-mail
            body=step.body,
        )
        self.ledger.created(Message, message, event, step.agent_id, step.at, is_main=is_main)


def number(stories: Sequence[Story]) -> None:
    """Number tickets and messages in the order in which they came."""
    for place, story in enumerate(stories):
        story.id = FIRST_ID + place
    said: list[tuple[datetime, int, int, Step]] = [
        (step.at, story.id, place, step)
        for story in stories
        for place, step in enumerate(story.steps)
        if step.act in _SAYING and step.body
    ]
    for number_, (*_, step) in enumerate(sorted(said, key=lambda one: one[:3]), start=1):
        step.message_id = number_


def _after(ticket: Row, action: Action) -> str:
    return next_status(ticket_ref(ticket["id"]), ticket["status"], action).value


_TOLD = {
    Act.OPEN: Teller.open,
    Act.WRITE: Teller.write,
    Act.NOTE: Teller.note,
    Act.REPLY: Teller.reply,
    Act.ASK: Teller.ask,
    Act.HOLD: Teller.hold,
    Act.WAKE: Teller.wake,
    Act.SOLVE: Teller.solve,
    Act.CLOSE: Teller.close,
    Act.MERGE: Teller.discard,
    Act.SPAM: Teller.discard,
    **dict.fromkeys((Act.TAKE, Act.RELEASE, Act.MOVE, Act.PRIORITY, Act.PROMISE), Teller.edit),
    **dict.fromkeys(
        (Act.ESCALATE, Act.ACCEPT, Act.DECLINE, Act.RETURN, Act.RESOLVE, Act.WITHDRAW), Teller.escalate
    ),
}
