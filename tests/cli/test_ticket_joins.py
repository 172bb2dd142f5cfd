"""Merging, taking apart, linking, splitting and following up by typing: plans, exit codes, what a script reads."""

import pytest


@pytest.fixture
def three(office):
    """T-1001 and two more of one customer, the second with two messages."""
    assert office("customer", "new", "--name", "Dana Kim", "--email", "dana@example.com").code == 0
    for subject in ("Parcel", "Parcel again", "Lamp"):
        answer = office(
            *("ticket", "new", "--customer", "dana@example.com", "--subject", subject),
            *("--body", f"Hello,\n\n{subject} please", "--json"),
        )
        assert answer.code == 0
    return office


def made(office):
    return [one["ref"] for one in office("ticket", "list", "dana", "--sort", "created", "--json").json]


def test_a_merge_is_planned_done_shown_and_taken_apart(three):
    first, second, third = made(three)
    plan = three("ticket", "merge", second, first, "--dry-run", "--json")
    assert plan.code == 0
    assert {"ref": second, "field": "status", "before": "new", "after": "closed"} in plan.json
    assert f"{second} closes (now new): 1 message, shown on {first} from then on." in plan.err
    assert "Dry run: nothing was written." in plan.err
    whole = three("ticket", "merge", second, third, first, "--reason", "one matter", "--json").json
    assert (whole["ref"], whole["merged"]) == (first, [second, third])
    assert [one["from"] for one in whole["messages"]] == [None, second, third]
    assert three("ticket", "show", second, "--json").json["merged_into"] == first
    page = three("ticket", "show", first).out
    assert f"-- Merged into this\n{second} (closed) Parcel again\n" in page
    assert f", from {second}\n" in page
    assert three("ticket", "merge", second, first).code == 1
    apart = three("ticket", "unmerge", second, "--json").json
    assert (apart["ref"], apart["status"], apart["merged_into"]) == (second, "new", None)
    assert three("undo").code == 0
    assert three("ticket", "show", second, "--json").json["merged_into"] == first
    refused = three("ticket", "merge", "T-1001", first)
    assert (refused.code, "DIFFERENT CUSTOMERS: Jo Doe and Dana Kim." in refused.err) == (1, True)
    assert three("ticket", "merge", "T-1001", first, "--across-customers").code == 0
    alone = three("ticket", "merge", "T-1002")
    assert (alone.code, "two tickets or more" in alone.err) == (2, True)


def test_links_are_made_listed_and_taken_away_messages_split_off_closed_tickets_followed_up(three):
    first, second, _ = made(three)
    whole = three("ticket", "link", first, second, "--kind", "caused_by", "--json").json
    link = {
        "kind": "caused_by",
        "words": "caused by",
        "ref": second,
        "subject": "Parcel again",
        "status": "new",
    }
    assert whole["links"] == [link]
    assert three("ticket", "show", second, "--json").json["links"][0]["words"] == "cause of"
    assert three("ticket", "link", first, second, "--kind", "caused_by").code == 1
    assert "caused by" in three("ticket", "show", first).out
    assert three("ticket", "unlink", first, second, "--json").json["links"] == []
    assert three("ticket", "unlink", first, second).code == 1

    three("ticket", "receive", first, "Hello,\n\nand my lamp flickers")
    number = three("ticket", "show", first, "--json").json["messages"][-1]["id"]
    new = three("ticket", "split", first, "--json").json
    assert (new["subject"], new["links"][0]["words"]) == ("and my lamp flickers", "split from")
    assert new["messages"][0]["from"] == first
    again = three("ticket", "split", first, str(number), "--subject", "Lamp", "--dry-run")
    assert again.code == 0
    assert three("ticket", "split", first, "999999").code == 1
    assert three("ticket", "follow-up", first).code == 1
    three("ticket", "solve", first)
    three("ticket", "set", first, "status=closed")
    follow = three("ticket", "follow-up", first, "--subject", "The refund", "--as", "ana", "--json").json
    assert (follow["follows"], follow["subject"], follow["assignee"]) == (first, "The refund", "ana")
    assert three("ticket", "show", first, "--json").json["follow_ups"] == [follow["ref"]]
