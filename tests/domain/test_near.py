"""Names that were probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.near import did_you_mean, near_names, suggest

PEOPLE = ["Jon Smith", "John Smith", "Jan Smit", "Zoé Garçon", "Ana Silva", "Foorman Peters"]
PAIRS = [(name, name) for name in PEOPLE]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Jon Smiht", "Jon Smith"),
        ("smith jon", "Jon Smith"),
        ("zoe garcn", "Zoé Garçon"),
        ("Silvia", "Ana Silva"),
        ("JON  SMITH", "Jon Smith"),
    ],
)
def test_the_likeliest_name_is_offered_first(typed: str, meant: str) -> None:
    assert near_names(typed, PAIRS)[0] == meant


def test_no_more_than_three_are_offered_and_none_that_is_unlike() -> None:
    assert near_names("Jon Smiht", PAIRS) == ["Jon Smith", "John Smith", "Jan Smit"]
    assert near_names("Qux", PAIRS) == []
    assert near_names("", PAIRS) == []


def test_a_full_name_offers_the_handle() -> None:
    assert near_names("Ana Slva", [("as", "as"), ("Ana Silva", "as")]) == ["as"]


def test_a_hint_is_one_question_or_what_there_is() -> None:
    assert did_you_mean([]) == ""
    assert did_you_mean(["a"]) == "Did you mean a?"
    assert did_you_mean(["a", "b", "c"]) == "Did you mean a, b or c?"
    assert suggest("zzz", PAIRS, listed=2) == "Known: Jon Smith, John Smith, ..."
    assert suggest("zzz", []) == ""


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=6))
def test_only_known_names_are_offered_each_once(typed: str, names: list[str]) -> None:
    offered = near_names(typed, [(name, name) for name in names])
    assert set(offered) <= set(names)
    assert len(offered) == len(set(offered)) <= 3
