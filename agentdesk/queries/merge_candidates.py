"""Tickets that another one may belong to, each with the reason it is offered; never chosen by the desk itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.merging import Side, link_words, why_no_target
from agentdesk.domain.references import ticket_id as number_of
from agentdesk.queries import search
from agentdesk.queries.similar import similar
from agentdesk.queries.tickets import TicketRow, by_ids
from agentdesk.store.reader import Reader

LIMIT = 12
_THEIRS = (
    "SELECT id FROM ticket WHERE customer_id IN (SELECT customer_id FROM ticket WHERE id IN ({ids})) "
    "AND is_open IS TRUE ORDER BY updated_at DESC, id DESC LIMIT :limit"
)
_LINKED = (
    "SELECT other_id, kind, 0 FROM ticket_link WHERE ticket_id IN ({ids}) "
    "UNION SELECT ticket_id, kind, 1 FROM ticket_link WHERE other_id IN ({ids}) ORDER BY 1"
)
_OPENED = "SELECT ticket_id FROM ticket_seen WHERE agent_id = :me ORDER BY at DESC LIMIT :limit"
_LATELY = 6
_SIDES = "SELECT id, status, customer_id, is_spam, merged_into_id FROM ticket WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket that is offered.

    Attributes:
        why: the reason, in words.
        refusal: why nothing can be merged into it; empty where it can.
    """

    ticket: TicketRow
    why: str
    refusal: str = ""


def near(read: Reader, ids: Sequence[int]) -> list[Candidate]:
    """What is offered before anything is typed: those marked, the customer's open ones, linked and just opened ones."""
    return _offered(read, ids, _near(read, ids))


def alike(read: Reader, ids: Sequence[int]) -> list[Candidate]:
    """Those in similar wording, to be offered once they are found."""
    found = similar(read, ids[0], LIMIT) if len(ids) == 1 else []
    return _offered(
        read, ids, ((one.ticket.id, f"similar wording: {', '.join(one.words[:2])}") for one in found)
    )


def typed(read: Reader, ids: Sequence[int], text: str) -> list[Candidate]:
    """What fits a number or words; shown with its refusal where nothing can be merged into it."""
    try:
        asked = [number_of(text)]
    except InvalidValueError:
        asked = []
    hits = [(one, "this number") for one in asked]
    hits += [(hit.ticket_id, "fits the words") for hit in search.search(read, text, LIMIT) if hit.ticket_id]
    return _offered(read, ids, hits, is_asked=True)


def _near(read: Reader, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    listed = ",".join(str(int(one)) for one in ids)
    if len(ids) > 1:
        yield from ((one, "one of the marked") for one in ids)
    yield from (
        (one, "same customer, open") for (one,) in read.tuples(_THEIRS.format(ids=listed), {"limit": LIMIT})
    )
    for one, kind, is_first in read.tuples(_LINKED.format(ids=listed)):
        yield one, f"linked: {link_words(kind, is_first=bool(is_first))} it"
    yield from (
        (one, "opened recently") for (one,) in read.tuples(_OPENED, {"me": read.agent_id, "limit": _LATELY})
    )


def _offered(
    read: Reader, ids: Sequence[int], told: Iterable[tuple[int, str]], *, is_asked: bool = False
) -> list[Candidate]:
    whys: dict[int, str] = {}
    for one, why in told:
        if one not in ids or len(ids) > 1:
            whys.setdefault(int(one), why)
    wanted = list(whys)[: 2 * LIMIT]
    if not wanted:
        return []
    sides = read.rows(Side, _SIDES.format(ids=",".join(map(str, wanted))))
    refusals = {one.id: why_no_target(one) for one in sides}
    found = [Candidate(row, whys[row.id], refusals[row.id]) for row in by_ids(read, wanted)]
    return [one for one in found if is_asked or not one.refusal][:LIMIT]
