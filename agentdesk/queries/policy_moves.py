"""Which open tickets would come under another policy, version or calendar by the rules as they are, or by a draft.

An edit moves nothing that runs. This says what a command would move; the same is done by `services/policy_moves.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from agentdesk.domain.identity import name_key
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.sla.moves import ClockMove, moved_clocks
from agentdesk.queries.calendars import ALWAYS as ALWAYS_OPEN
from agentdesk.queries.filters import compile_query
from agentdesk.queries.policies import PolicyRow, policies, policy_by_name, policy_versions
from agentdesk.queries.policy_choice import UTC_ZONE, Choice, choose_policies
from agentdesk.queries.rulebook import Rulebook, rulebook
from agentdesk.queries.ticket_events import ticket_events
from agentdesk.queries.tickets import Where
from agentdesk.store.reader import Reader

Watch = Callable[[int, int], None]
"""Told how many tickets were looked at, and of how many."""
CHOSEN: Final = ("policy_id", "calendar_id", "agreement_id")
"""The columns of a ticket that say what it counts by."""
_SIZE = 500
_OPEN = (
    "SELECT ticket.id, ticket.policy_id, ticket.calendar_id, ticket.agreement_id FROM ticket "
    "WHERE ticket.is_open AND ticket.id > :after_id AND ({where}) ORDER BY ticket.id LIMIT :size"
)
_HOW_MANY = "SELECT count(*) FROM ticket WHERE ticket.is_open AND ({where})"
_RUNNING = "SELECT count(*) FROM sla_clock WHERE is_running AND ticket_id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Named:
    """What a ticket counts by, as people call it; empty where there is none."""

    policy: str
    calendar: str
    why: str

    @property
    def told(self) -> str:
        """`Standard@2 in UK@1`."""
        return f"{self.policy} in {self.calendar}" if self.policy else "no policy"


@dataclass(frozen=True, slots=True)
class TicketMove:
    """A ticket that would count by something else."""

    ticket_id: int
    held: Mapping[str, Any]
    """The columns of `CHOSEN` as they are."""
    choice: Choice | None
    before: Named
    after: Named
    clocks: tuple[ClockMove, ...]
    """Every clock that runs before or after."""

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.ticket_id)


@dataclass(slots=True)
class Moves:
    """The tickets that a set of rules would move, read some hundred at a time.

    Attributes:
        read: the snapshot.
        name: only tickets that would come under or leave this policy; all of them where it is empty.
        draft: a version to put in the place of the one in force.
        where: only these tickets.
        stays: running clocks of tickets under the policy that nothing moves, once all was read.
    """

    read: Reader
    name: str = ""
    draft: PolicyRow | None = None
    where: Where = field(default_factory=Where)
    stays: int = 0

    def tickets(self, watch: Watch = lambda _done, _all: None) -> Iterator[TicketMove]:
        """Each ticket that moves, by number."""
        names = _Names(self.read, self.draft)
        total = int(self.read.value(_HOW_MANY.format(where=self.where.sql), self.where.params))
        done, last = 0, 0
        while rows := self.read.tuples(
            _OPEN.format(where=self.where.sql), {**self.where.params, "after_id": last, "size": _SIZE}
        ):
            yield from self._some(rows, names)
            done, last = done + len(rows), rows[-1][0]
            watch(done, total)

    def _some(self, rows: Sequence[tuple[Any, ...]], names: "_Names") -> Iterator[TicketMove]:
        chosen = choose_policies(self.read, [row[0] for row in rows], names.rules)
        moving: dict[int, dict[str, Any]] = {}
        staying: list[int] = []
        for ticket_id, *values in rows:
            held = dict(zip(CHOSEN, values, strict=True))
            choice = chosen.get(ticket_id)
            if not self._is_concerned(names, held["policy_id"], choice):
                continue
            if held == {name: getattr(choice, name, None) for name in CHOSEN}:
                staying.append(ticket_id)
            else:
                moving[ticket_id] = held
        if staying:
            self.stays += int(self.read.value(_RUNNING.format(ids=",".join(map(str, staying)))))
        stories = ticket_events(self.read, moving, names.book) if moving else {}
        for ticket_id, held in moving.items():
            choice = chosen.get(ticket_id)
            policy = None if choice is None else names.book.policies[choice.policy_id]
            calendar = names.book.calendar(None if choice is None else choice.calendar_id)
            clocks = moved_clocks(stories.get(ticket_id, ()), policy, calendar, self.read.now)
            yield TicketMove(
                ticket_id,
                held,
                choice,
                names.of(held["policy_id"], held["calendar_id"], held["agreement_id"]),
                names.of(choice.policy_id, choice.calendar_id, choice.agreement_id)
                if choice
                else names.of(None, None, None),
                clocks,
            )

    def _is_concerned(self, names: "_Names", held: int | None, choice: Choice | None) -> bool:
        if not self.name:
            return True
        key = name_key(self.name)
        return key in (names.key(held), names.key(choice.policy_id if choice else None))


def asked_moves(read: Reader, name: str, query: str) -> Moves:
    """The tickets that the rules as they are would move, of those that a line asks for.

    Args:
        read: the snapshot.
        name: only tickets that come under or leave this policy, which may be retired; all where it is empty.
        query: only tickets that it finds.

    Raises:
        NotFoundError: there is no such policy.
        QueryError: the text is no query.
    """
    if name and not policy_versions(read, name):
        policy_by_name(read, name)  # refuses, and says what was probably meant
    return Moves(read, name, where=compile_query(read, query, UTC_ZONE).where)


class _Names:
    """The rules to choose by, and what their versions are called."""

    def __init__(self, read: Reader, draft: PolicyRow | None) -> None:
        self.rules = rules_with(read, draft)
        self._policies = {one.id: one for one in [*policies(read, every=True), *self.rules]}
        self.book = _with(rulebook(read), self.rules)

    def key(self, policy_id: int | None) -> str:
        """The folded name of a policy by the row of a version."""
        return "" if policy_id is None else name_key(self._policies[policy_id].name)

    def of(self, policy_id: int | None, calendar_id: int | None, agreement_id: int | None) -> Named:
        """What a ticket counts by, in names."""
        if policy_id is None:
            return Named("", "", "no policy holds for it")
        policy = self._policies[policy_id]
        calendar = self.book.calendar(calendar_id).name if calendar_id is not None else ALWAYS_OPEN[0]
        return Named(policy.ref, calendar, said_why(policy.conditions, agreement_id))


def rules_with(read: Reader, draft: PolicyRow | None) -> list[PolicyRow]:
    """The policies in force, a draft in the place of its own version in force."""
    rules = policies(read)
    if draft is None:
        return rules
    return [*(one for one in rules if name_key(one.name) != name_key(draft.name)), draft]


def said_why(conditions: str, agreement_id: int | None) -> str:
    """Why a ticket has its policy: the agreement that names it, else the conditions it met."""
    return f"agreement {agreement_id}" if agreement_id is not None else conditions or "all tickets"


def _with(book: Rulebook, rules: Sequence[PolicyRow]) -> Rulebook:
    """The rulebook with what is in no store yet."""
    return replace(book, policies={**book.policies, **{one.id: one.as_policy(0) for one in rules}})
