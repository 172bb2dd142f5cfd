"""The clocks of tickets, brought in step at the end of every change and before it commits.

New tickets get their policy; whatever a change touched is computed anew from the whole journal, by the same pure
function that every face asks; and the place of the ticket in the queue follows from that.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from agentdesk.domain.attention import NO_TIER, NOTHING_PROMISED, nearest, promise_standing, tier_rank
from agentdesk.domain.events import Event
from agentdesk.domain.sla import SlaClock, clock_state
from agentdesk.domain.sla.standing import standing_of
from agentdesk.queries.past import chunks, when
from agentdesk.queries.policy_choice import Choice, choose_policies
from agentdesk.queries.rulebook import ALWAYS, Rulebook, rulebook
from agentdesk.queries.ticket_events import ticket_events
from agentdesk.services.clock_rows import clock_row, pause_rows
from agentdesk.store.change import Change
from agentdesk.store.derived import place_columns
from agentdesk.store.reader import Reader

_ANY = "SELECT 1 FROM sla_policy LIMIT 1"
_TIERS = (
    "SELECT ticket.id, ticket.tier_rank, customer.tier, organization.tier FROM ticket "
    "LEFT JOIN customer ON customer.id = ticket.customer_id "
    "LEFT JOIN organization ON organization.id = ticket.organization_id WHERE ticket.id IN ({ids})"
)
_INTO = "SELECT merged_into_id FROM ticket WHERE id IN ({ids}) AND merged_into_id IS NOT NULL"
_OPEN_OF = "SELECT id FROM ticket WHERE is_open AND {whose} IN ({ids})"
_CHOSEN = "SELECT id, created_at, policy_id, calendar_id, agreement_id FROM ticket WHERE id IN ({ids})"
_PLACED = (
    "SELECT id, priority, tier_rank, due_at, waiting_since, is_open, policy_id, next_due_at, next_metric, at_risk_at, "
    "critical_at, breach_at, attention_key FROM ticket WHERE id IN ({ids})"
)
_KEEP = ("next_due_at", "next_metric", "at_risk_at", "critical_at", "breach_at", "attention_key")
_FIELDS = ("policy_id", "calendar_id", "agreement_id")


def settle_clocks(change: Change) -> None:
    """Bring policies, clocks and places in the queue in step with everything that a change has written."""
    read, touches = change.reader(), change.touches
    ranked = _rank_tiers(change, read)
    if not read.value(_ANY):
        _place(change, read, ranked, {})
        return
    if change.undo_of_id is None:  # what is taken back or done again has its policy from the journal
        _choose(change, read, touches.new | touches.moved)
    change.put_down()
    touched = touches.tickets | ranked
    settle_tickets(change, touched | _wholes(read, touched))


def _wholes(read: Reader, ids: set[int]) -> set[int]:
    """The tickets that some are part of, through however many merges: what happens to a part moves their clocks too."""
    found: set[int] = set()
    asked = ids
    while asked:
        into = {int(one) for some in chunks(asked) for (one,) in read.tuples(_INTO.format(ids=some))}
        asked = into - found
        found |= asked
    return found


def settle_tickets(change: Change, ids: Iterable[int]) -> None:
    """Compute the clocks of some tickets from their journal, keep them, and place the tickets by them."""
    read = change.reader()
    rules = rulebook(read)
    for some in _some(sorted(ids)):
        stories = ticket_events(read, some, rules)
        clocks = {
            ticket_id: clock_state(stories.get(ticket_id, ()), ALWAYS, None, change.at) for ticket_id in some
        }
        _keep(change, clocks, rules)
        _place(change, read, some, clocks)


def give_policy(
    change: Change,
    ticket_id: int,
    before: Mapping[str, Any],
    choice: Choice | None,
    *,
    at: datetime | None = None,
    reason: str = "",
    is_main: bool = False,
) -> None:
    """Put a ticket under a policy, and journal it; None takes it from under any.

    Args:
        change: the transaction.
        ticket_id: the ticket.
        before: its `policy_id`, `calendar_id` and `agreement_id`.
        choice: what it counts by.
        at: from when on; from now on unless given.
        reason: why, for the timeline.
        is_main: somebody asked for this, and it does not only follow from something else.
    """
    after = {name: getattr(choice, name, None) for name in _FIELDS}
    moved = {name: value for name, value in after.items() if before[name] != value}
    if not moved:
        return
    table = SQLModel.metadata.tables["ticket"]
    change.session.connection().execute(table.update().where(table.c.id == ticket_id).values(**moved))
    row = {
        "entity": "ticket",
        "entity_id": ticket_id,
        "ticket_id": ticket_id,
        "at": at or change.at,
        "is_main": is_main,
        "reason": reason,
        "before": {name: before[name] for name in moved},
        "after": moved,
    }
    change.write_journal([row], Event.POLICY_GIVEN)


def _choose(change: Change, read: Reader, ids: set[int]) -> None:
    """Give each new ticket its policy from its creation on; one of another customer now, that customer's agreement."""
    if not ids:
        return
    rules = rulebook(read)
    chosen = choose_policies(read, ids)
    for some in chunks(ids):
        for ticket_id, created_at, *values in read.tuples(_CHOSEN.format(ids=some)):
            before = dict(zip(_FIELDS, values, strict=True))
            choice = chosen.get(ticket_id)
            if ticket_id not in change.touches.new:
                if not _is_same(rules, before["policy_id"], choice):
                    give_policy(change, ticket_id, before, choice)
            elif before["policy_id"] is None:
                give_policy(change, ticket_id, before, choice, at=when(created_at))


