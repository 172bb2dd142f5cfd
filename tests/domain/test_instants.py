"""Instants and ages in words."""

from datetime import timedelta

import pytest

from agentdesk.domain.instants import ago_text


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"),
        (timedelta(days=3, hours=5), "3 days ago"),
    ],
)
def test_an_age_is_told_in_its_largest_whole_unit(age: timedelta, told: str) -> None:
    assert ago_text(age) == told
