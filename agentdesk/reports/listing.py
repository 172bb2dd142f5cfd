"""The commands that list what a page only counts or clips: typed as printed, each finds exactly the number said.

A command repeats the queue and the instant of the report. It lists tickets as they are when it is typed: `--as-of`
judges what is late or due as of then, and brings no old value back.
"""

import re
import shlex
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from agentdesk.domain.query.words import MAX_VALUES, NO_VALUE
from agentdesk.queries.queue_report import QueueFacts

OVERDUE = "is:breached"
LIMITS = "Commands list tickets as they are when typed; --as-of judges what is late or due as of then."
"""What a reader of an old page must know before comparing."""
_PLAIN = re.compile(r"\w[\w-]*", re.ASCII)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def list_command(facts: QueueFacts, *terms: str, sort: str = "") -> str:
    """The command that lists the open tickets of the report that meet some terms of the query language."""
    words = ["is:open", *terms]
    if facts.scope.queue is not None:
        words.append(f"queue:{_value(facts.scope.queue)}")
    order = f" --sort {sort}" if sort else ""
    return f"agentdesk ticket list {shlex.quote(' '.join(words))}{order} --as-of {_instant(facts.as_of)}"


def list_these(ids: Iterable[int]) -> str:
    """The command that lists tickets that no query describes; empty where there are more than a query can name."""
    listed = sorted(set(ids))
    return f"agentdesk ticket list id:{','.join(map(str, listed))}" if len(listed) <= MAX_VALUES else ""


def due_term(facts: QueueFacts) -> str:
    """What is not late yet and due until `facts.due_until`, as the report counts it."""
    ahead = facts.due_until - facts.as_of
    length = f"{ahead // _MINUTE}min" if ahead % _HOUR else f"{ahead // _HOUR}h"
    return f"due:<={length} -is:breached"


def _value(name: str) -> str:
    """A value of the query language that means exactly this name."""
    if _PLAIN.fullmatch(name) and name.lower() != NO_VALUE:
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _instant(instant: datetime) -> str:
    utc = instant.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}" if utc.second else f"{utc:%Y-%m-%dT%H:%MZ}"
