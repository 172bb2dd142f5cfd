"""Changes that are told another instant than now (`--as-of`): who may write them, and where a ticket's history ends."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, select

from agentdesk.domain.actor import Actor, Permission
from agentdesk.domain.clock import Clock, ToldClock, true_now
from agentdesk.domain.errors import BackwardsError
from agentdesk.domain.references import ticket_ref
from agentdesk.models import Journal

_MOMENT = timedelta(minutes=1)
"""The clock that wrote an instant need not agree with ours to the second."""


def written_at(clock: Clock, actor: Actor) -> datetime:
    """The instant at which a change is really written.

    Raises:
        NotPermittedError: the actor may not say that it is another instant, or one that is to come.
    """
    now = true_now(clock)
    if isinstance(clock, ToldClock):
        actor.require(Permission.TELL_TIME)
        if clock.now() > now + _MOMENT:
            actor.require(Permission.FORETELL)
    return now


def refuse_backwards(session: Session, ticket_id: int, at: datetime) -> None:
    """Refuse what is told as of an instant before the last thing that happened on the ticket.

    Raises:
        BackwardsError: it is; the sentence names that instant.
    """
    last = session.exec(select(func.max(Journal.at)).where(Journal.ticket_id == ticket_id)).one()
    if last is not None and at < last:
        raise BackwardsError(ticket_ref(ticket_id), _typed(at), _typed(last))


def _typed(at: datetime) -> str:
    """An instant as it is typed after `--as-of`; a part of a second counts as a whole one, so that it can be repeated."""
    whole = at.astimezone(UTC).replace(microsecond=0)
    whole += timedelta(seconds=bool(at.microsecond))
    return whole.isoformat().replace("+00:00", "Z")
