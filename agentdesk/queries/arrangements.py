"""How an agent has a list arranged: its order, its headings and its columns, view by view."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from agentdesk.store.reader import Reader

KEY: Final = "queue.arranged"
"""Of the setting that keeps them all."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What an agent chose for a view; what is None follows the view.

    Attributes:
        sort: a key of `tickets.SORTS`, with `-` in front where it is turned round.
        group: `queue`, `customer`, or empty for no headings.
        columns: keys of columns in their order; none are the usual ones.
    """

    sort: str | None = None
    group: str | None = None
    columns: tuple[str, ...] | None = None

    def kept(self) -> dict[str, Any]:
        """As it is kept: what was chosen and no more."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def arrangements(read: Reader) -> dict[str, Arrangement]:
    """What the agent who looks has chosen, by the id of the view; what cannot be read is as if it was not there."""
    sql = "SELECT value FROM setting WHERE agent_id = :agent_id AND key = :key"
    value = read.value(sql, {"agent_id": read.agent_id, "key": KEY})
    try:
        told = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return {}
    if not isinstance(told, Mapping):
        return {}
    return {str(view): _arrangement(one) for view, one in told.items() if isinstance(one, Mapping)}


def _arrangement(told: Mapping[str, Any]) -> Arrangement:
    sort, group, columns = told.get("sort"), told.get("group"), told.get("columns")
    return Arrangement(
        sort if isinstance(sort, str) else None,
        group if isinstance(group, str) else None,
        tuple(map(str, columns)) if isinstance(columns, list) else None,
    )
