"""Letters at the command line: what waits, what leaves, and what can still be taken back."""

import os
from pathlib import Path

from agentdesk.demo.practice import mark_practice
from agentdesk.store.store import Store


def customer_with_ticket(cli, *, email="dana@hooli.example"):
    cli("customer", "new", "--name", "Dana Kim", *(["--email", email] if email else []))
    return cli(
        "ticket", "new", "--customer", "1", "--subject", "No parcel", "--body", "Where?", "--json"
    ).json["ref"]


def test_a_reply_waits_and_is_exported_once(cli, home):
    ref = customer_with_ticket(cli)
    cli("setting", "set", "mail_from", "support@desk.example")
    file = home / "a.txt"
    file.write_text("the file", encoding="utf-8")
    told = cli("ticket", "reply", ref, "On its way.", "--attach", str(file))
    assert "The letter may leave at" in told.err
    [row] = cli("outbox", "list", "--state", "queued", "--json").json
    assert (row["ref"], row["to_address"], row["state"]) == (ref, "dana@hooli.example", "queued")
    waits = cli("outbox", "export", str(home / "out"))
    assert (waits.code, waits.out) == (0, "")
    assert "1 letter still waits: the next may leave at" in waits.err
    assert "the text is your draft again" in cli("undo").out
    cli("setting", "set", "send_window", "0")
    cli("ticket", "reply", ref, "On its way.", "--attach", str(file))
    dry = cli("outbox", "export", str(home / "out"), "--dry-run", "--json")
    assert [one["ref"] for one in dry.json] == [ref]
    assert not list((home / "out").glob("*.eml"))
    answer = cli("outbox", "export", str(home / "out"), "--json")
    left = answer.json
    assert [one["to"] for one in left] == ["dana@hooli.example"]
    [mail] = (home / "out").glob("*.eml")
    assert b'Content-Disposition: attachment; filename="a.txt"' in mail.read_bytes()
    assert cli("outbox", "export", str(home / "out"), "--json").json == []
    refused = cli("undo")
    assert (refused.code, "went out just now" in refused.err, "Write a correction." in refused.err) == (
        1,
        True,
        True,
    )
    again = cli("outbox", "export", str(home / "out"), "--again", str(left[0]["id"]), "--json")
    assert [one["id"] for one in again.json] == [left[0]["id"]]


def test_no_address_is_said(cli):
    ref = customer_with_ticket(cli, email="")
    assert "no e-mail address: nothing goes out" in cli("ticket", "reply", ref, "On its way.").err
    empty = cli("outbox", "list")
    assert "0 letters." in empty.err
    assert cli("outbox", "list", "--json").json == []


def test_a_desk_without_an_address_is_told_how_to_get_one(cli, tmp_path):
    answer = cli("outbox", "export", str(tmp_path / "out"))
    assert answer.code == 1
    assert "setting set mail_from" in answer.err


def test_no_letter_of_a_practice_desk_leaves_unasked(cli, home):
    ref = customer_with_ticket(cli)
    cli("setting", "set", "mail_from", "support@desk.example")
    cli("setting", "set", "send_window", "0")
    cli("ticket", "reply", ref, "On its way.")
    store = Store.open(os.environ["AGENTDESK_STORE"])
    mark_practice(store)
    store.close()
    refused = cli("outbox", "export", str(home / "out"))
    assert (refused.code, refused.out) == (1, "")
    assert "This is a practice desk and its letters are made up" in refused.err
    assert not list(home.glob("out/*.eml"))
    assert [one["ref"] for one in cli("outbox", "list", "--state", "queued", "--json").json] == [ref]
    asked = cli("outbox", "export", str(home / "out"), "--practice", "--json")
    assert [one["ref"] for one in asked.json] == [ref]
    assert len(list(home.glob("out/*.eml"))) == 1


def test_a_conversation_is_forwarded_without_its_notes(cli):
    ref = customer_with_ticket(cli)
    cli("ticket", "note", ref, "He is difficult.")
    done = cli(
        "ticket", "forward", ref, "Please look.", "--to", "repairs@partner.example", "--hold", "--json"
    )
    last = done.json["messages"][-1]
    assert last["visibility"] == "internal"
    assert "Please look." in last["body"]
    assert "> Where?" in last["body"]
    assert "difficult" not in last["body"]
    assert done.json["status"] == "on_hold"
    assert cli("ticket", "forward", ref, "--to", "no address").code == 1
    one = cli("ticket", "forward", ref, "--to", "a@b.example", "--message", "2")
    assert "There is no public message 2." in one.err


def test_who_is_named_in_a_note_and_is_no_agent_is_said(cli):
    ref = customer_with_ticket(cli)
    assert "No agent is called @bob: nobody was told." in cli("ticket", "note", ref, "@bob look").err
    missing = cli("ticket", "note", ref, "x", "--attach", str(Path("/nowhere/at.all")))
    assert (missing.code, "no such file" in missing.err) == (1, True)
