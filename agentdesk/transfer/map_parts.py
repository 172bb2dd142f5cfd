"""The parts a map is checked by: keys that are known, texts that are texts, and the refusal that names the place."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.ticket_fields import fold_word


class MapError(FileRefusedError):
    """A map that cannot be followed; nothing was read or written."""

    def __init__(self, label: str, where: str, reason: str, hint: str = "") -> None:
        place = f"{label}, {where}" if where else label
        super().__init__(f"{place}: {reason}." + (f" {hint}" if hint else ""))


def refuse_unknown(label: str, where: str, name: str, known: Iterable[str]) -> MapError:
    """The refusal of a name that is not among those known, with the nearest one."""
    names = list(known)
    folded = {fold_word(one): one for one in names}
    near = get_close_matches(fold_word(name), list(folded), n=1, cutoff=0.5)
    hint = f"Did you mean {folded[near[0]]!r}?" if near else f"Known: {', '.join(names[:40])}."
    return MapError(label, where, f"{name!r} is not known", hint)


def check_keys(label: str, where: str, told: Mapping[str, Any], known: Sequence[str]) -> None:
    """Refuse a key that is not known."""
    for name in told:
        if name not in known:
            raise refuse_unknown(label, where, name, known)


def read_text(label: str, where: str, told: Mapping[str, Any], key: str, default: str = "") -> str:
    """A text, trimmed unless it is a delimiter; the default where the key is missing."""
    value = told.get(key, default)
    if not isinstance(value, str):
        raise MapError(label, f"{where} {key}", "a text in quotes is needed")
    return value.strip() if key != "delimiter" else value


def read_texts(label: str, where: str, value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise MapError(label, where, "a list of texts in quotes is needed")
    return tuple(value)


def read_columns(label: str, where: str, told: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """One text or several; nothing where the key is missing."""
    value = told.get(key, [])
    if isinstance(value, str):
        value = [value] if value.strip() else []
    return read_texts(label, f"{where} {key}", value)


def read_flag(label: str, where: str, told: Mapping[str, Any], key: str) -> bool:
    """True or false; false where the key is missing."""
    value = told.get(key, False)
    if not isinstance(value, bool):
        raise MapError(label, f"{where} {key}", "true or false is needed, without quotes")
    return value
