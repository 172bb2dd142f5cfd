from datetime import UTC, datetime, timedelta

import pytest


def in_days(days):
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


@pytest.fixture
def gold(begin):
    """Jo of Acme, and the policies Gold and Standard."""
    return begin(
        *(
            ("policy", "add", name, "--calendar", "24x7", "--target", "frt=4h")
            for name in ("Gold", "Standard")
        ),
        ("customer", "new", "--name", "Jo", "--email", "jo@example.com", "--organization", "Acme"),
    )


def add(cli, *words):
    return cli("agreement", "add", "--json", *words).json


def test_an_agreement_is_added_and_listed(gold):
    made = add(
        gold,
        *("--organization", "acme", "--policy", "gold", "--product", "Router", "--plan", "care"),
        *("--from", "2026-01-01", "--until", "2199-12-31"),
    )
    created = made["created_at"]
    assert made == {
        "id": 1,
        "party": "Acme",
        "customer_id": None,
        "customer": None,
        "organization_id": 1,
        "organization": "Acme",
        "product": "Router",
        "plan": "care",
        "policy": "Gold",
        "starts_on": "2026-01-01",
        "ends_on": "2199-12-31",
        "state": "active",
        "created_at": created,
        "version": 1,
    }
    assert gold("agreement", "list", "--json").json == [made]
    [head, row] = gold("agreement", "list").out.splitlines()
    assert head.split() == ["N", "With", "Product", "Plan", "Policy", "From", "Until", "State"]
    assert row.split() == ["1", "Acme", "Router", "care", "Gold", "2026-01-01", "2199-12-31", "active"]
    assert gold("agreement", "list", "--format", "ids").out == "1\n"


def test_one_begins_today_and_has_no_end_unless_told(gold):
    before = in_days(0)
    made = add(gold, "--customer", "jo@example.com", "--policy", "Standard")
    assert before <= made["starts_on"] <= in_days(0)
    assert (made["customer"], made["ends_on"], made["state"]) == ("Jo", "", "active")


def test_the_list_tells_who_is_entitled_and_what_runs_out(gold):
    add(gold, "--organization", "Acme", "--policy", "Gold", "--from", "2020-01-01", "--until", "2020-12-31")
    add(gold, "--organization", "Acme", "--policy", "Gold", "--from", "2020-01-01", "--until", in_days(10))
    add(gold, "--customer", "Jo", "--policy", "Gold", "--from", in_days(10))
    gold("customer", "new", "--name", "Bo")
    add(gold, "--customer", "Bo", "--policy", "Gold", "--from", "2020-01-01")
    states = [one["state"] for one in gold("agreement", "list", "--json").json]
    assert states == ["expired", "expiring", "coming", "active"]

    def listed(*words):
        return gold("agreement", "list", "--format", "ids", *words).out.split()

    assert listed("--active") == ["2", "4"]
    assert listed("--customer", "Jo") == ["1", "2", "3"]
    assert listed("--customer", "Jo", "--active") == ["2"]
    assert listed("--organization", "acm") == ["1", "2"]


def test_an_empty_list_says_what_to_do_first(gold):
    assert "0 agreements. Add one: agentdesk agreement add" in gold("agreement", "list").err
    asked = gold("agreement", "list", "--active")
    assert (asked.out, asked.err) == ("", "0 agreements. See them all: agentdesk agreement list\n")
    assert gold("agreement", "list", "--json").json == []


def test_one_is_changed_ended_and_each_step_taken_back(gold):
    add(gold, "--customer", "Jo", "--policy", "Gold", "--from", "2026-01-01", "--until", "2026-06-30")
    changed = gold("agreement", "set", "1", "--policy", "standard", "--until", "", "--json").json
    assert (changed["policy"], changed["ends_on"], changed["starts_on"]) == ("Standard", "", "2026-01-01")
    assert gold("agreement", "end", "1", "--on", "2026-01-31", "--json").json["ends_on"] == "2026-01-31"
    assert gold("agreement", "end", "1", "--on", "2026-01-31").err == "Nothing changed.\n"
    assert gold("undo").code == 0
    assert gold("agreement", "list", "--json").json[0]["ends_on"] == ""
    assert gold("redo").code == 0
    assert gold("agreement", "list", "--json").json[0]["ends_on"] == "2026-01-31"


