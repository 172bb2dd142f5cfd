"""Every thing that is known by its name refuses the same ones."""

import pytest

THINGS = {
    "calendar": ("--zone", "UTC", "--hours", "24/7"),
    "policy": ("--calendar", "24x7", "--target", "frt=4h"),
    "rule": ("--when", "", "--queue", "Billing"),
    "view": ("is:open",),
    "queue": (),
}


@pytest.mark.parametrize("thing", THINGS)
def test_a_name_that_cannot_be_shown_or_is_too_long_is_refused(office, thing):
    for name, told in (
        ("a\x1b]0;x", "Leave out the control characters."),
        ("n" * 61, f"a {thing} has at most 60."),
    ):
        answer = office(thing, "add", name, *THINGS[thing])
        assert (answer.code, answer.out) == (1, "")
        assert told in answer.err
    assert office(thing, "add", "n" * 60, *THINGS[thing]).code == 0


def test_a_rule_is_not_given_such_a_name_later(office):
    office("rule", "add", "Rest", "--when", "", "--queue", "Billing")
    assert "Leave out the control characters." in office("rule", "set", "Rest", "--name", "a\x07").err
