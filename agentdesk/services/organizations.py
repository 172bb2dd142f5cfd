"""Organizations, found by folded name or added."""

from agentdesk.domain.actor import Permission
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.models import Organization
from agentdesk.store.change import Change


def find_or_add_organization(change: Change, name: str) -> Organization:
    """The organization of this name, added where there is none; upper and lower case are the same name."""
    change.actor.require(Permission.WORK)
    key = name_key(name)
    found = change.find(Organization, Organization.name_key == key)
    if found is None:
        found = Organization(name=name.strip(), name_key=key, created_at=change.at, updated_at=change.at)
        change.add(found)
        change.record(Event.ORGANIZATION_CREATED, found)
    return found
