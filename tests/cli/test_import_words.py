"""What an import says to the person at the terminal, and what it leaves behind where nothing came of it."""

import json

import pytest

PEOPLE = "name\temail\nBo Ek\tno-address\nCy Fox\tcy@example.com\n"
NO_PEOPLE = "shoe\tsize\n1\t2\n"


@pytest.fixture
def people(home):
    path = home / "people.csv"
    path.write_text(PEOPLE)
    return path


KINDS = ["contacts", "organizations", "orders", "feedback", "calls", "articles", "tickets", "mail"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["nowhere.csv", "strange.csv"])
def test_a_file_that_is_refused_leaves_no_new_desk_behind(cli, home, kind, name):
    (home / "strange.csv").write_text(NO_PEOPLE)
    answer = cli("import", kind, str(home / name))
    assert answer.code == 1
    assert not list(home.glob("desk.db*"))
    assert "desk.db" not in answer.err


def test_a_dry_run_makes_no_desk_and_says_that_there_is_none(cli, home, people):
    told = cli("import", "contacts", str(people), "--dry-run").err.splitlines()
    assert f"There is no desk at {home / 'desk.db'} yet." in told
    assert not list(home.glob("desk.db*"))


def test_a_first_import_makes_the_desk_and_says_so(cli, home, people):
    assert f"A new desk was made: {home / 'desk.db'}" in cli("import", "contacts", str(people)).err
    assert [one["name"] for one in json.loads(cli("customer", "list", "--json").out)] == ["Cy Fox"]


def test_a_desk_that_is_there_stays_though_it_is_empty(cli, home, people):
    assert cli("agent", "list").code == 0
    cli("import", "contacts", str(home / "nowhere.csv"))
    cli("import", "contacts", str(people), "--dry-run")
    assert (home / "desk.db").exists()


def test_a_tab_is_told_as_a_word_to_people_and_as_itself_to_programs(office, people):
    answer = office("import", "contacts", str(people), "--dry-run")
    assert "Delimiter     tab\n" in answer.out
    assert "Dry run       yes\n" in answer.out
    told = office("import", "contacts", str(people), "--json").json
    assert told["delimiter"] == "\t"
    assert "Delimiter     tab\n" in office("import", "show", str(told["batch"])).out


def test_a_dry_run_tells_each_rejected_row_once(office, people):
    for options in ((), ("--all",), ("--plan", str(people.with_name("people.plan")))):
        answer = office("import", "contacts", str(people), "--dry-run", *options)
        assert (answer.out + answer.err).count("'no-address'") == 1
        assert "line 2: " not in answer.err
    assert "line 2: " in office("import", "contacts", str(people), "--dry-run", "--json").err


def test_rejects_of_rejects_are_numbered_until_nothing_is_left(office, people):
    first = office("import", "contacts", str(people), "--json").json["rejects_file"]
    second = office("import", "contacts", first, "--json").json["rejects_file"]
    third = office("import", "contacts", second, "--json").json["rejects_file"]
    assert [one.rpartition("/")[2] for one in (first, second, third)] == [
        "people.rejects.csv",
        "people.rejects-2.csv",
        "people.rejects-3.csv",
    ]


def test_help_of_imports_and_exports_shows_lines_that_can_be_typed(cli):
    for group, lines in (("import", 6), ("export", 4)):
        example = cli(group, "--help").out.partition("Example:\n")[2].splitlines()
        assert len(example) == lines
        for line in example:
            words = line.split()
            assert cli(*words[1:3], "--help").code == 0
            assert len(words) > 3


def test_where_rejected_rows_are_is_told_with_what_to_do(office, people):
    told = office("import", "contacts", str(people)).err
    where = people.with_name("people.rejects.csv")
    assert f"Rejected rows: 1.\nIt is in {where} with the reason: correct that file and import it.\n" in told


def test_vcards_are_told_once_and_without_the_columns_of_their_reader(office, home):
    path = home / "phone.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Jo\nEND:VCARD\n")
    told = office("import", "contacts", str(path)).err.splitlines()
    assert told[0] == "Read as vCards."
    assert told[1].startswith("Import ")
