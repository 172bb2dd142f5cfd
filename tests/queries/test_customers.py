"""Customers in lists, whole, and through time."""

from datetime import UTC, datetime

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.queries import customers
from agentdesk.queries.tickets import Where


def people(desk: Desk) -> None:
    with desk.change() as change:
        for name, email in (("bo Lee", "bo@x.test"), ("Ana Lee", "ana@y.test"), ("Čeda", "c@x.test")):
            services.create_customer(change, name=name, email=email, organization="Šola")


def test_pages_of_customers_follow_the_folded_name(desk: Desk) -> None:
    people(desk)
    with desk.read() as read:
        sort = customers.SORTS["name"]
        first = customers.page(read, Where(), limit=2)
        rest = customers.page(read, Where(), after=customers.key_of(first[-1], sort), limit=2)
        assert [row.name for row in (*first, *rest)] == ["Ana Lee", "bo Lee", "Čeda"]
        assert customers.count(read, Where()) == 3
        assert customers.ids(read, Where()) == [1, 2, 3]
        newest = customers.page(read, Where(), customers.SORTS["created"], descending=True, limit=1)
        assert newest[0].name == "Čeda"
        after = customers.key_of(newest[0], customers.SORTS["created"])
        older = customers.page(read, Where(), customers.SORTS["created"], descending=True, after=after)
        assert [row.name for row in older] == ["Ana Lee", "bo Lee"]


def test_a_customer_is_found_by_the_beginning_of_words(desk: Desk) -> None:
    people(desk)
    with desk.read() as read:
        assert [row.name for row in customers.find(read, "lee")] == ["Ana Lee", "bo Lee"]
        assert [row.name for row in customers.find(read, "ana le")] == []
        assert [row.name for row in customers.find(read, "bo lee")] == ["bo Lee"]
        assert customers.find(read, "  ") == customers.find(read, "'\"") == []


def test_a_customer_whole_has_contacts_and_counts(desk: Desk) -> None:
    people(desk)
    with desk.change() as change:
        late = services.create_ticket(
            change, subject="Late", customer_id=1, due_at=datetime(2026, 3, 2, tzinfo=UTC)
        )
        first = services.create_ticket(change, subject="First", customer_id=1, body="Hello")
        done = services.create_ticket(change, subject="Done", customer_id=1)
        services.solve_ticket(change, done.id)
    with desk.read() as read:
        detail = customers.customer_detail(read, 1)
        assert detail is not None
        assert (detail.name, detail.organization, detail.open_tickets, detail.all_tickets) == (
            "bo Lee",
            "Šola",
            2,
            3,
        )
        assert [(one.kind, one.value, one.is_primary) for one in customers.contacts(read, 1)] == [
            ("email", "bo@x.test", True)
        ]
        assert [row.id for row in customers.open_tickets_of(read, 1)] == [late.id, first.id]
        assert customers.customer_detail(read, 99) is None
        assert customers.by_id(read, 99) is None


def test_the_timeline_is_newest_first_and_its_total_exact(desk: Desk, clock: FixedClock) -> None:
    people(desk)
    clock.instant = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Cup", customer_id=1, body="It\n leaks.")
    clock.instant = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
    with desk.change() as change:
        services.log_interaction(change, 1, kind="call_in", summary="Asked again")
    clock.instant = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
    with desk.change() as change:
        services.solve_ticket(change, ticket.id)
    with desk.read() as read:
        whole = customers.timeline(read, 1)
        assert [(row.kind, row.line) for row in whole.entries] == [
            ("solved", f"T-{ticket.id} Cup"),
            ("interaction", "Asked again"),
            ("opened", f"T-{ticket.id} Cup"),
            ("message", "It leaks."),
        ]
        assert whole.total == 4
        short = customers.timeline(read, 1, 2)
        assert (short.total, short.entries) == (4, whole.entries[:2])
        calls = customers.timeline(read, 1, kinds=frozenset({"interaction"}))
        assert (calls.total, len(calls.entries)) == (1, 1)
        assert customers.timeline(read, 2).total == 0
