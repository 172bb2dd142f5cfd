"""What speaks for two customers being one person, and how much; names and addresses made to be alike or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.duplicates import LEAST, Profile, compare, groups
from agentdesk.domain.likeness import (
    compare_names,
    email_core,
    email_stem,
    name_words,
    number_tail,
    sound_key,
    work_domain,
)


def profile(number: int, name: str, **named: object) -> Profile:
    told = {"organization_id": None, "organization": "", "emails": (), "phones": (), "ids": (), **named}
    return Profile(number, name, **told)  # type: ignore[arg-type]  # as a test writes it


def alike(one: Profile, other: Profile, sharers: int = 2) -> tuple[int, tuple[str, ...]]:
    return compare(one, other, lambda _number: sharers)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Jo Doe", "jo  DOE", "same name"),
        ("Doe, Jo", "Dr. Jo Doe", "same name but for order, script or title"),
        ("Jörg Weiß", "Jorg Weiss", "same name but for order, script or title"),
        ("Ольга Петрова", "Olga Petrova", "same name but for order, script or title"),
        ("Catherine Smith", "Kathryn Smyth", "sounds alike"),
        ("Jon Smith", "Jom Smith", "spelled nearly alike"),
        ("Jo Doe", "Jo Maria Doe", "part of the other"),
        ("J. Doe", "Johanna Doe", "fits the initials"),
        ("jo@example.com", "Jo Doe", "one has no name"),
        ("Jo Doe", "Mia Khan", "names differ"),
    ],
)
def test_what_two_names_have_in_common_is_said_in_words(one: str, other: str, words: str) -> None:
    told = compare_names(one, other)
    assert words in told.words
    assert told == compare_names(other, one)
    assert (told.weight < 0) == (words == "names differ")


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_breaks_the_comparison_and_it_is_the_same_both_ways(one: str, other: str) -> None:
    assert compare_names(one, other) == compare_names(other, one)
    assert isinstance(sound_key(one), str)
    assert name_words(one) == tuple(sorted(name_words(one)))


def test_addresses_are_alike_without_dots_tags_and_endings() -> None:
    assert email_core("jo.doe+shop@googlemail.com") == email_core("jodoe@gmail.com")
    assert email_stem("jo@acme.co.uk") == email_stem("jo@acme.de") == "jo@acme"
    assert email_stem("info@acme.de") == "", "a mailbox that no one person has"
    assert work_domain("jo@acme.de") == "acme.de"
    assert work_domain("jo@gmail.com") == ""
    assert number_tail("+45 32 10 10 10") == number_tail("0032101010") == "32101010"
    assert number_tail("112") == ""


def test_the_score_is_told_with_its_reasons_the_weightiest_first() -> None:
    one = profile(1, "Catherine Smith", phones=("+4532101010",))
    other = profile(2, "Kathryn Smyth", phones=("+4532101010",))
    score, reasons = alike(one, other)
    assert score >= LEAST
    assert reasons == ("same phone +4532101010", "name sounds alike")


def test_a_number_that_many_share_says_little() -> None:
    one, other = (profile(at, "Jo Doe", phones=("+4532101010",)) for at in (1, 2))
    scores = [alike(one, other, count)[0] for count in (2, 4, 12, 300)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    assert "same phone +4532101010 (of 300 customers)" in alike(one, other, 300)[1]


def test_a_shared_number_of_two_different_names_is_no_duplicate() -> None:
    one, other = (
        profile(1, "Jo Doe", phones=("+4532101010",)),
        profile(2, "Mia Khan", phones=("+4532101010",)),
    )
    score, reasons = alike(one, other)
    assert score < LEAST
    assert reasons[-1] == "names differ"


def test_a_name_alone_is_not_enough_unless_nothing_else_is_known_of_one() -> None:
    known = profile(1, "Jo Doe", emails=("jo@example.com",))
    assert alike(known, profile(2, "Jo Doe", emails=("doe@example.org",)))[0] < LEAST
    assert alike(known, profile(2, "Jo Doe"))[0] >= LEAST
    acme = {"organization_id": 1, "organization": "Acme"}
    score, reasons = alike(
        profile(1, "Jo Doe", **acme), profile(2, "Jo Doe", emails=("jo@example.com",), **acme)
    )
    assert score >= LEAST
    assert "same organization Acme" in reasons


def test_the_same_id_elsewhere_and_addresses_that_differ_by_a_tag_weigh_much() -> None:
    one = profile(1, "Jo Doe", ids=("a-77",), emails=("jo.doe@example.com",))
    other = profile(2, "Jo Doe", ids=("a-77",), emails=("jodoe+shop@example.com",))
    score, reasons = alike(one, other)
    assert score >= 95
    assert "same address but for dots or a tag, jo.doe@example.com and jodoe+shop@example.com" in reasons


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=40))
def test_whoever_hangs_together_is_in_one_group(pairs: list[tuple[int, int]]) -> None:
    found = groups(pairs)
    assert all(found[one] == found[other] <= min(one, other) for one, other in pairs)
    assert all(found[lead] == lead for lead in found.values())
