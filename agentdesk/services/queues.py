"""Queues and who takes from them."""

from sqlmodel import col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.names import checked_name
from agentdesk.models import Agent, Queue, QueueMember
from agentdesk.store.change import Change


def add_queue(change: Change, *, name: str, description: str = "") -> Queue:
    """Add a queue.

    Raises:
        InvalidValueError: the name is empty, taken or none that can be shown.
    """
    change.actor.require(Permission.CONFIGURE)
    called = checked_name(name, "A queue")
    if change.find(Queue, Queue.name_key == name_key(called)):
        raise InvalidValueError("name", called, hint="There is such a queue already.")
    queue = Queue(
        name=called,
        name_key=name_key(called),
        description=description,
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(queue)
    change.record(Event.QUEUE_CHANGED, queue)
    return queue


def join_queue(change: Change, queue_id: int, agent_id: int) -> None:
    """Let an agent take from a queue; doing it again changes nothing."""
    change.actor.require(Permission.CONFIGURE)
    queue = change.get(Queue, queue_id)
    change.get(Agent, agent_id)
    if not change.find(QueueMember, QueueMember.queue_id == queue_id, QueueMember.agent_id == agent_id):
        change.add(QueueMember(queue_id=queue_id, agent_id=agent_id))
        change.record(Event.QUEUE_CHANGED, queue)


def members(change: Change, queue_id: int) -> list[int]:
    """The ids of the agents who take from a queue and still work here."""
    wanted = (
        select(QueueMember.agent_id)
        .join(Agent, col(Agent.id) == col(QueueMember.agent_id))
        .where(QueueMember.queue_id == queue_id, col(Agent.is_active))
        .order_by(col(QueueMember.agent_id))
    )
    return list(change.session.exec(wanted).all())


def queues_of(change: Change, agent_id: int) -> set[int]:
    """The ids of the queues an agent takes from."""
    wanted = select(QueueMember.queue_id).where(QueueMember.agent_id == agent_id)
    return set(change.session.exec(wanted).all())
