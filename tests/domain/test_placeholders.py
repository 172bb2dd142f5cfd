"""Placeholders: what is filled, what stays to be seen, and what is only text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.placeholders import (
    PLACEHOLDERS,
    EmptyPlaceholderError,
    UnknownPlaceholderError,
    check_placeholders,
    empty_placeholders,
    fill,
    first_word,
    last_word,
    names,
    require_filled,
    shown,
)

TEXTS = st.lists(
    st.one_of(
        st.text("ab{} .$\n\u4f50\u202e", max_size=12),
        st.sampled_from([shown(name) for name in PLACEHOLDERS]),
        st.sampled_from(
            ["{{", "}}", "{x}", "$5", "100$", "{{ customer.name }}", "{{nobody.knows}}", "{{7*7}}"]
        ),
    ),
    max_size=8,
).map("".join)
VALUES = st.dictionaries(st.sampled_from(names()), TEXTS, max_size=6)


def test_a_value_takes_the_place_of_its_name():
    filled = fill(
        "Dear {{customer.first_name}}, about {{ Ticket.Ref }}:",
        {"customer.first_name": "Dana", "ticket.ref": "T-7"},
    )
    assert filled.text == "Dear Dana, about T-7:"
    assert filled.empty == ()


def test_a_name_without_a_value_stays_to_be_seen_with_its_place():
    filled = fill(
        "Dear {{customer.first_name}},\nyours {{agent.name}}", {"agent.name": " ", "ticket.ref": "T-7"}
    )
    assert filled.text == "Dear {{customer.first_name}},\nyours {{agent.name}}"
    assert [(one.name, filled.text[one.start : one.end]) for one in filled.empty] == [
        ("customer.first_name", "{{customer.first_name}}"),
        ("agent.name", "{{agent.name}}"),
    ]


@pytest.mark.parametrize(
    "text", ["$5", "100$", "{x}", "{c.__class__}", "${x} %s %(x)s", "{{}}", "a {{ b", "{{7*7}}"]
)
def test_what_is_no_name_is_text(text):
    assert fill(text, {"today": "x"}).text == text
    assert empty_placeholders(text) == ()


def test_a_customer_who_is_called_like_a_placeholder_asks_for_nothing():
    values = {"customer.name": "{{agent.email}}", "agent.email": "ana@desk.example"}
    assert fill("Dear {{customer.name}}", values).text == "Dear {{agent.email}}"


@given(TEXTS, VALUES)
def test_a_text_keeps_all_that_is_no_placeholder_and_every_empty_one_stands_where_it_is_told(text, values):
    filled = fill(text, values)
    for one in filled.empty:
        assert filled.text[one.start : one.end] == shown(one.name)
        assert not values.get(one.name, "").strip()
    if "{{" not in text:
        assert filled.text == text


@given(TEXTS)
def test_filling_with_nothing_twice_is_filling_once(text):
    once = fill(text, {})
    assert fill(once.text, {}) == once
    assert empty_placeholders(once.text) == once.empty


@given(st.lists(st.sampled_from(names()), max_size=6), st.text("ab{} .", max_size=10))
def test_each_value_is_put_in_once(used, value):
    text = "|".join(map(shown, used))
    filled = fill(text, dict.fromkeys(names(), value))
    expected = value.strip()
    assert filled.text == "|".join(expected or shown(name) for name in used)


@pytest.mark.parametrize(
    ("text", "near"), [("{{customer.fist_name}}", "{{customer.first_name}}"), ("{{7*7}}", ""), ("{{}}", "")]
)
def test_a_name_that_nobody_knows_is_refused_with_the_nearest(text, near):
    with pytest.raises(UnknownPlaceholderError) as refused:
        check_placeholders(f"Dear {text}")
    assert near in str(refused.value)


def test_every_name_of_the_list_may_be_saved():
    check_placeholders(" ".join(map(shown, names())))
    assert 24 <= len(names()) <= 30


def test_what_is_left_is_named_before_sending():
    require_filled("T-7", "Dear Dana, 100$ {x}")
    with pytest.raises(EmptyPlaceholderError) as refused:
        require_filled("T-7", "Dear {{customer.first_name}}, {{nobody.knows}} {{customer.first_name}}")
    assert refused.value.names == ("customer.first_name", "nobody.knows")
    assert str(refused.value) == (
        "T-7 has no value for {{customer.first_name}} and {{nobody.knows}}: write it by hand, or take it out."
    )


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("Dana Kim", "Dana", "Kim"), ("佐藤", "佐藤", ""), ("  ", "", ""), (None, "", "")],
)
def test_the_words_of_a_name(name, first, last):
    assert (first_word(name), last_word(name)) == (first, last)
