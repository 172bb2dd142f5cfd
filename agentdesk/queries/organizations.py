"""One organization by what people call it; a doubtful name is never guessed."""

from dataclasses import dataclass

from agentdesk.domain.errors import AmbiguousError, NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest
from agentdesk.queries.people import named
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """An organization and what it is called."""

    id: int
    name: str


_BY_KEY = "SELECT id, name FROM organization WHERE name_key = :key"
_ALL = "SELECT id, name FROM organization ORDER BY name_key, id"
_SHOWN = 8


def organization_by_name(read: Reader, text: str) -> OrganizationName:
    """The organization called `text`, or whose name begins with it.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
        AmbiguousError: several are.
    """
    if (whole := read.row(OrganizationName, _BY_KEY, {"key": name_key(text)})) is not None:
        return whole
    everyone = read.rows(OrganizationName, _ALL)
    found = named(text, everyone, lambda one: (one.name,))
    if len(found) > 1:
        raise AmbiguousError("organization", text, [one.name for one in found[:_SHOWN]])
    if not found:
        raise NotFoundError(
            "organization", text, suggest(text, [(one.name, one.name) for one in everyone], listed=_SHOWN)
        )
    return found[0]
