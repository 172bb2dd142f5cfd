"""What could be typed next: fields, then their values; the text itself is never judged here."""

from collections.abc import Mapping, Sequence

from agentdesk.domain.fields import FIELDS, Entity, Field, field_named
from agentdesk.domain.query.durations import NAMED_DAYS
from agentdesk.domain.query.words import FLAGS, MYSELF, NO_VALUE, ORDERS, THINGS

MOST = 20
_STOPS = ' ()"\t\n'


def complete(
    text: str,
    cursor: int | None = None,
    *,
    names: Mapping[str, Sequence[str]] | None = None,
    entity: Entity = "ticket",
) -> list[str]:
    """Whole tokens that the token at the cursor could become, likeliest first; empty where nothing fits.

    Args:
        text: the query so far.
        cursor: where the cursor stands, its end unless given.
        names: values the store knows, by field: `{"assignee": ["ana"], "queue": [...], "tags": [...]}`.
        entity: whose fields.
    """
    start, end = token_at(text, cursor)
    token = text[start:end]
    dash = "-" if token.startswith("-") else ""
    word, colon, typed = token.removeprefix("-").partition(":")
    if not colon:
        found = [name for name in _names(entity) if name.startswith(word.lower())] if word else []
        return [f"{dash}{name}:" for name in found][:MOST]
    kept, _, last = typed.rpartition(",")
    lead = f"{dash}{word}:{kept + ',' if kept else ''}"
    known = _values(word.lower(), entity, names or {})
    fitting = [value for value in known if value.lower().startswith(last.lower()) and value != last]
    return [lead + _written(value) for value in fitting][:MOST]


def token_at(text: str, cursor: int | None = None) -> tuple[int, int]:
    """Where the token that ends at the cursor begins, and the cursor itself."""
    end = len(text) if cursor is None else max(0, min(cursor, len(text)))
    start = end
    while start > 0 and text[start - 1] not in _STOPS:
        start -= 1
    return start, end


def replace_token(text: str, cursor: int | None, token: str) -> tuple[str, int]:
    """The text with the token at the cursor replaced, and where the cursor goes."""
    start, end = token_at(text, cursor)
    return text[:start] + token + text[end:], start + len(token)


def _names(entity: Entity) -> list[str]:
    return ["is", "has", "sort", *(one.name for one in FIELDS[entity].values() if one.searchable)]


def _values(name: str, entity: Entity, names: Mapping[str, Sequence[str]]) -> list[str]:
    fixed = {"is": [*FLAGS[entity]], "has": [*THINGS[entity]]}
    if name in fixed:
        return fixed[name]
    if name == "sort":
        return [f"{sign}{order}" for order in ORDERS[entity] for sign in ("", "-")]
    field = field_named(name, entity)
    return [] if field is None else [*_own_values(field), *names.get(field.name, ())]


def _own_values(field: Field) -> list[str]:
    if field.kind == "instant":
        return [*NAMED_DAYS, ">-1d", ">-7d", ">-30d", "<4h", "<1d", NO_VALUE]
    if field.kind == "agent":
        return [MYSELF, NO_VALUE]
    return [*field.choices] or (
        [NO_VALUE] if field.kind in ("queue", "tags", "organization", "policy") else []
    )


def _written(value: str) -> str:
    return f'"{value}"' if any(char in value for char in _STOPS + ",") else value
