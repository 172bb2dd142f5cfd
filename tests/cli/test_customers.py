def test_list_has_the_fields_that_scripts_rely_on(office):
    row = office("customer", "list", "--json").json[0]
    assert {"id", "name", "email", "phone", "organization"} <= set(row)
    assert (row["name"], row["email"], row["organization"]) == ("Jo Doe", "jo@example.com", "Acme")


def test_list_takes_a_query(office):
    office("customer", "new", "--name", "Bo Ek", "--email", "bo@example.com")
    assert [one["name"] for one in office("customer", "list", "ek", "--json").json] == ["Bo Ek"]
    assert office("customer", "list", "--format", "ids", "nobody-of-that-name").out == ""


def test_customer_is_found_by_id_and_by_address(office):
    assert (
        office("customer", "show", "1", "--json").out
        == office("customer", "show", "jo@example.com", "--json").out
    )


def test_show_has_open_tickets_and_what_happened(office):
    shown = office("customer", "show", "1", "--json").json
    assert {one["subject"] for one in shown["tickets"]} == {"Invoice is wrong", "Parcel is late"}
    assert shown["timeline"]
    page = office("customer", "show", "1").out
    assert "Open tickets" in page
    assert "jo@example.com" in page


def test_new_prints_the_customer(office):
    made = office("customer", "new", "--name", "Bo", "--phone", "+46 8 123 456 78", "--json").json
    assert made["name"] == "Bo"


def test_set_changes_fields_and_undo_takes_them_back(office):
    assert office("customer", "set", "1", "tier=gold", "tags=vip,eu", "--json").json["tier"] == "gold"
    office("undo")
    assert office("customer", "show", "1", "--json").json["tier"] == ""


def test_dry_run_of_set_writes_nothing(office):
    plan = office("customer", "set", "1", "tier=gold", "--dry-run", "--json").json
    assert [(one["field"], one["after"]) for one in plan] == [("tier", "gold")]
    assert office("customer", "show", "1", "--json").json["tier"] == ""


def test_contact_is_logged(office):
    shown = office("customer", "log", "1", "-", "--kind", "visit", "--json", stdin="Came by.\n").json
    assert any("Came by." in one["line"] for one in shown["timeline"])


def test_an_internal_note_is_called_one_in_the_latest_of_a_customer(office):
    office("ticket", "note", "T-1001", "Called twice")
    page = office("customer", "show", "1").out
    said = next(row for row in page.splitlines() if "Called twice" in row)
    assert "internal note" in said
    assert "internal note" not in next(row for row in page.splitlines() if row.endswith("Hello"))
