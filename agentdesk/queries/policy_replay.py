"""A policy tried on the tickets of the last days that it would have been chosen for, read some hundred at a time.

Whom its conditions choose is asked of the tickets as they are now: who it is from and what it is about seldom changes.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from agentdesk.domain.sla.replay import Replay
from agentdesk.queries.policies import PolicyRow
from agentdesk.queries.policy_choice import choose_policies, current_calendar_id
from agentdesk.queries.policy_moves import Watch, rules_with
from agentdesk.queries.rulebook import rulebook
from agentdesk.queries.ticket_events import ticket_events
from agentdesk.store.reader import Reader

_SIZE = 500
_ENDED = (
    "SELECT id FROM ticket WHERE updated_at >= :since "
    "UNION SELECT ticket_id FROM sla_clock WHERE fulfilled_at >= :since ORDER BY 1"
)
"""A clock ends by something that happens to its ticket, also where the ticket has had no policy and so no row."""


def replay_policy(
    read: Reader, draft: PolicyRow, days: int, watch: Watch = lambda _done, _all: None
) -> Replay:
    """Try a version of a policy, or a draft of one, on the clocks that ended in the last days.

    Args:
        read: the snapshot; its present is where the period ends.
        draft: what is tried, in the version of its calendar that is in force.
        days: how long the period is.
        watch: told how far it is.
    """
    rules = rules_with(read, draft)
    book = rulebook(read)
    since = read.now - timedelta(days=days)
    replay = Replay(
        draft.as_policy(0), book.calendar(current_calendar_id(read, draft.calendar)), since, read.now
    )
    ids = [int(one) for (one,) in read.stream(_ENDED, {"since": since})]
    for start in range(0, len(ids), _SIZE):
        some = ids[start : start + _SIZE]
        own = _chosen(read, some, rules, draft)
        for ticket_id, events in ticket_events(read, own, book).items() if own else ():
            replay.add(ticket_id, events)
        watch(min(start + _SIZE, len(ids)), len(ids))
    return replay


def _chosen(read: Reader, ids: Sequence[int], rules: Sequence[PolicyRow], draft: PolicyRow) -> list[Any]:
    """Those that get the draft; what a policy before it in the order chooses is not its."""
    chosen = choose_policies(read, ids, rules)
    return [one for one in ids if (choice := chosen.get(one)) is not None and choice.policy_id == draft.id]
