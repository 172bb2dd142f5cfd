import pytest

UK = ("calendar", "add", "UK", "--zone", "Europe/London", "--hours", "Mon-Fri 09:00-17:00")
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20201225
RRULE:FREQ=YEARLY
SUMMARY:Christmas
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20260803
DTEND;VALUE=DATE:20260805
SUMMARY:Works outing
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20260302T090000Z
DTEND:20260302T100000Z
SUMMARY:Stand-up
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20190101
SUMMARY:Long ago
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def uk(begin):
    return begin((*UK, "--holiday", "2026-12-25=Christmas Day"))


def test_a_calendar_is_added_shown_and_listed(cli):
    made = cli(*UK, "--holiday", "2026-12-25", "--exception", "2026-12-24=9-12", "--json").json
    assert made["ref"] == "UK@1"
    assert made["holidays"] == [{"date": "2026-12-25", "name": ""}]
    assert made["exceptions"] == {"2026-12-24": "09:00-12:00"}
    assert made["versions"] == [1]
    [listed] = cli("calendar", "list", "--json").json
    assert {**listed, "versions": [1]} == made
    assert cli("calendar", "show", "uk", "--json").json == made
    assert cli("calendar", "list", "--format", "ids").out == "UK\n"


def test_a_person_reads_zone_hours_holidays_and_versions(uk):
    uk("calendar", "set", "UK", "--exception", "2026-12-24=09:00-12:00", "--exception", "2026-03-07=closed")
    lines = uk("calendar", "show", "UK").out.splitlines()
    assert "Zone     Europe/London" in lines
    assert lines[lines.index("Own hours") + 1 :][:2] == [
        "Sat 2026-03-07  closed",
        "Thu 2026-12-24  09:00-12:00",
    ]
    assert lines[lines.index("Holidays") + 1] == "Fri 2026-12-25  Christmas Day"
    assert lines[-1].startswith("UK@2")


def test_an_empty_list_says_what_to_do_first(cli):
    answer = cli("calendar", "list")
    assert answer.out == ""
    assert "0 calendars. Add one: agentdesk calendar add UK" in answer.err
    assert cli("calendar", "list", "--json").json == []


def test_a_change_is_a_version_and_can_be_taken_back(uk):
    changed = uk("calendar", "set", "UK", "--hours", "Mon-Fri 08:00-18:00", "--json").json
    assert (changed["ref"], changed["hours"], changed["versions"]) == ("UK@2", "Mon-Fri 08:00-18:00", [1, 2])
    assert uk("calendar", "show", "UK@1", "--json").json["is_current"] is False
    assert uk("calendar", "list", "--all", "--format", "ids").out == "UK@1\nUK@2\n"
    assert uk("undo").code == 0
    assert uk("calendar", "show", "UK", "--json").json["ref"] == "UK@1"
    assert uk("redo").code == 0
    assert uk("calendar", "show", "UK", "--json").json["ref"] == "UK@2"


def test_holidays_and_exceptions_are_added_and_removed_one_by_one(uk):
    line = ("calendar", "set", "UK", "--json")
    uk(*line, "--holiday", "2026-01-01=New Year", "--exception", "2026-12-24=09:00-12:00")
    made = uk(*line, "--remove-holiday", "2026-12-25", "--remove-exception", "2026-12-24").json
    assert made["holidays"] == [{"date": "2026-01-01", "name": "New Year"}]
    assert made["exceptions"] == {}
    assert uk(*line, "--holiday", "2026-01-01=New Year's Day").json["holidays"][0]["name"] == "New Year's Day"
    same = uk(*line, "--zone", "Europe/London")
    assert same.err == "Nothing changed.\n"
    assert same.json["number"] == 4


def test_the_holidays_of_a_country_are_told_one_by_one(uk):
    line = ("calendar", "import-holidays", "UK", "--country", "GB", "--subdivision", "ENG", "--years", "2026")
    before = uk("calendar", "show", "UK", "--json").json
    dry = uk(*line, "--dry-run", "--json")
    assert uk("calendar", "show", "UK", "--json").json == before
    assert "Dry run: nothing was written." in dry.err
    done = uk(*line, "--json")
    assert done.json == dry.json
    assert {one["date"]: one["state"] for one in done.json}["2026-12-25"] == "known"
    assert [one["state"] for one in done.json].count("taken") == len(done.json) - 1
    assert f"{len(done.json) - 1} taken, 1 known already: UK in 2026." in done.err
    after = uk("calendar", "show", "UK", "--json").json
    assert (after["number"], after["holiday_count"]) == (2, len(done.json))
    assert "Nothing changed." in uk(*line).err
    assert uk(*line, "--dry-run", "--json").code == 0
    uk("undo")
    assert uk("calendar", "show", "UK", "--json").json == before


