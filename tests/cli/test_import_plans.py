import json

import pytest

FIRST = "id,name,email,title\nC-1,Ann Lee,ann@example.com,Buyer\n"
SECOND = "id,name,email,title\nC-1,Ann Lee,ann@example.com,Chief\n,Bo Ek,bo@example.com,\n,B. Ek,bo@example.com,Baker\n,Cy,cy@@x,\n"


@pytest.fixture
def path(home, office):
    (home / "first.csv").write_text(FIRST)
    assert office("import", "contacts", str(home / "first.csv")).code == 0
    place = home / "people.csv"
    place.write_text(SECOND)
    return place


def test_a_dry_run_shows_what_would_come_of_it(office, path):
    number = next(one["id"] for one in office("customer", "list", "--json").json if one["name"] == "Ann Lee")
    answer = office("import", "contacts", str(path), "--dry-run", "--blank", "clear")
    assert answer.code == 3
    told = answer.out[answer.out.index("New ") :]
    assert told.splitlines() == [
        "New (who would be made a customer): 1",
        "  line 3  Bo Ek: email: bo@example.com",
        "",
        "Changed (customers who would change): 1",
        f"  line 2  Ann Lee (customer {number})",
        "      title: Buyer → Chief",
        "",
        "Duplicates (rows that fold into an earlier row of the file): 1",
        "  into line 3  Bo Ek",
        "      line 4 adds title: (nothing) → Baker; drops name: B. Ek",
        "",
        "Rejected (rows that would not be taken): 1",
        "  line 5  email: 'cy@@x' is no e-mail address: the part after the @-sign contains invalid characters: '@'",
    ]


def test_what_is_left_out_is_told_and_all_prints_it(office, home):
    path = home / "many.csv"
    path.write_text("name,email\n" + "".join(f"P{n},p{n}@example.com\n" for n in range(1207)))
    few = office("import", "contacts", str(path), "--dry-run").out
    assert few.count("\n  line ") == 5
    assert "  and 1,202 more; --all prints every one" in few
    every = office("import", "contacts", str(path), "--dry-run", "--all").out
    assert every.count("\n  line ") == 1207
    assert "more;" not in every


def test_json_stays_the_object_of_counts_and_json_lines_are_the_plan(office, path, home):
    answer = office("import", "contacts", str(path), "--plan", str(home / "people.plan"), "--json")
    assert answer.json["dry_run"] is True
    assert set(answer.json) == set(office("import", "contacts", str(path), "--dry-run", "--json").json)
    lines = office("import", "contacts", str(path), "--dry-run", "--format", "jsonl").out.splitlines()
    head, *rows = map(json.loads, lines)
    assert head["counts"]["rows"] == len(rows) == 4
    assert [one["outcome"] for one in rows] == ["changed", "new", "duplicate", "rejected"]
    saved = (home / "people.plan").read_text().splitlines()
    assert saved[1:] == lines[1:]


def test_a_plan_is_applied_once_and_then_refused(office, path, home):
    plan = str(home / "people.plan")
    assert (
        f"apply it with: agentdesk import apply {plan}"
        in office("import", "contacts", str(path), "--plan", plan).err
    )
    done = office("import", "apply", plan, "--json")
    assert (done.code, done.json["created"], done.json["updated"]) == (3, 1, 1)
    again = office("import", "apply", plan)
    assert (again.code, again.out) == (1, "")
    (sentence,) = again.err.strip().splitlines()
    number = str(done.json["batch"])
    assert f"The desk is not as it was planned: this plan was applied, import {number}." in sentence
    assert office("import", "undo", number).code == 0
    undone = office("import", "apply", plan)
    assert (undone.code, "line 2 (Ann Lee): customer" in undone.err) == (1, True)
    assert "was changed since" in undone.err


def test_an_import_that_was_stopped_goes_on_by_its_number(office, path, home):
    nowhere = home / "nowhere" / "people.rejects.csv"
    stopped = office("import", "contacts", str(path), "--rejects", str(nowhere))
    assert (stopped.code, stopped.out) == (1, "")
    number = str(office("import", "list", "--json").json[0]["batch"])
    assert office("import", "show", number, "--json").json["state"] == "interrupted"
    done = office("import", "resume", number, "--rejects", str(home / "out.csv"), "--json")
    assert (done.code, done.json["created"], done.json["rejects_file"]) == (3, 1, str(home / "out.csv"))
    again = office("import", "resume", number)
    assert (again.code, "came to its end" in again.err) == (1, True)


def test_what_was_changed_since_is_left_with_the_way_to_take_it_and_force_says_what_is_lost(office, path):
    number = str(office("import", "contacts", str(path), "--json").json["batch"])
    bo = next(str(one["id"]) for one in office("customer", "list", "--json").json if one["name"] == "Bo Ek")
    office("customer", "set", bo, "title=Mine")
    told = f"customer {bo} (title changed since)"
    left = office("import", "undo", number)
    assert left.code == 3
    assert f"left as it is: {told}; repeat with --force to take it back too\n" in left.out
    for _ in range(2):
        forced = office("import", "undo", number, "--force")
        assert (forced.code, f"lost with it: {told}\n" in forced.out) == (0, True)
        assert [office("redo").code, office("redo").code] == [0, 0]
        assert office("import", "undo", number).code == 3


def test_a_customer_shows_where_their_ways_came_from(office, path):
    number = office("import", "contacts", str(path), "--json").json["batch"]
    bo = next(str(one["id"]) for one in office("customer", "list", "--json").json if one["name"] == "Bo Ek")
    assert f"email   bo@example.com  from plain, import {number}" in office("customer", "show", bo).out
    (way,) = office("customer", "show", bo, "--json").json["contacts"]
    assert (way["source"], way["batch_id"]) == ("plain", number)


def test_survivor_rules_are_told_where_they_cannot_be_followed(office, path):
    answer = office("import", "contacts", str(path), "--survivor", "colour=desk")
    assert (answer.code, "*" in answer.err) == (1, True)
    kept = office("import", "contacts", str(path), "--survivor", "title=desk", "--json").json
    assert kept["updated"] == 0


def test_what_stays_for_one_reason_is_counted_in_one_line_unless_all_is_asked_for(office, home):
    table = home / "many.csv"
    table.write_text("name,email\n" + "".join(f"Bo {at},bo{at}@example.com\n" for at in range(5)))
    number = str(office("import", "contacts", str(table), "--json").json["batch"])
    ids = [one["id"] for one in office("customer", "list", "--json").json if one["name"].startswith("Bo ")]
    for one in ids:
        office("customer", "set", str(one), "title=Mine")
    few = office("import", "undo", number).out
    assert few.count("left as it is") == 1
    assert "left as it is: 5 customers (title changed since): " in few
    assert "and 2 more; --all prints every one; repeat with --force" in few
    assert office("redo").code == 0
    assert office("import", "undo", number, "--all").out.count("left as it is: customer ") == 5


def test_all_names_every_column_that_is_kept_as_an_extra_field(office, home):
    table = home / "wide.csv"
    wide = [f"Fact {at}" for at in range(12)]
    table.write_text(f"name,{','.join(wide)}\nBo,{','.join('x' * 12)}\n")
    assert (
        "Fact 7 and 4 more columns; --dry-run --all names them."
        in office("import", "contacts", str(table), "--dry-run").err
    )
    assert f"{', '.join(wide)}." in office("import", "contacts", str(table), "--dry-run", "--all").err
