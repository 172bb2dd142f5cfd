"""Which tickets have a solution clock that stands still while they wait for the customer, and how that is said."""

from collections.abc import Iterable, Sequence
from typing import Final

from agentdesk.domain.references import ticket_ref
from agentdesk.queries.past import chunks
from agentdesk.store.reader import Reader

_WAITING: Final = (
    "SELECT ticket.id FROM ticket WHERE ticket.id IN ({ids}) {where}AND EXISTS (SELECT 1 FROM sla_clock "
    "WHERE sla_clock.ticket_id = ticket.id AND sla_clock.metric = 'requester_wait' AND sla_clock.is_running) "
    "ORDER BY ticket.id"
)
_PENDING: Final = "AND ticket.status = 'pending' "
_SET_ASIDE: Final = "AND ticket.status IN ('new', 'open', 'pending') "


def paused_while_pending(read: Reader, ids: Iterable[int]) -> list[int]:
    """Of these tickets, those whose solution clock stands still once they are pending."""
    return _found(read, ids, "")


def paused_while_aside(read: Reader, ids: Iterable[int]) -> list[int]:
    """The same once they are set aside: a ticket on hold stays on hold, and its clock runs on."""
    return _found(read, ids, _SET_ASIDE)


def paused_now(read: Reader, ids: Iterable[int]) -> list[int]:
    """Of these tickets, those whose solution clock stands still because they are pending."""
    return _found(read, ids, _PENDING)


def pause_words(ids: Sequence[int]) -> str:
    """`The solution clock of T-7 pauses meanwhile.`; empty where no ticket has one."""
    if not ids:
        return ""
    if len(ids) == 1:
        return f"The solution clock of {ticket_ref(ids[0])} pauses meanwhile."
    return f"The solution clocks of {len(ids)} tickets pause meanwhile."


def _found(read: Reader, ids: Iterable[int], where: str) -> list[int]:
    return [
        int(one) for some in chunks(ids) for (one,) in read.tuples(_WAITING.format(ids=some, where=where))
    ]
