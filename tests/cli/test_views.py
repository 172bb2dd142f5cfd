"""Saved views on the command line: kept, shown, put in order, and carried to another desk."""

import json

import pytest


def names(office):
    return [one["name"] for one in office("view", "list", "--json").json if one["is_saved"]]


@pytest.fixture
def saved(office):
    office(
        "view", "add", "VAT", "tag:vat", "--sort=-created", "--columns", "due, subject", "--group", "queue"
    )
    office("view", "add", "Ours", "is:open", "--shared")
    office("view", "add", "Late", "is:breached")
    return office


def test_a_view_is_shown_whole(saved):
    shown = saved("view", "show", "vat", "--json").json
    assert {key: shown[key] for key in ("name", "query", "sort", "columns", "group_by", "is_shared")} == {
        "name": "VAT", "query": "tag:vat", "sort": "-created", "columns": ["due", "subject"], "group_by": "queue",
        "is_shared": False,
    }  # fmt: skip
    assert saved("view", "show", "Mine", "--json").json["is_saved"] is False
    assert "-created" in saved("view", "show", "VAT").out


def test_views_are_renamed_and_moved_and_each_step_is_undone(saved):
    assert names(saved) == ["Ours", "VAT", "Late"]
    assert saved("view", "rename", "vat", " Tax  es ", "--json").json["name"] == "Tax es"
    assert [one["name"] for one in saved("view", "move", "Late", "1", "--json").json[-2:]] == [
        "Late",
        "Tax es",
    ]
    assert saved("undo").code == saved("undo").code == 0
    assert names(saved) == ["Ours", "VAT", "Late"]


def test_the_same_query_again_changes_nothing(saved):
    assert "Nothing changed" in saved("view", "add", "Late", "is:breached").err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["rename", "Vta", "x"], "There is no saved view Vta. Did you mean VAT?"),
        (["move", "Mine", "1"], "There is no saved view Mine."),
        (["rename", "VAT", "Mine"], "There is another view of this name."),
        (["add", "x", "is:open", "--sort", "colour"], "The sort cannot be “colour”."),
        (["add", "x", "statsu:open"], "Column 1: there is no field “statsu”. Did you mean status?"),
        (["add", "x", "is:open", "--columns", "due,,x"], "names an empty column"),
        (["add", "x", "is:open", "--columns", "Due!"], "The columns cannot be “Due!”."),
    ],
)
def test_a_slip_is_answered_with_its_place(saved, line, told):
    answer = saved("view", *line)
    assert answer.code in (1, 2)
    assert told in answer.err
    assert names(saved) == ["Ours", "VAT", "Late"]


def test_views_survive_moving(saved, tmp_path):
    file = tmp_path / "views.json"
    kept = saved("view", "export").out
    file.write_text(kept, encoding="utf-8")
    for name in names(saved):
        saved("view", "remove", name, "--yes")
    plan = saved("view", "import", str(file), "--dry-run", "--json")
    assert (plan.code, names(saved)) == (0, [])
    assert "-created" in plan.out
    back = saved("view", "import", str(file), "--json")
    assert [one["name"] for one in back.json] == names(saved) == ["Ours", "VAT", "Late"]
    assert saved("view", "export").out == kept
    assert "Nothing changed" in saved("view", "import", str(file)).err
    assert [one["name"] for one in json.loads(saved("view", "export", "vat").out)] == ["VAT"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[", "is no JSON"),
        ("{}", "is no list"),
        ('[{"name": "x"}]', "View 1 of {file} has no name or no query"),
        ('[{"name": "x", "query": "is:open", "colour": 1}]', "has a colour, which no view has"),
        ('[{"name": "x", "query": 3}]', "its query cannot be 3"),
        ('[{"name": "x", "query": "is:open", "columns": [1]}]', "its columns cannot be [1]"),
        (
            '[{"name": "ok", "query": ""}, {"name": "x", "query": "is:opn"}]',
            "It is view 2 of {file}. Column 4",
        ),
        ("[" * 100_000, "is no"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(saved, tmp_path, text, told):
    file = tmp_path / "views.json"
    file.write_text(text, encoding="utf-8")
    answer = saved("view", "import", str(file))
    assert answer.code in (1, 2)
    assert told.replace("{file}", str(file)) in answer.err
    assert names(saved) == ["Ours", "VAT", "Late"]
