"""What the line for a question offers, read in one snapshot in a thread."""

from importlib import import_module

from agentdesk.desk import Desk
from agentdesk.domain.fields import Entity
from agentdesk.queries import people, policies, questions, tags, views
from agentdesk.widgets.query_bar import Known


def read_known(desk: Desk, entity: Entity) -> Known:
    """Names, views and earlier questions; the grammar is loaded here, while somebody types."""
    import_module("agentdesk.domain.query.grammar")
    with desk.read() as read:
        agents = [one.handle for one in people.agents(read, active_only=True)]
        names = {"assignee": agents, "tags": tags.tag_names(read, entity)}
        asked = questions.asked_before(read, entity)
        if entity != "ticket":
            return Known(names, {}, asked)
        names["queue"] = [one.name for one in people.queues(read, active_only=True)]
        names["policy"] = [one.name for one in policies.policies(read)]
        return Known(names, {one.name: one.query for one in views.views(read)}, asked)
