"""A map is refused in one sentence that names the place and the nearest word, or followed to the letter."""

from pathlib import Path

import pytest

from agentdesk.transfer.tickets.map import MapError, load_map, parse_map
from tests.transfer.tickets.ticket_maps import (
    INCIDENT_LOG,
    INCIDENT_QUEUE,
    INCIDENT_TABLE,
    SMALL_LOG,
    SMALL_TABLE,
)

LEAST = '[ticket]\nexternal_id = "id"\ncreated_at = "opened"\n'


@pytest.mark.parametrize(
    "text", [INCIDENT_LOG, INCIDENT_QUEUE, INCIDENT_TABLE, SMALL_LOG, SMALL_TABLE, LEAST]
)
def test_a_map_as_users_write_it_is_read(text: str) -> None:
    assert parse_map(text).columns["external_id"]


def test_a_log_is_told_by_its_events_section() -> None:
    assert parse_map(INCIDENT_LOG).is_log
    assert not parse_map(INCIDENT_TABLE).is_log


def test_words_are_found_without_case_and_runs_of_space() -> None:
    rules = parse_map(LEAST + '[values.status]\n"Awaiting  User Info" = "pending"\n')
    assert rules.words["status"] == {"awaiting user info": "pending"}


def test_a_value_with_an_equals_sign_is_the_same_for_every_ticket() -> None:
    assert parse_map(LEAST + 'channel = "=phone"\n').constants == {"channel": "phone"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", "this is not TOML"),
        ("[tikcet]\n", "'tikcet' is not known. Did you mean 'ticket'?"),
        (LEAST + 'prioritty = "p"\n', "[ticket]: 'prioritty' is not known. Did you mean 'priority'?"),
        (LEAST + '[file]\nzon = "UTC"\n', "[file]: 'zon' is not known. Did you mean 'zone'?"),
        (LEAST + '[file]\nzone = "Mars/Olympus"\n', "no time zone"),
        (LEAST + '[file]\nzone = "Europe"\n', "no time zone"),
        (LEAST + '[file]\ndates = "CHOOSE"\n', "does not name a day"),
        (LEAST + '[file]\ndst = "both"\n', "none of earlier, later"),
        (LEAST + '[file]\nempty = "?"\n', "a list of texts"),
        (LEAST + '[file]\nsource = ""\n', "it is empty"),
        (LEAST + "priority = 3\n", "a text in quotes"),
        (
            LEAST + '[values.status]\n"Gone" = "vanished"\n',
            "Allowed: new, open, pending, on_hold, solved, closed.",
        ),
        (LEAST + '[values.status]\n"Gone" = ""\n', "none of our words"),
        (LEAST + '[values.stauts]\n"a" = "new"\n', "Did you mean 'status'?"),
        (LEAST + 'channel = "=carrier pigeon"\n', "none of our words"),
        (LEAST + 'solved_at = "=2020-01-01"\n', "cannot be the same for every ticket"),
        (LEAST + '[events]\nby = "actor"\n', 'at = "COLUMN" is missing'),
        (LEAST + '[events]\nat = "t"\norder = "up"\n', "none of auto, file, reversed, time"),
        ('[ticket]\ncreated_at = "opened"\n', 'external_id = "COLUMN" is missing'),
        ('[ticket]\nexternal_id = "id"\n', 'created_at = "COLUMN" is missing'),
        ('ticket = "id"\n', "[ticket] is a section"),
        (LEAST + '[values]\nstatus = "new"\n', "a section of words"),
    ],
)
def test_a_map_that_cannot_be_followed_is_refused_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(MapError) as refusal:
        parse_map(text, "odd.toml")
    assert told in str(refusal.value)
    assert "odd.toml" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_optional_word_may_mean_nothing() -> None:
    rules = parse_map(LEAST + 'impact = "i"\n[values.impact]\n"none" = ""\n')
    assert rules.words["impact"] == {"none": ""}


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="cannot be read"):
        load_map(tmp_path / "none.toml")


def test_a_map_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(LEAST, encoding="utf-8-sig")
    assert load_map(path).label == "map.toml"
