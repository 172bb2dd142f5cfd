"""What a merge would do, told before it is done: which words come along, which clocks end, who still owes an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from agentdesk.domain.merging import Side, customers_differ, why_no_source, why_no_target
from agentdesk.domain.safe_text import line
from agentdesk.domain.sla.telling import title
from agentdesk.domain.vocabulary import Status
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.queries.looking import who_else
from agentdesk.queries.ticket_detail import PARTS, TicketDetail, ticket_detail
from agentdesk.store.reader import Reader

NAMED = 6
"""Tickets that are named; of more, the number is told."""
_COUNTS = (
    f"{PARTS}SELECT count(*), coalesce(sum(CASE WHEN author_kind = 'customer' THEN 1 ELSE 0 END), 0), "
    "coalesce(sum(CASE WHEN visibility = 'internal' THEN 1 ELSE 0 END), 0) "
    "FROM part JOIN message ON message.ticket_id = part.id"
)
_FILES = f"{PARTS}SELECT count(*) FROM part JOIN attachment ON attachment.ticket_id = part.id"
_ASKED = (
    f"{PARTS}SELECT count(*) FROM part JOIN escalation ON escalation.ticket_id = part.id "
    "WHERE escalation.state IN ('requested', 'accepted')"
)
_DRAFTS = (
    "SELECT agent.handle FROM draft JOIN agent ON agent.id = draft.agent_id "
    "WHERE draft.ticket_id = :id ORDER BY agent.handle"
)


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One ticket of a merge.

    Attributes:
        clocks: those that run, by name.
        drafts: who has unsent words on it.
        writers: colleagues who are writing on it now, by name.
    """

    ticket: TicketDetail
    messages: int
    of_customer: int
    notes: int
    files: int
    asked: int
    clocks: tuple[str, ...]
    drafts: tuple[str, ...]
    writers: tuple[str, ...]

    @property
    def side(self) -> Side:
        """As far as merging cares."""
        one = self.ticket
        return Side(one.id, one.status, one.customer_id, one.is_spam, one.merged_into_id)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """A merge that has not happened.

    Attributes:
        refusal: why it cannot; empty where it can.
        is_across: whether the customers differ.
    """

    sources: tuple[MergeSide, ...]
    into: MergeSide
    refusal: str
    is_across: bool

    @property
    def opens(self) -> bool:
        """Whether the target opens again, because somebody waits on a source."""
        waits = any(one.ticket.waiting_since is not None for one in self.sources)
        return waits and self.into.ticket.status in (Status.PENDING, Status.ON_HOLD, Status.SOLVED)


def merge_plan(read: Reader, source_ids: Sequence[int], into_id: int) -> MergePlan | None:
    """The plan; None where one of the tickets is not there."""
    sides = [_side(read, one) for one in (into_id, *source_ids)]
    found = [one for one in sides if one is not None]
    if len(found) < len(sides):
        return None
    into, sources = found[0], tuple(found[1:])
    target = into.side
    refusal = why_no_target(target) or _why_no_sources(sources, target)
    return MergePlan(sources, into, refusal, customers_differ([one.side for one in sources], target))


def _why_no_sources(sources: Sequence[MergeSide], target: Side) -> str:
    """Why they cannot be merged: of several, how many and which, and the reason of the first; empty where they can."""
    unable = [(one.ticket.ref, why) for one in sources if (why := why_no_source(one.side, target))]
    if len(unable) < 2:
        return unable[0][1] if unable else ""
    named = ", ".join(ref for ref, _ in unable[:NAMED])
    more = f" and {len(unable) - NAMED} more" if len(unable) > NAMED else ""
    return f"{len(unable)} of {len(sources)} tickets cannot be merged: {named}{more}. {unable[0][1]}"


def _side(read: Reader, ticket_id: int) -> MergeSide | None:
    detail = ticket_detail(read, ticket_id)
    if detail is None:
        return None
    own = {"id": ticket_id}
    [(total, of_customer, notes)] = read.tuples(_COUNTS, own)
    return MergeSide(
        detail,
        int(total),
        int(of_customer),
        int(notes),
        int(read.value(_FILES, own)),
        int(read.value(_ASKED, own)),
        tuple(title(one) for one in ticket_clocks(read, ticket_id).clocks if one.is_running),
        tuple(str(handle) for (handle,) in read.tuples(_DRAFTS, own)),
        tuple(one.name for one in who_else(read, ticket_id, read.agent_id) if one.is_writing),
    )


def plan_lines(plan: MergePlan) -> list[str]:
    """The plan in sentences, one a line, for whoever decides; what is loud comes first."""
    into = plan.into
    lines = []
    if plan.is_across:
        people = dict.fromkeys(_customer(one) for one in (*plan.sources, into))
        lines.append(f"DIFFERENT CUSTOMERS: {' and '.join(people)}. Replies will go to {_customer(into)}.")
    lines += [_ends(one, into) for one in plan.sources]
    lines += [f"{one.ticket.ref}: clocks end: {', '.join(one.clocks)}." for one in plan.sources if one.clocks]
    if into.clocks:
        lines.append(f"{into.ticket.ref} keeps its clocks: {', '.join(into.clocks)}.")
    if plan.opens:
        lines.append(
            f"{into.ticket.ref} is {_word(into.ticket.status)} and opens: the customer waits for an answer."
        )
    for one in plan.sources:
        if one.asked:
            lines.append(
                f"{one.ticket.ref}: {_count(one.asked, 'escalation')} still open; the answer stays owed."
            )
        if one.drafts:
            lines.append(f"{one.ticket.ref}: unsent words of {', '.join(one.drafts)} stay there as a draft.")
    lines += [
        f"{one.ticket.ref}: {' and '.join(map(line, one.writers))} {'is' if len(one.writers) == 1 else 'are'} writing on it now."
        for one in (*plan.sources, into)
        if one.writers
    ]
    return lines


def _ends(one: MergeSide, into: MergeSide) -> str:
    parts = [
        _count(one.messages, "message"),
        *([_count(one.notes, "note") + " among them"] if one.notes else []),
        *([_count(one.files, "file")] if one.files else []),
    ]
    was = _word(one.ticket.status)
    return (
        f"{one.ticket.ref} closes (now {was}): {', '.join(parts)}, shown on {into.ticket.ref} from then on."
    )


def _customer(one: MergeSide) -> str:
    return one.ticket.customer or f"nobody ({one.ticket.ref})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _word(status: str) -> str:
    return status.replace("_", " ")
