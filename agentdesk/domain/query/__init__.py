"""The query language: one grammar for lists, views, rules, reports, exports and the command line."""

from agentdesk.domain.query.ast import Query
from agentdesk.domain.query.completion import complete
from agentdesk.domain.query.errors import QueryError
from agentdesk.domain.query.parser import parse

__all__ = ["Query", "QueryError", "complete", "parse"]
