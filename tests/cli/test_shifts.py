import pytest

OFFICE = ("shift", "set", "ana", "--hours", "Mon-Fri 9-17", "--zone", "Europe/London")


def test_a_shift_is_set_and_listed(office):
    made = office(*OFFICE, "--day", "2099-03-02=closed", "--json").json
    assert (made["agent"], made["zone"], made["hours"]) == ("ana", "Europe/London", "Mon-Fri 09:00-17:00")
    assert made["exceptions"] == {"2099-03-02": "closed"}
    assert isinstance(made["on_shift"], bool)
    assert made["until"].endswith("+00:00")
    assert office("shift", "list", "--json").json == [made]
    assert office("shift", "list", "--format", "ids").out == "ana\n"


def test_the_zone_is_that_of_the_desk_unless_told(office):
    assert office("shift", "set", "ben", "--hours", "24/7", "--json").json["zone"] == "UTC"


def test_what_is_not_named_stays_as_it_is(office):
    office(*OFFICE)
    office("shift", "set", "ana", "--day", "2099-03-02=closed")
    office("shift", "set", "ana", "--day", "2099-03-03=12-20", "--hours", "Mon 9-12")
    made = office("shift", "set", "ana", "--remove-day", "2099-03-02", "--json").json
    assert (made["hours"], made["zone"]) == ("Mon 09:00-12:00", "Europe/London")
    assert made["exceptions"] == {"2099-03-03": "12:00-20:00"}


def test_days_off_in_a_row_are_told_in_one_and_past_ones_not_at_all(office):
    office(*OFFICE, "--day", "2020-01-01=closed")
    office("shift", "off", "ana", "2099-03-02..2099-03-06")
    made = office("shift", "off", "ana", "2099-03-09", "--json").json
    assert made["own_days"] == ["2099-03-02..2099-03-06 closed", "2099-03-09 closed"]
    assert len(made["exceptions"]) == 7


def test_who_is_off_for_good_is_shown_so_and_undo_brings_them_back(office):
    office("shift", "set", "ben", "--hours", "closed")
    assert office("agent", "list", "--json").json[1]["on_shift"] is False
    assert office("undo").code == 0
    ben = office("agent", "list", "--json").json[1]
    assert (ben["handle"], ben["on_shift"], ben["until"]) == ("ben", True, None)


def test_agents_are_listed_with_who_is_there_and_until_when(office):
    office("shift", "set", "ana", "--hours", "24/7", "--day", "2099-03-02=closed")
    office("shift", "set", "ben", "--hours", "closed", "--day", "2099-01-01=9-17")
    office("agent", "add", "cleo")
    office("agent", "set", "cleo", "active=no")
    told = {one["handle"]: (one["on_shift"], one["until"]) for one in office("agent", "list", "--json").json}
    assert told["ana"] == (True, None)  # more than a year ahead is not looked at
    assert told["ben"] == (False, None)
    assert told["cleo"] == (False, None)
    assert office("agent", "list").out.splitlines()[0].split()[3:] == [
        "Active",
        "On",
        "shift",
        "Until",
        "Open",
    ]


