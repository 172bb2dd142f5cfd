"""Letters leave the outbox: each exactly once, however many hand over at the same time and wherever they are ended.

The order is the proof. In one change, which has the row locked: the row is marked, the mail is staged where nobody
sees it, and all of it is committed. Only then is the mail let go, and at last the mark is taken off. Ended before the
commit, the row is still queued, and what was staged is staged anew. Ended after it, the mark says which mail waits
where; the next to come lets it go, which has an effect once. Nobody stages what is marked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdesk.channels.catalog import channel_at
from agentdesk.channels.errors import ChannelError, NoSenderError, PracticeError
from agentdesk.channels.mail import build_mail
from agentdesk.channels.protocol import Channel
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK, Permission
from agentdesk.domain.desk_settings import MAIL_FROM, ORGANIZATION
from agentdesk.domain.vocabulary import OutboxState
from agentdesk.queries import outbox
from agentdesk.queries.desk_settings import desk_text

if TYPE_CHECKING:
    from agentdesk.store.change import Change


@dataclass(frozen=True, slots=True)
class Left:
    """A letter that left.

    Attributes:
        row: as it was in the outbox.
        place: where it went.
        was_underway: somebody else had handed it over, and was ended before it left.
    """

    row: outbox.OutboxRow
    place: str
    was_underway: bool = False


def hand_over_due(
    desk: Desk, channel: Channel, *, again: Iterable[int] = (), practice: bool = False
) -> Iterator[Left]:
    """Hand over every letter whose send window is over, and tell each as it leaves.

    Args:
        desk: whose clock says what is due, and whose actor answers for it.
        channel: by which way.
        again: letters that have left already and are to leave once more.
        practice: the letters of a practice desk may leave; of a real one, they always may.

    Raises:
        NotPermittedError: the actor may not.
        PracticeError: nothing on this desk is real.
        NoSenderError: the desk has no address.
        ChannelError: the place cannot take them; what has not left is in the outbox still.
    """
    desk.actor.require(Permission.WORK)
    if desk.is_practice and not practice:
        raise PracticeError
    with desk.read() as read:
        sender, name = desk_text(read, MAIL_FROM), desk_text(read, ORGANIZATION)
    if not sender:
        raise NoSenderError
    yield from finish(desk)
    _sweep(desk, channel)
    for number in again:
        _put_back(desk, number)
    with desk.read() as read:
        due = outbox.due(read)
    for row in due:
        if _hand_over(desk, channel, row, sender, name):
            _let_go(desk, channel, row)
            yield Left(row, channel.place)


def finish(desk: Desk) -> Iterator[Left]:
    """Let go what somebody handed over and was ended before it left, in whichever place it waits.

    Raises:
        ChannelError: that place cannot be reached.
    """
    with desk.read() as read:
        rows = outbox.underway(read)
    for row in rows:
        _let_go(desk, channel_at(row.underway), row)
        yield Left(row, row.underway, was_underway=True)


def _hand_over(desk: Desk, channel: Channel, row: outbox.OutboxRow, sender: str, name: str) -> bool:
    """Mark one letter and stage its mail; False where another has it, or it was taken back."""
    from agentdesk.services import hand_over  # noqa: PLC0415  the ORM is only for writing

    try:
        with _change(desk, f"hand over the letter on {row.ref}") as change:
            handed = hand_over(change, row.id, to=channel.place, reason=f"by {desk.actor.handle}")
            letter = None if handed is None else outbox.whole_letter(change.reader(), row.id)
            if letter is None:
                return False
            channel.stage(row.key, build_mail(letter, sender, name))
    except ChannelError:
        raise
    except Exception:  # not committed: nobody may find it staged
        channel.drop(row.key)
        raise
    return True


def _let_go(desk: Desk, channel: Channel, row: outbox.OutboxRow) -> None:
    from agentdesk.services import clear_underway  # noqa: PLC0415  as above

    channel.let_go(row.key)
    with _change(desk, "a letter has left") as change:
        clear_underway(change, row.id)


def _put_back(desk: Desk, number: int) -> None:
    from agentdesk.services import put_back  # noqa: PLC0415  as above

    with desk.change(summary=f"put letter {number} into the outbox again") as change:
        put_back(change, number)


def _sweep(desk: Desk, channel: Channel) -> None:
    """Take away what was staged for a letter that was taken back, or that left by another way."""
    staged = channel.staged()
    if not staged:
        return
    with desk.read() as read:
        rows = {one.key.partition("@")[0]: one for one in outbox.outbox(read)}
    for key in staged:
        row = rows.get(key)
        if row is None or (row.state == OutboxState.HANDED_OVER and not row.underway):
            channel.drop(key)


def _change(desk: Desk, summary: str) -> "Change":
    """The desk itself hands over, for whoever asks: `z` takes back what its agent did, and this cannot be."""
    return desk.store.change(desk.clock, DESK, desk.origin, summary=summary)
