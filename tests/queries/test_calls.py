"""What calls an agent, on both databases: what others did for them, and nothing else."""

from agentdesk.queries.calls import calls_since, heard_so_far


def test_a_ticket_given_by_somebody_else_calls_and_ones_own_hand_does_not(desk):
    from agentdesk import services
    from agentdesk.domain.actor import Actor
    from agentdesk.domain.vocabulary import Origin, Role

    with desk.change() as change:
        zoe = services.add_agent(change, handle="zoe", name="Zoe", role=Role.AGENT).id
        one, two, three = (services.create_ticket(change, subject=f"No {n}").id for n in (1, 2, 3))
    with desk.read() as read:
        heard = heard_so_far(read)
    me = desk.actor.id
    with desk.change() as change:
        services.assign_ticket(change, one, to=me)
    as_zoe = Actor(zoe, "zoe", "Zoe", Role.AGENT)
    with desk.store.change(desk.clock, as_zoe, Origin.CLI) as change:
        services.assign_ticket(change, two, to=me)
        services.assign_ticket(change, three, to=zoe)
    with desk.store.change(desk.clock, as_zoe, Origin.CLI) as change:
        services.escalate_ticket(
            change, three, kind="functional", reason_code="skill", ask="Can you look?", to_agent_id=me
        )
    with desk.read() as read:
        found = calls_since(read, heard)
        assert [one.ticket_id for one in found] == [two, three]
        assert found[0].told.endswith("is yours: No 2")
        assert calls_since(read, heard_so_far(read)) == []
