"""Search over tickets, messages and customers."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.queries import tickets
from agentdesk.queries.filters import compile_query
from agentdesk.queries.search import count, counts, keys, search, tickets_of
from agentdesk.queries.search_kinds import KINDS
from tests.queries.world import World


@pytest.fixture
def told(desk: Desk, clock: FixedClock) -> Desk:
    with desk.change() as change:
        services.create_customer(change, name="Vera Refund", email="vera@x.test")
        services.create_ticket(
            change, subject="Refund of the cup", customer_id=1, body="The cup leaks since Monday."
        )
    clock.instant = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    with desk.change() as change:
        services.create_ticket(
            change, subject="Other", body="word " * 40 + "my refund, please " + "word " * 40
        )
    return desk


def test_hits_come_newest_first_from_every_place(told: Desk) -> None:
    with told.read() as read:
        hits = search(read, "refund")
        assert [(hit.kind, hit.ref) for hit in hits[:1]] == [("message", "T-1002")]
        assert {(hit.kind, hit.ref) for hit in hits} == {
            ("message", "T-1002"),
            ("ticket", "T-1001"),
            ("customer", "1"),
        }
        assert [hit.at for hit in hits] == sorted((hit.at for hit in hits), reverse=True)
        assert hits[0].title == "T-1002 Other"
        assert "my refund, please" in hits[0].excerpt
        assert len(search(read, "refund", limit=1)) == 1


def test_words_must_all_be_there_and_a_phrase_side_by_side(told: Desk) -> None:
    with told.read() as read:
        assert [hit.kind for hit in search(read, "cup monday")] == ["message"]
        assert search(read, '"monday cup"') == []
        assert [hit.kind for hit in search(read, '"since monday"')] == ["message"]
        assert [hit.kind for hit in search(read, "leak*")] == ["message"]
        assert {hit.kind for hit in search(read, "vera@x.test")} == {"customer", "ticket"}


@pytest.mark.parametrize("text", ["T-1001", "#1001", "1001"])
def test_a_reference_comes_before_all(told: Desk, text: str) -> None:
    with told.read() as read:
        assert (search(read, text)[0].kind, search(read, text)[0].id) == ("ticket", 1001)


def test_a_customers_name_finds_the_tickets_of_the_customer(told: Desk) -> None:
    with told.change() as change:
        services.create_ticket(change, subject="Late parcel", customer_id=1)
        services.create_ticket(change, subject="A gift for Vera", customer_id=1)
        services.create_ticket(change, subject="Nothing of hers")
    with told.read() as read:
        hits = search(read, "vera")
        assert sorted(hit.id for hit in hits if hit.kind == "ticket") == [1001, 1003, 1004]
        listed = tickets.ids(read, compile_query(read, "vera", told.zone).where)
        assert listed == sorted({hit.ticket_id for hit in hits if hit.ticket_id is not None})


@pytest.mark.parametrize(
    "text", ["vera", "refund", "1001", "T-1002", '"vera refund"', "word", "zzz", "...", ""]
)
def test_the_total_is_that_of_all_hits_whatever_the_limit(told: Desk, text: str) -> None:
    with told.read() as read:
        hits = search(read, text, limit=1000)
        assert count(read, text) == len(hits)
        assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)


def test_two_messages_of_one_ticket_are_two_hits_with_numbers_of_their_own(told: Desk) -> None:
    with told.change() as change:
        notes = [services.add_note(change, 1002, f"Unicorn {place}").id for place in range(2)]
    with told.read() as read:
        hits = search(read, "unicorn")
    assert sorted(hit.id for hit in hits) == notes
    assert {(hit.kind, hit.ref, hit.title) for hit in hits} == {("message", "T-1002", "T-1002 Other")}


@given(st.text(max_size=20).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_makes_search_fail(filled: tuple[Desk, World], text: str) -> None:
    desk, _ = filled
    with desk.read() as read:
        assert isinstance(search(read, text), list)


def test_people_and_articles_are_found_beside_tickets(told: Desk) -> None:
    from agentdesk.domain.events import Event
    from agentdesk.models import Article, Organization

    with told.change() as change:
        company = change.add(Organization(name="Refund Ltd", name_key="refund ltd"))
        article = change.add(Article(title="How to ask", body="Ask for a refund within 30 days."))
        change.record(Event.ORGANIZATION_CHANGED, company)
    with told.read() as read:
        hits = search(read, "refund", kinds=list(KINDS))
        numbers = counts(read, "refund")
    assert {hit.kind for hit in hits} == set(KINDS)
    assert {kind: sum(hit.kind == kind for hit in hits) for kind in KINDS} == numbers
    assert [hit.excerpt for hit in hits if hit.kind == "article"] == ["Ask for a refund within 30 days."]
    with told.change() as change:
        change.get(Organization, company.id or 0).name = "Return Ltd"
        change.record(Event.ORGANIZATION_CHANGED, change.get(Organization, company.id or 0))
    with told.read() as read:
        assert counts(read, "refund")["organization"] == 0
        assert (counts(read, "return")["organization"], article.id) == (1, 1)


def test_the_best_match_comes_first_when_asked_for(told: Desk) -> None:
    with told.change() as change:
        for body in (
            "A kettle and a lid, a cord and a box.",
            "Kettle. Kettle!",
            "My kettle, and much else " * 3,
        ):
            services.add_note(change, 1002, body)
    with told.read() as read:
        newest = [hit.id for hit in search(read, "kettle")]
        best = [hit.id for hit in search(read, "kettle", is_best=True)]
    assert newest == sorted(newest, reverse=True)
    assert best[0] == newest[1]
    assert sorted(best) == sorted(newest)


def test_words_and_phrases_mix_and_a_beginning_needs_three_letters(told: Desk) -> None:
    with told.read() as read:
        assert [hit.kind for hit in search(read, '"since monday" leak*')] == ["message"]
        assert search(read, '"since monday" refund') == []
        assert search(read, "le*") == []


def test_every_hit_has_a_number_of_its_own_that_leads_to_its_ticket(told: Desk) -> None:
    with told.read() as read:
        hits = search(read, "refund", kinds=list(KINDS))
        numbers = keys(read, "refund", list(KINDS))
        assert sorted(numbers) == sorted(hit.key for hit in hits)
        assert sorted(tickets_of(read, numbers)) == [1001, 1002]
