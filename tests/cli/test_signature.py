"""The signature on the command line: printed, changed, cleared, and below what `ticket reply` sends."""

import pytest


def last(office, number):
    return office("ticket", "show", number, "--json").json["messages"][-1]["body"]


def test_it_is_printed_changed_and_cleared(office):
    assert "You have no signature" in office("agent", "signature").err
    assert office("agent", "signature", "Ana\nAcme").out == "Ana\nAcme\n"
    assert office("agent", "signature", "--json").json["signature"] == "Ana\nAcme"
    assert office("agent", "signature", "--clear").out.strip() == ""
    assert office("agent", "signature", "--json").json["signature"] == ""


def test_a_reply_ends_with_it_unless_it_is_signed_already_or_the_desk_itself_writes(office):
    number = office("ticket", "list", "invoice", "--format", "ids").out.strip()
    office("ticket", "reply", number, "Before")
    assert last(office, number) == "Before"
    office("agent", "signature", "Ana")
    office("ticket", "reply", number, "After")
    assert last(office, number) == "After\n\n-- \nAna"
    office("ticket", "reply", number, "-", stdin="By hand\n\n-- \nA.\n")
    assert last(office, number) == "By hand\n\n-- \nA."
    office("ticket", "reply", number, "We have it", "--automatic")
    assert last(office, number) == "We have it"


def test_adding_and_clearing_at_once_is_wrong_usage(office):
    assert office("agent", "signature", "Ana", "--clear").code == 2


@pytest.mark.parametrize("extra", [[], ["--automatic"]])
def test_a_reply_with_an_empty_placeholder_is_refused_with_the_way_out(office, extra):
    number = office("ticket", "list", "invoice", "--format", "ids").out.strip()
    answer = office("ticket", "reply", number, "Dear {{customer.name}}", *extra)
    assert answer.code == 1
    assert "has no value for {{customer.name}}: write it by hand, or take it out." in answer.err
    assert last(office, number) == "Hello"


def test_what_is_quoted_to_a_third_party_may_say_anything_and_the_words_above_it_may_not(office):
    number = office("ticket", "list", "invoice", "--format", "ids").out.strip()
    office("ticket", "receive", number, "my template says {{name}}")
    to = ("--to", "bank@example.org")
    assert office("ticket", "forward", number, "Please look", *to).code == 0
    assert "has no value for {{name}}" in office("ticket", "forward", number, "{{name}}", *to).err
