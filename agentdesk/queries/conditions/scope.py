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
    """One query while it is compiled; `params` grows with every `bind`.

    Attributes:
        is_open: the query is about unsolved tickets only, so that walking all of them is cheap.
        filters: see `Where.filters`.
        ranges: conditions that are filters too where `is_open`.
    """

    read: Reader
    zone: ZoneInfo
    table: Entity
    prefix: str = "q"
    params: dict[str, Any] = field(default_factory=dict)
    is_open: bool = False
    filters: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)

    def bind(self, value: Any) -> str:
        """A parameter that holds the value: `:q0`."""
        name = self.name(value)
        return f":{name}"

    def name(self, value: Any) -> str:
        """The same without its colon."""
        name = f"{self.prefix}{len(self.params)}"
        self.params[name] = value
        return name

    def listed(self, column: str, values: list[Any]) -> str:
        """The column holds one of the values."""
        marks = [self.bind(value) for value in values]
        return f"{column} = {marks[0]}" if len(marks) == 1 else f"{column} IN ({', '.join(marks)})"

    def one_of(self, column: str, values: list[Any]) -> str:
        """The same for a column many rows share a value of: several values are a filter, see `Where.filters`."""
        condition = self.listed(column, values)
        if len(values) > 1:
            self.filters.append(condition)
        return condition

    def limit(self, column: str, sign: str, value: Any) -> str:
        """One end of a range; in the queue of unsolved tickets it is a filter too."""
        condition = f"{column} {sign} {self.bind(value)}"
        self.ranges.append(condition)
        return condition


def stamp(instant: datetime) -> str:
    """The instant as the beginning of an attention key: digits that sort by time, to the second."""
    return f"{instant:%Y%m%d%H%M%S}"
