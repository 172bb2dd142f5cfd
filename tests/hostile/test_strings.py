"""The corpus itself, and what the store keeps of it."""

import sqlite3

import pytest

from agentdesk.domain.safe_text import block, line
from tests.hostile.strings import PAYLOADS, every_string, naughty_strings, sample
from tests.terminal import forbidden_sequences


def test_the_list_of_naughty_strings_is_whole():
    assert len(naughty_strings()) == 511  # 515 lines, four of them twice


def test_the_sample_holds_every_payload_and_some_of_the_list():
    assert set(PAYLOADS) <= set(sample()) <= set(every_string())


def test_most_payloads_would_act_on_a_terminal_as_they_are():
    acting = [one for one in PAYLOADS if forbidden_sequences(one.encode(), allowed=(), controls="")]
    assert len(acting) >= 12


def test_safe_text_leaves_nothing_of_any_string_that_acts():
    for text in every_string():
        assert forbidden_sequences(line(text).encode(), allowed=(), controls="") == []
        assert forbidden_sequences(block(text).encode(), allowed=(), controls="\n") == []


@pytest.mark.parametrize(
    ("sql", "held"),
    [
        ("SELECT body FROM message WHERE visibility = 'internal'", "notes"),
        ("SELECT subject FROM ticket WHERE merged_into_id IS NULL", "subjects"),
        ("SELECT name FROM organization", "organizations"),
        ("SELECT summary FROM interaction", "summaries"),
        ("SELECT ask FROM escalation", "asks"),
        ("SELECT file_name FROM import_batch", "files"),
        ("SELECT notes FROM customer", "customer_notes"),
    ],
)
def test_the_store_holds_every_text_as_it_was(sampled, sql, held):
    expected = getattr(sampled, held)
    with sqlite3.connect(sampled.place) as connection:
        told = [value for (value,) in connection.execute(sql)]
    connection.close()
    assert sorted(told) == sorted(expected.values() if isinstance(expected, dict) else expected)
