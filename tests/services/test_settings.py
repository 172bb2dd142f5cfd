"""What the desk chooses for everybody: known keys only, in range, undoable; an own choice is another one."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidValueError, NotFoundError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.desk_settings import desk_number, desk_settings
from agentdesk.queries.due_work import solved_before


def put(desk: Desk, key: str, value: str) -> int | None:
    with desk.change() as change:
        services.set_desk_setting(change, key, value)
    return change.id


def unset(desk: Desk, key: str) -> int | None:
    with desk.change() as change:
        services.unset_desk_setting(change, key)
    return change.id


def values(desk: Desk) -> dict[str, int | str]:
    with desk.read() as read:
        return {one.setting.key: one.value for one in desk_settings(read)}


def undo(desk: Desk, number: int | None = None) -> None:
    with desk.change() as change:
        services.undo_change(change, number)


DEFAULTS = {
    "ack_minutes": 60,
    "close_after_days": 7,
    "mail_domain": "",
    "mail_from": "",
    "organization": "",
    "send_window": 30,
}


def test_a_choice_holds_until_it_is_unset_and_each_step_can_be_taken_back(desk: Desk) -> None:
    assert values(desk) == DEFAULTS
    first = put(desk, "close_after_days", "14")
    put(desk, "Organization", "  Acme   Support ")
    second = put(desk, "close-after-days", "0")
    assert values(desk) == {**DEFAULTS, "close_after_days": 0, "organization": "Acme Support"}
    undo(desk, second)
    assert values(desk)["close_after_days"] == 14
    third = unset(desk, "close_after_days")
    assert values(desk)["close_after_days"] == 7
    undo(desk, third)
    assert values(desk)["close_after_days"] == 14
    undo(desk, first)
    assert values(desk)["close_after_days"] == 7
    assert unset(desk, "close_after_days") is None


def test_what_closes_by_itself_follows_it(desk: Desk) -> None:
    put(desk, "close_after_days", "2")
    with desk.read() as read:
        assert (read.now - (solved_before(read) or read.now)).days == 2
    put(desk, "close_after_days", "0")
    with desk.read() as read:
        assert solved_before(read) is None


def test_an_agents_own_choice_is_another_one(desk: Desk) -> None:
    with desk.change() as change:
        services.put_setting(change, "ack_minutes", 5)
    with desk.read() as read:
        assert desk_number(read, "ack_minutes") == 60


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("close_after_days", one) for one in ("366", "-1", "7.5", "", "seven", "٧", "9" * 400)),
        *(("ack_minutes", one) for one in ("0", "10081")),
        *(("organization", one) for one in ("", " ", "x" * 201)),
        *(("mail_from", one) for one in ("nobody", "a@b@c", "a@b.example\r\nBcc: x")),
        *(("mail_domain", one) for one in ("-", "two words", "a@b.example")),
    ],
)
def test_a_value_that_a_key_cannot_have_is_refused(desk: Desk, key: str, value: str) -> None:
    with pytest.raises(InvalidValueError):
        put(desk, key, value)
    assert values(desk) == DEFAULTS


def test_an_unknown_key_offers_the_nearest(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="Did you mean close_after_days"):
        put(desk, "close_after_day", "3")
    with pytest.raises(NotFoundError):
        unset(desk, "colour")


def test_only_who_configures_the_desk_chooses_for_everybody(desk: Desk) -> None:
    desk.actor = Actor(4, "lea", "Lea", Role.LEAD)
    with pytest.raises(NotPermittedError):
        put(desk, "ack_minutes", "5")
    with pytest.raises(NotPermittedError):
        unset(desk, "ack_minutes")