def test_the_dates_of_a_file_are_taken_and_what_is_no_date_is_told(uk, home):
    (home / "team.ics").write_text(ICS)
    answer = uk(
        "calendar", "import-holidays", "UK", str(home / "team.ics"), "--years", "2026..2027", "--json"
    )
    assert [(one["date"], one["name"], one["state"]) for one in answer.json] == [
        ("2026-08-03", "Works outing", "taken"),
        ("2026-08-04", "Works outing", "taken"),
        ("2026-12-25", "Christmas", "known"),
        ("2027-12-25", "Christmas", "taken"),
    ]
    assert "Left out: “Stand-up” has times of day, and closes no whole date.\n" in answer.err
    assert "Left out: 1 dates outside 2026..2027; --years asks for others.\n" in answer.err
    assert uk("calendar", "import-holidays", "UK", "-", stdin=ICS).code == 0


def test_a_holiday_with_hours_of_its_own_is_open_all_the_same(uk):
    uk("calendar", "set", "UK", "--exception", "2026-12-28=10:00-12:00")
    answer = uk(
        "calendar", "import-holidays", "UK", "--country", "GB", "--subdivision", "ENG", "--years", "2026"
    )
    assert "2026-12-28 is open 10:00-12:00 all the same: its own hours win over a holiday.\n" in answer.err


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (UK, 1, "The name cannot be “UK”. There is such a calendar already; an edit makes its next version."),
        (
            ("calendar", "add", "X", "--zone", "Londn", "--hours", "Mon 9-17"),
            1,
            "There is no time zone “Londn”. Did you mean Europe/London?",
        ),
        (
            ("calendar", "add", "X", "--zone", "Europe/London", "--hours", "Mon 9-17; Mon 16-18"),
            1,
            "Opening hours, Mon: open twice from 16:00 to 17:00. Name it once.",
        ),
        (
            ("calendar", "add", "X", "--zone", "Europe/London", "--hours", "Mon-Fri"),
            1,
            "Opening hours, part 1 “Mon-Fri”: it has no times. Write for example Sat 09:00-12:00.",
        ),
        (
            ("calendar", "add", "24x7", "--zone", "Europe/London", "--hours", "24/7"),
            1,
            "The name cannot be “24x7”. Every desk has this one already.",
        ),
        (
            ("calendar", "add", "UK@2", "--zone", "Europe/London", "--hours", "24/7"),
            1,
            "The name cannot be “UK@2”. @ names a version, as in UK@2.",
        ),
        (
            (*UK, "--holiday", "Christmas"),
            1,
            "The holiday cannot be “Christmas”. Write a date such as 2026-12-25.",
        ),
        (
            ("calendar", "set", "UK", "--remove-holiday", "2026-07-04"),
            1,
            "There is no holiday of UK on 2026-07-04. They are listed by: agentdesk calendar show UK",
        ),
        (
            ("calendar", "set", "UK", "--remove-exception", "2026-07-04"),
            1,
            "There is no exception of UK on 2026-07-04. They are listed by: agentdesk calendar show UK",
        ),
        (
            ("calendar", "set", "UK"),
            2,
            "Nothing is to be changed. Name what, as in: --hours 'Mon-Fri 08:00-18:00'",
        ),
        (("calendar", "set", "UKK", "--hours", "24/7"), 1, "There is no calendar UKK. Did you mean UK?"),
        (
            ("calendar", "set", "24x7", "--hours", "closed"),
            1,
            "The calendar cannot be “24x7”. This one never closes, and nobody can change it.",
        ),
        (("calendar", "show", "UKK"), 1, "There is no calendar UKK. Did you mean UK?"),
        (
            ("calendar", "import-holidays", "UK"),
            2,
            "Name a file or a country, as in: agentdesk calendar import-holidays UK --country GB --subdivision ENG",
        ),
        (
            ("calendar", "import-holidays", "UK", "a.ics", "--subdivision", "ENG"),
            2,
            "--subdivision is a part of a --country. Name the country too.",
        ),
        (
            ("calendar", "import-holidays", "UK", "--country", "GB", "--years", "next"),
            1,
            "The years cannot be “next”. Write 2026, or 2026..2028.",
        ),
        (
            ("calendar", "import-holidays", "UK", "no-such.ics"),
            1,
            "no-such.ics: No such file or directory. Nothing more was done.",
        ),
        (
            ("calendar", "import-holidays", "UKK", "--country", "GB"),
            1,
            "There is no calendar UKK. Did you mean UK?",
        ),
    ],
)
def test_a_slip_is_one_sentence_and_an_exit_code(uk, line, code, told):
    answer = uk(*line)
    assert (answer.code, answer.out, answer.err) == (code, "", f"agentdesk: {told}\n")
    assert uk("calendar", "list", "--all", "--format", "ids").out == "UK@1\n"


def test_only_an_admin_sets_up_calendars_and_everybody_counts_in_them(uk):
    uk("agent", "add", "ben")
    refused = uk("calendar", "set", "UK", "--hours", "24/7", "--as", "ben")
    assert refused.code == 1
    assert "ben may not change the desk's set-up" in refused.err
    assert uk("calendar", "show", "UK", "--as", "ben").code == 0
