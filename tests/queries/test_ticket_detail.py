"""One ticket whole, and its history in sentences."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import FieldChange
from agentdesk.queries import escalations as asked_about
from agentdesk.queries import ticket_detail as reads
from tests.queries.world import NOW


def opened(desk: Desk) -> int:
    with desk.change() as change:
        customer = services.create_customer(change, name="Čeda", email="ceda@x.test", organization="Šola")
        ticket = services.create_ticket(
            change,
            subject="Cup is broken",
            customer_id=customer.id,
            body="It leaks.",
            queue_id=1,
            tags=["cup"],
        )
    assert ticket.id is not None
    return ticket.id


def test_the_names_behind_the_ids_are_told(desk: Desk) -> None:
    number = opened(desk)
    with desk.change() as change:
        services.assign_ticket(change, number, to=2)
    with desk.read() as read:
        detail = reads.ticket_detail(read, number)
        assert detail is not None
        assert (detail.ref, detail.queue, detail.assignee, detail.assignee_name) == (
            f"T-{number}",
            "Support",
            "ben",
            "Ben",
        )
        assert (detail.customer, detail.customer_email, detail.organization) == (
            "Čeda",
            "ceda@x.test",
            "Šola",
        )
        assert (detail.tags, detail.is_open, detail.extra, detail.created_at) == (("cup",), True, {}, NOW)
        assert reads.ticket_detail(read, 9) is None


def test_messages_come_oldest_first_with_their_authors(desk: Desk, clock: FixedClock) -> None:
    number = opened(desk)
    clock.instant = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    with desk.change() as change:
        services.add_note(change, number, "Ask the warehouse.")
    with desk.read() as read:
        told = [
            (one.author, one.author_kind, one.visibility, one.body) for one in reads.messages(read, number)
        ]
    assert told == [
        ("Čeda", "customer", "public", "It leaks."),
        ("Ana", "agent", "internal", "Ask the warehouse."),
    ]


def test_an_escalation_says_who_asked_whom(desk: Desk) -> None:
    number = opened(desk)
    with desk.change() as change:
        asked = services.escalate_ticket(
            change, number, kind="functional", reason_code="skill", ask="Which glue?", to_queue_id=2
        )
    with desk.read() as read:
        [row] = asked_about.escalations(read, number)
        assert (row.asked_by, row.to, row.ask, row.state) == ("ana", "Billing", "Which glue?", "requested")
        assert [one.id for one in asked_about.list_escalations(read)] == [asked.id]
    with desk.change() as change:
        services.withdraw_escalation(change, asked.id)
    with desk.read() as read:
        assert asked_about.list_escalations(read) == []
        assert len(asked_about.list_escalations(read, every=True)) == 1


def test_history_tells_each_event_with_labels_and_names(desk: Desk, clock: FixedClock) -> None:
    number = opened(desk)
    steps = [
        lambda change: services.assign_ticket(change, number, to=2),
        lambda change: services.edit_ticket(change, number, {"due_at": datetime(2026, 3, 4, 12, tzinfo=UTC)}),
        lambda change: services.edit_ticket(
            change, number, {"queue_id": 2, "priority": "high"}, reason="it is about money"
        ),
        lambda change: services.set_tags(change, number, add=["vat"]),
        lambda change: services.reply_to_ticket(change, number, "Here is a new one.", then="solved"),
    ]
    for hour, step in enumerate(steps, start=9):
        clock.instant = datetime(2026, 3, 3, hour, 0, tzinfo=UTC)
        with desk.change() as change:
            step(change)
    with desk.read() as read:
        rows = reads.history(read, number)
        in_paris = reads.history(read, number, ZoneInfo("Europe/Paris"))
    assert [row.sentence for row in rows][:5] == [
        "ana opened the ticket",
        "ana assigned the ticket: status new → open, assignee — → ben",
        "ana changed the ticket: promised by — → 2026-03-04 12:00 UTC",
        "ana changed the ticket: priority normal → high, queue Support → Billing",
        "ana changed the tags: cup → cup, vat",
    ]
    assert rows[1].fields[1] == FieldChange("assignee", "—", "ben")
    assert rows[3].reason == "it is about money"
    assert rows[5].sentence.startswith("ana replied")
    assert "status open → solved" in rows[-1].sentence
    assert in_paris[2].fields[0].after == "2026-03-04 13:00"
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_related_tickets_are_the_customers_others(desk: Desk) -> None:
    number = opened(desk)
    with desk.change() as change:
        other = services.create_ticket(change, subject="Again", customer_id=1)
        services.create_ticket(change, subject="Of nobody")
        lonely = services.create_ticket(change, subject="Of nobody too")
    with desk.read() as read:
        assert [row.id for row in reads.related(read, number)] == [other.id]
        assert reads.related(read, lonely.id) == []


def test_that_a_ticket_began_under_its_policy_is_no_news_and_another_policy_is(desk: Desk) -> None:
    from agentdesk.domain.sla.target_words import parse_targets
    from agentdesk.queries.histories import history

    with desk.change() as change:
        services.add_policy(change, name="All", calendar="24x7", targets=parse_targets(["frt=1h"]))
        services.add_policy(
            change, name="Gold", calendar="24x7", targets=parse_targets(["frt=10m"]), by_agreement=True
        )
        customer = services.create_customer(change, name="Ann", email="ann@example.com")
        services.add_agreement(change, customer_id=customer.id, policy="Gold", starts_on="2020-01-01")
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Cup")
    with desk.change() as change:
        services.edit_ticket(change, ticket.id, {"customer_id": customer.id})
    with desk.read() as read:
        events = [one.event for one in history(read, ticket.id, desk.zone)]
    assert events == ["ticket.created", "ticket.changed", "ticket.policy"]
