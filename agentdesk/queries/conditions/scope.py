"""What every condition is compiled in: the snapshot it asks, the table it is over, the values it binds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.fields import Entity
from agentdesk.store.reader import Reader

NOTHING = "1 = 0"


@dataclass(slots=True)
class Scope:
    """One query while it is compiled; `params` grows with every `bind`."""

    read: Reader
    zone: ZoneInfo
    table: Entity
    prefix: str = "q"
    params: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        """A parameter that holds the value: `:q0`."""
        name = self.name(value)
        return f":{name}"

    def name(self, value: Any) -> str:
        """The same without its colon."""
        name = f"{self.prefix}{len(self.params)}"
        self.params[name] = value
        return name

    def listed(self, values: list[Any]) -> str:
        """`= :q0` for one value, `IN (:q0, :q1)` for several."""
        marks = [self.bind(value) for value in values]
        return f"= {marks[0]}" if len(marks) == 1 else f"IN ({', '.join(marks)})"


def stamp(instant: datetime) -> str:
    """The instant as the beginning of an attention key: digits that sort by time, to the second."""
    return f"{instant:%Y%m%d%H%M%S}"
