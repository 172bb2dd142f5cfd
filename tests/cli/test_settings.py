"""What the desk chooses for everybody, at the command line."""


def test_settings_are_listed_with_what_they_may_be(cli):
    [ack, close, domain, sender, organization, window] = cli("setting", "list", "--json").json
    assert (ack["key"], ack["value"], ack["default"], ack["range"]) == ("ack_minutes", 60, 60, "1 to 10080")
    assert (close["key"], close["is_set"], close["type"]) == ("close_after_days", False, "number")
    assert (organization["key"], organization["value"], organization["type"]) == ("organization", "", "text")
    assert (domain["key"], domain["range"]) == ("mail_domain", "a domain, such as company.example")
    assert (sender["key"], sender["type"]) == ("mail_from", "text")
    assert (window["key"], window["value"], window["range"]) == ("send_window", 30, "0 to 600")
    head = cli("setting", "list").out.splitlines()[0]
    assert head.split() == ["Key", "Value", "Set", "Default", "Range", "What"]


def test_one_is_set_unset_and_taken_back(cli):
    done = cli("setting", "set", "close_after_days", "14")
    assert (done.code, done.out) == (0, "close_after_days  14\n")
    assert "undo with: agentdesk undo" in done.err
    assert cli("setting", "unset", "close_after_days").out == "close_after_days  7, the default\n"
    cli("undo")
    assert cli("setting", "list", "--json").json[1]["value"] == 14
    assert "Nothing changed" in cli("setting", "set", "close_after_days", "14").err


def test_a_slip_is_one_sentence(cli):
    answer = cli("setting", "set", "organisation", "Acme")
    assert (answer.code, answer.out) == (1, "")
    assert "There is no setting organisation. Did you mean organization?" in answer.err
    answer = cli("setting", "set", "ack_minutes", "0")
    assert answer.code == 1
    assert "Write a whole number from 1 to 10080." in answer.err


def test_what_is_chosen_is_safe_to_print(cli):
    answer = cli("setting", "set", "organization", "Ac\x1b[31mme")
    assert "\x1b" not in answer.out
    assert "\x1b" not in cli("setting", "list").out
