"""Duplicates found, merged and called distinct on the command line; where an address came from is shown."""

from contextlib import closing

import pytest

from agentdesk.store import sqlite


@pytest.fixture
def twins(office):
    """Two who may be one: customer 2 and 3, the second of them with a ticket."""
    office("customer", "new", "--name", "Mia Khan", "--phone", "+4532101010", "--email", "mia@example.com")
    office("customer", "new", "--name", "Khan, Mia", "--phone", "+45 32 10 10 10", "--external-id", "A-1")
    office("ticket", "new", "--customer", "3", "--subject", "Parcel", "--body", "Where is it?")
    return office


def test_duplicates_are_printed_with_their_reasons_for_people_and_programs(twins):
    [pair] = twins("customer", "duplicates", "--json").json
    assert (pair["merge"], pair["id"], pair["other_id"], pair["group"]) == ("3 2", 2, 3, 2)
    assert pair["score"] >= 60
    assert "same phone +4532101010" in pair["reasons"]
    page = twins("customer", "duplicates").out
    assert "Mia Khan" in page
    assert "same phone" in page
    assert twins("customer", "duplicates", "--format", "ids").out == "3 2\n"


def test_a_list_that_was_cut_says_how_many_there_are(twins):
    twins("customer", "new", "--name", "Mia Khan", "--phone", "+4532101010")
    assert "1 of 3 shown" in twins("customer", "duplicates", "--limit", "1").err


def test_no_pair_says_what_to_try(office):
    assert "0 pairs. Ask for less likely ones too" in office("customer", "duplicates").err


def test_merge_moves_everything_and_undo_brings_it_back(twins):
    done = twins("customer", "merge", "3", "2", "--json")
    assert [one["subject"] for one in done.json["tickets"]] == ["Parcel"]
    assert done.json["merged"] == [{"id": 3, "name": "Khan, Mia"}]
    assert "Khan, Mia (customer 3) becomes part of Mia Khan (customer 2)." in done.err
    shown = twins("customer", "show", "3")
    assert "Customer 3 was merged into customer 2." in shown.err
    assert "Merged" in shown.out
    assert twins("customer", "show", "A-1", "--json").json["id"] == 2
    assert twins("customer", "duplicates", "--json").json == []
    twins("undo")
    assert twins("customer", "show", "3", "--json").json["name"] == "Khan, Mia"
    assert len(twins("customer", "duplicates", "--json").json) == 1


def test_fields_are_picked_from_a_customer_or_typed(twins):
    words = ("--field", "name=3", "--field", 'title="3"', "--field", "notes=Prefers the phone.")
    done = twins("customer", "merge", "3", "2", *words, "--json").json
    assert (done["name"], done["title"], done["notes"]) == ("Khan, Mia", "3", "Prefers the phone.")


def test_a_dry_run_prints_field_by_field_and_writes_nothing(twins):
    plan = twins("customer", "merge", "3", "2", "--dry-run", "--json").json
    assert any(one["ref"].startswith("T-") and one["field"] == "customer_id" for one in plan)
    assert twins("customer", "show", "3", "--json").json["id"] == 3


def test_what_cannot_be_merged_is_refused_with_a_sentence(twins):
    assert "takes two customers or more" in twins("customer", "merge", "3").err
    assert "is customer 2 itself" in twins("customer", "merge", "mia@example.com", "2").err
    assert "picks nothing" in twins("customer", "merge", "3", "2", "--field", "name").err
    assert "no field" in twins("customer", "merge", "3", "2", "--field", "shoe=44").err


def test_two_who_are_called_distinct_are_not_offered_until_that_is_taken_back(twins):
    twins("customer", "distinct", "2", "3", "--reason", "sisters")
    assert twins("customer", "duplicates", "--json").json == []
    assert "Nothing" in twins("customer", "distinct", "3", "2").err
    twins("undo")
    assert len(twins("customer", "duplicates", "--json").json) == 1


def test_where_an_address_came_from_is_shown_and_kept_by_a_merge(twins, home):
    sql = "UPDATE contact_point SET source = 'google', batch_id = 12, normalised = '+4532101011' WHERE customer_id = 3"
    with closing(sqlite.connect(home / "desk.db", read_only=False)) as store:
        store.execute(sql)
    assert "from google, import 12" in twins("customer", "show", "3").out
    done = twins("customer", "merge", "3", "2", "--json").json
    assert [(one["source"], one["batch_id"]) for one in done["contacts"] if one["batch_id"]] == [
        ("google", 12)
    ]
