"""Which tickets can become one, and in which words it is refused.

Merging moves nothing: the source is closed and points at its target, every message keeps the ticket it was said on.
So a merge can be taken apart at any time, and neither side loses what it got meanwhile.
"""

from collections.abc import Collection
from dataclasses import dataclass

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import LinkKind, Status

SYMMETRIC = frozenset({LinkKind.DUPLICATE, LinkKind.RELATED})
"""Links that say the same from both ends, and are kept once."""
LINK_WORDS: dict[LinkKind, tuple[str, str]] = {
    LinkKind.DUPLICATE: ("duplicate of", "duplicate of"),
    LinkKind.RELATED: ("related to", "related to"),
    LinkKind.CAUSED_BY: ("caused by", "cause of"),
    LinkKind.SPLIT_FROM: ("split from", "split into"),
}
"""How a link reads before the ticket at its other end: from its first ticket, and from its second."""


class MergeError(AgentDeskError):
    """Tickets cannot become one, or be taken apart, as they stand."""


class LinkError(AgentDeskError):
    """A link cannot be made, or is not there."""


class DifferentCustomersError(MergeError):
    """The tickets belong to different customers, and nobody has said yet that they shall become one all the same."""


@dataclass(frozen=True, slots=True)
class Side:
    """A ticket, as far as merging cares."""

    id: int
    status: str
    customer_id: int | None
    is_spam: bool
    merged_into_id: int | None

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.id)


def why_no_target(into: Side) -> str:
    """Why nothing can be merged into a ticket; empty where it can."""
    if into.merged_into_id is not None:
        there = ticket_ref(into.merged_into_id)
        return f"{into.ref} is part of {there} already: merge into {there}."
    if into.is_spam:
        return f"{into.ref} is spam: nothing is merged into it."
    if into.status == Status.CLOSED:
        return f"{into.ref} is closed: nothing can be merged into it. Write a follow-up of it, and merge into that."
    return ""


def why_no_source(source: Side, into: Side) -> str:
    """Why a ticket cannot be merged into another; empty where it can."""
    if source.id == into.id:
        return f"{source.ref} cannot be merged into itself."
    if source.merged_into_id is not None:
        there = ticket_ref(source.merged_into_id)
        if source.merged_into_id == into.id:
            return f"{source.ref} is part of {there} already."
        return f"{source.ref} is part of {there} already: take it out of there first."
    if source.is_spam:
        return f"{source.ref} is spam: it is not merged."
    if source.status == Status.CLOSED:
        return f"{source.ref} is closed: link it instead."
    return ""


def customers_differ(sources: Collection[Side], into: Side) -> bool:
    """Whether the words of one customer would come to stand on the ticket of another."""
    return any(
        None not in (one.customer_id, into.customer_id) and one.customer_id != into.customer_id
        for one in sources
    )


def link_words(kind: str, *, is_first: bool) -> str:
    """`caused by`, read before the ticket at the other end; `is_first` where this one is the first of the link."""
    return LINK_WORDS[LinkKind(kind)][0 if is_first else 1]


def subject_of(body: str, longest: int = 80) -> str:
    """What a message may be called: its first line that is no greeting."""
    lines = [" ".join(one.split()) for one in body.splitlines() if one.strip()]
    told = [one for one in lines if not (len(one) < 40 and one.endswith((",", "!")))] or lines or [""]
    return told[0] if len(told[0]) <= longest else f"{told[0][: longest - 1].rstrip()}…"
