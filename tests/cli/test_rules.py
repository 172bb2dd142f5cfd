import pytest

from tests.cli.conftest import OFFICE


@pytest.fixture
def ruled(begin):
    """Invoices go to Billing, everything else to Support."""
    return begin(
        *OFFICE,
        ("rule", "add", "Rest", "--when", "", "--queue", "support", "--position", "9"),
        ("rule", "add", "Invoices", "--when", "invoice", "--queue", "billing", "--position", "1"),
    )


def test_rules_are_listed_in_the_order_in_which_they_are_asked(ruled):
    rows = ruled("rule", "list", "--json").json
    assert [(one["name"], one["position"], one["queue"], one["is_active"]) for one in rows] == [
        ("Invoices", 1, "Billing", True),
        ("Rest", 9, "Support", True),
    ]
    assert ruled("rule", "list", "--format", "ids").out == "Invoices\nRest\n"


def test_an_empty_list_says_what_to_do_first(office):
    answer = office("rule", "list")
    assert answer.out == ""
    assert "0 rules. Add one: agentdesk rule add Invoices" in answer.err


def test_a_new_ticket_goes_where_the_first_rule_sends_it(ruled):
    answer = ruled("ticket", "new", "--subject", "Invoice 7", "--json")
    assert answer.json["queue"] == "Billing"
    assert "The ticket goes to Billing by the rule Invoices." in answer.err
    assert ruled("ticket", "new", "--subject", "Hello", "--json").json["queue"] == "Support"
    assert (
        ruled("ticket", "new", "--subject", "Invoice 7", "--queue", "Support", "--json").json["queue"]
        == "Support"
    )
    why = [one["reason"] for one in ruled("ticket", "history", "T-1004", "--json").json]
    assert why == ["", "rule Invoices"]


def test_a_ticket_is_tried_on_the_rules(ruled):
    answer = ruled("rule", "test", "T-1001", "--json")
    assert [(one["name"], one["matches"], one["wins"]) for one in answer.json] == [
        ("Invoices", True, True),
        ("Rest", True, False),
    ]
    assert answer.err == "Opened now without a queue, T-1001: Invoices sends it to Billing.\n"
    told = ruled("rule", "test", "T-1002").out
    assert "does not find it" in told
    assert "decides: the first that finds it" in told
    ruled("rule", "set", "Rest", "--off")
    answer = ruled("rule", "test", "1002")
    assert "finds it, but is off" in answer.out
    assert "no rule finds it" in answer.err


def test_a_rule_is_changed_and_removed_and_undo_brings_it_back(ruled):
    changed = ruled(
        "rule",
        "set",
        "invoices",
        "--when",
        "vat",
        "--queue",
        "Support",
        "--position",
        "3",
        "--name",
        "VAT",
        "--json",
    ).json
    assert (changed["name"], changed["conditions"], changed["queue"]) == ("VAT", "vat", "Support")
    assert ruled("rule", "set", "vat", "--off", "--json").json["is_active"] is False
    assert ruled("rule", "set", "vat", "--on", "--json").json["is_active"] is True
    assert ruled("rule", "remove", "VAT").code == 0
    assert ruled("rule", "list", "--format", "ids").out == "Rest\n"
    ruled("undo")
    assert ruled("rule", "list", "--format", "ids").out == "VAT\nRest\n"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (
            ["add", "A", "--when", "tag:vat quee:x", "--queue", "Billing"],
            1,
            "Column 9: there is no field “quee”",
        ),
        (["add", "A", "--when", "", "--queue", "Biling"], 1, "Did you mean Billing"),
        (["add", "rest", "--when", "", "--queue", "Billing"], 1, "such a rule already"),
        (
            ["add", "A", "--when", "is:breached", "--queue", "Billing"],
            1,
            "Column 4: is:breached is not known of a new ticket",
        ),
        (["add", "A", "--when", "", "--queue", "Billing", "--position", "-1"], 2, "--position"),
        (["set", "Rest", "--position", "-1"], 2, "--position"),
        (["set", "Rest"], 2, "Nothing is to be changed"),
        (["set", "Rast", "--off"], 1, "Did you mean Rest"),
        (["set", "Rest", "--when", "(", "--queue", "Billing"], 1, "Column"),
        (["remove", "nope"], 1, "There is no rule nope"),
        (["test", "T-7"], 1, "There is no ticket T-7"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(ruled, line, code, told):
    before = ruled("rule", "list", "--json").json
    answer = ruled("rule", *line)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert ruled("rule", "list", "--json").json == before
