"""Turns the words of options and arguments into values without Pydantic, which alone would take a third of a run.

Typer asks each parameter for its converter through `get_runtime_param`; here it is answered. Should Typer stop asking,
its own conversion takes over and only the time is lost.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import typer

LARGEST = 10**15
"""No count and no number of a row comes near; databases refuse what has more than 63 bits."""


@dataclass(frozen=True, slots=True)
class PlainValue:
    """Converts to one of the few types that our commands use."""

    kind: type[Any]
    is_list: bool

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of a word, or of each of several.

        Raises:
            BadParameter: the word is none; Typer's own class, so that the place is named.
        """
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if self.is_list:
            return [self._one(word, param, ctx) for word in value]
        return self._one(value, param, ctx)

    def _one(self, word: Any, param: Any, ctx: Any) -> Any:
        if isinstance(word, self.kind):
            return word
        if issubclass(self.kind, Enum):
            words = [str(one.value) for one in self.kind]
            if word not in words:
                raise typer.BadParameter(f"“{word}” is none of {', '.join(words)}", ctx=ctx, param=param)
        if self.kind is int:
            return _whole_number(word, param, ctx)
        return self.kind(word)


def spare_pydantic(params: list[Any]) -> list[Any]:
    """The same parameters, those of a simple type with our converter; others keep Typer's."""
    for param in params:
        kind: Any = param.type_descriptor.annotation
        is_list = bool(param.type_descriptor.is_list)
        if is_list:
            kind = kind.__args__[0]
        if isinstance(kind, type) and (kind in (str, int, Path, bool) or issubclass(kind, Enum)):
            param.get_runtime_param = _always(PlainValue(kind, is_list))
    return params


def _always(converter: PlainValue) -> Any:
    return lambda: converter


def _whole_number(word: Any, param: Any, ctx: Any) -> int:
    try:
        number = int(word)
    except ValueError:
        raise typer.BadParameter(f"“{word}” is no whole number", ctx=ctx, param=param) from None
    if abs(number) > LARGEST:
        raise typer.BadParameter("this number is too large", ctx=ctx, param=param)
    if param.min is not None and number < param.min:
        raise typer.BadParameter(f"it must be at least {param.min}", ctx=ctx, param=param)
    return number
