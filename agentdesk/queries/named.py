"""What the palette finds by its name: views, macros, articles and agents, each with a word about it."""

from dataclasses import dataclass
from typing import Final

from agentdesk.queries.views import views
from agentdesk.store.reader import Reader

MOST: Final = 2_000
"""Articles that are offered by their title; all of them are found by the search for articles."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing with a name.

    Attributes:
        kind: `view`, `macro`, `article` or `agent`.
        key: its id; the id of a view and the handle of an agent.
        name: what people call it.
        about: said beside it.
    """

    kind: str
    key: int | str
    name: str
    about: str


_MACROS: Final = (
    "SELECT 'macro' AS kind, id AS key, name, category AS about FROM macro "
    "WHERE is_active AND (agent_id IS NULL OR agent_id = :me) ORDER BY name"
)
_ARTICLES: Final = "SELECT 'article' AS kind, id AS key, title AS name, category AS about FROM kb_article ORDER BY updated_at DESC LIMIT :most"
_AGENTS: Final = "SELECT 'agent' AS kind, handle AS key, handle || ' ' || name AS name, role AS about FROM agent WHERE is_active ORDER BY handle"


def named_things(read: Reader) -> list[Named]:
    """All of them, for the agent who looks."""
    me = {"me": read.agent_id if read.agent_id is not None else -1}
    return [
        *(Named("view", one.id, one.name, one.query) for one in views(read)),
        *read.rows(Named, _MACROS, me),
        *read.rows(Named, _ARTICLES, {"most": MOST}),
        *read.rows(Named, _AGENTS),
    ]
