import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.cli.argv import Globals, WrongUsage, split_globals

WORDS = st.lists(st.sampled_from(["ticket", "list", "is:open", "-tag:vat", "--limit", "5", "--view=Mine"]))


@given(WORDS, st.data())
def test_a_global_option_means_the_same_wherever_it_stands(words, data):
    place = data.draw(st.integers(0, len(words)))
    line = [*words[:place], "--store", "x.db", *words[place:]]
    assert split_globals(line) == (Globals(store="x.db"), words)


def test_value_can_follow_an_equals_sign():
    assert split_globals(["--as=ana", "ticket", "list", "-q"]) == (
        Globals(agent="ana", quiet=True),
        ["ticket", "list"],
    )


@pytest.mark.parametrize("line", [["--as-of", "-7d"], ["--as-of=-7d"]])
def test_an_instant_may_begin_with_a_dash(line):
    assert split_globals(["undo", *line]) == (Globals(as_of="-7d"), ["undo"])


def test_nothing_is_hoisted_after_two_dashes():
    assert split_globals(["note", "--", "--store", "--json"]) == (
        Globals(),
        ["note", "--", "--store", "--json"],
    )


def test_json_is_short_for_format_json():
    assert split_globals(["ticket", "list", "--json"])[1] == ["ticket", "list", "--format=json"]


@pytest.mark.parametrize("line", [["--store"], ["--as", "--quiet"], ["--quiet=yes"]])
def test_option_without_its_value_or_flag_with_one_is_wrong_usage(line):
    with pytest.raises(WrongUsage):
        split_globals(line)