def test_a_policy_that_is_promised_cannot_be_retired(gold):
    add(gold, "--customer", "Jo", "--policy", "Gold")
    refused = gold("policy", "retire", "Gold")
    assert refused.code == 1
    assert refused.err == (
        "agentdesk: Policy Gold cannot be retired while it is promised by agreement 1. End it, or give another policy: "
        "agentdesk agreement set 1 --policy NAME\n"
    )
    assert gold("agreement", "set", "1", "--policy", "Standard").code == 0
    assert gold("policy", "retire", "Gold").code == 0


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (
            ("add", "--policy", "Gold"),
            2,
            "Name one --customer or one --organization, as in: --organization Acme",
        ),
        (
            ("add", "--policy", "Gold", "--customer", "Jo", "--organization", "Acme"),
            2,
            "Name one --customer or one --organization, as in: --organization Acme",
        ),
        (("add", "--policy", "Golt", "--customer", "Jo"), 1, "There is no policy Golt. Did you mean Gold?"),
        (
            ("add", "--policy", "Gold", "--organization", "Akme"),
            1,
            "There is no organization Akme. Did you mean Acme?",
        ),
        (
            ("add", "--policy", "Gold", "--customer", "Jo", "--from", "1 May"),
            1,
            "The first day cannot be “1 May”. Write a date such as 2026-12-25.",
        ),
        (
            ("add", "--policy", "Gold", "--customer", "Jo", "--from", "2026-05-01", "--until", "2026-04-30"),
            1,
            "The last day cannot be “2026-04-30”. Its first day is 2026-05-01, and the last one cannot come before it.",
        ),
        (("set", "7"), 2, "Nothing is to be changed. Name what, as in: --policy Gold"),
        (
            ("set", "7", "--plan", "x"),
            1,
            "There is no agreement 7. They are listed by: agentdesk agreement list",
        ),
        (
            ("end", "7", "--on", "2026-12-31"),
            1,
            "There is no agreement 7. They are listed by: agentdesk agreement list",
        ),
        (("list", "--organization", "Akme"), 1, "There is no organization Akme. Did you mean Acme?"),
    ],
)
def test_a_slip_is_one_sentence_and_an_exit_code(gold, line, code, told):
    answer = gold("agreement", *line)
    assert (answer.code, answer.out, answer.err) == (code, "", f"agentdesk: {told}\n")
    assert gold("agreement", "list", "--json").json == []


def test_only_an_admin_sets_up_agreements(gold):
    gold("agent", "add", "ben")
    refused = gold("agreement", "add", "--customer", "Jo", "--policy", "Gold", "--as", "ben")
    assert refused.code == 1
    assert "ben may not change the desk's set-up" in refused.err


def test_a_ticket_says_its_agreement_and_flags_one_that_has_ended(gold):
    gold("policy", "set", "Gold", "--by-agreement")
    add(gold, "--customer", "jo@example.com", "--policy", "Gold", "--plan", "care", "--until", in_days(400))
    gold("ticket", "new", "--subject", "x", "--customer", "jo@example.com")
    told = gold("ticket", "show", "T-1001", "--json").json["agreement"]
    assert (told["id"], told["plan"], told["policy"], told["state"]) == (1, "care", "Gold", "active")
    assert f"Agreement     care, policy Gold, until {in_days(400)}" in gold("ticket", "show", "T-1001").out
    gold("agreement", "set", "1", "--from", in_days(-9), "--until", in_days(-1))
    assert gold("ticket", "show", "T-1001", "--json").json["agreement"]["state"] == "expired"
    assert f"Agreement     care expired on {in_days(-1)}" in gold("ticket", "show", "T-1001").out
    gold("ticket", "new", "--subject", "y")
    assert gold("ticket", "show", "T-1002", "--json").json["agreement"] is None


def test_a_ticket_keeps_the_agreement_it_came_under_and_says_which_one_holds_today(gold):
    gold("policy", "set", "Gold", "--by-agreement")
    gold("ticket", "new", "--subject", "before", "--customer", "jo@example.com")
    add(gold, "--customer", "jo@example.com", "--policy", "Gold", "--plan", "care", "--until", in_days(400))
    gold("ticket", "new", "--subject", "x", "--customer", "jo@example.com")
    gold("agreement", "set", "1", "--from", in_days(-9), "--until", in_days(-1))
    add(gold, "--customer", "jo@example.com", "--policy", "Gold", "--plan", "more", "--until", in_days(90))
    told = gold("ticket", "show", "T-1002", "--json").json
    assert (told["agreement"]["plan"], told["agreement_today"]["plan"]) == ("care", "more")
    today = f"its customer today: more, policy Gold, until {in_days(90)}"
    assert f"Agreement     care expired on {in_days(-1)}; {today}" in gold("ticket", "show", "T-1002").out
    told = gold("ticket", "show", "T-1001", "--json").json
    assert (told["agreement"], told["agreement_today"]["plan"]) == (None, "more")
    assert f"Agreement     none; {today}" in gold("ticket", "show", "T-1001").out
