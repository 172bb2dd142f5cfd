"""What could be typed next, and what it means; the text itself is never judged here."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from agentdesk.domain.fields import FIELDS, RELATIONS, Entity, Field, field_named
from agentdesk.domain.query.ast import quote
from agentdesk.domain.query.durations import NAMED_DAYS
from agentdesk.domain.query.words import ALIASES, FLAGS, MYSELF, NO_VALUE, ORDERS, THINGS

MOST = 20
VIEW: Final = "view"
"""Before the name of a view: no field, but a short way to write its question."""
_STOPS = ' ()"\t\n'
_VIEW = re.compile(r'(?<![^\s(-])view:(?:"([^"]*)"|([^\s()"]+))', re.IGNORECASE)
_FIRST: Final = ("is", "has", "assignee", "queue", "status", "priority", "due", "tags", "customer")
"""Fields that are asked for most."""


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
        names: values the store knows, by field: `{"assignee": ["ana"], "queue": [...], "tags": [...]}`; under `view`
            the views that `put_views` knows.
        entity: whose fields.
    """
    start, end = token_at(text, cursor)
    token = text[start:end]
    dash = "-" if token.startswith("-") else ""
    word, colon, typed = token.removeprefix("-").partition(":")
    known = names or {}
    if not colon:
        listed = [*_names(entity), *([VIEW] if VIEW in known else [])]
        found = [name for name in listed if name.startswith(word.lower())] if word else []
        return [f"{dash}{name}:" for name in found][:MOST]
    kept, _, last = typed.rpartition(",")
    lead = f"{dash}{word}:{kept + ',' if kept else ''}"
    values = _values(word.lower(), entity, known)
    fitting = [value for value in values if value.lower().startswith(last.lower()) and value != last]
    return [lead + _written(value) for value in fitting][:MOST]


def following(text: str, cursor: int | None = None, *, entity: Entity = "ticket") -> list[str]:
    """Words that may begin where no token has begun: what joins conditions, then the fields."""
    before = text[: token_at(text, cursor)[0]]
    last = before.split()[-1] if before.strip() else ""
    begins = not last or last.endswith("(") or last in ("AND", "OR", "NOT")
    joins = [] if begins else ["OR"]
    closes = [")"] if not begins and before.count("(") > before.count(")") else []
    names = [*_FIRST, *(one for one in _names(entity) if one not in _FIRST)]
    known = [one for one in names if one in _names(entity) and f"{one}:" not in before.split()]
    return [*joins, *closes, "NOT", "(", *(f"{one}:" for one in known)]


def explain(token: str, entity: Entity = "ticket") -> str:
    """What a whole token means, where there is more to say than the token says; else empty."""
    word, _, value = token.removeprefix("-").partition(":")
    typed = value.lower().replace("-", "_")
    if word == "is":
        return FLAGS[entity].get(ALIASES.get(typed, typed), "")
    if word == "has":
        return THINGS[entity].get(typed, "")
    field = _field(word, entity)
    if value or field is None:
        return ""
    return (
        f"{field.label}: {', '.join(field.choices)}" if field.choices else _ABOUT.get(field.kind, field.label)
    )


def put_views(text: str, queries: Mapping[str, str]) -> str:
    """The text with the question of each view in place of `view:NAME`; what names no view stays.

    Args:
        text: as people type it.
        queries: the question of each view by its name.
    """
    known = {name.casefold(): query for name, query in queries.items()}

    def put(found: "re.Match[str]") -> str:
        query = known.get((found[1] or found[2]).casefold())
        if query is None:
            return found[0]
        return query if found[0] == text.strip() else f"({query})"

    return _VIEW.sub(put, text)


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
    fields = [one.name for one in FIELDS[entity].values() if one.searchable]
    return ["is", "has", "sort", *fields, *RELATIONS[entity]]


def _field(name: str, entity: Entity) -> Field | None:
    return RELATIONS[entity].get(name) or field_named(name, entity)


def _values(name: str, entity: Entity, names: Mapping[str, Sequence[str]]) -> list[str]:
    fixed = {"is": [*FLAGS[entity]], "has": [*THINGS[entity]], VIEW: [*names.get(VIEW, ())]}
    if name in fixed:
        return fixed[name]
    if name == "sort":
        return [f"{sign}{order}" for order in ORDERS[entity] for sign in ("", "-")]
    field = _field(name, entity)
    if field is None:
        return []
    known = names.get("assignee" if field.kind == "agent" else field.name, ())
    return [*_own_values(field), *known]


def _own_values(field: Field) -> list[str]:
    if field.kind == "instant":
        return [*NAMED_DAYS, ">-1d", ">-7d", ">-30d", "<4h", "<1d", NO_VALUE]
    if field.kind == "agent":
        return [MYSELF, NO_VALUE]
    return [*field.choices] or (
        [NO_VALUE] if field.kind in ("queue", "tags", "organization", "policy") else []
    )


def _written(value: str) -> str:
    return quote(value) if any(char in value for char in _STOPS + ",") else value


_ABOUT: Final[Mapping[str, str]] = {
    "instant": "today, -7d, <4h, 2026-03-02 or 2026-03-01..2026-03-07",
    "number": "a number, >2 or 1..3",
    "customer": "a number, an address or words of a name",
    "organization": "words of its name, or none",
    "agent": "me, none or a name",
}
"""What is written after the colon, by the kind of the field."""
