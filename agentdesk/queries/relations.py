"""What belongs to a ticket, in groups: merged, linked, its problem, what it follows, and the customer's other tickets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agentdesk.domain.merging import link_words
from agentdesk.domain.vocabulary import LinkKind, TicketType
from agentdesk.queries.tickets import TicketRow, by_ids
from agentdesk.store.reader import Reader

OTHERS = 20
"""Other tickets of the customer that are listed; how many there are is always told."""
_SELF = "SELECT merged_into_id, follow_up_of_id, customer_id FROM ticket WHERE id = :id"
_MERGED = "SELECT id FROM ticket WHERE merged_into_id = :id ORDER BY id"
_FOLLOWS = "SELECT id FROM ticket WHERE follow_up_of_id = :id ORDER BY id"
_LINKS = (
    "SELECT other_id, kind, 1 FROM ticket_link WHERE ticket_id = :id "
    "UNION ALL SELECT ticket_id, kind, 0 FROM ticket_link WHERE other_id = :id ORDER BY 2, 1"
)
_THEIRS = (
    "SELECT id FROM ticket WHERE customer_id = :customer AND id <> :id "
    "ORDER BY is_open DESC, updated_at DESC, id DESC LIMIT :limit"
)
_COUNT = "SELECT count(*) FROM ticket WHERE customer_id = :customer AND id <> :id"


@dataclass(frozen=True, slots=True)
class Relation:
    """One ticket of a group.

    Attributes:
        why: how it belongs here, read before its reference: `caused by`; empty where the heading says it.
        link_kind: of a link that can be taken away; empty otherwise.
    """

    ticket: TicketRow
    why: str = ""
    link_kind: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Tickets that belong to another one in the same way; `total` of them there are."""

    key: str
    title: str
    rows: tuple[Relation, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Named:
    ids: list[tuple[int, str, str]]
    key: str
    title: str
    total: int | None = None


def relations(read: Reader, ticket_id: int) -> list[Group]:
    """The groups of a ticket that hold anything, what is nearest first."""
    named = [one for one in _named(read, ticket_id) if one.ids]
    wanted = list(dict.fromkeys(row_id for one in named for row_id, _, _ in one.ids))
    rows = {row.id: row for row in by_ids(read, wanted)}
    groups = []
    for one in named:
        told = tuple(Relation(rows[row_id], why, kind) for row_id, why, kind in one.ids)
        problems = [row for row in told if _is_problem(row)]
        if problems:
            groups.append(Group("problem", "Problem", tuple(problems), len(problems)))
        if others := tuple(row for row in told if row not in problems):
            groups.append(Group(one.key, one.title, others, one.total or len(others)))
    return groups


def _named(read: Reader, ticket_id: int) -> Iterator[_Named]:
    for into, follows, customer_id in read.tuples(_SELF, {"id": ticket_id}):
        yield _Named([(into, "", "")] if into else [], "merged_into", "Part of")
        yield _Named(_ids(read, _MERGED, ticket_id), "merged", "Merged into this")
        yield _Named(_links(read, ticket_id), "links", "Linked")
        chain = [(follows, "follows", "")] if follows else []
        chain += [(one, "followed by", "") for one, _, _ in _ids(read, _FOLLOWS, ticket_id)]
        yield _Named(chain, "follow_ups", "Follow-ups")
        if customer_id is not None:
            asked = {"customer": customer_id, "id": ticket_id}
            theirs = read.tuples(_THEIRS, {**asked, "limit": OTHERS})
            yield _Named(
                [(one, "", "") for (one,) in theirs],
                "customer",
                "Same customer",
                int(read.value(_COUNT, asked)),
            )


def _ids(read: Reader, sql: str, ticket_id: int) -> list[tuple[int, str, str]]:
    return [(int(one), "", "") for (one,) in read.tuples(sql, {"id": ticket_id})]


def _links(read: Reader, ticket_id: int) -> list[tuple[int, str, str]]:
    return [
        (int(other), link_words(kind, is_first=bool(is_first)), kind)
        for other, kind, is_first in read.tuples(_LINKS, {"id": ticket_id})
    ]


def _is_problem(row: Relation) -> bool:
    """A known cause, whose state is the news."""
    is_cause = row.link_kind == LinkKind.CAUSED_BY and row.why == link_words(
        LinkKind.CAUSED_BY, is_first=True
    )
    return is_cause and row.ticket.type == TicketType.PROBLEM


def count(groups: Sequence[Group]) -> int:
    """How many tickets there are in all groups, each once for each way it belongs."""
    return sum(one.total for one in groups)
