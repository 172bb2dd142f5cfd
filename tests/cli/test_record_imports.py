import json
from pathlib import Path

import pytest

ORDERS = """Order number,Email,Created at,Total,Currency
1,jo@example.com,2026-01-05,12.50,EUR
2,nobody@example.com,2026-01-05,1,EUR
"""
MAP = '[order]\nexternal_id = "Order number"\ncustomer_email = "Email"\nat = "Created at"\n'
KEYS = {
    *("batch", "kind", "source", "encoding", "delimiter", "rows", "created", "updated", "unchanged"),
    *("duplicates", "rejected", "rejects_file", "dry_run", "seconds"),
}


@pytest.fixture
def orders(office, home):
    (home / "people.csv").write_text("name,email\nJo Doe,jo@example.com\n")
    assert office("import", "contacts", str(home / "people.csv")).code == 0
    path = home / "orders.csv"
    path.write_text(ORDERS)
    return path


def test_orders_print_one_object_and_end_with_3_where_rows_were_rejected(office, orders):
    answer = office("import", "orders", str(orders), "--json")
    assert answer.code == 3
    assert set(answer.json) == KEYS
    assert [answer.json[name] for name in ("kind", "rows", "created", "rejected")] == ["orders", 2, 1, 1]
    assert "Read as orders: Order number -> external_id" in answer.err
    assert "line 3: Email: 'nobody@example.com' is no customer of the desk" in answer.err
    assert Path(answer.json["rejects_file"]).exists()
    number = str(answer.json["batch"])
    assert office("import", "show", number, "--json").json["kind"] == "orders"
    assert office("import", "undo", number).code == 0
    assert office("redo").code == 0


def test_a_dry_run_writes_nothing(office, orders):
    told = office("import", "orders", str(orders), "--dry-run", "--json")
    assert (told.code, told.json["batch"], told.json["dry_run"]) == (3, None, True)
    assert [one["kind"] for one in office("import", "list", "--json").json] == ["contacts"]


def test_a_map_is_drafted_kept_used_by_its_name_and_retired(office, orders, home):
    drafted = office("import", "orders", str(orders), "--write-map", str(home / "shop.toml"))
    assert (drafted.code, drafted.out) == (0, "")
    assert "--map" in drafted.err
    saved = office("import", "map", "save", "Shop", str(home / "shop.toml"))
    assert "undo with" in saved.err
    assert [(one["name"], one["kind"]) for one in office("import", "map", "list", "--json").json] == [
        ("Shop", "orders")
    ]
    assert office("import", "map", "show", "shop").out == (home / "shop.toml").read_text()
    (home / "shop.toml").unlink()
    assert office("import", "orders", str(orders), "--map", "shop", "--json").json["created"] == 1
    assert office("import", "map", "retire", "shop").code == 0
    gone = office("import", "orders", str(orders), "--map", "shop")
    assert (gone.code, "import map save" in gone.err) == (1, True)
    assert office("undo").code == 0
    assert office("import", "orders", str(orders), "--map", "shop", "--json").json["unchanged"] == 1


def test_saving_again_takes_the_place_of_what_was_saved_and_undo_brings_it_back(office, home):
    path = home / "map.toml"
    path.write_text(MAP)
    office("import", "map", "save", "shop", str(path))
    path.write_text(MAP + 'status = "State"\n')
    office("import", "map", "save", "SHOP", str(path))
    (row,) = office("import", "map", "list", "--json").json
    assert (row["name"], row["version"]) == ("SHOP", 2)
    assert office("undo").code == 0
    assert "State" not in office("import", "map", "show", "shop").out


def test_a_map_of_something_else_and_a_broken_one_are_refused(office, orders, home):
    path = home / "map.toml"
    path.write_text(MAP)
    office("import", "map", "save", "shop", str(path))
    wrong = office("import", "calls", str(orders), "--map", "shop")
    assert (wrong.code, "imports orders, not calls" in wrong.err) == (1, True)
    near = office("import", "orders", str(orders), "--map", "shpo")
    assert (near.code, "Did you mean shop?" in near.err) == (1, True)
    path.write_text("[ordr]\n")
    broken = office("import", "map", "save", "other", str(path))
    assert broken.code == 1
    assert "one section of" in broken.err
    missing = office("import", "orders", str(orders), "--map", "nowhere.toml")
    assert (missing.code, "cannot be read" in missing.err) == (1, True)


@pytest.mark.parametrize("kind", ["organizations", "orders", "feedback", "calls", "articles"])
def test_every_kind_refuses_a_file_that_is_none_in_one_sentence(office, home, kind):
    path = home / "odd.csv"
    path.write_text("nothing,known\n1,2\n")
    answer = office("import", kind, str(path))
    assert answer.code == 1
    (sentence,) = answer.err.strip().splitlines()
    assert str(path) in sentence
    assert "--write-map" in sentence


def test_records_come_from_json_as_well(office, home):
    path = home / "articles.json"
    path.write_text(json.dumps([{"id": 5, "title": "How", "body": "So."}]))
    answer = office("import", "articles", str(path), "--json")
    assert (answer.code, answer.json["created"]) == (0, 1)
    assert [one["title"] for one in office("article", "list", "--json").json] == ["How"]


def test_what_was_exported_changes_nothing_where_it_comes_from(office, orders, home):
    files = {
        "organizations": "id,name,domain,tags,region\nA,Nowhere Ltd,nowhere.example,vip,EU\n",
        "feedback": "id,kind,email,date,score,comment,room\n1,csat,jo@example.com,2026-01-05,4,fine,7\n",
        "calls": "id,direction,email,start,talk,room\n1,in,jo@example.com,2026-01-05T10:00Z,1:05,7\n",
        "articles": "id,title,body,tags,author,room\n1,How,So.,a,ben,7\n",
        "orders": ORDERS + "3,jo@example.com,2026-01-05,7,JPY\n",
    }
    for kind, text in files.items():
        path = home / f"{kind}.csv"
        path.write_text(text)
        made = office("import", kind, str(path), "--json").json
        assert made["created"] > 0
        out = home / f"{kind}.out.csv"
        assert office("export", kind, "--out", str(out)).code == 0
        again = office("import", kind, str(out), "--json")
        assert again.json["rows"] >= made["created"]
        assert again.json["unchanged"] == again.json["rows"], (kind, again.err)


def test_the_numbers_of_a_desk_are_no_ids_of_another_system(office, orders, home):
    (home / "people.csv").write_text("id,name,email\n1,Bo Ek,bo@example.com\n")
    office("import", "contacts", str(home / "people.csv"))
    office("import", "orders", str(orders))
    out = home / "out.csv"
    office("export", "orders", "--out", str(out))
    office("import", "orders", str(out))
    assert office("export", "orders", "--format", "json").json[0]["customer_email"] == "jo@example.com"


def test_tickets_are_imported_by_a_saved_map_as_well(office, home):
    rules, log = home / "log.toml", home / "log.csv"
    rules.write_text('[ticket]\nexternal_id = "nr"\nsubject = "what"\ncreated_at = "when"\n')
    log.write_text("nr,what,when\n1,Lamp,2026-01-05T10:00Z\n")
    office("import", "map", "save", "tracker", str(rules))
    assert office("import", "map", "list", "--json").json[0]["kind"] == "tickets"
    assert office("import", "tickets", str(log), "--map", "tracker", "--json").json["created"] == 1
    assert office("import", "tickets", str(log), "--map", str(rules), "--json").json["unchanged"] == 1
    assert office("import", "orders", str(log), "--map", "tracker").code == 1
