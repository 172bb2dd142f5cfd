"""The questions of the built-in views as trees, so that the first page and its counts need no grammar.

A test reads each of them and compares.
"""

from collections.abc import Mapping
from typing import Final

from agentdesk.domain.query.ast import And, Is, Match, Or, Query

PREPARED: Final[Mapping[str, Query]] = {
    "is:open": Query(Is("open", 3)),
    "assignee:me is:open": Query(And((Match("assignee", ("me",)), Is("open", 15)))),
    "assignee:none is:open": Query(And((Match("assignee", (None,)), Is("open", 17)))),
    "is:breached OR is:critical OR is:at_risk": Query(
        Or((Is("breached", 3), Is("critical", 18), Is("at_risk", 33)), 3)
    ),
    "is:escalated_to_me": Query(Is("escalated_to_me", 3)),
    "is:open is:mentioned": Query(And((Is("open", 3), Is("mentioned", 11)), 3)),
    "status:pending,on_hold": Query(Match("status", ("pending", "on_hold"))),
}