def _is_same(rules: Rulebook, policy_id: int | None, choice: Choice | None) -> bool:
    """Whether a ticket would stay under the policy it has, in whatever version: only a command moves it to another."""
    if policy_id is None or choice is None:
        return choice is None
    return rules.policies[policy_id].name == rules.policies[choice.policy_id].name


def _rank_tiers(change: Change, read: Reader) -> set[int]:
    """The tickets whose tier counts otherwise now, with their column set."""
    touches = change.touches
    ids = touches.new | touches.moved
    for whose, graded in (("customer_id", touches.retiered), ("organization_id", touches.regraded)):
        for some in chunks(graded):
            ids |= {int(one) for (one,) in read.tuples(_OPEN_OF.format(whose=whose, ids=some))}
    ranked: dict[int, int] = {}
    for some in chunks(ids):
        for ticket_id, now, customer, organization in read.tuples(_TIERS.format(ids=some)):
            rank = min(tier_rank(customer or ""), tier_rank(organization or ""), NO_TIER)
            if rank != now:
                ranked[ticket_id] = rank
    if ranked:
        change.sql(
            "UPDATE ticket SET tier_rank = :rank WHERE id = :id",
            [{"rank": rank, "id": ticket_id} for ticket_id, rank in ranked.items()],
        )
    return set(ranked)


def _keep(change: Change, clocks: Mapping[int, tuple[SlaClock, ...]], rules: Rulebook) -> None:
    """Make the rows of the clocks say what the clocks say; rows that do already are left alone."""
    connection = change.session.connection()
    tables = SQLModel.metadata.tables
    clock, pause, step = tables["sla_clock"], tables["sla_pause"], tables["sla_step"]
    wanted = {
        (ticket_id, one.metric.value, one.number): clock_row(ticket_id, one, rules)
        for ticket_id, own in clocks.items()
        for one in own
    }
    halts = [row for ticket_id, own in clocks.items() for one in own for row in pause_rows(ticket_id, one)]
    ids = list(clocks)
    held = {
        (row["ticket_id"], row["metric"], row["number"]): dict(row)
        for row in connection.execute(clock.select().where(clock.c.ticket_id.in_(ids))).mappings()
    }
    gone = [key for key in held if key not in wanted]
    fresh = [row for key, row in wanted.items() if held.get(key) != row]
    changed = [key for key in wanted if key in held and held[key] != wanted[key]]
    for key in (*gone, *changed):
        connection.execute(clock.delete().where(_is(clock, key)))
    for key in gone:  # what a clock that never was has set off may be set off anew
        connection.execute(step.delete().where(_is(step, key)))
    if fresh:
        connection.execute(clock.insert(), fresh)
    found = [
        dict(row) for row in connection.execute(pause.select().where(pause.c.ticket_id.in_(ids))).mappings()
    ]
    order = ("ticket_id", "metric", "number", "started_at")
    if sorted(found, key=lambda row: [row[name] for name in order]) != sorted(
        halts, key=lambda row: [row[name] for name in order]
    ):
        connection.execute(pause.delete().where(pause.c.ticket_id.in_(ids)))
        if halts:
            connection.execute(pause.insert(), halts)


def _is(table: Any, key: tuple[int, str, int]) -> Any:
    ticket_id, metric, number = key
    return (table.c.ticket_id == ticket_id) & (table.c.metric == metric) & (table.c.number == number)


def _place(
    change: Change, read: Reader, ids: Iterable[int], clocks: Mapping[int, tuple[SlaClock, ...]]
) -> None:
    """Put tickets where their clocks and promises have them stand; those that stand there are left alone."""
    table = SQLModel.metadata.tables["ticket"]
    connection = change.session.connection()
    for some in chunks(ids):
        for row in read.tuples(_PLACED.format(ids=some)):
            ticket_id, priority, tier, due_at, waiting_since, is_open, _, *kept = row
            own = [standing_of(one) for one in clocks.get(ticket_id, ())]
            standing = nearest([promise_standing(when(due_at)), *own]) if is_open else NOTHING_PROMISED
            wanted = place_columns(standing, priority, tier, when(waiting_since))
            held = dict(
                zip(
                    _KEEP,
                    (*map(when, kept[:1]), kept[1], *map(when, kept[2:5]), kept[5]),
                    strict=True,
                )
            )
            if wanted != held:
                connection.execute(table.update().where(table.c.id == ticket_id).values(**wanted))


def _some(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
