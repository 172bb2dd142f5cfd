"""Whether a question can only find tickets that are not solved yet: then how many of all open ones it holds can be said."""

from typing import Final

from agentdesk.domain.query import ast
from agentdesk.domain.vocabulary import UNSOLVED

_STATUSES: Final = frozenset(map(str, UNSOLVED))
_OPEN: Final = frozenset({"open", "breached", "critical", "at_risk", "escalated_to_me"})
"""States of unsolved tickets alone."""


def finds_open_alone(node: ast.Node | None) -> bool:
    """True where the tree itself says so; what is not told by it counts as not."""
    match node:
        case ast.Is(flag=flag):
            return flag in _OPEN
        case ast.Match(name="status", values=values):
            return _STATUSES.issuperset(values)
        case ast.And(parts=parts):
            return any(map(finds_open_alone, parts))
        case ast.Or(parts=parts):
            return all(map(finds_open_alone, parts))
        case _:
            return False