def test_clearing_a_shift_leaves_who_is_taken_to_be_there(office):
    office(*OFFICE)
    assert office("shift", "clear", "ana").code == 0
    answer = office("shift", "list")
    assert answer.out == ""
    assert "Everybody is taken to be there. Set one: agentdesk shift set" in answer.err


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (["set", "ana"], 2, "Nothing is to be changed"),
        (["set", "ana", "--day", "2099-03-02=closed"], 2, "has no shift yet"),
        (["set", "nina", "--hours", "24/7"], 1, "There is no agent nina"),
        (["set", "ana", "--hours", "nine to five"], 1, "Opening hours"),
        (["set", "ana", "--hours", "24/7", "--zone", "London"], 1, "Did you mean Europe/London"),
        (["set", "ana", "--hours", "24/7", "--remove-day", "2099-03-02"], 1, "There is no day of ana"),
        (["off", "ana", "soon"], 1, "Write a date"),
        (["off", "ana", "2099-03-06..2099-03-02"], 1, "The earlier date comes first"),
        (["off", "ana", "2099-03-06..2199-03-02"], 1, "at most 366"),
        (["clear", "ana"], 1, "There is no shift of ana"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(office, line, code, told):
    answer = office("shift", *line)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err


def test_an_agent_may_not_plan_shifts(office):
    answer = office(*OFFICE, "--as", "ben")
    assert answer.code == 1
    assert "ben may not plan shifts and days off." in answer.err


def test_a_lead_plans_shifts_and_days_off_but_sets_up_no_policy(office):
    for line in (OFFICE, ("shift", "off", "ben", "2099-03-02"), ("shift", "clear", "ana")):
        assert office(*line, "--as", "ana").code == 0
    answer = office("policy", "add", "Gold", "--calendar", "24x7", "--target", "frt=4h", "--as", "ana")
    assert (answer.code, "may not change the desk's set-up" in answer.err) == (1, True)


def test_an_owner_who_is_off_is_covered_and_the_number_takes_all_of_it_back(office):
    office("shift", "set", "ben", "--hours", "closed")
    assert office("customer", "set", "jo@example.com", "owner=ben", "owner_since=2020-01-01").code == 0
    answer = office("ticket", "new", "--customer", "1", "--subject", "Help", "--queue", "Billing", "--json")
    assert (answer.json["assignee"], answer.json["queue"]) == (None, "Billing")
    [note] = answer.json["messages"]
    assert (note["author_kind"], note["visibility"]) == ("system", "internal")
    assert note["body"] == "Covers for ben, who is off."
    assert "The ticket waits for who covers for ben, who is off." in answer.err
    assert office("undo").out == "Took back: opened the ticket (T-1004).\n"
    assert office("ticket", "show", "T-1004").code == 1


def test_an_owner_who_is_there_gets_the_ticket(office):
    shown = office(
        "customer", "set", "1", "owner=ben", "owner_since=2020-01-01", "owner_until=2099-12-31", "--json"
    )
    assert (shown.json["owner"], shown.json["owner_until"]) == ("ben", "2100-01-01T00:00:00+00:00")
    assert (
        "Owner           ben from 2020-01-01 00:00 until 2100-01-01 00:00"
        in office("customer", "show", "1").out
    )
    answer = office("ticket", "new", "--customer", "1", "--subject", "Help", "--json")
    assert (answer.json["assignee"], answer.json["status"]) == ("ben", "open")
    assert "The ticket is given to ben, who owns the customer." in answer.err
    office("customer", "set", "1", "owner=", "owner_since=", "owner_until=")
    answer = office("ticket", "new", "--customer", "1", "--subject", "Help", "--json")
    assert (answer.json["assignee"], answer.json["status"]) == (None, "new")


@pytest.mark.parametrize(
    ("word", "code", "told"),
    [
        ("owner=nina", 1, "There is no agent nina"),
        ("owner_since=soon", 2, "owner_since: “soon” is not an instant"),
        ("owner_until=2019-12-31", 1, "not after owner_since"),
    ],
)
def test_an_owner_that_cannot_be_is_refused(office, word, code, told):
    office("customer", "set", "1", "owner=ben", "owner_since=2020-01-01")
    answer = office("customer", "set", "1", word)
    assert answer.code == code
    assert told in answer.err


def test_next_says_what_it_took_and_why_it_stood_first(office):
    office("ticket", "set", "T-1002", "due=2h")
    answer = office("ticket", "next", "--as", "ben", "--json")
    assert [(one["ref"], one["assignee"]) for one in answer.json] == [("T-1002", "ben")]
    assert "Took T-1002, which stood first: promise at risk, due in 1:59; normal." in answer.err
    assert "undo with: agentdesk undo" in answer.err
    office("ticket", "next", "--as", "ben")
    office("ticket", "next", "--as", "ben")
    assert "There is nothing to take" in office("ticket", "next", "--as", "ben").err
