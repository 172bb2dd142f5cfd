"""What the palette finds by its name, on both databases."""

from datetime import UTC, datetime

from agentdesk.queries.named import named_things


def test_views_macros_articles_and_agents_are_found_by_name_and_those_of_others_are_not(desk):
    from agentdesk.domain.events import Event
    from agentdesk.models import Agent, Article, Macro

    with desk.change() as change:
        other = change.add(Agent(handle="other", name="O. Ther", role="agent"))
        change.record(Event.AGENT_CHANGED, other)
        for row in (
            Macro(name="Shared", category="billing"),
            Macro(name="Theirs", agent_id=other.id),
            Macro(name="Gone", is_active=False),
            Article(title="Refunds", created_at=datetime(2026, 3, 1, tzinfo=UTC)),
        ):
            change.record(Event.SETTING_CHANGED, change.add(row))
    with desk.read() as read:
        found = {(one.kind, one.name, one.about) for one in named_things(read)}
    assert ("macro", "Shared", "billing") in found
    assert ("article", "Refunds", "") in found
    assert ("agent", "other O. Ther", "agent") in found
    assert ("view", "All open", "is:open") in found
    assert not {"Theirs", "Gone"} & {name for _, name, _ in found}
