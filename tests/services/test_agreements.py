"""An agreement is with one party, names a policy that exists, and ends no earlier than it began."""

from datetime import date

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import ConflictError, InvalidValueError, NotFoundError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.agreements import AgreementRow, agreement_by_id, agreements

FRT = {"frt": {"urgent": 30}}


@pytest.fixture
def promising(desk: Desk) -> Desk:
    """A desk with the policies Standard and Gold, and the customer Jo of Acme; both have the id 1."""
    with desk.change() as change:
        for name in ("Standard", "Gold"):
            services.add_policy(change, name=name, calendar="24x7", targets=FRT)
        services.create_customer(change, name="Jo Doe", organization="Acme")
    return desk


def add(desk: Desk, **values: object) -> int:
    told = {"customer_id": 1, "policy": "Standard", "starts_on": "2026-01-01", **values}
    with desk.change() as change:
        number = services.add_agreement(change, **told).id
    assert number is not None
    return number


def row(desk: Desk, number: int = 1) -> AgreementRow:
    with desk.read() as read:
        return agreement_by_id(read, number)


def count(desk: Desk) -> int:
    with desk.read() as read:
        return len(agreements(read))


def undo(desk: Desk) -> None:
    with desk.change() as change:
        services.undo_change(change)


def redo(desk: Desk) -> None:
    with desk.change() as change:
        services.redo_change(change)


def test_an_agreement_holds_what_was_said(promising: Desk) -> None:
    number = add(promising, policy=" gold", product=" Router ", plan=" care ", ends_on="2026-12-31")
    told = row(promising, number)
    assert (told.customer, told.organization, told.party) == ("Jo Doe", None, "Jo Doe")
    assert (told.policy, told.product, told.plan) == ("Gold", "Router", "care")
    assert (told.starts_on, told.ends_on) == ("2026-01-01", "2026-12-31")
    whole = row(promising, add(promising, customer_id=None, organization_id=1))
    assert (whole.customer, whole.organization, whole.party, whole.ends_on) == (None, "Acme", "Acme", "")


def test_an_edit_changes_what_it_names(promising: Desk) -> None:
    add(promising, plan="care", ends_on="2026-12-31")
    with promising.change() as change:
        services.edit_agreement(change, 1, policy="Gold", starts_on="2026-02-01", ends_on="")
    told = row(promising)
    assert (told.policy, told.plan, told.starts_on, told.ends_on) == ("Gold", "care", "2026-02-01", "")
    with promising.change() as change:
        services.edit_agreement(change, 1, policy="GOLD", plan=" care")
    assert change.id is None


def test_undo_and_redo_of_each_step(promising: Desk) -> None:
    add(promising)
    with promising.change() as change:
        services.edit_agreement(change, 1, policy="Gold", product="Router")
    with promising.change() as change:
        services.end_agreement(change, 1, "2026-03-31")
    undo(promising)
    assert row(promising).ends_on == ""
    redo(promising)
    assert row(promising).ends_on == "2026-03-31"
    undo(promising)
    undo(promising)
    assert (row(promising).policy, row(promising).product) == ("Standard", "")
    undo(promising)
    assert count(promising) == 0


def test_whoever_looked_before_somebody_else_changed_it_is_told(promising: Desk) -> None:
    add(promising)
    version = row(promising).version
    with promising.change() as change:
        services.end_agreement(change, 1, "2026-03-31", expected_version=version)
    with pytest.raises(ConflictError, match="2026-03-31"), promising.change() as change:
        services.edit_agreement(change, 1, plan="x", expected_version=version)


@pytest.mark.parametrize(
    ("values", "error", "told"),
    [
        ({"customer_id": None}, InvalidValueError, "with one customer or with one organization"),
        ({"organization_id": 1}, InvalidValueError, "with one customer or with one organization"),
        ({"customer_id": 9}, NotFoundError, "There is no customer 9"),
        ({"customer_id": None, "organization_id": 9}, NotFoundError, "There is no organization 9"),
        ({"policy": "Golt"}, NotFoundError, "There is no policy Golt. Did you mean Gold?"),
        ({"starts_on": "soon"}, InvalidValueError, "The first day cannot be “soon”. Write a date"),
        ({"starts_on": ""}, InvalidValueError, "The first day is missing"),
        ({"ends_on": "2026-02-30"}, InvalidValueError, "The last day cannot be “2026-02-30”"),
        ({"ends_on": "2025-12-31"}, InvalidValueError, "Its first day is 2026-01-01"),
    ],
)
def test_what_no_agreement_can_have_is_refused_and_nothing_is_written(
    promising: Desk, values: dict[str, object], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        add(promising, **values)
    assert count(promising) == 0


def test_an_end_before_the_beginning_is_refused(promising: Desk) -> None:
    add(promising)
    with (
        pytest.raises(InvalidValueError, match="the last one cannot come before"),
        promising.change() as change,
    ):
        services.end_agreement(change, 1, "2025-12-31")
    with promising.change() as change:
        services.end_agreement(change, 1, "2026-01-01")
    assert row(promising).is_active_on(date(2026, 1, 1))
    with pytest.raises(InvalidValueError, match="last day is missing"), promising.change() as change:
        services.end_agreement(change, 1, "")


def test_an_unknown_number_says_where_the_numbers_are(promising: Desk) -> None:
    with pytest.raises(NotFoundError, match="agentdesk agreement list"), promising.change() as change:
        services.end_agreement(change, 7, "2026-12-31")


def test_only_who_sets_up_the_desk_changes_agreements(promising: Desk) -> None:
    add(promising)
    promising.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        add(promising)
    with pytest.raises(NotPermittedError), promising.change() as change:
        services.end_agreement(change, 1, "2026-12-31")
