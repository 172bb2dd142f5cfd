"""Macros, articles and forms from the command line."""

BODY = "Hello {{customer.first_name}}, {{ticket.ref}} waits for you."


def test_a_macro_is_applied_to_all_or_none_and_taken_back(office):
    told = office(
        "macro", "add", "Ask", "--shared", "--body", BODY, "status=pending", "tags=+asked", "--json"
    )
    assert told.json["changes"] == {"status": "pending", "add_tags": ["asked"]}
    refused = office("macro", "apply", "ask", "T-1001", "T-1003")
    assert refused.code == 1
    assert "T-1003 (argument 2) has no value for {{customer.first_name}}" in refused.err
    plan = office("macro", "apply", "Ask", "T-1001", "--dry-run", "--json").json
    assert {"ref": "T-1001", "field": "status", "before": "open", "after": "pending"} in plan
    assert office("macro", "apply", "Ask", "-", stdin="T-1001\nT-1002\n").code == 0
    ticket = office("ticket", "show", "T-1002", "--json").json
    assert (ticket["status"], ticket["tags"]) == ("pending", ["vat", "asked"])
    assert ticket["messages"][-1]["body"] == "Hello Jo, T-1002 waits for you."
    assert office("macro", "list", "--json").json[0]["uses"] == 2
    assert office("undo").code == 0
    assert office("macro", "list", "--json").json[0]["uses"] == 0


def test_a_slip_is_refused_with_what_was_meant(office):
    assert "{{customer.first_name}}" in office("macro", "add", "x", "--body", "{{customer.firstname}}").err
    assert office("macro", "add", "x").code == 1
    assert "as in status=pending" in office("macro", "add", "x", "pending").err
    assert "0 macros. Add one: agentdesk macro add" in office("macro", "list").err
    assert office("macro", "add", "Ask", "priority=high").code == 0
    assert "Did you mean Ask?" in office("macro", "show", "Akk").err
    assert "Nothing is to be changed" in office("macro", "set", "Ask").err
    assert office("macro", "retire", "Ask").code == 0
    assert "It was retired" in office("macro", "apply", "Ask", "T-1001").err


def test_a_form_is_asked_for_filled_in_and_shown(office):
    field = "order_number:Order number:required"
    assert office("intake", "set", "Parcels", "--field", field, "--field", "colour:Colour").code == 0
    assert office("ticket", "set", "T-1002", "category=parcels").code == 0
    refused = office("ticket", "solve", "T-1002")
    assert refused.code == 1
    assert "Order number of the form Parcels is missing" in refused.err
    assert "still missing: Order number" in office("ticket", "intake", "T-1002").err
    filled = office("ticket", "intake", "T-1002", "order_number=77", "--json").json
    assert [(one["name"], one["value"]) for one in filled] == [("order_number", "77"), ("colour", "")]
    assert "Order number  77" in office("ticket", "show", "T-1002").out
    assert office("ticket", "show", "T-1002", "--json").json["intake"] == {"order_number": "77"}
    assert office("ticket", "solve", "T-1002").code == 0
    assert office("intake", "remove", "parcels").code == 0
    assert "0 forms" in office("intake", "list").err


def test_an_article_is_written_found_and_read(office):
    written = office(
        "article", "new", "Late parcels", "--tags", "Lost Parcel,late", stdin="Six days.\n\nThen ask."
    )
    assert written.code == 0
    assert office("article", "search", "par", "--json").json[0]["tags"] == ["lost-parcel", "late"]
    assert "Then ask." in office("article", "show", "kb-1").out
    assert office("article", "set", "KB-1", "--draft", "--json").json["is_published"] is False
    assert office("article", "retire", "1").code == 0
    assert "There is no article KB-1" in office("article", "show", "1").err


def test_a_form_for_a_category_that_no_ticket_has_is_made_and_said_with_the_nearest(office):
    office("ticket", "new", "--subject", "Broken", "--category", "Return")
    field = "order_number:Order number:required"
    answer = office("intake", "set", "Returns", "--field", field)
    assert answer.code == 0
    assert "No ticket has the category “Returns” yet. Did you mean Return?" in answer.err
    assert "No ticket has" not in office("intake", "set", "return", "--field", field).err
